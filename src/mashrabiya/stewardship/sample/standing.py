"""Who stands for whom in a sample: an invitation that waits, names that somebody vouches for, one no more."""

from __future__ import annotations

from collections.abc import Iterator

from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.people import commands as people
from mashrabiya.platform.web.site import Site
from mashrabiya.safety.trust import commands as trust
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import lines


def stand_for_others(site: Site, personas: dict[str, Viewer]) -> None:
    """``persona | days | persona | days``: since when one vouches for the other, and since when no more; ``invites`` makes an invitation."""
    for by, days, whom, until in _told():
        viewer, other = personas.get(by), personas.get(whom)
        if viewer is None or not viewer.roles & {HOST, CARE}:
            continue
        with days_ago(days), site.database.write() as uow:
            if whom == "invites":
                people.invite(uow, viewer, site.keys)
            elif other is not None:
                trust.vouch(uow, viewer, other.pid)
        if until and other is not None:
            with days_ago(float(until)), site.database.write() as uow:
                trust.pull(uow, viewer, other.pid)


def _told() -> Iterator[tuple[str, float, str, str]]:
    for line in lines("standing"):
        by, days, whom, until = (part.strip() for part in line.split("|"))
        yield by, float(days), whom, until
