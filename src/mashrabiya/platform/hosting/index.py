"""The index of search made anew: ``mashrabiya index``."""

from __future__ import annotations

from mashrabiya.platform import keys
from mashrabiya.platform.hosting.household import Household
from mashrabiya.platform.hosting.init import check_key, need_house, stay_apart
from mashrabiya.platform.settings import Config
from mashrabiya.platform.terminal import spoken


def index(config: Config, household: Household) -> None:
    """Read every post that stands, some at a time; the house may be open meanwhile. Says of how many it was made."""
    stay_apart(config)
    need_house(config)
    loaded = keys.read_keys(config.key_path)
    site = household.site(config, loaded)
    try:
        check_key(site.database, loaded)
        print(spoken("terminal.indexed", posts=household.reindex(site)))
    finally:
        site.database.close()
