"""Signing up, in and out, and coming back."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import bindparam, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Busy, Invalid, NotFound, Refused
from mashrabiya.people import flows
from mashrabiya.people.commands import issue_invitation, set_guard
from mashrabiya.people.flows import entering as signing_in
from mashrabiya.people.flows.freezing import come_back
from mashrabiya.people.queries import open_session
from mashrabiya.people.queries.guards import SITE
from mashrabiya.people.tables import ACCOUNT
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, account, person, second_step
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.crypto import sign_in_hash
from mashrabiya.platform.db import Statement
from mashrabiya.testing.house import TestHouse

LOCK: Statement[None] = Statement(
    update(ACCOUNT).where(ACCOUNT.c.id == bindparam("which")).values(lock_day=bindparam("new_lock_day"))
)


def refused(act: Callable[[], object], why: str) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.why == why


def test_alice_signs_up_and_in(house: TestHouse) -> None:
    alice = account(house, "alice")
    assert len(alice.codes) == 8
    assert not alice.viewer.speaks
    assert alice.sign_in().siblings == alice.viewer.siblings


def test_two_people_may_have_one_sign_in_name(house: TestHouse) -> None:
    alice = account(house, "nour")
    other = account(house, "nour", OTHER)
    assert alice.viewer.pid != other.viewer.pid


def test_the_same_name_and_passphrase_are_refused_in_few_words(house: TestHouse) -> None:
    account(house, "nour")
    with pytest.raises(Invalid) as refusal:
        account(house, "NOUR ")
    assert refusal.value.fields == {"pass": "signup.pass_refused"}


def test_case_and_spaces_around_the_name_do_not_matter(house: TestHouse) -> None:
    alice = account(house, "Nour")
    assert flows.sign_in(house.site, " nOUR ", alice.passphrase)


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u2060", "x" * 65])
def test_a_sign_in_name_is_something_that_can_be_typed_again(house: TestHouse, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        account(house, name)
    assert refusal.value.fields == {"name": "signup.name_missing"}


def wrong_attempts(house: TestHouse) -> dict[str, tuple[str, str]]:
    alice = account(house, "alice")
    locked = account(house, "locked", OTHER)
    with house.database.write() as uow:
        uow.run(LOCK, which=locked.viewer.account, new_lock_day=clock.day() + 3)
    second_step(account(house, "careful", OTHER))
    house.change(argon_memory=4096)
    second_step(account(house, "early", OTHER))
    house.change(argon_memory=8192)
    return {
        "code missing": ("careful", OTHER),
        "code missing, old cost": ("early", OTHER),
        "unknown": ("nobody", PASSPHRASE),
        "wrong": (alice.name, OTHER),
        "locked": ("locked", OTHER),
    }


@pytest.mark.parametrize("former", [(), ((4096, 1, 9999),)])
def test_t1_all_that_does_not_come_in_is_the_same_work_and_words(
    house: TestHouse, former: tuple[tuple[int, int, int], ...]
) -> None:
    attempts = wrong_attempts(house)
    assert set(attempts) == {"unknown", "wrong", "locked", "code missing", "code missing, old cost"}
    house.change(argon_former=former)
    seen = []
    for name, passphrase in attempts.values():
        house.site.held.refresh()
        house.database.trace, before = [], sign_in_hash.calls
        refused(partial(flows.sign_in, house.site, name, passphrase), "signin.wrong")
        seen.append((tuple(house.database.trace), sign_in_hash.calls - before))
        house.database.trace = None
    assert all(one == seen[0] for one in seen)
    assert seen[0][1] == 1 + len(former)


def test_an_invitation_opens_once(house: TestHouse) -> None:
    house.change(entry="invitation")
    with house.database.write() as uow:
        code = issue_invitation(uow, house.keys)
    wish = flows.SignUp("bob", PASSPHRASE, Band.ADULT, code.upper())
    assert flows.sign_up(house.site, wish)
    with pytest.raises(NotFound):
        flows.sign_up(house.site, flows.SignUp("eve", PASSPHRASE, Band.ADULT, code))


def test_an_invitation_is_not_used_up_by_a_refused_passphrase(house: TestHouse) -> None:
    account(house, "bob")
    with house.database.write() as uow:
        code = issue_invitation(uow, house.keys)
    for _ in range(2):
        with pytest.raises(Invalid):
            flows.sign_up(house.site, flows.SignUp("bob", PASSPHRASE, Band.ADULT, code))
    assert flows.sign_up(house.site, flows.SignUp("bob", OTHER, Band.ADULT, code))


def test_an_old_invitation_opens_nothing(house: TestHouse) -> None:
    with house.database.write() as uow:
        code = issue_invitation(uow, house.keys)
    clock.offset = 31 * clock.DAY
    with pytest.raises(NotFound):
        flows.sign_up(house.site, flows.SignUp("bob", PASSPHRASE, Band.ADULT, code))


def test_without_an_invitation_a_house_by_invitation_refuses(house: TestHouse) -> None:
    house.change(entry="invitation")
    refused(
        lambda: flows.sign_up(house.site, flows.SignUp("bob", PASSPHRASE, Band.ADULT)), "join.by_invitation"
    )


@pytest.mark.parametrize("band", [Band.MINOR, Band.UNKNOWN])
def test_an_adults_only_house_takes_adults(house: TestHouse, band: Band) -> None:
    with pytest.raises(Invalid) as refusal:
        flows.sign_up(house.site, flows.SignUp("bob", PASSPHRASE, band))
    assert "age" in refusal.value.fields


def test_the_first_persona_takes_the_grant_and_no_other(house: TestHouse) -> None:
    mona = person(house, "Mona", grant=Grant.CARE)
    assert mona.viewer.roles == {"care"}
    assert mona.add("Second").roles == frozenset()
    assert mona.use("Mona").roles == {"care"}


def test_a_recovery_code_opens_once_and_ends_all_sessions(house: TestHouse) -> None:
    alice = person(house, "Alice")
    pid, cookie = alice.viewer.pid, alice.cookie
    back = flows.recover(house.site, alice.codes[3].upper(), "new", OTHER)
    assert flows.enter(house.site, back)
    with house.database.read() as db:
        assert open_session(db, house.site, cookie, alice.house.visitor().tongue) is None
    refused(lambda: flows.recover(house.site, alice.codes[3], "x", OTHER), "recovery.no_match")
    refused(lambda: flows.sign_in(house.site, "alice", PASSPHRASE), "signin.wrong")
    alice.name, alice.passphrase = "new", OTHER
    assert alice.sign_in().pid == pid


def test_the_other_codes_stay_good(house: TestHouse) -> None:
    alice = account(house, "alice")
    flows.recover(house.site, alice.codes[0], "new", OTHER)
    assert flows.recover(house.site, alice.codes[1], "newer", OTHER)


def test_t2_a_frozen_account_does_not_burn_the_code(house: TestHouse) -> None:
    alice = account(house, "alice")
    with house.database.write() as uow:
        uow.run(LOCK, which=alice.viewer.account, new_lock_day=clock.day() + 3)
    refused(lambda: flows.recover(house.site, alice.codes[0], "new", OTHER), "recovery.no_match")
    clock.offset = 4 * clock.DAY
    refused(lambda: flows.recover(house.site, alice.codes[0], "new", OTHER), "recovery.no_match")
    assert come_back(house.site, "alice", PASSPHRASE, alice.codes[0])


def test_a_weak_new_passphrase_does_not_burn_the_code(house: TestHouse) -> None:
    alice = account(house, "alice")
    with pytest.raises(Invalid):
        flows.recover(house.site, alice.codes[0], "new", "short")
    assert flows.recover(house.site, alice.codes[0], "new", OTHER)


def test_new_codes_replace_the_old_ones(house: TestHouse) -> None:
    alice = account(house, "alice")
    fresh = flows.replace_codes(house.site, flows.unlock(house.site, "alice", PASSPHRASE))
    refused(lambda: flows.recover(house.site, alice.codes[0], "new", OTHER), "recovery.no_match")
    newer = flows.replace_codes(house.site, flows.unlock(house.site, "alice", PASSPHRASE))
    refused(lambda: flows.recover(house.site, fresh[0], "new", OTHER), "recovery.no_match")
    assert flows.recover(house.site, newer[7], "new", OTHER)


def test_a_changed_passphrase_ends_every_session(house: TestHouse) -> None:
    alice = account(house, "alice")
    old = alice.cookie
    flows.change_passphrase(house.site, flows.unlock(house.site, "alice", PASSPHRASE), "alice", OTHER)
    with house.database.read() as db:
        assert open_session(db, house.site, old, house.visitor().tongue) is None
    refused(alice.sign_in, "signin.wrong")
    alice.passphrase = OTHER
    assert alice.sign_in().is_member


def test_a_step_that_asks_the_passphrase_wants_this_account(house: TestHouse) -> None:
    alice, bob = account(house, "alice"), account(house, "bob")
    assert signing_in.confirm(house.site, alice.viewer, "alice", PASSPHRASE)
    refused(lambda: signing_in.confirm(house.site, bob.viewer, "alice", PASSPHRASE), "signin.wrong")


def test_a_house_wide_guard_meets_every_persona_at_once_and_at_sign_in(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    first = mallory.viewer.pid
    second = mallory.add("Other")
    with house.database.write() as uow:
        set_guard(uow, SITE, first, days=30, case=b"case")
    house.site.held.refresh()
    with house.database.read() as db:
        met_again = open_session(db, house.site, mallory.cookie, second.tongue)
    assert met_again is not None
    assert (met_again.is_member, met_again.case) == (False, b"case")
    assert not any((met_again.siblings, met_again.key, met_again.account))
    with pytest.raises(flows.Excluded) as met:
        mallory.sign_in()
    assert met.value.case == b"case"
    clock.offset = 31 * clock.DAY
    assert mallory.sign_in().is_member


def rows(house: TestHouse, table: str) -> int:
    return int(house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_an_invitation_outlives_a_busy_house(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.database.write() as uow:
        code = issue_invitation(uow, house.keys)
    wish = flows.SignUp("alice", PASSPHRASE, Band.ADULT, code)

    def full(*_: object) -> bytes:
        raise Busy

    with monkeypatch.context() as crowd:
        crowd.setattr(type(sign_in_hash), "__call__", full)
        with pytest.raises(Busy):
            flows.sign_up(house.site, wish)
    assert flows.sign_up(house.site, wish)
