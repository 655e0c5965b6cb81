"""The glossary by hand: reading it, looking up a word, changing it, in both languages and in the neutral look."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.people.types import Grant
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

FEW = ("gay", "lesbian", "homosexuality", "coming-out", "trans", "outing")


def host(house: TestHouse, language: str = "en") -> Person:
    return with_role(house.person("Hanna", language=language), Grant.HOST)


def path_of(house: TestHouse, key: str) -> str:
    return str(fill(house, *FEW).by_key[key].path)


def asked(browser: Browser, words: str) -> Page:
    return browser.follow(browser.submit("/y/v", "/y/v", q=words))


@pytest.mark.parametrize(
    ("language", "first", "second"), [("ar", "الإفصاح", "coming out"), ("en", "coming out", "الإفصاح")]
)
def test_both_languages_stand_side_by_side(house: TestHouse, language: str, first: str, second: str) -> None:
    path = path_of(house, "coming-out")
    browser = house.browser(language)
    for page in (browser.get(path).text, browser.get(f"/y/v?t={1}").text + browser.get("/y/v?t=3").text):
        assert first in page
        assert second in page
    text = browser.get(path).text
    assert text.index(first) < text.index(second)
    assert first not in text[text.index("<title>") : text.index("</title>")]


def test_a_word_is_looked_up_at_an_address_that_does_not_say_it(house: TestHouse) -> None:
    fill(house, *FEW)
    browser = house.browser()
    sent = browser.submit("/y/v", "/y/v", q="ifsa7")
    assert sent.status == 303
    assert set(parse_qs(urlsplit(sent.location).query)) == {"k"}
    assert "ifsa7" not in sent.location
    text = browser.get(sent.location).text
    assert "This word leads to one concept" in text
    assert "coming out" in text
    assert "ifsa7" not in text[text.index("<title>") : text.index("</title>")]


def test_a_word_to_avoid_leads_kindly_to_its_concept(house: TestHouse) -> None:
    fill(house, *FEW)
    text = asked(house.browser(), "shaz").text
    assert "Many have heard or said it" in text
    assert "gay" in text


def test_a_word_leads_to_several_or_to_what_is_close_or_nowhere(house: TestHouse) -> None:
    fill(house, *FEW)
    browser = house.browser()
    assert "This word leads to 3 concepts" in asked(browser, "مثلية").text
    assert "These are close" in asked(browser, "outng").text
    assert "No such word here yet" in asked(browser, "qqqqq").text
    assert browser.submit("/y/v", "/y/v", q=" ").location == "/y/v"
    assert "coming out" in browser.get("/y/v?q=ifsa7").text


@pytest.mark.parametrize("words", NAUGHTY)
def test_no_question_fails(house: TestHouse, words: str) -> None:
    fill(house, "gay")
    page = asked(house.browser(), words) if words.strip() else house.browser().get("/y/v")
    assert page.status == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("query", ["t=9", "t=x", "t=٣", "l=%00", "l=gay", "k=zz", "q=", "l=%F0%9F%8F%B3"])
def test_whatever_an_address_asks(house: TestHouse, query: str) -> None:
    fill(house, *FEW)
    assert house.browser().get(f"/y/v?{query}").status == 200


@pytest.mark.parametrize("shown", ["x", "7" * 26, "..", "new1"])
def test_what_is_not_there_is_not_found(house: TestHouse, shown: str) -> None:
    assert house.browser().get(f"/y/v/{shown}").status == 404


def test_the_neutral_look_shows_nothing_that_tells_until_it_is_opened(house: TestHouse) -> None:
    fill(house, *FEW)
    browser = house.browser()
    browser.submit("/y/v", "/v")
    text = browser.get("/y/v").text
    outside = "".join(part.split("</summary>")[0] for part in text.split("<summary"))
    before = text[: text.index("<details")]
    for word in ("gay", "Identity", "Words in Arabic", "مثلي"):
        assert word not in before
        assert word not in outside[len(before) :].replace(before, "")
    assert "<title>Notes</title>" in text


def test_pages_take_few_statements(house: TestHouse) -> None:
    path = path_of(house, "gay")
    browser = house.person("Alice").browser
    for page in ("/y/v", "/y/v?q=gay", path):
        browser.get(page)
        house.database.trace = []
        assert browser.get(page).status == 200
        assert len(house.database.trace) <= 3, house.database.trace
        house.database.trace = None


def test_a_host_changes_words_and_brings_an_earlier_wording_back(house: TestHouse) -> None:
    path, hanna = path_of(house, "gay"), host(house).browser
    changed = hanna.submit(f"{path}/edit", f"{path}/edit", meaning_en="Another meaning.")
    assert changed.location == path
    assert "Another meaning." in hanna.get(path).text
    old = hanna.get(f"{path}/old")
    assert "A man who is drawn to men" in unescape(old.text)
    assert hanna.submit(f"{path}/old", f"{path}/old", v="1").status == 303
    assert "Another meaning." not in hanna.get(path).text


def test_a_host_puts_and_drops_a_word(house: TestHouse) -> None:
    path, hanna = path_of(house, "outing"), host(house).browser
    edit = hanna.get(f"{path}/edit").text
    new = edit[: edit.index(">Add a word")].rpartition('href="')[2].partition('"')[0]
    word = {"lang": "en", "text": "telling on somebody", "use": "avoid", "why": ""}
    missing = hanna.submit(new, new, **word)
    assert missing.status == 422
    assert "needs a reason" in missing.text
    assert "telling on somebody" in missing.text
    assert hanna.submit(new, new, **{**word, "why": "It sounds like a game."}).status == 303
    assert "It sounds like a game." in unescape(asked(house.browser(), "telling on somebody").text)
    assert hanna.submit(new, f"{new}/d").status == 303
    assert "No such word here yet" in asked(house.browser(), "telling on somebody").text


def test_a_host_adds_a_concept_once_and_hides_it(house: TestHouse) -> None:
    fill(house, "gay")
    hanna = host(house).browser
    typed = {
        "topic": "identity",
        "words_ar": "صحبة",
        "words_en": "company",
        "meaning_ar": "ناس.",
        "meaning_en": "People.",
    }
    back = hanna.submit("/y/v/new", "/y/v/new", **{**typed, "meaning_en": ""})
    assert back.status == 422
    assert "صحبة" in back.text
    sheet = hanna.get("/y/v/new").form("/y/v/new").fields
    first, again = (hanna.post("/y/v/new", {**sheet, **typed}) for _ in range(2))
    assert first.location == again.location
    path = first.location
    assert house.browser().get(path).status == 200
    assert hanna.submit(path, f"{path}/hide", hidden="1").status == 303
    assert house.browser().get(path).status == 404
    assert hanna.get(path).status == 200
    assert "company" in hanna.get("/y/v").text
    hanna.submit(path, f"{path}/hide", hidden="")
    assert house.browser().get(path).status == 200


def test_from_an_old_page_nothing_typed_is_lost(house: TestHouse) -> None:
    path, hanna = path_of(house, "gay"), host(house).browser
    sheet = hanna.get(f"{path}/edit").form(f"{path}/edit").fields
    hanna.submit(f"{path}/edit", f"{path}/edit", meaning_en="First.")
    back = hanna.post(f"{path}/edit", {**sheet, "meaning_en": "Second."})
    assert back.status == 422
    assert "Somebody else changed it" in back.text
    assert "Second." in back.text
    again = hanna.post(f"{path}/edit", {**back.form(f"{path}/edit").fields})
    assert again.status == 303
    assert "Second." in hanna.get(path).text


@pytest.mark.parametrize("who", ["visitor", "member", "carer"])
def test_to_everybody_else_the_editors_doors_are_not_there(house: TestHouse, who: str) -> None:
    path = path_of(house, "gay")
    browser = house.browser()
    if who == "member":
        browser = house.person("Alice").browser
    if who == "carer":
        browser = with_role(house.person("Cara"), Grant.CARE).browser
    for page in ("/y/v/new", f"{path}/edit", f"{path}/old", f"{path}/w/0"):
        assert browser.get(page).status == 404, page
    assert "Add a concept" not in browser.get("/y/v").text
    assert f"{path}/edit" not in browser.get(path).text
