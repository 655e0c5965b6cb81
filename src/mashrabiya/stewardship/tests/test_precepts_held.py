"""What a rule holds: its author edits it or takes it back, a thread waits whole, and a first post until one shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.care import jobs as care_jobs
from mashrabiya.care import queries as care
from mashrabiya.care.types import HOLD_DAYS, Act
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.safety.types import Reason
from mashrabiya.stewardship.tests.holding import SAID, Holding
from mashrabiya.stewardship.tests.precepts import WORD
from mashrabiya.testing.house import TestHouse

SENTENCE = "Vegetables have a place of their own here."


@pytest.fixture(autouse=True)
def on_time() -> Iterator[None]:
    yield
    clock.offset = 0.0


@pytest.mark.parametrize("unnamed", ["", "1"])
def test_edited_it_is_held_against_the_rules_again(house: TestHouse, unnamed: str) -> None:
    place = Holding(house)
    place.say(SAID, **({"unnamed": unnamed} if unnamed else {}))
    told = place.bob.browser.get(f"{place.thread}/y/2").text.replace("&#x2f;", "/")
    form = re.findall(r'href="(/t/\w+/e/\w+)"', told)[0]
    posted = place.bob.browser.submit(form, form, body=f"another {WORD}")
    assert (posted.location, place.states()) == (f"{place.thread}/y/2", [PostState.HELD])
    assert len(place.decisions()) == 1
    posted = place.bob.browser.submit(form, form, body="a turnip")
    assert (posted.location, place.states()) == (f"{place.thread}?n=2#n2", [PostState.SHOWN])
    assert "a turnip" in place.seen_by(place.charlie)
    assert place.cases() == []
    assert place.bob.browser.submit(form, form, body=SAID).status == 303
    assert place.states() == [PostState.HELD]
    assert (WORD in place.seen_by(place.charlie), len(place.cases())) == (False, 1)


def test_what_a_person_holds_no_edit_lets_go(house: TestHouse) -> None:
    place = Holding(house)
    place.say("a turnip")
    where = f"{place.thread}/c/2"
    assert place.alice.browser.submit(where, where, act=str(int(Act.HOLD)), words="We look.").status == 303
    told = place.bob.browser.get(f"{place.thread}/y/2").text.replace("&#x2f;", "/")
    form = re.findall(r'href="(/t/\w+/e/\w+)"', told)[0]
    for body in (SAID, "a beetroot"):
        assert place.bob.browser.submit(form, form, body=body).status == 303
        assert place.states() == [PostState.HELD]


def test_its_author_may_take_it_back_and_it_waits_no_longer(house: TestHouse) -> None:
    place = Holding(house)
    place.say(SAID)
    told = place.bob.browser.get(f"{place.thread}/y/2").text.replace("&#x2f;", "/")
    form = re.findall(r'href="(/t/\w+/d/\w+)"', told)[0]
    for other in (place.alice, place.charlie):
        assert other.browser.get(form).status == 404
    assert place.bob.browser.submit(form, form).status == 303
    assert (place.states(), place.cases()) == ([PostState.DELETED], [])
    clock.offset += (HOLD_DAYS + 1) * clock.DAY
    care_jobs.let_held_show(house.database)
    assert place.states() == [PostState.DELETED]


def test_a_first_post_waits_and_so_does_the_next_until_one_shows(house: TestHouse) -> None:
    place = Holding(house, kind="first", text="")
    assert place.say("hello").location == f"{place.thread}/y/2"
    told = place.bob.browser.get(f"{place.thread}/y/2").text
    assert "A first post waits here" in told
    form = re.findall(r'href="(/t/\w+/e/\w+)"', told.replace("&#x2f;", "/"))[0]
    assert place.bob.browser.submit(form, form, body="hello you").status == 303
    assert place.say("hello again").status == 303
    assert place.states() == [PostState.HELD, PostState.HELD], "an edit does not make it a second post"
    assert place.decide(Act.KEEP).status == 303
    assert place.say("and again").location == f"{place.thread}?n=4#n4"
    assert sorted(place.states()) == [PostState.SHOWN, PostState.SHOWN, PostState.HELD]


def test_of_an_unnamed_voice_nobody_asks_whether_it_is_new(house: TestHouse) -> None:
    place = Holding(house, kind="first", text="")
    assert place.say("hello", unnamed="1").status == 303
    assert place.states() == [PostState.SHOWN]


def test_a_thread_is_held_with_its_title(house: TestHouse) -> None:
    place = Holding(house)
    begin = f"{place.base.removesuffix('/r')}/t"
    posted = place.bob.browser.submit(begin, begin, title=f"All about {WORD}", body="Who knows more?")
    assert posted.status == 303
    thread = posted.location.removesuffix("/y/1")
    assert posted.location == f"{thread}/y/1"
    assert f"All about {WORD}" in place.bob.browser.get(posted.location).text
    for page in (thread, "/t", begin.removesuffix("/t")):
        assert WORD not in place.charlie.browser.get(page).text
    assert place.decide(Act.KEEP).status == 303
    assert f"All about {WORD}" in place.charlie.browser.get(thread).text


def test_a_question_comes_first_and_a_refusal_is_one(house: TestHouse) -> None:
    place = Holding(house)
    place.make(act="nudge", text="kohlrabi")
    place.make(act="refuse", text="celeriac")
    first = place.say(f"{WORD} and kohlrabi")
    assert (first.status, place.states()) == (422, [])
    assert place.again(first, _guarded="keep").location == f"{place.thread}/y/2"
    assert place.say(f"{WORD} and celeriac").status == 422
    assert place.states() == [PostState.HELD]


def test_who_may_harm_herself_is_met_gently_also_where_a_rule_holds_her_words(house: TestHouse) -> None:
    place = Holding(house)
    place.say(SAID, call="1")
    with house.database.read() as db:
        found = care.get_case(db, place.alice.viewer, read_id(place.cases()[0].rsplit("/", 1)[1], 16))
    assert (found.reason, found.gentle, found.people) == (Reason.CALL, True, 0)


def test_by_itself_a_rule_is_nothing_gentle(house: TestHouse) -> None:
    place = Holding(house)
    place.say(SAID)
    with house.database.read() as db:
        found = care.get_case(db, place.alice.viewer, read_id(place.cases()[0].rsplit("/", 1)[1], 16))
    assert (found.reason, found.gentle, found.people) == (Reason.RULE, False, 0)


def test_who_blocked_its_author_reads_what_was_held_folded_like_all_else(house: TestHouse) -> None:
    place = Holding(house)
    for body in ("a turnip", SAID):
        assert place.say(body).status == 303
    assert place.alice.browser.get(f"{place.thread}/m/3").status == 404, "there is nobody to meet yet"
    keep = f"{place.thread}/m/2"
    assert place.alice.browser.submit(keep, keep, act="block").status == 303
    assert place.seen_by(place.alice).count("From a name you blocked") == 1
    assert place.decide(Act.KEEP).status == 303
    assert place.seen_by(place.alice).count("From a name you blocked") == 2
    assert "From a name you blocked" not in place.seen_by(place.charlie)
