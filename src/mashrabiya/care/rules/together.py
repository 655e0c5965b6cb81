"""Who may agree to what another proposed, and why not: of two people, never of one under two names."""

from __future__ import annotations

from mashrabiya.care.rules.deciding import NOT_THERE, wrong_words
from mashrabiya.care.types import AS_CARE, AS_HOST, AS_HOUSE, DAYS, Case, NewClosing, NewRole, Place, Proposal
from mashrabiya.communities.types import Role
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.people.types import TERMS


def may_second(viewer: Viewer, proposal: Proposal, *, stands: bool) -> Verdict:
    """Agree to it: another person than whoever proposed it, under whichever of her names.

    ``stands``: the proposer still could. What was proposed by somebody who no longer runs the place, or
    was excluded from it since, is not agreed to.
    """
    if proposal.pid in viewer.siblings:
        return Denied("together.other_person")
    return ALLOWED if stands else Denied("together.gone")


def stands(proposal: Proposal, role: int | None) -> bool:
    """Whether it still means anything: whoever proposed it as one who runs the place does so yet."""
    return proposal.role != AS_HOST or (role is not None and role >= Role.CARER)


def may_make_accountable(proposal: Proposal, place: Place) -> Verdict:
    """Let two learn who writes unnamed somewhere: one of those who decide it runs that place."""
    return ALLOWED if place.runs or proposal.role == AS_HOST else Denied("unmask.nobody_runs")


def may_withdraw(viewer: Viewer, proposal: Proposal) -> Verdict:
    """Take it back: whoever proposed it."""
    return ALLOWED if proposal.pid in viewer.siblings else NOT_THERE


def may_keep_house(viewer: Viewer) -> Verdict:
    """Propose who has a role in the house, and agree to it: those who have one."""
    return ALLOWED if viewer.has(CARE) or viewer.has(HOST) else NOT_THERE


def proposes_as(viewer: Viewer, role: str) -> str:
    """In which of her roles somebody proposes: in the one that it is about, where she has that."""
    has_it = viewer.has(_keepers(role))
    return AS_CARE if (_keepers(role) == CARE) is has_it else AS_HOUSE


def _keepers(role: str) -> str:
    """Which role one of the two has: the same; whom the house trusts is the care team's matter."""
    return HOST if role == HOST else CARE


def may_second_role(viewer: Viewer, proposal: Proposal, roles: frozenset[str]) -> Verdict:
    """Agree to giving or ending a role. ``roles`` are those that whoever proposed it has now.

    One of the two has the role that it is about: hosts alone make nobody a carer, carers alone
    nobody a host.
    """
    if proposal.pid in viewer.siblings:
        return Denied("together.other_person")
    if roles.isdisjoint({CARE, HOST}):
        return Denied("together.gone")
    role = _keepers(proposal.kind.role)
    if not viewer.has(role) and role not in roles:
        return Denied(f"together.needs_{role}")
    return ALLOWED


def wrong_term(new: NewRole) -> dict[str, str]:
    """What is wrong with how long a role is given for: only care has a term."""
    if new.renews and new.role != CARE:
        return {"role": "role.no_term"}
    return {} if new.ends or new.days in TERMS else {"term": "role.term_missing"}


def may_close(viewer: Viewer) -> Verdict:
    """Propose to close the whole house to somebody, and agree to it: the house's care team, from what was reported."""
    return ALLOWED if viewer.has(CARE) else NOT_THERE


def may_close_for(case: Case) -> Verdict:
    """Close it for what was said there: never because somebody may harm herself."""
    return NOT_THERE if case.gentle else ALLOWED


def may_second_closing(viewer: Viewer, proposal: Proposal, roles: frozenset[str]) -> Verdict:
    """Agree to closing the house to somebody: another of the care team, while whoever proposed it is of it still."""
    if proposal.pid in viewer.siblings:
        return Denied("together.other_person")
    return ALLOWED if CARE in roles else Denied("together.gone")


def wrong_closing(new: NewClosing) -> dict[str, str]:
    """What is wrong with it, by field."""
    said = wrong_words(new.words)
    if new.agreement_gone:
        said["agreement"] = "care.agreement_gone"
    if new.days not in DAYS:
        said["days"] = "care.days_missing"
    return said


def may_learn(*, holds: bool, there: bool) -> Verdict:
    """Be one of two who learn which persona wrote a post: with a care key, and while there is something to open."""
    if not holds:
        return Denied("unmask.no_key")
    return ALLOWED if there else Denied("unmask.nothing_left")


def may_open(opened: bytes) -> Verdict:
    """Her key opened something: it was among those that the post was closed for."""
    return ALLOWED if opened else Denied("unmask.not_yours")
