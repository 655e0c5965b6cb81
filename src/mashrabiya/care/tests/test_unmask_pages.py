"""The way through the pages: two keys, two people, words unnamed, a report, and what each of them is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.seeing import MADE_UP, plain, seen
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.communities.types import AnonMode
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.tables import ACCOUNT
from mashrabiya.platform.db import Statement
from mashrabiya.platform.languages import catalogue
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

WHY = "An address is read out here."


@dataclass
class Accountable:
    """Mona runs the place, Carla is of the house's care team; both hold a key, and both wish it so."""

    house: TestHouse
    language: str = "en"

    def __post_init__(self) -> None:
        self.scene = Scene(self.house, language=self.language)
        self.mona, self.carla = self.scene["mona"], a_carer(self.house)
        self.here = f"/c/{show_id(self.scene.cid)}/care/u"

    def hold(self, *people: Person) -> None:
        for person in people:
            person.browser.submit(self.here, f"{self.here[:-1]}k", hold="1")

    def agree(self, mode: AnonMode = AnonMode.ACCOUNTABLE) -> None:
        asked = self.mona.browser.submit(self.here, self.here, mode=mode.name.lower(), words=WHY)
        assert asked.status == 303, asked.text
        form = next(f for f in self.carla.browser.get(self.here).forms if f.action.startswith("/care/p/"))
        agreed = self.carla.browser.submit(self.here, form.action, wish="agree")
        assert agreed.status == 303

    def begin(self) -> Placed:
        self.hold(self.mona, self.carla)
        self.agree()
        return self.scene.thread(unnamed=True)

    def reported(self, placed: Placed) -> str:
        self.scene.report("bob", placed)
        return f"{self.scene.case().path}/l"

    def ask(self, path: str, by: Person) -> Page:
        return by.browser.submit(path, path, words=WHY)


def says(page: Page, key: str, language: str = "en") -> bool:
    told = re.sub(r"<[^>]*>", "", page.text).replace("&#x27;", "'")
    return catalogue(language).texts[key, "n"].split("{")[0].strip() in told


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_whole_way(house: TestHouse, language: str) -> None:
    two = Accountable(house, language)
    placed = two.begin()
    path = two.reported(placed)
    assert says(two.mona.browser.get(path[:-2]), "unmask.open", language)
    told_at_the_desk = two.mona.browser.get(path).text
    assert catalogue(language).texts["care.unnamed_accountable", "n"].partition(". ")[2] in told_at_the_desk
    assert "Alice" not in two.ask(path, two.mona).text
    assert says(two.mona.browser.get(path), "together.withdraw", language)
    shown = two.ask(path, two.carla)
    assert shown.status == 200
    assert "<bdi>Alice</bdi>" in shown.text
    # Shown once: not on the same page again, nor to the first of the two.
    for person in (two.carla, two.mona):
        for address in (path, path[:-2], two.scene.desk, two.here):
            assert "Alice" not in person.browser.get(address).text, address
    assert says(two.mona.browser.get(two.scene.desk), "care.done_learn", language)
    alice = two.scene["alice"].browser
    told = f"/t/{show_id(placed.tid)}/u"
    thread = alice.get(placed.address)
    assert says(thread, "thread.learned", language)
    assert told in thread.text
    assert says(thread, "compose.accountable_known", language)
    page = alice.get(told)
    assert says(page, "unmask.told", language)
    assert page.text.count(WHY) == 2
    for address in ("/me", "/"):
        assert says(alice.get(address), "learned.told", language), address
    assert told in alice.get("/me/u").text
    for other in ("bob", "mona", "charlie"):
        browser = two.scene[other].browser
        assert browser.get(told).status == 404
        assert not says(browser.get(placed.address), "thread.learned", language)
        for address in ("/me", "/"):
            assert not says(browser.get(address), "learned.told", language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_said_before_joining_and_before_writing(house: TestHouse, language: str) -> None:
    two = Accountable(house, language)
    sealed = two.scene.thread("mona")
    two.hold(two.mona, two.carla)
    two.agree()
    begun = two.scene.thread("mona")
    charlie, alice = two.scene["charlie"].browser, two.scene["alice"].browser
    home = f"/c/{show_id(two.scene.cid)}"
    for address in (home, begun.address):
        assert says(charlie.get(address), "community.join_accountable", language), address
    assert says(charlie.get(home), "community.unnamed_accountable", language)
    for address in (f"{home}/t", begun.address):
        page = alice.get(address)
        assert says(page, "compose.accountable", language), address
        assert not says(page, "compose.unnamed_closed", language)
    assert not says(alice.get(sealed.address), "compose.accountable", language)
    own = two.scene.thread("alice", unnamed=True)
    edit = re.search(r"/t/\w+/e/\w+", alice.get(own.address).text)
    assert edit
    assert says(alice.get(edit[0]), "compose.accountable", language)


def test_where_too_few_hold_a_key_it_is_said_and_words_stay(house: TestHouse) -> None:
    two = Accountable(house)
    placed = two.begin()
    two.carla.browser.submit(two.here, f"{two.here[:-1]}k", hold="0")
    alice = two.scene["alice"].browser
    page = alice.get(placed.address)
    assert says(page, "compose.unopenable")
    tid = show_id(placed.tid)
    form = page.form(f"/t/{tid}")
    back = alice.post(f"/t/{tid}", {**form.fields, "body": "My very words", "unnamed": "1"})
    assert back.status == 422
    assert says(back, "compose.unopenable")
    assert "My very words" in back.text


def test_without_two_keys_nothing_can_be_proposed(house: TestHouse) -> None:
    two = Accountable(house)
    two.hold(two.mona)
    page = two.mona.browser.get(two.here)
    assert says(page, "unmask.too_few_keys")
    assert not [form for form in page.forms if form.action == two.here]


def test_a_reason_that_is_missing_is_asked_for(house: TestHouse) -> None:
    two = Accountable(house)
    two.hold(two.mona, two.carla)
    asked = two.mona.browser.submit(two.here, two.here, mode="accountable", words=" ")
    assert asked.status == 422
    assert says(asked, "care.words_missing")
    two.agree()
    path = two.reported(two.scene.thread(unnamed=True))
    assert two.mona.browser.submit(path, path, words="").status == 422
    two.ask(path, two.mona)
    refused = two.carla.browser.submit(path, path, words="")
    assert refused.status == 422
    assert "Alice" not in refused.text


@pytest.mark.parametrize("who", ["alice", "bob", "charlie"])
def test_to_others_none_of_it_is_there(house: TestHouse, who: str) -> None:
    two = Accountable(house)
    placed = two.begin()
    path = two.reported(placed)
    two.ask(path, two.mona)
    two.mona.browser.submit(two.here, two.here, mode="sealed", words=WHY)
    form = next(f for f in two.carla.browser.get(two.here).forms if f.action.startswith("/care/p/"))
    person = two.scene[who]
    for address, made_up in ((two.here, f"/c/{MADE_UP}/care/u"), (path, f"/care/{MADE_UP}/l")):
        assert seen(house, person, address) == seen(house, person, made_up), address
    for address, made_up in (
        (form.action, f"/care/p/{MADE_UP}"),
        (path, f"/care/{MADE_UP}/l"),
        (f"{two.here[:-1]}k", f"/c/{MADE_UP}/care/k"),
        (two.here, f"/c/{MADE_UP}/care/u"),
    ):
        assert seen(house, person, address, post=True) == seen(house, person, made_up, post=True), address
    told = f"/t/{show_id(placed.tid)}/u"
    assert plain(person.browser.get(told)) == plain(person.browser.get(f"/t/{MADE_UP}/u"))


def test_each_page_asks_little(house: TestHouse) -> None:
    two = Accountable(house)
    placed = two.begin()
    path = two.reported(placed)
    two.ask(path, two.mona)
    for person, address in (
        (two.mona, two.here),
        (two.carla, path),
        (two.mona, path[:-2]),
        (two.scene["alice"], placed.address),
        (two.scene["alice"], "/me/u"),
        (two.scene["charlie"], f"/c/{show_id(two.scene.cid)}"),
    ):
        *_, trace = seen(house, person, address)
        assert len(trace) <= 6, (address, trace)  # type: ignore[arg-type]


def test_hosts_rule_it_out_for_good(house: TestHouse) -> None:
    two = Accountable(house)
    two.begin()
    house.change(sealed_only=True)
    page = two.mona.browser.get(two.here)
    assert says(page, "unmask.forbidden")
    assert not [form for form in page.forms if form.action.startswith("/care/p/")]


def test_what_one_asked_she_takes_back(house: TestHouse) -> None:
    two = Accountable(house)
    path = two.reported(two.begin())
    two.ask(path, two.mona)
    assert two.mona.browser.submit(path, path, wish="withdraw").status == 303
    assert says(two.mona.browser.get(path), "unmask.ask")
    assert says(two.carla.browser.get(path), "unmask.ask")


def test_programs_are_told(house: TestHouse) -> None:
    two = Accountable(house)
    sealed = two.scene.thread("mona")
    two.hold(two.mona, two.carla)
    two.agree()
    begun = two.scene.thread("mona")
    program = Program(house, two.scene["alice"])
    for placed, said in ((sealed, "sealed"), (begun, "accountable")):
        assert program.read(f"/api/t/{show_id(placed.tid)}")["unnamed"] == said


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_neutral_look_says_it_too_and_shows_it_to_nobody_else(house: TestHouse, language: str) -> None:
    two = Accountable(house, language)
    placed = two.begin()
    path = two.reported(placed)
    two.ask(path, two.mona)
    alice, charlie = two.scene["alice"], two.scene["charlie"]
    for person in (alice, charlie):
        sheet = person.browser.get("/me").form("/me/look")
        person.browser.post("/me/look", {"_f": sheet.fields["_f"], "discreet": "1"})
    home = f"/c/{show_id(two.scene.cid)}"
    assert says(charlie.browser.get(home), "community.join_accountable", language)
    assert says(alice.browser.get(placed.address), "compose.accountable", language)
    assert says(alice.browser.get(f"{home}/t"), "compose.accountable", language)
    two.ask(path, two.carla)
    for address in (placed.address, "/", "/me"):
        page = alice.browser.get(address)
        assert not says(page, "thread.learned", language), address
        assert not says(page, "learned.told", language), address
    key = catalogue(language).texts["learned.told", "d"]
    assert key in alice.browser.get("/").text
    assert catalogue(language).texts["thread.learned", "d"] in alice.browser.get(placed.address).text


def test_no_account_is_written_by_any_of_it(house: TestHouse) -> None:
    """T4: keys, boxes and openings are of the persona side alone."""
    rows: Statement[None] = Statement(select(ACCOUNT))
    two = Accountable(house)
    with house.database.read() as db:
        before = sorted(db.tuples(rows))
    path = two.reported(two.begin())
    two.ask(path, two.mona)
    two.ask(path, two.carla)
    with house.database.read() as db:
        assert sorted(db.tuples(rows)) == before


def test_no_form_of_these_fails_however_it_is_sent(house: TestHouse) -> None:
    house.site.rooms["limits"].on = False
    two = Accountable(house)
    path = two.reported(two.begin())
    doors = [(person, address) for person in (two.mona, two.carla) for address in (path, two.here)]
    sent = [send_wrong(person, address) for person, address in doors]
    two.ask(path, two.mona)
    sent += [send_wrong(person, address) for person, address in doors]
    assert min(sent) > 0


def send_wrong(person: Person, address: str) -> int:
    """Every form of ours on that page with every wrong word in every field; answers how many were sent."""
    forms = [form for form in person.browser.get(address).forms if form.action.startswith(("/care/", "/c/"))]
    ways = [
        (form, word) for form in forms for word in ("", "x" * 20_000, "\u202e\u0000", "<script>", "9" * 30)
    ]
    for form, word in ways:
        typed = dict.fromkeys(form.fields, word) | {"hold": word, "wish": word, "mode": word}
        answer = person.browser.post(form.action, typed | {"_f": form.fields["_f"]})
        assert answer.status in {303, 403, 404, 409, 422}, (address, form.action, word)
        assert "Alice" not in answer.text
    return len(ways)
