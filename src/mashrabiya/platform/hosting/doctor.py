"""Looking whether a house is well: a line for each thing, and what to do where something is not."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from mashrabiya.kernel import clock
from mashrabiya.platform import house, keys
from mashrabiya.platform.db import Database, migrations
from mashrabiya.platform.hosting import logging_of_postgres, soundness
from mashrabiya.platform.hosting.backup import PATTERN
from mashrabiya.platform.hosting.finding import LOOK, OK, RED, Finding
from mashrabiya.platform.hosting.household import HostingTrouble
from mashrabiya.platform.hosting.init import TYPED, check_key, is_inside, is_made
from mashrabiya.platform.keys import KeyTrouble
from mashrabiya.platform.settings import Config

NONE_RED, SOME_RED, NO_HOUSE = 0, 1, 2
_LIVE_MEMORY, _LIVE_TIME = 65536, 3
_LITTLE_SPACE, _NO_SPACE = 1 << 30, 100 << 20
_FIRST_DAY = 1_790_000_000  # late 2026: a clock before that is wrong


def doctor(config: Config) -> int:
    """Print what was found. 0: nothing is red; 1: something is; 2: there is no house to look at."""
    found = list(findings(config))
    for finding in found:
        print(f"{finding.level:<5} {finding.what}")
    if _stands(config) is False:
        return NO_HOUSE
    return SOME_RED if any(finding.level == RED for finding in found) else NONE_RED


def findings(config: Config) -> Iterator[Finding]:
    """Everything that was found. Where there is no house, nothing more is looked at."""
    yield from machine(config)
    if _stands(config) is False:
        yield Finding(
            RED, f"There is no house in {config.data}. Make it: mashrabiya init --data {config.data}"
        )
        return
    yield from key_place(config)
    try:
        database = Database(config.database_url)
        with closing(database):
            yield from inside(config, database)
    except Exception as trouble:
        yield Finding(
            RED, f"The database does not open ({type(trouble).__name__}). Is it there, and ours to read?"
        )


def _stands(config: Config) -> bool | None:
    """Whether there is a house; None when its database does not answer."""
    try:
        return is_made(config)
    except Exception:
        return None


def machine(config: Config) -> Iterator[Finding]:
    """Clock, memory on disk, room."""
    if time.time() < _FIRST_DAY:
        yield Finding(RED, "The clock of this machine is years behind: sessions and retention go by it.")
    else:
        yield Finding(OK, f"The clock says {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC.")
    yield from clock_went_back(config)
    yield swap(Path("/proc/swaps"))
    where = config.data if config.data.exists() else Path.cwd()
    yield room(shutil.disk_usage(where).free, sum(path.stat().st_size for path in where.glob("house.db*")))


def clock_went_back(config: Config) -> Iterator[Finding]:
    """A clock behind its own past keeps sessions and rows for too long."""
    written = [path.stat().st_mtime for path in config.data.glob("house.db*")]
    if written and max(written) > time.time() + clock.HOUR:
        yield Finding(
            RED, "The clock is behind: the data was written in its future. Set it: timedatectl set-ntp true"
        )


def room(free: int, size: int) -> Finding:
    """Whether the disk has room. The weekly tidying writes the file anew, so it needs its size once more."""
    said = f"{free >> 20} MB are free on the disk of the data"
    if free < max(_NO_SPACE, size):
        return Finding(RED, f"{said}, too little to go on writing and tidying. Make room there today.")
    if free < _LITTLE_SPACE + 2 * size:
        return Finding(LOOK, f"{said}. Make room before it runs out.")
    return Finding(OK, f"{said}.")


def swap(listed: Path) -> Finding:
    """Memory that is written to a disk can be found there later."""
    lines = listed.read_text().splitlines()[1:] if listed.exists() else []
    if lines:
        return Finding(
            LOOK, "Swap is on: what is in memory may reach the disk. Encrypt it, or switch it off: swapoff -a"
        )
    return Finding(OK, "No swap: what is in memory stays there.")


def key_place(config: Config) -> Iterator[Finding]:
    """Where the key lies, and who can read it."""
    if config.key_path == TYPED:
        yield Finding(OK, "The key is typed at the start and lies on no disk here.")
        return
    path = Path(config.key_path)
    if not path.exists():
        yield Finding(
            RED, f"The key {path} is missing: nobody can sign in. Copy it back, or name it with --key-file."
        )
        return
    together = is_inside(path, config.data) or path.resolve().parent == config.data.resolve().parent
    if is_inside(path, config.data):
        yield Finding(
            RED, "Key and data share a directory: whoever copies the one has the other. Move the key."
        )
    elif together:
        yield Finding(
            LOOK, "Key and data lie side by side. Better: the key on another disk, or a systemd credential."
        )
    else:
        yield Finding(OK, f"The key lies apart from the data: {path}")
    mode = stat.S_IMODE(path.stat().st_mode)
    if path.is_relative_to(os.environ.get("CREDENTIALS_DIRECTORY") or "/run/credentials"):
        yield Finding(OK, "systemd hands the key to the service alone.")
    elif mode & 0o077:
        yield Finding(
            RED, f"Others on this machine can read the key (mode {mode:04o}). Close it: chmod 600 {path}"
        )
    else:
        yield Finding(OK, f"Only its owner reads the key (mode {mode:04o}).")


def inside(config: Config, database: Database) -> Iterator[Finding]:
    """What the database says of itself."""
    if not migrations.is_current(config.database_url):
        yield Finding(RED, "The database waits for migrations. Run: mashrabiya migrate")
        return
    with database.read() as db:
        settings = house.load(db)
    yield Finding(
        OK, f"The database opens ({'PostgreSQL' if config.database else 'SQLite'}) and is up to date."
    )
    looks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: right_key(config, database),
        lambda: reach(config, settings),
        lambda: cost(settings),
        lambda: logs(database),
        lambda: soundness.postgres(database),
        lambda: soundness.files(config),
        lambda: soundness.integrity(database),
        lambda: soundness.pictures(config, database),
        lambda: soundness.log_of_acts(database),
        lambda: soundness.background(database),
        lambda: backups(config, settings),
    )
    for look in looks:
        yield from look()


def right_key(config: Config, database: Database) -> Iterator[Finding]:
    """Whether the key is this house's."""
    if config.key_path == TYPED:
        return
    try:
        check_key(database, keys.read_keys(config.key_path))
        yield Finding(OK, "The key is the one of this house.")
    except (HostingTrouble, KeyTrouble) as wrong:
        yield Finding(RED, str(wrong))


def reach(config: Config, settings: house.HouseSettings) -> Iterator[Finding]:
    """Whether the house knows the names by which people come to it."""
    sites = dict.fromkeys((*config.sites, *settings.sites))
    if sites:
        yield Finding(OK, f"The house is reached as {', '.join(sites)}.")
    elif config.trusted_proxy:
        yield Finding(
            RED,
            "A proxy hands on, and the house has no name: everybody is answered 421. Name it: serve --site NAME",
        )
    elif settings.open and not settings.sample:
        yield Finding(
            LOOK,
            "The house has no name: it opens from this machine alone. Name it on the hosts' page, or by --site.",
        )


def cost(settings: house.HouseSettings) -> Iterator[Finding]:
    """How much work each guess at a passphrase costs."""
    if settings.sample:
        yield Finding(
            LOOK, "A sample house: passphrases are cheap to guess, and it listens on this machine only."
        )
    elif settings.argon_memory < _LIVE_MEMORY or settings.argon_time < _LIVE_TIME:
        yield Finding(
            RED, "Passphrases are cheaper to guess than they should be (less than 64 MiB, 3 rounds)."
        )
    else:
        yield Finding(
            OK,
            f"Each guess at a passphrase costs {settings.argon_memory >> 10} MiB, {settings.argon_time} rounds.",
        )


def logs(database: Database) -> Iterator[Finding]:
    """Whether PostgreSQL writes down what people do."""
    if database.dialect == "sqlite":
        return
    said = logging_of_postgres.faults(database)
    yield from (Finding(RED, f"PostgreSQL would log what people do. Set {line}") for line in said)
    if not said:
        yield Finding(OK, "PostgreSQL logs no statements and no values.")


def backups(config: Config, settings: house.HouseSettings) -> Iterator[Finding]:
    """Whether there is a fresh copy, and who can open it."""
    if settings.sample:
        return
    if len(settings.recipients) < 2:
        yield Finding(
            LOOK, f"{len(settings.recipients)} of 2 keys open the backups. Add them on the hosts' page."
        )
    made = [path.stat().st_mtime for path in (config.data / "backups").glob(PATTERN)]
    if not made:
        yield Finding(
            LOOK, "No backup lies in the data's own folder. If none is made elsewhere: mashrabiya backup"
        )
        return
    age = int((time.time() - max(made)) / clock.DAY)
    level = OK if age < 2 else LOOK if age < 7 else RED
    yield Finding(
        level, f"The newest backup is {age} days old." if age else "The newest backup is from today."
    )
    if time.time() - min(made) > (settings.backup_days + 1) * clock.DAY:
        yield Finding(
            RED,
            f"A backup is older than the {settings.backup_days} days that we promise. Run: mashrabiya backup",
        )
