"""The first days: how much one may write, what it may bring, and that nothing typed is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import literal_column, select, update

from mashrabiya.discussions.queries import standing_now, standing_of
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.flows.entering import enter, unlock
from mashrabiya.platform.db import Statement
from mashrabiya.platform.media.tests import samples
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.safety.trust.newcomers import Newcomers
from mashrabiya.safety.trust.types import Level
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

HTML: Statement[Any] = Statement(select(POST.c.html, POST.c.n, POST.c.pid))
PNG = samples.plain("PNG", (20, 20))


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


@pytest.fixture
def place(house: TestHouse, alice: Person, bob: Person) -> str:
    """A place of Alice's, in a house that knows newcomers; Bob has begun nothing yet."""
    cid = open_place(house, alice, bob)
    house.site.rooms["newcomers"].on = True
    return f"/c/{show_id(cid)}"


def begin(person: Person, place: str, **fields: str) -> Page:
    address = f"{place}/t"
    return person.browser.submit(address, address, **{"title": "Mint", "body": "Shade or sun?", **fields})


def answer(person: Person, thread: str, body: str = "Sun.", **fields: str) -> Page:
    return person.browser.submit(thread, thread, body=body, **fields)


def look(house: TestHouse, person: Person) -> None:
    """Her next page knows how she stands, and nobody looks beside it any more."""
    newcomers: Newcomers = house.site.rooms["newcomers"]
    newcomers.allowance(person.viewer)
    house.settle()


def rest(person: Person, seconds: int) -> None:
    """Time passes, and she signs in again."""
    clock.offset += seconds
    who = unlock(person.house.site, person.name, person.passphrase)
    person.browser.cookies[SESSION] = enter(person.house.site, who).text


def on_three_days(person: Person, place: str) -> str:
    """She begins a thread and answers in it, on three days."""
    thread = begin(person, place).location
    for _ in range(2):
        rest(person, clock.DAY)
        assert answer(person, thread).status == 303
    return thread


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_first_days_are_told_before_anything_is_typed(
    house: TestHouse, alice: Person, language: str
) -> None:
    person = house.person("Bob", language=language)
    place = f"/c/{show_id(open_place(house, alice, person))}"
    thread = begin(alice, place).location
    house.site.rooms["newcomers"].on = True
    look(house, person)
    said = {
        "ar": ("في الأيام الأولى: موضوع واحد", "كُتب موضوع اليوم"),
        "en": ("For now: one thread", "Today&#x27;s thread is written"),
    }
    for address in (f"{place}/t", thread):
        page = person.browser.get(address)
        assert said[language][0] in page.text
        assert "picture_1" not in page.text
    begin(person, place)
    look(house, person)
    assert said[language][1] in person.browser.get(f"{place}/t").text
    can = person.browser.get("/me/can")
    assert can.status == 200
    for level in ("level", "T0", "T1", "new account"):
        assert level not in can.text.partition("<main")[2]


def test_one_thread_a_day_and_nothing_typed_is_lost(house: TestHouse, bob: Person, place: str) -> None:
    assert begin(bob, place).status == 303
    page = begin(bob, place, title="Basil", body="Words that took an hour.")
    assert page.status == 422
    assert "one thread a day is possible" in page.text
    assert "Words that took an hour." in page.text
    assert "Basil" in page.text
    rest(bob, clock.DAY)
    assert begin(bob, place).status == 303


def test_another_name_is_no_other_day(house: TestHouse, bob: Person, place: str) -> None:
    assert begin(bob, place).status == 303
    bob.new_persona("Bob again")
    bob.browser.submit(place, f"{place}/in")
    assert begin(bob, place).status == 422
    assert begin(bob, place, unnamed="1").status == 422, "nor is none"


def test_ten_answers_a_day(house: TestHouse, alice: Person, bob: Person, place: str) -> None:
    thread = begin(alice, place).location
    for number in range(10):
        assert answer(bob, thread, unnamed="1" if number % 2 else "").status == 303
    page = answer(bob, thread, "The eleventh, typed with care.")
    assert page.status == 422
    assert "ten answers a day are possible" in page.text
    assert "The eleventh, typed with care." in page.text
    rest(bob, 3 * clock.HOUR)
    assert answer(bob, thread).status == 303, "room comes back with the hours"


def test_sent_twice_it_costs_once(house: TestHouse, bob: Person, place: str) -> None:
    sheet = bob.browser.get(f"{place}/t").form(f"{place}/t").fields | {"title": "Mint", "body": "Sun?"}
    first, again = (bob.browser.post(f"{place}/t", sheet) for _ in range(2))
    assert (first.status, again.status) == (303, 303)
    assert first.location == again.location


def test_a_link_stays_words_and_leads_once_the_name_is_settled(
    house: TestHouse, bob: Person, place: str
) -> None:
    thread = begin(
        bob, place, body="See https://example.org/mint or [this](https://example.org/sun)."
    ).location
    for unnamed in ("", "1"):
        answer(bob, thread, "And https://example.org/shade", unnamed=unnamed)
    assert "<a " not in "".join(html(house))
    assert "https://example.org/mint" in html(house)[0]
    for _ in range(2):
        rest(bob, clock.DAY)
        answer(bob, thread)
    for unnamed in ("", "1"):
        answer(bob, thread, "And https://example.org/late", unnamed=unnamed)
    assert [one.count("<a ") for one in html(house)[-2:]] == [1, 1]


def test_a_new_name_shows_no_old_hand(house: TestHouse, bob: Person, place: str) -> None:
    on_three_days(bob, place)
    bob.new_persona("Newly named")
    bob.browser.submit(place, f"{place}/in")
    for _ in range(3):
        assert begin(bob, place, body="See https://example.org").status == 303, "only she notices how much"
    assert "<a " not in "".join(html(house)[-3:])
    look(house, bob)
    assert "This name is new here" in bob.browser.get(f"{place}/t").text
    assert "somebody who has been here for long" in bob.browser.get("/me/can").text


@pytest.mark.parametrize("unnamed", ["", "1"])
def test_pictures_wait(house: TestHouse, bob: Person, place: str, unnamed: str) -> None:
    address = f"{place}/t"
    sheet = bob.browser.get(address).form(address).fields
    words = {**sheet, "title": "Mint", "body": "Look at it.", "unnamed": unnamed}
    blank = {f"picture_{at}": b"" for at in (2, 3, 4)}
    page = bob.browser.upload(address, words, {"picture_1": PNG, **blank})
    assert page.status == 422
    assert "pictures are possible later" in page.text
    assert "Look at it." in page.text
    assert html(house) == []


def test_three_days_and_an_answer_end_it(house: TestHouse, bob: Person, place: str) -> None:
    on_three_days(bob, place)
    for _ in range(3):
        assert begin(bob, place).status == 303
    assert "without the limits of the first days" in bob.browser.get("/me/can").text


def test_who_writes_under_no_name_is_not_new_for_ever(
    house: TestHouse, alice: Person, bob: Person, place: str
) -> None:
    thread = begin(alice, place).location
    for _ in range(3):
        answer(bob, thread, unnamed="1")
        rest(bob, clock.DAY)
    with house.database.read() as db:
        standing = standing_of(db, bob.viewer)
    assert standing.best is Level.SETTLED
    assert set(standing.names) == {Level.NEW}, "no name of hers shows it"
    mallory = house.person("Mallory").viewer
    with house.database.read() as db:
        assert standing_of(db, mallory).best is Level.NEW


def test_words_that_were_removed_keep_a_name_new(house: TestHouse, bob: Person, place: str) -> None:
    on_three_days(bob, place)
    with house.database.write() as uow:
        uow.run(
            Statement(update(POST).where(POST.c.n == literal_column("2")).values(state=literal_column("2")))
        )
    with house.database.read() as db:
        assert standing_of(db, bob.viewer).best is Level.NEW


def test_whoever_is_settled_pays_one_statement_at_most(house: TestHouse, bob: Person, place: str) -> None:
    thread = on_three_days(bob, place)
    viewer = bob.viewer
    with house.database.read() as db:
        house.database.trace = trace = list[str]()
        standing_now(db, viewer)
    house.database.trace = None
    assert len(trace) == 1

    def asked(act: Any) -> int:
        house.database.trace = trace = list[str]()
        act()
        house.database.trace = None
        return len(trace)

    look(house, bob)
    known = asked(lambda: bob.browser.get(thread))
    house.site.rooms["newcomers"].on = False
    assert asked(lambda: bob.browser.get(thread)) == known


def test_a_page_waits_for_nothing_and_the_next_one_knows(house: TestHouse, bob: Person, place: str) -> None:
    address = f"{place}/t"
    assert "For now: one thread" not in bob.browser.get(address).text
    for _ in range(200):
        if "For now: one thread" in bob.browser.get(address).text:
            return
        time.sleep(0.05)
    pytest.fail("nobody looked")


def html(house: TestHouse) -> list[str]:
    with house.database.read() as db:
        return [str(row[0]) for row in sorted(db.tuples(HTML), key=lambda row: row[1])]
