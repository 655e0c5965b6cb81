"""Deciding, and taking decisions back. Everything is done through the commands of the rooms below."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete, literal_column, or_, update

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.among import settle
from mashrabiya.care.commands.effects import give_back
from mashrabiya.care.commands.lasting import close_to
from mashrabiya.care.commands.logged import log_decision, log_undone
from mashrabiya.care.commands.written import note, show_again, unnote, withhold
from mashrabiya.care.events import DecisionTaken, DecisionUndone
from mashrabiya.care.tables import APPEAL, DECISION, PROPOSAL
from mashrabiya.care.types import (
    AS_CARE,
    AS_HOST,
    AS_TWO,
    HOLD_DAYS,
    Act,
    AppealState,
    Case,
    Decision,
    NewDecision,
)
from mashrabiya.communities import commands as communities
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import KEPT_APPEAL_DAYS, Reason, Thing

_UNDO: Statement[None] = Statement(
    update(DECISION)
    .where(DECISION.c.id == bindparam("which", type_=LargeBinary), DECISION.c.undone_day.is_(None))
    .values(undone_day=bindparam("today", type_=Integer))
)
# What is taken back anyway needs no other answer.
_SETTLED: Statement[None] = Statement(
    update(APPEAL)
    .where(
        APPEAL.c.decision == bindparam("which", type_=LargeBinary),
        APPEAL.c.state == literal_column(str(int(AppealState.WAITING))),
    )
    .values(
        state=literal_column(str(int(AppealState.REVERSED))),
        answered_day=bindparam("today", type_=Integer),
        until_day=bindparam("until", type_=Integer),
    )
)
_FORGET: Statement[None] = Statement(
    update(DECISION)
    .where(
        DECISION.c.kind == bindparam("which", type_=Integer),
        DECISION.c.object == bindparam("thing", type_=LargeBinary),
    )
    .values(object=bindparam("instead", type_=LargeBinary))
)

_FORGET_PROPOSED: Statement[None] = Statement(
    delete(PROPOSAL).where(
        or_(
            PROPOSAL.c.pid == bindparam("whose", type_=LargeBinary),
            PROPOSAL.c.whom == bindparam("whose", type_=LargeBinary),
        )
    )
)

_WITHHOLDS = {Act.HOLD, Act.HIDE, Act.REMOVE}


def decide(uow: Write, viewer: Viewer, report: bytes, new: NewDecision) -> Case:
    """Decide on what was reported; every report of it is closed. Sent twice, it is decided once.

    Whoever did not know of an earlier decision on it is told, and nothing happens.
    """
    return _decide(uow, viewer, queries.get_case(uow, viewer, report), new)


def decide_unreported(uow: Write, viewer: Viewer, tid: bytes, number: int, *, new: NewDecision) -> Case:
    """Decide on a post in its thread, as on one that was reported."""
    return _decide(uow, viewer, queries.get_unreported(uow, viewer, tid, number), new)


def _decide(uow: Write, viewer: Viewer, case: Case, new: NewDecision) -> Case:
    decision = new_id()
    if submissions.claim(uow, new.submission, decision, case.path, new.words) is not None:
        return case
    places = queries.places_of(uow, viewer, case)
    wrong = rules.wrong(case, new, places)
    if wrong or new.act is None:
        raise Invalid(wrong)
    if new.seen != len(queries.on_thing(uow, case.kind, case.object)):
        raise Conflict("care.meanwhile")
    if not rules.is_there(case, new.act, places).allowed:
        raise Conflict("care.nothing_there")
    meets = case.is_persona and new.act.lasts
    carry = _carry_out(uow, viewer, case, new, decision=decision)
    uow.insert(
        DECISION,
        id=decision,
        cid=(new.place if meets else case.place.id) or None,
        report=case.id or None,
        act=int(new.act),
        kind=int(case.kind),
        # The guard alone says whom it meets, and goes when it ends.
        object=new_id() if meets else case.object,
        reason=rules.decided_for(case, new),
        words=new.words.strip(),
        agreement=rules.agreed(case, new)[new.agreement] if new.agreement >= 0 else "",
        role=AS_HOST if case.place.runs else AS_CARE,
        day=clock.day(),
        until_day=_end_of(new),
        undone_day=None,
        by=rules.decided_by(viewer, decision),
        carry=carry,
        reply=new.reply.strip() or None,
    )
    if new.act == Act.HOLD:
        # It waits to be decided still, with all that was said of it.
        written(uow, decision)
    else:
        _closed(uow, case, decision)
    return case


def _end_of(new: NewDecision) -> int | None:
    if new.act == Act.HOLD:
        return clock.day() + HOLD_DAYS
    return clock.day() + new.days if new.act is not None and new.act.ends else None


def _closed(uow: Write, case: Case, decision: bytes) -> None:
    """The case waits no longer, and nobody has it; the decision is in the log, and a fact."""
    safety.close_reports(uow, case.kind, case.object, decision)
    settle(uow, case.kind, case.object)
    written(uow, decision)


def written(uow: Write, decision: bytes) -> None:
    """A decision was written down: it is in the log, and a fact."""
    log_decision(uow, decision)
    uow.record(DecisionTaken(decision))


def undo(uow: Write, viewer: Viewer, decision_id: bytes) -> Decision:
    """Take a decision back; what it closed or took away is as it was. Twice is once.

    The reports stay closed: undoing says nothing new about them.
    """
    decision = queries.get_decision(uow, viewer, decision_id)
    guard = queries.guard_of(uow, decision_id)
    post = queries.find_written(uow, decision.kind, decision.object)
    rules.may_undo(viewer, decision, guard.subject if guard else b"", post, afar=True).or_raise()
    take_back(uow, viewer, decision)
    return decision


def take_back(uow: Write, viewer: Viewer, decision: Decision, *, alone: bool = True) -> None:
    """Let what it closed or took away be as it was; twice is once. An objection to it is settled by this.

    Whether the viewer may, has been asked. Not ``alone``: one entry of the log stands for it and others.
    """
    if not uow.run(_UNDO, which=decision.id, today=clock.day()):
        return
    guard = queries.guard_of(uow, decision.id)
    if guard is not None:
        people.lift_guard(uow, guard.kind, guard.subject, scope=guard.scope)
    if decision.act in _WITHHOLDS:
        _undo_hiding(uow, decision)
    if decision.act == Act.UNLIST:
        communities.list_again(uow, decision.object, decision.until_day or 0)
    if decision.act.in_place:
        for other in give_back(uow, viewer, decision):
            _fall_with(uow, viewer, other)
    if decision.carry:
        unnote(uow, decision.kind, decision.object, decision.carry)
    uow.run(_SETTLED, which=decision.id, today=clock.day(), until=clock.day() + KEPT_APPEAL_DAYS)
    if alone:
        log_undone(uow, viewer, decision)
    uow.record(DecisionUndone(decision.id))


def _fall_with(uow: Write, viewer: Viewer, other: Decision) -> None:
    """What says the same to others, or in another place, holds no more either."""
    if not replace(uow, other):
        return
    if other.act == Act.WENT:
        uow.run(_SETTLED, which=other.id, today=clock.day(), until=clock.day() + KEPT_APPEAL_DAYS)
        uow.record(DecisionUndone(other.id))
    else:
        log_undone(uow, viewer, other)


def _undo_hiding(uow: Write, decision: Decision) -> None:
    if decision.act != Act.HOLD:  # whoever takes that back has looked: what waited for it does not stay so
        for before in queries.waiting_for_a_look(uow, decision.kind, decision.object):
            uow.run(_UNDO, which=before.id, today=clock.day())
    _settle(uow, decision)


def replace(uow: Write, decision: Decision) -> bool:
    """It holds no more, since another says what holds now; False where it did not."""
    return bool(uow.run(_UNDO, which=decision.id, today=clock.day()))


def hide_for_two(uow: Write, cid: bytes | None, thing: bytes, kind: Thing = Thing.POST) -> None:
    """Hide what two people call an outing, until somebody has looked. Nobody decided: its author is told so."""
    if withhold(uow, kind, thing, Act.HIDE):
        undecided(uow, cid, thing, Act.HIDE, kind=kind, reason=Reason.OUTING, role=AS_TWO)


def undecided(
    uow: Write,
    cid: bytes | None,
    thing: bytes,
    act: Act,
    *,
    kind: Thing = Thing.POST,
    reason: Reason,
    role: str,
    words: str = "",
    days: int = 0,
) -> None:
    """What the software does to somebody's words, as a decision that nobody took: without an end, or for so many days."""
    decision = new_id()
    uow.insert(
        DECISION,
        id=decision,
        cid=cid or None,
        report=None,
        act=int(act),
        kind=int(kind),
        object=thing,
        reason=int(reason),
        words=words,
        agreement="",
        role=role,
        day=clock.day(),
        until_day=clock.day() + days if days else None,
        undone_day=None,
    )
    log_decision(uow, decision)
    uow.record(DecisionTaken(decision))


def _show_again(uow: Write, viewer: Viewer, case: Case) -> None:
    """What two had hidden, or a carer held, is left as it was before."""
    for before in queries.waiting_for_a_look(uow, case.kind, case.object):
        take_back(uow, viewer, before)


def forget_persona(uow: Write, pid: bytes) -> None:
    """Let no decision name a persona that is gone, and nothing wait that it proposed or that would meet it. Safe to repeat."""
    uow.run(_FORGET_PROPOSED, whose=pid)
    uow.run(_FORGET, which=int(Thing.PERSONA), thing=pid, instead=new_id())


def _carry_out(uow: Write, viewer: Viewer, case: Case, new: NewDecision, *, decision: bytes) -> int | None:
    """Do it; answers the content notes that it set."""
    if new.act == Act.KEEP:
        _show_again(uow, viewer, case)
    if new.act in rules.LASTING:
        close_to(uow, viewer, case, new, decision=decision)
        return None
    if new.act == Act.UNLIST:
        if not communities.unlist(uow, case.object, clock.day() + new.days):
            raise Conflict("care.unlisted_already")
        return None
    if new.act == Act.NOTE:
        return note(uow, case.kind, case.object, new.notes)
    if new.act == Act.HIDE and queries.waits_for_two(uow, case.kind, case.object):
        # Hidden already, and now somebody has decided so.
        return None
    if new.act in _WITHHOLDS and not withhold(uow, case.kind, case.object, new.act):
        raise Conflict("care.nothing_there")
    return None


def _settle(uow: Write, decision: Decision) -> None:
    """Let the post stand as the decisions that still hold on it say."""
    still = queries.standing(uow, decision.kind, decision.object)
    if Act.REMOVE in still:
        return
    if Act.HIDE in still:
        withhold(uow, decision.kind, decision.object, Act.HIDE)
    else:
        show_again(uow, decision.kind, decision.object)
