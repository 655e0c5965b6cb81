"""What lies beside a case: what was said of it, notes among carers, and what is like it. All in one question."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import (
    Integer,
    LargeBinary,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from mashrabiya.care import rules
from mashrabiya.care.queries.parts import NO, constant, may_read_aside, who
from mashrabiya.care.tables import ASIDE, DECISION
from mashrabiya.care.types import AS_CARE, MOST_ASIDES, Act, Aside, Beside, Case, Earlier, LikeCase, Wish
from mashrabiya.discussions.tables import POST
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.crypto import Unopenable, unpadded, unseal
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import queries as safety
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Notice, Reason, ReportState, Thing

_SAID, _ASIDE, _LIKE, _EARLIER = range(4)
_MOST_SAID, _MOST_LIKE = 20, 5
# Looked through at most, whatever a flood leaves in the list or a rare reason in the log.
_LOOKED_AT = 200
_SHARED = "shared"
_KIND = bindparam("kind", type_=Integer)
_OBJECT = bindparam("object", type_=LargeBinary)
_CID = bindparam("cid", type_=LargeBinary)
_TID = bindparam("tid", type_=LargeBinary)
# In which role it was written, and for whom.
_FOR_WHOM = case((ASIDE.c.shared == constant(1), literal_column(f"'{_SHARED}'")), else_=ASIDE.c.role)
_NOTHING, _NO_WORDS = cast(null(), LargeBinary), cast(null(), Text)


class _Row(msgspec.Struct, frozen=True):
    """A line of any of the four: numbers, bytes and words, whatever they mean there."""

    part: int
    id: bytes
    a: int
    b: int
    c: int
    x: bytes | None
    y: bytes | None
    z: bytes | None
    text: str | None


def _said() -> Select[Any]:
    """By id, which is random. That a child may be in danger is never cut off."""
    first = case((REPORT.c.reason == constant(Reason.MINOR), NO), else_=constant(1))
    return (
        select(
            constant(_SAID).label("part"), REPORT.c.id, REPORT.c.reason.label("a"), NO.label("b"), NO.label("c"),
            REPORT.c.note.label("x"), _NOTHING.label("y"), _NOTHING.label("z"), _NO_WORDS.label("words"),
        )
        .where(REPORT.c.kind == _KIND, REPORT.c.object == _OBJECT)
        .order_by(first, REPORT.c.id)
        .limit(constant(_MOST_SAID))
    )  # fmt: skip


def _asides() -> Select[Any]:
    return (
        select(
            constant(_ASIDE).label("part"), ASIDE.c.id, ASIDE.c.n.label("a"), ASIDE.c.wish.label("b"), ASIDE.c.day.label("c"),
            ASIDE.c.words.label("x"), ASIDE.c.by.label("y"), _NOTHING.label("z"), _FOR_WHOM.label("words"),
        )
        .where(ASIDE.c.kind == _KIND, ASIDE.c.object == _OBJECT, may_read_aside(ASIDE))
        .order_by(ASIDE.c.n)
        .limit(constant(2 * MOST_ASIDES))
    )  # fmt: skip


def _like() -> Select[Any]:
    """What waits in the same thread, among the first of the list."""
    waits = (
        select(REPORT.c.id, REPORT.c.object, REPORT.c.stands_for, REPORT.c.since)
        .where(
            REPORT.c.kind == constant(Thing.POST),
            REPORT.c.state == constant(ReportState.OPEN),
            REPORT.c.stands_for > NO,
            REPORT.c.cid == _CID,
        )
        .order_by(REPORT.c.urgency, REPORT.c.since, REPORT.c.id)
        .limit(constant(_LOOKED_AT))
        .subquery("waits")
    )
    return (
        select(
            constant(_LIKE).label("part"), waits.c.id, POST.c.n.label("a"), waits.c.stands_for.label("b"), waits.c.since.label("c"),
            POST.c.pid.label("x"), POST.c.tok.label("y"), POST.c.home_tid.label("z"), _NO_WORDS.label("words"),
        )
        .select_from(waits.join(POST, POST.c.id == waits.c.object))
        .where(POST.c.tid == _TID, waits.c.object != _OBJECT)
        .order_by(POST.c.n)
        .limit(constant(_MOST_LIKE))
    )  # fmt: skip


def _earlier(*, in_thread: bool) -> Select[Any]:
    """Decided for the same reason here, newest first; of an unnamed voice in this thread alone."""
    recent = (
        select(*(DECISION.c[name] for name in ("id", "kind", "object", "reason", "act", "day", "undone_day", "agreement")))
        .where(DECISION.c.cid == _CID)
        .order_by(DECISION.c.day.desc(), DECISION.c.id.desc())
        .limit(constant(_LOOKED_AT))
        .subquery("recent")
    )  # fmt: skip
    of_post = and_(POST.c.id == recent.c.object, recent.c.kind == constant(Thing.POST))
    source = recent.join(POST, and_(of_post, POST.c.home_tid == _TID)) if in_thread else recent
    undone = case((recent.c.undone_day.is_(None), NO), else_=constant(1))
    of_two = [constant(act) for act in Act if act.takes_two]
    return (
        select(
            constant(_EARLIER).label("part"), recent.c.id, recent.c.act.label("a"), undone.label("b"), recent.c.day.label("c"),
            _NOTHING.label("x"), _NOTHING.label("y"), _NOTHING.label("z"), recent.c.agreement.label("words"),
        )
        .select_from(source)
        .where(
            recent.c.reason == bindparam("reason", type_=Integer),
            recent.c.object != _OBJECT,
            recent.c.act.not_in(of_two),
        )
        .order_by(recent.c.day.desc(), recent.c.id.desc())
        .limit(constant(_MOST_LIKE))
    )  # fmt: skip


def _together(*parts: Select[Any]) -> Statement[_Row]:
    lines = [part.subquery(f"part{number}") for number, part in enumerate(parts)]
    return Statement(union_all(*(select(*line.c) for line in lines)), into=_Row)


_OF_PLACE = _together(_said(), _asides())
_OF_NAMED = _together(_said(), _asides(), _like(), _earlier(in_thread=False))
_OF_UNNAMED = _together(_said(), _asides(), _like(), _earlier(in_thread=True))


def beside(db: Read, viewer: Viewer, keys: ServerKeys, found: Case) -> Beside:
    """All of it, for whoever may see the case. What is her own stands in no list of hers."""
    rows = _rows(db, viewer, found)
    return Beside(
        said=[
            Notice(Reason(row.a), safety.opened_note(keys, row.id, row.x or b""))
            for row in sorted(_of(rows, _SAID), key=lambda row: row.id)
        ],
        asides=[_aside(viewer, keys, found, row) for row in sorted(_of(rows, _ASIDE), key=lambda row: row.a)],
        like=[
            LikeCase(row.id, row.a, row.b, row.c)
            for row in sorted(_of(rows, _LIKE), key=lambda row: row.a)
            if not rules.is_hers(viewer, row.x, row.y, row.z or b"")
        ],
        earlier=[
            Earlier(Act(row.a), row.c, bool(row.b), row.text or "")
            for row in sorted(_of(rows, _EARLIER), key=lambda row: (row.c, row.id), reverse=True)
        ],
    )


def _rows(db: Read, viewer: Viewer, found: Case) -> list[_Row]:
    thing = {"kind": int(found.kind), "object": found.object, "carer": who(viewer)["carer"]}
    if not found.place.id or found.post is None:
        return db.all(_OF_PLACE, **thing)
    here = {**thing, "cid": found.place.id, "reason": int(found.reason), "tid": found.post.tid}
    if found.is_unnamed:
        return db.all(_OF_UNNAMED, **here)
    return db.all(_OF_NAMED, **here)


def _of(rows: list[_Row], part: int) -> list[_Row]:
    return [row for row in rows if row.part == part]


def _aside(viewer: Viewer, keys: ServerKeys, found: Case, row: _Row) -> Aside:
    own = rules.wrote_aside(viewer, found, row.y or b"")
    shared = row.text == _SHARED
    return Aside(
        row.a, own, AS_CARE if shared else row.text or "", shared, Wish(row.b), row.c, _words(keys, row)
    )


def _words(keys: ServerKeys, row: _Row) -> str:
    try:
        plain = unseal(keys.of("field"), row.x or b"", b"aside" + row.id)
    except Unopenable:
        # Sealed under a key the house no longer has: that there was a note stays.
        return ""
    return unpadded(plain).decode("utf-8", "replace")
