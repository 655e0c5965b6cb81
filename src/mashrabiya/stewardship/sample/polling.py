"""Polls of a sample: some open, some closed and counted, some with too few votes to be told."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache

from sqlalchemy import Integer, LargeBinary, bindparam, update

from mashrabiya.discussions import commands
from mashrabiya.discussions.types import FEWEST_VOTERS, Poll
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement, Write, metadata
from mashrabiya.stewardship.sample.script import lines

_ANSWERING = 0.6


@cache
def polled_titles() -> frozenset[str]:
    """The threads that ask."""
    return frozenset(line.partition("|")[0].strip() for line in lines("polls"))


def ask_some(
    database: Database, asked: Mapping[str, tuple[bytes, Sequence[str]]], personas: dict[str, Viewer]
) -> None:
    """``title | open, closed or few | days | several | choice; choice``: in threads that there are."""
    chance = random.Random("polling")  # noqa: S311 - a sample, no secret
    for line in lines("polls"):
        title, state, days, several, said = (part.strip() for part in line.split("|"))
        if title not in asked:
            continue
        tid, members = asked[title]
        poll = Poll(tuple(part.strip() for part in said.split(";")), bool(several))
        voters = [personas[key] for key in members if chance.random() < _ANSWERING]
        with database.write() as uow:
            _stand(uow, tid, clock.day() + int(days), poll)
            for viewer in voters[: FEWEST_VOTERS - 2] if state == "few" else voters:
                _vote(uow, viewer, tid, _chosen(poll, chance))
            if state != "open":
                _close(uow, tid, poll)


def _close(uow: Write, tid: bytes, poll: Poll) -> None:
    _stand(uow, tid, clock.day() - 1, poll)
    commands.close_polls(uow)


@cache
def _set() -> Statement[None]:
    thread = metadata.tables["thread"]
    asked = update(thread).where(thread.c.id == bindparam("tid", type_=LargeBinary))
    return Statement(asked.values(poll_day=bindparam("new_day", type_=Integer), poll=bindparam("new_poll")))


def _stand(uow: Write, tid: bytes, day: int, poll: Poll) -> None:
    uow.run(_set(), tid=tid, new_day=day, new_poll=poll.keep())


def _chosen(poll: Poll, chance: random.Random) -> int:
    """The first choices are liked most."""
    chosen = 1 << min(chance.randrange(len(poll.choices)), chance.randrange(len(poll.choices)))
    if poll.several and chance.random() < _ANSWERING:
        chosen |= 1 << chance.randrange(len(poll.choices))
    return chosen


def _vote(uow: Write, viewer: Viewer, tid: bytes, chosen: int) -> None:
    # Whoever is excluded or paused there does not vote.
    with suppress(NotFound, Refused):
        commands.vote(uow, viewer, tid, chosen)
