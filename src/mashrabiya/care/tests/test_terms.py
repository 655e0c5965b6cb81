"""T24: care has a term: told ahead, ended by itself, and given again by two."""

from __future__ import annotations

import pytest

from mashrabiya.care import jobs
from mashrabiya.care.tests.staffed import HERE, Staff, accounts
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import CARE, HOST
from mashrabiya.people import flows
from mashrabiya.people.types import TERMS, USUAL_TERM, months_of
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def staff(house: TestHouse) -> Staff:
    return Staff(house)


def later(staff: Staff, days: int, *who: Person) -> None:
    """Days pass; these sign in again."""
    clock.offset += days * clock.DAY
    for one in who:
        one.browser.cookies[SESSION] = flows.sign_in(staff.house.site, one.name, one.passphrase).text


def test_the_usual_term_is_a_year_and_ends_with_its_day(staff: Staff) -> None:
    later(staff, USUAL_TERM - 1, staff.carla)
    assert staff.carla.viewer.has(CARE)
    assert staff.carla.browser.get("/care").status == 200
    later(staff, 1, staff.carla)
    assert not staff.carla.viewer.has(CARE)
    for path in ("/care", "/care/m", "/care/w", "/care/log", HERE):
        assert staff.carla.browser.get(path).status == 404, path


def test_it_is_told_ahead_on_her_desk_and_shown_where_roles_are(staff: Staff) -> None:
    assert "Your term in the care team ends" in staff.carla.browser.get(HERE).text
    assert "Your term in the care team ends" not in staff.hanna.browser.get(HERE).text
    assert "Your term" not in staff.carla.browser.get("/care").text
    later(staff, USUAL_TERM - 20, staff.carla)
    assert "ends in 20 days" in staff.carla.browser.get("/care").text


@pytest.mark.parametrize("days", TERMS)
def test_how_long_is_chosen_at_giving_and_goes_with_the_code(staff: Staff, days: int) -> None:
    staff.propose(staff.hanna, term=str(days))
    assert f"{months_of(days)} months" in staff.carla.browser.get(HERE).text
    staff.take(staff.alice, staff.code(staff.agree(staff.carla)))
    assert staff.alice.viewer.has(CARE)
    assert staff.alice.viewer.care_until == clock.day() + days


def test_how_long_must_be_one_of_these(staff: Staff) -> None:
    assert staff.propose(staff.hanna, term="9999").status == 422
    assert staff.propose(staff.hanna, wish="renew", role=HOST, name="Hanna").status == 422


def test_two_give_another_term_and_one_does_not(staff: Staff) -> None:
    before = accounts(staff.house)
    later(staff, USUAL_TERM - 10, staff.carla, staff.dana, staff.hanna, staff.alice)
    assert staff.propose(staff.carla, wish="renew", name="Carla", term="183").status == 303
    path = staff.waiting()
    assert staff.agree(staff.carla, path).status == 403
    assert staff.agree(staff.alice, path).status in {403, 404}
    assert staff.agree(staff.dana, path).status == 303
    assert staff.carla.viewer.care_until == clock.day() + 183
    assert staff.log()[-1] == "role:renewed"
    assert len(accounts(staff.house)) == len(before)
    later(staff, 11, staff.carla, staff.dana)
    assert staff.carla.viewer.has(CARE)
    assert not staff.dana.viewer.has(CARE)


def test_nobody_is_renewed_who_has_no_care(staff: Staff) -> None:
    refused = staff.propose(staff.carla, wish="renew", name="Alice")
    assert refused.status == 422
    assert not staff.alice.viewer.has(CARE)


def test_by_night_what_came_with_it_goes_and_the_log_says_so(staff: Staff) -> None:
    staff.propose(staff.carla)
    later(staff, USUAL_TERM)
    jobs.end_terms(staff.house.database)
    jobs.end_terms(staff.house.database)
    assert staff.log().count("role:lapsed") == 2
    (left,) = staff.house.database.connection().execute("SELECT count(*) FROM proposal").fetchone()
    assert left == 0


def test_who_runs_the_house_has_no_term(staff: Staff) -> None:
    later(staff, 3 * USUAL_TERM, staff.hanna)
    assert staff.hanna.viewer.has(HOST)
