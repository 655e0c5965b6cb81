"""Earlier wordings: kept when somebody edits, read where the post is read, and gone when she says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, MONA
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, listeners, queries
from mashrabiya.discussions.tables import VERSION
from mashrabiya.discussions.tests.factories import (
    BODY,
    TITLE,
    answer,
    begin,
    change_audience,
    nameless,
    place,
)
from mashrabiya.discussions.types import WORDINGS, Change, History
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Database, Statement

ALL: Statement[Any] = Statement(select(VERSION))


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Tests move the clock; afterwards it is now again."""
    yield
    clock.offset = 0.0


def edit(database: Database, viewer: Viewer, tid: bytes, body: str, *, n: int = 1, **new: Any) -> None:
    """Edited later than in the step of time in which it was written."""
    with database.read() as db:
        post = queries.thread_page(db, viewer, tid).posts[n - 1].id
    clock.offset += clock.SIX_HOURS
    with database.write() as uow:
        commands.edit(uow, viewer, tid, post, new=Change(**{"title": TITLE, **new}, body=body))


def history(database: Database, viewer: Viewer, tid: bytes, n: int = 1) -> History:
    with database.read() as db:
        return queries.history(db, viewer, tid, n)


def before(database: Database, viewer: Viewer, tid: bytes, n: int = 1) -> list[str]:
    """The earlier wordings as she reads them, the newest first."""
    return [
        "\n".join("".join(piece.text for piece in line if piece.kind != "ins") for line in one.lines).strip(
            "\n"
        )
        for one in history(database, viewer, tid, n).wordings
    ]


def kept(database: Database) -> int:
    with database.read() as db:
        return len(db.tuples(ALL))


def test_what_stood_before_is_read_the_newest_first(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    edit(database, ALICE, tid, "Second.", title="Sun")
    edit(database, ALICE, tid, "Third.", title="Sun")
    for viewer in (ALICE, BOB, CHARLIE):
        assert before(database, viewer, tid) == ["Second.", BODY]
    newest, oldest = history(database, BOB, tid).wordings
    assert [one.kind for one in newest.title] == [""]
    assert {one.kind: one.text.strip() for one in oldest.title}["ins"] == "Sun"
    assert newest.day == clock.day()


def test_a_slip_mended_at_once_and_words_that_stay_are_not_kept(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    edit(database, ALICE, tid, BODY, notes=8)
    answer(database, BOB, tid, unnamed=True)
    with database.read() as db:
        post = queries.thread_page(db, BOB, tid).posts[1].id
    with database.write() as uow:
        commands.edit(uow, BOB, tid, post, new=Change(body="Mended."))
    assert kept(database) == 0


def test_twenty_are_kept_and_the_oldest_go(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE)).tid
    for number in range(WORDINGS + 3):
        edit(database, ALICE, tid, f"Wording {number}.")
    assert kept(database) == WORDINGS
    assert before(database, ALICE, tid)[-1] == "Wording 2."


@pytest.mark.parametrize("unnamed", [False, True])
def test_its_author_purges_one_or_all_and_nobody_else_does(database: Database, unnamed: bool) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid, unnamed=unnamed).tid
    for body in ("Second.", "Third.", "Fourth."):
        edit(database, ALICE, tid, body)
    for viewer in (BOB, MONA, MALLORY):
        with database.write() as uow, pytest.raises(NotFound):
            commands.purge(uow, viewer, tid, 1)
        assert not history(database, viewer, tid).mine
    which = history(database, ALICE, tid).wordings[1].v
    for _ in range(2):
        with database.write() as uow:
            commands.purge(uow, ALICE, tid, 1, which=which)
        assert before(database, BOB, tid) == ["Third.", BODY]
    with database.write() as uow:
        commands.purge(uow, nameless(ALICE) if unnamed else ALICE, tid, 1)
    assert kept(database) == 0


def test_who_wants_none_kept_wipes_in_the_same_act(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    edit(database, ALICE, tid, "Second.")
    edit(database, ALICE, tid, "Third.", forget=True)
    assert before(database, BOB, tid) == []


def test_who_may_not_read_the_post_finds_nothing(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    edit(database, ALICE, tid, "Second.")
    change_audience(database, cid, Audience.HIDDEN)
    for viewer in (CHARLIE, MALLORY):
        with pytest.raises(NotFound):
            history(database, viewer, tid)
    for number in (0, 2, 10**7):
        with pytest.raises(NotFound):
            history(database, ALICE, tid, number)


def test_what_carers_withhold_only_they_read(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    edit(database, ALICE, tid, "Second.")
    post = history(database, ALICE, tid).post.id
    with database.write() as uow:
        commands.hide(uow, post)
    for viewer in (ALICE, BOB, CHARLIE):
        with pytest.raises(NotFound):
            history(database, viewer, tid)
    assert before(database, MONA, tid) == [BODY]
    with database.write() as uow:
        commands.restore(uow, post)
    assert before(database, BOB, tid) == [BODY]


def test_what_nobody_had_read_is_not_shown_by_an_edit(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    edit(database, ALICE, tid, "Second.")
    post = history(database, ALICE, tid).post.id
    with database.write() as uow:
        commands.hold(uow, post)
    assert before(database, ALICE, tid) == [BODY], "she may purge them meanwhile"
    with pytest.raises(NotFound):
        history(database, BOB, tid)
    edit(database, ALICE, tid, "Kept back.")
    edit(database, ALICE, tid, "Harmless.")
    with database.write() as uow:
        commands.restore(uow, post)
    assert before(database, BOB, tid) == [BODY]


def test_they_go_with_the_post_and_with_the_thread(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    edit(database, BOB, tid, "Other.", n=2)
    edit(database, ALICE, tid, "Second.")
    post = history(database, BOB, tid, 2).post.id
    with database.write() as uow:
        commands.delete_post(uow, BOB, tid, post)
    assert kept(database) == 1
    with database.write() as uow:
        commands.drop_thread(uow, tid)
    assert kept(database) == 0


@pytest.mark.parametrize("remove", [False, True])
def test_with_a_persona_go_the_wordings_that_nobody_could_purge_any_more(
    database: Database, remove: bool
) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    answer(database, BOB, tid, unnamed=True)
    edit(database, BOB, tid, "By name.", n=2)
    edit(database, BOB, tid, "Unnamed.", n=3)
    with database.write() as uow:
        listeners.forget_author(uow, PersonaErased(BOB.pid, int(remove)))
    # What she wrote unnamed stays as it was: if it changed now, it would be seen to be hers.
    assert kept(database) == 1
    assert len(before(database, ALICE, tid, 3)) == 1


def test_names_are_drawn_as_they_are_now_and_nobodys_who_is_gone(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    edit(database, ALICE, tid, "Ask @Bob about it.")
    edit(database, ALICE, tid, "Never mind.")
    assert before(database, ALICE, tid)[0] == "Ask @Bob about it."
    with database.write() as uow:
        listeners.forget_mentions(uow, PersonaErased(BOB.pid, 0))
    assert before(database, ALICE, tid)[0] == f"Ask {markdown.NAMELESS} about it."
    with database.read() as db:
        assert BOB.pid.hex() not in repr(db.tuples(ALL))
        assert markdown.reference(BOB.pid) not in repr(db.tuples(ALL))


def test_her_copy_holds_them(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, ALICE, tid, "Unnamed first.", unnamed=True)
    edit(database, ALICE, tid, "Second.")
    edit(database, ALICE, tid, "Unnamed second.", n=2)
    assert ALICE.work is not None
    with database.read() as db:
        (named,) = queries.named_posts(db, ALICE)
        (voice,) = queries.unnamed_voices(db, ALICE.work)
        (unnamed,) = queries.unnamed_posts(db, ALICE, voice)
    assert [one.text for one in named.earlier] == [f"{TITLE}\n\n{BODY}"]
    assert [one.text for one in unnamed.earlier] == ["Unnamed first."]


def test_an_old_name_typed_in_one_is_listed(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB), body="Call me Salma.").tid
    edit(database, ALICE, tid, "No name.")
    with database.read() as db:
        (found,) = queries.typed_name(db, BOB, "Salma").posts
    assert found.address.endswith("/v/1")


def test_notes_of_any_wording_fold_it(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    edit(database, ALICE, tid, "Second.", notes=8)
    edit(database, ALICE, tid, "Third.", notes=0)
    edit(database, ALICE, tid, "Fourth.", notes=0)
    folds = [one.fold for one in history(database, BOB, tid).wordings]
    assert [fold is not None for fold in folds] == [False, True, True]
    open_to_all = history(database, replace(BOB, notes_shown=8), tid).wordings
    assert [one.fold for one in open_to_all] == [None, None, None]


def test_somebody_away_is_named_nowhere_and_what_she_hides_is_missing(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, BOB, cid).tid
    answer(database, ALICE, tid)
    edit(database, ALICE, tid, "Second.", n=2)
    for quiet in (False, True):
        with database.write() as uow:
            send_away(uow, ALICE.pid, quiet=quiet)
        if quiet:
            with pytest.raises(NotFound):
                history(database, BOB, tid, 2)
        else:
            post = history(database, BOB, tid, 2).post
            assert (post.name, post.pub, post.label) == (None, None, 2)
