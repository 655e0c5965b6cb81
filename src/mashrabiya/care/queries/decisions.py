"""What was decided, and what of it still stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    Integer,
    LargeBinary,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
)

from mashrabiya.care.queries.parts import NO, YES, constant, may_decide, of_own_place, who
from mashrabiya.care.queries.written import NUMBER, with_words
from mashrabiya.care.tables import APPEAL, DECISION
from mashrabiya.care.types import (
    AS_TWO,
    KEPT_TEXT_DAYS,
    PAGE,
    Act,
    AppealState,
    Case,
    Decision,
)
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Thing

_BATCH = 100
_MOST = constant(PAGE + 1)
_WHICH = bindparam("decision", type_=LargeBinary)
_THING = (
    DECISION.c.kind == bindparam("kind", type_=Integer),
    DECISION.c.object == bindparam("object", type_=LargeBinary),
)
_STANDS = DECISION.c.undone_day.is_(None)
_OF_IT = REPORT.alias("of_it")
_LIKE = DECISION.alias("like_it")
_TOGETHER = (
    select(func.count()).where(_LIKE.c.batch == DECISION.c.batch).correlate(DECISION).scalar_subquery()
)


class Guard(msgspec.Struct, frozen=True):
    """What a decision closed to whom."""

    kind: str
    scope: bytes
    subject: bytes


WIDTH = len(Decision.__struct_fields__) - 1
"""So many columns a decision has; whether it meets the reader is found out in her session."""


def read_decision(*row: Any) -> Decision:
    did, cid, place, report, act, kind, *rest = row
    return Decision(did, cid, place, report, Act(act), Thing(kind), *rest)


def rows(*more: Any, beside: Sequence[tuple[Any, Any]] = ()) -> Select[Any]:
    """The columns of a decision, with where its words stand; newest first. ``beside`` joins what is named there."""
    joined = with_words(DECISION, DECISION).outerjoin(COMMUNITY, COMMUNITY.c.id == DECISION.c.cid)
    for other, condition in beside:
        joined = joined.outerjoin(other, condition)
    columns = (
        "act",
        "kind",
        "object",
        "words",
        "agreement",
        "role",
        "day",
        "until_day",
        "undone_day",
        "by",
        "carry",
        "batch",
        "reason",
    )
    kept = exists().where(REPORT.c.id == DECISION.c.report)
    return (
        select(
            DECISION.c.id,
            DECISION.c.cid,
            COMMUNITY.c.name,
            DECISION.c.report,
            *(DECISION.c[name] for name in columns),
            POST.c.tid,
            NUMBER,
            case((kept, YES), else_=NO),
            _TOGETHER,
            community_queries.version_on(DECISION.c.cid, DECISION.c.day, DECISION),
            *more,
        )
        .select_from(joined)
        .order_by(DECISION.c.day.desc(), DECISION.c.id.desc())
    )


_ON_THING = Statement(rows().where(*_THING).limit(_MOST), into=read_decision)
# What excluded a persona does not name it: it is found by the reports of it, while they are kept.
_ON_PERSONA = Statement(
    rows()
    .where(
        or_(
            and_(*_THING),
            DECISION.c.report.in_(
                select(_OF_IT.c.id).where(
                    _OF_IT.c.kind == bindparam("kind", type_=Integer),
                    _OF_IT.c.object == bindparam("object", type_=LargeBinary),
                )
            ),
        )
    )
    .limit(_MOST),
    into=read_decision,
)
# Of the same author in this community: by the name, or by the token in that thread alone.
_HERE = DECISION.c.cid == bindparam("cid", type_=LargeBinary)
_OF_NAME = and_(_HERE, POST.c.pid == bindparam("author", type_=LargeBinary))
_OF_VOICE = and_(
    _HERE,
    POST.c.home_tid == bindparam("home_tid", type_=LargeBinary),
    POST.c.tok == bindparam("author", type_=LargeBinary),
)
_WITH_NAME, _WITH_VOICE = (
    Statement(rows().where(or_(and_(*_THING), of_author)).limit(_MOST), into=read_decision)
    for of_author in (_OF_NAME, _OF_VOICE)
)
# What was said of a place is not taken back by those who run it.
_ONE = Statement(
    rows().where(DECISION.c.id == _WHICH, may_decide(DECISION.c.cid), not_(of_own_place(DECISION))),
    into=read_decision,
)
_NAMED = Statement(rows().where(DECISION.c.id == _WHICH), into=read_decision)
_SOME = Statement(rows().where(DECISION.c.id.in_(sixteen("case"))), into=read_decision)
_STANDING: Statement[None] = Statement(select(DECISION.c.act).where(*_THING, _STANDS))
_OVERDUE: Statement[None] = Statement(
    select(POST.c.id)
    .select_from(POST)
    .join(DECISION, and_(DECISION.c.object == POST.c.id, DECISION.c.kind == constant(Thing.POST)))
    .where(
        DECISION.c.act == constant(Act.REMOVE),
        _STANDS,
        DECISION.c.day < bindparam("before", type_=Integer),
        POST.c.state == constant(PostState.REMOVED),
        POST.c.body != bindparam("nothing"),
        # What somebody objects to is kept until she is answered, so that it can come back.
        ~exists().where(APPEAL.c.decision == DECISION.c.id, APPEAL.c.state == constant(AppealState.WAITING)),
    )
    .limit(constant(_BATCH))
)
# Of what a carer noted, the decision goes before the post does: then its author's edits count again.
_NOTED_LONG_AGO: Statement[None] = Statement(
    select(POST.c.id, DECISION.c.carry)
    .select_from(
        DECISION.join(POST, and_(POST.c.id == DECISION.c.object, DECISION.c.kind == constant(Thing.POST)))
    )
    .where(
        DECISION.c.act == constant(Act.NOTE),
        DECISION.c.day < bindparam("before", type_=Integer),
        POST.c.noted.bitwise_and(DECISION.c.carry) != NO,
    )
    .limit(constant(_BATCH))
)
_GUARD_OF = Statement(
    select(GUARD.c.kind, GUARD.c.scope, GUARD.c.subject).where(GUARD.c.case_id == _WHICH), into=Guard
)
_GUARD_ON: Statement[None] = Statement(
    select(GUARD.c.until_day).where(
        GUARD.c.kind == bindparam("guard"),
        GUARD.c.scope == bindparam("scope", type_=LargeBinary),
        GUARD.c.subject == bindparam("subject", type_=LargeBinary),
        GUARD.c.until_day >= bindparam("today", type_=Integer),
    )
)


def on_thing(db: Read, kind: int, thing: bytes) -> list[Decision]:
    """What was decided about one thing, newest first."""
    found = _ON_PERSONA if kind == Thing.PERSONA else _ON_THING
    return db.all(found, kind=int(kind), object=thing)


def waiting_for_a_look(db: Read, kind: int, thing: bytes) -> list[Decision]:
    """What keeps it back until somebody decides: that it was hidden on members' word alone, or is held."""
    found = on_thing(db, kind, thing)
    return [one for one in found if one.stands and (one.role == AS_TWO or one.is_holding)]


def waits_for_two(db: Read, kind: int, thing: bytes) -> bool:
    """Whether it is hidden on members' word alone: nobody has decided so yet."""
    hiding = [one for one in on_thing(db, kind, thing) if one.stands and one.act == Act.HIDE]
    return [one.role for one in hiding] == [AS_TWO]


def with_author(db: Read, case: Case) -> tuple[list[Decision], list[Decision]]:
    """What was decided about the thing, and in this community about other posts of whoever wrote it.

    Of an unnamed voice that is this thread, and no more: nobody is told what she writes elsewhere.
    """
    post, thing = case.post, {"kind": int(case.kind), "object": case.object}
    if post is None or not case.place.id or (post.pid is None and post.tok is None):
        return on_thing(db, case.kind, case.object), []
    asked = {**thing, "cid": case.place.id, "author": post.pid or post.tok}
    if post.pid is not None:
        found = db.all(_WITH_NAME, **asked)
    else:
        found = db.all(_WITH_VOICE, home_tid=post.home_tid, **asked)
    on_it = [one for one in found if one.object == case.object and one.kind == case.kind]
    return on_it, [one for one in found if one not in on_it]


def get_decision(db: Read, viewer: Viewer, decision: bytes) -> Decision:
    """A decision that the viewer may decide on again, or not found."""
    found = db.first(_ONE, decision=decision, **who(viewer))
    if found is None:
        raise NotFound
    return found


def find_decision(db: Read, decision: bytes) -> Decision | None:
    """The decision behind a guard, for the person whom it meets."""
    return db.first(_NAMED, decision=decision)


def find_decisions(db: Read, cases: Sequence[bytes]) -> list[Decision]:
    """The decisions behind some guards, newest first, for the person whom they meet; sixteen at most."""
    asked = [*cases[:SLOTS], *[b""] * (SLOTS - len(cases))]
    return db.all(_SOME, **sibling_values(asked, "case"))


def standing(db: Read, kind: int, thing: bytes) -> set[int]:
    """The acts on this thing that were not undone."""
    return {int(act) for (act,) in db.tuples(_STANDING, kind=kind, object=thing)}


def overdue(db: Read) -> list[bytes]:
    """Removed posts whose text was kept long enough."""
    before = clock.day() - KEPT_TEXT_DAYS
    return [bytes(post) for (post,) in db.tuples(_OVERDUE, before=before, nothing="")]


def noted_long_ago(db: Read, days: int) -> list[tuple[bytes, int]]:
    """Posts with the content notes of a decision that is not kept any longer after so many days."""
    found = db.tuples(_NOTED_LONG_AGO, before=clock.day() - days)
    return [(bytes(post), int(notes)) for post, notes in found]


def guard_of(db: Read, decision: bytes) -> Guard | None:
    """What that decision closed, while it is closed."""
    return db.first(_GUARD_OF, decision=decision)


def guard_on(db: Read, kind: str, scope: bytes, subject: bytes) -> bool:
    """Whether this place is closed to exactly this persona, or this unnamed voice."""
    today = clock.day()
    return db.scalar(_GUARD_ON, guard=kind, scope=scope, subject=subject, today=today) is not None
