"""What is hidden or removed shows nowhere, and comes back as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, VISITOR
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.tests.factories import BODY, TITLE, answer, begin, place
from mashrabiya.discussions.types import Change, Placed, PostState
from mashrabiya.kernel.errors import NotFound
from mashrabiya.platform.db import Database, Statement, Write

_POSTS: Statement[None] = Statement(select(*POST.c).order_by(POST.c.n))
_THREADS: Statement[None] = Statement(select(*THREAD.c))
_IDS: Statement[None] = Statement(select(POST.c.id).order_by(POST.c.n))

ACTS: list[Callable[[Write, bytes], bool]] = [commands.hide, commands.remove]


@pytest.fixture
def thread(database: Database) -> Placed:
    cid = place(database, ALICE, BOB, audience=Audience.PUBLIC)
    begun = begin(database, ALICE, cid)
    answer(database, BOB, begun.tid, "Morning sun.")
    return begun


def everything(database: Database) -> list[list[tuple[object, ...]]]:
    with database.read() as db:
        return [db.tuples(_POSTS), db.tuples(_THREADS)]


def post_id(database: Database, number: int) -> bytes:
    with database.read() as db:
        return bytes(db.tuples(_IDS)[number - 1][0])


def done(database: Database, act: Callable[[Write, bytes], bool], post: bytes) -> bool:
    with database.write() as uow:
        return act(uow, post)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("number", [1, 2])
def test_undoing_gives_back_every_byte(
    database: Database, thread: Placed, act: Callable[[Write, bytes], bool], number: int
) -> None:
    before, post = everything(database), post_id(database, number)
    assert done(database, act, post)
    assert everything(database) != before
    assert done(database, commands.restore, post)
    assert everything(database) == before


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("viewer", [VISITOR, CHARLIE, BOB, ALICE])
def test_no_reading_shows_it(
    database: Database, thread: Placed, act: Callable[[Write, bytes], bool], viewer: object
) -> None:
    for number in (1, 2):
        done(database, act, post_id(database, number))
    with database.read() as db:
        page = queries.thread_page(db, viewer, thread.tid)  # type: ignore[arg-type]
        shown = [queries.latest(db, viewer), queries.community_threads(db, viewer, page.thread.community.id)]  # type: ignore[arg-type]
    assert [post.html for post in page.posts] == ["", ""]
    assert page.thread.title == ""
    assert [(row.title, row.excerpt) for found in shown for row in found.rows] == [("", "")] * 2


def test_a_reply_stays_when_the_opening_goes(database: Database, thread: Placed) -> None:
    done(database, commands.remove, post_id(database, 1))
    with database.read() as db:
        page = queries.thread_page(db, CHARLIE, thread.tid)
    assert "Morning sun." in page.posts[1].html


def test_hidden_then_removed_then_back(database: Database, thread: Placed) -> None:
    before, post = everything(database), post_id(database, 1)
    assert done(database, commands.hide, post)
    assert not done(database, commands.hide, post)
    assert done(database, commands.remove, post)
    assert done(database, commands.hide, post)
    assert done(database, commands.restore, post)
    assert not done(database, commands.restore, post)
    assert everything(database) == before


def test_nobody_edits_or_deletes_it_meanwhile(database: Database, thread: Placed) -> None:
    post = post_id(database, 1)
    done(database, commands.hide, post)
    with pytest.raises(NotFound), database.write() as uow:
        commands.edit(uow, ALICE, thread.tid, post, new=Change(title="New", body="New"))
    with pytest.raises(NotFound), database.write() as uow:
        commands.delete_post(uow, ALICE, thread.tid, post)


def test_what_its_author_deleted_is_neither_hidden_nor_brought_back(
    database: Database, thread: Placed
) -> None:
    post = post_id(database, 2)
    with database.write() as uow:
        commands.delete_post(uow, BOB, thread.tid, post)
    for act in (*ACTS, commands.restore, commands.blank):
        assert not done(database, act, post)
    for act in (*ACTS, commands.restore, commands.blank):
        assert not done(database, act, b"x" * 10)


def test_a_blanked_text_never_comes_back(database: Database, thread: Placed) -> None:
    post = post_id(database, 1)
    assert not done(database, commands.blank, post)
    done(database, commands.remove, post)
    assert done(database, commands.blank, post)
    assert not done(database, commands.blank, post)
    assert not done(database, commands.restore, post)
    text = repr(everything(database))
    assert TITLE not in text
    assert BODY.splitlines()[-1] not in text


def test_a_deleted_persona_takes_its_hidden_words_along(database: Database, thread: Placed) -> None:
    post = post_id(database, 1)
    done(database, commands.hide, post)
    with database.write() as uow:
        commands.forget_persona(uow, ALICE.pid, remove=True)
    assert not done(database, commands.restore, post)
    assert TITLE not in repr(everything(database))


def test_only_its_author_finds_it(database: Database, thread: Placed) -> None:
    done(database, commands.hide, post_id(database, 1))
    with database.read() as db:
        _, found = queries.get_withheld(db, ALICE, thread.tid, 1)
        assert (found.title, found.source) == (TITLE, BODY)
        for viewer in (BOB, CHARLIE, VISITOR):
            with pytest.raises(NotFound):
                queries.get_withheld(db, viewer, thread.tid, 1)
        with pytest.raises(NotFound):
            queries.get_withheld(db, BOB, thread.tid, 2)
        with pytest.raises(NotFound):
            queries.get_shown(db, BOB, thread.tid, 1)
    assert PostState(found.state) is PostState.HIDDEN
