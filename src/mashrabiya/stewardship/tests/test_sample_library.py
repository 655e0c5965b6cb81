"""What stands in the library of a sample: every state of a guide, a service and an experience, and who finds the desk."""

from __future__ import annotations

import pytest

from mashrabiya import main
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.library.desk import queries as desk
from mashrabiya.library.desk.types import Volume
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.types import State
from mashrabiya.library.services import rules
from mashrabiya.library.services.queries import everything
from mashrabiya.people.flows import sign_in
from mashrabiya.platform.hosting import SampleSize
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.stewardship.sample import Sample, inhabit
from mashrabiya.stewardship.sample.editing import keeper_of
from mashrabiya.stewardship.tests.sampled import SMALL, sampled
from mashrabiya.stewardship.tests.test_sample import number, rows
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.filled import filled
from mashrabiya.testing.house import TestHouse

USUAL = SampleSize()


def shelved(house: TestHouse, size: SampleSize) -> Sample:
    """A sample in which what comes with the software stands too, as the command makes it."""

    def fill() -> Sample:
        main.furnish(house.database)
        return inhabit(house.site, size, decide=main.decide)

    return filled(house, ("sample and shelf", size), fill)


@pytest.fixture
def usual(house: TestHouse) -> Sample:
    return shelved(house, USUAL)


STATES = {
    "an experience by name": "story WHERE pid IS NOT NULL",
    "an unnamed one": "story WHERE tok IS NOT NULL",
    "one under a question": "story WHERE question <> ''",
    "one with a content note": "story WHERE notes > 0",
    "one that names a country": "story WHERE country <> ''",
    "one for members alone": "story WHERE may & 3 = 1",
    "one for everybody": "story WHERE may & 2 > 0",
    "one that lies with its teller": "story WHERE may = 0",
    "one beside its step": "story WHERE picked > 0 AND step > 0",
    "one that is proposed to a guide": "story WHERE may & 4 > 0 AND picked = 0",
    "one in Arabic that others lived too": "story WHERE lang = 'ar' AND same > 1",
    "one in English that helped": "story WHERE lang = 'en' AND helped > 1",
    "a service that is checked": "service WHERE status = 'active' AND next_day > checked_day + 80",
    "one that rests": "service WHERE status = 'paused'",
    "one that two found kind": "service WHERE affirming = 'yes'",
    "one that members alone read": "service WHERE risk = 'members'",
    "one that is said to be wrong": "service_doubt",
    "a source that is gone": "guide_source WHERE broken_day > 0",
    "a concept that editors changed": "term WHERE changed = 1",
    "the wording before that": "term_version",
    "a medical guide that hosts let be read": "guide WHERE kind = 1 AND open = 1",
    "one that stays closed": "guide WHERE kind > 0 AND open = 0",
    "what a reader found wrong": "guide_wrong",
    "a thread that was split": "parted",
}


def test_every_state_of_the_library_stands_in_the_usual_house(house: TestHouse, usual: Sample) -> None:
    for what, asked in STATES.items():
        assert number(house, asked), what
    assert number(house, "story") >= 12
    assert rows(house, "SELECT count(*) FROM thread") == [(USUAL.threads,)]
    assert number(house, "post WHERE n > 0") == USUAL.posts


def test_guides_that_are_made_up_stand_in_every_state_and_no_other_is_said_to_be_read(
    house: TestHouse, usual: Sample
) -> None:
    with house.database.read() as db:
        shelf = {which for slug, which in guides.names(db).items() if "-" in slug or len(slug) < 16}
        volumes = desk.volumes(db)
    made_up = [one for one in volumes if "(مثال)" in one.title("ar")]
    assert {one.guide.now for one in made_up} == set(State)
    assert {one.guide.now for one in volumes if one not in made_up} == {State.FIRST}
    assert len(volumes) - len(made_up) == 33 == len(shelf & {one.guide.id for one in volumes})
    assert any(one.lags("en") for one in made_up)
    assert any(one.draft("ar") for one in made_up)
    assert any(_half_read(one) for one in made_up)


def _half_read(volume: Volume) -> bool:
    """One of two roles has read what readers read now."""
    out = volume.published("ar")
    return out is not None and sum(hand.role > 0 for hand in volume.hands_of(out)) == 1


def test_services_stand_in_every_age_of_their_check_and_say_that_they_are_made_up(
    house: TestHouse, usual: Sample
) -> None:
    today = clock.day()
    with house.database.read() as db:
        stand = everything(db, keeper_of(usual.personas))
    assert all(service.made_up and "(an example)" in record.name_en for service, record in stand)
    ages = [(rules.is_overdue(service, today), rules.is_old(service, today)) for service, _ in stand]
    assert {(False, False), (True, False), (True, True)} <= set(ages)
    spoken = [len(found) for found in _lived(house).values()]
    assert min(spoken) < 5 <= max(spoken)


def _lived(house: TestHouse) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for service, mark in rows(house, "SELECT service, mark FROM service_lived"):
        found.setdefault(bytes(service), []).append(bytes(mark))
    return found


WAYS = {"alice": 200, "bob": 200, "mona": 200, "charlie": 404}


def test_those_who_hold_a_role_open_the_desk_and_nobody_else_does(house: TestHouse, usual: Sample) -> None:
    known = {one.somebody.name: one.somebody.passphrase for one in usual.dwellers}
    for name, status in WAYS.items():
        browser = _signed_in(house, name, known[name])
        assert browser.get("/y/d").status == status, name
    dot = usual.personas["dot"]
    with house.database.read() as db, pytest.raises(NotFound):
        desk.get_desk(db, dot)


def _signed_in(house: TestHouse, name: str, passphrase: str) -> Browser:
    browser = house.browser("en")
    browser.cookies[SESSION] = sign_in(house.site, name, passphrase).text
    return browser


def test_a_small_house_has_them_too_and_needs_nothing_of_the_shelf(house: TestHouse) -> None:
    sampled(house, SMALL)
    assert number(house, "story") >= 8
    assert number(house, "guide WHERE state = 2") == 1
    assert rows(house, "SELECT count(*) FROM thread") == [(SMALL.threads,)]
    assert number(house, "post WHERE n > 0") == SMALL.posts
