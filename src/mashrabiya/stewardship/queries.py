"""What the hosts' desk reads."""

from __future__ import annotations

import re
from typing import Any

from msgspec import structs
from sqlalchemy import bindparam, func, select

from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.people.tables import INVITATION
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.languages import catalogue
from mashrabiya.safety import rules as safety_rules
from mashrabiya.safety.matching import Reading
from mashrabiya.safety.matching.book import Book
from mashrabiya.safety.types import Precept, Standing
from mashrabiya.stewardship import rules
from mashrabiya.stewardship.types import Trial

_OUT: Statement[Any] = Statement(
    select(func.count()).select_from(INVITATION).where(INVITATION.c.until_day >= bindparam("today"))
)


def default_agreements(language: str) -> str:
    """The text that a new house begins from."""
    return catalogue(language).text("house.agreements_default", Tongue.of(language))


def count_invitations(db: Read, viewer: Viewer) -> int:
    """How many codes are out that still open. Which, and for whom, nobody knows."""
    rules.may_run_house(viewer).or_raise()
    return int(db.scalar(_OUT, today=clock.day()))


MOST_TRIED = 5000
"""So many posts a rule is tried on."""
_AFTER = re.compile(r"([0-9a-z]{26})\.(-?\d{1,9})\.(\d{1,7})\.(\d{1,7})")


def try_out(db: Read, viewer: Viewer, new: Standing, after: str) -> Trial:
    """What this rule would have met in the next posts of the last month that the viewer may read; Invalid if it is none."""
    wrong = safety_rules.wrong_precept(new)
    if wrong:
        raise Invalid(wrong)
    if new.kind == Precept.NAMES:
        raise Invalid({"kind": "precept.try_no_names"})
    if new.kind == Precept.FIRST:
        raise Invalid({"kind": "precept.try_not"})
    start, looked, met = _began(after)
    posts = discussions.recent(db, viewer, new.cid, start)
    book = Book([structs.replace(new, id=b"tried")])
    found = (one.placed for one in posts if book.met(Reading(f"{one.title}\n\n{one.body}")))
    rows = [one for one in found if discussions.is_read(db, one.tid, one.n)]
    looked, met = looked + len(posts), met + len(rows)
    more = len(posts) == discussions.BATCH and looked < MOST_TRIED
    going_on = f"{show_id(posts[-1].tid)}.{posts[-1].n}.{looked}.{met}" if more else ""
    return Trial(looked, met, rows, going_on)


def _began(after: str) -> tuple[tuple[bytes, int] | None, int, int]:
    found = _AFTER.fullmatch(after)
    if found is None:
        return None, 0, 0
    try:
        return (read_id(found[1], ID_SIZE), int(found[2])), int(found[3]), int(found[4])
    except NotFound:
        return None, 0, 0
