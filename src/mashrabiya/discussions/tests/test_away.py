"""Somebody's account is frozen: nothing names her personas to anybody, and hidden posts are not shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands
from mashrabiya.discussions.types import NewReply, NewThread
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.people.commands.freezing import call_back, send_away
from mashrabiya.testing.house import Person, TestHouse


class Talk:
    """Alice runs a place, opened a thread there and answered Bob, who answered her; each by name."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.alice, self.bob, self.mona = (house.person(name) for name in ("Alice", "Bob", "Mona"))
        with house.database.write() as uow:
            new = NewCommunity(name="By the river", audience=Audience.PUBLIC)
            host = replace(self.alice.viewer, roles=frozenset({HOST}))
            self.cid = communities.found(uow, host, new)
        for one in (self.bob, self.mona):
            with house.database.write() as uow:
                communities.join(uow, one.viewer, self.cid)
        first = NewThread(title="A boat on the water", body="I am new, says the river", newcomer=True)
        with house.database.write() as uow:
            placed = commands.open_thread(uow, self.alice.viewer, self.cid, first)
        assert placed
        self.tid = placed.tid
        self.say(self.bob, "An answer to her", 1)
        self.say(self.alice, "Hers again", 2)

    def say(self, who: Person, words: str, to: int) -> None:
        with self.house.database.write() as uow:
            commands.reply(uow, who.viewer, self.tid, NewReply(body=words, to=to))

    def pages(self, who: Person) -> dict[str, str]:
        """Everything of this that somebody may open."""
        thread, place = f"/t/{show_id(self.tid)}", f"/c/{show_id(self.cid)}"
        paths = ("/", "/t", "/n", place, thread, f"{thread}?to=1", f"{thread}?quote=1", f"/r{thread}/1")
        return {path: who.browser.get(path).text for path in paths}


@pytest.fixture
def talk(house: TestHouse) -> Talk:
    return Talk(house)


def away(talk: Talk, *, quiet: bool = False) -> tuple[str, str]:
    """Send Alice's persona away; her name and address."""
    viewer = talk.alice.viewer
    assert viewer.face
    with talk.house.database.write() as uow:
        send_away(uow, viewer.pid, quiet=quiet)
    return viewer.face.name, viewer.face.pub


def test_before_that_she_is_named(talk: Talk) -> None:
    pages = talk.pages(talk.bob)
    assert [path for path, text in pages.items() if "Alice" not in text] == ["/", "/t"]


def test_nothing_names_an_away_persona_to_anybody(talk: Talk) -> None:
    name, pub = away(talk)
    for who in (talk.bob, talk.mona):
        for path, text in talk.pages(who).items():
            assert name not in text, path
            assert pub not in text, path
    assert talk.bob.browser.get(f"/p/{pub}").status == 404
    assert talk.bob.browser.get(f"/r/p/{pub}").status == 404
    visitor = talk.house.browser()
    for path in (f"/t/{show_id(talk.tid)}", f"/api/t/{show_id(talk.tid)}", f"/c/{show_id(talk.cid)}"):
        page = visitor.get(path)
        assert page.status == 200
        assert name not in page.text
        assert pub not in page.text


def test_her_posts_stay_and_look_unnamed(talk: Talk) -> None:
    away(talk)
    text = talk.bob.browser.get(f"/t/{show_id(talk.tid)}").text
    assert "says the river" in text
    assert "Hers again" in text
    assert "Unnamed" in text


def test_hidden_ones_are_not_shown_to_anybody(talk: Talk) -> None:
    away(talk, quiet=True)
    thread = f"/t/{show_id(talk.tid)}"
    for path in (thread, f"{thread}?quote=1", f"/api{thread}", f"/r{thread}/1", f"/r{thread}/3", "/n"):
        for browser in (talk.bob.browser, talk.house.browser()):
            text = browser.get(path).text
            assert "says the river" not in text, path
            assert "Hers again" not in text, path
    assert "An answer to her" in talk.bob.browser.get(thread).text
    assert talk.bob.browser.get(f"/r{thread}/3").status == 404


def test_when_she_is_back_everything_is_as_it_was(talk: Talk) -> None:
    before = talk.bob.browser.get(f"/t/{show_id(talk.tid)}").text.count("Alice")
    away(talk, quiet=True)
    with talk.house.database.write() as uow:
        call_back(uow, talk.alice.viewer.pid)
    assert talk.bob.browser.get(f"/t/{show_id(talk.tid)}").text.count("Alice") == before
