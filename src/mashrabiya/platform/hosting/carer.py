"""A first carer for a house in which nobody is one: ``mashrabiya carer``."""

from __future__ import annotations

from mashrabiya.platform.hosting.household import HostingTrouble, Household
from mashrabiya.platform.hosting.serve import open_house
from mashrabiya.platform.settings import Config
from mashrabiya.platform.terminal import spoken


def carer(config: Config, household: Household) -> None:
    """Print a code that makes whoever takes it a carer, once; refused where the house has one.

    It stands in the log of acts as given at the machine. An earlier code that nobody took dies.
    """
    loaded = open_house(config)
    site = household.site(config, loaded)
    try:
        code = household.first_carer(site)
    finally:
        site.database.close()
    if not code:
        raise HostingTrouble("terminal.carer_there")
    print(spoken("terminal.carer_code"))
    print(f"\n    {code}\n")
    print(spoken("terminal.carer_then", code=code))
