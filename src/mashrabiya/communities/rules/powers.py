"""Whether somebody may use a named power of a place, and who is given one. Every door asks here."""

from __future__ import annotations

from mashrabiya.communities.types import POWERS, CommunityFacts, Power, Role
from mashrabiya.communities.types.roles import ENDLESS, GIVEN, MOST_HOLDERS, TERMS, Asked, Member
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, Viewer

NOT_THERE = Denied("community.refused", hidden=True)
OVER = Denied("caring.over")
"""A role that is over while its holder acts: she is told, and has her words back."""


def may(viewer: Viewer, community: CommunityFacts, power: Power) -> Verdict:
    """Use a power of a place: the persona in use by its role there; what carers may, the house's care team too.

    Refused like what is not there, but for whoever held a role with it until not long ago.
    """
    if viewer.has(CARE) and power in POWERS[Role.CARER]:
        return ALLOWED
    if not viewer.speaks:
        return NOT_THERE
    if community.may(power):
        return ALLOWED
    return OVER if community.might(power) else NOT_THERE


def may_be_asked(member: Member | None, role: Role, busy: int) -> Verdict:
    """Be asked to take a role, or to hold it for another term. ``busy`` hold one there, or are asked to."""
    if member is None:
        return Denied("hand.nobody")
    # Whoever runs it lays that down herself: nobody makes her less by asking.
    if member.role == Role.HOST and (role != Role.HOST or member.until_day == ENDLESS):
        return Denied("hand.runs_already")
    if not member.role and busy >= MOST_HOLDERS:
        return Denied("caring.enough")
    return ALLOWED


def wrong_offer(asked: Asked) -> dict[str, str]:
    """What is wrong with what somebody is asked: a role for a term; only running a place has none."""
    if asked.role not in GIVEN:
        return {"role": "caring.role_missing"}
    if asked.days in TERMS or (asked.runs and not asked.days):
        return {}
    return {"term": "caring.term_missing"}


def may_take(viewer: Viewer, now: Asked | None, seen: Asked) -> Verdict:
    """Say yes to what one was asked, and to nothing else: another question may have come meanwhile."""
    if now is None or not viewer.speaks:
        return Denied("hand.no_offer")
    return ALLOWED if now == seen else Denied("caring.asked_otherwise")


def may_end(member: Member | None) -> Verdict:
    """End somebody's role before its day: of those who do not run the place. Who runs it lays that down herself."""
    if member is None:
        return Denied("hand.nobody")
    return Denied("caring.host_herself") if member.role == Role.HOST else ALLOWED
