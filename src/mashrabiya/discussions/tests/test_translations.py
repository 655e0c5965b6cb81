"""A translation: by name, beside its original, to nobody who may not read that, and never against its author's word."""

from __future__ import annotations

from functools import partial

import pytest

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
from mashrabiya.discussions import commands, queries
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
    page,
    post_id,
    reading,
    translate,
    wish,
)
from mashrabiya.discussions.types import NewPicture, Placed, numbers_of, original_of
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
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


def refused_to(database: Database, viewer: Viewer, tid: bytes, number: int) -> None:
    """Neither the translation nor what it was before is there for her, nor its original's page of them."""
    with database.read() as db:
        for asked in (
            partial(queries.get_shown, db, viewer, tid, number),
            partial(queries.history, db, viewer, tid, number),
            partial(queries.translations, db, viewer, tid, original_of(number)),
        ):
            with pytest.raises(NotFound):
                asked()


def test_it_is_there_for_nobody_who_may_not_read_the_original(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = arabic(database, cid, ALICE, BOB)
    made = translate(database, ALICE, tid)
    with database.read() as db:
        assert queries.get_shown(db, MALLORY, tid, made.n)[1].body == IN_ENGLISH
    post = post_id(database, tid, 2)
    for act in (commands.hold, commands.hide, commands.remove):
        with database.write() as uow:
            assert act(uow, post)
        assert not beside(database, MALLORY, tid).here
        for viewer in (MALLORY, ALICE):
            refused_to(database, viewer, tid, made.n)
        with database.write() as uow:
            commands.restore(uow, post)
        assert beside(database, MALLORY, tid).here
    change_audience(database, cid, Audience.MEMBERS)
    refused_to(database, MALLORY, tid, made.n)
    with database.read() as db:
        assert queries.get_shown(db, BOB, tid, made.n)


def alone(database: Database, viewer: Viewer, tid: bytes, *, wish: bool = True) -> None:
    with database.write() as uow:
        commands.decide_on_translating(uow, viewer, tid, 1, alone=wish)


def take_away(database: Database, viewer: Viewer, tid: bytes, translation: bytes) -> None:
    with database.write() as uow:
        commands.take_translation_away(uow, viewer, tid, 1, translation=translation)


@pytest.mark.parametrize("unnamed", [False, True])
def test_the_word_of_whoever_wrote_it_holds(database: Database, unnamed: bool) -> None:
    tid = arabic(database, place(database, ALICE, BOB), ALICE, BOB, unnamed=unnamed)
    made = translate(database, BOB, tid, 1, "Too much water?", title="Which mint?")
    which = post_id(database, tid, made.n)
    for viewer in (BOB, MONA, VISITOR):
        with pytest.raises(NotFound):
            alone(database, viewer, tid)
        with pytest.raises(NotFound):
            take_away(database, viewer, tid, which)
    alice = other_persona(ALICE) if unnamed else ALICE
    alone(database, alice, tid)
    assert not beside(database, BOB, tid, 1).here
    with database.read() as db, pytest.raises(NotFound):
        queries.get_shown(db, BOB, tid, made.n)
    with pytest.raises(Refused, match=r"translation\.alone"):
        wish(database, BOB, tid, 1)
    with pytest.raises(Refused, match=r"translation\.alone"):
        translate(database, BOB, tid, 1, "Water?", title="Mint?")
    alone(database, alice, tid, wish=False)
    assert beside(database, BOB, tid, 1).here
    for _ in range(2):
        take_away(database, alice, tid, which)
    assert not beside(database, BOB, tid, 1).here
    # What stands elsewhere in the thread is no translation of hers.
    with pytest.raises(NotFound):
        take_away(database, alice, tid, post_id(database, tid, 2))
    assert len(page(database, BOB, tid).posts) == 2


def test_it_mentions_whom_its_original_mentions_and_nobody_else(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = begin(database, ALICE, cid, title="نعناع", body="كلام عن النعناع.").tid
    answer(database, BOB, tid, "رأي @Alice صحيح في النعناع والظل.")
    answer(database, CHARLIE, tid, "وأنا كذلك.")
    translate(database, CHARLIE, tid, body="@Alice is right about mint, and so is @Bob here.")
    # Asked for together with all else that can stand beside the posts of a page.
    with database.write() as uow:
        commands.mark_helped(uow, MONA, tid, post_id(database, tid, 2))
        commands.hang(uow, post_id(database, tid, 3), [NewPicture(bytes(range(16)), "ظل", 60, 40)])
    found = page(database, MONA, tid)
    (row,) = found.translated[2].here
    assert "@<bdi>Alice</bdi>" in row.html
    assert "@Bob" in row.html
    assert (found.marked, [one.alt for one in found.pictures[3]]) == (frozenset({2}), ["ظل"])
