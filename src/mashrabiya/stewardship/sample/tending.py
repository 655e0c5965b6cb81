"""What was told to the care team, and what it decided: by the commands, so that the desk finds it all.

The desks stand beside this level and know what a report is; ``main`` hands over
how to file one and how to decide. Without them a post only has its state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mashrabiya.discussions.types import PostState
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Write
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


@dataclass(frozen=True, slots=True)
class Desk:
    """How the people of a sample turn to its carers, and how those answer.

    ``report``   as this reader, what is wrong
    ``decide``   as this carer, on something that was reported
    """

    report: Callable[[Write, Viewer, Told], None]
    decide: Callable[[Write, Viewer, Told], None]


def untouched(thread: Thread) -> Thread:
    """As it stood before the desk had looked: what was decided is decided by commands."""
    for post in thread.posts:
        if post.case is not None and post.case.act:
            post.state = PostState.SHOWN
    return thread


def tend(
    database: Database,
    desk: Desk,
    told: Told,
    post: Post,
    *,
    readers: Sequence[str],
    personas: dict[str, Viewer],
) -> None:
    """Report it as somebody who read it, and decide as whoever runs the place."""
    host, *others = readers
    reader = next(key for key in others if key != post.persona)
    with days_ago(max(post.at - _AFTER, _LEAST)):
        with database.write() as uow:
            desk.report(uow, personas[reader], told)
        if told.case.act:
            with database.write() as uow:
                desk.decide(uow, personas[host], told)
