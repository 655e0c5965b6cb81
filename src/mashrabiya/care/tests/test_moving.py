"""T32 of a move: a thread goes to another community for nobody who could not read it before, and stays no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.staffed import with_role
from mashrabiya.care.tests.tending import back, decisions, door, form, tend, typed
from mashrabiya.care.tests.test_concerned import readers
from mashrabiya.care.types import Act
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.types import NewReply, Placed
from mashrabiya.home.tests.test_home import counted, titles
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import TestHouse

_INSIDE = {"alice", "bob", "mona", "mallory"}
_MONA_CARES = {"mona": "mona"}


@dataclass
class Two:
    """Two places that Mona runs: of the first Alice, Bob and Mallory are members, of the second Charlie and Alice."""

    scene: Scene
    there: bytes

    @property
    def shown(self) -> str:
        return show_id(self.there)

    @property
    def here(self) -> str:
        return show_id(self.scene.cid)

    def move(self, thread: Placed, to: str = "", who: str = "mona") -> int:
        return tend(self.scene, thread, Act.MOVE, who, to or self.shown).status

    def place_of(self, thread: Placed) -> bytes:
        found = self.scene.house.database.connection().execute("SELECT id, cid FROM thread").fetchall()
        return next(bytes(cid) for tid, cid in found if bytes(tid) == thread.tid)


def change(scene: Scene, cid: bytes, audience: Audience, days: int = 365) -> None:
    """As whoever runs it, with what follows from it."""
    new = NewCommunity(
        name=f"{show_id(cid)[:6]} kitchen", language="en", audience=audience, retention_days=days
    )
    with scene.house.database.write() as uow:
        communities.edit(uow, scene["mona"].viewer, cid, new)
        commands.hold_community(uow, cid)


def two_places(
    house: TestHouse,
    audience: Audience = Audience.SIGNED_IN,
    there: Audience = Audience.SIGNED_IN,
    days: int = 365,
) -> Two:
    """Both, for whom each is open."""
    scene = Scene(house)
    with_role(scene["mona"], Grant.TRUSTED)
    people = {**scene.people, "bob": scene["charlie"], "mallory": scene["charlie"]}
    other = Scene(house, name="Day kitchen", people=people)
    change(scene, scene.cid, audience)
    change(scene, other.cid, there, days)
    return Two(scene, other.cid)


@pytest.fixture
def two(house: TestHouse) -> Callable[..., Two]:
    return partial(two_places, house)


def test_goes_with_everything_and_back(two: Callable[..., Two]) -> None:
    both = two()
    scene = both.scene
    thread = scene.thread()
    scene.reply("mallory", thread.tid, "Unnamed words.", unnamed=True)
    scene.reply("bob", thread.tid, "By name.")
    own = next(w for w in scene.page("mallory", thread).split('"') if "/e/" in w)
    assert both.move(thread) == 303
    assert both.place_of(thread) == both.there
    assert show_id(thread.tid) in scene["bob"].browser.get(f"/c/{both.shown}").text
    assert show_id(thread.tid) not in scene["bob"].browser.get(f"/c/{both.here}").text
    page = scene.page("bob", thread)
    assert "Unnamed words." in page
    assert "By name." in page
    assert scene["mallory"].browser.submit(own, own, body="Still my unnamed words.").status == 303
    rows = scene.house.database.connection().execute("SELECT DISTINCT home_tid FROM post").fetchall()
    assert [bytes(row[0]) for row in rows] == [thread.tid]
    found = decisions(scene, thread)
    assert {(one.act, one.cid, one.stands) for one in found} == {
        (Act.MOVE, scene.cid, True),
        (Act.CAME, both.there, True),
    }
    told = scene["alice"].browser.get("/me/o").text
    assert [f"/me/o/{one.shown}" in told for one in found if one.act == Act.MOVE] == [True]
    assert [f"/me/o/{one.shown}" in told for one in found if one.act == Act.CAME] == [False]
    assert back(scene, thread, Act.MOVE).status == 303
    assert both.place_of(thread) == scene.cid
    assert [one.stands for one in decisions(scene, thread)] == [False, False]
    assert titles(scene["bob"].browser.get(f"/c/{both.here}").text) == [show_id(thread.tid)]


@pytest.mark.parametrize("there", list(Audience))
@pytest.mark.parametrize("here", list(Audience))
def test_nobody_new_reads_old_words_whichever_way_it_goes(
    two: Callable[..., Two], here: Audience, there: Audience
) -> None:
    both = two(here, there)
    scene = both.scene
    thread = scene.thread()
    could = readers(scene, thread)
    path = f"{door(thread, Act.MOVE)}?to={both.shown}"
    if here >= Audience.MEMBERS:
        assert "written for members alone" in scene["mona"].browser.get(path).text
        sent = form(scene, thread, Act.SLOW) | typed(Act.MOVE) | {"place": both.shown}
        assert scene["mona"].browser.post(door(thread, Act.MOVE), sent).status in {403, 404, 422}
        assert both.place_of(thread) == scene.cid
        return
    assert both.move(thread) == 303
    moved = readers(scene, thread)
    assert moved <= could
    assert moved <= {*could} if there <= Audience.SIGNED_IN else moved <= {"alice", "charlie", "mona"}
    # Whatever becomes of either place, nobody comes in who could not read it there.
    for audience in (Audience.PUBLIC, Audience.MEMBERS, Audience.PUBLIC):
        change(scene, both.there, audience)
        assert readers(scene, thread) <= could
    back(scene, thread, Act.MOVE)
    assert readers(scene, thread) <= could


def test_words_written_behind_the_narrower_door_stay_behind_it(two: Callable[..., Two]) -> None:
    both = two(Audience.SIGNED_IN, Audience.MEMBERS)
    scene = both.scene
    thread = scene.thread()
    assert both.move(thread) == 303
    assert "Is it the water" not in scene.page("bob", thread)
    answer(scene.house.database, scene["charlie"].viewer, thread.tid, "For members alone.")
    assert back(scene, thread, Act.MOVE).status == 422
    assert both.place_of(thread) == both.there
    assert "For members alone." not in scene.page("bob", thread)


def test_it_stays_for_the_shorter_of_both_times(two: Callable[..., Two]) -> None:
    both = two(days=30)
    scene = both.scene
    thread = scene.thread()
    both.move(thread)

    def kept() -> int:
        with scene.house.database.read() as db:
            return queries.get_thread(db, scene["mona"].viewer, thread.tid).kept_days

    assert kept() == 30
    answer(scene.house.database, scene["charlie"].viewer, thread.tid, "Told thirty days.")
    change(scene, both.there, Audience.SIGNED_IN, 365)
    assert kept() == 30
    assert back(scene, thread, Act.MOVE).status == 303
    assert kept() == 30


@pytest.mark.parametrize("here", [Audience.PUBLIC, Audience.SIGNED_IN])
def test_whoever_is_excluded_finds_nothing_again(two: Callable[..., Two], here: Audience) -> None:
    both = two(here)
    scene = both.scene
    scene.report("bob", scene.reply("mallory", scene.thread("bob").tid))
    scene.decide(Act.EXCLUDE)
    thread = scene.thread()
    could = readers(scene, thread)
    page = scene["mona"].browser.get(f"{door(thread, Act.MOVE)}?to={both.shown}").text
    assert ("excluded here" in page) == (here == Audience.SIGNED_IN)
    if here == Audience.PUBLIC:
        assert both.move(thread) == 303
    else:
        sent = form(scene, thread, Act.SLOW) | typed(Act.MOVE) | {"place": both.shown}
        assert scene["mona"].browser.post(door(thread, Act.MOVE), sent).status in {403, 404, 422}
    assert readers(scene, thread) <= could


@pytest.mark.parametrize("act", [Act.HOLD, Act.HIDE, Act.REMOVE])
def test_what_carers_see_here_alone_stays(two: Callable[..., Two], act: Act) -> None:
    both = two()
    scene = both.scene
    thread = scene.thread()
    path = f"/t/{show_id(thread.tid)}/c/2"
    scene.reply("bob", thread.tid)
    scene["mona"].browser.submit(path, path, act=str(int(act)), words="Held.", days="7")
    page = scene["mona"].browser.get(f"{door(thread, Act.MOVE)}?to={both.shown}").text
    assert "held back" in page
    reported = scene.thread("bob")
    scene.report("alice", reported)
    page = scene["mona"].browser.get(f"{door(reported, Act.MOVE)}?to={both.shown}").text
    assert "was reported" in page


def test_only_who_cares_for_both_moves_it_and_takes_it_back(two: Callable[..., Two]) -> None:
    both = two()
    scene = both.scene
    thread = scene.thread()
    third = Scene(scene.house, name="Third", people={**scene.people, "mona": scene["charlie"]})
    page = scene["mona"].browser.get(door(thread, Act.MOVE)).text
    assert both.shown in page
    assert show_id(third.cid) not in page
    refused = scene["mona"].browser.get(f"{door(thread, Act.MOVE)}?to={show_id(third.cid)}")
    assert "cares for both" in refused.text
    sent = form(scene, thread, Act.MOVE, to=both.shown) | typed(Act.MOVE)
    for place in (show_id(third.cid), both.here, "7" * 26, "", "x"):
        assert scene["mona"].browser.post(door(thread, Act.MOVE), sent | {"place": place}).status in {
            404,
            422,
        }
    assert both.place_of(thread) == scene.cid
    for _ in range(2):
        assert scene["mona"].browser.post(door(thread, Act.MOVE), sent).status == 303
    assert len(decisions(scene, thread)) == 2


def test_nothing_goes_to_an_archived_place_or_one_that_closes(two: Callable[..., Two]) -> None:
    both = two()
    thread = both.scene.thread()
    sent = form(both.scene, thread, Act.MOVE, to=both.shown) | typed(Act.MOVE)
    with both.scene.house.database.write() as uow:
        communities.close(uow, both.scene["mona"].viewer, both.there)
    page = both.scene["mona"].browser.get(f"{door(thread, Act.MOVE)}?to={both.shown}")
    assert "Nothing new comes into that place" in page.text
    assert both.scene["mona"].browser.post(door(thread, Act.MOVE), sent).status == 422
    assert both.place_of(thread) == both.scene.cid


def test_round_and_round_it_is_where_the_last_move_brought_it(two: Callable[..., Two]) -> None:
    both = two()
    scene = both.scene
    thread = scene.thread()
    first = form(scene, thread, Act.MOVE, to=both.shown) | typed(Act.MOVE)
    for to, place in ((both.shown, both.there), (both.here, scene.cid), (both.shown, both.there)):
        assert both.move(thread, to) == 303
        assert both.place_of(thread) == place
    assert scene["mona"].browser.post(door(thread, Act.MOVE), first).status in {409, 422}
    assert [one.act for one in decisions(scene, thread) if one.stands] in (
        [Act.MOVE, Act.CAME],
        [Act.CAME, Act.MOVE],
    )
    assert back(scene, thread, Act.MOVE).status == 303
    assert both.place_of(thread) == scene.cid


def test_a_reply_on_its_way_lands_where_the_thread_stands_or_comes_back(two: Callable[..., Two]) -> None:
    both = two()
    scene = both.scene
    thread = scene.thread()
    path = f"/t/{show_id(thread.tid)}"
    hers = {who: scene[who].browser.get(path).form(path).fields for who in ("alice", "bob")}
    both.move(thread)
    assert scene["alice"].browser.post(path, hers["alice"] | {"body": "It lands."}).status == 303
    kept = scene["bob"].browser.post(path, hers["bob"] | {"body": "It comes back."})
    assert kept.status == 422
    assert "It comes back." in kept.text
    with scene.house.database.write() as uow:
        commands.reply(uow, scene["charlie"].viewer, thread.tid, NewReply(body="From there."))
    assert "From there." in scene.page("bob", thread)


def test_what_is_on_top_or_closed(two: Callable[..., Two]) -> None:
    both = two()
    scene = both.scene
    thread = scene.thread()
    tend(scene, thread, Act.TOP)
    tend(scene, thread, Act.SHUT)
    assert both.move(thread) == 303
    assert "At the top" not in scene["bob"].browser.get(f"/c/{both.shown}").text
    assert "have closed the replies" in scene.page("bob", thread)
    assert counted(scene.house, scene["mona"].browser, door(thread, Act.MOVE)) <= 6
    assert counted(scene.house, scene["mona"].browser, f"{door(thread, Act.MOVE)}?to={both.here}") <= 6
