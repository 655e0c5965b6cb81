"""What may happen in a community, and why not. Doors and templates ask the same rules."""

from __future__ import annotations

from mashrabiya.communities.rules.powers import may
from mashrabiya.communities.types import (
    RUNS_LIMIT,
    Audience,
    CommunityFacts,
    Entry,
    PlaceState,
    Power,
    Role,
    Setting,
)
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.safety.trust.types import Level, Standing

NOT_A_MEMBER = Denied("community.not_a_member")
PROTECTED = Denied("protect.nobody_joins")
ASKS_FIRST = Denied("entry.asks_first")
BY_INVITATION = Denied("entry.invited_only")
READ_ONLY = Denied("protect.read_only")
NO_PERSONA = Denied("community.no_persona")
ARCHIVED = Denied("community.archived")
NOT_TRUSTED = Denied("community.trusted_later")


def may_read(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Open the threads inside. Refused like something that is not there."""
    if community.audience == Audience.PUBLIC or community.belongs:
        return ALLOWED
    if community.audience == Audience.SIGNED_IN and viewer.is_member and not community.excluded:
        return ALLOWED
    return Denied("community.members_only", hidden=True)


def may_found(viewer: Viewer, house: Setting, runs: int = 0) -> Verdict:
    """Start a community with the persona in use, which runs so many already.

    Before the house opens this is a step of its hosts, and to everybody else it does not
    exist. A few are enough for one persona: names are not for keeping.
    """
    hosting = viewer.has(HOST) and (house.sample or not house.open)
    if not ((viewer.is_member and house.open) or hosting):
        return Denied("community.refused", hidden=True)
    if not viewer.speaks:
        return NO_PERSONA
    return ALLOWED if hosting or runs < RUNS_LIMIT else Denied("community.runs_enough")


def may_edit(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Change its words and its door: the persona that runs it."""
    return may(viewer, community, Power.SHAPE)


def may_join(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Enter with the persona in use. A member who asks again stays what she is."""
    if community.belongs:
        return ALLOWED
    if community.excluded or community.audience == Audience.HIDDEN:
        return Denied("community.refused", hidden=not community.is_public)
    if not viewer.speaks:
        return NO_PERSONA
    writing = may_write_in(community)
    if not writing.allowed:
        return writing
    if community.entry != Entry.OPEN:
        return ASKS_FIRST if community.asks_first else BY_INVITATION
    return takes_in_now(community)


def may_enter_trusted(viewer: Viewer, community: CommunityFacts, standing: Standing) -> Verdict:
    """Enter a place for trusted members: under a name that is trusted itself, since others notice which names
    are there. Why one is not is never said, so that nothing of it can be told apart.
    """
    trusted = standing.under(viewer.slot) >= Level.TRUSTED
    return ALLOWED if trusted or community.belongs or not community.asks_trust else NOT_TRUSTED


def takes_in_now(community: CommunityFacts) -> Verdict:
    """Whether anybody can come in at all, however one enters: not where it is archived, nor while it is protected."""
    return PROTECTED if community.protected_hours else may_write_in(community)


def may_leave(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Leave. Whoever alone runs a place hands it on first, else nobody could mend it."""
    if not viewer.speaks or not community.belongs:
        return NOT_A_MEMBER
    if community.role == Role.HOST:
        return Denied("community.host_stays")
    return ALLOWED


def may_be_welcomed(community: CommunityFacts) -> Verdict:
    """Read what is said to whoever has joined: those who have. To others it is not there."""
    return ALLOWED if community.belongs else Denied(NOT_A_MEMBER.why, hidden=True)


def may_care(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Decide on what stands there: the personas that run it or care for it, and the house's care team."""
    return may(viewer, community, Power.CASES)


def may_protect(viewer: Viewer, community: CommunityFacts | None = None) -> Verdict:
    """Protect a place for some hours, or end that; or the whole house: one person alone, since it is urgent.

    A place: whoever may care for it. The house: its hosts and its care team.
    """
    if community is not None:
        return may(viewer, community, Power.PROTECT)
    if viewer.has(HOST) or viewer.has(CARE):
        return ALLOWED
    return Denied("community.refused", hidden=True)


def may_write_through(standing: Standing, slot: int, *, named: bool) -> Verdict:
    """Write while a place is protected: whoever is established, by name under the one in use."""
    level = standing.under(slot) if named else standing.best
    return ALLOWED if level >= Level.KNOWN else READ_ONLY


def may_write_in(community: CommunityFacts) -> Verdict:
    """Anything new at all: asked by every door through which something comes into a place."""
    return ALLOWED if community.state == PlaceState.OPEN else ARCHIVED


def may_write(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Write under the persona in use."""
    if not viewer.speaks:
        return NO_PERSONA
    return ALLOWED if community.belongs else NOT_A_MEMBER


def may_write_unnamed(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Write without a name: some persona of hers belongs here, whichever is in use.

    Asking for the one in use would tie the words to that one.
    """
    if not viewer.is_member:
        return NO_PERSONA
    return ALLOWED if community.kin_belongs else NOT_A_MEMBER
