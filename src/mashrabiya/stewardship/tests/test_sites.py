"""The names by which the house is reached: added and removed by hosts, and nobody locks herself out unawares."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest

from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.tests.test_sites import TOR
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.stewardship import commands, rules
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

LANGUAGES = ("ar", "en")
PATH = "/o/t/sites"
NAME, OTHER = "house.example", "other.example"


def name_them(browser: Browser, *lines: str, by: str = "localhost", **ticks: str) -> Page:
    """As a host does it who came by that name."""
    fields = browser.get("/o/t", host=by).form(PATH).fields
    return browser.post(PATH, {**fields, "sites": "\r\n".join(lines), **ticks}, host=by)


def named(house: TestHouse) -> list[str]:
    return list(house.site.house.sites)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_host_names_the_house_and_it_opens_by_that_name(house: TestHouse, language: str) -> None:
    browser, visitor = host(house, language=language).browser, house.browser()
    none = catalogue(language).texts["house.sites_none", "n"]
    assert none in browser.get("/o").text
    assert visitor.get("/", host=NAME).status == 421
    answer = name_them(browser, " House.Example ", TOR, "بيت.example", NAME)
    assert (answer.status, answer.location) == (303, "/o/t?s=1")
    assert house.site.house.sites == (NAME, TOR, "xn--ngbe9g.example")
    for name in (NAME, f"{NAME}:443", TOR, "xn--ngbe9g.example"):
        assert visitor.get("/", host=name).status == 200
    assert browser.get("/o/t").form(PATH).fields["sites"].split() == list(house.site.house.sites)
    assert none not in browser.get("/o").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("https://house.example", "more"),
        ("192.0.2.7", "number"),
        ("short.onion", "onion"),
        ("no <name>", "wrong"),
    ],
)
def test_what_is_no_name_stands_again_with_the_reason(
    house: TestHouse, language: str, line: str, why: str
) -> None:
    browser = host(house, language=language).browser
    answer = name_them(browser, NAME, line)
    assert answer.status == 422
    assert catalogue(language).texts[f"house.sites_{why}", "n"] in unescape(answer.text)
    assert unescape(answer.text).count(line) == 2, "in the field, and named beside it"
    assert "<name>" not in answer.text
    assert 'value="8"' not in answer.text, "the other form of the page is not touched"
    assert house.site.house.sites == ()


def test_more_than_fit_are_refused(house: TestHouse) -> None:
    answer = name_them(host(house).browser, *(f"n{number}.example" for number in range(9)))
    assert answer.status == 422
    assert house.site.house.sites == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_she_reads_by_goes_only_with_a_tick(house: TestHouse, language: str) -> None:
    browser = host(house, language=language).browser
    name_them(browser, NAME, OTHER)
    by = f"{NAME.upper()}:443"
    refused = name_them(browser, OTHER, by=by)
    assert refused.status == 422
    assert catalogue(language).texts["house.sites_leaving", "n"] in unescape(refused.text)
    assert f"<bdi>{NAME}</bdi>" in refused.text
    assert named(house) == [NAME, OTHER]
    sheet = refused.form(PATH)
    assert sheet.fields["sites"].split() == [OTHER]
    assert "leaving" not in sheet.fields, "nobody ticks it for her"
    assert browser.post(PATH, {**sheet.fields, "leaving": "1"}, host=by).status == 303
    assert named(house) == [OTHER]
    assert browser.get("/o/t", host=NAME).status == 421
    assert browser.get("/o/t", host=OTHER).status == 200
    assert browser.get("/o/t", host="127.0.0.1:8000").status == 200, "the machine itself"


def test_another_name_goes_without_one(house: TestHouse) -> None:
    browser = host(house).browser
    name_them(browser, NAME, OTHER)
    assert name_them(browser, NAME, by=NAME).status == 303
    assert name_them(browser, by="localhost").status == 303
    assert house.site.house.sites == ()


def test_a_name_given_at_the_start_is_the_way_back(house: TestHouse) -> None:
    browser = host(house).browser
    house.site.config = replace(house.site.config, sites=(NAME,))
    assert NAME in browser.get("/o/t").text
    assert name_them(browser, by=NAME).status == 303
    assert house.browser().get("/", host=NAME).status == 200


def test_it_is_for_hosts_alone(house: TestHouse) -> None:
    alice, mona = house.person("Alice"), host(house)
    fields = {**mona.browser.get("/o/t").form(PATH).fields, "sites": NAME}
    for who in (alice.browser, house.browser()):
        assert who.post(PATH, fields).status != 303
    with pytest.raises(NotFound), house.database.write() as uow:
        commands.name_sites(uow, alice.viewer, (NAME,), by="", always=("",), leaving=True)
    with pytest.raises(Invalid), house.database.write() as uow:
        commands.name_sites(uow, mona.viewer, (NAME,), by=OTHER, always=(), leaving=False)
    house.site.held.refresh()
    assert house.site.house.sites == ()


def test_who_closes_the_door_behind_her() -> None:
    assert rules.closes_behind(NAME, (OTHER,), ("localhost",))
    assert not rules.closes_behind(NAME, (NAME,), ())
    assert not rules.closes_behind(NAME, (), (NAME,))


def test_a_name_that_is_not_ours_is_told_the_same_whatever_is_set(house: TestHouse) -> None:
    """Nobody learns by asking whether the house has names, nor what lies behind an address."""
    mona, stranger = host(house).browser, house.browser()

    def told(browser: Browser, path: str, name: str) -> tuple[object, ...]:
        page = browser.get(path, host=name)
        return page.status, page.headers, page.body

    before = told(stranger, "/", "evil.example")
    assert before[0] == 421
    name_them(mona, NAME, TOR)
    onion = f"a{TOR[1:]}"
    for name in ("evil.example", f"{NAME}.", f"www.{NAME}", f"{NAME}.evil.example", f"x@{NAME}", ""):
        for path in ("/", "/o/t", "/nowhere"):
            assert told(stranger, path, name) == before
            assert told(mona, path, name) == before
    assert told(stranger, "/", onion)[::2] == before[::2]
    assert SESSION in mona.cookies
