"""The copy of what is hers holds whom one persona keeps away, and what; nothing of her others."""

from __future__ import annotations

import json

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.tagging import offer
from mashrabiya.home.tests.test_copies import copied
from mashrabiya.home.tests.test_fading import again
from mashrabiya.kernel import clock
from mashrabiya.people import flows
from mashrabiya.people.commands import follow, follow_tag, hide_words, mute
from mashrabiya.people.types import CopyOf, Voice
from mashrabiya.testing.house import Person, TestHouse

HEADINGS = {
    "ar": ("الأسماء المحظورة", "المكتوم", "كلمات مخفيّة", "اسم لا يشاركك أيّ مجتمع الآن"),
    "en": ("Blocked names", "Muted", "Hidden words", "A name that shares no community with you now"),
}


def keeping(
    house: TestHouse, language: str = "en", audience: Audience = Audience.SIGNED_IN
) -> tuple[Person, Person, bytes]:
    """Alice, who keeps Mallory away under one name, Bob under another, and a label of a thread."""
    alice = house.person("Alice", language=language)
    mallory, bob, charlie = (house.person(name) for name in ("Mallory", "Bob", "Charlie"))
    cid = open_place(house, bob, alice, mallory, audience=audience)
    tid = begin(house.database, bob.viewer, cid, title="About <rivers>", unnamed=True).tid
    answer(house.database, mallory.viewer, tid, "Words.", unnamed=True)
    flows.block(house.site, alice.viewer, mallory.viewer.pid, shared=True)
    flows.block(house.site, alice.viewer, charlie.viewer.pid, shared=False)
    with house.database.write() as uow:
        mute(uow, alice.viewer, Voice(mallory.viewer.pid), days=30)
        mute(uow, alice.viewer, Voice(tid=tid, label=1), shared=True)
        mute(uow, alice.viewer, Voice(bob.viewer.pid), days=1)
        hide_words(uow, alice.viewer, ["قاسية"], shared=True)
    alice.new_persona("Zahra")
    with house.database.write() as uow:
        communities.join(uow, alice.viewer, cid)
        mute(uow, alice.viewer, Voice(bob.viewer.pid))
        hide_words(uow, alice.viewer, ["marmalade"], shared=True)
    alice.as_persona(0)
    return alice, mallory, tid


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_tells_what_one_persona_keeps_away(house: TestHouse, language: str) -> None:
    alice, _, _ = keeping(house, language)
    clock.offset += 3 * clock.DAY
    again(alice)
    today = clock.day() + 1
    page, told = copied(alice)
    kept = told["personas"][0]["reach"]
    assert [one["name"] for one in kept["blocked"]] == ["Mallory", ""]
    # Muted for a day only, and that is over.
    assert [one["name"] for one in kept["muted"]] == ["Mallory", ""]
    assert kept["muted"][0]["until"] == clock.iso(today + 26)
    assert (kept["muted"][1]["thread"], kept["muted"][1]["label"]) == ("About <rivers>", 1)
    assert kept["hidden_words"] == ["قاسية"]
    for said in (*HEADINGS[language], "Mallory", "About &lt;rivers", clock.iso(today + 26), "قاسية"):
        assert said in page, said
    for text in (page, json.dumps(told, ensure_ascii=False)):
        assert "marmalade" not in text
        assert "shared" not in text.replace('"page": "shared"', "").replace('"page":"shared"', "")


def test_all_together_tells_each_list_under_its_name(house: TestHouse) -> None:
    alice, _, _ = keeping(house)
    page, told = copied(alice, CopyOf.TOGETHER)
    first, second = (persona["reach"] for persona in told["personas"])
    assert (first["hidden_words"], second["hidden_words"]) == (["قاسية"], ["marmalade"])
    assert ([one["name"] for one in second["muted"]], second["blocked"]) == (["Bob"], [])
    assert page.count("Blocked names") == 1


def test_a_name_that_was_changed_stands_as_it_is_now(house: TestHouse) -> None:
    alice, mallory, _ = keeping(house)
    mallory.browser.submit("/me/p/edit", "/me/p/name", name="Rana")
    page, told = copied(alice)
    assert [one["name"] for one in told["personas"][0]["reach"]["blocked"]] == ["Rana", ""]
    assert "Mallory" not in page


def test_of_a_thread_she_may_not_read_any_more_it_has_no_title(house: TestHouse) -> None:
    alice, _, tid = keeping(house, audience=Audience.MEMBERS)
    begun = house.database.connection().execute("SELECT id, cid FROM thread").fetchall()
    place = next(bytes(cid) for thread, cid in begun if bytes(thread) == tid)
    with house.database.write() as uow:
        communities.leave(uow, alice.viewer, place)
    _, told = copied(alice)
    muted = told["personas"][0]["reach"]["muted"]
    assert [one["thread"] for one in muted if one["label"] is not None] == [""]


def test_what_a_name_follows_is_told_as_far_as_it_may_read(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    hidden, place = open_place(house, bob, audience=Audience.MEMBERS), open_place(house, bob, alice)
    lost, read = (
        begin(house.database, bob.viewer, cid, title=title).tid
        for cid, title in ((hidden, "Lost"), (place, "About <mint>"))
    )
    for tid in (lost, read):
        with house.database.write() as uow:
            follow(uow, alice.viewer, tid, there=set)
    (secret,), (tea,) = (
        offer(house.database, bob.viewer, cid, NewTag(en=name))
        for cid, name in ((hidden, "Secret"), (place, "Tea"))
    )
    for tag in (secret, tea):
        with house.database.write() as uow:
            follow_tag(uow, alice.viewer, tag.ref)
    page, told = copied(alice)
    assert [one["en"] for one in told["personas"][0]["followed_tags"]] == ["", "Tea"]
    assert tea.path.replace("/", "&#x2f;") in page
    assert "Secret" not in page
    assert [one["thread"] for one in told["personas"][0]["followed"]] == ["About <mint>"]
    assert "About &lt;mint&gt;" in page
    assert "Lost" not in page


def test_whoever_keeps_nothing_away_has_no_such_lists(house: TestHouse) -> None:
    alice = house.person("Alice")
    page, told = copied(alice)
    assert told["personas"][0]["reach"] == {"blocked": [], "muted": [], "hidden_words": []}
    for heading in HEADINGS["en"]:
        assert heading not in page
