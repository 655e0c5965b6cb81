"""Running a house: making it, serving it, backing it up, and looking whether it is well.

Everything here is done by the person who holds the machine, on its command
line. This level knows no domain: what only the whole house can do (composing
it, letting its first host in, filling a sample) is handed over by ``main`` as a
``Household``. Whatever goes wrong is told in plain words with what to do next.
"""

from mashrabiya.platform.hosting.household import HostingTrouble, Household, SampleSize, Tell

__all__ = ["HostingTrouble", "Household", "SampleSize", "Tell"]
