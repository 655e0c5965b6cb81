"""A post on a page of its thread: its columns, in the order of a row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, LargeBinary, and_, bindparam, case, exists, null, or_, select

from mashrabiya.discussions.queries.parts import (
    NO,
    PID,
    STANDING,
    STANDS,
    TID,
    YES,
    constant,
    label_of,
    met_as,
    time_of,
)
from mashrabiya.discussions.tables import PICTURE, POST
from mashrabiya.discussions.types import PostState
from mashrabiya.people.queries import face_of, is_present, is_unseen
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import sixteen

ANSWERED, WHOM = POST.alias("answered"), PERSONA.alias("whom")
WHOM_NAME = case((is_present(WHOM), WHOM.c.name))
AT_HOME = POST.c.home_tid == POST.c.tid
SIBLINGS = sixteen("sibling")
DELETED = POST.c.state == constant(PostState.DELETED)


def columns(
    *, welcomed: ColumnElement[Any], to: tuple[ColumnElement[Any], ...], mine: ColumnElement[Any]
) -> tuple[Any, ...]:
    """The columns of PostRow. ``to`` says what it answers: number, label and name."""
    return (
        POST.c.id,
        POST.c.n,
        STANDING,
        label_of(POST, PERSONA),
        *face_of(PERSONA),
        case((is_unseen(PERSONA), ""), else_=POST.c.html),
        POST.c.lang,
        POST.c.kind,
        time_of(POST, PERSONA),
        POST.c.edited,
        POST.c.notes,
        POST.c.helped,
        POST.c.newcomer,
        welcomed,
        *to,
        mine,
        case((and_(STANDING == STANDS, exists().where(PICTURE.c.post == POST.c.id)), YES), else_=NO),
        case((and_(POST.c.n == bindparam("quoted", type_=Integer), STANDING == STANDS), POST.c.body)),
        met_as(POST, PERSONA),
        POST.c.home_tid,
        POST.c.care_note,
        POST.c.tongue,
    )


_HERS = and_(POST.c.tok == bindparam("tok", type_=LargeBinary), POST.c.home_tid == TID)
_COLUMNS = columns(
    # How many said welcome is counted for its author alone.
    welcomed=case((or_(POST.c.pid == PID, _HERS), POST.c.welcomed), else_=NO),
    # A number means a post of the thread it was written in.
    to=(case((AT_HOME, POST.c.to_n), else_=null()), label_of(ANSWERED, WHOM), WHOM_NAME),
    mine=case(
        (DELETED, NO),
        (POST.c.pid == PID, YES),
        (_HERS, YES),
        (POST.c.pid.in_(SIBLINGS), constant(2)),
        else_=NO,
    ),
)
_PLACED = (
    POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
    .outerjoin(
        ANSWERED,
        # What is gone or hidden has a number, and nobody's name.
        and_(ANSWERED.c.tid == POST.c.tid, ANSWERED.c.n == POST.c.to_n, ANSWERED.c.state == STANDS, AT_HOME),
    )
    .outerjoin(WHOM, WHOM.c.id == ANSWERED.c.pid)
)
OF_THREAD = select(*_COLUMNS).select_from(_PLACED).where(POST.c.tid == TID).order_by(POST.c.n)
