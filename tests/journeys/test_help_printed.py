"""Help now on paper: one sheet, everything open, and nothing of the house on it."""

from __future__ import annotations

import re

import pytest

from mashrabiya.support.tests.lines import line
from mashrabiya.testing.house import TestHouse

from .conftest import NewPage

PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_prints_on_one_sheet(house: TestHouse, new_page: NewPage, language: str) -> None:
    house.site.rooms["lines"] = lambda db, viewer: [line("EG"), line("EG", "LB"), line()]
    page = new_page(language)
    page.goto("/h?all=1")
    assert len(PAGES.findall(page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.browser
def test_what_is_folded_on_a_screen_is_printed_too(new_page: NewPage) -> None:
    page = new_page("en")
    page.goto("/h")
    page.emulate_media(media="print")
    for words in ("Write down two things", "No family, no police", "Note the links"):
        assert page.get_by_text(words).is_visible(), words
    for unseen in ("Home", "Leave quickly", "A copy to print"):
        assert not page.get_by_text(unseen).first.is_visible(), unseen
