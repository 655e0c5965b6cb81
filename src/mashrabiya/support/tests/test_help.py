"""Help now: one small file, for somebody frightened, on a bad line, over whose shoulder others look."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages import catalogue
from mashrabiya.support.sheet import SHEET
from mashrabiya.support.tests.lines import line
from mashrabiya.testing.house import TestHouse

LANGUAGES = ["ar", "en"]
SITUATIONS = ("arrest", "blackmail", "outed", "home_out", "home_unsafe", "self_harm", "other")
STEPS = re.compile(rf"help\.({'|'.join(SITUATIONS)})_(not_|out_)?\d")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_small(house: TestHouse, language: str) -> None:
    assert len(house.browser(language).get("/h?all=1").body) < 30 * 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_request(house: TestHouse, language: str) -> None:
    text = house.browser(language).get("/h").text
    # An empty picture that stands in the page, else every browser asks for one.
    text = text.replace('<link rel="icon" href="data:,">', "", 1)
    assert not re.search(r"<link|<script|<img|src=|url\(|@import", text)


def test_its_policy_lets_in_exactly_its_own_sheet(house: TestHouse) -> None:
    found = house.browser().get("/h")
    inside = re.search(r"<style>(.*?)</style>", found.text, re.DOTALL)
    assert inside
    expected = "sha256-" + b64encode(sha256(inside[1].encode()).digest()).decode()
    policy = found.header("content-security-policy")
    assert f"style-src '{expected}'" in policy
    assert "unsafe" not in policy
    assert len(re.findall("content-security-policy", str(found.headers))) == 1


def test_no_other_page_has_that_exception(house: TestHouse) -> None:
    assert "sha256-" not in house.browser().get("/").header("content-security-policy")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_does_not_name_the_site(house: TestHouse, language: str) -> None:
    house.change(name={"ar": "بيت القمر", "en": "Moon House"})
    text = house.browser(language).get("/h").text
    assert "Moon House" not in text
    assert "بيت القمر" not in text
    assert f"<title>{'دليل' if language == 'ar' else 'Guide'}</title>" in text


def test_one_can_leave_it_at_once(house: TestHouse) -> None:
    assert '<form method="post" action="/x">' in house.browser().get("/h").text


def test_it_says_that_no_line_is_entered_and_what_to_ask(house: TestHouse) -> None:
    text = house.browser("en").get("/h").text
    assert "No lines are entered here yet" in text
    assert "Does it call the police?" in text


def test_the_copy_to_print_has_every_situation_open(house: TestHouse) -> None:
    text = house.browser("en").get("/h?all=1").text
    assert text.count("<details open>") == text.count("<details") == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_is_one_act_of_twelve_words_at_most(language: str) -> None:
    tongue = Tongue.of(language)
    steps = [key for key, _ in catalogue(language).texts if STEPS.fullmatch(key)]
    assert len(steps) == 66
    for key in steps:
        assert len(catalogue(language).text(key, tongue).split()) <= 12, key


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_situation_says_what_first_what_not_and_what_cannot_be_known(situation: str) -> None:
    for language in LANGUAGES:
        keys = {key for key, _ in catalogue(language).texts}
        assert 5 <= sum(bool(re.fullmatch(rf"help\.{situation}_\d", key)) for key in keys) <= 7
        assert 2 <= sum(bool(re.fullmatch(rf"help\.{situation}_not_\d", key)) for key in keys) <= 3
        assert f"help.{situation}_unknown" in keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_them_stand_on_the_page(house: TestHouse, language: str) -> None:
    text, tongue = unescape(house.browser(language).get("/h").text), Tongue.of(language)
    said = [key for key, _ in catalogue(language).texts if STEPS.fullmatch(key) or key.endswith("_unknown")]
    for key in (key for key in said if key.startswith("help.")):
        assert catalogue(language).text(key, tongue) in text, key


def test_no_way_to_harm_oneself_is_named() -> None:
    words = [
        "pill",
        "rope",
        "knife",
        "blade",
        "gun",
        "bridge",
        "overdose",
        "حبوب",
        "حبل",
        "سكين",
        "شفرة",
        "سلاح",
        "جسر",
        "جرعة",
    ]
    for language in LANGUAGES:
        said = [
            text for (key, _), text in catalogue(language).texts.items() if key.startswith("help.self_harm")
        ]
        assert not [word for word in words for text in said if word in text.lower()]


def test_it_says_what_it_does_not_do(house: TestHouse) -> None:
    text = house.browser("en").get("/h").text
    for words in ("No account.", "We will not call anyone.", "may stay in the history of this phone"):
        assert words in text, words


def test_no_number_can_be_called_by_a_press(house: TestHouse) -> None:
    house.site.rooms["lines"] = lambda db, viewer: [line("EG")]
    assert not re.search(r"(tel|sms|mailto):", house.browser().get("/h").text)


def test_its_sheet_knows_no_left_or_right() -> None:
    assert not re.search(r"(?<![\w-])(left|right)(?![\w-])|-(left|right)\b", SHEET)
