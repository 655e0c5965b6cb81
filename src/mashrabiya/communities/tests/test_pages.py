"""The doors of communities, by hand and without JavaScript."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities import commands
from mashrabiya.communities.tests.factories import MONA
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people.tests.factories import person
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import TestHouse


def found(house: TestHouse, audience: Audience, name: str = "Night kitchen") -> str:
    """A community; answers its path."""
    new = NewCommunity(name=name, about="Recipes.", language="en", audience=audience)
    with house.database.write() as uow:
        return f"/c/{show_id(commands.found(uow, MONA, new))}"


def made_up() -> str:
    return f"/c/{show_id(new_id())}"


def masked(text: str) -> str:
    """Without the hidden field, which is new in every answer."""
    return re.sub(r'name="_f" value="[^"]*"', "", text)


def test_the_list_shows_each_viewer_what_is_hers(house: TestHouse) -> None:
    for audience in Audience:
        found(house, audience, f"Place {audience.name}")
    visitor, alice = house.browser().get("/c").text, house.person("Alice").browser.get("/c").text
    seen = {audience.name: (audience.name in visitor, audience.name in alice) for audience in Audience}
    assert seen == {
        "PUBLIC": (True, True),
        "SIGNED_IN": (False, True),
        "MEMBERS": (False, True),
        "TRUSTED": (False, True),
        "HIDDEN": (False, False),
    }


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_list_speaks_both_languages(house: TestHouse, language: str) -> None:
    assert house.browser(language).get("/c").status == 200


def test_the_title_names_no_community(house: TestHouse) -> None:
    found(house, Audience.PUBLIC, "Balcony plants")
    text = house.browser().get("/c").text
    assert "Balcony plants" not in text[text.index("<title>") : text.index("</title>")]


def test_a_persona_joins_and_leaves(house: TestHouse) -> None:
    path = found(house, Audience.SIGNED_IN)
    browser = house.person("Alice").browser
    assert browser.submit(path, f"{path}/in").location == path
    assert "Joined" in browser.get("/c").text
    asked = browser.get(f"{path}/out").text
    assert "It stays" in unescape(asked)
    assert browser.submit(f"{path}/out", f"{path}/out").location == "/c"
    assert "Joined" not in browser.get("/c").text


def test_who_joins_in_order_to_answer_goes_on_reading(house: TestHouse) -> None:
    path, thread = found(house, Audience.PUBLIC), show_id(new_id())
    form = house.person("Alice").browser
    fields = form.get(path).form(f"{path}/in").fields
    assert form.post(f"{path}/in", {**fields, "thread": thread}).location == f"/t/{thread}#write"
    for elsewhere in ("//far.example", "../x", "https://far.example"):
        assert form.post(f"{path}/in", {**fields, "thread": elsewhere}).status == 404


@pytest.mark.parametrize("place", ["/in", "/out", "/edit"])
def test_sending_to_a_hidden_place_is_sending_to_none(house: TestHouse, place: str) -> None:
    hidden, browser = found(house, Audience.HIDDEN), house.person("Mallory").browser
    field = browser.get("/c/new")
    assert field.status == 404
    answers = [browser.post(path + place, {}) for path in (hidden, made_up())]
    assert answers[0].status == answers[1].status
    assert answers[0].body == answers[1].body


@pytest.mark.parametrize("place", ["/out", "/edit", "/in"])
def test_a_hidden_place_is_missing(house: TestHouse, place: str) -> None:
    hidden, browser = found(house, Audience.HIDDEN), house.person("Mallory").browser
    answers = [browser.get(path + place) for path in (hidden, made_up(), "/nowhere")]
    assert [answer.status for answer in answers] == [404, 404, 404]
    assert answers[0].body == answers[1].body == answers[2].body


def test_without_a_session_nothing_can_be_joined(house: TestHouse) -> None:
    visitor = house.browser()
    paths = [f"{found(house, Audience.PUBLIC)}/in", f"{made_up()}/in"]
    answers = [masked(unescape(visitor.post(path, {}).text).replace(path, "")) for path in paths]
    assert answers[0] == answers[1]


def test_a_member_does_not_find_the_editing_page(house: TestHouse) -> None:
    path, browser = found(house, Audience.SIGNED_IN), house.person("Bob").browser
    browser.submit(path, f"{path}/in")
    assert browser.get(f"{path}/edit").status == 404


SAID = {"name": "Night kitchen", "about": "Recipes.", "agreements": "Be kind."}


def test_before_the_house_is_open_founding_is_for_its_hosts(house: TestHouse) -> None:
    alice = house.person("Alice")
    assert alice.browser.get("/c/new").body == alice.browser.get("/nowhere").body
    assert "/c/new" not in alice.browser.get("/c").text


def test_founding_sent_twice_founds_once_and_other_words_found_another(house: TestHouse) -> None:
    browser = person(house, "Mona", grant=Grant.HOST).browser()
    form = {**browser.get("/c/new").form("/c/new").fields, **SAID}
    sent = [browser.post("/c/new", form) for _ in range(2)]
    changed = browser.post("/c/new", {**form, "name": "Far from home"})
    assert [page.status for page in (*sent, changed)] == [303] * 3
    listed = browser.get("/c").text
    assert listed.count("Night kitchen</") == 1
    assert listed.count("Far from home</") == 1
