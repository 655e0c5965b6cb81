"""What stands in a place that is archived or was closed."""

from __future__ import annotations

import pytest
from msgspec import structs

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, VISITOR
from mashrabiya.communities.types import Audience
from mashrabiya.communities.types.words import Receiving
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tables import PICTURE
from mashrabiya.discussions.tests.factories import BODY, TITLE, answer, begin, place
from mashrabiya.discussions.tests.poll_steps import POLL, ask
from mashrabiya.discussions.tests.translating import wish
from mashrabiya.discussions.types import Change, NewPoll, PlaceChange
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.platform.db import Database

PICTURE_NAME = bytes(range(16))


def archive(database: Database, cid: bytes, *, on: bool = True) -> None:
    with database.write() as uow:
        communities.archive(uow, MONA, cid, on=on)


def close(database: Database, cid: bytes) -> None:
    with database.write() as uow:
        communities.close(uow, MONA, cid)
    clock.offset += 7 * clock.DAY
    with database.write() as uow:
        communities.close_ripe(uow)


@pytest.mark.parametrize("unnamed", [False, True])
def test_nothing_new_is_written_in_an_archived_place(database: Database, unnamed: bool) -> None:
    cid = place(database, ALICE, BOB)
    old = begin(database, ALICE, cid)
    archive(database, cid)
    with pytest.raises(Refused, match=r"community\.archived"):
        begin(database, ALICE, cid, unnamed=unnamed)
    with pytest.raises(Refused, match=r"community\.archived"):
        answer(database, BOB, old.tid, unnamed=unnamed)
    archive(database, cid, on=False)
    answer(database, BOB, old.tid, unnamed=unnamed)


def test_it_is_read_as_before(database: Database) -> None:
    cid = place(database, ALICE, audience=Audience.PUBLIC)
    old = begin(database, ALICE, cid)
    archive(database, cid)
    with database.read() as db:
        for viewer in (ALICE, CHARLIE, VISITOR):
            assert queries.find_thread(db, viewer, old.tid) is not None
            assert [row.id for row in queries.latest(db, viewer).rows] == [old.tid]
        assert not queries.thread_page(db, ALICE, old.tid).ways.any


def edit(database: Database, tid: bytes, title: str = TITLE, body: str = BODY) -> None:
    with database.read() as db:
        post = queries.thread_page(db, ALICE, tid).posts[0]
    with database.write() as uow:
        commands.edit(uow, ALICE, tid, post.id, new=Change(title=title, body=body, notes=0))


def test_an_edit_there_takes_away_and_adds_nothing(database: Database) -> None:
    old = begin(database, ALICE, cid := place(database, ALICE))
    archive(database, cid)
    for said in ({"body": f"{BODY} And more."}, {"title": "Which mint, then?"}, {"body": "Mine Mine"}):
        with pytest.raises(Refused, match=r"community\.archived"):
            edit(database, old.tid, **said)
    edit(database, old.tid, body="Mine goes *brown*.")
    with database.read() as db:
        assert "water" not in queries.thread_page(db, ALICE, old.tid).posts[0].html


def test_what_nobody_can_write_there_nobody_wishes_for_there(database: Database) -> None:
    thread = begin(database, ALICE, cid := place(database, ALICE))
    wish(database, ALICE, thread.tid, 1, into="ar")
    archive(database, cid)
    with pytest.raises(Refused, match=r"community\.archived"):
        wish(database, ALICE, thread.tid, 1, into="ar")
    wish(database, ALICE, thread.tid, 1, into="ar", on=False)
    archive(database, cid, on=False)
    wish(database, ALICE, thread.tid, 1, into="ar")


def test_neither_a_poll_nor_words_for_a_picture_bring_anything_new_there(database: Database) -> None:
    tid = ask(database, cid := place(database, ALICE))
    archive(database, cid)
    with database.read() as db:
        post = queries.thread_page(db, ALICE, tid).posts[0].id
    as_it_was = Change(title="Which?", body="For the shade.")
    picture = {"name": PICTURE_NAME, "alt": "A pot", "width": 4, "height": 3}
    with database.write() as uow:
        uow.insert(PICTURE, post=post, place=1, **picture)
    for more in (
        {"poll": NewPoll(("Mint", "Words that are new"))},
        {"poll": NewPoll(POLL.typed, days=30)},
        {"places": (PlaceChange(1, PICTURE_NAME, "Words that are new"),)},
    ):
        with database.write() as uow, pytest.raises(Refused, match=r"community\.archived"):
            commands.edit(uow, ALICE, tid, post, new=structs.replace(as_it_was, **more))
    with database.write() as uow:
        commands.edit(
            uow,
            ALICE,
            tid,
            post,
            new=structs.replace(as_it_was, places=(PlaceChange(1, PICTURE_NAME, "A pot"),)),
        )
    for fewer in (NewPoll(POLL.typed), NewPoll(("Mint", "Thyme")), NewPoll()):
        with database.write() as uow:
            commands.edit(uow, ALICE, tid, post, new=structs.replace(as_it_was, poll=fewer))
    with database.read() as db:
        assert queries.thread_page(db, ALICE, tid).poll is None


def test_deleting_is_open_there(database: Database) -> None:
    old = begin(database, ALICE, cid := place(database, ALICE))
    archive(database, cid)
    with database.read() as db:
        post = queries.thread_page(db, ALICE, old.tid).posts[0].id
    with database.write() as uow:
        assert commands.delete_post(uow, ALICE, old.tid, post).placed is None


def test_a_closed_place_is_out_of_sight_at_once_and_empty_soon(database: Database) -> None:
    cid = place(database, ALICE, BOB, audience=Audience.PUBLIC)
    old = begin(database, ALICE, cid)
    answer(database, BOB, old.tid, unnamed=True)
    other = begin(database, ALICE, place(database, ALICE))
    with database.read() as db:
        post = queries.thread_page(db, ALICE, old.tid).posts[0].id
    close(database, cid)
    with database.read() as db:
        for viewer in (ALICE, BOB, MONA, CHARLIE, VISITOR):
            assert queries.find_thread(db, viewer, old.tid) is None
            assert old.tid not in [row.id for row in queries.latest(db, viewer).rows]
        assert [row.id for row in queries.home_threads(db, ALICE).rows] == [other.tid]
        assert queries.posts_kept(db, ALICE, [post]) == {}
    with pytest.raises(NotFound):
        answer(database, BOB, old.tid)
    with database.write() as uow:
        assert commands.let_places_go(uow) == 0, "not before its threads are gone"
        assert commands.fade_threads(uow) == 1
        assert commands.let_places_go(uow) == 1
    left = database.connection().execute("SELECT id FROM community").fetchall()
    assert cid not in [bytes(row[0]) for row in left]
    for table in ("thread", "post", "membership"):
        rows = database.connection().execute(f"SELECT cid FROM {table}").fetchall()
        assert cid not in [bytes(row[0]) for row in rows], table


def notes_of(database: Database, tid: bytes) -> tuple[int, int]:
    with database.read() as db:
        found = queries.thread_page(db, ALICE, tid)
    return found.thread.notes, found.posts[0].notes


def test_what_every_thread_carries_is_put_by_the_command_and_stays(database: Database) -> None:
    before = begin(database, ALICE, cid := place(database, ALICE))
    rule = Receiving(notes=int(Note.LOSS | Note.ARREST))
    with database.write() as uow:
        communities.change_receiving(uow, MONA, cid, rule)
    after = begin(database, ALICE, cid, unnamed=True)
    named = begin(database, ALICE, cid)
    assert notes_of(database, after.tid) == notes_of(database, named.tid) == (rule.notes, rule.notes)
    assert notes_of(database, before.tid) == (0, 0)
    edit(database, named.tid, body="Other words.")
    edit(database, before.tid, body="Other words.")
    assert notes_of(database, named.tid) == (rule.notes, rule.notes)
    assert notes_of(database, before.tid) == (0, 0)
