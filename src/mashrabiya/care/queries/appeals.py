"""Objections: for the person concerned, in her own session alone, and for whoever may answer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import LargeBinary, Select, bindparam, case, func, select

from mashrabiya.care import rules
from mashrabiya.care.queries.cases import get_place, say_if_over
from mashrabiya.care.queries.decisions import WIDTH, read_decision, rows
from mashrabiya.care.queries.parts import NO, YES, constant, may_decide, of_own_place, runs, who
from mashrabiya.care.queries.voices import own_voices, wished_by_others
from mashrabiya.care.queries.written import WHOSE
from mashrabiya.care.tables import APPEAL, DECISION
from mashrabiya.care.types import (
    PAGE,
    Appeal,
    AppealState,
    Concerned,
    Decision,
    Disputed,
    Place,
    WaitingAppeals,
)
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.crypto import Unopenable, unpadded, unseal
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.platform.keys import ServerKeys

_COLUMNS = ("id", "decision", "state", "day", "answered_day", "words", "answer")
_APPEAL = tuple(APPEAL.c[name] for name in _COLUMNS)
_WAITS = APPEAL.c.state == constant(AppealState.WAITING)


class _Row(msgspec.Struct, frozen=True):
    """An objection as it lies in the database: sealed."""

    id: bytes
    decision: bytes
    state: int
    day: int
    answered_day: int | None
    words: bytes
    answer: bytes


class Meant(msgspec.Struct, frozen=True):
    """Whom a decision meets, for a rule: by its guard, by its post, by running the place, or by having objected."""

    decision: Decision
    subject: bytes
    pid: bytes | None
    tok: bytes | None
    home_tid: bytes | None
    runs: int
    mine: bytes | None
    appeal: _Row | None


def read_meant(*row: Any) -> Meant:
    decision = read_decision(*row[:WIDTH])
    subject, pid, tok, home_tid, own_place, mine, *appeal = row[WIDTH:]
    objection = _Row(*appeal) if appeal[0] else None
    return Meant(decision, subject or b"", pid, tok, home_tid, own_place, mine, objection)


def _with_whom() -> Select[Any]:
    by_guard = (GUARD, GUARD.c.case_id == DECISION.c.id)
    by_objection = (APPEAL, APPEAL.c.decision == DECISION.c.id)
    own_place = case((of_own_place(DECISION), YES), else_=NO)
    return rows(GUARD.c.subject, *WHOSE, own_place, APPEAL.c.mine, *_APPEAL, beside=(by_guard, by_objection))


WITH_WHOM = _with_whom()
_MEANT = Statement(
    WITH_WHOM.where(DECISION.c.id == bindparam("decision", type_=LargeBinary)).limit(YES), into=read_meant
)
_DISPUTED = Statement(
    WITH_WHOM.where(APPEAL.c.id == bindparam("appeal", type_=LargeBinary), may_decide(DECISION.c.cid)),
    into=read_meant,
)
_ALL_WAITING = WITH_WHOM.where(_WAITS).order_by(None).order_by(APPEAL.c.day, APPEAL.c.id)
_WAITING = Statement(_ALL_WAITING.limit(constant(PAGE)), into=read_meant)
_WAITING_THERE = Statement(
    _ALL_WAITING.where(DECISION.c.cid == bindparam("cid", type_=LargeBinary)).limit(constant(PAGE)),
    into=read_meant,
)
_PLACES: Statement[None] = Statement(
    select(APPEAL.c.mine, APPEAL.c.state, APPEAL.c.day).where(APPEAL.c.mine.in_(sixteen("place")))
)
_COUNT = (
    select(func.count().label("waits"), func.min(APPEAL.c.day).label("since"), wished_by_others())
    .select_from(APPEAL.join(DECISION, DECISION.c.id == APPEAL.c.decision))
    .where(_WAITS)
)
_COUNT_ALL = Statement(_COUNT, into=WaitingAppeals)
_THERE = _COUNT.where(DECISION.c.cid == bindparam("cid", type_=LargeBinary)).subquery("there")
_DESK = Statement(
    select(
        COMMUNITY.c.id,
        COMMUNITY.c.name,
        COMMUNITY.c.seed,
        COMMUNITY.c.language,
        COMMUNITY.c.agreements,
        case((runs(COMMUNITY.c.id), YES), else_=NO),
        _THERE.c.waits,
        _THERE.c.since,
        _THERE.c.wished,
    )
    .select_from(COMMUNITY.join(_THERE, YES == YES))
    .where(COMMUNITY.c.id == bindparam("cid", type_=LargeBinary), may_decide(COMMUNITY.c.id)),
    into=lambda *row: (Place(*row[:6]), WaitingAppeals(*row[6:])),
)


def open_desk(db: Read, viewer: Viewer, cid: bytes) -> tuple[Place, WaitingAppeals]:
    """The desk in which the viewer decides, with what is objected to there, or not found; no id is the house's.

    With it comes whether one of her colleagues there would like to talk.
    """
    if not cid:
        place = get_place(db, viewer, cid)
        return place, db.first(_COUNT_ALL, cid=b"", **own_voices(viewer, cid)) or WaitingAppeals()
    found = db.first(_DESK, cid=cid, **who(viewer), **own_voices(viewer, cid))
    if found is None:
        say_if_over(db, viewer, cid)
        raise NotFound
    return found


def waiting_appeals(db: Read, viewer: Viewer, keys: ServerKeys, place: Place) -> list[Disputed]:
    """What waits for an answer there, the oldest first. What meets the reader herself is not at her desk."""
    siblings = {"today": clock.day(), **sibling_values(viewer.siblings)}
    found = db.all(_WAITING_THERE, cid=place.id, **siblings) if place.id else db.all(_WAITING, **siblings)
    return [_disputed(viewer, keys, one) for one in found if not concerns(viewer, one)]


def get_disputed(db: Read, viewer: Viewer, keys: ServerKeys, appeal: bytes) -> Disputed:
    """An objection where the viewer may decide, or not found."""
    found = db.first(_DISPUTED, appeal=appeal, **who(viewer))
    if found is None or concerns(viewer, found):
        raise NotFound
    return _disputed(viewer, keys, found)


def get_concerned(db: Read, viewer: Viewer, keys: ServerKeys, decision: bytes) -> Concerned:
    """A decision that meets the viewer, under any of her names or none; to everybody else it is not there."""
    found = db.first(_MEANT, decision=decision, today=clock.day(), **sibling_values(viewer.siblings))
    if found is None or not concerns(viewer, found):
        raise NotFound
    return with_appeal(keys, found)


def find_concerned(db: Read, keys: ServerKeys, decision: bytes) -> Concerned | None:
    """A decision with the objection to it, for the person it meets. Whether it is she, whoever asks has found out by her guard."""
    found = db.first(_MEANT, decision=decision, today=clock.day(), **sibling_values([b""] * SLOTS))
    return with_appeal(keys, found) if found else None


def taken_places(db: Read, places: Iterable[bytes]) -> dict[bytes, tuple[int, int]]:
    """State and day of what stands in her sixteen places."""
    found = db.tuples(_PLACES, **sibling_values(places, "place"))
    return {bytes(mine): (int(state), int(day)) for mine, state, day in found}


def concerns(viewer: Viewer, meant: Meant) -> bool:
    """Whether the viewer is the person whom it meets, or who objected to it."""
    return bool(meant.runs) or rules.is_concerned(
        viewer,
        subject=meant.subject,
        post=(meant.pid, meant.tok, meant.home_tid or b""),
        mine=meant.mine,
    )


def with_appeal(keys: ServerKeys, found: Meant) -> Concerned:
    """As the person whom it meets reads it."""
    return Concerned(found.decision, _opened(keys, found.appeal) if found.appeal else None)


def _disputed(viewer: Viewer, keys: ServerKeys, found: Meant) -> Disputed:
    assert found.appeal is not None
    own = rules.has_decided(viewer, found.decision)
    return Disputed(_opened(keys, found.appeal), found.decision, own)


def _opened(keys: ServerKeys, row: _Row) -> Appeal:
    return Appeal(
        row.id,
        row.decision,
        AppealState(row.state),
        row.day,
        row.answered_day,
        _words(keys, row.words, b"appeal" + row.id),
        _words(keys, row.answer, b"answer" + row.id),
    )


def _words(keys: ServerKeys, sealed: bytes, bound: bytes) -> str:
    if not sealed:
        return ""
    try:
        return unpadded(unseal(keys.of("field"), sealed, bound)).decode("utf-8", "replace")
    except Unopenable:
        # Sealed under a key the house no longer has: the objection stands without its words.
        return ""
