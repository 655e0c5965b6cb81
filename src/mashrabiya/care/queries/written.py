"""Somebody's words, in whichever room they stand: posts, and experiences of the library."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, and_, bindparam, func, select

from mashrabiya.care.queries.parts import YES, constant
from mashrabiya.care.tables import APPEAL, DECISION
from mashrabiya.care.types import KEPT_TEXT_DAYS, Act, AppealState
from mashrabiya.care.types.stories import JudgedStory
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import Judged
from mashrabiya.kernel import clock
from mashrabiya.library.stories import queries as stories
from mashrabiya.library.stories.tables import STORY
from mashrabiya.library.stories.types import State
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.types import Thing

_BATCH = constant(100)
WHOSE = (
    func.coalesce(POST.c.pid, STORY.c.pid),
    func.coalesce(POST.c.tok, STORY.c.tok),
    func.coalesce(POST.c.home_tid, STORY.c.id),
)
"""Whose they are, for rules: a persona, or a token and what it is made of."""
STATE = func.coalesce(POST.c.state, STORY.c.state)
NUMBER: ColumnElement[Any] = func.coalesce(POST.c.n, STORY.c.step - STORY.c.step + YES)
"""Of a post its number in the thread; of an experience only that it is there."""


def with_words(things: FromClause, named: Any) -> Any:
    """These rows, with what they are about: ``named`` has its kind and id."""
    post = and_(POST.c.id == named.c.object, named.c.kind == constant(Thing.POST))
    story = and_(STORY.c.id == named.c.object, named.c.kind == constant(Thing.STORY))
    return things.outerjoin(POST, post).outerjoin(STORY, story)


def find_written(db: Read, kind: int, thing: bytes) -> Judged | None:
    """It, in whatever state; None where it is nobody's words, or gone."""
    if kind == Thing.POST:
        return discussions.find_judged(db, thing)
    if kind != Thing.STORY:
        return None
    found = stories.find_judged(db, thing)
    return JudgedStory.of(found) if found else None


_DECIDED = STORY.join(
    DECISION, and_(DECISION.c.object == STORY.c.id, DECISION.c.kind == constant(Thing.STORY))
)
_HELD_TOO_LONG: Statement[None] = Statement(
    select(STORY.c.id)
    .select_from(_DECIDED)
    .where(STORY.c.state == constant(State.HELD), DECISION.c.act == constant(Act.HOLD))
    .group_by(STORY.c.id)
    .having(func.max(DECISION.c.until_day) < bindparam("today", type_=Integer))
    .limit(_BATCH)
)
_OVERDUE: Statement[None] = Statement(
    select(STORY.c.id)
    .select_from(_DECIDED)
    .where(
        STORY.c.state == constant(State.REMOVED),
        DECISION.c.act == constant(Act.REMOVE),
        DECISION.c.undone_day.is_(None),
        DECISION.c.day < bindparam("before", type_=Integer),
        # What somebody objects to is kept until she is answered, so that it can come back.
        ~select(APPEAL.c.id)
        .where(APPEAL.c.decision == DECISION.c.id, APPEAL.c.state == constant(AppealState.WAITING))
        .exists(),
    )
    .limit(_BATCH)
)

_NOTED: Statement[None] = Statement(
    select(STORY.c.id, DECISION.c.carry)
    .select_from(_DECIDED)
    .where(
        DECISION.c.act == constant(Act.NOTE),
        DECISION.c.day < bindparam("before", type_=Integer),
        STORY.c.noted.bitwise_and(DECISION.c.carry) != constant(0),
    )
    .limit(_BATCH)
)


def stories_held_too_long(db: Read) -> list[bytes]:
    """Experiences that were held for as long as may be."""
    return [bytes(story) for (story,) in db.tuples(_HELD_TOO_LONG, today=clock.day())]


def stories_overdue(db: Read) -> list[bytes]:
    """Removed experiences that were kept long enough."""
    return [bytes(story) for (story,) in db.tuples(_OVERDUE, before=clock.day() - KEPT_TEXT_DAYS)]


def stories_noted_long_ago(db: Read, days: int) -> list[tuple[bytes, int]]:
    """Experiences with the content notes of a decision that is not kept any longer after so many days."""
    return [(bytes(story), int(notes)) for story, notes in db.tuples(_NOTED, before=clock.day() - days)]
