"""A community that was reported: a word to those who run it, a wish for a change; told to them, and taken back."""

from __future__ import annotations

import pytest

from mashrabiya.care import queries
from mashrabiya.care.tests.desks import CARER, HOST, KEYS
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.care.types import Act, Case, Decision
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona, person
from mashrabiya.communities.types import Role
from mashrabiya.discussions.tests.factories import make_persona
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import Thing
from mashrabiya.testing.house import TestHouse

DANA = person("Dana", CARE)
HELPER = person("Helper")
BOTH = person("Both", CARE)
WORDS = "Please take the list of names off your first page."


@pytest.fixture
def desk(database: Database) -> Objecting:
    made = Objecting(database)
    for one in (HELPER, BOTH):
        make_persona(database, one)
        made.role(one, Role.CARER)
    made.report_thing(Thing.COMMUNITY, made.cid)
    return made


def reported(desk: Objecting) -> Case:
    return next(one for one in desk.queue(CARER) if one.kind == Thing.COMMUNITY)


def said(desk: Objecting, viewer: Viewer) -> list[bytes]:
    with desk.database.read() as db:
        place = queries.get_place(db, viewer, desk.cid)
        return [one.id for one in queries.standing_at(db, viewer, place).said]


def ask(desk: Objecting, act: Act = Act.ASK) -> Decision:
    return desk.decide(reported(desk), act, by=CARER, words=WORDS)


@pytest.mark.parametrize("act", [Act.WORD, Act.ASK])
def test_those_who_run_it_read_it_and_nobody_else(desk: Objecting, act: Act) -> None:
    decision = ask(desk, act)
    assert desk.queue(CARER) == [], "its reports are closed"
    for who in (HOST, HELPER, other_persona(HOST)):
        assert desk.read(decision, who).decision.words == WORDS
    assert said(desk, HOST) == said(desk, HELPER) == said(desk, CARER) == [decision.id]
    for other in (ALICE, BOB, CHARLIE, MALLORY):
        with pytest.raises(NotFound):
            desk.read(decision, other)
        with pytest.raises(NotFound):
            said(desk, other)
    clock.offset += 31 * clock.DAY
    assert said(desk, HOST) == []
    clock.offset = 0.0


def test_it_offers_only_what_belongs_there(desk: Objecting) -> None:
    from mashrabiya.care import rules

    assert rules.acts_on(reported(desk)) == [Act.KEEP, Act.WORD, Act.ASK, Act.UNLIST]
    assert desk.decide(reported(desk), Act.KEEP, by=CARER).stands


@pytest.mark.parametrize("who", [HOST, HELPER, BOTH, BOB, MALLORY], ids=str)
def test_nobody_decides_on_the_place_she_runs_nor_takes_it_back(desk: Objecting, who: Viewer) -> None:
    case = reported(desk)
    with pytest.raises(NotFound):
        desk.decide(case, Act.ASK, by=who)
    decision = ask(desk)
    with pytest.raises(NotFound):
        desk.undo(decision, by=who)
    assert desk.read(decision, HOST).decision.stands
    desk.undo(decision, by=DANA)
    assert not desk.read(decision, HOST).decision.stands
    assert said(desk, HOST) == []


def test_an_objection_of_its_hosts_goes_to_another_carer(desk: Objecting) -> None:
    decision = ask(desk)
    with pytest.raises(NotFound):
        desk.object(decision, BOB)
    which = desk.object(decision, HOST)
    assert [one.appeal.id for one in desk.waiting(CARER)] == [which]
    assert desk.waiting(HOST) == []
    with pytest.raises(Refused, match="other_person"):
        desk.answer(which, by=CARER)
    with pytest.raises(NotFound):
        desk.answer(which, by=BOTH)
    desk.answer(which, by=DANA)
    found = desk.read(decision, HOST)
    assert not found.decision.stands
    assert found.appeal is not None
    assert found.appeal.is_reversed
    with desk.database.read() as db:
        assert queries.find_concerned(db, KEYS, decision.id) is not None


@pytest.mark.parametrize(
    ("language", "told", "outcome"),
    [
        ("en", "From the site’s care team", "wrote to those who run the community"),
        ("ar", "من فريق رعاية الموقع", "إلى من يدير المجتمع"),
    ],
)
def test_the_pages_of_it(house: TestHouse, language: str, told: str, outcome: str) -> None:
    scene = Scene(house, language=language)
    report = f"/r/c/{show_id(scene.cid)}"
    assert scene["bob"].browser.submit(report, report, reason="99").status in {303, 422}
    page = scene["bob"].browser.get(report)
    reason = next(one for one in ("1", "2", "3", "4", "5", "6") if f'value="{one}"' in page.text)
    assert scene["bob"].browser.submit(report, report, reason=reason).status == 303
    carer = a_carer(house)
    with house.database.read() as db:
        found, _ = queries.queue(db, carer.viewer, queries.get_place(db, carer.viewer, b""))
    path = found[0].path
    assert carer.browser.submit(path, path, act=str(int(Act.HIDE)), words=WORDS).status in {409, 422}
    back = carer.browser.submit(path, path, act=str(int(Act.ASK)), words=" ")
    assert back.status == 422
    assert carer.browser.submit(path, path, act=str(int(Act.ASK)), words=WORDS).status == 303
    desk = scene["mona"].browser.get(scene.desk)
    assert told in desk.text
    assert WORDS in desk.text
    for who in ("alice", "bob", "charlie", "mallory"):
        assert scene[who].browser.get(scene.desk).status == 404
        assert WORDS not in scene[who].browser.get(f"/c/{show_id(scene.cid)}").text
    assert outcome in scene["bob"].browser.get("/me/r").text
