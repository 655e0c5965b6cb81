"""The openness page: sums of whole months, rounded, of which nobody can be counted out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from mashrabiya.care import jobs, rules
from mashrabiya.care.commands import keep_sums
from mashrabiya.care.commands.automatic import hold_for_rule
from mashrabiya.care.tables import DECISION
from mashrabiya.care.tests.desks import post_at
from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.test_place_log import decide
from mashrabiya.care.types import Act
from mashrabiya.care.types.openness import ACTS, BY_TWO, OBJECTIONS, Sum
from mashrabiya.home.tests.test_home import counted
from mashrabiya.kernel import clock
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Standing
from mashrabiya.testing.house import TestHouse

HERE = "/d"


@pytest.fixture
def scene(house: TestHouse) -> Iterator[Scene]:
    """Half a month after the beginning of one, so that no test runs into the next."""
    before, today = clock.offset, clock.day()
    clock.offset += (rules.first_of(rules.month_of(today) + 1) + 14 - today) * clock.DAY
    yield Scene(house)
    clock.offset = before


def next_month(months: int = 1) -> None:
    clock.offset += (rules.first_of(rules.month_of(clock.day()) + months) + 2 - clock.day()) * clock.DAY


def told(house: TestHouse, language: str = "en") -> str:
    """What stands there after a night."""
    jobs.keep_sums(house.database)
    page = house.browser(language).get(HERE)
    assert page.status == 200
    return page.text.partition("<main")[2].partition("</main>")[0]


def row(text: str, name: str) -> str:
    """What stands beside a name in the newest month."""
    found = re.search(rf'<th scope="row">{re.escape(name)}</th><td class="bar0">.*?</td><td>(.*?)</td>', text)
    assert found, name
    return re.sub("<[^>]*>", "", found[1])


def sums(house: TestHouse) -> dict[str, int]:
    rows = house.database.connection().execute("SELECT what, shown, cid FROM tally").fetchall()
    return {str(what): int(shown) for what, shown, cid in rows if bytes(cid) == b""}


def test_a_month_is_told_when_it_is_over(scene: Scene) -> None:
    for _ in range(6):
        decide(scene)
    assert "Nothing to tell yet" in told(scene.house)
    next_month()
    text = told(scene.house)
    assert row(text, "Hidden") == "5"
    assert row(text, "Received") == "5"
    assert "waited a day at most" in text


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000)]
)
def test_a_count_is_told_to_the_nearest_five_or_not_at_all(count: int, shown: int) -> None:
    assert rules.rounded(count) == shown


@pytest.mark.parametrize("many", [0, 1, 4])
def test_nought_and_four_are_the_same_page(house: TestHouse, scene: Scene, many: int) -> None:
    """Whether there was one report or none cannot be told, once another month is told at all."""
    month = rules.month_of(clock.day())
    first = Sum(b"", month - 1, "received", "", 10, rules.first_of(month - 1))
    with house.database.write() as uow:
        keep_sums(uow, [first])
    for _ in range(many):
        decide(scene)
    next_month()
    text = told(house)
    rows = re.findall(r'<td class="bar0">.*?</td><td>(.*?)</td>', text.partition("Earlier months")[0])
    assert len(rows) > 10
    assert set(rows) == {'<span class="mut">Fewer than <bdi>5</bdi></span>'}
    assert "had waited" not in text


def test_no_small_number_lies_in_the_table(scene: Scene) -> None:
    for _ in range(3):
        decide(scene)
    next_month()
    told(scene.house)
    assert set(sums(scene.house).values()) == {0}


def test_what_was_told_stays_when_what_it_was_counted_from_is_gone(scene: Scene) -> None:
    for _ in range(6):
        decide(scene)
    next_month()
    before = told(scene.house)
    with scene.house.database.write() as uow:
        for table in (REPORT, DECISION):
            uow.run(Statement(delete(table)))
    assert told(scene.house) == before


def test_it_says_no_name_no_place_and_no_word(scene: Scene) -> None:
    for _ in range(6):
        decide(scene, Act.HIDE, unnamed=True)
    next_month()
    text = told(scene.house)
    for secret in ("Alice", "Bob", "Mona", "Night kitchen", WORDS, "school"):
        assert secret not in text


def test_what_a_rule_holds_is_counted_apart_and_to_look_at_it_undoes_nothing(scene: Scene) -> None:
    for _ in range(6):
        post = scene.thread("alice")
        with scene.house.database.write() as uow:
            hold_for_rule(Standing(), uow, scene.cid, post_at(uow, post))
        scene.decide(Act.KEEP)
    next_month()
    assert "Held by an automatic rule" in told(scene.house)
    counted_there = sums(scene.house)
    assert (counted_there["by_rule"], counted_there["keep"]) == (5, 5)
    assert not {"hold", "undone", "received", "decided"} & counted_there.keys()


def test_what_two_did_and_rules_are_counted_by_the_log_of_acts(scene: Scene) -> None:
    done = ["decision:close"] * 5 + ["decision:learn"] * 5 + ["precept:kept"] * 3 + ["precept:off"] * 3
    with scene.house.database.write() as uow:
        for action in [*done, *["role:given"] * 5, *["role:ended"] * 5, *["house:changed"] * 9]:
            audit.record(uow, action, role="care")
    next_month()
    text = told(scene.house)
    for name in (
        "Excluded from the whole site",
        "Learned which persona wrote unnamed",
        "A role in this site given",
        "A role in this site ended",
        "Made, changed, switched or deleted",
    ):
        assert row(text, name) == "5", name


def test_whoever_signs_in_sees_the_same(scene: Scene) -> None:
    for _ in range(5):
        decide(scene)
    next_month()
    visitor = told(scene.house)
    other = scene.house.person("Nadia").browser.get(HERE).text
    assert visitor == other.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_number_has_its_words(house: TestHouse, scene: Scene, language: str) -> None:
    month = rules.month_of(clock.day())
    every = (
        "received",
        "decided",
        *ACTS,
        "at_once",
        rules.BY_RULE,
        "undone",
        *OBJECTIONS,
        *BY_TWO,
        "precept",
    )
    made = [Sum(b"", month, what, "", 15, rules.first_of(month)) for what in every]
    speed = [Sum(b"", month, "speed", "", 3, rules.first_of(month))]
    with house.database.write() as uow:
        keep_sums(uow, made + speed)
    next_month()
    text = told(house, language)
    numbers = re.findall(r'<td class="bar0">.*?</td><td>(.*?)</td>', text)
    assert numbers == [{"en": "15", "ar": "١٥"}[language]] * len(every)


@pytest.mark.parametrize(("language", "oldest"), [("en", "left"), ("ar", "right")])
def test_columns_begin_where_reading_begins(
    house: TestHouse, scene: Scene, language: str, oldest: str
) -> None:
    month = rules.month_of(clock.day())
    with house.database.write() as uow:
        keep_sums(uow, [Sum(b"", month - 1, "received", "", 40, rules.first_of(month - 1))])
    next_month()
    drawn = told(house, language).partition('class="columns"')[2].partition("</svg>")[0]
    rects = re.findall(
        r'<rect class="s0[^"]*" x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="([\d.]+)"/>', drawn
    )
    heights = {float(x): float(height) for x, height in rects}
    first, last = min(heights), max(heights)
    tall, short = (first, last) if oldest == "left" else (last, first)
    assert heights[tall] > heights[short]


def test_nothing_inline_and_the_same_for_whoever_listens(scene: Scene) -> None:
    for _ in range(5):
        decide(scene)
    next_month()
    text = told(scene.house)
    assert "style=" not in text
    assert "<script" not in text
    drawings = re.findall(r"<svg[^>]*>", text)
    assert drawings
    assert all('aria-hidden="true"' in drawing for drawing in drawings)
    assert text.count("<table") >= 3


def test_the_way_to_it_and_what_it_costs(house: TestHouse) -> None:
    for page in ("/", "/k"):
        assert f'href="{HERE}"' in house.browser().get(page).text
    house.browser().get(HERE)
    house.site.held.refresh()
    assert counted(house, house.browser(), HERE) <= 2
