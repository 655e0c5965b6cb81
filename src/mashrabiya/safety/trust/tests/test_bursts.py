"""What looks like a raid is noticed, of different people only, and forgotten within the hour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mashrabiya.communities.tests.factories import ALICE, other_persona, person
from mashrabiya.kernel import clock
from mashrabiya.safety.trust.bursts import TAKES, Bursts, Sign

PLACE, OTHER = b"p" * 16, b"o" * 16


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


def test_many_who_join_at_once_are_noticed_there_and_nowhere_else() -> None:
    bursts = Bursts()
    for number in range(TAKES[Sign.JOINS]):
        assert bursts.signs(PLACE) == []
        bursts.joined(PLACE, person(f"Raider {number}"))
    assert bursts.signs(PLACE) == [Sign.JOINS]
    assert bursts.signs(OTHER) == []
    clock.offset += clock.HOUR
    assert bursts.signs(PLACE) == []


def test_one_person_is_no_burst_whatever_her_name() -> None:
    bursts = Bursts()
    for number in range(30):
        who = ALICE if number % 2 else other_persona(ALICE)
        bursts.joined(PLACE, who)
        bursts.wrote(PLACE, who, "Come and see https://example.org/here")
    assert bursts.signs(PLACE) == []


def test_like_words_are_noticed_however_they_are_spelled() -> None:
    bursts = Bursts()
    for number, words in enumerate(
        ("Leave this  place!", "LEAVE this place", "leave, this place.", "Leave this place…")
    ):
        bursts.wrote(PLACE, person(f"Raider {number}"), words)
    assert bursts.signs(PLACE) == [Sign.WORDS]


def test_like_addresses_are_noticed_among_other_words() -> None:
    bursts = Bursts()
    for number in range(TAKES[Sign.LINKS]):
        bursts.wrote(
            PLACE, person(f"Raider {number}"), f"Words {number} of mine: HTTPS://Example.org/{number}"
        )
    assert bursts.signs(PLACE) == [Sign.LINKS]


def test_what_everybody_says_is_no_burst() -> None:
    bursts = Bursts()
    for number in range(40):
        bursts.wrote(PLACE, person(f"Guest {number}"), "مرحبا!")
        bursts.wrote(PLACE, person(f"Guest {number}"), f"This is what I, number {number}, grow at home.")
    assert bursts.signs(PLACE) == []


def test_nothing_that_was_said_and_nobody_who_said_it_lies_there() -> None:
    bursts = Bursts()
    bursts.wrote(PLACE, ALICE, "Leave this place now")
    (((_, _, what), people),) = bursts._people.items()
    assert len(what) == 8
    assert b"leave" not in what
    assert not {*people} & {*ALICE.siblings}
    again = Bursts()
    again.wrote(PLACE, ALICE, "Leave this place now")
    assert again._people.keys() != bursts._people.keys(), "another process cannot compare"
