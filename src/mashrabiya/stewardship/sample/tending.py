"""What was told to the care team and what it decided, by the commands, so that the desks find it all.

The desks stand beside this level: ``main`` hands over how to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mashrabiya.discussions.types import PostState
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write
from mashrabiya.platform.web.site import Site
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import NewReport, Reason, Thing
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.types import Case, Post, Thread

_AFTER, _LEAST = 0.5, 0.01


@dataclass(frozen=True, slots=True)
class Told:
    """Something that somebody reported: the post, its community, and the case made of it."""

    post: bytes
    place: str
    cid: bytes
    case: Case


Decide = Callable[[Write, Viewer, Told], None]
"""Decide, as this carer, on what was reported."""


def untouched(thread: Thread) -> Thread:
    """As it stood before anybody had looked: what was decided is decided by commands."""
    for post in thread.posts:
        if post.case is not None and post.case.act:
            post.state = PostState.SHOWN
    return thread


def tend(
    site: Site,
    decide: Decide,
    told: Told,
    post: Post,
    *,
    readers: Sequence[str],
    personas: dict[str, Viewer],
) -> None:
    """Report it as somebody who read it, and decide as whoever runs the place."""
    host, *others = readers
    reader = next(key for key in others if key != post.persona)
    reason = Reason[told.case.reason.upper()]
    new = NewReport(
        kind=Thing.POST, object=told.post, place=told.cid, reason=int(reason), note=told.case.note
    )
    with days_ago(max(post.at - _AFTER, _LEAST)):
        with site.database.write() as uow:
            safety.report(uow, personas[reader], site.keys, new)
        if told.case.act and post.persona != host:  # nobody decides on her own words
            with site.database.write() as uow:
                decide(uow, personas[host], told)
