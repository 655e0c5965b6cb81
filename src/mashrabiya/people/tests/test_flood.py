"""T33 under a flood: whoever floods whatever door, a code still freezes, paper still opens, and others write on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mashrabiya.kernel.errors import Refused
from mashrabiya.people import flows
from mashrabiya.people.flows import freezing
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, Person, fill, person
from mashrabiya.people.tests.test_freezing import code_of
from mashrabiya.platform import proof_of_work, turns
from mashrabiya.platform.crypto import recovery_hash
from mashrabiya.platform.turns import Turns
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
FLOOD = 60


class Flood:
    """Mallory has sent many codes, and the line stands still until it is let go on."""

    def __init__(self, house: TestHouse) -> None:
        self.house, self.tried = house, list[str]()
        self.gate = threading.Event()
        house.site.rooms["freezing"] = Turns(self._try)
        self.alice: Person = person(house, "Alice")
        self.code = code_of(house, self.alice)
        mallory = self.visitor(HERE)
        for number in range(FLOOD):
            assert mallory.post("/s", {"code": f"{number:016}"}).status == 202

    def _try(self, code: str) -> None:
        assert self.gate.wait(60)
        self.tried.append(code)
        freezing.freeze(self.house.site, code)

    def visitor(self, address: str, language: str = "en") -> Browser:
        browser = self.house.browser(language)
        browser.address = address
        return browser

    def goes_on(self) -> int:
        """Whose turn hers was, once all had theirs."""
        self.drain()
        return self.tried.index(self.code)

    def drain(self) -> None:
        """Until nobody stands in line."""
        self.gate.set()
        for thread in threading.enumerate():
            if thread.name == "turns":
                thread.join(60)


@pytest.fixture
def flood(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flood]:
    monkeypatch.setattr(turns, "PATIENCE", 0)
    made = Flood(house)
    yield made
    made.gate.set()


@pytest.mark.parametrize(
    ("language", "says"), [("en", "also when this page is closed"), ("ar", "حتى بعد إغلاق هذه الصفحة")]
)
def test_from_elsewhere_hers_comes_next_and_she_need_not_wait_for_it(
    flood: Flood, language: str, says: str
) -> None:
    page = flood.visitor(ELSEWHERE, language).post("/s", {"code": flood.code})
    assert page.status == 202
    assert says in page.text
    assert flood.code not in page.text
    assert flood.goes_on() < 4
    assert flood.alice.browser().get("/me").status == 404


def test_from_behind_the_same_address_work_goes_ahead(flood: Flood) -> None:
    browser = flood.visitor(HERE)
    page = browser.get("/s")
    nonce = proof_of_work.solve(page.form("/s").fields["work"], proof_of_work.BUSY_BITS)
    assert fill(browser, page, "/s", code=flood.code, nonce=nonce).status == 202
    assert flood.goes_on() < 4


def test_without_a_script_behind_the_same_address_hers_has_its_turn_too(flood: Flood) -> None:
    flood.visitor(HERE).post("/s", {"code": flood.code})
    flood.goes_on()
    assert len(flood.tried) == FLOOD + 1
    assert flood.alice.browser().get("/me").status == 404


def test_right_and_wrong_are_told_alike_in_line(flood: Flood) -> None:
    def told(code: str) -> Page:
        return flood.visitor(ELSEWHERE).post("/s", {"code": code})

    assert told(flood.code) == told("f" * 16)


@pytest.fixture
def stuck(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestHouse]:
    """So many stand at the sign-in page that no thread is free there."""
    gate = threading.Event()

    def stand(*_: object) -> None:
        assert gate.wait(120)
        raise Refused("signin.wrong")

    sheet = house.browser().get("/in").form("/in").fields
    monkeypatch.setattr(flows, "unlock", stand)
    house.site.rooms["limits"].on = False
    with ThreadPoolExecutor(FLOOD) as crowd:
        asked = [
            crowd.submit(house.browser().post, "/in", {**sheet, "name": f"n{n}", "pass": OTHER})
            for n in range(FLOOD)
        ]
        yield house
        gate.set()
        assert {one.result(120).status for one in asked} == {422}


def test_a_crowd_at_the_sign_in_page_holds_no_other_door(
    house: TestHouse, request: pytest.FixtureRequest
) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    code, back = code_of(house, alice), {"code": bob.codes[0], "name": "new", "pass": OTHER}
    request.getfixturevalue("stuck")
    assert bob.browser().submit("/me/notes/new", "/me/notes", text="words").status == 303
    assert house.browser().submit("/back", "/back", **back).status == 303
    assert house.browser().submit("/s", "/s", code=code).status in {200, 202}


def test_made_up_codes_stand_in_no_line_before_paper(house: TestHouse) -> None:
    before = recovery_hash.calls
    for code in ("0" * 20, "no code", ""):
        page = house.browser().submit("/back", "/back", code=code, name="new", **{"pass": OTHER})
        assert page.status == 422
    assert recovery_hash.calls == before


def test_what_has_no_form_stands_in_no_line_before_the_freeze(house: TestHouse) -> None:
    house.site.rooms["freezing"] = line = Turns(pytest.fail)
    for code in ("", "words", "0" * 15, "0" * 17, "و" * 200, PASSPHRASE):
        assert house.browser().post("/s", {"code": code}).status == 200
    assert not line._runs


def test_long_words_take_no_room_in_line_and_mean_the_same(flood: Flood) -> None:
    page = flood.visitor(ELSEWHERE).post("/s", {"code": flood.code + "-" * 100_000})
    assert page.status == 202
    flood.drain()
    assert max(map(len, flood.tried)) < 1000
    assert flood.alice.browser().get("/me").status == 404
