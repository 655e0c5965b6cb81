"""Asking and voting in tests, and where they look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from mashrabiya.communities.tests.factories import (
    ALICE,
    join,
    person,
)
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tables import BALLOT, THREAD
from mashrabiya.discussions.tests.factories import make_persona
from mashrabiya.discussions.types import NewPoll, NewThread, PollView
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement
from mashrabiya.safety.trust.types import FREE, Allowance

BALLOTS: Statement[Any] = Statement(select(BALLOT.c.tid, BALLOT.c.bnull, BALLOT.c.chosen))
KEPT: Statement[Any] = Statement(select(THREAD.c.poll_day, THREAD.c.poll))
MINT, BASIL, THYME = 1, 2, 4
POLL = NewPoll(("Mint", "Basil", "", "Thyme", "", "", "", ""))
SEVERAL = NewPoll(POLL.typed, several=True)


def ask(
    database: Database, cid: bytes, poll: NewPoll = POLL, *, viewer: Viewer = ALICE, unnamed: bool = False
) -> bytes:
    with database.write() as uow:
        new = NewThread(title="Which?", body="For the shade.", poll=poll, unnamed=unnamed)
        return commands.open_thread(uow, viewer, cid, new).tid


def vote(
    database: Database, viewer: Viewer, tid: bytes, chosen: int | None, allowed: Allowance = FREE
) -> bool:
    with database.write() as uow:
        return commands.vote(uow, viewer, tid, chosen, allowed=allowed)


def seen(database: Database, viewer: Viewer, tid: bytes) -> PollView:
    with database.read() as db:
        poll = queries.thread_page(db, viewer, tid).poll
    assert poll is not None
    return poll


def told(database: Database, statement: Statement[Any]) -> list[Any]:
    with database.read() as db:
        return db.tuples(statement)


def close(database: Database, viewer: Viewer, tid: bytes) -> None:
    with database.write() as uow:
        commands.close_own_poll(uow, viewer, tid, opening(database, viewer, tid))


def opening(database: Database, viewer: Viewer, tid: bytes) -> bytes:
    with database.read() as db:
        return queries.thread_page(db, viewer, tid).posts[0].id


def crowd(database: Database, cid: bytes, many: int) -> list[Viewer]:
    people = [person(f"Voter {number}") for number in range(many)]
    for one in people:
        make_persona(database, one)
        join(database, one, cid)
    return people


@contextmanager
def days_later(days: int) -> Iterator[None]:
    clock.offset += days * clock.DAY
    try:
        yield
    finally:
        clock.offset -= days * clock.DAY
