"""Experiences of the library at the desk: reported, decided on, objected to, taken back."""

from __future__ import annotations

import re
from html import unescape

from mashrabiya.care import commands
from mashrabiya.care.tables import KEPT_DAYS
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.care.types import Act
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.library.stories.tests.steps import named, reads, tell
from mashrabiya.platform import retention
from mashrabiya.safety.types import Reason
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse


def links(page: Page) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)]


def report(person: Person, path: str, reason: Reason = Reason.HARASS) -> Page:
    at = path.replace("/y/e/", "/r/e/")
    return person.browser.submit(at, at, reason=str(int(reason)), note="Look at this.")


def decide(carer: Person, act: Act, **fields: str) -> Page:
    case = next(
        link for link in links(carer.browser.get("/care?in=1")) if re.fullmatch(r"/care/[0-9a-z]{26}", link)
    )
    page = carer.browser.get(case)
    assert "We sat in the car." in page.text
    decided = carer.browser.submit(case, case, act=str(int(act)), words="We agreed on this.", **fields)
    assert decided.status == 303, decided.text
    return page


def test_reported_hidden_objected_to_and_shown_again(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = tell(alice)
    assert alice.browser.get(path.replace("/y/e/", "/r/e/")).status == 403
    assert report(bob, path).status == 303
    decide(carla, Act.HIDE)
    assert not reads(bob, path)
    assert path not in bob.browser.get("/y/e").text
    assert "The care team has hidden" in alice.browser.get(path).text
    (mine,) = [one for one in links(alice.browser.get("/me/o")) if one.startswith("/me/o/")]
    assert bob.browser.get(mine).status == 404
    assert alice.browser.submit(mine, mine, words="It names nobody.").status == 303
    desk = carla.browser.get("/care?in=1")
    (undo,) = [sheet.action for sheet in desk.forms if sheet.action.startswith("/care/u/")]
    assert carla.browser.submit("/care?in=1", undo).status == 303
    assert reads(bob, path)


def test_a_removed_one_goes_when_it_can_be_undone_no_longer(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = named(alice)
    report(bob, path)
    page = decide(carla, Act.REMOVE)
    assert "Alice" in page.text
    assert not reads(bob, path)
    assert reads(alice, path)
    clock.offset += 32 * clock.DAY
    try:
        retention.sweep(house.database)
        rows = house.database.connection().execute("SELECT COUNT(*) FROM story").fetchall()
    finally:
        clock.offset = 0.0
    assert [int(row[0]) for row in rows] == [0]


def test_held_until_somebody_looks_and_no_longer_than_three_days(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = tell(alice)
    report(bob, path)
    decide(carla, Act.HOLD)
    assert not reads(bob, path)
    assert "waits for the care team" in alice.browser.get(path).text
    decide(carla, Act.KEEP, seen="1")
    assert reads(bob, path)


def test_two_who_call_it_an_outing_hide_it(house: TestHouse) -> None:
    alice = house.person("Alice")
    path = tell(alice)
    for name in ("Bob", "Hala"):
        assert report(house.person(name), path, Reason.OUTING).status == 303
    assert not reads(house.person("Charlie"), path)
    assert reads(alice, path)


def test_what_became_of_it_is_told_to_whoever_reported(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = tell(alice)
    report(bob, path)
    assert "An experience in the library" in bob.browser.get("/me/r").text
    decide(carla, Act.KEEP)
    assert path in links(bob.browser.get("/me/r"))


def test_one_taken_back_leaves_nothing_to_decide_on(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = tell(alice)
    report(bob, path)
    alice.browser.submit(f"{path}/d", f"{path}/d")
    case = next(
        link for link in links(carla.browser.get("/care?in=1")) if re.fullmatch(r"/care/[0-9a-z]{26}", link)
    )
    page = carla.browser.get(case)
    assert page.status == 200
    assert "We sat in the car." not in page.text


def test_a_content_note_stays_through_her_changes_and_goes_with_its_decision(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = tell(alice, note_2="1")
    report(bob, path)
    assert decide_wrongly(carla, note_2="1").status == 422, "what it carries already adds nothing"
    decide(carla, Act.NOTE, note_1="1")
    assert fold(bob, path), "whoever did not choose to see it opens it first"
    assert "The care team put a content note here" in alice.browser.get(f"{path}/e").text
    again = alice.browser.submit(
        f"{path}/e", f"{path}/e", kind="2", was="We sat in the car.", note_1="", note_2=""
    )
    assert again.status == 303, again.text
    assert notes_of(house) == (int(Note(1)), int(Note(1)))
    (mine,) = [one for one in links(alice.browser.get("/me/o")) if one.startswith("/me/o/")]
    assert alice.browser.submit(mine, mine, words="It has nothing of that.").status == 303
    desk = carla.browser.get("/care?in=1")
    (undo,) = [sheet.action for sheet in desk.forms if sheet.action.startswith("/care/u/")]
    assert carla.browser.submit("/care?in=1", undo).status == 303
    assert notes_of(house) == (0, 0)
    assert not fold(bob, path)


def test_a_note_binds_no_longer_than_its_decision_is_kept(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = tell(alice)
    report(bob, path)
    decide(carla, Act.NOTE, note_1="1")
    with house.database.write() as uow:
        assert commands.leave_notes(uow) == 0
        clock.offset += (KEPT_DAYS + 1) * clock.DAY
        try:
            assert [commands.leave_notes(uow), commands.leave_notes(uow)] == [1, 0]
        finally:
            clock.offset = 0.0
    assert notes_of(house) == (1, 0), "it stays, and is her own from now on"


def test_she_is_asked_for_a_change_and_makes_it(house: TestHouse) -> None:
    alice, bob, carla = house.person("Alice"), house.person("Bob"), a_carer(house)
    path = tell(alice)
    report(bob, path)
    page = decide(carla, Act.ASK)
    for act in (Act.LIMIT, Act.PAUSE, Act.EXCLUDE):
        assert f'value="{int(act)}"' not in page.text, "it stands in no community"
    assert reads(bob, path)
    (mine,) = [one for one in links(alice.browser.get("/me/o")) if one.startswith("/me/o/")]
    assert "We agreed on this." in alice.browser.get(mine).text
    assert path in links(alice.browser.get(mine))
    assert bob.browser.get(mine).status == 404
    assert "We agreed on this." not in bob.browser.get("/me/o").text
    assert alice.browser.submit(f"{path}/e", f"{path}/e", kind="2", was="Said in other words.").status == 303
    assert "Said in other words." in bob.browser.get(path).text


def decide_wrongly(carer: Person, **fields: str) -> Page:
    (case,) = [
        link for link in links(carer.browser.get("/care?in=1")) if re.fullmatch(r"/care/[0-9a-z]{26}", link)
    ]
    return carer.browser.submit(case, case, act=str(int(Act.NOTE)), words="Note.", **fields)


def fold(person: Person, path: str) -> bool:
    return 'class="fold my4"' in person.browser.get(path).text


def notes_of(house: TestHouse) -> tuple[int, int]:
    """What it carries, and what of that a care team set."""
    row = house.database.connection().execute("SELECT notes, noted FROM story").fetchone()
    return int(row[0]), int(row[1])


def test_nobody_decides_on_her_own(house: TestHouse) -> None:
    bob, carla = house.person("Bob"), a_carer(house)
    path = tell(carla)
    report(bob, path)
    assert not [
        link for link in links(carla.browser.get("/care?in=1")) if re.fullmatch(r"/care/[0-9a-z]{26}", link)
    ]


def test_who_may_not_read_it_cannot_report_it(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path = tell(alice, tick_1="")
    assert bob.browser.get(path.replace("/y/e/", "/r/e/")).status == 404
    assert house.browser().get(path.replace("/y/e/", "/r/e/")).status == 404
