"""A copy of what is hers: read in her own session, and made while it is sent.

Nothing is prepared and nothing is stored. The file tells what one persona wrote, keeps
and belongs to; only where she asked for it does it join what the site keeps apart. Of
other people it holds the number of a post that she answered, titles she may still read, and
the names that the persona keeps away.
"""

from mashrabiya.home.copying.file import NAME, SEALED_NAME, copy_file, sealed
from mashrabiya.home.copying.gather import Source

__all__ = ["NAME", "SEALED_NAME", "Source", "copy_file", "sealed"]
