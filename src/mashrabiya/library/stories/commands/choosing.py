"""Choosing what stands beside a step. Whether the viewer edits the library, has been asked."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, update

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories import queries, rules
from mashrabiya.library.stories.tables import STORY
from mashrabiya.library.stories.types import Row
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

_PICK: Statement[None] = Statement(
    update(STORY)
    .where(STORY.c.id == bindparam("which", type_=LargeBinary))
    .values(picked=bindparam("place", type_=Integer))
)


def pick(uow: Write, viewer: Viewer, story: bytes, *, wish: bool) -> Row:
    """Let it stand beside its step, or no longer. Twice is once."""
    found = queries.get_story(uow, viewer, story)
    if wish:
        taken = queries.picked_places(uow, found)
        rules.may_pick(viewer, found, taken).or_raise()
        if not found.picked:
            uow.run(_PICK, which=story, place=rules.free_place(taken))
            record_act(uow, "picked", found.guide)
    elif found.picked:
        leave_place(uow, story)
        record_act(uow, "unpicked", found.guide)
    return found


def leave_place(uow: Write, story: bytes) -> None:
    """It stands beside no step."""
    uow.run(_PICK, which=story, place=0)


def record_act(uow: Write, act: str, guide: bytes | None) -> None:
    """What an editor did, in the log of acts, by the guide: neither the experience nor a word of it.

    What its teller takes back is gone; an entry that named it would stay for two years.
    """
    audit.record(uow, f"story:{act}", role="desk", thing=guide or b"")
