"""What goes soon is told to whoever wrote it, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import RETENTION_CHOICES, Audience, NewCommunity
from mashrabiya.discussions import jobs
from mashrabiya.discussions.tests.factories import BODY, TITLE, answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.home.tests.test_home import counted, statements
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people import flows
from mashrabiya.people.commands import saved
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import Person, TestHouse

CARD = {"en": "A thread of yours will be deleted soon.", "ar": "موضوع لك يُحذف قريبًا."}
DAYS = {"en": "Deleted in 14 days", "ar": "يُحذف تلقائيًا بعد ١٤ يومًا"}
LANGUAGES = list(CARD)
EARLY, SOON = 350 * clock.DAY, 351 * clock.DAY


def later(*people: Person, seconds: int = SOON) -> None:
    """The clock moves; whoever is named signs in again, since no session lasts that long."""
    clock.offset += seconds
    for person in people:
        again(person)


def edit(host: Person, cid: bytes, **changes: Any) -> None:
    """Whoever runs the place decides otherwise."""
    new = NewCommunity(name="Night kitchen", language="en", **changes)
    with host.house.database.write() as uow:
        communities.edit(uow, host.viewer, cid, new)


def again(person: Person) -> None:
    """She signs in anew."""
    cookie = flows.sign_in(person.house.site, person.name, person.passphrase)
    person.browser.cookies[SESSION] = cookie.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unnamed", [False, True])
def test_she_is_told_two_weeks_before(house: TestHouse, language: str, unnamed: bool) -> None:
    alice, bob = house.person("Alice", language=language), house.person("Bob", language=language)
    cid = open_place(house, alice, bob)
    begin(house.database, alice.viewer, cid, unnamed=unnamed)
    later(alice, bob, seconds=EARLY)
    assert CARD[language] not in alice.browser.get("/").text
    later(alice, bob, seconds=clock.DAY)
    assert CARD[language] in alice.browser.get("/").text
    assert DAYS[language] in alice.browser.get("/me/fading").text
    for page in ("/", "/me/fading"):
        assert CARD[language] not in bob.browser.get(page).text
    assert TITLE not in bob.browser.get("/me/fading").text


def test_a_reply_puts_it_off(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    tid = begin(house.database, alice.viewer, open_place(house, alice, bob)).tid
    later(alice, bob)
    answer(house.database, bob.viewer, tid)
    assert TITLE not in alice.browser.get("/me/fading").text


def test_a_community_that_shortens_is_followed(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    begin(house.database, alice.viewer, cid)
    later(alice, seconds=20 * clock.DAY)
    assert TITLE not in alice.browser.get("/me/fading").text
    edit(alice, cid, retention_days=30)
    assert "Deleted in 10 days" in alice.browser.get("/me/fading").text


def test_what_she_wrote_by_another_name_waits_for_that_name(house: TestHouse, alice: Person) -> None:
    begin(house.database, alice.viewer, open_place(house, alice))
    alice.new_persona("Zahra")
    later()
    again(alice)
    assert TITLE in alice.browser.get("/me/fading").text
    alice.as_persona(1)
    assert TITLE not in alice.browser.get("/me/fading").text


def test_unnamed_words_among_members_are_told_under_any_name_without_a_link(
    house: TestHouse, alice: Person
) -> None:
    cid = open_place(house, alice)
    edit(alice, cid, audience=Audience.MEMBERS)
    tid = begin(house.database, alice.viewer, cid, unnamed=True).tid
    alice.new_persona("Zahra")
    later()
    again(alice)
    alice.as_persona(1)
    text = alice.browser.get("/me/fading").text
    assert TITLE in text
    assert f'href="/t/{show_id(tid)}"' not in text
    assert "Another persona of yours may read there" in text


@pytest.mark.parametrize("unnamed", [False, True])
def test_she_keeps_her_text_as_a_private_note(house: TestHouse, alice: Person, unnamed: bool) -> None:
    tid = begin(house.database, alice.viewer, open_place(house, alice), unnamed=unnamed).tid
    later(alice)
    for _ in range(2):
        assert alice.browser.submit("/me/fading", f"/me/fading/{show_id(tid)}").location == "/me/notes"
    note = alice.browser.get("/me/notes/0").text
    assert TITLE in note
    assert BODY.split("\n", 1)[0].replace("*", "")[:8] in note
    assert alice.browser.get("/me/notes/1").status == 404


def test_the_longest_text_is_kept_too(house: TestHouse, alice: Person) -> None:
    tid = begin(house.database, alice.viewer, open_place(house, alice), body="x" * 12_000).tid
    later(alice)
    assert alice.browser.submit("/me/fading", f"/me/fading/{show_id(tid)}").status == 303


def test_nobody_keeps_what_is_not_theirs_or_not_at_its_end(house: TestHouse, alice: Person) -> None:
    mallory = house.person("Mallory")
    cid = open_place(house, alice, mallory)
    old = begin(house.database, alice.viewer, cid, unnamed=True).tid
    hers = begin(house.database, mallory.viewer, cid).tid
    later(alice, mallory)
    fresh = begin(house.database, mallory.viewer, cid).tid
    token = mallory.browser.get("/me/fading").form(f"/me/fading/{show_id(hers)}").fields
    for tid in (old, fresh, new_id()):
        assert mallory.browser.post(f"/me/fading/{show_id(tid)}", token).status == 404
    assert mallory.browser.post("/me/fading/nonsense", token).status == 404


def test_the_shelf_may_be_full(house: TestHouse, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST", 0)
    tid = begin(house.database, alice.viewer, open_place(house, alice)).tid
    later(alice)
    answered = alice.browser.submit("/me/fading", f"/me/fading/{show_id(tid)}")
    assert answered.status == 403
    assert TITLE in answered.text


def test_looking_writes_nothing(house: TestHouse, alice: Person) -> None:
    begin(house.database, alice.viewer, open_place(house, alice), unnamed=True)
    later(alice)
    trace: list[str] = []
    house.database.trace = trace
    alice.browser.get("/")
    alice.browser.get("/me/fading")
    house.database.trace = None
    assert not [sql for sql in trace if not sql.lstrip().upper().startswith(("SELECT", "BEGIN", "COMMIT"))]


def test_home_asks_no_more_than_before(house: TestHouse, alice: Person) -> None:
    begin(house.database, alice.viewer, open_place(house, alice), unnamed=True)
    later(alice)
    house.site.held.refresh()
    assert counted(house, alice.browser, "/") <= 6
    assert statements(alice, "/") <= 6
    assert statements(alice, "/me/fading") <= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_what_faded_is_a_link_to_nothing(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice", language=language), house.person("Bob", language=language)
    tid = begin(house.database, alice.viewer, open_place(house, alice, bob)).tid
    link, made_up = f"/t/{show_id(tid)}", f"/t/{show_id(new_id())}"
    later(alice, bob, seconds=365 * clock.DAY)
    with house.database.write() as uow:
        assert jobs.fade(uow) == 1
    for browser in (alice.browser, bob.browser, house.browser(language)):
        for end in ("", "?n=2", "/1/edit"):
            gone, never = browser.get(link + end), browser.get(made_up + end)
            assert (gone.status, gone.headers, gone.text) == (404, never.headers, never.text)


def test_what_was_written_unnamed_goes_sooner_with_its_community_too(house: TestHouse, alice: Person) -> None:
    """It is found by what its thread says: a community that shortens says it to its threads."""
    cid = open_place(house, alice)
    begin(house.database, alice.viewer, cid, unnamed=True)
    later(alice, seconds=20 * clock.DAY)
    assert TITLE not in alice.browser.get("/me/fading").text
    edit(alice, cid, retention_days=30)
    Worker(house.database, house.keys).drain()
    assert TITLE in alice.browser.get("/me/fading").text


@pytest.mark.parametrize("days", RETENTION_CHOICES)
def test_it_is_told_however_long_it_is_kept(house: TestHouse, alice: Person, days: int) -> None:
    cid = open_place(house, alice)
    edit(alice, cid, retention_days=days)
    begin(house.database, alice.viewer, cid, unnamed=True)
    later(alice, seconds=(days - 15) * clock.DAY)
    assert TITLE not in alice.browser.get("/me/fading").text
    later(alice, seconds=clock.DAY)
    assert TITLE in alice.browser.get("/me/fading").text


def test_what_goes_soon_is_a_step_along_an_index(house: TestHouse, alice: Person) -> None:
    """Of all that was written unnamed most is years from its end, or months: it is not read."""
    if house.database.dialect != "sqlite":
        pytest.skip("the plan is SQLite's")
    begin(house.database, alice.viewer, open_place(house, alice), unnamed=True)
    later(alice)
    trace: list[str] = []
    house.database.trace = trace
    alice.browser.get("/me/fading")
    house.database.trace = None
    sql = next(one for one in trace if "due" in one)
    asked = f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?")
    steps = [str(row[-1]) for row in house.database.connection().execute(*asked).fetchall()]
    assert any("thread_retention_days_last_day" in step for step in steps), steps
    assert not [step for step in steps if step.startswith(("SCAN thread", "SCAN post"))], steps
