"""T25: how help becomes trust, number by number."""

from __future__ import annotations

import pytest

from mashrabiya.safety.trust import rules
from mashrabiya.safety.trust.types import BUCKETS, Help, Level, Measure, Presence

ENOUGH = Help(people=2, days=4, places=2, span=21)
MEASURE = Measure(people=2, places=2)


def test_different_people_on_different_days_in_different_places_make_somebody_established() -> None:
    assert rules.level_of(ENOUGH, Presence(), MEASURE) is Level.KNOWN


@pytest.mark.parametrize(
    "less",
    [Help(1, 40, 9, 400), Help(9, 3, 9, 400), Help(9, 40, 1, 400), Help(9, 40, 9, 20)],
    ids=["people", "days", "places", "span"],
)
def test_much_of_one_does_not_stand_for_little_of_another(less: Help) -> None:
    assert rules.level_of(less, Presence(), MEASURE) is Level.NEW


def test_the_most_trusted_take_three_times_as_many_and_two_who_vouch() -> None:
    long = Help(people=6, days=10, places=2, span=90)
    assert rules.level_of(long, Presence(), MEASURE, vouchers=2) is Level.TRUSTED
    for less in (Help(5, 10, 2, 90), Help(6, 9, 2, 90), Help(6, 10, 2, 89)):
        assert rules.level_of(less, Presence(), MEASURE, vouchers=2) is Level.KNOWN
    assert rules.level_of(long, Presence(), MEASURE, vouchers=1) is Level.KNOWN


def test_presence_settles_and_never_establishes() -> None:
    assert rules.level_of(Help(), Presence(3, answered=True), MEASURE) is Level.SETTLED
    assert rules.level_of(Help(), Presence(1000, answered=True), MEASURE) is Level.SETTLED
    for less in (Presence(2, answered=True), Presence(9), Presence(9, answered=True, removed=True)):
        assert rules.level_of(Help(), less, MEASURE) is Level.NEW


def test_two_of_a_branch_count() -> None:
    assert rules.counted({3: 40, 5: 1}) == 3
    assert rules.counted({}) == 0


def test_a_branch_is_another_number_for_each_who_was_helped() -> None:
    branch, targets = b"abcdefgh", [bytes([n]) * 16 for n in range(64)]
    drawn = [rules.bucket_of(branch, target, bytes([n]) * 16) for n, target in enumerate(targets)]
    assert set(drawn) == set(range(BUCKETS))
    assert rules.bucket_of(branch, targets[0], b"x" * 16) == rules.bucket_of(branch, targets[0], b"y" * 16)


def test_whom_nobody_invited_is_a_branch_of_her_own() -> None:
    drawn = {rules.bucket_of(b"", b"t" * 16, bytes([n]) * 16) for n in range(BUCKETS)}
    assert len(drawn) == BUCKETS
    assert rules.bucket_of(bytes(8), b"t" * 16, b"\x05" * 16) == 5


@pytest.mark.parametrize(
    ("helped_by", "named", "people"),
    [
        ([], 0, 1),
        ([], 4, 1),
        ([], 5, 2),
        ([1] * 15, 3, 2),
        ([2] * 12, 3, 3),
        ([3] * 10, 3, 3),
        ([9] * 40, 3, 5),
        ([1] * 900, 3, 2),
    ],
)
def test_a_quarter_of_the_established_is_enough(helped_by: list[int], named: int, people: int) -> None:
    assert rules.needed(helped_by, named) == people


@pytest.mark.parametrize("named", [1, 2, 3, 6])
def test_a_house_of_fifteen_can_climb_it(named: int) -> None:
    helped_by = [0] * (15 - named)
    for _night in range(200):
        people = rules.needed(helped_by, named)
        climbing = next((n for n, many in enumerate(helped_by) if many < people), None)
        if climbing is None:
            return
        assert people <= named + sum(1 for many in helped_by if many >= people), "nobody is left to help"
        helped_by[climbing] = people
    pytest.fail("somebody never gets there")


def test_a_swarm_that_one_person_helped_up_raises_the_number_above_itself() -> None:
    assert rules.needed([1] * 1000, 2) == 2
    assert rules.needed([2] * 1000, 3) == 3
