"""What a reader does not want to meet is not among what she finds, and is not counted; what she hides lies covered."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.kernel.ids import read_id
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.people import flows
from mashrabiya.people.commands import private
from mashrabiya.people.flows.reaching import block, keep_away, unblock
from mashrabiya.people.types import State, Voice, Wish
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.search.tests.test_finding import look, number, rows
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture(params=[False, True], ids=["new", "numbered"])
def scene(house: TestHouse, request: pytest.FixtureRequest) -> Scene:
    scene = Scene(house)
    scene.say(scene.alice, "Tansy by Alice.")
    scene.say(scene.mallory, "Tansy by Mallory.")
    scene.say(scene.mallory, "Tansy unnamed, in the barn.", unnamed="1")
    scene.say(scene.alice, "Tansy and gallows.", note_1="1", tick_note_1="1", notes="1")
    scene.tell()
    if request.param:
        number(scene)
    return scene


def counted(who: Person, words: str, **fields: str) -> str:
    page = who.browser.follow(who.browser.post("/q", {"q": words, **fields})).text
    found = re.search(r'role="status">(.*?)</', page, re.DOTALL)
    return unescape(found[1]).strip() if found else ""


def test_a_muted_voice_is_neither_found_nor_counted(scene: Scene) -> None:
    assert counted(scene.bob, "tansy") == "4 found."
    tid = read_id(scene.thread.removeprefix("/t/"), 16)
    keep_away(scene.house.site, scene.bob.viewer, Voice(pid=scene.mallory.viewer.pid), Wish("mute"))
    assert counted(scene.bob, "tansy") == "3 found."
    labels = scene.house.database.connection().execute(
        "SELECT label FROM post WHERE body LIKE 'Tansy unnamed%'"
    )
    keep_away(scene.house.site, scene.bob.viewer, Voice(tid=tid, label=labels.fetchone()[0]), Wish("mute"))
    assert counted(scene.bob, "tansy") == "2 found."
    assert "Nothing found" in counted(scene.bob, "barn")
    assert len(rows(scene.charlie.browser, "tansy")) == 4, "for others nothing changed"


def test_two_who_keep_each_other_away(scene: Scene) -> None:
    block(scene.house.site, scene.alice.viewer, scene.mallory.viewer.pid, shared=False)
    block(scene.house.site, scene.mallory.viewer, scene.alice.viewer.pid, shared=False)
    assert set(look(scene.alice.browser, "tansy")) == {"Tansy by Alice.", "Tansy unnamed, in the barn.", ""}
    assert set(look(scene.mallory.browser, "tansy")) == {"Tansy by Mallory.", "Tansy unnamed, in the barn."}
    unblock(scene.house.site, scene.alice.viewer, scene.mallory.viewer.pid)
    assert len(rows(scene.alice.browser, "tansy")) == 4


def test_a_word_that_she_hides_covers_what_holds_it(scene: Scene) -> None:
    with scene.house.database.write() as uow:
        private.hide_words(uow, scene.bob.viewer, ["barn"], shared=False)
    found = rows(scene.bob.browser, "tansy")
    assert len(found) == 4
    assert not any("barn" in row for row in found)
    assert len(rows(scene.bob.browser, "barn")) == 1, "it is folded, as on its page, and not denied"
    assert any("barn" in row for row in rows(scene.charlie.browser, "tansy"))


def test_content_notes_that_she_hides_are_not_found_nor_counted(scene: Scene) -> None:
    assert look(scene.bob.browser, "gallows") == [""], "covered, its words are not shown"
    flows.alter_preferences(scene.house.site, scene.bob.browser.cookies[SESSION], notes_hidden=1)
    assert counted(scene.bob, "tansy") == "3 found."
    assert "Nothing found" in counted(scene.bob, "gallows")
    flows.alter_preferences(
        scene.house.site, scene.bob.browser.cookies[SESSION], notes_hidden=0, notes_shown=1
    )
    assert look(scene.bob.browser, "gallows") == ["Tansy and gallows."]


@pytest.mark.parametrize(("state", "many", "named"), [(State.AWAY, 4, 1), (State.AWAY | State.UNSEEN, 3, 1)])
def test_whoever_is_away_is_named_nowhere_and_found_only_where_her_page_shows_it(
    scene: Scene, state: int, many: int, named: int
) -> None:
    connection = scene.house.database.connection()
    assert sum("Mallory" in row for row in rows(scene.bob.browser, "tansy")) == named
    connection.execute(f"UPDATE persona SET state = {int(state)} WHERE name = '{scene.mallory.name}'")
    if scene.house.database.dialect == "sqlite":
        connection.commit()
    found = rows(scene.bob.browser, "tansy")
    assert len(found) == many
    assert not any(f"<bdi>{scene.mallory.name}</bdi>" in row for row in found)
