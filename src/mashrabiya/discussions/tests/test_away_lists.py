"""Whoever is away is nobody: in no list, under no other label than an unnamed voice in her place."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, VISITOR
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, listeners, queries
from mashrabiya.discussions.tests.factories import answer, begin, make_persona, place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_away import Talk, away, talk
from mashrabiya.discussions.types import STARTER, NewPicture, NewReply, PostRow
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.commands.freezing import call_back, send_away
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import Reach

__all__ = ["talk"]

TITLE, FIRST, HERS = "A boat on the water", "says the river", "Hers again"


@pytest.fixture(autouse=True)
def _time() -> Any:
    yield
    clock.offset = 0.0


def lists(talk: Talk) -> list[str]:
    place, thread = f"/c/{show_id(talk.cid)}", f"/t/{show_id(talk.tid)}"
    paths = [
        "/",
        "/t",
        "/n",
        place,
        "/api/home",
        "/api/t",
        thread,
        f"{thread}?n=3",
        f"/api{thread}",
        "/me/notes",
    ]
    return [*paths, "/?only=clear", "/t?in=en", "/?only=waiting", f"/r{thread}/2"]


def test_before_that_her_title_stands_in_lists(talk: Talk) -> None:
    for path in ("/", "/t", f"/c/{show_id(talk.cid)}", "/api/t"):
        assert TITLE in talk.bob.browser.get(path).text, path
    assert TITLE in str(Program(talk.house, talk.bob).read("/api/home"))


def test_no_list_shows_title_or_words_of_somebody_who_hides_hers(talk: Talk) -> None:
    away(talk, quiet=True)
    for browser in (talk.bob.browser, talk.mona.browser, talk.house.browser()):
        for path in lists(talk):
            text = browser.get(path).text
            for words in (TITLE, FIRST, HERS):
                assert words not in text, (path, words)
    program = Program(talk.house, talk.bob)
    for path in ("/api/home", "/api/t", f"/api/t/{show_id(talk.tid)}"):
        text = str(program.read(path))
        assert TITLE not in text
        assert FIRST not in text
    place = talk.bob.browser.get(f"/c/{show_id(talk.cid)}").text
    assert "The title is not shown" in place, "the others' talk is still found"


def test_away_and_shown_her_title_stays(talk: Talk) -> None:
    away(talk)
    for path in ("/t", f"/c/{show_id(talk.cid)}"):
        text = talk.bob.browser.get(path).text
        assert TITLE in text
        assert FIRST in text


def test_when_she_is_back_so_are_her_titles(talk: Talk) -> None:
    away(talk, quiet=True)
    with talk.house.database.write() as uow:
        call_back(uow, talk.alice.viewer.pid)
    assert TITLE in talk.bob.browser.get("/t").text


def test_what_is_hidden_does_not_wait_for_an_answer(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    begin(database, ALICE, cid)
    with database.write() as uow:
        send_away(uow, ALICE.pid, quiet=True)
    with database.read() as db:
        assert queries.waiting(db, BOB) == []
        assert queries.home_threads(db, BOB, filters=queries.read_filters("waiting", "")).rows == []
        (row,) = queries.home_threads(db, BOB).rows
    assert (row.title, row.excerpt, row.starter) == ("", "", None)


def test_a_picture_in_what_is_hidden_is_not_there(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, BOB, cid).tid
    picture = NewPicture(name=bytes(16), alt="", width=2, height=2)
    with database.write() as uow:
        commands.reply(uow, ALICE, tid, NewReply(body="Look.", pictures=(picture,)))
        send_away(uow, ALICE.pid, quiet=False)
    with database.read() as db:
        queries.authorise_picture(db, BOB, picture.name)
    with database.write() as uow:
        send_away(uow, ALICE.pid, quiet=True)
    with database.read() as db, pytest.raises(NotFound):
        queries.authorise_picture(db, BOB, picture.name)


def test_nobody_finds_her_name_typed_in_what_is_hidden(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    begin(database, ALICE, cid, title="Salma", body="Salma was here.")
    with database.read() as db:
        assert queries.typed_name(db, BOB, "Salma").posts
    with database.write() as uow:
        send_away(uow, ALICE.pid, quiet=True)
    with database.read() as db:
        assert queries.typed_name(db, BOB, "Salma").posts == []


def posts(database: Database, viewer: Viewer, tid: bytes) -> list[PostRow]:
    with database.read() as db:
        return queries.thread_page(db, viewer, tid).posts


def test_her_label_is_the_number_of_her_voice_and_stays(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE, MONA)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    answer(database, CHARLIE, tid, unnamed=True)
    answer(database, BOB, tid)
    for pid in (BOB.pid, ALICE.pid):
        with database.write() as uow:
            send_away(uow, pid, quiet=False)
    assert [post.label for post in posts(database, CHARLIE, tid)] == [STARTER, 2, 3, 2]
    answer(database, MONA, tid, unnamed=True)
    answer(database, MONA, tid)
    assert [post.label for post in posts(database, CHARLIE, tid)] == [STARTER, 2, 3, 2, 4, None]
    with database.write() as uow:
        listeners.forget_author(uow, PersonaErased(BOB.pid, 0))
        call_back(uow, ALICE.pid)
    assert [post.label for post in posts(database, CHARLIE, tid)] == [None, 2, 3, 2, 4, None]


def test_no_two_voices_share_a_label(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE, MONA)
    tid = begin(database, MONA, cid).tid
    turns = [(ALICE, False), (ALICE, True), (BOB, True), (CHARLIE, False), (BOB, False), (ALICE, False)]
    for viewer, unnamed in turns:
        answer(database, viewer, tid, unnamed=unnamed)
    for viewer in (ALICE, BOB, CHARLIE, MONA):
        with database.write() as uow:
            send_away(uow, viewer.pid, quiet=False)
    assert [post.label for post in posts(database, MONA, tid)] == [STARTER, 2, 3, 4, 5, 6, 2]


def shown(talk: Talk, tid: bytes, path: str) -> list[str]:
    """What a visitor, a member and a program read of a thread."""
    pages = [browser.get(path).text for browser in (talk.house.browser(), talk.bob.browser)]
    pages.append(json.dumps(Program(talk.house, talk.bob).read(f"/api{path}")))
    return [masked(page, tid) for page in pages]


def masked(page: str, tid: bytes) -> str:
    """The page, but for ids and what is new in each form."""
    return re.sub(
        rf'{show_id(tid)}|name="_[sf]" value="[^"]+"|/[hedm]/[0-9A-Za-z_-]+|"(?:id|own)": "[^"]*"', "", page
    )


@pytest.mark.parametrize("opened", [True, False])
def test_nobody_tells_her_from_somebody_unnamed(talk: Talk, opened: bool) -> None:
    """Two threads alike but that she wrote by name in one, and unnamed in the other."""
    house, cid = talk.house, talk.cid
    tids = []
    for unnamed in (False, True):
        first, hers = (talk.alice, unnamed), (talk.bob, False)
        if not opened:
            first, hers = hers, first
        tid = begin(house.database, first[0].viewer, cid, unnamed=first[1]).tid
        answer(house.database, hers[0].viewer, tid, unnamed=hers[1])
        with house.database.write() as uow:
            commands.reply(uow, talk.mona.viewer, tid, NewReply(body="And I.", to=1 if opened else 2))
        answer(house.database, talk.alice.viewer, tid, unnamed=unnamed)
        tids.append(tid)
    named, unnamed_tid = tids
    assert shown(talk, named, f"/t/{show_id(named)}") != shown(
        talk, unnamed_tid, f"/t/{show_id(unnamed_tid)}"
    )
    away(talk)
    for path in ("/t/{}", "/t/{}?to=1", "/t/{}?n=4"):
        pages = [shown(talk, tid, path.format(show_id(tid))) for tid in (named, unnamed_tid)]
        assert pages[0] == pages[1], path
    number = 1 if opened else 2
    kept = [talk.bob.browser.get(f"/t/{show_id(tid)}/m/{number}").text for tid in (named, unnamed_tid)]
    assert masked(kept[0], named) == masked(kept[1], unnamed_tid)


def test_whoever_keeps_her_away_meets_an_unnamed_voice(database: Database, monkeypatch: Any) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    reach = Reach(blocked=frozenset({ALICE.pid}))
    for module in ("posts", "lists"):
        monkeypatch.setattr(f"mashrabiya.discussions.queries.{module}.reach_of", lambda viewer: reach)
    with database.read() as db:
        assert queries.home_threads(db, BOB).rows == []
        assert queries.thread_page(db, BOB, tid).folds[1].why == "reach.folded_blocked"
    with database.write() as uow:
        send_away(uow, ALICE.pid, quiet=False)
    with database.read() as db:
        assert len(queries.home_threads(db, BOB).rows) == 1
        assert queries.thread_page(db, BOB, tid).folds == {}


def test_a_list_is_one_statement_whoever_is_away(database: Database) -> None:
    cid = place(database, ALICE, BOB, audience=Audience.PUBLIC)
    begin(database, ALICE, cid)
    with database.write() as uow:
        send_away(uow, ALICE.pid, quiet=True)
    make_persona(database, MONA)
    database.trace = []
    with database.read() as db:
        for rows in (
            queries.latest(db, VISITOR).rows,
            queries.latest(db, BOB).rows,
            queries.home_threads(db, BOB).rows,
            queries.community_threads(db, MONA, cid).rows,
        ):
            assert [row.title for row in rows] == [""]
    assert len(database.trace) == 4
