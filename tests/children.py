"""Child processes that are killed, or that all write at once: ``python -m tests.children WHAT URL …``.

``nursery`` waits for lines on its input and forks a writer for each: what is
imported once need not be imported again by everyone who is going to die.
"""

from __future__ import annotations

import os
import random
import sys
import time

from sqlalchemy import Column, LargeBinary, MetaData, Table, bindparam, insert, select, update
from sqlalchemy.schema import CreateTable

from mashrabiya.communities.tests.factories import ALICE, BOB
from mashrabiya.discussions.events import PostWritten
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.platform import outbox, queue, retention
from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.db.statements import dialect_of
from mashrabiya.platform.house import GENERATION
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.worker import Worker

OWN = MetaData()
# A listener writes into both, a job into the third: they must agree, whoever died.
HEARD = Table("k_heard", OWN, Column("post", LargeBinary, primary_key=True), sqlite_with_rowid=False)
NOTED = Table("k_noted", OWN, Column("post", LargeBinary, primary_key=True), sqlite_with_rowid=False)
WORKED = Table("k_worked", OWN, Column("post", LargeBinary, primary_key=True), sqlite_with_rowid=False)

_COUNT: Statement[None] = Statement(select(GENERATION.c.n).where(GENERATION.c.name == "count"))
_SET: Statement[None] = Statement(
    update(GENERATION).where(GENERATION.c.name == "count").values(n=bindparam("new_n"))
)


def make_tables(database: Database) -> None:
    """The children's own tables."""
    for table in OWN.sorted_tables:
        made = CreateTable(table).compile(dialect=dialect_of(database.dialect))
        database.connection().execute(str(made))


def drop_tables(database: Database) -> None:
    """Nobody else shall find them."""
    for table in OWN.sorted_tables:
        database.connection().execute(f"DROP TABLE {table.name}")


def listen() -> None:
    """Register the listener and the job."""
    outbox.listens_to(PostWritten)(hear)
    queue.job("k_work")(work)


def hear(uow: Write, event: PostWritten) -> None:
    """Two writes with time to die in between, and a job."""
    new = uow.insert_once(HEARD, post=event.post)
    time.sleep(random.random() * 0.004)
    uow.insert_once(NOTED, post=event.post)
    if new:
        queue.add(uow, "k_work", event.post)


def work(database: Database, ref: bytes) -> None:
    with database.write() as uow:
        uow.insert_once(WORKED, post=ref)


def open_database(url: str) -> Database:
    database = Database(url)
    database.recorder = outbox.append
    return database


def write_for_ever(url: str, cid: bytes) -> None:
    """Write threads and replies, say each that is committed, and tell facts meanwhile."""
    listen()
    retention.check = lambda *_: None
    database = open_database(url)
    Worker(database, ServerKeys(bytes(32))).start()
    while True:
        tid = begin(database, ALICE, cid).tid
        say(tid, 1)
        for _ in range(random.randrange(4)):
            say(tid, answer(database, random.choice((ALICE, BOB)), tid, unnamed=random.random() < 0.5).n)


def say(tid: bytes, n: int) -> None:
    os.write(1, f"{tid.hex()} {n}\n".encode())


def nursery(url: str, cid: str) -> None:
    """Fork a writer for every line on the input, and say its number."""
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            write_for_ever(url, bytes.fromhex(cid))
        os.write(1, f"child {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


def count(url: str, times: str) -> None:
    """Read a number and write the next one, so many times."""
    database = open_database(url)
    for _ in range(int(times)):
        with database.write() as uow:
            uow.run(_SET, new_n=int(uow.scalar(_COUNT)) + 1)
    database.close()


def read_count(database: Database) -> int:
    with database.read() as db:
        return int(db.scalar(_COUNT))


def begin_count(database: Database) -> None:
    with database.write() as uow:
        uow.run(Statement(insert(GENERATION).values(name="count", n=0)))


if __name__ == "__main__":
    {"nursery": nursery, "count": count}[sys.argv[1]](*sys.argv[2:])
