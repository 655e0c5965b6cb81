"""Roles in the house, given and ended by two: hosts and carers, of whom one has the role that it is about.

The first carer of a house without one comes from the machine (decision 0023).
Given is a code that opens once. Whoever takes it says with which persona; nobody else is told.
Care has a term, a year unless two chose otherwise: it ends by itself, and two give another. Those who run the house have
none, or a house could be left without anybody who runs it. Ending a role ends what came with it: care keys, and what its persona proposed. Everybody lays her
own down alone.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, delete

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.among import let_own_go
from mashrabiya.care.commands.logged import IN_ROLE
from mashrabiya.care.commands.together import drop, propose, proposer_roles, retract
from mashrabiya.care.tables import PROPOSAL
from mashrabiya.care.types import Joint, NewRole, Place, Proposal
from mashrabiya.communities import commands as communities
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED, Viewer
from mashrabiya.people import commands as people
from mashrabiya.people import queries as people_queries
from mashrabiya.people.types import TERMS, Grant
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys

CODE_DAYS = 7
"""So long a code that gives a role opens."""

_GRANTS = {CARE: Grant.CARE, HOST: Grant.HOST, TRUSTED: Grant.TRUSTED}
_DROP_OF: Statement[None] = Statement(
    delete(PROPOSAL).where(PROPOSAL.c.pid == bindparam("whose", type_=LargeBinary))
)


def propose_role(uow: Write, viewer: Viewer, new: NewRole, *, keys: ServerKeys) -> None:
    """Propose that somebody has a role, or has it no more. The same proposed again is proposed once."""
    rules.may_keep_house(viewer).or_raise()
    wrong = rules.wrong_words(new.words)
    meets = new.ends or new.renews
    whom = _whom(uow, new, keys) if meets else None
    if meets and whom is None:
        wrong["name"] = "together.nobody_named"
    wrong |= rules.wrong_term(new)
    if wrong:
        raise Invalid(wrong)
    kind, thing = Joint.of_role(new.role, ends=new.ends, renews=new.renews), whom or b""
    waiting = queries.find_proposal(uow, kind, thing)
    if waiting is not None and waiting.pid in viewer.siblings:
        return
    if waiting is not None and proposer_roles(uow, waiting, keys) & {CARE, HOST}:
        raise Conflict("care.meanwhile")
    if waiting is not None:
        # Whoever has no role any more keeps nobody else from proposing.
        drop(uow, waiting)
    role = rules.proposes_as(viewer, new.role)
    carry = new.days.to_bytes(2, "big")
    propose(uow, viewer, Place(), kind, thing=thing, words=new.words, whom=whom, role=role, carry=carry)


def agree_to_role(uow: Write, viewer: Viewer, proposal: bytes, *, keys: ServerKeys) -> str:
    """Be the second who wants it so. Answers the code that gives the role, once; nothing where one ends."""
    found, roles = queries.get_role_proposal(uow, viewer, proposal, keys.of("field"))
    rules.may_second_role(viewer, found, roles).or_raise()
    drop(uow, found)
    if found.kind == Joint.RENEW_CARE:
        return _renew(uow, viewer, found, keys=keys)
    return _end(uow, viewer, found, keys=keys) if found.kind.ends else _give(uow, viewer, found, keys=keys)


def withdraw_role(uow: Write, viewer: Viewer, proposal: bytes, *, keys: ServerKeys) -> None:
    """Take an own proposal back."""
    found, _ = queries.get_role_proposal(uow, viewer, proposal, keys.of("field"))
    rules.may_withdraw(viewer, found).or_raise()
    retract(uow, found)


def give_first(uow: Write, keys: ServerKeys) -> str:
    """A code that makes somebody a carer, in a house in which nobody is one; nothing where somebody is.

    For the machine's command line alone. Earlier codes for carers that nobody took open no more.
    """
    if people_queries.anybody_has(uow, Grant.CARE, keys.of("field")):
        return ""
    people.withdraw_grants(uow, keys, Grant.CARE)
    code = people.issue_invitation(uow, keys, grant=Grant.CARE, days=CODE_DAYS)
    audit.record(
        uow, "role:given", role="machine", thing=people_queries.invitation_tag(keys, code), rule=CARE
    )
    return code


def lay_down(uow: Write, viewer: Viewer, role: str, *, keys: ServerKeys) -> None:
    """Have a role no more, by one's own wish and alone."""
    if not viewer.has(role):
        raise NotFound
    _take_from(uow, viewer.pid, role, keys)
    if role == CARE:
        let_own_go(uow, viewer)
    audit.record(uow, "role:laid_down", role="receiver", rule=role)


def _give(uow: Write, viewer: Viewer, proposal: Proposal, *, keys: ServerKeys) -> str:
    role = proposal.kind.role
    grant = _GRANTS[role] | (TERMS[proposal.term] if role == CARE else Grant.NONE)
    code = people.issue_invitation(uow, keys, grant=grant, days=CODE_DAYS)
    thing = people_queries.invitation_tag(keys, code)
    both = _both(viewer, proposal)
    audit.record(uow, "role:given", role=both, thing=thing, rule=role, detail=proposal.words)
    return code


def _renew(uow: Write, viewer: Viewer, proposal: Proposal, *, keys: ServerKeys) -> str:
    """Another term, from today. Whose care has ended meanwhile is given it anew."""
    if proposal.whom is None or CARE not in people_queries.roles_of(uow, proposal.whom, keys.of("field")):
        raise Conflict("together.gone")
    people.change_grant(uow, proposal.whom, add=Grant.CARE | TERMS[proposal.term], keys=keys)
    both = _both(viewer, proposal)
    audit.record(uow, "role:renewed", role=both, thing=proposal.id, rule=CARE, detail=proposal.words)
    return ""


def end_terms(uow: Write, pids: list[bytes], keys: ServerKeys) -> None:
    """What came with care goes, where its term is over: the role itself ended with the day. Safe to repeat."""
    for pid in pids:
        _take_from(uow, pid, CARE, keys)
        audit.record(uow, "role:lapsed", role="machine", rule=CARE)


def _end(uow: Write, viewer: Viewer, proposal: Proposal, *, keys: ServerKeys) -> str:
    role = proposal.kind.role
    if proposal.whom is None or role not in people_queries.roles_of(uow, proposal.whom, keys.of("field")):
        raise Conflict("together.gone")
    _take_from(uow, proposal.whom, role, keys)
    both = _both(viewer, proposal)
    audit.record(uow, "role:ended", role=both, thing=proposal.id, rule=role, detail=proposal.words)
    return ""


def _take_from(uow: Write, pid: bytes, role: str, keys: ServerKeys) -> None:
    people.change_grant(uow, pid, end=_GRANTS[role], keys=keys)
    if role == CARE:
        communities.end_house_keys(uow, pid)
    if role != TRUSTED:
        uow.run(_DROP_OF, whose=pid)


def _whom(uow: Write, new: NewRole, keys: ServerKeys) -> bytes | None:
    """The persona of that name, if it has the role: of others nothing is told."""
    found = people_queries.find_bearer_named(uow, new.name)
    if found is None or new.role not in people_queries.grant_of(found, keys.of("field")).roles:
        return None
    return found.id


def _both(viewer: Viewer, proposal: Proposal) -> str:
    """In which roles the two decided."""
    second = rules.proposes_as(viewer, proposal.kind.role)
    return f"{IN_ROLE[proposal.role]}+{IN_ROLE[second]}"
