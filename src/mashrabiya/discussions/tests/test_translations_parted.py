"""Translations where threads are split, put back and moved: each stands beside what it translates, and doors lead on."""

from __future__ import annotations

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, MONA
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import answer, place
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
from mashrabiya.discussions.types import Change, numbers_of
from mashrabiya.kernel.ids import new_id
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.platform.db import Database

_TITLE = "الشمس وحدها"


def part(database: Database, tid: bytes, *numbers: int) -> tuple[bytes, bytes]:
    """Split off these replies; answers the new thread and the press."""
    batch = new_id()
    with database.write() as uow:
        thread = queries.get_thread(uow, MONA, tid)
        going = [one for one in queries.parts_of(uow, thread) if one.n in numbers]
        opening = queries.find_judged(uow, going[0].id)
        assert opening is not None
        new, _ = commands.split(uow, thread, going, opening, title=_TITLE, batch=batch)
    return new, batch


def put_back(database: Database, new: bytes, old: bytes, batch: bytes) -> None:
    with database.write() as uow:
        thread = queries.get_thread(uow, MONA, new)
        gone = queries.gone_by(uow, batch)
        opening = queries.find_as_read(uow, new, 1)
        assert opening is not None
        assert not queries.written_since(uow, new, batch)
        commands.join(uow, thread, old, opening, many=len(gone), batch=batch)


def test_it_goes_along_comes_back_and_goes_on(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = arabic(database, cid, ALICE, BOB)
    answer(database, ALICE, tid, "وكيف أسقيه؟")
    made = translate(database, CHARLIE, tid)
    translate(database, CHARLIE, tid, 3, "And how do I water it?")
    new, batch = part(database, tid, 2, 3)
    assert [row.name for row in beside(database, MALLORY, new, 1).here] == ["Charlie"]
    assert not page(database, MALLORY, tid).translated
    # What was begun there goes back too, and stands by numbers of its own.
    hers = translate(database, ALICE, new, 1, "The sun of the morning.", title="The sun alone")
    put_back(database, new, tid, batch)
    assert {row.n for row in everything(database, MALLORY, tid).rows} == {made.n, made.n - 1}
    assert hers.n not in {made.n, made.n - 1}
    # A split of a split.
    once, _ = part(database, tid, 2, 3)
    twice, _ = part(database, once, 2)
    (row,) = beside(database, MALLORY, twice, 1).here
    assert "water" in row.html
    with database.write() as uow:
        commands.delete_post(uow, ALICE, twice, post_id(database, twice, 1))
    with database.read() as db:
        assert queries.find_thread(db, MONA, twice) is None


def test_old_doors_lead_to_it(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = arabic(database, cid, ALICE, BOB)
    answer(database, ALICE, tid, "وكيف أسقيه؟")
    made = translate(database, CHARLIE, tid)
    new, _ = part(database, tid, 2)
    with database.read() as db:
        assert queries.translations(db, MALLORY, tid, 2).post.tid == new
        thread, found = queries.get_shown(db, MALLORY, tid, made.n)
        assert (thread.id, found.n) == (new, numbers_of(1)[0])
    # What was sent from a page that stood open meanwhile is done where the post stands.
    placed = translate(database, ALICE, tid, 2, "The sun of the morning.", title="The sun alone")
    assert placed.tid == new
    assert {row.name for row in beside(database, MALLORY, new, 1).here} == {"Alice", "Charlie"}
    with database.write() as uow:
        assert commands.check_translation(uow, MONA, tid, made.n, checked=True).tid == new
    assert beside(database, MALLORY, new, 1).here[0].is_checked
    other = post_id(database, new, placed.n)
    with database.write() as uow:
        assert commands.take_translation_away(uow, BOB, tid, 2, translation=other).tid == new
    assert [row.name for row in beside(database, MALLORY, new, 1).here] == ["Charlie"]
    with database.write() as uow:
        commands.wish_translated(uow, ALICE, tid, 2, lang="en", wish=True)
        assert commands.decide_on_translating(uow, BOB, tid, 2, alone=True).tid == new
    assert not beside(database, MALLORY, new, 1).here


def test_one_without_a_title_can_be_changed_where_its_original_opens_a_thread(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = arabic(database, cid, ALICE, BOB)
    made = translate(database, CHARLIE, tid)
    hers = post_id(database, tid, made.n)
    new, _ = part(database, tid, 2)
    with database.write() as uow:
        commands.edit(uow, CHARLIE, tid, hers, new=Change(body=IN_ENGLISH + " Little water."))
    assert "Little water." in beside(database, MALLORY, new, 1).here[0].html
    with database.write() as uow:
        commands.edit(
            uow, BOB, new, post_id(database, new, 1), new=Change(title=_TITLE, body=REPLY + " قليلا.")
        )
    assert beside(database, MALLORY, new, 1).here[0].is_stale


def test_whoever_only_translated_takes_no_number_from_a_voice(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE, MALLORY)
    tid = arabic(database, cid, ALICE, BOB)
    answer(database, BOB, tid, "وكيف أسقيه؟")
    translate(database, CHARLIE, tid)
    translate(database, MALLORY, tid, 3, "And how do I water it?")
    part(database, tid, 2)
    answer(database, CHARLIE, tid, "The sun is enough.")
    answer(database, MALLORY, tid, "And some shade.")
    with database.write() as uow:
        for gone in (CHARLIE, MALLORY):
            commands.forget_persona(uow, gone.pid, remove=False)
    with database.read() as db:
        labels = [found.label for n in (4, 5) if (found := queries.find_as_read(db, tid, n))]
    assert len(set(labels)) == 2
    assert not {0, 1, 2} & set(labels)


def test_wishes_go_along_with_a_thread(database: Database) -> None:
    cid, other = place(database, ALICE, BOB), place(database, BOB)
    tid = arabic(database, cid, ALICE, BOB)
    wish(database, ALICE, tid)
    with database.write() as uow:
        thread = queries.get_thread(uow, MONA, tid)
        commands.move(uow, tid, other, audience=thread.audience, days=thread.retention_days)
    with database.read() as db:
        assert [row.tid for row in queries.wanted(db, BOB, other)] == [tid]
        assert not queries.wanted(db, BOB, cid)


def test_whoever_translated_first_is_a_voice_once_she_answers(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE, MALLORY)
    tid = arabic(database, cid, ALICE, BOB)
    translate(database, CHARLIE, tid)
    answer(database, CHARLIE, tid, "The sun is enough.")
    answer(database, MALLORY, tid, "And some shade.", unnamed=True)
    with database.write() as uow:
        commands.forget_persona(uow, CHARLIE.pid, remove=False)
    assert [post.label for post in page(database, ALICE, tid).posts][2:] == [3, 4]


def test_where_voices_cannot_be_counted_it_has_its_writers(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE, MALLORY)
    tid = arabic(database, cid, ALICE, BOB)
    answer(database, MALLORY, tid, "And some shade.")
    answer(database, CHARLIE, tid, "The sun is enough.")
    part(database, tid, 3)
    made = translate(database, CHARLIE, tid)
    with database.write() as uow:
        send_away(uow, CHARLIE.pid, quiet=False)
    with database.read() as db:
        labels = [found.label for n in (4, made.n) if (found := queries.find_as_read(db, tid, n))]
    assert labels == [4, 4]
