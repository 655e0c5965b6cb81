"""The doors by which a place ends or is handed on, by hand and without JavaScript."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities.tests.test_pages import SAID, made_up
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def mona(house: TestHouse) -> Person:
    """She runs a place in an open house."""
    house.change(open=True)
    return house.person("Mona")


@pytest.fixture
def path(mona: Person) -> str:
    return str(mona.browser.submit("/c/new", "/c/new", **SAID).location)


def again(who: Person) -> dict[str, str]:
    return {"name": who.name, "pass": who.passphrase}


def test_it_is_archived_and_whoever_was_writing_has_the_words_back(
    house: TestHouse, mona: Person, path: str
) -> None:
    bob = house.person("Bob")
    bob.browser.submit(path, f"{path}/in")
    form = {
        **bob.browser.get(f"{path}/t").form(f"{path}/t").fields,
        "title": "A title",
        "body": "Long words.",
    }
    mona.browser.submit(f"{path}/end", f"{path}/end/archive", on="1")
    answer = bob.browser.post(f"{path}/t", form)
    assert answer.status == 422
    assert "Long words." in answer.text
    assert "This community is archived." in unescape(answer.text)
    seen = unescape(bob.browser.get(path).text)
    assert "This community is archived." in seen
    assert f"{path}/t" not in seen
    assert "Night kitchen" not in bob.browser.get("/c").text
    assert "Night kitchen" in bob.browser.get("/c?a=1").text


def test_closing_asks_for_the_passphrase_and_tells_members_alone(
    house: TestHouse, mona: Person, path: str
) -> None:
    bob, charlie = house.person("Bob"), house.person("Charlie")
    bob.browser.submit(path, f"{path}/in")
    wrong = mona.browser.submit(
        f"{path}/end", f"{path}/end/close", name=mona.name, **{"pass": "not this one"}
    )
    assert wrong.status == 422
    assert f'value="{mona.name}"' in wrong.text
    assert "closes in" not in unescape(bob.browser.get(path).text)
    assert mona.browser.submit(f"{path}/end", f"{path}/end/close", **again(mona)).status == 303
    assert "It closes in 7 days." in unescape(bob.browser.get(path).text)
    assert "It closes in" not in unescape(charlie.browser.get(path).text)
    mona.browser.submit(f"{path}/end", f"{path}/end/off")
    assert "It closes in" not in unescape(bob.browser.get(path).text)


@pytest.mark.parametrize("place", ["/end", "/hand", "/edit/names", "/edit/ways", "/edit/door"])
def test_to_members_and_others_these_pages_are_not_there(
    house: TestHouse, mona: Person, path: str, place: str
) -> None:
    bob = house.person("Bob")
    bob.browser.submit(path, f"{path}/in")
    assert mona.browser.get(path + place).status == 200
    answers = [bob.browser.get(where + place) for where in (path, made_up())]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].body == answers[1].body


def test_a_member_is_asked_and_answers_on_the_page_of_the_place(
    house: TestHouse, mona: Person, path: str
) -> None:
    bob, charlie = house.person("Bob"), house.person("Charlie")
    for who in (bob, charlie):
        who.browser.submit(path, f"{path}/in")
    nobody = mona.browser.submit(
        f"{path}/hand", f"{path}/hand", name="Somebody", wish="offer", role="5", term="0"
    )
    assert nobody.status == 422
    assert 'value="Somebody"' in nobody.text
    mona.browser.submit(f"{path}/hand", f"{path}/hand", name="bob", wish="offer", role="5", term="0")
    asked = "Do you want to run this community?"
    assert asked in unescape(bob.browser.get(path).text)
    assert asked not in unescape(charlie.browser.get(path).text)
    bob.browser.submit(path, f"{path}/hand/answer", wish="yes")
    assert bob.browser.get(f"{path}/end").status == 200
    mona.browser.submit(f"{path}/end", f"{path}/hand/down")
    assert mona.browser.get(f"{path}/end").status == 404
    assert mona.browser.submit(f"{path}/out", f"{path}/out").status == 303


def test_whoever_joins_reads_the_welcome_first(house: TestHouse, mona: Person, path: str) -> None:
    mona.browser.submit(
        f"{path}/edit/ways", f"{path}/edit/ways", welcome="Come *in*.", slow="10", note_256="1"
    )
    bob = house.person("Bob").browser
    assert bob.submit(path, f"{path}/in").location == f"{path}/w"
    assert "Come <em>in</em>." in bob.get(f"{path}/w").text
    assert "Every thread here carries" in unescape(bob.get(f"{path}/t").text)


def test_what_was_typed_comes_back_when_a_name_is_taken(house: TestHouse, mona: Person, path: str) -> None:
    other = str(mona.browser.submit("/c/new", "/c/new", **(SAID | {"name": "Balcony plants"})).location)
    answer = mona.browser.submit(
        f"{other}/edit/names", f"{other}/edit/names", other_name="Night kitchen", other_about="Typed words."
    )
    assert answer.status == 422
    assert "Typed words." in answer.text
    assert path in answer.text


def test_another_picture_is_one_of_those_shown(mona: Person, path: str) -> None:
    shown = re.findall(r'name="door" value="([0-9a-f]{16})"', mona.browser.get(f"{path}/edit/door").text)
    assert len(set(shown)) == 6
    assert mona.browser.submit(f"{path}/edit/door", f"{path}/edit/door").status == 422
    assert mona.browser.submit(f"{path}/edit/door", f"{path}/edit/door", door="<script>").status == 422
    assert mona.browser.submit(f"{path}/edit/door", f"{path}/edit/door", door=shown[0]).status == 303


def test_earlier_versions_are_read_in_both_languages(house: TestHouse, mona: Person, path: str) -> None:
    mona.browser.submit(f"{path}/edit", f"{path}/edit", agreements="Be kind.\nNo names.")
    for language in ("ar", "en"):
        text = house.browser(language).get(f"{path}/a")
        assert text.status == 404, "a place for those with an account"
    seen = mona.browser.get(f"{path}/a").text
    assert "<ins>No names.</ins>" in seen
    assert "Version 2" in unescape(re.sub(r"</?bdi>|[\u2068\u2069]", "", seen))
