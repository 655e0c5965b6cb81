"""A rule that holds spares words of somebody who may harm herself: they show, and the desk finds that it met them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.care import queries as care
from mashrabiya.care.commands import BY_RULE
from mashrabiya.care.types import HOLD_DAYS, Act, Case
from mashrabiya.discussions.tests.test_care_word import case
from mashrabiya.discussions.types import PostState
from mashrabiya.home.tests.test_fading import again
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform import audit
from mashrabiya.safety.matching.book import Rulebook
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.types import Act as Does
from mashrabiya.safety.types import Precept, Reason, Standing
from mashrabiya.stewardship.tests.holding import SAID, Holding
from mashrabiya.stewardship.tests.precepts import WORD
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse


@pytest.fixture(autouse=True)
def on_time() -> Iterator[None]:
    yield
    clock.offset = 0.0


def danger(language: str = "en") -> str:
    return f"{SAID}. {case('direct_wish', language)}"


def press(place: Holding, body: str, **more: str) -> Page:
    """Say it, and after the kind word once more."""
    first = place.say(body, **more)
    assert first.status == 422
    return place.again(first, _guarded="keep", **more)


def found(place: Holding) -> list[Case]:
    with place.house.database.read() as db:
        here = care.get_place(db, place.alice.viewer, place.cid)
        return care.queue(db, place.alice.viewer, here)[0]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("unnamed", ["", "1"])
def test_it_shows_at_once_and_the_desk_finds_a_match(house: TestHouse, language: str, unnamed: str) -> None:
    place = Holding(house)
    posted = press(place, danger(language), **({"unnamed": unnamed} if unnamed else {}))
    assert posted.location == f"{place.thread}?n=2#n2"
    assert place.states() == [PostState.SHOWN]
    assert WORD in place.seen_by(place.charlie)
    assert place.decisions() == [], "nothing was decided, by nobody"
    (match,) = found(place)
    assert (match.reason, match.people, match.gentle) == (Reason.MATCH, 0, False)
    assert "met these words and did not hold them" in place.alice.browser.get(match.path).text
    with house.database.read() as db:
        assert not [one for one in audit.entries(db, before=1 << 40, most=99) if "hold" in one.entry.action]


def test_no_carer_is_called_unless_she_wishes_it(house: TestHouse) -> None:
    place = Holding(house)
    press(place, danger())
    assert [one.reason for one in found(place)] == [Reason.MATCH]
    press(place, f"Again. {danger()}", call="1")
    assert [one.reason for one in found(place)] == [Reason.CALL, Reason.MATCH]
    with house.database.read() as db:
        called = care.get_case(db, place.alice.viewer, read_id(place.cases()[0].rsplit("/", 1)[1], 16))
    assert (called.reason, called.gentle) == (Reason.CALL, True)


def test_without_such_words_it_is_held_as_ever(house: TestHouse) -> None:
    place = Holding(house)
    assert place.say(SAID).location == f"{place.thread}/y/2"
    press(place, danger())
    assert place.say(f"{SAID} too").location == f"{place.thread}/y/4"
    assert place.states() == [PostState.HELD, PostState.SHOWN, PostState.HELD]


def test_a_refusal_refuses_these_words_too(house: TestHouse) -> None:
    place = Holding(house)
    place.make(act="refuse", text="celeriac")
    first = place.say(f"celeriac {danger()}")
    assert first.status == 422
    assert place.again(first, _guarded="keep").status == 422
    assert place.states() == []


def test_what_was_held_shows_once_it_says_so(house: TestHouse) -> None:
    place = Holding(house)
    place.say(SAID)
    told = place.bob.browser.get(f"{place.thread}/y/2").text.replace("&#x2f;", "/")
    form = re.findall(r'href="(/t/\w+/e/\w+)"', told)[0]
    first = place.bob.browser.submit(form, form, body=danger())
    assert first.status == 422
    again = place.bob.browser.post(form, {**first.form(form).fields, "_guarded": "keep"})
    assert (again.status, place.states()) == (303, [PostState.SHOWN])
    assert [one.reason for one in found(place)] == [Reason.MATCH]


def test_as_a_first_post_it_shows_and_is_no_way_round(house: TestHouse) -> None:
    place = Holding(house, kind="first", text="")
    assert press(place, danger()).location == f"{place.thread}?n=2#n2"
    assert place.say("Cheap watches here.").location == f"{place.thread}/y/3"
    assert place.states() == [PostState.SHOWN, PostState.HELD]


def test_once_somebody_has_looked_or_could_have_she_is_new_no_more(house: TestHouse) -> None:
    place = Holding(house, kind="first", text="")
    press(place, danger())
    with house.database.read() as db:
        match = care.get_case(db, place.alice.viewer, read_id(place.cases()[0].rsplit("/", 1)[1], 16))
    assert match.reason == Reason.MATCH
    assert place.decide(Act.KEEP).status == 303
    assert place.say("hello").location == f"{place.thread}?n=3#n3"


def test_when_nobody_looks_she_is_new_for_as_long_as_a_hold_lasts(house: TestHouse) -> None:
    place = Holding(house, kind="first", text="")
    press(place, danger())
    clock.offset += (HOLD_DAYS + 1) * clock.DAY
    again(place.bob)
    assert place.say("hello").location == f"{place.thread}?n=3#n3"


def test_what_looks_for_nothing_spares_nothing() -> None:
    """Where nobody is asked how she is, nothing is read from her words either."""
    rule = Standing(id=b"1" * 16, cid=b"c" * 16, kind=Precept.WORDS, act=Does.HOLD, text=WORD)
    book = Rulebook([rule], BY_RULE)
    for cares, spared in ((False, False), (True, True)):
        heed = Watch(book, seen=True, cares=cares).hold(b"c" * 16, [danger()])
        assert (heed.match is not None, heed.keep is None) == (spared, spared)
