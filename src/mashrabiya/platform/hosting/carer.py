"""A first carer for a house in which nobody is one: ``mashrabiya carer``."""

from __future__ import annotations

from mashrabiya.platform import keys
from mashrabiya.platform.hosting.household import HostingTrouble, Household
from mashrabiya.platform.hosting.init import check_key, need_house, stay_apart
from mashrabiya.platform.settings import Config
from mashrabiya.platform.terminal import spoken


def carer(config: Config, household: Household) -> None:
    """Print a code that makes whoever takes it a carer, once; refused where the house has one.

    It stands in the log of acts as given at the machine. An earlier code that nobody took dies.
    """
    stay_apart(config)
    need_house(config)
    loaded = keys.read_keys(config.key_path)
    site = household.site(config, loaded)
    try:
        check_key(site.database, loaded)
        code = household.first_carer(site)
    finally:
        site.database.close()
    if not code:
        raise HostingTrouble("terminal.carer_there")
    print(spoken("terminal.carer_code"))
    print(f"\n    {code}\n")
    print(spoken("terminal.carer_then", code=code))
