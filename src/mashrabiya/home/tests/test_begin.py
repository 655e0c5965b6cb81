"""Home before there is anything to read there."""

from __future__ import annotations

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import TestHouse

BEGIN = {
    "ar": ("من أين البداية", "كتابة أول موضوع", "لا مجتمعات بعد."),
    "en": ("Where to begin", "Write the first thread", "No communities yet."),
}
LANGUAGES = list(BEGIN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_belongs_nowhere_is_shown_places(house: TestHouse, language: str) -> None:
    alice, charlie = house.person("Alice"), house.person("Charlie", language=language)
    shown = open_place(house, alice)
    hidden = open_place(house, alice, audience=Audience.HIDDEN)
    text = charlie.browser.get("/").text.replace("&#x2f;", "/")
    assert BEGIN[language][0] in text
    assert f"/c/{show_id(shown)}" in text
    assert show_id(hidden) not in text
    assert statements(charlie, "/") <= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_written_yet_the_first_thread_is_one_press_away(
    house: TestHouse, language: str
) -> None:
    alice = house.person("Alice", language=language)
    cid = open_place(house, alice)
    text = alice.browser.get("/").text.replace("&#x2f;", "/")
    assert BEGIN[language][1] in text
    assert f'href="/c/{show_id(cid)}/t"' in text
    begin(house.database, alice.viewer, cid)
    assert BEGIN[language][1] not in alice.browser.get("/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_house_without_places_says_so(house: TestHouse, language: str) -> None:
    charlie = house.person("Charlie", language=language)
    text = charlie.browser.get("/").text
    assert BEGIN[language][2] in text
    assert 'href="/c/new"' not in text


def test_filters_change_nothing_where_there_is_nothing(house: TestHouse) -> None:
    charlie = house.person("Charlie")
    for query in ("?only=waiting", "?only=helped&in=ar", "?after=made.up"):
        assert charlie.browser.get(f"/{query}").status == 200


def test_in_the_neutral_look_places_are_lists(house: TestHouse) -> None:
    alice, charlie = house.person("Alice"), house.person("Charlie")
    cid = open_place(house, alice)
    charlie.browser.submit("/me", "/me/look", discreet="1")
    text = charlie.browser.get("/").text.replace("&#x2f;", "/")
    assert f"/c/{show_id(cid)}" in text
    assert "Where to begin" not in text
