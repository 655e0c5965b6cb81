"""Filing reports, calling carers softly, and closing both. What is reported the door has asked."""

from __future__ import annotations

import secrets

from sqlalchemy import (
    Integer,
    LargeBinary,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    select,
    update,
)

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.crypto import OVERHEAD, padded, seal
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import queries, rules
from mashrabiya.safety.events import ReportFiled
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import (
    KEPT_CLOSED_DAYS,
    KEPT_DAYS,
    NOTE_SIZES,
    NewReport,
    Reason,
    ReportState,
    Thing,
)

_THING = (
    REPORT.c.kind == bindparam("which", type_=Integer),
    REPORT.c.object == bindparam("thing", type_=LargeBinary),
)
_CLOSE: Statement[None] = Statement(
    update(REPORT)
    .where(*_THING, REPORT.c.state == literal_column(str(int(ReportState.OPEN))))
    .values(
        state=bindparam("closed"),
        until_day=bindparam("until"),
        decision=bindparam("by_what", type_=LargeBinary),
    )
)
_OPEN = REPORT.c.state == literal_column(str(int(ReportState.OPEN)))
_JOIN_HEAD: Statement[None] = Statement(
    update(REPORT)
    .where(*_THING, _OPEN, REPORT.c.stands_for > literal_column("0"))
    .values(
        stands_for=REPORT.c.stands_for + literal_column("1"),
        urgency=case(
            (REPORT.c.urgency > bindparam("urgent", type_=Integer), bindparam("urgent", type_=Integer)),
            else_=REPORT.c.urgency,
        ),
    )
)
_CALL_OFF: Statement[None] = Statement(
    update(REPORT)
    .where(
        *_THING,
        REPORT.c.reason.in_([literal_column(str(int(one))) for one in Reason if one.is_rule]),
        REPORT.c.stands_for == literal_column("1"),
        _OPEN,
    )
    .values(state=bindparam("closed"), until_day=bindparam("until"))
)
_LEAVE_PLACE: Statement[None] = Statement(
    update(REPORT)
    .where(REPORT.c.mine == bindparam("place", type_=LargeBinary))
    .values(mine=bindparam("instead", type_=LargeBinary))
)
_HEAD = REPORT.alias("head")
_HAS_HEAD = exists().where(
    _HEAD.c.kind == REPORT.c.kind,
    _HEAD.c.object == REPORT.c.object,
    _HEAD.c.state == literal_column(str(int(ReportState.OPEN))),
    _HEAD.c.stands_for > literal_column("0"),
)
_LEFT: Statement[None] = Statement(
    select(
        func.min(REPORT.c.id),
        REPORT.c.kind,
        REPORT.c.object,
        func.min(REPORT.c.urgency),
        func.min(REPORT.c.day),
        func.count(),
    )
    .where(_OPEN, REPORT.c.stands_for == literal_column("0"), ~_HAS_HEAD)
    .group_by(REPORT.c.kind, REPORT.c.object)
)
_STAND: Statement[None] = Statement(
    update(REPORT)
    .where(*_THING, REPORT.c.id == bindparam("rid", type_=LargeBinary))
    .values(
        stands_for=bindparam("how_many", type_=Integer),
        urgency=bindparam("urgent", type_=Integer),
        since=bindparam("since_day", type_=Integer),
    )
)
_FORGET: Statement[None] = Statement(delete(REPORT).where(*_THING))


def report(uow: Write, viewer: Viewer, keys: ServerKeys, new: NewReport, *, weighs: bool = True) -> None:
    """Keep a report. One person reports one thing once, whichever persona she uses.

    Nothing in the row is hers: the nullifier comes from her own key and the
    thing, and leads back to nobody. The very same report sent again is the same.
    """
    if viewer.work is None:
        raise NotFound
    wrong = rules.wrong(new.reason, new.note)
    if wrong:
        raise Invalid(wrong)
    rnull = viewer.work.nullifier(b"report", bytes([new.kind]) + new.object)
    before = queries.find_own(uow, keys, rnull)
    if before is not None:
        if (before.reason, before.note) != (new.reason, new.note):
            raise Invalid({"again": "report.again"})
        return
    rid, note = new_id(), new.note.encode("utf-8", "replace")
    _file(
        uow,
        new,
        rid,
        rnull=rnull,
        note=seal(keys.of("field"), padded(note, rules.size_for(note)), b"report" + rid),
        mine=_place(uow, viewer),
        weighs=int(weighs),
    )


def call(uow: Write, place: bytes | None, thing: bytes, reason: Reason, *, kind: Thing = Thing.POST) -> None:
    """Let carers know of somebody's words, softly; without a place, the house's. Whose it is, nothing in the row says; in a note's place stands what opens
    with no key, and it is in nobody's list of reports."""
    if queries.is_called(uow, thing, reason, kind):
        return
    new = NewReport(kind=kind, object=thing, place=place, reason=int(reason), note="")
    blank = secrets.token_bytes(NOTE_SIZES[0] + OVERHEAD)
    _file(uow, new, new_id(), rnull=new_id(), note=blank, mine=new_id(), weighs=0)


def call_off(uow: Write, thing: bytes, kind: Thing = Thing.POST) -> None:
    """Nothing is left for which a rule held these words: where nobody else said anything of it, it waits no longer."""
    closed = int(ReportState.CLOSED)
    uow.run(_CALL_OFF, which=int(kind), thing=thing, closed=closed, until=clock.day() + KEPT_CLOSED_DAYS)


def _file(uow: Write, new: NewReport, rid: bytes, **own: bytes | int) -> None:
    """Put it where it waits."""
    urgency = rules.urgency_of(Reason(new.reason))
    joined = uow.run(_JOIN_HEAD, which=int(new.kind), thing=new.object, urgent=urgency)
    uow.insert(
        REPORT,
        id=rid,
        cid=new.place,
        kind=int(new.kind),
        object=new.object,
        reason=new.reason,
        state=int(ReportState.OPEN),
        day=clock.day(),
        stands_for=0 if joined else 1,
        urgency=urgency,
        since=clock.day(),
        until_day=clock.day() + KEPT_DAYS,
        **own,
    )
    uow.record(ReportFiled(rid))


def close_reports(uow: Write, kind: int, thing: bytes, decision: bytes = b"") -> int:
    """Everything said of this thing is decided, by this; answers how many waited."""
    until = clock.day() + KEPT_CLOSED_DAYS
    closed = int(ReportState.CLOSED)
    return uow.run(_CLOSE, which=kind, thing=thing, closed=closed, until=until, by_what=decision or None)


def _place(uow: Write, viewer: Viewer) -> bytes:
    """One of her places that is free, or that of what was decided longest ago.

    Where all of them wait, the report is taken and stands in no list.
    """
    places = rules.report_places(viewer)
    taken = queries.taken_places(uow, places)
    free = next((place for place in places if place not in taken), None)
    if free is not None:
        return free
    decided = [(day, place) for place, (state, day) in taken.items() if state != ReportState.OPEN]
    if not decided:
        return new_id()
    oldest = min(decided)[1]
    uow.run(_LEAVE_PLACE, place=oldest, instead=new_id())
    return oldest


def stand_for_all(uow: Write) -> int:
    """Let another report stand for those of its thing, where the one that did is kept no longer.

    Answers for how many things. Safe to repeat.
    """
    left = uow.tuples(_LEFT)
    for rid, kind, thing, urgency, since, count in left:
        values = {"urgent": urgency, "since_day": since, "how_many": count}
        uow.run(_STAND, which=kind, thing=bytes(thing), rid=bytes(rid), **values)
    return len(left)


def forget_persona(uow: Write, pid: bytes) -> None:
    """Nothing is said any more of a persona that is gone. Safe to repeat."""
    uow.run(_FORGET, which=int(Thing.PERSONA), thing=pid)
