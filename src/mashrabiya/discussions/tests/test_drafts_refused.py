"""What keeps no draft, and what an answer about one never says."""

from __future__ import annotations

import re

import pytest

from mashrabiya.discussions.tests.test_drafts import CANARY, keep, kept, place, rows
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.testing.house import Person, TestHouse

__all__ = ["place"]


def test_another_name_in_the_middle_of_writing_takes_no_draft_along(
    house: TestHouse, alice: Person, bob: Person, place: str
) -> None:
    keep(bob, place, title="T", body=CANARY)
    (draft,) = kept(house, bob.viewer)
    page = bob.browser.submit(f"{place}?draft={draft.number}", place, whom="1")
    assert CANARY in page.text
    assert "draft_from" not in page.text


def test_who_has_no_persona_or_no_session_keeps_nothing(house: TestHouse, bob: Person, place: str) -> None:
    fields = {
        "_f": bob.browser.get(place).form(place).fields["_f"],
        "title": "T",
        "body": "B",
        "keep_draft": "1",
    }
    visitor = house.browser()
    assert visitor.post(place, fields).status in {200, 403, 404}
    assert visitor.get("/me/drafts").status == visitor.get("/me/drafts/1").status == 404
    assert bob.browser.post(place, {**fields, "_f": "0" * 64}).status == 403
    empty = keep(bob, place, title="", body="  ")
    assert empty.status == 422
    assert "Nothing is written yet" in empty.text
    assert rows(house) == []
    for number in ("x", "-1", "200", "999", "1000", "٣"):
        assert bob.browser.get(f"/me/drafts/{number}").status == 404
        assert bob.browser.get(f"{place}?draft={number}").status == 200
    with house.database.read() as db, pytest.raises(NotFound):
        people.drafts(db, Viewer())


def test_an_answer_to_a_script_is_no_page_of_the_house(house: TestHouse, bob: Person, place: str) -> None:
    page = keep(bob, place, title="T", body=CANARY, auto="1")
    assert re.search(r'name="draft_from" value="[0-9a-f]{16}"', page.text)
    assert "Draft kept." in page.text
    for part in (CANARY, "Night kitchen", "Mashrabiya", "<form"):
        assert part not in page.text, part
