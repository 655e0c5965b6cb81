"""Whether the log of acts is whole: ``mashrabiya doctor --audit``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from mashrabiya.platform import audit
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import doctor, soundness
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
    yield from soundness.log_of_acts(database)
    with database.read() as db:
        unseen, shown = audit.examine(db, heads).unseen, audit.public_head(db)
    for head in heads:
        if head in unseen:
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
