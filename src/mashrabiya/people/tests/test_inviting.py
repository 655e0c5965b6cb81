"""Members invite: once in thirty days, and what is kept names nobody; who comes so carries a branch for a while."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Failure, NotFound, Refused
from mashrabiya.people import commands, flows, jobs, queries
from mashrabiya.people.sealed.persona import open_flags
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, Person, account, person
from mashrabiya.people.types import BRANCH_QUARTERS, Band, Flags, Invited
from mashrabiya.platform import retention
from mashrabiya.testing.house import TestHouse

QUARTER = 7889238


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


def invite(house: TestHouse, who: Person) -> str:
    with house.database.write() as uow:
        commands.invite(uow, who.viewer, house.keys)
    made = last(house, who)
    assert made is not None
    return made.code


def last(house: TestHouse, who: Person) -> Invited | None:
    with house.database.read() as db:
        return queries.find_invited(db, who.viewer, house.keys)


def uninvite(house: TestHouse, who: Person) -> None:
    with house.database.write() as uow:
        commands.uninvite(uow, who.viewer, house.keys)


def comes(house: TestHouse, name: str, code: str) -> Person:
    new = flows.sign_up(house.site, flows.SignUp(name, PASSPHRASE, Band.ADULT, code))
    return Person(house, name, PASSPHRASE, new.codes, flows.enter(house.site, new.unlocked).text)


def flags(house: TestHouse, pid: bytes) -> Flags:
    rows = house.database.connection().execute("SELECT id, flags FROM persona").fetchall()
    sealed = next(bytes(sealed) for found, sealed in rows if bytes(found) == pid)
    return open_flags(house.keys.of("field"), sealed, pid)


def later(days: int, *people: Person) -> None:
    """Days pass; who is still needed signs in again."""
    clock.offset += days * clock.DAY
    for one in people:
        one.sign_in()


def kept(house: TestHouse, table: str) -> int:
    return int(house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_an_invitation_opens_once_also_a_house_that_takes_only_the_invited(house: TestHouse) -> None:
    alice = person(house, "Alice")
    code = invite(house, alice)
    house.change(entry="invitation")
    assert comes(house, "bob", code).viewer.is_member
    with pytest.raises(NotFound):
        comes(house, "charlie", code)
    made = last(house, alice)
    assert made is not None
    assert not made.stands


def test_used_twice_at_once_it_opens_once(house: TestHouse) -> None:
    code = invite(house, person(house, "Alice"))

    def try_it(name: str) -> bool:
        try:
            comes(house, name, code)
        except Failure:
            return False
        return True

    with ThreadPoolExecutor(4) as crowd:
        came = list(crowd.map(try_it, [f"guest {number}" for number in range(4)]))
    assert came.count(True) == 1


def test_one_in_thirty_days_whichever_name_is_in_use(house: TestHouse) -> None:
    alice = person(house, "Alice")
    code = invite(house, alice)
    alice.add("Amal")
    assert invite(house, alice) == code, "pressed again, it is the same"
    assert kept(house, "invitation") == kept(house, "invited") == 1
    comes(house, "bob", code)
    for days in (1, 28):
        later(days, alice)
        with pytest.raises(Refused, match=r"invite\.later"):
            invite(house, alice)
    later(1, alice)
    assert invite(house, alice) != code


def test_pressed_in_two_tabs_at_once_it_is_made_once(house: TestHouse) -> None:
    alice = person(house, "Alice").viewer

    def press(_turn: int) -> None:
        with house.database.write() as uow:
            commands.invite(uow, alice, house.keys)

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(press, range(8)))
    assert kept(house, "invitation") == kept(house, "invited") == 1


def test_after_fourteen_days_it_opens_nothing_and_after_thirty_nothing_is_kept(house: TestHouse) -> None:
    alice = person(house, "Alice")
    code = invite(house, alice)
    later(14, alice)
    assert (last(house, alice) or Invited("", -1, 0)).days == 0
    clock.offset += clock.DAY
    with pytest.raises(NotFound):
        comes(house, "bob", code)
    retention.sweep(house.database)
    assert (kept(house, "invitation"), kept(house, "invited")) == (0, 1)
    later(16, alice)
    retention.sweep(house.database)
    assert kept(house, "invited") == 0
    assert last(house, alice) is None


def test_what_is_withdrawn_opens_nothing_and_leaves_room_for_another(house: TestHouse) -> None:
    alice = person(house, "Alice")
    code = invite(house, alice)
    for _ in range(2):
        uninvite(house, alice)
    assert kept(house, "invitation") == kept(house, "invited") == 0
    with pytest.raises(NotFound):
        comes(house, "bob", code)
    assert invite(house, alice) != code


def test_what_was_used_cannot_be_withdrawn_for_another(house: TestHouse) -> None:
    alice = person(house, "Alice")
    comes(house, "bob", invite(house, alice))
    uninvite(house, alice)
    with pytest.raises(Refused, match=r"invite\.later"):
        invite(house, alice)


def test_nobody_elses_session_finds_it(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), account(house, "bob", OTHER)
    invite(house, alice)
    assert last(house, bob) is None
    uninvite(house, bob)
    assert kept(house, "invitation") == 1
    with pytest.raises(NotFound), house.database.write() as uow:
        commands.invite(uow, house.visitor(), house.keys)


def test_t3_nothing_kept_of_it_names_or_ties_who_made_it(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Amal")
    code = invite(house, alice)
    rows = [
        value
        for table in ("invitation", "invited")
        for row in house.database.connection().execute(f"SELECT * FROM {table}").fetchall()
        for value in row
        if isinstance(value, bytes)
    ]
    viewer = alice.viewer
    assert not any(pid in value for pid in (*viewer.siblings, viewer.account) for value in rows)
    assert not any(code.encode() in value for value in rows)
    later(31, alice)
    before = house.database.connection().execute("SELECT tag FROM invited").fetchall()
    invite(house, alice)
    after = house.database.connection().execute("SELECT tag FROM invited").fetchall()
    assert len({bytes(row[0]) for row in before + after}) == 2, "the next one lies under another tag"


def test_t3_only_the_first_persona_carries_the_branch(house: TestHouse) -> None:
    code = invite(house, person(house, "Alice"))
    bob = comes(house, "bob", code)
    first, second = bob.add("Bob").pid, bob.add("Badr").pid
    assert any(flags(house, first).branch)
    assert flags(house, second) == Flags(Band.ADULT)
    assert bob.viewer.branch == flags(house, first).branch


def test_who_comes_by_one_persons_invitations_is_of_one_branch_and_she_is_not(house: TestHouse) -> None:
    alice, other = person(house, "Alice"), person(house, "Charlie")
    first = comes(house, "bob", invite(house, alice))
    later(30, alice, first, other)
    second = comes(house, "badr", invite(house, alice))
    third = comes(house, "rana", invite(house, other))
    below = comes(house, "qamar", invite(house, first))
    assert first.viewer.branch == second.viewer.branch
    apart = [first.viewer.branch, third.viewer.branch, below.viewer.branch]
    assert all(one != two and any(one) for one, two in combinations(apart, 2))
    assert alice.viewer.branch == b""


def test_below_one_member_a_generation_is_one_branch(house: TestHouse) -> None:
    """Else a tree of puppets would have as many branches as it has puppets."""
    alice = person(house, "Alice")
    children = []
    for name in ("bob", "badr"):
        children.append(comes(house, name, invite(house, alice)))
        later(30, alice, *children)
    grown = [comes(house, f"of {child.name}", invite(house, child)) for child in children]
    assert grown[0].viewer.branch == grown[1].viewer.branch


def test_whom_the_house_invites_is_of_no_branch(house: TestHouse) -> None:
    with house.database.write() as uow:
        code = commands.issue_invitation(uow, house.keys)
    bob = comes(house, "bob", code)
    pid = bob.add("Bob").pid
    assert flags(house, pid) == Flags(Band.ADULT)
    assert bob.viewer.branch == b""


def test_t22_a_branch_goes_after_a_year_and_a_half(house: TestHouse) -> None:
    bob = comes(house, "bob", invite(house, person(house, "Alice")))
    pid = bob.add("Bob").pid
    jobs.let_branches_lapse(house.database)
    assert any(flags(house, pid).branch)
    assert flags(house, pid).until == clock.quarter() + BRANCH_QUARTERS
    clock.offset += BRANCH_QUARTERS * QUARTER
    for _ in range(2):
        jobs.let_branches_lapse(house.database)
    assert flags(house, pid) == Flags(Band.ADULT)
    assert bob.sign_in().branch == b""
    # And whoever makes her first persona only now brings none.
    late = comes(house, "late", invite(house, person(house, "Rana")))
    clock.offset += BRANCH_QUARTERS * QUARTER
    late.sign_in()
    assert flags(house, late.add("Late").pid) == Flags(Band.ADULT)


def test_other_changes_leave_the_branch(house: TestHouse) -> None:
    bob = comes(house, "bob", invite(house, person(house, "Alice")))
    pid = bob.add("Bob").pid
    before = flags(house, pid)
    with house.database.write() as uow:
        commands.personas.turn(uow, pid, field_key=house.keys.of("field"))
    assert flags(house, pid) == replace(before, band=Band.ADULT)


def test_t8_the_tree_is_read_by_name_of_the_moment(house: TestHouse) -> None:
    alice = person(house, "Alice")
    bob = comes(house, "bob", invite(house, alice))
    bob.add("Bob")
    bob.add("Badr")
    later(30, alice)
    rana = comes(house, "rana", invite(house, alice))
    rana.add("Rana")
    below = comes(house, "qamar", invite(house, rana))
    below.add("Qamar")
    later(0, alice, bob)
    with house.database.read() as db:
        tree = queries.Tree(db, house.keys)
        first = tree.around(bob.viewer.siblings[0])
        assert [leaf.name for leaf in first.beside] == ["Rana"]
        assert [leaf.name for leaf in first.below] == ["Qamar"]
        for pid in (alice.viewer.pid, bob.viewer.siblings[1]):
            assert tree.around(pid).beside == tree.around(pid).below == []
