"""Whether somebody may be reached: asked only when she is about to be.

The tags come from the keys of the person who asks, for every slot she ever used, so
that a block against one of her names holds against them all, also against those to come.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.blocks import met_tag
from mashrabiya.people.tables import BLOCK, PERSONA, SPENT
from mashrabiya.people.types import Reached
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

MOST_AT_ONCE = 2
_TAGS = [f"tag{number}" for number in range(SLOTS * MOST_AT_ONCE)]


_MET: Statement[None] = Statement(
    select(BLOCK.c.tag).where(BLOCK.c.tag.in_([bindparam(tag, type_=LargeBinary) for tag in _TAGS]))
)
_SPENT: Statement[None] = Statement(select(SPENT.c.tag).where(SPENT.c.tag.in_(sixteen("sibling"))))
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
    """Whether one of these, at most two, has blocked any of her names. Two statements, whatever is found."""
    if viewer.work is None or not reached:
        return False
    slots = _used(db, viewer)
    return bool(
        _met(db, {met_tag(viewer.work, slot, one.pid, one.public) for one in reached for slot in slots})
    )


def blockers_of_name(db: Read, viewer: Viewer, reached: Sequence[Reached]) -> set[bytes]:
    """Which of these have blocked the persona in use, whatever they keep against others of hers. One statement.

    For what others see of it: were her other names met as well, that would say whose they are.
    """
    if viewer.work is None or not reached:
        return set()
    tags = {met_tag(viewer.work, viewer.slot, one.pid, one.public): one.pid for one in reached}
    return {tags[tag] for tag in _met(db, tags)}


def _met(db: Read, tags: Collection[bytes]) -> set[bytes]:
    asked = dict(zip(_TAGS, [*tags, *[b""] * (len(_TAGS) - len(tags))], strict=True))
    return {bytes(tag) for (tag,) in db.tuples(_MET, **asked)}


def _used(db: Read, viewer: Viewer) -> list[int]:
    """Slots that ever had a persona. A session may be older than her newest name: rows say it, not the session."""
    work = viewer.work
    assert work is not None
    tags = {work.spent_tag(slot): slot for slot in range(SLOTS)}
    marked = {tags[bytes(tag)] for (tag,) in db.tuples(_SPENT, **sibling_values(tags))}
    return sorted(marked | set(range(viewer.used)) | {viewer.slot})
