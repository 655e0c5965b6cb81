"""A rule that holds: what it meets is posted and waits, its author is told at once, and it shows by itself in the end."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from mashrabiya.care import jobs as care_jobs
from mashrabiya.care.types import HOLD_DAYS, Act
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform import audit
from mashrabiya.safety.types import Reason
from mashrabiya.stewardship.tests.holding import SAID, Holding
from mashrabiya.stewardship.tests.precepts import WORD, Place
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.house import TestHouse

SENTENCE = "Vegetables have a place of their own here."


@pytest.fixture(autouse=True)
def on_time() -> Iterator[None]:
    yield
    clock.offset = 0.0


@pytest.mark.parametrize("unnamed", ["", "1"])
@pytest.mark.parametrize(
    ("language", "waits", "why", "shown"),
    [
        ("en", "waits to be read", "An automatic rule here holds", "the care team is looking at it"),
        ("ar", "تنتظر القراءة", "قاعدة تلقائية هنا تؤجّل", "فريق الرعاية ينظر فيه"),
    ],
)
def test_its_author_is_told_at_once_and_nobody_else_reads_it(
    house: TestHouse, language: str, waits: str, why: str, shown: str, unnamed: str
) -> None:
    place = Holding(house, language, sentence=SENTENCE)
    posted = place.say(SAID, **({"unnamed": unnamed} if unnamed else {}))
    assert (posted.status, posted.location) == (303, f"{place.thread}/y/2")
    told = place.bob.browser.get(f"{place.thread}/y/2").text
    assert [said for said in (waits, why, SENTENCE, SAID) if said not in told] == []
    assert "/me/o/" not in told.replace("&#x2f;", "/"), "nobody has decided: there is nothing to object to"
    assert place.states() == [PostState.HELD]
    for who in (place.alice, place.bob, place.charlie):
        page = place.seen_by(who)
        assert (shown in page, WORD in page) == (True, False)
    for who in (place.alice, place.charlie):
        assert who.browser.get(f"{place.thread}/y/2").status == 404


def test_what_no_rule_meets_is_posted_as_ever(house: TestHouse) -> None:
    place = Holding(house)
    posted = place.say("a turnip")
    assert (posted.status, posted.location) == (303, f"{place.thread}?n=2#n2")
    assert (place.states(), place.cases()) == ([PostState.SHOWN], [])


def test_it_waits_at_the_desk_as_no_report_and_to_keep_it_shows_it(house: TestHouse) -> None:
    place = Holding(house, sentence=SENTENCE)
    place.say(SAID)
    (case,) = place.cases()
    page = place.alice.browser.get(case).text
    for said in ("Held by an automatic rule", "not a report", WORD, SENTENCE):
        assert said in page
    assert "Show help" not in page
    assert [place.charlie.browser.get(case).status, place.bob.browser.get(case).status] == [404, 404]
    rows = house.database.connection().execute("SELECT reason, urgency, weighs FROM report").fetchall()
    assert [tuple(row) for row in rows] == [(int(Reason.RULE), 2, 0)]
    assert place.decide(Act.KEEP).status == 303
    assert place.states() == [PostState.SHOWN]
    assert WORD in place.seen_by(place.charlie)
    assert place.cases() == []


@pytest.mark.parametrize(("act", "state"), [(Act.HIDE, PostState.HIDDEN), (Act.REMOVE, PostState.REMOVED)])
def test_what_a_person_decides_outlives_the_rule(house: TestHouse, act: Act, state: PostState) -> None:
    place = Holding(house)
    place.say(SAID)
    assert place.decide(act).status == 303
    told = place.bob.browser.get(f"{place.thread}/y/2").text
    assert "We looked at it." in told
    assert told.replace("&#x2f;", "/").count('href="/me/o/') == 1, "what a person decided can be objected to"
    clock.offset += (HOLD_DAYS + 1) * clock.DAY
    care_jobs.let_held_show(house.database)
    assert place.states() == [state]


def test_it_shows_by_itself_and_not_before(house: TestHouse) -> None:
    place = Holding(house)
    place.say(SAID)
    for days, state in ((HOLD_DAYS, PostState.HELD), (1, PostState.SHOWN), (1, PostState.SHOWN)):
        clock.offset += days * clock.DAY
        care_jobs.let_held_show(house.database)
        assert place.states() == [state]
    clock.offset = 0.0
    assert len(place.cases()) == 1, "nobody has looked yet"


def test_it_is_in_the_log_as_done_by_the_house_without_a_name_and_can_be_undone(house: TestHouse) -> None:
    place = Holding(house, sentence=SENTENCE)
    place.say(SAID)
    with house.database.read() as db:
        logged = audit.entries(db, before=1 << 40, most=1)[0]
    entry = logged.entry
    assert (entry.action, entry.role, entry.rule) == ("decision:hold", "software", "rule")
    assert WORD not in (logged.detail or "")
    (held,) = place.decisions()
    assert (held.by, held.is_by_rule, held.until_day) == (None, True, clock.day() + HOLD_DAYS)
    undo = f"/care/u/{held.shown}"
    for who in (place.bob, place.charlie):
        token = place.alice.browser.get(place.cases()[0]).form(undo).fields["_f"]
        assert who.browser.post(undo, {"_f": token}).status in {403, 404, 422}
    assert place.states() == [PostState.HELD]
    assert place.alice.browser.submit(place.cases()[0], undo).status == 303
    assert place.states() == [PostState.SHOWN]


def test_a_program_is_told_that_it_is_held(house: TestHouse) -> None:
    place = Holding(house)
    program, address = Program(house, place.bob), f"/api{place.thread}"
    sent = {"body": SAID, "submission": "a" * 32}
    for _ in range(2):
        answer = program.send(address, sent)
        assert (answer.status, json.loads(answer.body)["held"]) == (201, True)
    assert json.loads(program.send(address, {"body": "a turnip"}).body)["held"] is False
    assert place.states() == [PostState.HELD, PostState.SHOWN]
    assert WORD not in Program(house, place.charlie).get(address).text


def test_a_rule_of_the_house_holds_everywhere_and_waits_at_the_desk_of_the_place(house: TestHouse) -> None:
    place = Holding(house, text="kohlrabi")
    place.make_as(host(house), "/o/r", act="hold")
    assert place.say(SAID).location == f"{place.thread}/y/2"
    assert len(place.cases()) == 1
    address = place.base.removesuffix("/r") + "/edit"
    assert place.alice.browser.submit(address, address, about=f"All about {WORD}").status == 303


def test_a_wave_is_held_one_by_one_and_each_comes_back(house: TestHouse) -> None:
    place = Holding(house)
    for number in range(4):
        assert place.say(f"{SAID} {number}").status == 303
    assert place.states() == [PostState.HELD] * 4
    assert len(place.cases()) == 4
    assert place.decide(Act.KEEP).status == 303
    assert sorted(place.states()) == [PostState.SHOWN, *[PostState.HELD] * 3]
    clock.offset += (HOLD_DAYS + 1) * clock.DAY
    care_jobs.let_held_show(house.database)
    assert place.states() == [PostState.SHOWN] * 4


def test_sent_twice_it_is_held_once(house: TestHouse) -> None:
    place = Holding(house)
    typed = {**place.bob.browser.get(place.thread).form(place.thread).fields, "body": SAID}
    sent = [place.bob.browser.post(place.thread, typed) for _ in range(2)]
    assert [page.location for page in sent] == [f"{place.thread}/y/2"] * 2
    assert (place.states(), len(place.cases())) == ([PostState.HELD], 1)


def test_in_a_hidden_place_what_waits_is_not_there_for_others(house: TestHouse) -> None:
    place = Holding(house, text="kohlrabi")
    cid = open_place(house, place.alice, audience=Audience.HIDDEN)
    place.make_as(host(house), "/o/r", act="hold")
    thread = ask(house, place.alice, cid).address
    assert place.alice.browser.submit(thread, thread, body=SAID).location == f"{thread}/y/2"
    missing = place.bob.browser.get("/t/nothing").text
    for path in (thread, f"{thread}/y/2", f"{thread}/c/2"):
        assert place.bob.browser.get(path).text == missing
    assert read_id(thread.rsplit("/", 1)[1], 16)
    assert place.cases() == []


def test_a_hold_cannot_be_objected_to_by_hand(house: TestHouse) -> None:
    place = Holding(house)
    place.say(SAID)
    (held,) = place.decisions()
    page = place.bob.browser.get(f"/me/o/{held.shown}")
    assert 'name="words"' not in page.text
    assert f"/me/o/{held.shown}" not in place.bob.browser.get("/me/o").text.replace("&#x2f;", "/")


def test_the_form_offers_it_and_trying_it_out_says_what_would_have_been_held(house: TestHouse) -> None:
    place = Place(house)
    assert place.say(SAID).status == 303
    page = place.make(_try="1", act="hold")
    assert "1 post would have been held" in page.text
    assert 'value="hold"' in page.text
    assert "would have met" not in page.text


def test_a_rule_that_holds_costs_other_words_no_statement(house: TestHouse) -> None:
    place = Place(house)

    def asked(body: str) -> int:
        sheet = place.bob.browser.get(place.thread).form(place.thread)
        house.database.trace = []
        assert place.bob.browser.post(place.thread, {**sheet.fields, "body": body}).status == 303
        statements, house.database.trace = len(house.database.trace), None
        return statements

    place.say("first words, after which everything is known")
    without = asked("a turnip")
    place.make(act="hold")
    assert asked("a beetroot") == without
