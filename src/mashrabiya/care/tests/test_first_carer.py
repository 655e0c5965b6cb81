"""T24: a house in which nobody is a carer gets one from the machine; a house that has one does not."""

from __future__ import annotations

import pytest

from mashrabiya import main
from mashrabiya.care.tests.staffed import HERE, Staff, accounts, with_role
from mashrabiya.kernel.viewer import CARE
from mashrabiya.people import commands as people
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.testing.house import Person, TestHouse


def hosted(house: TestHouse) -> Person:
    """Hanna opened her house without a carer."""
    house.change(open=True)
    return with_role(house.person("Hanna"), Grant.HOST)


def log(house: TestHouse) -> list[tuple[str, str]]:
    with house.database.read() as db:
        assert audit.examine(db).broken == ""
        found = audit.entries(db, before=1 << 40, most=99)
    return [(one.entry.action, one.entry.role) for one in reversed(found)]


def take(who: Person, code: str) -> int:
    return who.browser.submit("/me/role", "/me/role", code=code).status


def test_t24_the_code_opens_once_and_then_two_give_roles_again(house: TestHouse) -> None:
    hanna, alice, bob = hosted(house), house.person("Alice"), house.person("Bob")
    before = accounts(house)
    code = main.first_carer(house.site)
    assert code
    assert take(alice, code) in {200, 303}
    assert alice.browser.get("/care").status == 200
    assert take(bob, code) == 422
    assert bob.browser.get("/care").status == 404
    assert accounts(house) == before
    assert log(house) == [("role:given", "machine"), ("role:accepted", "receiver")]
    assert "Whoever has the machine" in alice.browser.get("/care/log").text
    # From here on it takes two, of whom one is a carer.
    assert main.first_carer(house.site) == ""
    assert hanna.browser.submit(HERE, HERE, wish="give", role=CARE, words="Two are better.").status == 303
    assert "/care/roles/" in alice.browser.get(HERE).text


def test_a_house_with_a_carer_gets_none_and_nothing_is_written(house: TestHouse) -> None:
    staff = Staff(house)
    assert main.first_carer(house.site) == ""
    assert staff.log() == []
    assert house.database.connection().execute("SELECT * FROM invitation").fetchall() == []


def test_the_last_carer_gone_there_can_be_one_again(house: TestHouse) -> None:
    hosted(house)
    carla = with_role(house.person("Carla"), Grant.CARE)
    assert main.first_carer(house.site) == ""
    with house.database.write() as uow:
        people.change_grant(uow, carla.viewer.pid, end=Grant.CARE, keys=house.keys)
    assert main.first_carer(house.site)


def test_an_earlier_code_dies_and_other_invitations_live(house: TestHouse) -> None:
    hosted(house)
    alice = house.person("Alice")
    with house.database.write() as uow:
        people.issue_invitation(uow, house.keys)
        first_run = people.issue_invitation(uow, house.keys, grant=Grant.CARE)
    codes = [first_run, main.first_carer(house.site), main.first_carer(house.site)]
    assert [take(alice, code) for code in codes[:2]] == [422, 422]
    assert take(alice, codes[2]) in {200, 303}
    assert len(house.database.connection().execute("SELECT * FROM invitation").fetchall()) == 1


@pytest.mark.parametrize("both", [Grant.HOST | Grant.CARE])
def test_a_host_who_is_a_carer_too_counts(house: TestHouse, both: Grant) -> None:
    with_role(house.person("Hanna"), both)
    assert main.first_carer(house.site) == ""
