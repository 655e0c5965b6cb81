"""Deciding, and taking decisions back. Everything is done through the commands of the rooms below."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete, or_, update

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.logged import log_decision, log_undone
from mashrabiya.care.events import DecisionTaken, DecisionUndone
from mashrabiya.care.tables import DECISION, PROPOSAL
from mashrabiya.care.types import AS_CARE, AS_HOST, Act, Case, Decision, NewDecision
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as discussions_queries
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import COMMUNITY, UNNAMED_COMMUNITY
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import Thing

_UNDO: Statement[None] = Statement(
    update(DECISION)
    .where(DECISION.c.id == bindparam("which", type_=LargeBinary), DECISION.c.undone_day.is_(None))
    .values(undone_day=bindparam("today", type_=Integer))
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

_DONE = {Act.HIDE: discussions.hide, Act.REMOVE: discussions.remove}


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
    meets = case.is_persona and new.act == Act.EXCLUDE
    if meets and not places:
        raise Conflict("care.nothing_there")
    _carry_out(uow, viewer, case, new, decision=decision)
    uow.insert(
        DECISION,
        id=decision,
        cid=(new.place if meets else case.place.id) or None,
        report=case.id or None,
        act=int(new.act),
        kind=int(case.kind),
        # The guard alone says whom it meets, and goes when it ends.
        object=new_id() if meets else case.object,
        reason=int(case.reason),
        words=new.words.strip(),
        agreement=case.place.agreed[new.agreement] if new.agreement >= 0 else "",
        role=AS_HOST if case.place.runs else AS_CARE,
        day=clock.day(),
        until_day=clock.day() + new.days if new.act == Act.EXCLUDE else None,
        undone_day=None,
    )
    safety.close_reports(uow, case.kind, case.object)
    log_decision(uow, decision)
    uow.record(DecisionTaken(decision))
    return case


def undo(uow: Write, viewer: Viewer, decision_id: bytes) -> Decision:
    """Take a decision back; what it closed or took away is as it was. Twice is once.

    The reports stay closed: undoing says nothing new about them.
    """
    decision = queries.get_decision(uow, viewer, decision_id)
    guard = queries.guard_of(uow, decision_id)
    post = discussions_queries.find_judged(uow, decision.object) if decision.kind == Thing.POST else None
    rules.may_undo(viewer, decision, guard.subject if guard else b"", post).or_raise()
    if not uow.run(_UNDO, which=decision_id, today=clock.day()):
        return decision
    if guard is not None:
        people.lift_guard(uow, guard.kind, guard.subject, scope=guard.scope)
    if decision.act in {Act.HIDE, Act.REMOVE}:
        _settle(uow, decision)
    log_undone(uow, viewer, decision)
    uow.record(DecisionUndone(decision_id))
    return decision


def let_texts_go(uow: Write) -> int:
    """Blank removed posts whose decision can be undone no longer; answers how many."""
    return sum(discussions.blank(uow, post) for post in queries.overdue(uow))


def forget_persona(uow: Write, pid: bytes) -> None:
    """Let no decision name a persona that is gone, and nothing wait that it proposed or that would meet it. Safe to repeat."""
    uow.run(_FORGET_PROPOSED, whose=pid)
    uow.run(_FORGET, which=int(Thing.PERSONA), thing=pid, instead=new_id())


def _carry_out(uow: Write, viewer: Viewer, case: Case, new: NewDecision, *, decision: bytes) -> None:
    if new.act == Act.EXCLUDE:
        _exclude(uow, viewer, case, new, decision=decision)
        return
    done = _DONE.get(new.act or Act.KEEP)
    if done is not None and (case.kind != Thing.POST or not done(uow, case.object)):
        raise Conflict("care.nothing_there")


def _exclude(uow: Write, viewer: Viewer, case: Case, new: NewDecision, *, decision: bytes) -> None:
    """Close the community to the persona that is meant, or unnamed writing there to the unnamed voice."""
    cid = new.place if case.is_persona else case.place.id
    kind, subject = _whom(case)
    if not (cid and subject):
        raise Conflict("care.nothing_there")
    if kind == COMMUNITY:
        rules.may_exclude(viewer, queries.role_in(uow, cid, subject)).or_raise()
    # A second one would take the place of the first, and undoing either would open the door.
    if queries.guard_on(uow, kind, cid, subject):
        raise Conflict("care.excluded_already")
    people.set_guard(uow, kind, subject, scope=cid, days=new.days, case=decision)


def _whom(case: Case) -> tuple[str, bytes]:
    """The persona that was reported or wrote it, or the unnamed voice; nobody where it is gone."""
    if case.is_persona:
        return COMMUNITY, case.object
    if case.post is None:
        return COMMUNITY, b""
    if case.post.pid is not None:
        return COMMUNITY, case.post.pid
    return UNNAMED_COMMUNITY, case.post.home_tid + (case.post.tok or b"")


def _settle(uow: Write, decision: Decision) -> None:
    """Let the post stand as the decisions that still hold on it say."""
    still = queries.standing(uow, decision.kind, decision.object)
    if Act.REMOVE in still:
        return
    if Act.HIDE in still:
        discussions.hide(uow, decision.object)
    else:
        discussions.restore(uow, decision.object)
