"""The lamp: whose first words stand there, for whom, and what a welcome leaves behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MALLORY,
    MONA,
    VISITOR,
    join,
    other_persona,
    without_persona,
)
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.queries.lamp import DAYS, ROOM
from mashrabiya.discussions.tables import POST, WELCOME
from mashrabiya.discussions.tests.factories import begin, make_persona, place
from mashrabiya.discussions.tests.test_queries import exclude
from mashrabiya.discussions.types import Lamp, NewReply, NewThread, Placed, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.platform.db import Database, Statement


@pytest.fixture(autouse=True)
def _time() -> Any:
    yield
    clock.offset = 0.0


def greet(
    database: Database, viewer: Viewer, cid: bytes, *, unnamed: bool = False, body: str = "Hello."
) -> Placed:
    """First words of hers, with the box ticked."""
    new = NewThread(title="Hello", body=body, unnamed=unnamed, newcomer=True)
    with database.write() as uow:
        return commands.open_thread(uow, viewer, cid, new)


def post_id(database: Database, placed: Placed) -> bytes:
    statement: Statement[None] = Statement(
        select(POST.c.id).where(POST.c.tid == placed.tid, POST.c.n == placed.n)
    )
    with database.read() as db:
        return bytes(db.scalar(statement))


def change(database: Database, placed: Placed, **columns: Any) -> None:
    of = (POST.c.tid == placed.tid, POST.c.n == placed.n)
    statement: Statement[None] = Statement(update(POST).where(*of).values(**columns))
    with database.write() as uow:
        uow.run(statement)


def lamp(database: Database, viewer: Viewer) -> Lamp:
    with database.read() as db:
        return queries.lamp(db, viewer)


def lit(database: Database, viewer: Viewer) -> bool:
    with database.read() as db:
        found, seen = queries.beginning(db, viewer).lit, queries.lamp(db, viewer)
        assert found == ({words.shown for words in seen.others} != set(seen.said))
    return found


def welcome(database: Database, viewer: Viewer, post: bytes) -> None:
    with database.write() as uow:
        commands.say_welcome(uow, viewer, post)


def counted(database: Database, post: bytes) -> tuple[int, int]:
    """How many welcomes the post carries, and how many marks there are in all."""
    with database.read() as db:
        of_post = db.scalar(Statement(select(POST.c.welcomed).where(POST.c.id == post)))
        return int(of_post), len(db.tuples(Statement(select(WELCOME.c.tag))))


def test_first_words_stand_there_for_members_of_the_place(database: Database) -> None:
    cid = place(database, ALICE, BOB, audience=Audience.PUBLIC)
    greet(database, ALICE, cid)
    begin(database, BOB, cid)
    (words,) = lamp(database, BOB).others
    assert (words.name, words.words, words.welcomed, words.label) == ("Alice", "Hello.", 0, None)
    for outside in (CHARLIE, VISITOR, other_persona(BOB), without_persona(CHARLIE)):
        assert not lit(database, outside)


def test_without_a_persona_nobody_is_asked_for(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    greet(database, ALICE, cid)
    database.trace = []
    with database.read() as db:
        assert not queries.beginning(db, without_persona(BOB)).lit
    assert len(database.trace) == 1, "what waits for an answer, and nothing more"


def test_it_goes_out_when_she_has_welcomed_everybody(database: Database) -> None:
    cid = place(database, ALICE, BOB, other_persona(BOB), MONA)
    first = post_id(database, greet(database, ALICE, cid))
    second = post_id(database, greet(database, MONA, cid, unnamed=True))
    assert lit(database, BOB)
    welcome(database, BOB, first)
    assert lit(database, BOB), "one of two is left"
    welcome(database, BOB, second)
    for viewer in (BOB, other_persona(BOB)):
        assert not lit(database, viewer)
    assert lit(database, MONA), "what one has said puts out nobody else's"
    greet(database, ALICE, cid, unnamed=True)
    assert lit(database, BOB)


def test_words_of_somebody_who_hides_hers_light_nothing(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    make_persona(database, ALICE)
    greet(database, ALICE, cid)
    with database.write() as uow:
        send_away(uow, ALICE.pid, quiet=True)
    assert not lit(database, BOB)


@pytest.mark.parametrize("unnamed", [False, True])
def test_her_own_words_stand_apart_and_those_of_another_name_nowhere(
    database: Database, unnamed: bool
) -> None:
    again = other_persona(ALICE)
    cid = place(database, ALICE, again, BOB)
    greet(database, ALICE, cid, unnamed=unnamed)
    mine = lamp(database, ALICE)
    assert (len(mine.own), mine.others) == (1, [])
    other = lamp(database, again)
    assert other.others == []
    assert len(other.own) == int(unnamed), "an unnamed post is hers under every name; a name is not"
    assert not lit(database, again)


def test_one_post_of_each_author_her_first(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    first = greet(database, ALICE, cid, body="The first.")
    greet(database, ALICE, cid, body="Unnamed.", unnamed=True)
    clock.offset = 3600.0
    greet(database, ALICE, cid, body="The second.")
    with database.write() as uow:
        commands.reply(uow, ALICE, first.tid, NewReply(body="A third.", newcomer=True))
    assert sorted(words.words for words in lamp(database, BOB).others) == ["The first.", "Unnamed."]


def test_newest_first_and_no_more_than_fit(database: Database) -> None:
    cid = place(database, BOB, ALICE)
    made = []
    for _ in range(ROOM + 2):
        clock.offset += 6 * 3600
        made.append(greet(database, ALICE, cid, unnamed=True).tid)
    assert [words.tid for words in lamp(database, BOB).others] == made[:1:-1]


def test_after_two_weeks_they_leave(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    greet(database, ALICE, cid)
    clock.offset = (DAYS - 1) * 86400.0
    assert lit(database, BOB)
    clock.offset = (DAYS + 1) * 86400.0
    assert not lit(database, BOB)


@pytest.mark.parametrize("state", [PostState.DELETED, PostState.REMOVED, PostState.HIDDEN])
def test_what_is_gone_is_not_greeted(database: Database, state: PostState) -> None:
    cid = place(database, ALICE, BOB)
    placed = greet(database, ALICE, cid)
    change(database, placed, state=int(state))
    assert not lit(database, BOB)
    with pytest.raises(NotFound):
        welcome(database, BOB, post_id(database, placed))


def test_noted_words_fold_and_hidden_ones_are_left_out(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    change(database, greet(database, ALICE, cid), notes=int(Note.LOSS))
    (words,) = lamp(database, BOB).others
    assert words.notes_to_fold(0) == ["note.loss"]
    assert words.notes_to_fold(int(Note.LOSS)) == []
    assert not lit(database, replace(BOB, notes_hidden=int(Note.LOSS)))


def test_whoever_is_excluded_sees_and_says_nothing(database: Database) -> None:
    cid = place(database, ALICE, MALLORY, other_persona(MALLORY))
    placed = greet(database, ALICE, cid)
    exclude(database, MALLORY, cid)
    for viewer in (MALLORY, other_persona(MALLORY)):
        assert not lit(database, viewer)
        with pytest.raises(NotFound):
            welcome(database, viewer, post_id(database, placed))


def test_a_welcome_is_said_once_whichever_name_says_it(database: Database) -> None:
    again = other_persona(BOB)
    cid = place(database, ALICE, BOB, again, MONA)
    post = post_id(database, greet(database, ALICE, cid))
    for viewer in (BOB, BOB, again):
        welcome(database, viewer, post)
        assert counted(database, post) == (1, 1)
    welcome(database, MONA, post)
    assert counted(database, post) == (2, 2)
    assert lamp(database, again).said == [lamp(database, again).others[0].shown]
    assert lamp(database, ALICE).own[0].welcomed == 2


def test_once_a_pair_whatever_is_greeted(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    first, second = (post_id(database, greet(database, ALICE, cid)) for _ in range(2))
    welcome(database, BOB, first)
    welcome(database, BOB, second)
    assert counted(database, second) == (0, 1)
    unnamed = post_id(database, greet(database, ALICE, cid, unnamed=True))
    welcome(database, BOB, unnamed)
    assert counted(database, unnamed) == (1, 2), "that these two are one person, nothing may tell"


@pytest.mark.parametrize("unnamed", [False, True])
def test_nobody_welcomes_herself(database: Database, unnamed: bool) -> None:
    cid = place(database, ALICE, other_persona(ALICE))
    post = post_id(database, greet(database, ALICE, cid, unnamed=unnamed))
    for viewer in (ALICE, other_persona(ALICE)):
        with pytest.raises(NotFound):
            welcome(database, viewer, post)
    assert counted(database, post) == (0, 0)


def test_only_first_words_where_she_belongs_are_greeted(database: Database) -> None:
    cid = place(database, ALICE, audience=Audience.PUBLIC)
    make_persona(database, CHARLIE)
    post = post_id(database, greet(database, ALICE, cid))
    ordinary = post_id(database, begin(database, ALICE, cid))
    join(database, BOB, cid)
    make_persona(database, BOB)
    for viewer, target in (
        (CHARLIE, post),
        (without_persona(BOB), post),
        (VISITOR, post),
        (BOB, ordinary),
        (BOB, new_id(10)),
    ):
        with pytest.raises((NotFound, Refused)):
            welcome(database, viewer, target)
    assert counted(database, post) == (0, 0)


def test_twenty_presses_at_once_are_one_welcome(database: Database) -> None:
    cid = place(database, ALICE, BOB, other_persona(BOB), MONA)
    post = post_id(database, greet(database, ALICE, cid))
    who = [BOB, other_persona(BOB), MONA, BOB] * 5
    with ThreadPoolExecutor(10) as crowd:
        list(crowd.map(lambda viewer: welcome(database, viewer, post), who))
    assert counted(database, post) == (2, 2)


def test_a_mark_holds_a_quarter_and_bytes_that_nobody_else_can_make(database: Database) -> None:
    cid = place(database, ALICE, BOB, MONA)
    post = post_id(database, greet(database, ALICE, cid))
    for viewer in (BOB, MONA):
        welcome(database, viewer, post)
    with database.read() as db:
        rows = db.tuples(Statement(select(WELCOME)))
    assert {len(bytes(tag)) for tag, _ in rows} == {16}
    assert {until for _, until in rows} == {clock.quarter(4)}
    known = {value for viewer in (ALICE, BOB, MONA) for value in viewer.siblings}
    assert not {bytes(tag) for tag, _ in rows} & (known | {post})


def test_the_lamp_takes_two_statements_and_so_does_a_glance_with_what_waits(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    greet(database, ALICE, cid)
    for ask, budget in ((queries.lamp, 2), (queries.beginning, 2)):
        database.trace = []
        with database.read() as db:
            ask(db, BOB)
        assert len(database.trace) == budget
