"""A reported community out of the lists for a time: who still finds it, how it ends, and that its hosts may object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import literal_column, update

from mashrabiya.care import queries
from mashrabiya.care.tests.desks import CARER, HOST
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.care.types import Act, Case, Decision
from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as places
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona, person
from mashrabiya.communities.types import Audience, NewCommunity, Search
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import CARE, Tongue, Viewer
from mashrabiya.platform import audit
from mashrabiya.platform.db import Database, Statement
from mashrabiya.safety.types import Thing
from mashrabiya.testing.house import TestHouse

DANA = person("Dana", CARE)
VISITOR = Viewer.visitor(Tongue.of("en"))
NAME = "Night kitchen"
HELPED = discussions.read_filters("helped-year", "", helped=True)


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    made = Objecting(database)
    made.report_thing(Thing.COMMUNITY, made.cid)
    helps(database)
    yield made
    clock.offset = 0.0


def helps(database: Database) -> None:
    """Every opening there is helped somebody."""
    everything: Statement[None] = Statement(update(THREAD).values(helped=literal_column("2")))
    with database.write() as uow:
        uow.run(everything)


def reported(desk: Objecting) -> Case:
    return next(one for one in desk.queue(CARER) if one.kind == Thing.COMMUNITY)


def unlist(desk: Objecting, days: int = 30, by: Viewer = CARER) -> Decision:
    return desk.decide(reported(desk), Act.UNLIST, by=by, days=days)


def publish(desk: Objecting) -> None:
    new = NewCommunity(name=NAME, agreements="Be kind.", audience=Audience.PUBLIC)
    with desk.database.write() as uow:
        communities.edit(uow, HOST, desk.cid, new)
    # What was written before stays behind the door it was written behind.
    begin(desk.database, ALICE, desk.cid, title="For everybody")
    helps(desk.database)


def meets(desk: Objecting, viewer: Viewer) -> set[str]:
    """By which ways this viewer comes upon the place without knowing of it."""
    with desk.database.read() as db:
        ways = {
            "list": [one.id for one in places.find(db, viewer, Search()).cards],
            "search": [one.id for one in places.find(db, viewer, Search(words="kitchen")).cards],
            "threads": [one.cid for one in discussions.latest(db, viewer).rows],
            "helped": [one.cid for one in discussions.most_helped(db, viewer, "", HELPED).rows],
        }
        if not viewer.is_member:
            ways["landing"] = [one.id for one in places.public_communities(db, "en")]
        else:
            same = places.find_namesake(db, viewer, NAME)
            ways["name"] = [same.id] if same else []
    return {way for way, found in ways.items() if desk.cid in found}


WAYS = {"list", "search", "threads", "helped", "name"}


@pytest.mark.parametrize("public", [False, True])
def test_no_list_shows_it_to_those_outside(desk: Objecting, public: bool) -> None:
    if public:
        publish(desk)
    outside, inside = [CHARLIE, DANA, other_persona(CHARLIE)], [ALICE, BOB, MALLORY, HOST]
    before = {viewer: meets(desk, viewer) for viewer in (*outside, *inside)}
    assert all("list" in ways and "search" in ways for ways in before.values())
    decision = unlist(desk, 7)
    assert decision.until_day == clock.day() + 7
    assert [meets(desk, viewer) for viewer in outside] == [set()] * 3
    assert {viewer: meets(desk, viewer) for viewer in inside} == {viewer: before[viewer] for viewer in inside}
    assert meets(desk, VISITOR) == set()
    with desk.database.read() as db:
        assert places.get_community(db, CHARLIE, desk.cid).unlisted_days == 8
        assert discussions.thread_page(db, CHARLIE, desk.thread.tid).posts, "whoever has its link reads on"
    clock.offset += 7 * clock.DAY
    assert meets(desk, CHARLIE) == set()
    clock.offset += clock.DAY
    assert meets(desk, CHARLIE) == before[CHARLIE]
    assert meets(desk, VISITOR) == ({"list", "search", "threads", "landing", "helped"} if public else set())


def test_joining_by_its_link_goes_on(desk: Objecting) -> None:
    unlist(desk)
    with desk.database.write() as uow:
        communities.join(uow, CHARLIE, desk.cid)
    assert "list" in meets(desk, CHARLIE)


def test_taken_back_it_is_listed_and_a_second_one_waits(desk: Objecting) -> None:
    before, decision = meets(desk, CHARLIE), unlist(desk)
    assert desk.queue(CARER) == [], "its reports are closed"
    desk.report_thing(Thing.COMMUNITY, desk.cid, by=ALICE)
    with pytest.raises(Conflict, match="unlisted_already"):
        unlist(desk, 7, by=DANA)
    desk.undo(decision, by=DANA)
    assert meets(desk, CHARLIE) == before
    again = unlist(desk, 7)
    assert meets(desk, CHARLIE) == set()
    with pytest.raises(NotFound):
        desk.undo(again, by=HOST)
    with desk.database.read() as db:
        acts = [one.entry.action for one in audit.entries(db, before=1 << 40, most=9)]
    assert acts[:3] == ["decision:unlist", "decision:undone", "decision:unlist"]


def test_an_old_decision_does_not_end_a_new_one(desk: Objecting) -> None:
    first = unlist(desk, 7)
    which = desk.object(first, HOST)
    clock.offset += 8 * clock.DAY
    desk.report_thing(Thing.COMMUNITY, desk.cid, by=ALICE)
    unlist(desk, 30)
    desk.answer(which, by=DANA)
    assert meets(desk, CHARLIE) == set()


def test_its_hosts_read_why_and_object(desk: Objecting) -> None:
    before, decision = meets(desk, CHARLIE), unlist(desk, 90)
    clock.offset += 60 * clock.DAY
    with desk.database.read() as db:
        said = queries.standing_at(db, HOST, queries.get_place(db, HOST, desk.cid)).said
    assert [one.id for one in said] == [decision.id]
    for other in (ALICE, BOB, CHARLIE):
        with pytest.raises(NotFound):
            desk.object(decision, other)
    desk.answer(desk.object(decision, other_persona(HOST)), by=DANA)
    assert meets(desk, CHARLIE) == before


@pytest.mark.parametrize("days", [0, 1, 8, 365])
def test_it_needs_a_length(desk: Objecting, days: int) -> None:
    with pytest.raises(Invalid) as wrong:
        unlist(desk, days)
    assert set(wrong.value.fields) == {"days"}


def test_only_a_community_is_taken_out_and_only_by_the_house(desk: Objecting) -> None:
    post = desk.report(desk.thread)
    for by in (CARER, HOST):
        with pytest.raises(Conflict, match="nothing_there"):
            desk.decide(post, Act.UNLIST, by=by, days=7)
    with pytest.raises(NotFound):
        unlist(desk, by=HOST)
    runs_it = replace(HOST, roles=frozenset({CARE}))
    with pytest.raises(NotFound):
        unlist(desk, by=runs_it)


@pytest.mark.parametrize(
    ("language", "told", "outcome", "act"),
    [
        (
            "en",
            "No list shows this community",
            "was taken out of the lists for a time",
            "Taken out of the lists",
        ),
        ("ar", "لا تُظهر القوائم هذا المجتمع", "أُخرج المجتمع من القوائم لمدّة", "أُخرج المجتمع من القوائم"),
    ],
)
def test_the_pages_of_it(house: TestHouse, language: str, told: str, outcome: str, act: str) -> None:
    house.change(open=True, agreements={language: "Nobody is led into a trap."})
    scene = Scene(house, language=language)
    place, report = f"/c/{show_id(scene.cid)}", f"/r/c/{show_id(scene.cid)}"
    page = scene["bob"].browser.get(report)
    reason = next(one for one in ("1", "2", "3", "4", "5", "6") if f'value="{one}"' in page.text)
    assert scene["bob"].browser.submit(report, report, reason=reason).status == 303
    carer = a_carer(house)
    with house.database.read() as db:
        ((found,), _) = queries.queue(db, carer.viewer, queries.get_place(db, carer.viewer, b""))
    sent = {"act": str(int(Act.UNLIST)), "words": "It leads people into a trap.", "agreement": "1"}
    back = carer.browser.submit(found.path, found.path, **sent)
    assert [back.status, "It leads people into a trap." in back.text] == [422, True]
    assert carer.browser.submit(found.path, found.path, days="30", **sent).status == 303
    assert "Taken out of the lists" in carer.browser.get("/care/log").text
    desk = scene["mona"].browser.get(scene.desk).text
    for said in ("It leads people into a trap.", "Nobody is led into a trap.", "/me/o/", act):
        assert said in desk
    assert told in scene["mona"].browser.get(place).text
    for who in ("alice", "charlie"):
        assert told not in scene[who].browser.get(place).text
    assert place in scene["alice"].browser.get("/c").text
    assert place not in scene["charlie"].browser.get("/c").text
    assert scene["charlie"].browser.get(place).status == 200
    assert outcome in scene["bob"].browser.get("/me/r").text
