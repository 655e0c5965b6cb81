"""What is drawn once is the same for all; nothing of a reader is in it, and nothing old stays in it."""

from __future__ import annotations

from typing import Any

import pytest

from mashrabiya.library.guides import commands, printed, queries
from mashrabiya.library.guides.tests.scene import Shelf
from mashrabiya.library.guides.types import NewEdition, Role
from mashrabiya.library.terms import flows as terms
from mashrabiya.testing.house import TestHouse

SLUG = "questioning"
HELPED = 'aria-pressed="true"'


@pytest.fixture
def shelf(house: TestHouse) -> Shelf:
    terms.furnish(house.database)
    return Shelf(house)


def sheets(shelf: Shelf) -> list[Any]:
    return [kept.printed for kept in shelf.house.site.rooms["library_sheets"].values()]


def test_nothing_of_who_opens_it_first_is_kept(shelf: Shelf) -> None:
    alice, bob = shelf.house.person("Alice", language="en"), shelf.house.person("Bob", language="en")
    page = shelf.get(SLUG, by=alice.browser)
    form = f"{shelf.guide(SLUG).address}/k"
    alice.browser.post(form, page.form(form).fields)
    shelf.house.site.rooms["library_sheets"].clear()
    assert HELPED in shelf.get(SLUG, by=alice.browser).text
    # Hers was the sheet that is kept now; Bob and a visitor are shown it too.
    assert HELPED not in shelf.get(SLUG, by=bob.browser).text
    assert 'action="' + form not in shelf.get(SLUG, by=shelf.house.browser("en")).text
    (kept,) = sheets(shelf)
    assert not kept.whole.opened.marked
    drawn = [html for html, _ in kept.sections] + [kept.behind, kept.below, kept.aside]
    for one in ("csrf", 'name="_f"', "Alice", HELPED):
        assert not any(one in html for html in drawn), one


def test_each_way_of_speaking_has_its_own(shelf: Shelf) -> None:
    english, arabic = (shelf.get(SLUG, by=shelf.house.browser(language)).text for language in ("en", "ar"))
    assert english != arabic
    assert len(sheets(shelf)) == 2
    assert shelf.get(SLUG, by=shelf.house.browser("en")).text == english


def test_a_new_edition_is_shown_at_once_and_what_closes_is_gone(shelf: Shelf) -> None:
    guide = shelf.guide(SLUG)
    before = shelf.get(SLUG, by=shelf.house.browser("en")).text
    with shelf.house.database.write() as uow:
        text = next(one.text for one in queries.editions(uow, guide.id) if one.lang == "en")
        first = next(line for line in text.splitlines() if line and not line.startswith("#"))
        new = NewEdition("en", text.replace(first, f"{first} Nothing like this was said before."), Role(1))
        commands.publish(uow, commands.add_edition(uow, guide.id, new))
    shelf.house.site.held.refresh()
    after = shelf.get(SLUG, by=shelf.house.browser("en")).text
    assert "Nothing like this was said before." in after
    assert "Nothing like this was said before." not in before
    shelf.change(SLUG, open=0)
    assert shelf.get(SLUG, by=shelf.house.browser("en")).status == 404


def test_only_so_many_are_kept(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "MOST", 1)
    for language in ("en", "ar", "en"):
        assert shelf.get(SLUG, by=shelf.house.browser(language)).status == 200
        assert len(sheets(shelf)) == 1
