"""The pages on which whoever runs a place keeps its tags."""

from __future__ import annotations

from mashrabiya.communities import queries
from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.communities.types import PlaceTag
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.tagging import press
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse


def offered(house: TestHouse, alice: Person, cid: bytes) -> list[PlaceTag]:
    with house.database.read() as db:
        return list(queries.get_community(db, alice.viewer, cid).tags)


def add(person: Person, page: str, **names: str) -> Page:
    """The form with the two names, filled."""
    sheet = next(form for form in person.browser.get(page).forms if "ar" in form.fields)
    return person.browser.post(page, {**sheet.fields, **names})


def test_added_ordered_renamed_and_retired_by_its_pages(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    page = f"/c/{show_id(cid)}/edit/tags"
    assert f'href="{page}"' in alice.browser.get(f"/c/{show_id(cid)}/edit").text
    assert "No tags here yet" in alice.browser.get(page).text
    for names in ({"ar": "طبخ", "en": "Cooking"}, {"en": "Bread"}, {"en": "  Bread "}):
        assert add(alice, page, **names).location == page
    assert [tag.name("en") for tag in offered(house, alice, cid)] == ["Cooking", "Bread"]
    sheet = next(form for form in alice.browser.get(page).forms if "n" in form.fields)
    for _ in range(2):
        assert alice.browser.post(page, sheet.fields).location == page
    assert [tag.name("en") for tag in offered(house, alice, cid)] == ["Bread", "Cooking"]
    one = f"{page}/1"
    old = alice.browser.get(one).form(one).fields
    assert press(alice, one, one, en="Kitchen").location == page
    late = alice.browser.post(one, {**old, "en": "Stove"})
    assert (late.status, "Stove" in late.text, "changed meanwhile" in late.text) == (422, True, True)
    assert late.form(one).fields["mark"] == offered(house, alice, cid)[1].shown
    assert press(alice, one, one, offer="no").location == page
    text = alice.browser.get(page).text
    assert "Retired tags" in text
    assert "Kitchen" not in bob.browser.get(f"/c/{show_id(cid)}").text
    assert press(alice, one, one, offer="yes").location == page
    assert [tag.name("ar") for tag in offered(house, alice, cid)] == ["Bread", "طبخ"]
    assert alice.browser.get(f"{page}/9").status == 404
    wrong = add(alice, page, ar="الطبخ")
    assert (wrong.status, "has a tag of that name" in wrong.text, "الطبخ" in wrong.text) == (422, True, True)
    for browser in (bob.browser, house.browser()):
        for path in (page, one):
            assert "Kitchen" not in browser.get(path).text
            browser.post(path, {"en": "Mine"})
    assert len(offered(house, alice, cid)) == 2


def test_what_nobody_would_call_a_tag_breaks_nothing(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    page, place = f"/c/{show_id(cid)}/edit/tags", f"/c/{show_id(cid)}"
    for text in NAUGHTY:
        for field in ("ar", "en"):
            sent = add(alice, page, **{field: text})
            assert sent.status in {303, 422}, text
    for path in (page, place, f"{place}/t", "/l"):
        text = alice.browser.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    for tag in offered(house, alice, cid):
        assert alice.browser.get(tag.path).status == 200
        assert alice.browser.get(f"{place}?tag={tag.n}").status == 200
