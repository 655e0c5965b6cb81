"""What an unnamed post leaves behind: sealed, nothing of its persona; accountable, boxes that nobody opens alone."""

from __future__ import annotations

import random
import secrets
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.tests.factories import ALICE, BOB, MONA, join, other_persona, person
from mashrabiya.communities.types import AnonMode
from mashrabiya.discussions import commands
from mashrabiya.discussions.tables import ANSWERABLE
from mashrabiya.discussions.tests.factories import answer, begin, make_persona, place, shown_as
from mashrabiya.discussions.types import NewReply
from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work
from mashrabiya.people.sealed import care, lock
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Database, Statement, metadata

AGAIN = other_persona(ALICE)
CARLA = person("Carla", "care")
BOXES: Statement[None] = Statement(select(ANSWERABLE.c.boxes))
NOW = 1_790_000_000.0


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same moment for everybody."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def furnish(database: Database, mode: AnonMode) -> bytes:
    cid = place(database, ALICE)
    for one in (AGAIN, MONA, CARLA):
        make_persona(database, one)
    join(database, AGAIN, cid)
    with database.write() as uow:
        communities.take_key(uow, MONA, cid, house=False)
        communities.take_key(uow, CARLA, cid, house=True)
        uow.run(Statement[None](COMMUNITY.update().values(anon_mode=int(mode))))
    return cid


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it lies there."""
    with database.read() as db:
        return {
            table.name: sorted((tuple(row) for row in db.tuples(Statement[None](select(table)))), key=repr)
            for table in metadata.sorted_tables
        }


def boxes(database: Database) -> list[bytes]:
    with database.read() as db:
        return [bytes(row[0]) for row in db.tuples(BOXES)]


def written_as(
    database: Database, monkeypatch: pytest.MonkeyPatch, cid: bytes
) -> list[dict[str, list[tuple[Any, ...]]]]:
    """What lies there when the same words are written unnamed from either of her personas, with the same chance."""
    dumps = []
    tid = begin(database, MONA, cid).tid
    before = dump(database)
    for persona in (ALICE, AGAIN):
        chance = random.Random(7)
        with monkeypatch.context() as patched:
            patched.setattr(secrets, "token_bytes", chance.randbytes)
            with database.write() as uow:
                new = NewReply(body="Near the school.", unnamed=True, learnable=shown_as(persona))
                commands.reply(uow, persona, tid, new)
        dumps.append(dump(database))
        restore(database, before)
    return dumps


def restore(database: Database, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """As it was before."""
    with database.write() as uow:
        for table in reversed(metadata.sorted_tables):
            uow.run(Statement[None](table.delete()))
        for table in metadata.sorted_tables:
            for row in rows[table.name]:
                uow.insert(table, **dict(zip(table.columns.keys(), row, strict=True)))


def test_sealed_words_leave_nothing_that_depends_on_their_persona(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = written_as(database, monkeypatch, furnish(database, AnonMode.SEALED))
    assert first == second
    assert first["answerable"] == []
    assert len(first["post"]) == 2


def test_and_the_same_look_finds_it_where_they_are_accountable(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    cid = furnish(database, AnonMode.ACCOUNTABLE)
    first, second = written_as(database, monkeypatch, cid)
    assert first["post"] == second["post"]
    assert len(first["answerable"]) == len(second["answerable"]) == 1
    assert first["answerable"] != second["answerable"]
    assert [opened(rows["answerable"][0], cid) for rows in (first, second)] == [ALICE.pid, AGAIN.pid]


def opened(row: tuple[Any, ...], cid: bytes) -> bytes:
    """As Mona and Carla open it."""
    post, sealed, _until = row
    assert MONA.work is not None
    assert CARLA.work is not None
    inner = care.open_first(care.care_key(MONA.work, 0, cid), bytes(sealed))
    return care.open_second(care.care_key(CARLA.work, 0, cid), inner, bytes(post))


def test_no_row_differs_from_another_in_length_and_none_names_anybody(database: Database) -> None:
    cid = furnish(database, AnonMode.ACCOUNTABLE)
    tid = begin(database, ALICE, cid, unnamed=True).tid
    make_persona(database, third := person("Dana", "care"))
    with database.write() as uow:
        communities.take_key(uow, third, cid, house=True)
    join(database, BOB, cid)
    make_persona(database, BOB)
    answer(database, BOB, tid, unnamed=True)
    kept = boxes(database)
    assert {len(one) for one in kept} == {care.SIZE}
    for one in kept:
        assert ALICE.pid not in one
        assert BOB.pid not in one


def test_the_files_alone_open_none_of_it(database: Database) -> None:
    """With everything that lies in the database as a key, and with the key of one alone: nothing."""
    cid = furnish(database, AnonMode.ACCOUNTABLE)
    begin(database, ALICE, cid, unnamed=True)
    (sealed,) = boxes(database)
    everything = [v for rows in dump(database).values() for row in rows for v in row if isinstance(v, bytes)]
    halves = [value for value in everything if len(value) == 32]
    assert care.care_public(MONA.work, 0, cid) in halves  # type: ignore[arg-type]
    for value in halves:
        private = X25519PrivateKey.from_private_bytes(value)
        assert care.open_first(private, sealed) == b""
    assert MONA.work is not None
    one = care.care_key(MONA.work, 0, cid)
    inner = care.open_first(one, sealed)
    assert len(inner) == care.INNER
    with pytest.raises(Unopenable):
        lock.open_box(one, inner)


def test_boxes_moved_to_another_post_open_for_nobody() -> None:
    works = [Work(bytes([n]) * 32) for n in range(2)]
    publics = [care.care_public(work, 0, b"c" * 16) for work in works]
    sealed = care.seal_author(publics, b"p" * 16, b"o" * 10)
    keys = [care.care_key(work, 0, b"c" * 16) for work in works]
    inner = care.open_first(keys[0], sealed)
    assert care.open_second(keys[1], inner, b"o" * 10) == b"p" * 16
    assert care.open_second(keys[1], inner, b"x" * 10) == b""
    assert care.open_second(keys[0], inner, b"o" * 10) == b""


@pytest.mark.parametrize("holders", range(2, 6))
def test_any_two_open_it_in_either_order(holders: int) -> None:
    works = [Work(bytes([n]) * 32) for n in range(holders)]
    keys = [care.care_key(work, 3, b"c" * 16) for work in works]
    publics = [care.care_public(work, 3, b"c" * 16) for work in works]
    random.SystemRandom().shuffle(publics)
    sealed = care.seal_author(publics, b"p" * 16, secrets.token_bytes(10))
    assert len(sealed) == care.SIZE
    for first in keys:
        inner = care.open_first(first, sealed)
        assert len(inner) == (holders - 1) * care.INNER
