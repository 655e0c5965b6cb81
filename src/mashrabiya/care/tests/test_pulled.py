"""Vouching that was taken back, at the care team's desk: the branch, first personas alone, and not whose it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mashrabiya.care.tests.staffed import Staff, with_role
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.safety.trust import commands as trust
from mashrabiya.testing.house import Person, TestHouse

HERE = "/care/v"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


@pytest.fixture
def staff(house: TestHouse) -> Staff:
    return Staff(house)


def invited(staff: Staff, by: Person, name: str) -> Person:
    """Somebody who comes by a member's invitation, by two names."""
    house, work = staff.house, by.viewer.work
    assert work is not None
    with house.database.write() as uow:
        code = people.issue_invitation(uow, house.keys, inviter=by.viewer.branch or work.branch())
    passphrase = f"{name} walks by the quiet river"
    new = flows.sign_up(house.site, flows.SignUp(name, passphrase, Band.ADULT, code))
    browser = house.browser()
    browser.cookies[SESSION] = flows.enter(house.site, new.unlocked).text
    made = Person(name, passphrase, new.codes, browser, house)
    made.new_persona(name)
    made.new_persona(f"{name}s second")
    made.as_persona(0)
    return made


def taken_back(staff: Staff, whom: Person) -> None:
    for act in (trust.vouch, trust.pull):
        with staff.house.database.write() as uow:
            act(uow, staff.dana.viewer, whom.viewer.pid)


def test_the_care_team_reads_the_branch_of_first_names_and_not_who_did_it(staff: Staff) -> None:
    samar, dalal = invited(staff, staff.alice, "Samar"), invited(staff, staff.alice, "Dalal")
    invited(staff, dalal, "Widad")
    invited(staff, staff.mallory, "Huda")
    taken_back(staff, samar)
    text = staff.carla.browser.get(HERE).text
    for name in ("Samar", "Dalal", "Widad"):
        assert f"<bdi>{name}</bdi>" in text, name
    for name in ("Samars second", "Dalals second", "Huda", "Alice", "Dana"):
        assert name not in text, name


def test_of_somebody_without_a_branch_nothing_more_is_told(staff: Staff) -> None:
    invited(staff, staff.alice, "Samar")
    taken_back(staff, staff.alice)
    text = staff.carla.browser.get(HERE).text
    assert "<bdi>Alice</bdi>" in text
    assert "No branch of invitations is known here" in text
    assert "Samar" not in text


def test_somebody_away_is_not_named(staff: Staff) -> None:
    samar, dalal = invited(staff, staff.alice, "Samar"), invited(staff, staff.alice, "Dalal")
    taken_back(staff, samar)
    with staff.house.database.write() as uow:
        for one in (samar, dalal):
            send_away(uow, one.viewer.pid, quiet=False)
    text = staff.carla.browser.get(HERE).text
    assert "Samar" not in text
    assert "Dalal" not in text
    assert text.count("A name that is not shown now") == 2


def test_a_carer_is_told_nothing_of_her_own_names(staff: Staff) -> None:
    taken_back(staff, staff.carla)
    staff.carla.new_persona("Another")
    with_role(staff.carla, Grant.CARE)
    assert "<bdi>Carla</bdi>" not in staff.carla.browser.get(HERE).text
    assert "<bdi>Carla</bdi>" in staff.dana.browser.get(HERE).text


def test_what_was_seen_is_put_away_once_and_stands_in_the_log(staff: Staff) -> None:
    taken_back(staff, staff.alice)
    sheet = staff.carla.browser.get(HERE).form(HERE).fields
    assert staff.carla.browser.post(HERE, sheet).location == HERE
    assert "No vouching was taken back" in staff.dana.browser.get(HERE).text
    assert staff.log() == ["branch:seen"]
    assert staff.carla.browser.post(HERE, sheet).status == 404


def test_for_others_there_is_no_such_page(staff: Staff) -> None:
    taken_back(staff, staff.alice)
    mark = staff.carla.browser.get(HERE).form(HERE).fields["mark"]
    for who in (staff.alice, staff.mallory, staff.hanna):
        assert who.browser.get(HERE).status == 404
        token = tokens.make(staff.house.keys, who.viewer, HERE)
        assert who.browser.post(HERE, {"_f": token, "mark": mark}).status == 404
    assert "<bdi>Alice</bdi>" in staff.carla.browser.get(HERE).text


def test_after_thirty_days_nothing_is_told(staff: Staff) -> None:
    taken_back(staff, staff.alice)
    clock.offset += 31 * clock.DAY
    staff.carla.browser.cookies[SESSION] = flows.sign_in(
        staff.house.site, staff.carla.name, staff.carla.passphrase
    ).text
    assert "No vouching was taken back" in staff.carla.browser.get(HERE).text


def test_the_house_names_somebody_as_trusted_by_two_and_no_more(staff: Staff) -> None:
    open_place(staff.house, staff.mallory, staff.alice)
    face = staff.mallory.viewer.face
    assert face is not None
    assert staff.alice.browser.get(f"/p/{face.pub}/v").status == 404
    staff.propose(staff.hanna, TRUSTED)
    code = staff.code(staff.agree(staff.carla))
    taken = staff.take(staff.alice, code)
    assert "/me/i" in taken.text
    assert staff.alice.viewer.has(TRUSTED)
    # It opens those two doors, and none of the house's.
    assert staff.alice.browser.get(f"/p/{face.pub}/v").status == 200
    for path in ("/care", "/care/roles", "/o", "/care/v", "/care/log"):
        assert staff.alice.browser.get(path).status == 404, path
    assert staff.log() == ["proposed:give_trust", "role:given", "role:accepted"]
    staff.propose(staff.carla, TRUSTED, wish="end", name="Alice")
    assert staff.agree(staff.dana).status == 303
    assert not staff.alice.viewer.has(TRUSTED)
    assert staff.alice.browser.get(f"/p/{face.pub}/v").status == 404
    assert staff.log()[-1] == "role:ended"


def test_hosts_alone_name_nobody_as_trusted(staff: Staff) -> None:
    other = with_role(staff.house.person("Huda"), Grant.HOST)
    staff.propose(staff.hanna, TRUSTED)
    path = staff.waiting()
    assert staff.agree(other, path).status == 403
    assert staff.agree(staff.carla, path).status == 200


@pytest.mark.parametrize("role", [CARE, HOST])
def test_whoever_is_trusted_alone_is_nobodys_second(staff: Staff, role: str) -> None:
    """Nor does a proposal stand whose proposer is no more than trusted since."""
    with_role(staff.alice, Grant.TRUSTED)
    staff.propose(staff.carla, role)
    path = staff.waiting()
    assert staff.agree(staff.alice, path).status == 404
    with_role(staff.carla, Grant.TRUSTED)
    with staff.house.database.write() as uow:
        people.change_grant(uow, staff.carla.viewer.pid, end=Grant.CARE, keys=staff.house.keys)
    second = staff.dana if role == CARE else staff.hanna
    assert staff.agree(second, path).status == 403


def test_trust_is_given_back_by_its_own_hand(staff: Staff) -> None:
    with_role(staff.alice, Grant.TRUSTED)
    assert staff.alice.browser.submit("/me/v", "/care/roles").status == 303
    assert not staff.alice.viewer.has(TRUSTED)
    assert staff.log() == ["role:laid_down"]
