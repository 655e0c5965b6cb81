"""Bringing a file into the library: ``mashrabiya library …``."""

from __future__ import annotations

import time
from pathlib import Path

from mashrabiya.platform import keys
from mashrabiya.platform.hosting.household import Household
from mashrabiya.platform.hosting.init import check_key, need_house, stay_apart
from mashrabiya.platform.hosting.sample import Progress
from mashrabiya.platform.settings import Config
from mashrabiya.platform.terminal import spoken


def import_laws(config: Config, household: Household, *, file: Path, corrections: Path | None) -> None:
    """Read what a data set says of the laws of countries, and tell what was read, and what could not be."""
    stay_apart(config)
    need_house(config)
    began, loaded = time.monotonic(), keys.read_keys(config.key_path)
    site = household.site(config, loaded)
    progress = Progress(of_what="Laws")
    try:
        check_key(site.database, loaded)
        said = household.import_laws(site, file, corrections, progress)
    finally:
        progress.close()
        site.database.close()
    print("\n".join(said))
    print(spoken("terminal.laws_took", seconds=f"{time.monotonic() - began:.0f}"))
