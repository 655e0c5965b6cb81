"""Who may decide on what, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest

from mashrabiya.care.types import (
    AS_CARE,
    AS_HOST,
    AS_HOUSE,
    DAYS,
    WORDS_LIMIT,
    Act,
    Case,
    Decision,
    NewClosing,
    NewDecision,
    Place,
    Proposal,
)
from mashrabiya.communities.types import Role
from mashrabiya.discussions import rules as discussion_rules
from mashrabiya.discussions.types import ID_SIZE, Judged
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.safety.types import Thing

NOT_THERE = Denied("error.not_found", hidden=True)


def may_report(viewer: Viewer, kind: Thing, thing: bytes, post: Judged | None) -> Verdict:
    """Report what one may read, unless it is one's own."""
    return Denied("report.own") if is_own(viewer, kind, thing, post) else ALLOWED


def may_judge(viewer: Viewer, case: Case) -> Verdict:
    """Decide on it. Nobody decides on what is her own, under whichever name: it is not at her desk."""
    return NOT_THERE if is_own(viewer, case.kind, case.object, case.post) else ALLOWED


def may_exclude(viewer: Viewer, role: int | None) -> Verdict:
    """Exclude whoever wrote it. Who helps to run the place is excluded by the house's care team alone."""
    if role is not None and role >= Role.FACILITATOR and not viewer.has(CARE):
        return Denied("care.not_a_host")
    return ALLOWED


def may_undo(viewer: Viewer, decision: Decision, subject: bytes, post: Judged | None) -> Verdict:
    """Take a decision back: never one that meets oneself, by the ``subject`` of its guard or its post.

    What the house's care team decided, a community does not undo.
    """
    if _meets(viewer, subject) or is_own(viewer, decision.kind, decision.object, post):
        return NOT_THERE
    if decision.act.takes_two:
        return Denied("together.not_undone")
    if decision.role == AS_CARE and not viewer.has(CARE):
        return Denied("care.undo_care")
    return Denied("care.too_late") if decision.stands and not decision.may_be_undone else ALLOWED


def is_own(viewer: Viewer, kind: Thing, thing: bytes, post: Judged | None) -> bool:
    """Whether it is hers, by any of her names or by the token of an unnamed post."""
    if kind == Thing.PERSONA:
        return thing in viewer.siblings
    if post is None:
        return False
    return post.pid in viewer.siblings or discussion_rules.is_author(viewer, post)


def acts_on(case: Case, places: Sequence[Place] = ()) -> list[Act]:
    """What can be decided about it now. ``places`` are those from which a reported persona can be excluded."""
    if case.kind == Thing.PERSONA and places:
        return [Act.KEEP, Act.EXCLUDE]
    if case.kind != Thing.POST or case.post is None:
        return [Act.KEEP]
    # To leave it as it is closes reports; where there are none, nothing would be decided.
    acts = [Act.KEEP] if case.is_reported else []
    if case.post.is_shown:
        acts.append(Act.HIDE)
    if case.has_text and not case.post.is_removed:
        acts.append(Act.REMOVE)
    return [*acts, Act.EXCLUDE]


def wrong(case: Case, new: NewDecision, places: Sequence[Place] = ()) -> dict[str, str]:
    """What is wrong with a decision, by field."""
    said = {} if new.act is not None else {"act": "care.act_missing"}
    said |= wrong_words(new.words)
    if new.agreement >= len(case.place.agreed):
        said["agreement"] = "care.agreement_gone"
    if new.act == Act.EXCLUDE and new.days not in DAYS:
        said["days"] = "care.days_missing"
    if new.act == Act.EXCLUDE and places and new.place not in {place.id for place in places}:
        said["place"] = "care.place_missing"
    return said


def wrong_words(words: str) -> dict[str, str]:
    """What is wrong with a reason: none is given, or too long a one."""
    if not words.strip():
        return {"words": "care.words_missing"}
    return {"words": "care.words_too_long"} if len(words) > WORDS_LIMIT else {}


def may_second(viewer: Viewer, proposal: Proposal, role: int | None) -> Verdict:
    """Agree to it: another person than whoever proposed it, under whichever of her names.

    ``role`` is what the proposer does there now. What was proposed by somebody who no longer
    runs the place is not agreed to.
    """
    if proposal.pid in viewer.siblings:
        return Denied("together.other_person")
    return ALLOWED if stands(proposal, role) else Denied("together.gone")


def stands(proposal: Proposal, role: int | None) -> bool:
    """Whether it still means anything: whoever proposed it as one who runs the place does so yet."""
    return proposal.role != AS_HOST or (role is not None and role >= Role.FACILITATOR)


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
    has_it = viewer.has(role)
    return AS_CARE if (role == CARE) is has_it else AS_HOUSE


def may_second_role(viewer: Viewer, proposal: Proposal, roles: frozenset[str]) -> Verdict:
    """Agree to giving or ending a role. ``roles`` are those that whoever proposed it has now.

    One of the two has the role that it is about: hosts alone make nobody a carer, carers alone
    nobody a host.
    """
    if proposal.pid in viewer.siblings:
        return Denied("together.other_person")
    if not roles:
        return Denied("together.gone")
    role = proposal.kind.role
    if not viewer.has(role) and role not in roles:
        return Denied(f"together.needs_{role}")
    return ALLOWED


def may_close(viewer: Viewer) -> Verdict:
    """Propose to close the whole house to somebody, and agree to it: the house's care team, from what was reported."""
    return ALLOWED if viewer.has(CARE) else NOT_THERE


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


def _meets(viewer: Viewer, subject: bytes) -> bool:
    if not subject or subject in viewer.siblings:
        return bool(subject)
    return len(subject) == 2 * ID_SIZE and compare_digest(viewer.token(subject[:ID_SIZE]), subject[ID_SIZE:])
