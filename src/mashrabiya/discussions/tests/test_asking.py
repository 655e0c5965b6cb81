"""Asking as one needs, and answering as it was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as changed
from sqlalchemy import literal_column, update

from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, other_persona
from mashrabiya.discussions import commands, forms, queries, rules
from mashrabiya.discussions.tests.factories import (
    answer,
    begin,
    community_facts,
    make_persona,
    place,
    thread_facts,
)
from mashrabiya.discussions.types import Change, Kind, NewReply, NewThread, PostRow, PostState, ThreadPage
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform.db import Database, Statement

LISTEN, ADVICE, NEWS = Kind.LISTENING.bit, Kind.ADVICE.bit, Kind.NEWS.bit
SPEAK_OF_NONE: Statement[Any] = Statement(update(COMMUNITY).values(wants=literal_column("0")))


def ask(database: Database, viewer: Viewer, cid: bytes, **wishes: Any) -> bytes:
    """A thread with wishes."""
    with database.write() as uow:
        return commands.open_thread(uow, viewer, cid, NewThread(title="T", body="B", **wishes)).tid


def say(database: Database, viewer: Viewer, tid: bytes, body: str = "R", **more: Any) -> int:
    """A reply with more to it than words."""
    with database.write() as uow:
        return commands.reply(uow, viewer, tid, NewReply(body=body, **more)).n


def page_of(database: Database, viewer: Viewer, tid: bytes, number: int = 1, **asked: Any) -> ThreadPage:
    with database.read() as db:
        return queries.thread_page(db, viewer, tid, number, **asked)


def speaks_of_no_kinds(database: Database) -> None:
    with database.write() as uow:
        uow.run(SPEAK_OF_NONE)


def test_a_thread_says_what_helps(database: Database) -> None:
    cid = place(database, ALICE)
    tid = ask(database, ALICE, cid, wants=LISTEN | NEWS, spare=ADVICE, notes=Note.LOSS | 1 << 20)
    thread = page_of(database, ALICE, tid).thread
    assert (thread.wanted, thread.unwanted) == ((Kind.LISTENING, Kind.NEWS), (Kind.ADVICE,))
    assert thread.notes == Note.LOSS


def test_listening_and_good_news_cannot_be_unwanted(database: Database) -> None:
    cid = place(database, ALICE)
    tid = ask(database, ALICE, cid, spare=LISTEN | NEWS)
    assert page_of(database, ALICE, tid).thread.unwanted == ()


def test_a_kind_is_not_wanted_and_unwanted_at_once(database: Database) -> None:
    cid = place(database, ALICE)
    with pytest.raises(Invalid) as trouble:
        ask(database, ALICE, cid, wants=ADVICE, spare=ADVICE)
    assert trouble.value.fields == {"spare": "compose.wish_twice"}


def test_a_community_may_speak_of_no_kinds_at_all(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    before = ask(database, ALICE, cid, wants=LISTEN, spare=ADVICE)
    speaks_of_no_kinds(database)
    after = ask(database, ALICE, cid, wants=LISTEN, spare=ADVICE)
    for tid in (before, after):
        say(database, BOB, tid, kind=Kind.ADVICE, told=False)
        found = page_of(database, BOB, tid)
        assert (found.kinds, found.thread.wanted, found.thread.unwanted, found.folds) == ([], (), (), {})
        assert found.posts[1].kind == Kind.PLAIN


def test_an_unwanted_kind_is_told_once_and_then_taken(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = ask(database, ALICE, cid, spare=ADVICE)
    with pytest.raises(Invalid) as trouble:
        say(database, BOB, tid, kind=Kind.ADVICE, told=False)
    assert trouble.value.fields == {"kind": "guard.advice"}
    assert say(database, BOB, tid, kind=Kind.FACTS, told=False) == 2
    assert say(database, BOB, tid, kind=Kind.ADVICE, told=True) == 3


def test_unwanted_replies_fold_except_for_their_author(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    make_persona(database, other_persona(BOB))
    tid = ask(database, ALICE, cid, spare=ADVICE)
    say(database, BOB, tid, kind=Kind.ADVICE)
    say(database, BOB, tid, kind=Kind.FACTS)
    folded = page_of(database, CHARLIE, tid).folds
    assert {n: fold.kind for n, fold in folded.items()} == {2: "compose.advice"}
    assert page_of(database, BOB, tid).folds == page_of(database, other_persona(BOB), tid).folds == {}
    for asked in (forms.sought("3", "", ""), forms.sought("", "", "1")):
        assert page_of(database, CHARLIE, tid, sought=asked).folds == {}


@pytest.mark.parametrize(
    ("notes", "shown", "hidden", "expected"),
    [
        (0, 0, 0, None),
        (Note.LOSS, 0, 0, False),
        (Note.LOSS, Note.LOSS, 0, None),
        (Note.LOSS | Note.HATE, Note.LOSS, 0, False),
        (Note.LOSS, 0, Note.LOSS, True),
        (Note.LOSS | Note.HATE, Note.HATE, Note.LOSS, True),
        (Note.LOSS, 0, Note.HATE, False),
    ],
)
def test_a_noted_text_folds_unless_the_reader_chose_to_see_it(
    notes: int, shown: int, hidden: int, expected: bool | None
) -> None:
    reader = replace(BOB, notes_shown=int(shown), notes_hidden=int(hidden))
    fold = rules.fold_of(reader, thread_facts(), row(notes=int(notes)), unfolded=True)
    assert (fold.hidden if fold else None) == expected


def test_what_is_gone_does_not_fold() -> None:
    assert rules.fold_of(BOB, thread_facts(), row(notes=1, state=PostState.DELETED), unfolded=False) is None


def row(**changes: Any) -> PostRow:
    """A reply on a page."""
    usual: dict[str, Any] = dict.fromkeys(PostRow.__struct_fields__, 0)
    return PostRow(**{**usual, "id": b"p" * 10, "n": 2, **changes})


def test_a_reply_names_the_post_it_answers_by_what_stands_there_now(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid, unnamed=True).tid
    answer(database, BOB, tid)
    say(database, ALICE, tid, unnamed=True, to=2)
    say(database, BOB, tid, to=1)
    say(database, BOB, tid, to=3)
    found = page_of(database, ALICE, tid).posts
    assert [(post.to_n, post.to_name, post.to_label) for post in found[2:]] == [
        (2, "Bob", None),
        (1, None, 0),
        (3, None, 0),
    ]
    with database.write() as uow:
        commands.delete_post(uow, BOB, tid, found[1].id)
    third = page_of(database, ALICE, tid).posts[2]
    assert (third.to_n, third.to_name, third.to_label) == (2, None, None)


def test_the_name_of_who_left_is_not_drawn(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    say(database, ALICE, tid, to=2)
    with database.write() as uow:
        commands.forget_persona(uow, BOB.pid, remove=False)
    third = page_of(database, ALICE, tid).posts[2]
    assert (third.to_n, third.to_name, third.to_label) == (2, None, 2)


@pytest.mark.parametrize("made_up", [0, -1, 3, 10**9])
def test_a_number_that_no_post_has_is_left_out_and_the_words_stay(database: Database, made_up: int) -> None:
    cid = place(database, ALICE)
    tid = begin(database, ALICE, cid).tid
    say(database, ALICE, tid, "Kept", to=made_up)
    (post,) = page_of(database, ALICE, tid).replies
    assert post.to_n is None
    assert "Kept" in post.html


def test_the_source_of_a_post_comes_only_where_it_is_quoted_and_stands(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid, "Sun.")
    sources = [post.source for post in page_of(database, ALICE, tid, 2, quoted=2).posts]
    assert sources == [None, "Sun."]
    with database.write() as uow:
        commands.delete_post(uow, BOB, tid, page_of(database, BOB, tid).posts[1].id)
    assert [post.source for post in page_of(database, ALICE, tid, 2, quoted=2).posts] == [None, None]


def test_an_author_changes_what_helps_and_what_it_is_about(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = ask(database, ALICE, cid, wants=LISTEN, spare=ADVICE, notes=1)
    say(database, BOB, tid, notes=2)
    opening, reply = page_of(database, ALICE, tid).posts
    with database.write() as uow:
        commands.edit(uow, ALICE, tid, opening.id, new=Change(title="T", body="B"))
    kept = page_of(database, ALICE, tid).thread
    assert (kept.wants, kept.spare, kept.notes) == (LISTEN, ADVICE, 1)
    with database.write() as uow:
        change = Change(title="T", body="B", wants=ADVICE, spare=0, notes=8)
        commands.edit(uow, ALICE, tid, opening.id, new=change)
        commands.edit(uow, BOB, tid, reply.id, new=Change(body="R", wants=63, spare=63, notes=0))
    found = page_of(database, ALICE, tid)
    assert (found.thread.wants, found.thread.spare, found.thread.notes) == (ADVICE, 0, 8)
    assert [post.notes for post in found.posts] == [8, 0]
    with database.write() as uow, pytest.raises(Invalid):
        commands.edit(uow, ALICE, tid, opening.id, new=Change(title="T", body="B", spare=ADVICE))


def test_a_deleted_post_keeps_nothing_that_was_said_with_it(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = ask(database, ALICE, cid, wants=LISTEN, spare=ADVICE, notes=1, newcomer=True)
    say(database, BOB, tid, notes=2, kind=Kind.FACTS, to=1, newcomer=True)
    say(database, ALICE, tid)
    for viewer, n in ((ALICE, 0), (BOB, 1)):
        with database.write() as uow:
            commands.delete_post(uow, viewer, tid, page_of(database, viewer, tid).posts[n].id)
    found = page_of(database, BOB, tid)
    assert (found.thread.wants, found.thread.spare, found.thread.notes) == (0, 0, 0)
    assert [(post.kind, post.to_n, post.notes, post.newcomer) for post in found.posts[:2]] == [
        (0, None, 0, 0)
    ] * 2


def test_kinds_of_another_community_mean_nothing_special() -> None:
    facts = community_facts()
    assert rules.used_kind(facts, Kind.TALK) == Kind.TALK
    assert rules.used_kind(changed(facts, wants=LISTEN), Kind.TALK) == Kind.PLAIN


@pytest.mark.parametrize(
    ("source", "quoted"),
    [
        ("One.\n\nTwo.", "> One.\n>\n> Two."),
        ("> Hers.\n\nMine.", "> Mine."),
        ("> Only hers.", "> > Only hers."),
        ("x" * 2000, "> " + "x" * 1499 + "…"),
    ],
)
def test_a_quotation_is_the_text_and_no_more(source: str, quoted: str) -> None:
    assert forms.quote(source) == quoted


@pytest.mark.parametrize("unnamed", [True, False])
def test_what_her_pages_speak_marks_no_unnamed_words(database: Database, unnamed: bool) -> None:
    """T7: neither words without letters, nor what her form says by itself."""
    cid = place(database, ALICE)
    reader = replace(ALICE, tongue=Tongue.of("ar"))
    tid = ask(database, ALICE, cid)
    say(database, reader, tid, "1 + 1 👍", unnamed=unnamed)
    begun = ask(database, reader, cid, unnamed=unnamed, lang="ar")
    marked = page_of(database, ALICE, tid).posts[1].lang, page_of(database, ALICE, begun).thread.lang
    assert marked == (("en", "en") if unnamed else ("ar", "ar"))
