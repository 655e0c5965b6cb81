"""A translation: by name, beside its original, to nobody who may not read that, and never against its author's word."""

from __future__ import annotations

import pytest
from msgspec import structs

from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MALLORY,
    MONA,
    VISITOR,
    join,
    other_persona,
)
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries, rules
from mashrabiya.discussions.tests.factories import (
    answer,
    begin,
    change_audience,
    make_persona,
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
    reading,
    translate,
    wish,
)
from mashrabiya.discussions.types import Change, Placed, PostState, numbers_of, original_of
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform import retention
from mashrabiya.platform.db import Database


def test_a_number_below_nought_says_which_post_it_stands_beside() -> None:
    assert {original_of(number) for number in numbers_of(7)} == {7}
    assert not set(numbers_of(1)) & set(numbers_of(2))
    assert original_of(3) == 3
    assert Placed(bytes(16), numbers_of(2)[0]).link.endswith("/x/2#n-128")


def test_whoever_reads_another_language_meets_it_beside_the_original(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = arabic(database, cid, ALICE, BOB)
    before = page(database, CHARLIE, tid)
    translate(database, CHARLIE, tid)
    found = beside(database, MALLORY, tid)
    assert [(row.name, row.lang, IN_ENGLISH in row.html) for row in found.here] == [("Charlie", "en", True)]
    # In her own language she reads the original, and is told quietly that the other is there.
    hers = beside(database, reading(MALLORY, "ar"), tid)
    assert not hers.here
    assert [(row.name, row.html) for row in hers.others] == [("Charlie", "")]
    # Nothing that counts or lists the thread has met it.
    after = page(database, CHARLIE, tid)
    assert [post.n for post in after.posts] == [post.n for post in before.posts] == [1, 2]
    assert (after.thread.n, after.thread.labels) == (before.thread.n, before.thread.labels)
    with database.read() as db:
        assert queries.place_of_day(db, CHARLIE, tid, clock.day()).n == 1


def test_the_title_is_translated_with_the_first_post(database: Database) -> None:
    tid = arabic(database, place(database, ALICE, BOB), ALICE, BOB)
    with pytest.raises(Invalid) as refused:
        translate(database, BOB, tid, 1, "Mine goes yellow. Is it too much water?")
    assert refused.value.fields == {"title": "compose.title_missing"}
    translate(
        database, BOB, tid, 1, "Mine goes yellow. Is it too much water?", title="Which mint grows in shade?"
    )
    (row,) = beside(database, CHARLIE, tid, 1).here
    assert row.html.index("Which mint grows in shade?") < row.html.index("Mine goes yellow")


def test_only_who_may_answer_by_name_translates(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = arabic(database, cid, ALICE, BOB)
    for viewer in (VISITOR, CHARLIE, nameless(ALICE)):
        with pytest.raises((NotFound, Refused)):
            translate(database, viewer, tid)
    # Under another name than she spoke there she is refused, and told so.
    again = other_persona(BOB)
    make_persona(database, again)
    join(database, again, cid)
    with pytest.raises(Refused) as refused:
        translate(database, again, tid)
    assert refused.value.why == "compose.one_voice"
    with database.write() as uow:
        commands.shut(uow, tid)
    with pytest.raises(Refused):
        translate(database, ALICE, tid)


def test_what_is_wrong_is_said_of_each_field(database: Database) -> None:
    tid = arabic(database, place(database, ALICE, BOB), ALICE, BOB)
    for more, why in (
        ({"lang": "ar"}, {"lang": "translation.same"}),
        ({"lang": "xx"}, {"lang": "translation.language_missing"}),
        ({"body": " \n"}, {"body": "error.empty"}),
        ({"body": REPLY}, {"body": "translation.same_words"}),
        ({"body": "شمس الصباح تكفي."}, {"body": "translation.other_letters"}),
        ({"body": "sun " * 100}, {"body": "translation.too_long"}),
        ({"body": "sun " * 9000}, {"body": "compose.too_long"}),
    ):
        with pytest.raises(Invalid) as refused:
            translate(database, ALICE, tid, **more)  # type: ignore[arg-type]
        assert refused.value.fields == why
    # Nor of what is no post, is gone, or is a translation itself.
    made = translate(database, ALICE, tid)
    for number in (9, made.n):
        with pytest.raises(NotFound):
            translate(database, ALICE, tid, number)


def test_sent_twice_it_is_written_once_and_each_writes_one(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE, MALLORY)
    tid = arabic(database, cid, ALICE, BOB)
    twice = new_id().hex()
    first = translate(database, BOB, tid, submission=twice)
    assert translate(database, BOB, tid, submission=twice).n == first.n
    with pytest.raises(Invalid) as refused:
        translate(database, BOB, tid, body="Another way to say it.")
    assert refused.value.fields == {"lang": "translation.yours_stands"}
    translate(database, CHARLIE, tid, body="Sun in the morning, shade later.")
    translate(database, ALICE, tid, body="Morning sun, then shade.")
    # The newest first, but for one that was compared; and no fourth.
    assert [row.name for row in beside(database, MONA, tid).here] == ["Alice", "Charlie", "Bob"]
    with database.write() as uow:
        commands.check_translation(uow, MONA, tid, first.n, checked=True)
    assert [row.name for row in beside(database, MONA, tid).here] == ["Bob", "Alice", "Charlie"]
    with pytest.raises(Invalid) as refused:
        translate(database, MALLORY, tid, body="Sun first.")
    assert refused.value.fields == {"lang": "translation.enough"}


def test_it_is_there_for_nobody_who_may_not_read_the_original(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = arabic(database, cid, ALICE, BOB)
    made = translate(database, ALICE, tid)
    with database.read() as db:
        assert queries.get_shown(db, MALLORY, tid, made.n)[1].body == IN_ENGLISH
    post = post_id(database, tid, 2)
    for act, back in (
        (commands.hold, commands.restore),
        (commands.hide, commands.restore),
        (commands.remove, commands.restore),
    ):
        with database.write() as uow:
            assert act(uow, post)
        assert not beside(database, MALLORY, tid).here
        with database.read() as db:
            for viewer in (MALLORY, ALICE):
                with pytest.raises(NotFound):
                    queries.get_shown(db, viewer, tid, made.n)
                with pytest.raises(NotFound):
                    queries.translations(db, viewer, tid, 2)
                with pytest.raises(NotFound):
                    queries.history(db, viewer, tid, made.n)
        with database.write() as uow:
            back(uow, post)
        assert beside(database, MALLORY, tid).here
    change_audience(database, cid, Audience.MEMBERS)
    with database.read() as db:
        for number in (made.n, 2):
            with pytest.raises(NotFound):
                queries.get_shown(db, MALLORY, tid, number)
        with pytest.raises(NotFound):
            queries.translations(db, MALLORY, tid, 2)
        assert queries.get_shown(db, BOB, tid, made.n)


@pytest.mark.parametrize("unnamed", [False, True])
def test_the_word_of_whoever_wrote_it_holds(database: Database, unnamed: bool) -> None:
    tid = arabic(database, place(database, ALICE, BOB), ALICE, BOB, unnamed=unnamed)
    made = translate(database, BOB, tid, 1, "Too much water?", title="Which mint?")
    which = post_id(database, tid, made.n)
    for act in (
        lambda uow, viewer: commands.decide_on_translating(uow, viewer, tid, 1, alone=True),
        lambda uow, viewer: commands.take_translation_away(uow, viewer, tid, 1, which),
    ):
        for viewer in (BOB, MONA, VISITOR):
            with database.write() as uow, pytest.raises(NotFound):
                act(uow, viewer)
    alice = other_persona(ALICE) if unnamed else ALICE
    with database.write() as uow:
        commands.decide_on_translating(uow, alice, tid, 1, alone=True)
    assert not beside(database, BOB, tid, 1).here
    with database.read() as db, pytest.raises(NotFound):
        queries.get_shown(db, BOB, tid, made.n)
    for act in (
        lambda: wish(database, BOB, tid, 1),
        lambda: translate(database, BOB, tid, 1, "Water?", title="Mint?"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.why == "translation.alone"
    with database.write() as uow:
        commands.decide_on_translating(uow, alice, tid, 1, alone=False)
    assert beside(database, BOB, tid, 1).here
    for _ in range(2):
        with database.write() as uow:
            commands.take_translation_away(uow, alice, tid, 1, which)
    assert not beside(database, BOB, tid, 1).here
    # What stands elsewhere in the thread is no translation of hers.
    reply = post_id(database, tid, 2)
    with database.write() as uow, pytest.raises(NotFound):
        commands.take_translation_away(uow, alice, tid, 1, reply)
    assert len(page(database, BOB, tid).posts) == 2


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


def test_it_mentions_whom_its_original_mentions_and_nobody_else(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = begin(database, ALICE, cid, title="نعناع", body="كلام عن النعناع.").tid
    answer(database, BOB, tid, "رأي @Alice صحيح في النعناع والظل.")
    answer(database, CHARLIE, tid, "وأنا كذلك.")
    translate(database, CHARLIE, tid, body="@Alice is right about mint, and so is @Bob here.")
    (row,) = beside(database, MONA, tid).here
    assert "@<bdi>Alice</bdi>" in row.html
    assert "@Bob" in row.html


def _rows(database: Database, asked: str) -> list[tuple[object, ...]]:
    return list(database.connection().execute(asked).fetchall())


def _state(database: Database, tid: bytes, number: int) -> tuple[int, str]:
    with database.read() as db:
        (found,) = [
            one for one in queries.translations_there(db, tid, original_of(number)) if one.n == number
        ]
    return found.state, found.body
