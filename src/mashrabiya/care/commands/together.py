"""What takes two people: one proposes, another agrees within three days, and only then it happens."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.logged import PROPOSED, WITHDRAWN, log_decision, log_proposal
from mashrabiya.care.events import DecisionTaken
from mashrabiya.care.tables import DECISION, PROPOSAL
from mashrabiya.care.types import AS_CARE, AS_HOST, Act, Joint, NewMode, Place, Proposal
from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import AnonMode
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people_queries
from mashrabiya.people.queries.guards import COMMUNITY, SITE
from mashrabiya.platform import house
from mashrabiya.platform.db import Read, Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.types import Thing

PROPOSED_HOURS = 72
"""So long a second person has time."""

_DROP: Statement[None] = Statement(
    delete(PROPOSAL).where(PROPOSAL.c.id == bindparam("which", type_=LargeBinary))
)
_DROP_OLD: Statement[None] = Statement(
    delete(PROPOSAL).where(
        PROPOSAL.c.kind == bindparam("joint", type_=Integer),
        PROPOSAL.c.object == bindparam("thing", type_=LargeBinary),
        PROPOSAL.c.exp_h <= bindparam("hour", type_=Integer),
    )
)
_DROP_OF_PLACE: Statement[None] = Statement(
    delete(PROPOSAL).where(PROPOSAL.c.cid == bindparam("cid", type_=LargeBinary))
)


def propose_mode(uow: Write, viewer: Viewer, cid: bytes, new: NewMode) -> None:
    """Propose how unnamed writing is in threads that are begun later. The same proposed again is proposed once."""
    place = queries.get_place(uow, viewer, cid)
    state = community_queries.key_state(uow, viewer, cid)
    waiting = queries.find_proposal(uow, Joint.ANON_MODE, cid)
    if waiting is not None and waiting.pid in viewer.siblings:
        return
    if waiting is not None and not still_means(uow, waiting):
        # Whoever left keeps nobody else from proposing.
        drop(uow, waiting)
        waiting = None
    if waiting is not None or new.mode == state.mode:
        raise Conflict("care.meanwhile")
    if new.mode == AnonMode.ACCOUNTABLE:
        community_rules.may_be_accountable(house.load(uow), state.held).or_raise()
    wrong = rules.wrong_words(new.words)
    if wrong:
        raise Invalid(wrong)
    propose(uow, viewer, place, Joint.ANON_MODE, thing=cid, words=new.words, carry=bytes([new.mode]))


def agree(uow: Write, viewer: Viewer, proposal: bytes) -> Place:
    """Be the second who wants it so: the mode holds for threads begun from now on."""
    found = queries.get_proposal(uow, viewer, proposal)
    place = queries.get_place(uow, viewer, found.cid)
    if found.kind != Joint.ANON_MODE:
        raise Conflict("together.gone")
    rules.may_second(viewer, found, stands=still_means(uow, found)).or_raise()
    mode = AnonMode(found.carry[0])
    if mode == AnonMode.ACCOUNTABLE:
        rules.may_make_accountable(found, place).or_raise()
    communities.change_anon_mode(uow, found.cid, mode)
    act = Act.ACCOUNT if mode == AnonMode.ACCOUNTABLE else Act.SEAL
    drop(uow, found)
    note(uow, place, act, kind=Thing.COMMUNITY, thing=found.cid, words=found.words)
    return place


def withdraw(uow: Write, viewer: Viewer, proposal: bytes) -> Proposal:
    """Take an own proposal back; it was as if it had never been made."""
    found = queries.get_proposal(uow, viewer, proposal)
    rules.may_withdraw(viewer, found).or_raise()
    retract(uow, found)
    return found


def retract(uow: Write, proposal: Proposal) -> None:
    """It waits no longer, since whoever proposed it wishes so."""
    drop(uow, proposal)
    log_proposal(uow, WITHDRAWN, proposal.kind, proposal.id, role=proposal.role)


def propose(
    uow: Write,
    viewer: Viewer,
    place: Place,
    kind: Joint,
    *,
    thing: bytes,
    words: str,
    carry: bytes = b"",
    whom: bytes | None = None,
    role: str = "",
) -> None:
    """Keep what one person proposes, for three days. ``whom`` is the persona that it would meet."""
    uow.run(_DROP_OLD, joint=int(kind), thing=thing, hour=clock.hour())
    proposal, role = new_id(), role or (AS_HOST if place.runs else AS_CARE)
    uow.insert(
        PROPOSAL,
        id=proposal,
        kind=int(kind),
        object=thing,
        cid=place.id,
        pid=viewer.pid,
        whom=whom,
        role=role,
        words=words.strip(),
        carry=carry,
        exp_h=clock.hour() + PROPOSED_HOURS,
    )
    log_proposal(uow, PROPOSED, kind, proposal, role=role, words=words.strip())


def proposer_roles(db: Read, proposal: Proposal, keys: ServerKeys) -> frozenset[str]:
    """What whoever proposed it does in the house now: nothing where she is gone, or the house is closed to her."""
    if queries.guard_on(db, SITE, b"", proposal.pid):
        return frozenset()
    return people_queries.roles_of(db, proposal.pid, keys.of("field"))


def still_means(db: Read, proposal: Proposal) -> bool:
    """Whether whoever proposed it still could: nobody is one of two who was excluded since, there or from the house."""
    shut = ((SITE, b""), (COMMUNITY, proposal.cid))
    if any(queries.guard_on(db, kind, scope, proposal.pid) for kind, scope in shut):
        return False
    return rules.stands(proposal, queries.role_in(db, proposal.cid, proposal.pid))


def drop(uow: Write, proposal: Proposal) -> None:
    """It waits no longer."""
    uow.run(_DROP, which=proposal.id)


def forget_proposals(uow: Write, cid: bytes) -> None:
    """What waited in a place that is closed for good waits no more. Safe to repeat."""
    uow.run(_DROP_OF_PLACE, cid=cid)


def note(
    uow: Write,
    place: Place,
    act: Act,
    *,
    kind: Thing,
    thing: bytes,
    words: str,
    report: bytes | None = None,
    reason: int = 0,
) -> None:
    """Write down what two have decided, where everybody who decides there reads it."""
    decision = new_id()
    uow.insert(
        DECISION,
        id=decision,
        cid=place.id,
        report=report,
        act=int(act),
        kind=int(kind),
        object=thing,
        reason=reason,
        words=words,
        agreement="",
        role=AS_HOST if place.runs else AS_CARE,
        day=clock.day(),
        until_day=None,
        undone_day=None,
    )
    log_decision(uow, decision)
    uow.record(DecisionTaken(decision))
