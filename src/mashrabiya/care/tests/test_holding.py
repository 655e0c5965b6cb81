"""Holding a post until it is decided: who sees it, what its author may do, how it ends, and that all comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.care import commands, jobs, queries, rules
from mashrabiya.care.tests.desks import CARER, HOST, KEYS
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.tests.staffed import with_role
from mashrabiya.care.types import HOLD_DAYS, Act, Decision, NewDecision
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import BODY, TITLE, answer, begin
from mashrabiya.discussions.types import Change, Judged, NewReply, Placed, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.platform.db import Database
from mashrabiya.safety.trust.types import Allowance
from mashrabiya.testing.house import TestHouse

CANARY = "canary-held-5f1c"


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    yield Objecting(database)
    clock.offset = 0.0


def at(desk: Objecting, placed: Placed, viewer: Viewer = ALICE) -> Judged:
    with desk.database.read() as db:
        return posts.get_judged(db, viewer, placed.tid, placed.n)[1]


def page_of(desk: Objecting, viewer: Viewer, tid: bytes) -> str:
    with desk.database.read() as db:
        found = posts.thread_page(db, viewer, tid)
    return f"{found.thread.title} {' '.join(post.html for post in found.posts)}"


def edit(desk: Objecting, viewer: Viewer, placed: Placed, body: str, title: str = "") -> None:
    post = at(desk, placed)
    with desk.database.write() as uow:
        discussions.edit(uow, viewer, placed.tid, post.id, new=Change(body=body, title=title))


def held_at(desk: Objecting, viewer: Viewer) -> list[bytes]:
    with desk.database.read() as db:
        place = queries.get_place(db, viewer, b"" if viewer is CARER else desk.cid)
        return [one.id for one in queries.standing_at(db, viewer, place).held]


def unreported(desk: Objecting, placed: Placed, act: Act, by: Viewer = HOST) -> Decision:
    with desk.database.write() as uow:
        case = queries.get_unreported(uow, by, placed.tid, placed.n)
        seen = len(queries.on_thing(uow, case.kind, case.object))
        new = NewDecision(act=act, words="We look at it.", seen=seen)
        commands.decide_unreported(uow, by, placed.tid, placed.n, new=new)
        found = queries.on_thing(uow, case.kind, case.object)
    return next(one for one in found if one.act == act and one.stands)


@pytest.mark.parametrize("unnamed", [False, True])
def test_what_is_held_shows_to_nobody_and_waits_still(desk: Objecting, unnamed: bool) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, CANARY, unnamed=unnamed)
    case = desk.report(placed)
    decision = desk.decide(case, Act.HOLD)
    assert desk.state(case) is PostState.HELD
    assert decision.until_day == clock.day() + HOLD_DAYS
    for viewer in (ALICE, BOB, HOST, MALLORY):
        assert CANARY not in page_of(desk, viewer, placed.tid)
    assert [one.object for one in desk.queue(HOST)] == [case.object], "its reports are open"
    assert desk.concerning(MALLORY) == [decision.id]
    with desk.database.read() as db:
        assert posts.get_withheld(db, MALLORY, placed.tid, placed.n)[1].source == CANARY
        for other in (ALICE, BOB, CHARLIE, HOST):
            with pytest.raises(NotFound):
                posts.get_withheld(db, other, placed.tid, placed.n)
        assert audit.entries(db, before=1 << 40, most=1)[0].entry.action == "decision:hold"


@pytest.mark.parametrize("who", [ALICE, BOB, CHARLIE, MALLORY], ids=str)
def test_nobody_else_holds_anything(desk: Objecting, who: Viewer) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid)
    case = desk.report(placed)
    with pytest.raises(NotFound):
        desk.decide(case, Act.HOLD, by=who)
    with pytest.raises(NotFound):
        unreported(desk, placed, Act.HOLD, by=who)
    assert desk.state(case) is PostState.SHOWN


def test_it_takes_a_reason_and_is_done_once(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    with pytest.raises(Invalid):
        desk.decide(case, Act.HOLD, words=" ")
    desk.decide(case, Act.HOLD)
    with pytest.raises(Conflict, match="nothing_there"):
        desk.decide(case, Act.HOLD)
    with desk.database.write() as uow:
        discussions.remove(uow, case.object)
    with pytest.raises(Conflict):
        desk.decide(case, Act.HOLD)


def test_its_author_goes_on_writing_and_taking_back_shows_what_she_wrote(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Near the old school.")
    case = desk.report(placed)
    decision = desk.decide(case, Act.HOLD)
    edit(desk, MALLORY, placed, CANARY)
    for other in (ALICE, BOB, HOST, CARER, other_persona(MALLORY)):
        with pytest.raises(NotFound):
            edit(desk, other, placed, "Not mine.")
    assert CANARY not in page_of(desk, BOB, placed.tid)
    assert at(desk, placed).source == CANARY
    desk.undo(decision)
    desk.undo(decision)
    assert desk.state(case) is PostState.SHOWN
    assert CANARY in page_of(desk, BOB, placed.tid)


def test_an_opening_keeps_its_title_and_takes_a_new_one(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    decision = desk.decide(case, Act.HOLD)
    assert TITLE not in page_of(desk, BOB, desk.thread.tid)
    with desk.database.read() as db:
        own = posts.read_own_post(db, ALICE, desk.thread.tid, case.object)
    assert (own.thread.title, own.post.body) == (TITLE, BODY)
    edit(desk, ALICE, desk.thread, CANARY, title="Another title")
    page = page_of(desk, BOB, desk.thread.tid)
    assert "Another title" not in page
    assert CANARY not in page
    desk.undo(decision)
    page = page_of(desk, BOB, desk.thread.tid)
    assert "Another title" in page
    assert CANARY in page


def test_its_author_may_take_it_back_whole(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, CANARY)
    case = desk.report(placed)
    decision = desk.decide(case, Act.HOLD)
    with desk.database.write() as uow:
        discussions.delete_post(uow, MALLORY, placed.tid, case.object)
    desk.undo(decision)
    assert desk.state(case) is PostState.DELETED


def test_it_shows_again_by_itself_and_not_before(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, CANARY)
    case = desk.report(placed)
    desk.decide(case, Act.HOLD)
    for days, state in ((HOLD_DAYS, PostState.HELD), (1, PostState.SHOWN), (1, PostState.SHOWN)):
        clock.offset += days * clock.DAY
        jobs.let_held_show(desk.database)
        assert desk.state(case) is state
    assert CANARY in page_of(desk, BOB, placed.tid)
    again = desk.decide(case, Act.HOLD)
    jobs.let_held_show(desk.database)
    assert desk.state(case) is PostState.HELD
    assert again.left == HOLD_DAYS


@pytest.mark.parametrize(("act", "state"), [(Act.HIDE, PostState.HIDDEN), (Act.REMOVE, PostState.REMOVED)])
def test_what_is_decided_meanwhile_outlives_it_and_taken_back_shows(
    desk: Objecting, act: Act, state: PostState
) -> None:
    case = desk.report(desk.thread)
    desk.decide(case, Act.HOLD)
    decided = desk.decide(case, act)
    clock.offset += (HOLD_DAYS + 1) * clock.DAY
    jobs.let_held_show(desk.database)
    assert desk.state(case) is state
    desk.undo(decided)
    assert desk.state(case) is PostState.SHOWN
    assert TITLE in page_of(desk, BOB, desk.thread.tid)


def test_to_keep_it_shows_it_and_settles_the_hold(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    held = desk.decide(case, Act.HOLD)
    which = desk.object(held)
    desk.decide(case, Act.KEEP)
    assert desk.state(case) is PostState.SHOWN
    assert desk.queue(HOST) == []
    appeal = desk.read(held).appeal
    assert appeal is not None
    assert (appeal.id, appeal.is_reversed) == (which, True)


def test_an_objection_goes_to_another_person_and_gives_all_back(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, CANARY)
    case = desk.report(placed)
    held = desk.decide(case, Act.HOLD)
    with pytest.raises(NotFound):
        desk.object(held, BOB)
    which = desk.object(held, MALLORY)
    assert [one.own for one in desk.waiting(HOST)] == [True]
    desk.answer(which)
    assert desk.state(case) is PostState.SHOWN
    assert CANARY in page_of(desk, BOB, placed.tid)
    clock.offset += (HOLD_DAYS + 1) * clock.DAY
    with desk.database.write() as uow:
        late = queries.get_concerned(uow, MALLORY, KEYS, held.id)
    assert not rules.may_appeal(late).allowed


def test_what_nobody_reported_waits_at_its_desk_but_not_at_its_authors(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, CANARY)
    held = unreported(desk, placed, Act.HOLD)
    assert held_at(desk, HOST) == held_at(desk, CARER) == [held.id]
    with pytest.raises(NotFound):
        held_at(desk, BOB)
    kept = unreported(desk, placed, Act.KEEP)
    assert kept.stands
    assert held_at(desk, HOST) == []
    assert CANARY in page_of(desk, BOB, placed.tid)
    hers = begin(desk.database, HOST, desk.cid)
    unreported(desk, hers, Act.HOLD, by=CARER)
    assert held_at(desk, HOST) == []
    assert len(held_at(desk, CARER)) == 1


@pytest.mark.parametrize("act", [Act.HOLD, Act.HIDE, Act.REMOVE])
@pytest.mark.parametrize("leads", [False, True])
def test_what_comes_back_leads_where_it_led_before(house: TestHouse, act: Act, leads: bool) -> None:
    """Addresses in the words of somebody new are words alone, also when a carer has hidden and shown them."""
    scene = Scene(house)
    new = NewReply(body="See [here](https://example.org/mint) now.", submission=new_id().hex())
    allowed, tid = Allowance(shows=leads), scene.thread().tid
    with house.database.write() as uow:
        placed = discussions.reply(uow, scene["mallory"].viewer, tid, new, allowed=allowed)
    before = scene.page("bob", placed)
    assert ("example.org" in before) is leads
    scene.report("bob", placed)
    decision = scene.decide(act)
    assert "See " not in scene.page("bob", placed)
    scene.undo(decision)
    after = scene.page("bob", placed)
    assert "See " in after
    assert ("example.org" in after) is leads


@pytest.mark.parametrize(
    ("language", "said", "own"),
    [
        ("en", "the care team is looking at it", "is being looked at"),
        ("ar", "فريق الرعاية ينظر فيه", "ينظر في مشاركتك"),
    ],
)
def test_the_pages_of_it(house: TestHouse, language: str, said: str, own: str) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread("bob")
    placed = scene.reply("mallory", thread.tid, CANARY)
    scene.report("alice", placed)
    case, mona, mallory = scene.case().path, scene["mona"].browser, scene["mallory"].browser
    assert mona.submit(case, case, act=str(int(Act.HOLD)), words="We look at it.").status == 303
    for who in ("alice", "bob", "charlie", "mallory"):
        page = scene.page(who, placed)
        assert said in page
        assert CANARY not in page
    why = f"/t/{show_id(thread.tid)}/y/{placed.n}"
    told = mallory.get(why)
    for expected in (own, "We look at it.", CANARY, "/me/o/"):
        assert expected in told.text
    for who in ("alice", "bob", "charlie"):
        assert scene[who].browser.get(why).status == 404
    form = re.search(r"/t/[\w-]+/e/[\w-]+", told.text)[0]  # type: ignore[index]
    assert mallory.submit(form, form, body=f"{CANARY} changed").status == 303
    assert f"{CANARY} changed" in mallory.get(why).text
    assert case in mona.get(scene.desk).text
    assert mona.submit(case, case, act=str(int(Act.KEEP)), words="It is fine.", seen="1").status == 303
    assert f"{CANARY} changed" in scene.page("alice", placed)


def test_nobody_is_led_to_decide_on_her_own(house: TestHouse) -> None:
    scene = Scene(house)
    alice = with_role(scene["alice"], Grant.CARE)
    for unnamed in (False, True):
        placed = scene.thread("alice", unnamed=unnamed)
        scene.report("bob", placed)
        case = scene.case().path
        scene["mona"].browser.submit(case, case, act=str(int(Act.HOLD)), words="We look at it.")
        way = f"/t/{show_id(placed.tid)}/c/{placed.n}"
        assert case in scene["mona"].browser.get(scene.desk).text
        for desk in ("/care", scene.desk):
            text = alice.browser.get(desk).text
            assert [way in text, case in text] == [False, False], desk
