"""Raising what a guess costs: nobody is shut out, and nothing tells who has not moved yet."""

from contextlib import suppress

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.people import flows
from mashrabiya.people.commands.cost import change_cost
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, account
from mashrabiya.people.tests.test_flows import refused, rows
from mashrabiya.platform.crypto import Cost, sign_in_hash
from mashrabiya.testing.house import TestHouse

CHEAP, DEARER = Cost(8192, 1), Cost(9216, 2)
YEARS = 900 * clock.DAY


def raise_cost(house: TestHouse, cost: Cost = DEARER) -> None:
    with house.database.write() as uow:
        change_cost(uow, cost)
    house.site.held.refresh()


def test_an_account_moves_when_somebody_next_comes_in_by_it(house: TestHouse) -> None:
    alice = account(house, "alice")
    raise_cost(house)
    assert alice.sign_in().is_member
    house.change(argon_former=())
    assert alice.sign_in().is_member


def test_one_who_stayed_away_comes_in_at_the_old_cost(house: TestHouse) -> None:
    alice = account(house, "alice")
    raise_cost(house)
    raise_cost(house, Cost(10240, 2))
    clock.offset = 400 * clock.DAY
    assert alice.sign_in().is_member


def test_each_attempt_costs_as_many_hashes_as_there_are_costs(house: TestHouse) -> None:
    moved, early = account(house, "moved"), account(house, "early", OTHER)
    raise_cost(house)
    moved.sign_in()
    calls = []
    for name, passphrase in (("moved", PASSPHRASE), ("early", OTHER), ("nobody", OTHER), ("moved", OTHER)):
        before = sign_in_hash.calls
        with suppress(Refused):
            flows.unlock(house.site, name, passphrase)
        calls.append(sign_in_hash.calls - before)
    assert calls == [2, 2, 2, 2]
    assert early.viewer.is_member


def test_trying_alone_moves_nothing(house: TestHouse) -> None:
    account(house, "alice")
    before = house.database.connection().execute("SELECT tag, wrap FROM account").fetchall()
    raise_cost(house)
    flows.unlock(house.site, "alice", PASSPHRASE)
    assert house.database.connection().execute("SELECT tag, wrap FROM account").fetchall() == before


def test_the_old_cost_is_tried_until_nobody_can_have_it(house: TestHouse) -> None:
    raise_cost(house)
    assert len(house.site.house.argon_former) == 1
    clock.offset = YEARS
    before = sign_in_hash.calls
    refused(lambda: flows.unlock(house.site, "nobody", OTHER), "signin.wrong")
    assert sign_in_hash.calls == before + 1


def test_going_back_and_forth_tries_no_cost_twice(house: TestHouse) -> None:
    for cost in (DEARER, CHEAP, DEARER, DEARER):
        raise_cost(house, cost)
    assert [(memory, passes) for memory, passes, _ in house.site.house.argon_former] == [(8192, 1)]


def test_a_pair_that_is_still_at_the_old_cost_cannot_be_taken_twice(house: TestHouse) -> None:
    # Else the newcomer's row would stand before hers, and nobody could reach it any more.
    account(house, "alice")
    bob = account(house, "bob", OTHER)
    raise_cost(house)
    with pytest.raises(Invalid) as refusal:
        account(house, "alice")
    assert refusal.value.fields == {"pass": "signup.pass_refused"}
    who = flows.unlock(house.site, "bob", OTHER)
    with pytest.raises(Invalid):
        flows.change_passphrase(house.site, who, "alice", PASSPHRASE)
    with pytest.raises(Invalid):
        flows.recover(house.site, bob.codes[0], "alice", PASSPHRASE)
    assert flows.recover(house.site, bob.codes[0], "bob", "three blue boats under the old bridge")
    assert rows(house, "account") == 2
