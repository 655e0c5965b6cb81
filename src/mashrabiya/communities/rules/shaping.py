"""Who may archive, close and hand on a place, and what an archived one still takes."""

from __future__ import annotations

from mashrabiya.communities.rules.doors import may_edit
from mashrabiya.communities.types import RUNS_LIMIT, CommunityFacts, Running
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, Viewer

NOT_THERE = Denied("community.refused", hidden=True)


def may_archive(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Let nothing new be written there, or let it again: whoever runs it, alone."""
    return may_edit(viewer, community)


def may_open_again(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Let people write there again. While it is about to close, that is called off first."""
    allowed = may_edit(viewer, community)
    if not allowed.allowed:
        return allowed
    return Denied("ending.closing") if community.closes_day else ALLOWED


def may_close(viewer: Viewer, community: CommunityFacts, running: Running) -> Verdict:
    """Let it close in some days, by whoever runs it; where others do as well, another of them wanted it first."""
    allowed = may_edit(viewer, community)
    if not allowed.allowed:
        return allowed
    others = running.others(viewer.siblings)
    if not others or any(one.waits for one in others):
        return ALLOWED
    return Denied("ending.needs_second")


def may_call_off(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Keep it: any of those who run it, alone, until the day on which it closes."""
    return may_edit(viewer, community)


def may_hand_on(viewer: Viewer, community: CommunityFacts) -> Verdict:
    """Ask a member to run it: those who run it."""
    return may_edit(viewer, community)


def may_run_one_more(runs: int) -> Verdict:
    """Run a place: whoever runs few others."""
    return ALLOWED if runs < RUNS_LIMIT else Denied("community.runs_enough")


def may_lay_down(viewer: Viewer, community: CommunityFacts, running: Running) -> Verdict:
    """Run it no more, and stay a member: where somebody else does who can be found."""
    allowed = may_edit(viewer, community)
    if not allowed.allowed:
        return allowed
    return ALLOWED if running.present > 1 else Denied("community.host_stays")


def may_find_somebody(viewer: Viewer) -> Verdict:
    """Ask a member of a place that nobody runs any more: the house's care team."""
    return ALLOWED if viewer.has(CARE) and viewer.speaks else NOT_THERE
