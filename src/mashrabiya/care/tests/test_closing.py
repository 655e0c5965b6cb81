"""T24: the whole house is closed to somebody by two of its care team, from what was reported; one of them opens it again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import bindparam, update

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.desks import CARER, HOST, KEYS, Desk
from mashrabiya.care.types import Act, Case, Joint, NewClosing
from mashrabiya.communities.commands.marks import give_role, mark_offer
from mashrabiya.communities.queries import own_offer
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona, person
from mashrabiya.communities.types import Asked, Role
from mashrabiya.discussions.tests.factories import answer, make_persona
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import SITE, UNNAMED_SITE
from mashrabiya.people.sealed.persona import seal_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Flags, Grant
from mashrabiya.platform import audit
from mashrabiya.platform.db import Database, Statement
from mashrabiya.safety.types import Thing

WHY, WHY_TOO = "She reads out names of people.", "Read, and I see it so, too."
DANA = person("Dana", CARE)
FLAGS: Statement[None] = Statement(
    update(PERSONA).where(PERSONA.c.id == bindparam("whose")).values(flags=bindparam("held"))
)


@pytest.fixture
def desk(database: Database) -> Desk:
    """Mallory wrote what was reported; Carla and Dana are of the house's care team."""
    made = Desk(database)
    for carer in (CARER, DANA):
        make_persona(database, carer)
        flags = seal_flags(KEYS.of("field"), Flags(grant=Grant.CARE), carer.pid)
        with database.write() as uow:
            uow.run(FLAGS, whose=carer.pid, held=flags)
    return made


def reported(desk: Desk, by: Viewer = MALLORY, *, unnamed: bool = False) -> Case:
    return desk.report(answer(desk.database, by, desk.thread.tid, "Names.", unnamed=unnamed))


def propose(desk: Desk, case: Case, by: Viewer = CARER, days: int = 30, words: str = WHY) -> bytes:
    with desk.database.write() as uow:
        commands.propose_closing(
            uow, by, case.id, NewClosing(words=words, days=days, agreement="Be kind."), keys=KEYS
        )
    with desk.database.read() as db:
        found = queries.find_proposal(db, Joint.CLOSE, case.object)
    assert found is not None
    return found.id


def agree(desk: Desk, case: Case, proposal: bytes, by: Viewer = DANA, words: str = WHY_TOO) -> None:
    with desk.database.write() as uow:
        commands.agree_to_closing(uow, by, case.id, NewClosing(words=words, proposal=proposal), keys=KEYS)


def log(desk: Desk) -> list[str]:
    with desk.database.read() as db:
        assert audit.examine(db).broken == ""
        return [one.entry.action for one in reversed(audit.entries(db, before=1 << 40, most=99))]


def test_two_close_the_house_and_one_opens_it_again(desk: Desk) -> None:
    case = reported(desk)
    proposal = propose(desk, case)
    assert desk.guards() == []
    agree(desk, case, proposal)
    assert desk.guards() == [(SITE, MALLORY.pid, b"")]
    with desk.database.read() as db:
        decision = queries.on_thing(db, Thing.POST, case.object)[0]
    assert (decision.act, decision.words, decision.agreement, decision.left) == (
        Act.CLOSE,
        f"{WHY}\n\n{WHY_TOO}",
        "Be kind.",
        30,
    )
    assert decision.cid is None
    with pytest.raises(NotFound):
        desk.undo(decision, by=HOST)
    desk.undo(decision, by=CARER)
    assert desk.guards() == []
    assert log(desk) == ["proposed:close", "decision:close", "decision:undone"]


def test_whoever_proposed_is_not_the_second_under_any_name(desk: Desk) -> None:
    case = reported(desk)
    proposal = propose(desk, case)
    for name in (CARER, replace(other_persona(CARER), roles=frozenset({CARE}))):
        with pytest.raises(Refused) as refused:
            agree(desk, case, proposal, by=name)
        assert refused.value.why == "together.other_person"
    assert desk.guards() == []


@pytest.mark.parametrize("who", [HOST, ALICE, BOB])
def test_those_who_run_a_place_close_no_house(desk: Desk, who: Viewer) -> None:
    case = reported(desk)
    with pytest.raises(NotFound):
        propose(desk, case, by=who)
    proposal = propose(desk, case)
    with pytest.raises(NotFound):
        agree(desk, case, proposal, by=who)
    assert desk.guards() == []


def test_nobody_decides_on_what_is_her_own_under_any_name(desk: Desk) -> None:
    mine = reported(desk, by=MALLORY)
    herself = replace(MALLORY, roles=frozenset({CARE}))
    with pytest.raises(NotFound):
        propose(desk, mine, by=herself)
    proposal = propose(desk, mine)
    with pytest.raises(NotFound):
        agree(desk, mine, proposal, by=replace(other_persona(MALLORY), roles=frozenset({CARE})))


def test_of_an_unnamed_voice_the_house_is_closed_to_the_person_and_nobody_learns_whom(desk: Desk) -> None:
    case = reported(desk, unnamed=True)
    agree(desk, case, propose(desk, case))
    ((kind, subject, scope),) = desk.guards()
    assert (kind, scope) == (UNNAMED_SITE, b"")
    assert subject == desk.thread.tid + MALLORY.token(desk.thread.tid)
    assert MALLORY.pid not in subject


def test_three_days_and_no_longer_and_once(desk: Desk) -> None:
    case = reported(desk)
    proposal = propose(desk, case)
    clock.offset = 72.0 * clock.HOUR
    try:
        with pytest.raises(Conflict):
            agree(desk, case, proposal)
    finally:
        clock.offset = 0.0
    agree(desk, case, proposal)
    with pytest.raises(Conflict):
        agree(desk, case, proposal)
    with pytest.raises(Conflict) as twice:
        propose(desk, case)
    assert twice.value.why == "care.excluded_already"
    assert log(desk) == ["proposed:close", "decision:close"]


def test_proposed_twice_it_waits_once(desk: Desk) -> None:
    case = reported(desk)
    assert propose(desk, case) == propose(desk, case)
    with pytest.raises(Conflict):
        propose(desk, case, by=DANA)
    assert log(desk) == ["proposed:close"]


def test_a_proposer_who_is_of_the_care_team_no_more_decides_nothing(desk: Desk) -> None:
    case = reported(desk)
    proposal = propose(desk, case)
    with desk.database.write() as uow:
        people.change_grant(uow, CARER.pid, end=Grant.CARE, keys=KEYS)
    with pytest.raises(Refused) as refused:
        agree(desk, case, proposal)
    assert refused.value.why == "together.gone"
    assert propose(desk, case, by=DANA) != proposal


def test_reasons_and_a_length_are_needed_from_both(desk: Desk) -> None:
    case = reported(desk)
    for wrong in ({"words": " "}, {"days": 0}, {"days": 36500}):
        with pytest.raises(Invalid):
            propose(desk, case, **wrong)
    proposal = propose(desk, case)
    with pytest.raises(Invalid):
        agree(desk, case, proposal, words="")
    assert desk.guards() == []


def test_another_proposal_than_the_one_she_read_is_not_agreed_to(desk: Desk) -> None:
    case, other = reported(desk), reported(desk, by=BOB)
    proposal = propose(desk, case)
    with pytest.raises(Conflict):
        agree(desk, other, proposal)
    with desk.database.write() as uow:
        commands.withdraw(uow, CARER, proposal)
    propose(desk, case, days=365)
    with pytest.raises(Conflict):
        agree(desk, case, proposal)


def test_what_waits_goes_with_the_persona_that_it_would_meet(desk: Desk) -> None:
    desk.report_thing(Thing.PERSONA, MALLORY.pid)
    case = next(one for one in desk.queue(CARER) if one.object == MALLORY.pid)
    propose(desk, case)
    with desk.database.write() as uow:
        commands.forget_persona(uow, MALLORY.pid)
    rows = desk.database.connection().execute("SELECT whom FROM proposal").fetchall()
    assert rows == []


def test_no_row_but_the_guard_names_whom_it_meets(desk: Desk) -> None:
    desk.report_thing(Thing.PERSONA, MALLORY.pid)
    case = next(one for one in desk.queue(CARER) if one.object == MALLORY.pid)
    agree(desk, case, propose(desk, case))
    for table in ("decision", "audit", "audit_detail", "proposal"):
        for row in desk.database.connection().execute(f"SELECT * FROM {table}").fetchall():
            assert MALLORY.pid not in [bytes(v) for v in row if isinstance(v, bytes | memoryview)], table


def test_whom_somebody_asked_to_run_a_place_is_asked_no_more(desk: Desk) -> None:
    desk.role(CHARLIE, Role.MEMBER)
    with desk.database.write() as uow:
        give_role(uow, desk.cid, MALLORY.pid, Asked(Role.HOST, 0))
        mark_offer(uow, desk.cid, CHARLIE.pid, Asked(Role.HOST, 0))
    with desk.database.read() as db:
        assert own_offer(db, CHARLIE, desk.cid)
    case = reported(desk)
    agree(desk, case, propose(desk, case))
    with desk.database.read() as db:
        assert not own_offer(db, CHARLIE, desk.cid)
