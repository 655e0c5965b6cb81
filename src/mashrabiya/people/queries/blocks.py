"""Whether somebody may be reached: asked only when she is about to be.

The tags come from the keys of the person who asks, for every slot she ever used, so
that a block against one of her names holds against them all, also against those to come.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import LargeBinary, bindparam, select, union_all

from mashrabiya.kernel.keys import SLOTS, Work
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.blocks import met_tags
from mashrabiya.people.tables import BLOCK, PERSONA, SPENT
from mashrabiya.people.types import Reached
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

MOST_AT_ONCE = 2
_TAGS = [f"tag{number}" for number in range(SLOTS * MOST_AT_ONCE)]


_BLOCKS = select(BLOCK.c.tag).where(BLOCK.c.tag.in_([bindparam(tag, type_=LargeBinary) for tag in _TAGS]))
# Blocks that meet her, and slots of hers that ever had a persona: both are known by tags that only she can make.
_MET: Statement[None] = Statement(
    union_all(
        _BLOCKS,
        select(SPENT.c.tag).where(SPENT.c.tag.in_(sixteen("sibling"))),
    )
)
_MET_NAME: Statement[None] = Statement(_BLOCKS)
_REACHED = Statement(
    select(PERSONA.c.id, PERSONA.c.bpub, PERSONA.c.state).where(
        PERSONA.c.id == bindparam("which", type_=LargeBinary)
    ),
    into=Reached,
)


def find_reached(db: Read, pid: bytes) -> Reached | None:
    """A persona by its id."""
    return db.first(_REACHED, which=pid)


def is_blocked(db: Read, viewer: Viewer, reached: Sequence[Reached]) -> bool:
    """Whether one of these, at most two, has blocked any of her names. One statement, whatever is found.

    A session may be older than her newest name, and rows say it, not the session: then the
    names it does not know are asked about as well, blocked or not.
    """
    if viewer.work is None or not reached:
        return False
    known = set(range(viewer.used)) | {viewer.slot}
    blocked, used = _met(db, viewer.work, reached, known)
    if used <= known:
        return blocked
    return _met(db, viewer.work, reached, used - known)[0] or blocked


def _met(db: Read, work: Work, reached: Sequence[Reached], slots: set[int]) -> tuple[bool, set[int]]:
    """Whether a name in these slots is blocked, and all slots that ever had a persona."""
    blockers = [(one.pid, one.public) for one in reached]
    tags = [tag for slot in slots for tag in met_tags(work, slot, blockers)]
    asked = dict(zip(_TAGS, [*tags, *[b""] * (len(_TAGS) - len(tags))], strict=True))
    spent = {work.spent_tag(slot): slot for slot in range(SLOTS)}
    found = {bytes(tag) for (tag,) in db.tuples(_MET, **asked, **sibling_values(spent))}
    # Told apart by what was asked with: no tag of one kind is ever one of the other.
    return not found <= spent.keys(), {spent[tag] for tag in found & spent.keys()}


def blockers_of_name(db: Read, viewer: Viewer, reached: Sequence[Reached]) -> set[bytes]:
    """Which of these have blocked the persona in use, whatever they keep against others of hers. One statement.

    For what others see of it: were her other names met as well, that would say whose they are.
    """
    if viewer.work is None or not reached:
        return set()
    tags = met_tags(viewer.work, viewer.slot, [(one.pid, one.public) for one in reached])
    of_whom = dict(zip(tags, (one.pid for one in reached), strict=True))
    asked = dict(zip(_TAGS, [*tags, *[b""] * (len(_TAGS) - len(tags))], strict=True))
    return {of_whom[bytes(tag)] for (tag,) in db.tuples(_MET_NAME, **asked)}
