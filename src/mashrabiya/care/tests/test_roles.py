"""T24: roles in the house are given and ended by two people, of whom one has the role that it is about."""

from __future__ import annotations

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.commands.together import propose
from mashrabiya.care.tests.seeing import MADE_UP
from mashrabiya.care.tests.staffed import HERE, WHY, Staff, accounts, with_role
from mashrabiya.care.types import Joint, Place
from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types import NewCommunity
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, NotFound, Refused
from mashrabiya.kernel.viewer import CARE, HOST
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import SITE
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def staff(house: TestHouse) -> Staff:
    return Staff(house)


def test_a_role_is_given_by_two_and_taken_by_a_code(staff: Staff) -> None:
    assert staff.propose(staff.hanna).status == 303
    given = staff.agree(staff.carla)
    assert given.status == 200
    code = staff.code(given)
    taken = staff.take(staff.alice, code)
    assert taken.status == 200
    assert staff.alice.viewer.has(CARE)
    assert staff.alice.browser.get("/care").status == 200
    assert staff.log() == ["proposed:give_care", "role:given", "role:accepted"]
    # It opens once, for nobody else.
    assert staff.take(staff.mallory, code).status == 422
    assert not staff.mallory.viewer.has(CARE)


def test_t4_no_account_row_knows_of_a_role(staff: Staff) -> None:
    before = accounts(staff.house)
    staff.propose(staff.hanna)
    staff.take(staff.alice, staff.code(staff.agree(staff.carla)))
    staff.propose(staff.carla, wish="end", name="Alice")
    staff.agree(staff.dana)
    assert not staff.alice.viewer.has(CARE)
    assert accounts(staff.house) == before


def test_whoever_has_no_account_yet_takes_it_with_one(staff: Staff) -> None:
    staff.propose(staff.carla)
    code = staff.code(staff.agree(staff.dana))
    assert staff.house.browser().get(f"/join/{code}").status == 200


@pytest.mark.parametrize("role", [CARE, HOST])
def test_one_person_is_never_two(staff: Staff, role: str) -> None:
    proposer = staff.carla if role == CARE else staff.hanna
    staff.propose(proposer, role)
    path = staff.waiting()
    assert staff.agree(proposer, path).status == 403
    proposer.new_persona("Another name")
    with_role(proposer, Grant.CARE | Grant.HOST)
    refused = staff.agree(proposer, path)
    assert refused.status == 403
    assert "under another persona" in refused.text


def test_hosts_alone_make_no_carer_and_carers_no_host(staff: Staff) -> None:
    other = with_role(staff.house.person("Huda"), Grant.HOST)
    staff.propose(staff.hanna, CARE)
    path = staff.waiting()
    assert "Somebody who has this role" in other.browser.get(HERE).text
    assert staff.agree(other, path).status == 403
    assert staff.agree(staff.carla, path).status == 200
    staff.propose(staff.carla, HOST)
    path = staff.waiting()
    assert staff.agree(staff.dana, path).status == 403
    assert staff.agree(other, path).status == 200


def test_for_others_there_is_no_such_page(staff: Staff) -> None:
    staff.propose(staff.carla)
    path = staff.waiting()
    for who in (staff.alice, staff.mallory):
        assert who.browser.get(HERE).status == 404
        assert staff.agree(who, path).status == 404
    assert staff.log() == ["proposed:give_care"]


def test_a_proposal_waits_three_days_and_is_agreed_to_once(staff: Staff) -> None:
    staff.propose(staff.carla)
    path = staff.waiting()
    with staff.house.database.read() as db:
        waiting = queries.find_proposal(db, Joint.GIVE_CARE, b"")
        viewer = staff.dana.viewer
    assert waiting is not None
    clock.offset = 73.0 * clock.HOUR
    with pytest.raises(NotFound), staff.house.database.write() as uow:
        commands.agree_to_role(uow, viewer, waiting.id, keys=staff.house.keys)
    clock.offset = 0.0
    assert staff.agree(staff.dana, path).status == 200
    assert staff.agree(staff.dana, path).status == 404
    assert staff.log().count("role:given") == 1


def test_the_same_proposed_twice_is_proposed_once(staff: Staff) -> None:
    assert [staff.propose(staff.carla).status for _ in range(2)] == [303, 303]
    assert staff.propose(staff.dana).status == 409
    assert staff.log() == ["proposed:give_care"]
    path = staff.waiting()
    assert staff.agree(staff.dana, path, "withdraw").status == 404
    assert staff.agree(staff.carla, path, "withdraw").status == 303
    assert staff.log()[-1] == "withdrawn:give_care"
    assert staff.propose(staff.dana).status == 303


def test_ending_a_role_ends_what_came_with_it(staff: Staff) -> None:
    house, dana = staff.house, staff.dana
    with house.database.write() as uow:
        cid = communities.found(uow, staff.hanna.viewer, NewCommunity(name="Kitchen"))
        communities.take_key(uow, dana.viewer, cid, house=True)
    staff.propose(dana)
    staff.propose(staff.hanna, wish="end", name="Dana")
    with house.database.read() as db:
        ending = next(one for one, name, _ in queries.roles_waiting(db, staff.carla.viewer, house.keys.of("field")) if name)  # fmt: skip
    assert ending.kind is Joint.END_CARE
    assert staff.agree(staff.carla, f"{HERE}/{ending.shown}").status == 303
    assert not dana.viewer.has(CARE)
    assert dana.browser.get("/care").status == 404
    with house.database.read() as db:
        assert community_queries.count_keys(db, cid) == 0
        # What she had proposed waits no longer.
        assert queries.find_proposal(db, Joint.GIVE_CARE, b"") is None
    assert staff.log()[-1] == "role:ended"


def test_what_somebody_proposed_who_lost_her_role_is_not_agreed_to(staff: Staff) -> None:
    staff.propose(staff.dana)
    path = staff.waiting()
    with staff.house.database.write() as uow:
        people.change_grant(uow, staff.dana.viewer.pid, end=Grant.CARE, keys=staff.house.keys)
    assert staff.agree(staff.carla, path).status == 403
    # Nor does it keep others from proposing.
    assert staff.propose(staff.carla).status == 303
    staff.propose(staff.hanna, HOST)


def test_what_somebody_proposed_whom_the_house_was_closed_to_is_not_agreed_to(staff: Staff) -> None:
    staff.propose(staff.dana)
    path = staff.waiting()
    with staff.house.database.write() as uow:
        people.set_guard(uow, SITE, staff.dana.viewer.pid, days=7, case=b"c" * 16)
    staff.house.site.held.refresh()
    assert staff.agree(staff.carla, path).status == 403


@pytest.mark.parametrize("name", ["Alice", "Nobody of that name", "", "Hanna"])
def test_of_whoever_has_no_such_role_nothing_is_told(staff: Staff, name: str) -> None:
    answer = staff.propose(staff.carla, wish="end", name=name)
    assert answer.status == 422
    assert "No persona of this name has this role" in answer.text
    assert WHY in answer.text


def test_a_role_is_laid_down_by_one_alone(staff: Staff) -> None:
    sheet = next(f for f in staff.dana.browser.get(HERE).forms if f.fields.get("wish") == "lay_down")
    assert staff.dana.browser.post(HERE, sheet.fields).status == 303
    assert not staff.dana.viewer.has(CARE)
    assert staff.dana.browser.post(HERE, sheet.fields).status == 404
    assert staff.log() == ["role:laid_down"]


def test_a_code_without_a_role_and_a_role_twice_use_nothing_up(staff: Staff) -> None:
    house = staff.house
    with house.database.write() as uow:
        plain = people.issue_invitation(uow, house.keys)
        care = people.issue_invitation(uow, house.keys, grant=Grant.CARE)
    assert staff.take(staff.alice, plain).status == 422
    assert house.browser().get(f"/join/{plain}").status == 200
    assert staff.take(staff.carla, care).status == 422
    assert staff.take(staff.alice, "").status == 422
    assert staff.take(staff.alice, care).status == 200


def test_no_entry_of_the_log_names_anybody(staff: Staff) -> None:
    staff.propose(staff.hanna)
    staff.take(staff.alice, staff.code(staff.agree(staff.carla)))
    staff.propose(staff.carla, wish="end", name="Alice")
    staff.agree(staff.dana)
    everybody = [staff.hanna, staff.carla, staff.dana, staff.mallory]
    ids = {pid for person in everybody for pid in person.viewer.siblings}
    ids |= set(staff.alice.viewer.siblings)
    with staff.house.database.read() as db:
        kept = audit.entries(db, before=1 << 40, most=99)
    assert len(kept) == 5
    assert not ids & {one.entry.object for one in kept}
    for one in kept:
        assert "Alice" not in (one.detail or "") + one.entry.rule


def test_what_waits_elsewhere_is_not_decided_by_this_door(staff: Staff) -> None:
    """Nor is what was never there, or is no id at all."""
    staff.propose(staff.carla)
    viewer, house = staff.carla.viewer, staff.house
    with house.database.write() as uow:
        propose(uow, viewer, Place(), Joint.CLOSE, thing=b"t" * 16, words=WHY)
    with house.database.read() as db:
        closing = queries.find_proposal(db, Joint.CLOSE, b"t" * 16)
    assert closing is not None
    for shown in (closing.shown, MADE_UP, "0", "x" * 26):
        for wish in ("agree", "withdraw"):
            assert staff.agree(staff.dana, f"{HERE}/{shown}", wish).status == 404
    assert staff.agree(staff.carla, f"{HERE}/{closing.shown}", "withdraw").status == 404


def test_a_role_proposed_is_no_other_thing_to_agree_to(staff: Staff) -> None:
    """By the door of unnamed writing nobody agrees to a role."""
    staff.propose(staff.carla)
    with staff.house.database.read() as db:
        waiting = queries.find_proposal(db, Joint.GIVE_CARE, b"")
    assert waiting is not None
    with pytest.raises((Conflict, Refused)), staff.house.database.write() as uow:
        commands.agree(uow, staff.dana.viewer, waiting.id)
    with staff.house.database.read() as db:
        assert queries.find_proposal(db, Joint.GIVE_CARE, b"") is not None


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_speak_both_languages(house: TestHouse, language: str) -> None:
    staff = Staff(house)
    staff.propose(staff.hanna)
    for who in (staff.carla, staff.hanna):
        browser = who.browser
        browser.get(f"/?lang={language}")
        trace: list[str] = []
        house.site.held.refresh()
        house.database.trace = trace
        shown = browser.get(HERE)
        house.database.trace = None
        assert shown.status == 200
        assert len(trace) <= 4
    with house.database.write() as uow:
        both = people.issue_invitation(uow, house.keys, grant=Grant.CARE | Grant.HOST)
    assert staff.take(staff.mallory, both).status == 200
    log = staff.carla.browser.get("/care/log")
    assert (log.status, log.text.count('<li class="row">')) == (200, 2)
    assert staff.alice.browser.get("/me/role").status == 200
    assert staff.agree(staff.carla).status == 200
