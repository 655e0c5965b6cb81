"""The copy of what is hers holds the experiences she told: by name with that name, unnamed ones where she joins them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from mashrabiya.home.tests.test_copied_given import anew
from mashrabiya.home.tests.test_copies import copied
from mashrabiya.kernel import clock
from mashrabiya.library.stories import commands
from mashrabiya.library.stories.tests.steps import named, tell
from mashrabiya.library.stories.tests.test_steps import EAT, OF_SITTING, OF_STANDING, SIT, STAND
from mashrabiya.library.stories.tests.test_steps import Told as OfSteps
from mashrabiya.library.stories.types import Told
from mashrabiya.people.types import CopyOf
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture(autouse=True)
def on_time() -> Iterator[None]:
    yield
    clock.offset = 0.0


def test_each_stands_where_she_joins_it_and_leads_nowhere(house: TestHouse, alice: Person) -> None:
    bob, month = house.person("Bob"), clock.iso(clock.day())[:7]
    by_name = named(
        alice, was="First line.\nSecond <b>line</b>.", question="By name?", country="JO", note_1="1"
    )
    unnamed = tell(alice, question="By nobody?", tick_2="1")
    tell(bob, question="Of Bob?")
    alice.new_persona("Zahra")
    named(alice, question="By Zahra?")
    alice.as_persona(0)
    assert bob.browser.submit(by_name, f"{by_name}/h", same="1").status == 303
    page, told = copied(alice)
    (one,) = told["personas"][0]["experiences"]
    assert one["was"] == "First line.\nSecond <b>line</b>."
    assert one["month"] == month, "the month is all that is kept"
    assert (one["about"], one["agreed"], one["same"]) == ("telling", ["members"], 1)
    assert (one["country"], len(one["notes"])) == ("JO", 1)
    assert "Second &lt;b&gt;" in page
    for text in (page, json.dumps(told)):
        for other in ("By nobody?", "By Zahra?", "Of Bob?", "Bob"):
            assert other not in text, other
        for path in (by_name, unnamed):
            assert path.rpartition("/")[2] not in text, "an address would lead from a found file to the house"
    assert "unnamed_experiences" not in told
    page, told = anew(alice, CopyOf.UNNAMED)
    assert [one["question"] for one in told["unnamed_experiences"]] == ["By nobody?"]
    assert told["unnamed_experiences"][0]["agreed"] == ["members", "everybody"]
    assert "By Zahra?" not in page
    assert unnamed.rpartition("/")[2] not in page + json.dumps(told)
    page, told = anew(alice, CopyOf.TOGETHER)
    assert [[one["question"] for one in name["experiences"]] for name in told["personas"]] == [
        ["By name?"],
        ["By Zahra?"],
    ]
    assert "By Zahra?" in page
    alice.browser.submit(f"{unnamed}/d", f"{unnamed}/d")
    page, told = anew(alice, CopyOf.TOGETHER)
    assert told["unnamed_experiences"] == []


def test_all_of_them_however_many(house: TestHouse, alice: Person) -> None:
    with house.database.write() as uow:
        for number in range(140):
            unnamed = number >= 120
            commands.tell(uow, alice.viewer, Told(about=1, was=f"Number {number}.", unnamed=unnamed))
    _, told = copied(alice, CopyOf.UNNAMED)
    told_by_name = {one["was"] for one in told["personas"][0]["experiences"]}
    assert told_by_name == {f"Number {number}." for number in range(120)}
    assert {one["was"] for one in told["unnamed_experiences"]} == {
        f"Number {number}." for number in range(120, 140)
    }


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_of_it_is_whole_in_both_languages(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    named(alice)
    page, _ = copied(alice)
    assert {"ar": "تجارب", "en": "Experiences"}[language] in page
    assert "library.stories" not in page


@pytest.mark.parametrize(("steps", "sat"), [((EAT, STAND, SIT), 3), ((EAT, STAND), 0)])
def test_a_step_is_said_by_where_it_stands_now(house: TestHouse, steps: tuple[str, ...], sat: int) -> None:
    scene = OfSteps(house)
    scene.order(*steps)
    copied(scene.teller)
    _, told = anew(scene.teller, CopyOf.UNNAMED)
    said = {one["was"]: one["step"] for one in told["unnamed_experiences"]}
    assert said == {OF_SITTING: sat, OF_STANDING: 2}
