"""Passages of experiences in guides: what is asked of a teller, and what stands."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest

from sqlalchemy import Integer, LargeBinary, bindparam, func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories.queries.parts import NO, constant
from mashrabiya.library.stories.tables import STORY, STORY_QUOTE
from mashrabiya.library.stories.types import ID_SIZE, Quote
from mashrabiya.platform.db import Read, Statement

_MOST_ASKED = 1000
_COLUMNS = [STORY_QUOTE.c[name] for name in ("id", "story", "guide", "step", "agreed", "passage")]
_STANDS = STORY_QUOTE.c.until_day >= bindparam("today", type_=Integer)
_OF_STORY = Statement(
    select(*_COLUMNS)
    .where(STORY_QUOTE.c.story == bindparam("story", type_=LargeBinary), _STANDS)
    .order_by(STORY_QUOTE.c.guide, STORY_QUOTE.c.step, STORY_QUOTE.c.id),
    into=Quote,
)
_AT_STEP: Statement[None] = Statement(
    select(func.count()).where(
        STORY_QUOTE.c.guide == bindparam("guide", type_=LargeBinary),
        STORY_QUOTE.c.step == bindparam("step", type_=Integer),
        _STANDS,
    )
)
# All that is asked of anybody: whose it is, only a session can try.
_ASKED: Statement[None] = Statement(
    select(STORY.c.id, STORY.c.pid, STORY.c.tok)
    .select_from(STORY_QUOTE.join(STORY, STORY.c.id == STORY_QUOTE.c.story))
    .where(STORY_QUOTE.c.agreed == NO, _STANDS)
    .limit(constant(_MOST_ASKED))
)


def quotes_of(db: Read, story: bytes) -> list[Quote]:
    """The passages of one experience that stand in guides, or that its teller is asked about.

    For her and for those who edit: whoever else reads it is not asked here.
    """
    return db.all(_OF_STORY, story=story, today=clock.day())


def quotes_at(db: Read, guide: bytes, step: int) -> int:
    """How many stand or are asked for at one step."""
    return int(db.scalar(_AT_STEP, guide=guide, step=step, today=clock.day()) or 0)


def asked_of_her(db: Read, viewer: Viewer) -> Mapping[bytes, int]:
    """About how many passages of which of her experiences she is asked: by the persona in use, and unnamed."""
    if viewer.work is None:
        return {}
    key, asked = viewer.work.token_key(), dict[bytes, int]()
    own = viewer.pid if viewer.speaks else b""
    for story, pid, tok in db.tuples(_ASKED, today=clock.day()):
        which = bytes(story)
        mine, there = (own, bytes(pid)) if pid is not None else (mac(key, which)[:ID_SIZE], bytes(tok))
        if mine and compare_digest(mine, there):
            asked[which] = asked.get(which, 0) + 1
    return asked
