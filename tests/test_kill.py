"""Killed at any moment: what was committed stays and is told, and nothing is half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from select import select as spoken
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from mashrabiya.communities.tests.factories import ALICE, BOB
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.tests.factories import place
from mashrabiya.kernel import clock
from mashrabiya.platform import queue
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.outbox import OUTBOX, delivery
from mashrabiya.platform.worker import Worker
from tests import children

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0
HOW_OFTEN = [pytest.param(12, id="a few times"), pytest.param(250, id="many times", marks=pytest.mark.full)]

Committed = set[tuple[bytes, int]]


class Nursery:
    """Where writers are born and die."""

    def __init__(self, url: str, cid: bytes) -> None:
        command = [sys.executable, "-m", "tests.children", "nursery", url, cid.hex()]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._said = b""

    def one_life(self, seconds: float) -> Committed:
        """A writer lives so long after its first words; answers what it said it had committed."""
        assert self._process.stdin
        self._process.stdin.write(b"live\n")
        lines = [self._line()]
        while len(lines) < 2 or not (born := [line for line in lines if line.startswith("child")]):
            lines.append(self._line())
        time.sleep(seconds)
        os.kill(int(born[0].split()[1]), signal.SIGKILL)
        while lines[-1] != "dead":
            lines.append(self._line())
        said = [line.split() for line in lines if line != "dead" and not line.startswith("child")]
        return {(bytes.fromhex(tid), int(n)) for tid, n in said}

    def _line(self) -> str:
        """What is said next. A writer that stands still is not waited for without end."""
        assert self._process.stdout
        while b"\n" not in self._said:
            ready, _, _ = spoken([self._process.stdout], [], [], PATIENCE)
            assert ready, f"nothing was said for {PATIENCE:.0f} s"
            piece = os.read(self._process.stdout.fileno(), 65536)
            assert piece, "the nursery has ended"
            self._said += piece
        line, _, self._said = self._said.partition(b"\n")
        return line.decode()

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.stdout.close()


@pytest.fixture
def told_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "_listeners", {})
    monkeypatch.setattr(queue, "_handlers", {})
    children.listen()


@pytest.fixture
def scene(database: Database) -> Iterator[Database]:
    children.make_tables(database)
    yield database
    children.drop_tables(database)


@pytest.fixture
def nursery(scene: Database) -> Iterator[Nursery]:
    made = Nursery(scene.url, place(scene, ALICE, BOB))
    yield made
    made.close()


def column(database: Database, table: Table, *names: str) -> set[Any]:
    with database.read() as db:
        rows = db.tuples(Statement(select(*(table.c[name] for name in names))))
    return {tuple(bytes(v) if isinstance(v, (bytes, memoryview)) else v for v in row) for row in rows}


@pytest.mark.parametrize("lives", HOW_OFTEN)
def test_nothing_is_lost_and_nothing_half_done(
    scene: Database, nursery: Nursery, told_here: None, monkeypatch: pytest.MonkeyPatch, lives: int
) -> None:
    committed: Committed = set()
    for _ in range(lives):
        committed |= nursery.one_life(random.random() * 0.25)
        assert_whole(scene)
    assert len(committed) > lives
    assert committed <= column(scene, POST, "tid", "n")
    monkeypatch.setattr(clock, "offset", float(queue.LEASE))
    Worker(scene, ServerKeys(bytes(32))).drain()
    posts = column(scene, POST, "id")
    assert column(scene, children.HEARD, "post") == posts
    assert column(scene, children.NOTED, "post") == posts
    assert column(scene, children.WORKED, "post") == posts
    assert column(scene, OUTBOX, "n") == set()
    assert column(scene, queue.JOB, "n") == set()


def assert_whole(database: Database) -> None:
    """Counters agree with rows, and both writes of a listener are there or none."""
    counted: Statement[None] = Statement(select(POST.c.tid, func.count()).group_by(POST.c.tid))
    with database.read() as db:
        posts = {(bytes(tid), int(n)) for tid, n in db.tuples(counted)}
    assert column(database, THREAD, "id", "n") == posts
    assert column(database, children.HEARD, "post") == column(database, children.NOTED, "post")
