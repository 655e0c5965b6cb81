"""What changes threads and posts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.events import PostDeleted, PostEdited, PostWritten, ThreadDeleted, ThreadOpened
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.tests.factories import BODY, TITLE, answer, begin, make_persona, nameless, place
from mashrabiya.discussions.types import (
    STARTER,
    Change,
    Kind,
    NewReply,
    NewThread,
    PostRow,
    PostState,
    TakenBack,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.events import Event
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Database, Statement

ALL_POSTS: Statement[Any] = Statement(select(POST).order_by(POST.c.tid, POST.c.n))
ALL_THREADS: Statement[Any] = Statement(select(THREAD))


def posts(database: Database) -> list[dict[str, Any]]:
    names = [column.name for column in POST.columns]
    with database.read() as db:
        return [dict(zip(names, row, strict=True)) for row in db.tuples(ALL_POSTS)]


def threads(database: Database) -> list[dict[str, Any]]:
    names = [column.name for column in THREAD.columns]
    with database.read() as db:
        return [dict(zip(names, row, strict=True)) for row in db.tuples(ALL_THREADS)]


def seen(database: Database, viewer: Viewer, tid: bytes) -> list[PostRow]:
    with database.read() as db:
        return queries.thread_page(db, viewer, tid).posts


@pytest.fixture
def told(database: Database) -> list[Event]:
    """The facts that were recorded."""
    facts: list[Event] = []
    database.recorder = lambda uow, event: facts.append(event)
    return facts


def test_a_thread_begins_with_its_first_post(database: Database, told: list[Event]) -> None:
    cid = place(database, ALICE)
    told.clear()
    placed = begin(database, ALICE, cid)
    (thread,), (post,) = threads(database), posts(database)
    assert (thread["title"], thread["n"], thread["labels"]) == (TITLE, 1, 1)
    assert thread["excerpt"] == "Mine goes brown. Is it the water?"
    assert (post["n"], post["pid"], post["tok"], post["label"]) == (1, ALICE.pid, None, None)
    assert "<em>brown</em>" in post["html"]
    assert post["body"] == BODY
    assert told == [ThreadOpened(placed.tid, cid), PostWritten(placed.tid, post["id"])]


def test_an_unnamed_post_has_a_token_and_no_persona(database: Database) -> None:
    cid = place(database, ALICE)
    begin(database, ALICE, cid, unnamed=True)
    (post,) = posts(database)
    assert (post["pid"], post["label"]) == (None, STARTER)
    assert post["tok"] == ALICE.token(post["home_tid"])
    assert post["t"] % clock.SIX_HOURS == 0


def test_a_thread_keeps_what_it_was_begun_under(database: Database) -> None:
    cid = place(database, ALICE, audience=Audience.MEMBERS)
    begin(database, ALICE, cid)
    place_again = threads(database)[0]
    assert (place_again["audience"], place_again["retention_days"]) == (Audience.MEMBERS, 365)


def test_replies_are_numbered_in_their_order(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    assert [answer(database, who, tid).n for who in (BOB, ALICE, BOB)] == [2, 3, 4]
    assert threads(database)[0]["n"] == 4


def test_labels_are_given_by_first_appearance_and_kept(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = begin(database, ALICE, cid, unnamed=True).tid
    for who in (BOB, CHARLIE, ALICE, BOB):
        answer(database, who, tid, unnamed=True)
    assert [post.label for post in seen(database, BOB, tid)] == [STARTER, 2, 3, STARTER, 2]


def test_who_opened_by_name_is_not_known_again_unnamed(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid, unnamed=True)
    answer(database, ALICE, tid, unnamed=True)
    assert [post.label for post in seen(database, BOB, tid)] == [None, 2, 3]


def test_a_person_has_one_label_under_all_her_names(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, BOB, cid).tid
    answer(database, ALICE, tid, unnamed=True)
    answer(database, other_persona(ALICE), tid, unnamed=True)
    answer(database, nameless(ALICE), tid, unnamed=True)
    assert [post.label for post in seen(database, BOB, tid)] == [None, 2, 2, 2]


def test_one_voice_in_a_thread(database: Database) -> None:
    cid = place(database, ALICE, other_persona(ALICE), BOB)
    tid = begin(database, ALICE, cid).tid
    with pytest.raises(Refused) as refusal:
        answer(database, other_persona(ALICE), tid)
    assert (refusal.value.why, refusal.value.values) == ("compose.one_voice", {"name": "Alice"})
    answer(database, other_persona(ALICE), tid, unnamed=True)
    other = begin(database, BOB, cid).tid
    answer(database, other_persona(ALICE), other)


def test_a_visitor_of_the_place_does_not_write(database: Database) -> None:
    cid = place(database, ALICE)
    make_persona(database, CHARLIE)
    tid = begin(database, ALICE, cid).tid
    for unnamed in (False, True):
        with pytest.raises(Refused, match="not_a_member"):
            answer(database, CHARLIE, tid, unnamed=unnamed)
        with pytest.raises(Refused, match="not_a_member"):
            begin(database, CHARLIE, cid, unnamed=unnamed)
    assert len(posts(database)) == 1


@pytest.mark.parametrize("made_up", [True, False])
def test_hidden_and_made_up_threads_are_answered_alike(database: Database, made_up: bool) -> None:
    cid = place(database, ALICE, audience=Audience.HIDDEN)
    tid = new_id() if made_up else begin(database, ALICE, cid).tid
    with pytest.raises(NotFound):
        answer(database, MALLORY, tid)


def test_who_lost_unnamed_writing_can_write_by_name(database: Database) -> None:
    cid = place(database, ALICE, MALLORY)
    tid = begin(database, ALICE, cid).tid
    answer(database, MALLORY, tid, unnamed=True)
    subject = tid + MALLORY.token(tid)
    with database.write() as uow:
        uow.insert(GUARD, kind="anon_comm", scope=cid, subject=subject, until_day=clock.day(), case_id=b"k")
    elsewhere = begin(database, ALICE, cid).tid
    with pytest.raises(Refused, match="unnamed_closed"):
        answer(database, MALLORY, elsewhere, unnamed=True)
    with pytest.raises(Refused, match="unnamed_closed"):
        begin(database, MALLORY, cid, unnamed=True)
    answer(database, MALLORY, elsewhere)
    answer(database, ALICE, elsewhere, unnamed=True)


def test_who_was_excluded_reads_a_public_page_and_writes_nothing(database: Database) -> None:
    cid = place(database, ALICE, MALLORY, audience=Audience.PUBLIC)
    tid = begin(database, ALICE, cid).tid
    with database.write() as uow:
        uow.insert(GUARD, kind="comm", scope=cid, subject=MALLORY.pid, until_day=clock.day(), case_id=b"k")
    for who in (MALLORY, other_persona(MALLORY)):
        for unnamed in (False, True):
            with pytest.raises(Refused):
                answer(database, who, tid, unnamed=unnamed)


@pytest.mark.parametrize(
    ("title", "body", "wrong"),
    [
        ("", "Text", {"title": "compose.title_missing"}),
        ("Title", " \n\u200b", {"body": "error.empty"}),
        ("", "", {"title": "compose.title_missing", "body": "error.empty"}),
        ("x" * 161, "y" * 12_001, {"title": "compose.title_too_long", "body": "compose.too_long"}),
    ],
)
def test_every_mistake_of_a_form_is_told_at_once(
    database: Database, title: str, body: str, wrong: dict[str, str]
) -> None:
    cid = place(database, ALICE)
    with database.write() as uow, pytest.raises(Invalid) as trouble:
        commands.open_thread(uow, ALICE, cid, NewThread(title=title, body=body))
    assert trouble.value.fields == wrong


def test_sent_twice_is_written_once(database: Database, told: list[Event]) -> None:
    cid = place(database, ALICE)
    tid = begin(database, ALICE, cid).tid
    same = NewReply(body="Once.", submission=new_id().hex(), kind=Kind.ADVICE)
    told.clear()
    for _ in range(2):
        with database.write() as uow:
            assert commands.reply(uow, ALICE, tid, same).n == 2
    assert len(told) == 1
    assert [post["kind"] for post in posts(database)] == [0, Kind.ADVICE]
    thread = NewThread(title="T", body="B", submission=new_id().hex())
    with database.write() as uow:
        first = commands.open_thread(uow, ALICE, cid, thread)
    with database.write() as uow:
        assert commands.open_thread(uow, ALICE, cid, thread) == first


def test_editing_changes_text_and_title_and_says_so(database: Database, told: list[Event]) -> None:
    cid = place(database, ALICE)
    placed = begin(database, ALICE, cid)
    post = posts(database)[0]["id"]
    told.clear()
    with database.write() as uow:
        commands.edit(uow, ALICE, placed.tid, post, new=Change(title="Shade", body="**Mint**"))
    thread, changed = threads(database)[0], posts(database)[0]
    assert (thread["title"], thread["excerpt"]) == ("Shade", "Mint")
    assert (changed["body"], changed["edited"]) == ("**Mint**", clock.day())
    assert "<strong>Mint</strong>" in changed["html"]
    assert told == [PostEdited(placed.tid, post)]


def test_editing_a_reply_leaves_the_title(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    with database.write() as uow:
        commands.edit(uow, BOB, tid, posts(database)[1]["id"], new=Change(title="Mine", body="Else."))
    assert threads(database)[0]["title"] == TITLE


@pytest.mark.parametrize("unnamed", [False, True])
def test_nobody_else_edits_or_deletes(database: Database, unnamed: bool) -> None:
    cid = place(database, ALICE, MALLORY)
    tid = begin(database, ALICE, cid, unnamed=unnamed).tid
    post = posts(database)[0]["id"]
    for target in (post, new_id(10)):
        with database.write() as uow, pytest.raises(NotFound):
            commands.edit(uow, MALLORY, tid, target, new=Change(title="x", body="x"))
        with database.write() as uow, pytest.raises(NotFound):
            commands.delete_post(uow, MALLORY, tid, target)
    assert posts(database)[0]["state"] == PostState.SHOWN


def test_a_deleted_post_keeps_its_place_and_loses_its_text(database: Database, told: list[Event]) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    first = posts(database)[0]["id"]
    told.clear()
    with database.write() as uow:
        placed = commands.delete_post(uow, ALICE, tid, first).placed
    assert placed is not None
    assert placed.n == 1
    gone, thread = posts(database)[0], threads(database)[0]
    assert (gone["state"], gone["body"], gone["html"]) == (PostState.DELETED, "", "")
    assert (thread["title"], thread["excerpt"], thread["n"]) == ("", "", 2)
    assert told == [PostDeleted(tid, first)]
    with database.write() as uow, pytest.raises(NotFound):
        commands.edit(uow, ALICE, tid, first, new=Change(title="x", body="x"))


def test_a_thread_without_text_goes_whole(database: Database, told: list[Event]) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    opening, reply = (post["id"] for post in posts(database))
    told.clear()
    with database.write() as uow:
        assert commands.delete_post(uow, BOB, tid, reply).placed is not None
        assert commands.delete_post(uow, ALICE, tid, opening) == TakenBack(cid)
    assert posts(database) == threads(database) == []
    assert told == [PostDeleted(tid, reply), PostDeleted(tid, opening), ThreadDeleted(tid)]


def test_no_fact_about_an_unnamed_post_leads_to_its_author(database: Database, told: list[Event]) -> None:
    cid = place(database, ALICE)
    told.clear()
    tid = begin(database, ALICE, cid, unnamed=True).tid
    values = {getattr(fact, name) for fact in told for name in fact.__dataclass_fields__}
    # The weight is of the words alone, and these weigh nothing.
    assert values == {tid, cid, posts(database)[0]["id"], 0}
