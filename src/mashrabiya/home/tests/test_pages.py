"""The landing page and what the site says about itself."""

from __future__ import annotations

import re

import pytest

from mashrabiya.home.figures import figures
from mashrabiya.platform.house import HouseSettings
from mashrabiya.testing.house import TestHouse

ABOUT = ["/k", "/w", "/e"]
LANGUAGES = ["ar", "en"]


def title(text: str) -> str:
    found = re.search(r"<title>(.*?)</title>", text)
    assert found
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", *ABOUT])
def test_anyone_may_read_them(house: TestHouse, path: str, language: str) -> None:
    found = house.browser(language).get(path)
    assert found.status == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in found.text


@pytest.mark.parametrize("path", ["/", *ABOUT])
def test_every_page_has_help_and_quick_exit(house: TestHouse, path: str) -> None:
    text = house.browser().get(path).text
    assert '<form method="post" action="/x">' in text
    assert 'href="/h"' in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize("path", ["/", *ABOUT])
def test_titles_say_only_whose_house_it_is(house: TestHouse, path: str) -> None:
    assert title(house.browser("en").get(path).text) == "Mashrabiya"


@pytest.mark.parametrize("path", ["/", *ABOUT])
def test_nothing_is_written_where_the_policy_forbids_it(house: TestHouse, path: str) -> None:
    text = house.browser().get(path).text
    assert not re.search(r"\sstyle=|<style|\son\w+=", text)


def test_figures_come_from_the_settings_in_force(house: TestHouse) -> None:
    house.change(retention_days=90, backup_days=7)
    for path in ("/", "/k"):
        text = house.browser("en").get(path).text
        assert "3 months after its last reply" in text
        assert "7 days" in text
        assert "14 days." not in text


def test_figures_in_arabic_take_the_form_of_their_number(house: TestHouse) -> None:
    house.change(retention_days=61, backup_days=2)
    text = house.browser("ar").get("/").text
    assert "بعد شهرين من آخر ردّ" in text
    assert "خلال يومين" in text


@pytest.mark.parametrize(("days", "months"), [(30, 1), (60, 2), (90, 3), (180, 6), (365, 12), (730, 24)])
def test_months_are_never_fewer_than_the_days_promise(days: int, months: int) -> None:
    assert figures(HouseSettings(retention_days=days)).months == months


def test_a_closed_house_offers_no_account(house: TestHouse) -> None:
    assert 'href="/join"' in house.browser().get("/").text
    house.change(entry="closed")
    assert 'href="/join"' not in house.browser().get("/").text


def test_without_public_communities_nothing_leads_to_them(house: TestHouse) -> None:
    text = house.browser("en").get("/").text
    assert "Public pages" not in text
    assert "Read without an account" not in text
