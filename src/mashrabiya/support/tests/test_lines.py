"""Lines on help now: by country, within thirty thousand bytes, and no choice in any address."""

from __future__ import annotations

from html import unescape

import pytest

from mashrabiya.support import rules
from mashrabiya.support.tests.lines import Told, line
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

LANGUAGES = ["ar", "en"]


def with_lines(house: TestHouse, *lines: Told, language: str = "en") -> Browser:
    house.site.rooms["lines"] = lambda db, viewer: list(lines)
    return house.browser(language)


def test_few_lines_stand_folded_by_their_countries(house: TestHouse) -> None:
    text = (
        with_lines(house, line("EG", "LB", name="Near"), line(name="Far"), line("EG", name="Nearer"))
        .get("/h")
        .text
    )
    for words in (
        "<summary>مصر</summary>",
        "<summary>لبنان · مصر</summary>",
        "<summary>Every country</summary>",
    ):
        assert words in unescape(text), words
    assert text.count("Near</bdi>") == 1, "each stands once"


def test_a_country_is_chosen_without_leaving_it_anywhere(house: TestHouse) -> None:
    browser = with_lines(house, line("EG", name="Nile"), line("LB", name="Cedar"), line(name="Far"))
    answer = browser.post("/h", {"pick_country": "EG"})
    assert (answer.status, answer.location) == (200, ""), "the page itself is the answer"
    assert "Nile" in answer.text
    assert "Far" in answer.text
    assert "Cedar" not in answer.text
    assert "EG" not in "".join(value for name, value in answer.headers if name != "content-security-policy")
    assert not browser.cookies


def test_of_one_country_there_is_a_copy_to_print_too(house: TestHouse) -> None:
    browser = with_lines(house, line("EG", name="Nile"), line("LB", name="Cedar"))
    answer = browser.post("/h", {"pick_country": "EG", "all": "1"})
    assert answer.text.count("<details open>") == answer.text.count("<details")
    assert "Cedar" not in answer.text


@pytest.mark.parametrize("country", ["XX", "zz", "<b>", "EG' OR 1=1", "٢", ""])
def test_what_is_no_country_answers_with_what_serves_all(house: TestHouse, country: str) -> None:
    answer = with_lines(house, line("EG", name="Nile"), line(name="Far")).post(
        "/h", {"pick_country": country}
    )
    assert answer.status == 200
    assert "Far" in answer.text
    assert "<b>'" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("many", [1, 3, 5, 6, 8, 12, 40])
@pytest.mark.parametrize("path", ["/h", "/h?all=1"])
def test_however_many_lines_there_are_the_page_stays_small(house: TestHouse, language: str, many: int, path: str) -> None:  # fmt: skip
    codes = ["EG", "LB", "TN", "DE"]
    lines = [
        line(*([codes[n % 4]] if n % 5 else []), name=f"خط الإصغاء الليلي رقم {n}", ways=1 + n % 2)
        for n in range(many)
    ]
    browser = with_lines(house, *lines, language=language)
    assert len(browser.get(path).body) < 30 * 1024
    for code in codes:
        assert len(browser.post("/h", {"pick_country": code, "all": "1"}).body) < 30 * 1024


def test_what_does_not_fit_is_asked_for_by_country(house: TestHouse) -> None:
    lines = [line("EG" if n % 2 else "LB", name=f"Number {n}") for n in range(30)]
    text = with_lines(house, *lines).get("/h").text
    assert "choose the country" in text
    assert "Number 1<" not in text
    assert '<option value="EG"' in text


def test_lines_with_the_longest_names_are_reckoned(house: TestHouse) -> None:
    long = [line("EG", name="ط" * 120, ways=4) for _ in range(20)]
    assert len(with_lines(house, *long, language="ar").get("/h").body) < 30 * 1024


def test_without_a_room_of_lines_there_is_what_to_ask(house: TestHouse) -> None:
    del house.site.rooms["lines"]
    assert "No lines are entered here yet" in house.browser().get("/h").text


def test_in_the_neutral_look_nothing_stands_open(house: TestHouse) -> None:
    browser = with_lines(house, line("EG", name="Nile"))
    browser.post("/v", {"on": "1"})
    text = browser.get("/h").text
    assert "<details open" not in text
    assert 'name="h" open' not in text


def test_near_before_far_and_each_once() -> None:
    groups = rules.by_country(
        [line(name="far"), line("LB", name="b"), line("EG", name="a"), line("EG", name="c")]
    )
    assert [names for names, _ in groups] == [("لبنان",), ("مصر",), ()]
    assert [told.name for _, lines in groups for told in lines] == ["b", "a", "c", "far"]
