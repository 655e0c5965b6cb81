"""T25: vouching and inviting raise nobody by themselves; a house of fifteen comes to trust some of its people."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, MONA, other_persona, person
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import begin, place
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.viewer import TRUSTED, Viewer
from mashrabiya.people.events import PersonaErased
from mashrabiya.people.types import Grant
from mashrabiya.platform import retention
from mashrabiya.platform.db import Database, Statement
from mashrabiya.safety.trust import commands as trust
from mashrabiya.safety.trust import jobs, listeners
from mashrabiya.safety.trust import queries as trusted
from mashrabiya.safety.trust.tables import PULLED, VOUCHER
from mashrabiya.safety.trust.types import Level
from mashrabiya.testing.house import TestHouse
from tests.test_trust import post_of, standing

VOUCHERS: Statement[Any] = Statement(select(VOUCHER.c.target, VOUCHER.c.vnull, VOUCHER.c.until_q))
TAKEN_BACK: Statement[Any] = Statement(select(PULLED.c.target))
NAMED = replace(BOB, roles=frozenset({TRUSTED}))


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


def rows(database: Database, statement: Statement[Any]) -> list[Any]:
    with database.read() as db:
        return db.tuples(statement)


def vouch(database: Database, viewer: Viewer, whom: Viewer) -> None:
    with database.write() as uow:
        trust.vouch(uow, viewer, whom.pid)


def pull(database: Database, viewer: Viewer, whom: Viewer) -> None:
    with database.write() as uow:
        trust.pull(uow, viewer, whom.pid)


def test_who_is_trusted_vouches_once_under_all_her_names(database: Database) -> None:
    for viewer in (MONA, MONA, replace(other_persona(MONA))):
        vouch(database, viewer, ALICE)
    assert len(rows(database, VOUCHERS)) == 1
    vouch(database, NAMED, ALICE)
    assert len({bytes(vnull) for _, vnull, _ in rows(database, VOUCHERS)}) == 2
    with database.read() as db:
        assert trusted.vouches_for(db, other_persona(MONA), ALICE.pid)
        assert not trusted.vouches_for(db, MALLORY, ALICE.pid)
        assert trusted.own_vouchers(db, MONA) == {ALICE.pid}
        assert trusted.own_vouchers(db, MALLORY) == set()


def test_nothing_kept_ties_two_vouchers_of_one_person(database: Database) -> None:
    for whom in (ALICE, CHARLIE, MALLORY):
        vouch(database, MONA, whom)
    kept = {bytes(vnull) for _, vnull, _ in rows(database, VOUCHERS)}
    assert len(kept) == 3
    assert not kept & set(MONA.siblings)
    assert len({until for *_, until in rows(database, VOUCHERS)}) == 1, "no day and no week of it"


@pytest.mark.parametrize(
    "viewer", [ALICE, replace(MONA, face=None), replace(MONA, roles=frozenset()), Viewer()]
)
def test_nobody_else_vouches(database: Database, viewer: Viewer) -> None:
    with pytest.raises(NotFound):
        vouch(database, viewer, CHARLIE)
    assert rows(database, VOUCHERS) == []


def test_t25_a_name_that_shows_nothing_vouches_for_nobody(database: Database) -> None:
    """Whoever is trusted under one name cannot under another: it would show that they are one."""
    hidden = replace(other_persona(MONA), roles=frozenset(), kin_roles=MONA.roles)
    with pytest.raises(NotFound):
        vouch(database, hidden, ALICE)


def test_t25_nobody_vouches_for_herself_under_any_name(database: Database) -> None:
    for herself in (MONA, other_persona(MONA)):
        with pytest.raises(Refused, match=r"vouch\.own"):
            vouch(database, MONA, herself)
    assert rows(database, VOUCHERS) == []


def test_t25_a_thousand_puppets_that_vouch_for_one_another_raise_nobody(database: Database) -> None:
    puppets = [person(f"Puppet {number}") for number in range(1000)]
    for one, other in zip(puppets, puppets[1:] + puppets[:1], strict=True):
        with pytest.raises(NotFound):
            vouch(database, one, other)
    assert rows(database, VOUCHERS) == []
    assert standing(database, puppets[0]).best is Level.NEW


def test_t25_vouchers_alone_make_nobody_more_than_settled(database: Database) -> None:
    for number in range(20):
        vouch(database, replace(person(f"Colleague {number}"), roles=frozenset({TRUSTED})), ALICE)
    assert standing(database, ALICE).best is Level.NEW
    with pytest.raises(NotFound):
        vouch(database, ALICE, CHARLIE)


def test_a_voucher_stands_for_an_answer(database: Database) -> None:
    """Three days here, and somebody who vouches, by whichever name: no longer new."""
    cid = place(database, ALICE, BOB)
    for _ in range(3):
        begin(database, ALICE, cid)
        clock.offset += clock.DAY
    with database.read() as db:
        assert queries.standing_of(db, ALICE).best is Level.NEW
    vouch(database, MONA, ALICE)
    with database.read() as db:
        found = queries.standing_of(db, ALICE)
    assert (found.best, found.under(0), found.under(1)) == (Level.SETTLED, Level.SETTLED, Level.NEW)
    assert found.vouched == {0}


def test_a_voucher_for_another_name_counts_in_her_session_alone(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    for _ in range(3):
        begin(database, ALICE, cid)
        clock.offset += clock.DAY
    vouch(database, MONA, other_persona(ALICE))
    with database.read() as db:
        found = queries.standing_of(db, ALICE)
    assert (found.best, set(found.names)) == (Level.SETTLED, {Level.NEW})


def test_what_is_taken_back_is_gone_and_told_once_without_whose_it_was(database: Database) -> None:
    for viewer in (MONA, NAMED):
        vouch(database, viewer, ALICE)
    for _ in range(2):
        pull(database, other_persona(MONA), ALICE)
    assert len(rows(database, VOUCHERS)) == 1
    assert [bytes(target) for (target,) in rows(database, TAKEN_BACK)] == [ALICE.pid]
    pull(database, NAMED, ALICE)
    assert rows(database, VOUCHERS) == []
    assert len(rows(database, TAKEN_BACK)) == 1
    columns = {column.name for column in PULLED.c}
    assert columns == {"id", "target", "until_day"}


def test_whoever_vouches_for_nobody_takes_nothing_back(database: Database) -> None:
    vouch(database, MONA, ALICE)
    for viewer in (MALLORY, NAMED):
        pull(database, viewer, ALICE)
    assert len(rows(database, VOUCHERS)) == 1
    assert rows(database, TAKEN_BACK) == []


def test_of_her_own_names_the_care_team_is_told_to_others_only(database: Database) -> None:
    vouch(database, NAMED, MONA)
    pull(database, NAMED, MONA)
    with database.read() as db:
        assert trusted.pulled(db, other_persona(MONA)) == []
        (told,) = trusted.pulled(db, ALICE)
    with pytest.raises(NotFound), database.write() as uow:
        trust.put_away(uow, MONA, told.id)
    for _ in range(2):
        with database.write() as uow:
            trust.put_away(uow, ALICE, told.id) if trusted.pulled(uow, ALICE) else None
    assert rows(database, TAKEN_BACK) == []


def test_vouching_in_two_tabs_at_once_leaves_one(database: Database) -> None:
    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(lambda _turn: vouch(database, MONA, ALICE), range(12)))
    assert len(rows(database, VOUCHERS)) == 1


def test_vouchers_fade_and_so_does_the_word_that_one_was_taken_back(database: Database) -> None:
    for viewer in (MONA, NAMED):
        vouch(database, viewer, ALICE)
    pull(database, NAMED, ALICE)
    clock.offset += 31 * clock.DAY
    retention.sweep(database)
    assert rows(database, TAKEN_BACK) == []
    assert len(rows(database, VOUCHERS)) == 1
    clock.offset += 540 * clock.DAY
    assert standing(database, ALICE).vouched == frozenset()
    clock.offset += 92 * clock.DAY
    retention.sweep(database)
    assert rows(database, VOUCHERS) == []


def test_a_persona_that_is_gone_is_vouched_for_by_nobody(database: Database) -> None:
    for viewer in (MONA, NAMED):
        vouch(database, viewer, ALICE)
    pull(database, NAMED, ALICE)
    with database.write() as uow:
        for _ in range(2):
            listeners.forget_helper(uow, PersonaErased(ALICE.pid, 0))
    assert rows(database, VOUCHERS) == rows(database, TAKEN_BACK) == []


HOUSE, WEEKS, FIRST = 15, 16, 2


def test_t25_a_house_of_fifteen_comes_to_trust_some_of_its_people(house: TestHouse) -> None:
    """Two were named when it began. The others write, help and wait; by and by some are trusted for what others say."""
    people = [house.person(f"Person {number}") for number in range(HOUSE)]
    for one in people[:FIRST]:
        with_role(one, Grant.TRUSTED)
    viewers = [one.viewer for one in people]
    cid = place(house.database, *viewers)
    marked: set[tuple[int, int]] = set()
    trusted_since: dict[int, int] = {}
    for week in range(WEEKS):
        _week(house.database, viewers, cid, marked)
        jobs.measure_trust(house.database)
        for at in range(FIRST, HOUSE):
            if _looked_at(house.database, viewers, at) is Level.TRUSTED:
                trusted_since.setdefault(at, week)
    assert len(trusted_since) >= 3, "they never get there"
    assert min(trusted_since.values()) >= 12, "it takes its time"
    # Whoever got there so vouches for others in her turn, as long as the house says that she is.
    now = [at for at in trusted_since if standing(house.database, viewers[at]).under(0) is Level.TRUSTED]
    assert now
    vouch(house.database, viewers[now[0]], CHARLIE)


def _looked_at(database: Database, people: list[Viewer], at: int) -> Level:
    """How somebody stands; for whoever is known by now, those who were named vouch."""
    level = standing(database, people[at]).under(0)
    for carer in people[:FIRST] if level is Level.KNOWN else ():
        vouch(database, carer, people[at])
    return level


def _week(database: Database, people: list[Viewer], cid: bytes, marked: set[tuple[int, int]]) -> None:
    """Everybody begins a thread, and one established person says that it helped: first who never did so of her."""
    with database.read() as db:
        established = [at for at, one in enumerate(people) if trusted.is_established(db, one)]
    for at, writer in enumerate(people):
        tid = begin(database, writer, cid).tid
        others = [one for one in established if one != at]
        fresh = [one for one in others if (one, at) not in marked]
        post = post_of(database, tid, 1)
        for one in (fresh or others)[:2]:
            with database.write() as uow:
                commands.mark_helped(uow, people[one], tid, post, wish=True)
            marked.add((one, at))
    clock.offset += 7 * clock.DAY
