"""Counters that slow and never lock out (T33 of the security core, its pure half)."""

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import TooMany
from mashrabiya.platform.limits import BUDGETS, Limits

HERE, THERE = b"\xc0\xa8\x01", b"\x0a\x00\x00"


@pytest.fixture(autouse=True)
def still_clock() -> object:
    yield
    clock.offset = 0.0


def test_a_crowded_network_adds_work_and_refuses_nothing() -> None:
    limits = Limits()
    asked = [limits.sign_in_needs_work(HERE) for _ in range(25)]
    assert asked == [False] * 20 + [True] * 5
    assert not limits.sign_in_needs_work(THERE)
    assert [limits.sign_up_from(HERE) for _ in range(7)] == [False] * 5 + [True] * 2


@pytest.mark.parametrize("network", [None, b""])
def test_the_onion_has_no_network(network: bytes | None) -> None:
    limits = Limits()
    assert not any(limits.sign_in_needs_work(network) for _ in range(100))


def test_a_network_calms_down() -> None:
    limits = Limits()
    for _ in range(40):
        limits.sign_in_needs_work(HERE)
    clock.offset += 3600
    assert not limits.sign_in_needs_work(HERE)


def test_a_name_is_slowed_after_ten_misses_and_never_locked() -> None:
    limits = Limits()
    for _ in range(10):
        assert limits.name_wait(b"nour") == 0
        limits.count_try(b"nour")
        limits.count_miss(b"nour")
    assert 0 < limits.name_wait(b"nour") <= 30
    clock.offset += 30
    assert limits.name_wait(b"nour") == 0
    assert limits.name_wait(b"other") == 0


def test_tries_that_open_do_not_slow() -> None:
    limits = Limits()
    for _ in range(50):
        limits.count_try(b"nour")
    assert limits.name_wait(b"nour") == 0


def test_the_whole_site_asks_for_more_work_past_thirty_sign_ups() -> None:
    limits = Limits()
    for _ in range(30):
        assert not limits.site_is_busy()
        limits.count_sign_up()
    assert limits.site_is_busy()


def test_a_person_has_one_budget_and_gets_it_back() -> None:
    limits = Limits()
    for _ in range(BUDGETS["reply"].acts):
        limits.spend("reply", b"person")
    with pytest.raises(TooMany) as refusal:
        limits.spend("reply", b"person")
    limits.spend("reply", b"someone")
    limits.spend("thread", b"person")
    clock.offset += refusal.value.after
    limits.spend("reply", b"person")


def test_what_is_tried_beyond_the_budget_is_not_held_against_her() -> None:
    limits = Limits()
    for _ in range(BUDGETS["found"].acts):
        limits.spend("found", b"person")
    waits = []
    for _ in range(5):
        with pytest.raises(TooMany) as refusal:
            limits.spend("found", b"person")
        waits.append(refusal.value.after)
    assert max(waits) - min(waits) <= 1


def test_a_visitor_is_not_refused() -> None:
    limits = Limits()
    for _ in range(1000):
        limits.spend("search", b"", HERE)


def test_limits_can_be_off_in_sample_houses() -> None:
    limits = Limits(on=False)
    for _ in range(1000):
        limits.spend("reply", b"person")
        assert not limits.sign_in_needs_work(HERE)


def test_nothing_is_kept_by_its_name() -> None:
    limits = Limits()
    limits.count_try(b"a-name-nobody-should-read")
    limits.spend("reply", b"person-with-a-long-key")
    assert b"name" not in repr(limits.__dict__).encode()
    assert b"person" not in repr(limits.__dict__).encode()


def test_a_new_day_has_a_new_key() -> None:
    limits = Limits()
    for _ in range(10):
        limits.count_miss(b"nour")
    clock.offset += clock.DAY
    limits.count_try(b"nour")
    assert limits.name_wait(b"nour") == 0
