"""What becomes of translations and of wishes for them: changed originals, endings, who compares."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MALLORY,
    MONA,
    VISITOR,
    other_persona,
)
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries, rules
from mashrabiya.discussions.tests.factories import (
    answer,
    change_audience,
    nameless,
    place,
)
from mashrabiya.discussions.tests.translating import (
    IN_ENGLISH,
    REPLY,
    arabic,
    beside,
    everything,
    page,
    post_id,
    translate,
    wish,
)
from mashrabiya.discussions.types import Change, PostState, original_of
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.platform import retention
from mashrabiya.platform.db import Database


def test_when_the_original_changes_it_says_so_until_it_is_saved_again(database: Database) -> None:
    tid = arabic(database, place(database, ALICE, BOB), ALICE, BOB)
    made = translate(database, ALICE, tid)
    with database.write() as uow:
        commands.check_translation(uow, MONA, tid, made.n, checked=True)
    post, hers = post_id(database, tid, 2), post_id(database, tid, made.n)
    with database.write() as uow:
        commands.edit(uow, BOB, tid, post, new=Change(body=REPLY, notes=1))
    assert not beside(database, MONA, tid).here[0].is_stale
    with database.write() as uow:
        commands.edit(uow, BOB, tid, post, new=Change(body=REPLY + " وقليل من الماء."))
    assert beside(database, MONA, tid).here[0].is_stale
    clock.offset += clock.TEN_MINUTES
    with database.write() as uow:
        commands.edit(uow, ALICE, tid, hers, new=Change(body=f"{IN_ENGLISH} And little water."))
    (row,) = beside(database, MONA, tid).here
    assert (row.is_stale, row.is_checked, row.lang, bool(row.edited)) == (False, False, "en", True)
    with database.read() as db:
        assert len(queries.history(db, MONA, tid, made.n).wordings) == 1
    with database.write() as uow, pytest.raises(Invalid):
        commands.edit(uow, ALICE, tid, hers, new=Change(body="شمس الصباح وقليل من الماء."))
    # Nobody else edits it, the author of the original neither.
    with database.write() as uow, pytest.raises(NotFound):
        commands.edit(uow, BOB, tid, hers, new=Change(body="Mine."))
    clock.offset = 0.0


def test_it_goes_with_its_original_its_writer_and_its_thread(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    first, second, third = (arabic(database, cid, ALICE, BOB) for _ in range(3))
    kept: list[tuple[bytes, int]] = []
    for tid in (first, second, third):
        wish(database, CHARLIE, tid, 1)
        kept.append((tid, translate(database, CHARLIE, tid).n))
    with database.write() as uow:
        commands.delete_post(uow, BOB, first, post_id(database, first, 2))
    assert _state(database, *kept[0]) == (PostState.DELETED, "")
    with database.write() as uow:
        assert commands.remove(uow, post_id(database, second, 2))
    with database.write() as uow:
        assert commands.blank(uow, post_id(database, second, 2))
    assert _state(database, *kept[1]) == (PostState.DELETED, "")
    with database.write() as uow:
        commands.delete_post(uow, BOB, third, post_id(database, third, 2))
        commands.delete_post(uow, ALICE, third, post_id(database, third, 1))
    rows = database.connection().execute("SELECT count(*) FROM post").fetchall()
    assert [int(rows[0][0]), len(_rows(database, "SELECT post FROM wish"))] == [6, 2]


@pytest.mark.parametrize("remove", [True, False])
def test_when_its_writer_is_erased_it_goes_or_stays_without_a_name(database: Database, remove: bool) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = arabic(database, cid, ALICE, BOB)
    made = translate(database, CHARLIE, tid)
    with database.write() as uow:
        commands.forget_persona(uow, CHARLIE.pid, remove=remove)
    found = beside(database, MONA, tid).here
    assert [(row.name, row.pub, row.pid) for row in found] == ([] if remove else [(None, None, None)])
    assert CHARLIE.pid not in {
        bytes(row[0]) for row in _rows(database, "SELECT pid FROM post WHERE pid IS NOT NULL")
    }
    # Labels of the thread are as they were: a translation was no voice of it.
    answer(database, MONA, tid, unnamed=True)
    assert page(database, MONA, tid).posts[-1].label == 3
    assert original_of(made.n) == 2


def test_a_wish_is_one_per_person_and_goes_when_it_is_translated(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = arabic(database, cid, ALICE, BOB)
    for viewer in (CHARLIE, CHARLIE, other_persona(CHARLIE), nameless(CHARLIE), MALLORY):
        wish(database, viewer, tid)
    found = everything(database, CHARLIE, tid)
    assert (found.wishes, found.wished) == ({"en": 2}, frozenset({"en"}))
    assert everything(database, ALICE, tid).wished == frozenset()
    marks = [bytes(row[0]) for row in _rows(database, "SELECT wnull FROM wish")]
    assert not set(marks) & {*CHARLIE.siblings, CHARLIE.token(tid)}
    with database.read() as db:
        (row,) = queries.wanted(db, MALLORY, cid)
    assert (row.n, row.lang, row.into, row.people) == (2, "ar", "en", 2)
    wish(database, MALLORY, tid, on=False)
    for into in ("ar", "xx"):
        with pytest.raises(Invalid):
            wish(database, MALLORY, tid, into=into)
    with pytest.raises(NotFound):
        wish(database, VISITOR, tid)
    translate(database, ALICE, tid)
    assert everything(database, CHARLIE, tid).wishes == {}
    with database.read() as db:
        assert queries.wanted(db, MALLORY, cid) == []


def test_a_wish_is_kept_for_thirty_days_and_is_in_no_list_of_who_may_not_read(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = arabic(database, cid, ALICE, BOB)
    wish(database, CHARLIE, tid)
    change_audience(database, cid, Audience.MEMBERS)
    with database.read() as db:
        assert queries.wanted(db, CHARLIE, cid) == []
        assert len(queries.wanted(db, BOB, cid)) == 1
    clock.offset += 31 * clock.DAY
    with database.read() as db:
        assert queries.wanted(db, BOB, cid) == []
    retention.sweep(database)
    assert _rows(database, "SELECT post FROM wish") == []
    clock.offset = 0.0


def test_who_compares_is_somebody_else_who_cares_for_the_place(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = arabic(database, cid, ALICE, BOB)
    made = translate(database, ALICE, tid)
    with database.read() as db:
        thread, post = queries.get_shown(db, MONA, tid, made.n)
        assert rules.may_check_translation(MONA, thread.community, post).allowed
        assert not rules.may_check_translation(BOB, queries.get_thread(db, BOB, tid).community, post).allowed
    own = structs.replace(post, pid=MONA.pid)
    assert not rules.may_check_translation(MONA, thread.community, own).allowed
    for viewer in (ALICE, BOB, VISITOR):
        with database.write() as uow, pytest.raises(NotFound):
            commands.check_translation(uow, viewer, tid, made.n, checked=True)
    with database.write() as uow, pytest.raises(NotFound):
        commands.check_translation(uow, MONA, tid, 2, checked=True)
    for _ in range(2):
        with database.write() as uow:
            commands.check_translation(uow, MONA, tid, made.n, checked=True)
    acts = [str(row[0]) for row in _rows(database, "SELECT action FROM audit")]
    assert acts.count("translation:checked") == 1


def _rows(database: Database, asked: str) -> list[tuple[Any, ...]]:
    return list(database.connection().execute(asked).fetchall())


def _state(database: Database, tid: bytes, number: int) -> tuple[int, str]:
    with database.read() as db:
        there = queries.translations_there(db, tid, original_of(number))
    return next((one.state, one.body) for one in there if one.n == number)


def test_where_nobody_reads_it_no_name_is_found_in_it(database: Database) -> None:
    tid = arabic(database, place(database, ALICE, BOB), ALICE, BOB)
    translate(database, ALICE, tid, body="The morning sun is enough, said Salma.")
    with database.read() as db:
        assert [one.n for one in queries.typed_name(db, MALLORY, "Salma").posts] == [-128]
    with database.write() as uow:
        commands.decide_on_translating(uow, BOB, tid, 2, alone=True)
    with database.read() as db:
        assert not queries.typed_name(db, MALLORY, "Salma").posts
