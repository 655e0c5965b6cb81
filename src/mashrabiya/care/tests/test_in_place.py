"""Those who care for a place act on a whole thread where it stands: each act with its reason, its log and its undoing."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.seeing import plain
from mashrabiya.care.tests.tending import ALL, TEA, back, decisions, door, forged, form, tend, typed
from mashrabiya.care.types import Act
from mashrabiya.communities.types import Audience
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions.tests.tagging import offer
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import counted, statements, titles
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.testing.house import TestHouse
from tests.furnished import somebody

DONE = [Act.SHUT, Act.TOP, Act.SLOW, Act.CARE_NOTE, Act.TAG]
SHUT, NOTE = "have closed the replies", "Note by the care team"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    made = Scene(house)
    offer(house.database, made["mona"].viewer, made.cid, NewTag(ar=TEA.ar, en=TEA.en), NewTag(en="Soup"))
    return made


def seen(scene: Scene, who: str, placed: Placed) -> str:
    return plain(scene[who].browser.get(placed.address))


def path_of(placed: Placed) -> str:
    return f"/t/{show_id(placed.tid)}"


@pytest.mark.parametrize("act", ALL)
def test_nobody_else_finds_the_way_or_does_it(scene: Scene, act: Act) -> None:
    thread = scene.thread()
    elsewhere = Scene(scene.house, name="Day kitchen", people={**scene.people, "mona": scene["charlie"]})
    assert elsewhere["mona"] is scene["charlie"], "Charlie cares for another community"
    assert f"{path_of(thread)}/a" in scene.page("mona", thread)
    assert scene["mona"].browser.get(door(thread, act)).status == 200
    before = seen(scene, "bob", thread)
    for who in ("alice", "bob", "charlie", "mallory"):
        assert f"{path_of(thread)}/a" not in scene.page(who, thread)
        for path in (f"{path_of(thread)}/a", door(thread, act), door(Placed(new_id(), 1), act)):
            assert scene[who].browser.get(path).status == 404
        assert scene[who].browser.post(door(thread, act), forged()).status in {403, 404}
        assert scene[who].browser.post(door(thread, act), forged(back="1")).status in {403, 404}
    assert scene.house.browser().get(door(thread, act)).status == 404
    assert seen(scene, "bob", thread) == before
    assert decisions(scene, thread) == []


@pytest.mark.parametrize("act", DONE)
def test_done_once_told_logged_and_taken_back_on_the_same_page(scene: Scene, act: Act) -> None:
    thread = scene.thread()
    before = {who: seen(scene, who, thread) for who in ("alice", "bob", "charlie")}
    fields = {**form(scene, thread, act), **typed(act)}
    for _ in range(2):
        done = scene["mona"].browser.post(door(thread, act), fields)
        assert (done.status, done.location) == (303, thread.address)
    (decision,) = decisions(scene, thread)
    assert (decision.act, decision.words, decision.role) == (act, WORDS, "host")
    assert decision.stands
    assert WORDS in scene["mona"].browser.get(door(thread, act)).text
    assert WORDS in scene["alice"].browser.get(f"/me/o/{decision.shown}").text
    assert f"/me/o/{decision.shown}" in scene["alice"].browser.get("/me/o").text
    for who in ("bob", "charlie", "mallory", "mona"):
        assert scene[who].browser.get(f"/me/o/{decision.shown}").status == 404
    assert WORDS in scene["mona"].browser.get(scene.desk).text
    assert back(scene, thread, act).status == 303
    assert {who: seen(scene, who, thread) for who in before} == before
    assert [one.stands for one in decisions(scene, thread)] == [False]
    with scene.house.database.read() as db:
        actions = [one.entry.action for one in audit.entries(db, before=1 << 60, most=9)]
    assert actions[:2] == ["decision:undone", f"decision:{act.name.lower()}"]


@pytest.mark.parametrize("act", DONE)
def test_it_needs_a_reason_and_keeps_what_was_typed(scene: Scene, act: Act) -> None:
    thread = scene.thread()
    for wrong in ({"words": " "}, {"words": "x" * 1001}, {"words": "My reason.", "agreement": "7"}):
        page = tend(scene, thread, act, **wrong)
        assert page.status == 422
        assert wrong["words"].strip() in page.text
    if act == Act.SLOW:
        assert tend(scene, thread, act, minutes="7").status == 422
        assert tend(scene, thread, act, days="99").status == 422
    if act == Act.CARE_NOTE:
        assert tend(scene, thread, act, note=" \u200b ").status == 422
        assert tend(scene, thread, act, note="x" * 2001).status == 422
    assert decisions(scene, thread) == []


@pytest.mark.parametrize("act", DONE)
def test_two_at_once_the_second_is_told(scene: Scene, act: Act) -> None:
    carer = somebody(scene.house, "Caro", Grant.CARE)
    scene.people["carer"] = carer
    thread = scene.thread()
    first, second = form(scene, thread, act), form(scene, thread, act, "carer")
    assert scene["mona"].browser.post(door(thread, act), first | typed(act)).status == 303
    late = scene["carer"].browser.post(door(thread, act), second | typed(act, words="My other reason."))
    assert late.status == 409
    assert "My other reason." in late.text
    assert len(decisions(scene, thread)) == 1


@pytest.mark.parametrize("act", DONE)
def test_what_the_house_decided_the_community_does_not_undo(scene: Scene, act: Act) -> None:
    scene.people["carer"] = somebody(scene.house, "Caro", Grant.CARE)
    thread = scene.thread()
    assert tend(scene, thread, act, "carer").status == 303
    assert back(scene, thread, act).status == 422
    assert decisions(scene, thread)[0].stands
    assert back(scene, thread, act, "carer").status == 303


def test_ones_own_thread_is_ordered_but_not_against_another(scene: Scene) -> None:
    scene.people["carer"] = somebody(scene.house, "Caro", Grant.CARE)
    own = scene.thread("mona")
    for act in (Act.TOP, Act.SHUT, Act.SLOW):
        assert tend(scene, own, act).status == 303
        assert scene["mona"].browser.get(f"/me/o/{decisions(scene, own)[0].shown}").status in {200, 404}
        assert back(scene, own, act).status == 303
    assert "/me/o/" not in scene["mona"].browser.get("/me/o").text, "what she did herself is not told her"
    assert "beside their own words" in scene["mona"].browser.get(door(own, Act.CARE_NOTE)).text
    assert scene["mona"].browser.post(door(own, Act.CARE_NOTE), forged()).status in {403, 404}
    assert tend(scene, own, Act.SHUT, "carer").status == 303
    assert back(scene, own, Act.SHUT).status in {404, 422}
    assert SHUT in scene.page("bob", own)


def test_closed_to_replies_and_nothing_else(scene: Scene) -> None:
    thread = scene.thread()
    reply = scene.reply("bob", thread.tid, "My own words.")
    path = path_of(thread)
    composed = scene["mallory"].browser.get(path).form(path).fields
    edits = scene["bob"].browser.get(path).text
    tend(scene, thread, Act.SHUT)
    page = scene.page("bob", thread)
    assert SHUT in page
    assert 'name="body"' not in page
    kept = scene["mallory"].browser.post(path, {**composed, "body": "A reply on its way."})
    assert kept.status == 422
    assert "A reply on its way." in kept.text
    for who in ("alice", "mona"):
        assert 'name="body"' not in scene.page(who, thread)
    edit = next(word for word in edits.split('"') if word.startswith(f"{path}/e/"))
    assert scene["bob"].browser.submit(edit, edit, body="Other words.").status == 303
    assert "Other words." in scene.page("mallory", thread)
    delete = edit.replace("/e/", "/d/")
    assert scene["bob"].browser.submit(delete, delete).status == 303
    assert "Other words." not in scene.page("mallory", thread)
    assert reply.n == 2
    for unnamed in (False, True):
        with pytest.raises(Refused, match=r"compose\.shut"):
            scene.reply("bob", thread.tid, unnamed=unnamed)
    back(scene, thread, Act.SHUT)
    assert scene["mallory"].browser.submit(path, path, body="Now it goes.").status == 303


def test_on_top_of_its_own_list_alone_and_three_at_most(scene: Scene) -> None:
    made = [scene.thread("alice") for _ in range(5)]
    place = f"/c/{show_id(scene.cid)}"
    order = titles(scene["bob"].browser.get(place).text)
    shown = [show_id(one.tid) for one in made]
    last = next(one for one in made if show_id(one.tid) == order[-1])
    before = {
        path: titles(scene["bob"].browser.get(path).text) for path in ("/", "/t", f"{place}?only=waiting")
    }
    assert tend(scene, last, Act.TOP).status == 303
    assert titles(scene["bob"].browser.get(place).text) == [order[-1], *order[:-1]]
    assert {path: titles(scene["bob"].browser.get(path).text) for path in before} == before
    assert set(order) == set(shown)
    others = [one for one in made if one is not last]
    for one in others[:2]:
        tend(scene, one, Act.TOP)
    full = scene["mona"].browser.get(door(others[2], Act.TOP)).text
    assert "One of them has to leave first" in full
    assert scene["mona"].browser.post(
        door(others[2], Act.TOP), form(scene, last, Act.SLOW) | typed(Act.TOP)
    ).status in {403, 404, 409, 422}
    assert statements(scene["bob"], place) <= 6
    assert back(scene, last, Act.TOP).status == 303


def test_lists_go_on_behind_what_stands_on_top(scene: Scene) -> None:
    made = [scene.thread("alice") for _ in range(23)]
    place = f"/c/{show_id(scene.cid)}"
    tend(scene, made[0], Act.TOP)
    first = scene["bob"].browser.get(place).text
    found = titles(first)
    assert found[0] == show_id(made[0].tid)
    assert len(found) == 21
    further = next(
        word for word in first.replace("&#x2f;", "/").replace("&amp;", "&").split('"') if "after=" in word
    )
    rest = titles(scene["bob"].browser.get(further).text)
    assert sorted(found + rest) == sorted(show_id(one.tid) for one in made)


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.HIDDEN])
def test_on_top_is_seen_by_whom_the_thread_is_for(house: TestHouse, audience: Audience) -> None:
    scene = Scene(house, audience=audience)
    thread = scene.thread()
    tend(scene, thread, Act.TOP)
    assert show_id(thread.tid) not in scene["charlie"].browser.get(f"/c/{show_id(scene.cid)}").text
    assert show_id(thread.tid) in scene["bob"].browser.get(f"/c/{show_id(scene.cid)}").text


def test_a_note_stands_above_or_below_with_no_name_and_is_changed(scene: Scene) -> None:
    thread = scene.thread()
    reply = scene.reply("bob", thread.tid)
    assert f"{path_of(thread)}/n/2" in scene.page("mona", thread)
    assert tend(scene, reply, Act.CARE_NOTE, note="@Alice reads *this* <b>x</b>").status == 303
    page = scene.page("charlie", thread)
    assert NOTE in page
    assert "<em>this</em>" in page
    assert "<b>x</b>" not in page
    assert 'class="mention"' not in page
    assert "Mona" not in page
    assert WORDS in scene["bob"].browser.get("/me/o").text or decisions(scene, reply)
    assert tend(scene, reply, Act.CARE_NOTE, note="Another.").status == 303
    page = scene.page("charlie", thread)
    assert "Another." in page
    assert "<em>this</em>" not in page
    assert [one.stands for one in decisions(scene, reply)].count(True) == 1
    back(scene, reply, Act.CARE_NOTE)
    assert NOTE not in scene.page("charlie", thread)
    assert scene["mona"].browser.get(f"{path_of(thread)}/n/9").status == 404


def test_a_note_goes_with_the_words_it_stands_beside(scene: Scene) -> None:
    thread = scene.thread()
    reply = scene.reply("bob", thread.tid)
    tend(scene, reply, Act.CARE_NOTE)
    delete = next(w for w in scene.page("bob", thread).split('"') if w.startswith(f"{path_of(thread)}/d/"))
    scene["bob"].browser.submit(delete, delete)
    assert NOTE not in scene.page("charlie", thread)
    rows = scene.house.database.connection().execute("SELECT care_note FROM post WHERE n = 2").fetchall()
    # That there was something is known for as long as it could come back; of what it was, nothing is.
    assert [row[0] for row in rows] == [""]


@pytest.mark.parametrize(("language", "said"), [("en", "once in an hour"), ("ar", "كل ساعة")])
def test_slow_is_said_where_one_writes_and_ends_by_itself(house: TestHouse, language: str, said: str) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    assert said not in scene.page("bob", thread)
    tend(scene, thread, Act.SLOW)
    assert said in scene.page("bob", thread)
    clock.offset = 2 * clock.DAY
    try:
        assert said not in scene.page("bob", thread)
    finally:
        clock.offset = 0.0


def test_pages_stay_within_their_statements(scene: Scene) -> None:
    thread = scene.thread()
    reply = scene.reply("bob", thread.tid)
    usual = statements(scene["bob"], thread.address)
    for act in DONE:
        tend(scene, thread, act)
        assert counted(scene.house, scene["mona"].browser, door(thread, act)) <= 6
    tend(scene, reply, Act.CARE_NOTE)
    assert statements(scene["bob"], thread.address) == usual <= 6
    assert statements(scene["mona"], thread.address) <= 6
    assert counted(scene.house, scene["mona"].browser, f"{path_of(thread)}/a") <= 6
    assert counted(scene.house, scene["mona"].browser, door(thread, Act.MOVE)) <= 6
