"""What readers find, and what they do not."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.library.guides.commands import editing
from mashrabiya.library.guides.tests.scene import Shelf
from mashrabiya.library.guides.types import State
from mashrabiya.library.terms import flows as terms
from mashrabiya.people import flows
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse

SLUG, NOTED, LEGAL = "questioning", "blackmail", "law-and-arrest"
FOLDED, HURRIED = "suicide-safety", "violence-at-home"
TITLE = {"ar": "المكتبة", "en": "Library"}


@pytest.fixture
def shelf(house: TestHouse) -> Shelf:
    return Shelf(house)


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _ids(html: str) -> set[str]:
    return set(re.findall(r'href="(/y/[0-9a-z]{26})"', html))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_front_page_lists_what_can_be_read(shelf: Shelf, language: str) -> None:
    page = shelf.house.browser(language).get("/y")
    assert page.status == 200
    assert f"<title>{TITLE[language]}</title>" in page.text
    assert len(_ids(page.text)) == 24
    assert shelf.guide(LEGAL).address not in page.text
    assert page.text.index('href="/h"') < page.text.index(shelf.guide(NOTED).address)
    first = catalogue(language).texts["library.guides.state_first", "n"]
    assert page.text.count(first) >= 24


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_guide_is_read(shelf: Shelf, language: str) -> None:
    page = shelf.get(SLUG, by=shelf.house.browser(language))
    assert page.status == 200
    assert f"<title>{TITLE[language]}</title>" in page.text
    assert catalogue(language).texts["library.guides.first", "n"] in page.text
    assert 'class="steps"' in page.text
    assert 'id="n5"' in page.text
    assert 'id="sources"' in page.text
    assert page.header("cache-control") == "no-store"


def test_it_costs_a_statement_and_one_for_what_was_lived(shelf: Shelf) -> None:
    browser, address = shelf.house.browser(), shelf.guide(SLUG).address
    browser.get(address)
    trace: list[str] = []
    shelf.house.database.trace = trace
    browser.get(address)
    shelf.house.database.trace = None
    assert len(trace) == 2


def test_every_number_leads_to_its_source(shelf: Shelf) -> None:
    text = shelf.get(NOTED, "?all=1").text
    numbers = set(re.findall(r'href="#(s\d+)"', text))
    assert numbers
    assert numbers <= set(re.findall(r'id="(s\d+)"', text))


def test_content_notes_fold_all_but_the_first_branch(shelf: Shelf) -> None:
    text = shelf.get(FOLDED).text
    fold = text.index('<details class="fold sec" id="all">')
    assert text.index('id="before"') < fold < text.index('id="steps"')
    assert 'id="all"' not in shelf.get(FOLDED, "?all=1").text
    for slug in (SLUG, HURRIED):
        assert 'id="all"' not in shelf.get(slug).text
    # What somebody hides is folded for her, whatever it is.
    alice = shelf.house.person("Alice")
    flows.alter_preferences(shelf.house.site, alice.browser.cookies[SESSION], notes_hidden=int(Note.VIOLENCE))
    assert 'id="all"' in shelf.get(HURRIED, by=alice.browser).text


@pytest.mark.parametrize("more", ["", "/p", "/x"])
@pytest.mark.parametrize("kind", [LEGAL, "transition-medical"])
def test_what_is_closed_is_not_there(shelf: Shelf, kind: str, more: str) -> None:
    for browser in (shelf.house.browser(), shelf.house.person("Alice").browser):
        made_up = browser.get("/y/" + "7" * 26 + more)
        page = shelf.get(kind, more, by=browser)
        assert (page.status, page.body) == (404, made_up.body)


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_neither_is_a_draft_nor_what_was_withdrawn(shelf: Shelf, state: State) -> None:
    shelf.change(SLUG, state=int(state))
    assert shelf.get(SLUG).status == 404
    assert shelf.guide(SLUG).address not in shelf.house.browser().get("/y").text


def test_a_link_to_what_is_closed_is_plain_words(shelf: Shelf) -> None:
    address = shelf.guide("outing").address
    assert f'href="{address}"' in shelf.get(NOTED, "?all=1").text
    shelf.change("outing", open=0)
    text = shelf.get(NOTED, "?all=1").text
    assert address not in text
    assert "outed, or about to be" in text


def test_every_link_in_every_guide_leads_somewhere(shelf: Shelf) -> None:
    browser = shelf.house.browser()
    found = set()
    for address in _ids(browser.get("/y").text):
        found |= set(re.findall(r'href="(/[yh][^"#]*)"', browser.get(f"{address}?all=1").text))
    assert {browser.get(unescape(link)).status for link in found} == {200}


def test_a_review_says_by_which_role_and_when(shelf: Shelf) -> None:
    today = clock.day()
    shelf.change(
        SLUG, state=int(State.REVIEWED), checked_day=today, checked_by="lawyer", next_day=today + 300
    )
    text = _text(shelf.get(SLUG).text)
    assert "lawyer" in text
    assert "Next check:" in text
    assert "First edition" not in text


def test_a_review_that_is_over_says_so(shelf: Shelf) -> None:
    today = clock.day()
    shelf.change(
        SLUG, state=int(State.REVIEWED), checked_day=today - 99, checked_by="lawyer", next_day=today - 1
    )
    assert "The next review is due" in shelf.get(SLUG).text
    assert "Review is due" in shelf.house.browser().get("/y").text


def test_on_paper_it_names_no_site_and_asks_for_nothing(shelf: Shelf) -> None:
    page = shelf.get(NOTED, "/p")
    assert page.status == 200
    assert "Mashrabiya" not in page.text
    assert not re.search(r"<script|<style|<img|src=|style=", page.text)
    assert re.findall(r"<link[^>]*>", page.text) == re.findall(
        r'<link rel="stylesheet" href="/a/paper\.\w+\.css">', page.text
    )
    assert "<title>Guide</title>" in page.text
    assert page.header("content-security-policy") == shelf.get(NOTED).header("content-security-policy")
    assert len(page.body) < 30_000


_SHUT = re.compile(r"<details(?! open)(?:(?!<details).)*?</details>", re.DOTALL)


def test_the_neutral_look_shows_numbers(shelf: Shelf) -> None:
    browser = shelf.house.browser()
    browser.cookies["l"] = "en.d"
    browser.post("/v", {"on": "1", "back": "/y"})
    front, guide = browser.get("/y").text, shelf.get(NOTED, by=browser).text
    for text in (front, guide):
        shut, before = text, ""
        while shut != before:
            # From the inside out: what folds may hold what folds.
            before, shut = shut, _SHUT.sub("", shut)
        assert "Blackmail" not in shut
        assert "<title>Notes</title>" in text


def test_who_reads_the_other_language_is_told(shelf: Shelf) -> None:
    with shelf.house.database.write() as uow:
        uow.run(editing._RETIRE, which=shelf.guide(SLUG).id, of_lang_="ar")
    shelf.house.site.held.refresh()
    text = shelf.get(SLUG, by=shelf.house.browser("ar")).text
    assert "Exploring who I am" in text
    assert catalogue("ar").texts["library.guides.only_in", "n"] in text


def test_the_paper_for_oneself_is_sent_nowhere(shelf: Shelf) -> None:
    text = shelf.get(SLUG).text
    boxes = re.findall(r"<textarea[^>]*>", text)
    assert boxes
    assert all("name=" not in box and " hidden" in box for box in boxes)


def test_an_empty_library_says_so(house: TestHouse) -> None:
    assert "No guide is here yet." in house.browser().get("/y").text


@pytest.mark.parametrize("bad", ["x", "0", "7" * 25, "7" * 27, "z" * 26, "%00", "../h", "é"])
def test_what_is_no_id_is_not_found(shelf: Shelf, bad: str) -> None:
    assert shelf.house.browser().get(f"/y/{bad}").status == 404


def test_a_word_of_the_glossary_opens_its_meaning_on_the_page(shelf: Shelf) -> None:
    assert "popovertarget" not in shelf.get(SLUG).text
    terms.furnish(shelf.house.database)
    shelf.house.site.held.refresh()
    text = shelf.get(SLUG).text
    opened = re.findall(r'popovertarget="(v-[0-9a-z]+)"', text)
    assert 1 < len(opened) <= 12
    assert opened == list(dict.fromkeys(opened)), "each where it comes first"
    assert set(opened) == set(re.findall(r'id="(v-[0-9a-z]+)" popover', text))
    concept = shelf.house.browser().get(f"/y/v/{opened[0][2:]}")
    assert concept.status == 200
    # Nothing of it on paper.
    assert "popover" not in shelf.get(SLUG, "/p").text


def test_a_concept_leads_to_its_guide(shelf: Shelf) -> None:
    terms.furnish(shelf.house.database)
    shelf.house.site.held.refresh()
    browser, address = shelf.house.browser(), shelf.guide(SLUG).address
    listed = set(re.findall(r'href="(/y/v/[0-9a-z]{26})"', browser.get("/y/v").text))
    pages = [browser.get(path).text for path in listed]
    assert any(f'href="{address}"' in text for text in pages)
