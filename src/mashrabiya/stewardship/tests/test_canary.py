"""What the hosts say of orders: by hand, with its day, for everybody, and it grows old by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mashrabiya.care import jobs
from mashrabiya.care.tests.staffed import with_role
from mashrabiya.kernel import clock
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit, retention
from mashrabiya.platform import house as settings
from mashrabiya.platform.house import CANARY_DAYS, CANARY_REMIND_DAYS
from mashrabiya.testing.house import Person, TestHouse

HERE = "/o/c"
SAYS = "We who run this site have received no order"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


def a_host(house: TestHouse, language: str = "en") -> Person:
    house.change(open=True)
    return with_role(house.person("Hanna", language=language), Grant.HOST)


def renewed(house: TestHouse, days_ago: int) -> None:
    house.change(canary_day=clock.day() - days_ago)


def public(house: TestHouse, language: str = "en") -> str:
    return house.browser(language).get("/d").text.partition('id="orders"')[2].partition("</section>")[0]


def acts(house: TestHouse) -> list[str]:
    with house.database.read() as db:
        assert audit.examine(db).broken == ""
        return [f"{one.entry.action} {one.detail}" for one in audit.entries(db, before=1 << 40, most=9)]


def test_a_host_says_it_and_everybody_reads_it_with_its_day(house: TestHouse) -> None:
    host = a_host(house)
    assert SAYS not in public(house)
    assert host.browser.submit(HERE, HERE, true="1").location == "/o/c?s=1"
    said, today = public(house), clock.date(clock.day())
    assert SAYS in said
    assert f"{today.day} " in said
    assert "Not renewed" not in said
    assert acts(house)[0] == f"house:canary canary_day: {clock.iso(clock.day())}"


def test_without_the_tick_nothing_is_written(house: TestHouse) -> None:
    host = a_host(house)
    page = host.browser.submit(HERE, HERE)
    assert page.status == 422
    assert "nothing was written" in page.text
    assert house.site.house.canary_day is None
    assert not [act for act in acts(house) if "canary" in act]


def test_twice_on_one_day_is_once(house: TestHouse) -> None:
    host = a_host(house)
    for _ in range(2):
        host.browser.submit(HERE, HERE, true="1")
    assert len([act for act in acts(house) if "canary" in act]) == 1


def test_it_cannot_be_dated(house: TestHouse) -> None:
    """Whatever a form brings, the day is today's."""
    host = a_host(house)
    host.browser.submit(HERE, HERE, true="1", canary_day="99999", day="1", date="2030-01-01")
    assert house.site.house.canary_day == clock.day()


@pytest.mark.parametrize("who", ["a member", "a carer", "a visitor"])
def test_nobody_else_finds_it(house: TestHouse, who: str) -> None:
    a_host(house)
    browser = house.browser() if who == "a visitor" else house.person("Bob").browser
    if who == "a carer":
        browser = with_role(house.person("Carla"), Grant.CARE).browser
    nothing, found = browser.get("/nowhere"), browser.get(HERE)
    assert (found.status, found.headers, found.body) == (404, nothing.headers, nothing.body)


@pytest.mark.parametrize(
    ("days", "old", "asked"),
    [
        (0, False, False),
        (CANARY_REMIND_DAYS, False, False),
        (CANARY_REMIND_DAYS + 1, False, True),
        (CANARY_DAYS, False, True),
        (CANARY_DAYS + 1, True, True),
        (900, True, True),
    ],
)
def test_it_grows_old_in_sight_and_hosts_are_asked(
    house: TestHouse, days: int, *, old: bool, asked: bool
) -> None:
    host = a_host(house)
    renewed(house, days)
    said = public(house)
    assert SAYS in said
    assert ("Not renewed since" in said) == old
    assert ("Renew it, if it is still true." in host.browser.get("/o").text) == asked


def test_an_old_one_does_not_vanish(house: TestHouse) -> None:
    """Gone, it would look as if it had never been there."""
    renewed(house, 0)
    clock.offset += 1000 * clock.DAY
    retention.sweep(house.database)
    house.site.held.refresh()
    assert "Not renewed since" in public(house)


def test_nothing_renews_it_by_itself(house: TestHouse) -> None:
    renewed(house, 70)
    then = house.site.house.canary_day
    jobs.keep_sums(house.database)
    retention.sweep(house.database)
    with house.database.read() as db:
        assert settings.load(db).canary_day == then


@pytest.mark.parametrize("language", ["en", "ar"])
def test_where_nobody_says_it_nothing_may_be_read_from_that(house: TestHouse, language: str) -> None:
    words = {"en": "neither that an order came, nor that none did", "ar": "لا أن أمرًا وصل، ولا أنه لم يصل"}
    assert words[language] in public(house, language)


@pytest.mark.parametrize(("language", "month"), [("en", "2026"), ("ar", "٢٠٢٦")])
def test_it_is_said_in_both_languages(house: TestHouse, language: str, month: str) -> None:
    house.change(canary_day=20_700)
    assert month in public(house, language)
    assert {"en": SAYS, "ar": "لم يصلنا"}[language] in public(house, language)
