"""The persona in use, and changing it from home."""

from __future__ import annotations

import pytest

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import Person, TestHouse

AS = {"ar": ("الكتابة باسم", "اسم مستعار جديد"), "en": ("Writing as", "New persona")}


@pytest.fixture
def alice(house: TestHouse) -> Person:
    found = house.person("Alice")
    found.new_persona("Ink")
    return found


def sheet(page: str) -> str:
    """The list, as it stands in the page."""
    begin = page.index('<details class="as"')
    return page[begin : page.index("</details>", begin)]


@pytest.mark.parametrize("language", list(AS))
def test_home_lists_her_names_and_each_is_one_press_away(
    house: TestHouse, alice: Person, language: str
) -> None:
    alice.browser.get(f"/?lang={language}")
    shown = sheet(alice.browser.get("/").text)
    assert all(word in shown for word in (*AS[language], "Alice", "Ink"))
    assert 'value="0"' in shown
    assert 'value="1"' not in shown, "the one in use is not switched to"
    fields = alice.browser.get("/").form("/me/p/switch").fields
    gone = alice.browser.post("/me/p/switch", {**fields, "slot": "0"})
    assert (gone.status, gone.location) == (303, "/")
    assert alice.viewer.face is not None
    assert alice.viewer.face.name == "Alice"
    assert [(other.slot, other.name) for other in alice.viewer.others] == [(1, "Ink")]


def test_switching_leads_back_into_this_house_only(alice: Person) -> None:
    leads = {"//elsewhere.example": "", "https://elsewhere.example/": "", "/nowhere": "", "": "", "/t": "/t"}
    for slot, (back, onward) in enumerate(leads.items()):
        fields = alice.browser.get("/").form("/me/p/switch").fields
        gone = alice.browser.post("/me/p/switch", {**fields, "slot": str(slot % 2), "back": back})
        assert (gone.status, gone.location) == (303, onward or "/me/p")


def test_nobody_switches_without_the_hidden_field_or_to_what_is_not_hers(alice: Person) -> None:
    fields = alice.browser.get("/").form("/me/p/switch").fields
    assert alice.browser.post("/me/p/switch", {**fields, "slot": "7"}).status == 404
    alice.browser.post("/me/p/switch", {"slot": "0", "back": "/"})
    assert alice.viewer.slot == 1


def test_her_other_names_stand_on_no_page_where_she_did_not_ask_for_them(
    house: TestHouse, alice: Person
) -> None:
    cid = open_place(house, alice)
    for path in ("/t", "/c", f"/c/{show_id(cid)}", f"/c/{show_id(cid)}/t", "/k", "/me/notes"):
        text = alice.browser.get(path).text
        assert "Alice" not in text, path
        assert "/me/p/switch" not in text, path


def test_in_the_neutral_look_home_names_no_other(alice: Person) -> None:
    alice.browser.submit("/me", "/me/look", discreet="1")
    text = alice.browser.get("/").text
    assert "data-discreet" in text
    assert "Alice" not in text
    assert "/me/p/switch" not in text


def test_the_list_asks_nothing_more(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    open_place(house, alice, bob)
    assert statements(alice, "/") == statements(bob, "/") <= 6
