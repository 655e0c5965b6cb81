"""What hosts may do, and what a house needs before it opens."""

from __future__ import annotations

from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.stewardship.types import ORDER, Place, Progress, Step

NEEDED = (Step.NAME, Step.AGREEMENTS, Step.COMMUNITY, Step.KEY, Step.BACKUP)


def may_run_house(viewer: Viewer) -> Verdict:
    """Settings and invitations are for hosts; to everybody else the desk does not exist."""
    return ALLOWED if viewer.has(HOST) else Denied("community.refused", hidden=True)


def may_invite_carers(viewer: Viewer, house: Progress) -> Verdict:
    """The first carers are named while the house is set up. Later a role takes two people."""
    if not viewer.has(HOST):
        return Denied("community.refused", hidden=True)
    return Denied("house.carers_two_people") if house.open else ALLOWED


def may_change_cost(viewer: Viewer, *, sample: bool) -> Verdict:
    """The passphrases of a sample are public and stay cheap: it never becomes a real house."""
    if not viewer.has(HOST):
        return Denied("community.refused", hidden=True)
    return Denied("house.cost_sample") if sample else ALLOWED


def closes_behind(host: str, sites: tuple[str, ...], always: tuple[str, ...]) -> bool:
    """Whether whoever reads by this name could not come back by it, were these the site's own.

    ``always`` are the names that open whatever is decided here.
    """
    return host not in sites and host not in always


def missing(house: Progress) -> list[Step]:
    """The steps without which the house does not open."""
    return [step for step in NEEDED if step not in house.steps_done]


def may_open(viewer: Viewer, house: Progress) -> Verdict:
    """Nobody comes in before the key is copied and the backup was tried."""
    if not viewer.has(HOST):
        return Denied("community.refused", hidden=True)
    return Denied("house.open_missing") if missing(house) else ALLOWED


def next_step(house: Progress) -> Step:
    """Where first run goes on."""
    return next((step for step in ORDER if step not in house.steps_done), Step.OPEN)


def step_after(step: Step) -> Step:
    """The one that follows; the last follows itself."""
    return ORDER[min(step.number, len(ORDER) - 1)]


def places(house: Progress, current: Step | None = None) -> list[Place]:
    """All steps as a list shows them."""
    return [
        Place(step.path, step.key, step.number, step in house.steps_done, step is current)
        for step in ORDER
        if not (house.open and step is Step.OPEN)
    ]
