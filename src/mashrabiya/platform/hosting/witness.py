"""Whether the log of acts is whole: ``mashrabiya doctor --audit``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from mashrabiya.kernel import clock
from mashrabiya.platform import audit
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import doctor
from mashrabiya.platform.hosting.finding import LOOK, OK, RED, Finding
from mashrabiya.platform.hosting.init import is_made
from mashrabiya.platform.settings import Config


def witness(config: Config, seen: Sequence[str] = ()) -> int:
    """Print what was found. 0: the log is whole; 1: it is not; 2: there is no house to look at."""
    if not is_made(config):
        print(f"RED   There is no house in {config.data}.")
        return doctor.NO_HOUSE
    database = Database(config.database_url)
    with closing(database):
        found = list(findings(database, seen))
    for finding in found:
        print(f"{finding.level:<5} {finding.what}")
    return doctor.SOME_RED if any(finding.level == RED for finding in found) else doctor.NONE_RED


def findings(database: Database, seen: Sequence[str] = ()) -> Iterator[Finding]:
    """The chain, its details, and each head that somebody has seen."""
    heads = [head.strip().lower() for head in seen]
    with database.read() as db:
        found, shown = audit.examine(db, heads), audit.public_head(db)
    if found.broken:
        yield Finding(RED, f"The log of acts is broken. First fault: {found.broken}.")
    elif found.first is None or found.last is None:
        yield Finding(OK, "The log of acts is empty.")
    else:
        days = f"{clock.iso(found.first.day)} to {clock.iso(found.last.day)}"
        yield Finding(
            OK,
            f"The log of acts is whole: entries {found.first.n} to {found.last.n}, {days}; "
            f"{found.details} details fit.",
        )
    for head in heads:
        if head in found.unseen:
            yield Finding(
                RED,
                f"No entry has the head {head}: the log was cut or written anew after it was seen, a backup from "
                "before it was restored, or it is older than what is kept.",
            )
        else:
            yield Finding(OK, f"The head {head} stands in the log: nothing before it was altered.")
    if shown is not None:
        yield Finding(OK, f"The page of what is kept shows the head {shown.h32.hex()}.")
    if not heads:
        yield Finding(
            LOOK,
            "Whether entries are missing at the end, only a head tells that somebody has written down: --head HASH.",
        )
