"""Blocks: whom they hold, what goes with whom, and what nobody can compute."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from itertools import permutations

import pytest
from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands, flows, queries
from mashrabiya.people.sealed.private import (
    EMPTY,
    entry_mark,
)
from mashrabiya.people.tables import BLOCK, PERSONA
from mashrabiya.people.tests.factories import PASSPHRASE, person
from mashrabiya.people.types import Kept, Reached, State, Voice, Wish
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.house import TestHouse


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    yield
    clock.offset = 0.0


def rows(database: Database) -> set[bytes]:
    with database.read() as db:
        return {bytes(tag) for (tag,) in db.tuples(Statement(select(BLOCK.c.tag)))}


def sealed_of(database: Database, pid: bytes) -> bytes:
    with database.read() as db:
        return bytes(db.scalar(Statement(select(PERSONA.c.priv).where(PERSONA.c.id == pid))))


def blocked_by(database: Database, viewer: Viewer, other: bytes) -> bool:
    with database.read() as db:
        reached = queries.find_reached(db, other)
        assert reached is not None
        return queries.is_blocked(db, viewer, [reached])


# --- blocking ---------------------------------------------------------------------------


def test_a_block_meets_every_name_of_the_blocked_and_none_of_the_blocker(house: TestHouse) -> None:
    alice, bob, mallory = person(house, "Alice"), person(house, "Bob"), person(house, "Mallory")
    hers = alice.viewer.pid
    his = bob.viewer.pid
    flows.block(house.site, alice.viewer, his, shared=True)
    second = alice.add("Second")
    assert blocked_by(house.database, bob.viewer, hers)
    bob.add("Heron")
    assert blocked_by(house.database, bob.viewer, hers)
    assert not blocked_by(house.database, bob.viewer, second.pid)
    assert not blocked_by(house.database, mallory.viewer, hers)
    assert not blocked_by(house.database, alice.viewer, his)
    with house.database.read() as db:
        assert not queries.is_blocked(db, Viewer(), [Reached(hers, bytes(32))])


def test_neither_an_older_session_nor_a_deleted_name_gets_around_it(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    older = bob.viewer
    heron = bob.add("Heron")
    flows.block(house.site, alice.viewer, heron.pid, shared=False)
    assert older.used == 1
    assert blocked_by(house.database, older, alice.viewer.pid)
    flows.drop_persona(house.site, heron, bob.cookie, remove_posts=False)
    assert blocked_by(house.database, older, alice.viewer.pid)


def test_an_older_session_asks_once_more_blocked_or_not(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    older = bob.viewer
    heron = bob.add("Heron")
    asked = []
    for viewer in (older, heron, older, heron):
        trace: list[str] = []
        house.database.trace = trace
        blocked_by(house.database, viewer, alice.viewer.pid)
        asked.append(sum("block" in sql for sql in trace))
        house.database.trace = None
        if len(asked) == 2:
            flows.block(house.site, alice.viewer, heron.pid, shared=False)
    assert asked == [2, 1, 2, 1]


def test_blocked_twice_is_one_row_and_lifted_is_none(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    voice = Voice(pid=bob.viewer.pid)
    for _ in range(2):
        flows.keep_away(house.site, alice.viewer, voice, Wish("block"))
    assert len(rows(house.database)) == 1
    assert queries.kept_of(alice.viewer, voice).blocked
    for _ in range(2):
        flows.keep_away(house.site, alice.viewer, voice, Wish("unblock"))
    assert rows(house.database) == set()
    assert queries.kept_of(alice.viewer, voice) == Kept()


def test_a_block_is_lifted_from_the_list_too(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    flows.block(house.site, alice.viewer, bob.viewer.pid, shared=False)
    (entry,) = queries.lists_of(alice.viewer)[0].blocks
    work = alice.viewer.work
    assert work is not None
    flows.lift(house.site, alice.viewer, "made up", 0)
    assert len(rows(house.database)) == 1
    flows.lift(house.site, alice.viewer, entry_mark(work, 0, entry), 0)
    assert (rows(house.database), queries.lists_of(alice.viewer)[0]) == (set(), EMPTY)


def test_nobody_blocks_a_name_of_her_own(house: TestHouse) -> None:
    alice = person(house, "Alice")
    first = alice.viewer.pid
    alice.add("Second")
    for wish in (Wish("block"), Wish("mute")):
        with pytest.raises(Refused) as refusal:
            flows.keep_away(house.site, alice.viewer, Voice(pid=first), wish)
        assert refusal.value.why == "reach.own"


def test_a_persona_that_is_not_there_is_not_blocked(house: TestHouse) -> None:
    with pytest.raises(NotFound):
        flows.block(house.site, person(house, "Alice").viewer, b"p" * 16, shared=False)


def test_what_is_for_all_names_is_written_to_one_only(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    alice.add("Second")
    second = alice.viewer.pid
    before = sealed_of(house.database, second)
    alice.use("Alice")
    flows.block(house.site, alice.viewer, bob.viewer.pid, shared=True)
    with house.database.write() as uow:
        commands.hide_words(uow, alice.viewer, ["river"], shared=False)
    assert sealed_of(house.database, second) == before
    alice.use("Second")
    kept = queries.lists_of(alice.viewer)
    assert [entry.pid for entry in kept[0].blocks] == [bob.viewer.pid]
    assert (kept[0].words, kept[1]) == ((), EMPTY)


def test_under_another_name_it_is_only_not_shared_any_more(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    flows.block(house.site, alice.viewer, bob.viewer.pid, shared=True)
    alice.add("Second")
    (entry,) = queries.lists_of(alice.viewer)[0].blocks
    work = alice.viewer.work
    assert work is not None
    flows.lift(house.site, alice.viewer, entry_mark(work, 0, entry), 0)
    assert queries.lists_of(alice.viewer)[0].blocks == ()
    alice.use("Alice")
    assert len(queries.lists_of(alice.viewer)[0].blocks) == len(rows(house.database)) == 1


def test_a_session_asks_no_more_than_before(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Second")
    house.database.trace = []
    assert [slot for slot, _ in alice.viewer.lists] == [1]
    assert len(house.database.trace) == 2
    house.database.trace = None


# --- what goes with her ---------------------------------------------------------------------


def test_her_blocks_go_with_the_persona(house: TestHouse) -> None:
    alice, bob, mallory = person(house, "Alice"), person(house, "Bob"), person(house, "Mallory")
    flows.block(house.site, alice.viewer, bob.viewer.pid, shared=False)
    flows.block(house.site, mallory.viewer, alice.viewer.pid, shared=False)
    kept = rows(house.database)
    flows.drop_persona(house.site, alice.viewer, alice.cookie, remove_posts=False)
    left = rows(house.database)
    # Hers is gone; the one against her stays, since it is meant for her and not for a name.
    assert len(left) == 1
    assert left < kept


@pytest.mark.parametrize("at_once", [True, False])
def test_her_blocks_go_with_the_account(house: TestHouse, at_once: bool) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    flows.block(house.site, alice.viewer, bob.viewer.pid, shared=False)
    alice.add("Second")
    flows.block(house.site, alice.viewer, bob.viewer.pid, shared=False)
    assert len(rows(house.database)) == 2
    who = flows.unlock(house.site, alice.name, PASSPHRASE)
    assert who is not None
    flows.delete_account(house.site, who, remove=(), at_once=at_once)
    clock.offset += 80 * clock.HOUR
    Staggered(house.database, house.keys.of("field")).all_now()
    assert rows(house.database) == set()


# --- who takes the disk -----------------------------------------------------------------------


def test_with_every_server_key_nobody_computes_who_blocked_whom(house: TestHouse) -> None:
    people = [person(house, name) for name in ("Alice", "Bob", "Mallory")]
    flows.block(house.site, people[0].viewer, people[1].viewer.pid, shared=False)
    with house.database.read() as db:
        known = db.tuples(Statement(select(PERSONA.c.id, PERSONA.c.bpub, PERSONA.c.seed)))
    (tag,) = rows(house.database)
    keys = [house.keys.of(name) for name in ("login", "rec", "sess", "field", "invite", "pow", "form")]
    keys += [bytes(value) for row in known for value in row]
    tried = {
        hmac_tag
        for key in keys
        for one, other in permutations(known, 2)
        for hmac_tag in (
            mac(key, b"block", bytes(one[0]), bytes(other[0]))[:16],
            hmac.digest(key, bytes(one[0]) + bytes(other[0]), "sha256")[:16],
        )
    }
    assert tag not in tried
    assert all(tag not in sealed_of(house.database, bytes(pid)) for pid, _, _ in known)


def test_a_quiet_persona_still_has_its_page(house: TestHouse) -> None:
    alice = person(house, "Alice")
    with house.database.write() as uow:
        commands.show_page_to(uow, alice.viewer, nobody=False, quiet=True, keys=house.keys)
    with house.database.read() as db:
        state = State(db.scalar(Statement(select(PERSONA.c.state))))
    assert state == State.QUIET
    assert state.is_shown
