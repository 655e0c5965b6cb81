"""What the person concerned reads, and nobody else learns."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.seeing import plain
from mashrabiya.care.types import Act
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import TITLE
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import TestHouse


def readers(scene: Scene, thread: Placed) -> set[str]:
    browsers = {who: scene[who].browser for who in ("alice", "bob", "charlie", "mona", "mallory")}
    browsers["visitor"] = scene.house.browser()
    return {who for who, browser in browsers.items() if "Is it the water" in browser.get(thread.address).text}


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_her_own_words_and_the_reason_are_read_by_the_author_alone(scene: Scene) -> None:
    thread = scene.thread()
    scene.report("bob", thread)
    scene.decide(Act.HIDE)
    why = f"/t/{show_id(thread.tid)}/y/1"
    assert why in scene.page("alice", thread)
    text = scene["alice"].browser.get(why).text
    assert WORDS in text
    assert TITLE in text
    for who in ("bob", "charlie", "mona", "mallory"):
        assert why not in scene.page(who, thread)
        assert scene["mona"].browser.get(why).status == 404
        assert WORDS not in scene.page(who, thread)
    scene["alice"].new_persona("Ink")
    assert scene["alice"].browser.get(why).status == 404


def test_an_excluded_person_reads_why_and_until_when_under_every_name(house: TestHouse) -> None:
    scene = Scene(house, audience=Audience.PUBLIC)
    thread = scene.thread()
    placed = scene.reply("mallory", thread.tid)
    scene.report("bob", placed)
    mallory = scene["mallory"]
    mallory.new_persona("Ink")
    ink = mallory.viewer.face
    assert ink is not None
    before = {who: plain(scene[who].browser.get(thread.address)) for who in ("alice", "bob", "charlie")}
    decision = scene.decide(Act.EXCLUDE, days=30)
    place, why = f"/c/{show_id(scene.cid)}", f"/c/{show_id(scene.cid)}/y"
    for slot in (0, 1):
        mallory.as_persona(slot)
        assert why in mallory.browser.get(place).text
        text = mallory.browser.get(why).text
        assert WORDS in text
        assert "days left" in text
        assert mallory.browser.post(f"{place}/in", {}).status == 403
    after = {who: plain(scene[who].browser.get(thread.address)) for who in before}
    assert after == before
    assert scene["bob"].browser.get(why).status == 404
    scene.undo(decision)
    assert mallory.browser.get(why).status == 404


def test_an_unnamed_voice_is_closed_without_a_name(scene: Scene) -> None:
    thread = scene.thread("bob")
    placed = scene.reply("mallory", thread.tid, unnamed=True)
    scene.report("alice", placed)
    scene.decide(Act.EXCLUDE)
    with pytest.raises(Exception, match="unnamed_closed"):
        scene.reply("mallory", thread.tid, unnamed=True)
    scene.reply("mallory", thread.tid, "By name she goes on.")
    why = f"/c/{show_id(scene.cid)}/y"
    assert "Writing unnamed" in scene["mallory"].browser.get(why).text
    assert scene["bob"].browser.get(why).status == 404


@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.MEMBERS, Audience.HIDDEN])
def test_why_is_found_where_the_community_is_not(house: TestHouse, audience: Audience) -> None:
    scene = Scene(house, audience=audience)
    thread = scene.thread()
    placed = scene.reply("mallory", thread.tid)
    scene.report("bob", placed)
    mallory = scene["mallory"]
    mallory.new_persona("Ink")
    assert "/me/closed" not in mallory.browser.get("/me").text
    assert mallory.browser.get("/me/closed").status == 404
    decision = scene.decide(Act.EXCLUDE, days=30)
    for slot in (0, 1):
        mallory.as_persona(slot)
        assert mallory.browser.get(f"/c/{show_id(scene.cid)}").status == 404
        assert 'href="/me/closed"' in mallory.browser.get("/me").text
        text = mallory.browser.get("/me/closed").text
        for said in (WORDS, decision.shown, "days left", "This community is closed to you"):
            assert said in text
    for who in ("alice", "bob", "charlie", "mona"):
        assert "/me/closed" not in scene[who].browser.get("/me").text
        assert scene[who].browser.get("/me/closed").status == 404
    assert house.browser().get("/me/closed").status == 404
    scene.undo(decision)
    assert mallory.browser.get("/me/closed").status == 404


def test_so_is_why_unnamed_writing_is_closed(scene: Scene) -> None:
    thread = scene.thread("bob")
    placed = scene.reply("mallory", thread.tid, unnamed=True)
    scene.report("alice", placed)
    scene.decide(Act.EXCLUDE)
    text = scene["mallory"].browser.get("/me/closed").text
    assert "Writing unnamed" in text
    assert "This community is closed" not in text


def test_both_in_arabic_and_in_few_statements(house: TestHouse) -> None:
    scene = Scene(house, language="ar")
    mallory = scene["mallory"]
    threads = [(scene.thread("bob").tid, unnamed) for unnamed in (False, True)]
    for placed in [scene.reply("mallory", tid, unnamed=unnamed) for tid, unnamed in threads]:
        scene.report("alice", placed)
        scene.decide(Act.EXCLUDE)
    page = mallory.browser.get("/me/closed").text
    assert "هذا المجتمع مغلق أمامك الآن" in page
    assert "الكتابة دون اسم متوقّفة لك الآن" in page
    assert "رمز الحالة" in page
    assert 'href="/me/closed"' in mallory.browser.get("/me").text
    assert statements(mallory, "/me/closed") == 3


@pytest.mark.parametrize("act", [Act.HIDE, Act.REMOVE])
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.SIGNED_IN, Audience.MEMBERS, Audience.HIDDEN])
def test_nobody_reads_more_than_before(house: TestHouse, act: Act, audience: Audience) -> None:
    """T32: hiding, removing and undoing widen nothing, act by act."""
    scene = Scene(house, audience=audience)
    thread = scene.thread()
    scene.report("bob", thread)
    could = readers(scene, thread)
    decision = scene.decide(act)
    assert readers(scene, thread) == set()
    scene.undo(decision)
    assert readers(scene, thread) == could
