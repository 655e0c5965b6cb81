"""Sent twice, tried again, from two tabs or after going back: each sending is one post, and none is lost."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE
from mashrabiya.discussions import commands, flows
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.tests.factories import begin, place
from mashrabiya.discussions.types import Change, NewReply, NewThread, Placed
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement

ROUNDS = {"sqlite": 1000, "postgresql": 120}
TABS = [(who, tab) for who in (ALICE, BOB, CHARLIE) for tab in (1, 2)]

WRITTEN: Statement[Any] = Statement(select(POST.c.tid, POST.c.n, POST.c.body))
STANDS: Statement[Any] = Statement(
    select(POST.c.id, POST.c.body).where(
        POST.c.tid == bindparam("tid", type_=LargeBinary), POST.c.n == bindparam("at")
    )
)
COUNTED: Statement[Any] = Statement(select(THREAD.c.id, THREAD.c.n))


New = NewReply | NewThread


@dataclass
class Tab:
    """A window with one form in it: it may be sent, sent again, and come back with other words."""

    viewer: Viewer
    cid: bytes
    tid: bytes
    dice: Random
    double: ThreadPoolExecutor
    sent: list[tuple[New, Placed]] = field(default_factory=list)
    expected: set[tuple[str, str]] = field(default_factory=set)

    def act(self, database: Database) -> None:
        """One thing a person might do next."""
        deed = self.dice.random()
        if self.sent and deed < 0.35:
            self._again(database, self.dice.choice(self.sent))
        elif self.sent and deed < 0.5:
            self._go_back(database)
        elif self.sent and deed < 0.6:
            self._edit(database)
        else:
            self._send(database, self._new(self._form(), thread=self.dice.random() < 0.2))

    def _new(self, form: str, *, thread: bool) -> New:
        """By name or without one, as chance will have it."""
        unnamed = self.dice.random() < 0.5
        if thread:
            return NewThread(title="A thread", body=self._words(), submission=form, unnamed=unnamed)
        return NewReply(body=self._words(), submission=form, unnamed=unnamed)

    def _words(self) -> str:
        return f"words {self.dice.getrandbits(64)}"

    def _form(self) -> str:
        return self.dice.randbytes(16).hex()

    def _send(self, database: Database, new: New) -> Placed:
        """Sometimes clicked twice: both requests are under way at once, and both get the same post."""
        clicks = [self.double.submit(self._write, database, new) for _ in range(self.dice.choice((1, 1, 2)))]
        (placed,) = {click.result() for click in clicks}
        self.sent.append((new, placed))
        self.expected.add((new.submission, new.body))
        return placed

    def _write(self, database: Database, new: New) -> Placed:
        if isinstance(new, NewThread):
            return flows.open_thread(database, self.viewer, self.cid, new, sent=())
        return flows.reply(database, self.viewer, self.tid, new, sent=())

    def _again(self, database: Database, before: tuple[New, Placed]) -> None:
        """A double click, or the browser trying again: the same form with the same words."""
        new, placed = before
        assert self._write(database, new) == placed

    def _go_back(self, database: Database) -> None:
        """The same form with other words is another sending."""
        new, _ = self.dice.choice(self.sent)
        other = self._new(new.submission, thread=isinstance(new, NewThread))
        assert self._send(database, other) not in {placed for _, placed in self.sent[:-1]}

    def _edit(self, database: Database) -> None:
        """Changing one's post is no sending, however often it happens."""
        _, placed = self.dice.choice(self.sent)
        with database.write() as uow:
            ((post, body),) = uow.tuples(STANDS, tid=placed.tid, at=placed.n)
            change = Change(body=body + " .", title="Another title")
            commands.edit(uow, self.viewer, placed.tid, bytes(post), new=change)


def interleave(
    database: Database,
    pools: tuple[ThreadPoolExecutor, ThreadPoolExecutor],
    cid: bytes,
    tid: bytes,
    dice: Random,
) -> list[Tab]:
    """Everybody writes at once, from two tabs each, in an order that chance makes."""
    pool, double = pools
    tabs = [Tab(who, cid, tid, Random(dice.getrandbits(64)), double) for who, _ in TABS]
    turns = [tab for tab in tabs for _ in range(2)]
    dice.shuffle(turns)
    for start in range(0, len(turns), 3):
        # A tab does one thing at a time; three of them do theirs at the same moment.
        busy = {id(tab): tab for tab in turns[start : start + 3]}
        waiting = [pool.submit(tab.act, database) for tab in busy.values()]
        for done in waiting:
            done.result()
    return tabs


def test_a_thousand_ways_of_sending_make_one_post_each(database: Database) -> None:
    """Replies and threads, by name and unnamed: sent twice at once, tried again, from two tabs, after going back."""
    cid = place(database, ALICE, BOB, CHARLIE)
    dice, expected, sent = Random(20261120), Counter[bytes](), Counter[str]()
    with ThreadPoolExecutor(3) as pool, ThreadPoolExecutor(4) as double:
        for _ in range(ROUNDS[database.dialect]):
            tid = begin(database, ALICE, cid).tid
            tabs = interleave(database, (pool, double), cid, tid, dice)
            made = [placed.tid for tab in tabs for placed in {placed for _, placed in tab.sent}]
            expected.update([tid, *made])
            sent.update(body for tab in tabs for _, body in tab.expected)
    with database.read() as db:
        written, counted = db.tuples(WRITTEN), dict(db.tuples(COUNTED))
    numbers: dict[bytes, list[int]] = {}
    for tid, n, _ in written:
        numbers.setdefault(bytes(tid), []).append(n)
    assert {bytes(tid): n for tid, n in counted.items()} == expected
    assert all(sorted(of_thread) == list(range(1, expected[tid] + 1)) for tid, of_thread in numbers.items())
    bodies = Counter(words for _, _, body in written if (words := body.rstrip(" .")).startswith("words "))
    assert bodies == sent, "each sending is one post, and none is lost"
    assert sum(n == 1 for _, n, _ in written) > ROUNDS[database.dialect] * 1.5, "threads among them"
