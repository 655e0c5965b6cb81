"""What is agreed by versions, names in two languages, and the smaller settings of a place."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, VISITOR, found, join
from mashrabiya.communities.types import Audience, NewCommunity, Search
from mashrabiya.communities.types.words import OtherWords, Receiving
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform.db import Database

NEW = NewCommunity(name="Night kitchen", about="Recipes.", language="en", agreements="Be kind.\nNo photos.")


def place(database: Database, audience: Audience = Audience.SIGNED_IN) -> bytes:
    """A place that Mona runs, with something agreed."""
    cid = found(database, audience)
    say(database, cid, "Be kind.\nNo photos.", audience)
    return cid


def say(database: Database, cid: bytes, agreements: str, audience: Audience = Audience.SIGNED_IN) -> None:
    with database.write() as uow:
        new = msgspec.structs.replace(NEW, agreements=agreements, audience=audience)
        commands.edit(uow, MONA, cid, new)


def read(database: Database, viewer: Viewer, cid: bytes) -> list[tuple[int, list[str], list[str]]]:
    with database.read() as db:
        return [(one.v, one.added, one.gone) for one in queries.versions(db, viewer, cid)]


def agreed_anew(database: Database, cid: bytes) -> bool:
    with database.read() as db:
        return queries.get_community(db, MONA, cid).agreed_anew


def test_each_version_says_what_is_new(database: Database) -> None:
    cid = place(database)
    newest = read(database, BOB, cid)[0][0]
    say(database, cid, "Be kind.\n\nNo names.")
    assert read(database, BOB, cid)[0] == (newest + 1, ["No names."], ["No photos."])


def test_what_is_set_apart_differently_is_no_new_version(database: Database) -> None:
    cid = place(database)
    before = read(database, BOB, cid)
    say(database, cid, "Be kind.\n\n  No photos.  ")
    assert read(database, BOB, cid) == before


def test_its_page_says_for_two_weeks_that_it_changed(database: Database) -> None:
    with database.write() as uow:
        cid = commands.found(uow, MONA, NEW)
    assert not agreed_anew(database, cid)
    say(database, cid, "Be kind.")
    assert agreed_anew(database, cid)
    clock.offset += 14 * clock.DAY
    assert not agreed_anew(database, cid)


def test_t32_what_was_agreed_behind_a_door_is_read_through_no_wider_one(database: Database) -> None:
    cid = place(database, Audience.HIDDEN)
    join_hidden(database, cid)
    say(database, cid, "Second.", Audience.HIDDEN)
    say(database, cid, "Third.", Audience.PUBLIC)
    members = [one[0] for one in read(database, BOB, cid)]
    assert len(members) == 5
    for viewer in (VISITOR, CHARLIE):
        assert [one[0] for one in read(database, viewer, cid)] == members[:1]
        assert read(database, viewer, cid)[0][2] == [], "nor by what is gone of it"


def join_hidden(database: Database, cid: bytes) -> None:
    """Bob has been there since before it was hidden."""
    say(database, cid, "Be kind.\nNo photos.", Audience.SIGNED_IN)
    join(database, BOB, cid)
    say(database, cid, "Be kind.\nNo photos.", Audience.HIDDEN)


def test_t32_a_place_that_was_hidden_for_a_while_shows_nothing_from_before(database: Database) -> None:
    cid = place(database, Audience.PUBLIC)
    say(database, cid, "Be kind.\nNo photos.", Audience.MEMBERS)
    say(database, cid, "Second.", Audience.PUBLIC)
    assert len(read(database, VISITOR, cid)) == 1
    assert len(read(database, CHARLIE, cid)) == 4


def in_arabic(viewer: Viewer) -> Viewer:
    return replace(viewer, tongue=Tongue.of("ar"))


def call(database: Database, cid: bytes, name: str, about: str = "", *, viewer: Viewer = MONA) -> None:
    with database.write() as uow:
        commands.change_other(uow, viewer, cid, OtherWords(language="ar", name=name, about=about))


def named(database: Database, viewer: Viewer, cid: bytes) -> tuple[str, str, str]:
    with database.read() as db:
        facts = queries.get_community(db, viewer, cid)
    return facts.name, facts.about, facts.said_in


def test_a_reader_sees_the_name_of_her_language(database: Database) -> None:
    cid = place(database)
    call(database, cid, "مطبخ الليل", "وصفات.")
    assert named(database, in_arabic(BOB), cid) == ("مطبخ الليل", "وصفات.", "ar")
    assert named(database, BOB, cid) == ("Night kitchen", "Recipes.", "en")
    call(database, cid, "مطبخ الليل")
    assert named(database, in_arabic(BOB), cid) == ("مطبخ الليل", "Recipes.", "en")
    call(database, cid, "")
    assert named(database, in_arabic(BOB), cid) == ("Night kitchen", "Recipes.", "en")


def looked_for(database: Database, words: str, viewer: Viewer = BOB) -> list[bytes]:
    with database.read() as db:
        return [card.id for card in queries.find(db, viewer, Search(words=words)).cards]


def test_both_names_are_searched_also_after_the_first_is_edited(database: Database) -> None:
    cid = place(database)
    call(database, cid, "مطبخ الليل", "وصفات قديمة")
    say(database, cid, "Be kind.")
    for words in ("kitchen", "مطبخ", "وصفات"):
        assert looked_for(database, words) == looked_for(database, words, in_arabic(BOB)) == [cid]
    call(database, cid, "")
    assert looked_for(database, "مطبخ") == []


def test_nobody_takes_a_name_that_another_place_has_in_either_language(database: Database) -> None:
    cid = place(database)
    call(database, cid, "مطبخ الليل")
    other = found(database, Audience.SIGNED_IN, "Balcony plants")
    with pytest.raises(Invalid) as wrong:
        call(database, other, "مطبخ الليل")
    assert wrong.value.fields == {"other_name": "community.name_taken"}
    with pytest.raises(Invalid), database.write() as uow:
        commands.found(uow, MONA, msgspec.structs.replace(NEW, name="مطبخ الليل"))
    with pytest.raises(Invalid):
        call(database, other, "Night kitchen")
    call(database, cid, "مطبخ الليل", "again, it is its own")


@pytest.mark.parametrize("name", ["x" * 61, "...", "mаil"])
def test_another_name_keeps_the_rules_of_the_first(database: Database, name: str) -> None:
    cid = place(database)
    with pytest.raises(Invalid):
        call(database, cid, name)


def receive(database: Database, cid: bytes, new: Receiving, viewer: Viewer = MONA) -> None:
    with database.write() as uow:
        commands.change_receiving(uow, viewer, cid, new)


def test_welcome_notes_and_pace_are_set(database: Database) -> None:
    cid = place(database)
    receive(database, cid, Receiving(welcome="Come in.", notes=int(Note.LOSS), slow=60))
    with database.read() as db:
        facts, words = queries.get_words(db, BOB, cid)
    assert (facts.notes, facts.slow, words.welcome) == (int(Note.LOSS), 60, "Come in.")
    assert facts.note_keys == ["note.loss"]


@pytest.mark.parametrize(
    "new", [Receiving(slow=7), Receiving(slow=-1), Receiving(welcome="x" * 1001), Receiving(welcome="\u202e")]
)
def test_what_is_no_choice_is_refused(database: Database, new: Receiving) -> None:
    cid = place(database)
    with pytest.raises(Invalid):
        receive(database, cid, new)


def test_a_made_up_note_is_none(database: Database) -> None:
    cid = place(database)
    receive(database, cid, Receiving(notes=1 << 30))
    with database.read() as db:
        assert queries.get_community(db, MONA, cid).notes == 0


def test_another_picture_is_one_of_eight_bytes(database: Database) -> None:
    cid = place(database)
    seed = new_id(8)
    with database.write() as uow:
        commands.choose_door(uow, MONA, cid, seed)
    with database.read() as db:
        assert queries.get_community(db, BOB, cid).seed == seed
    for wrong in (b"", new_id(7), new_id(64)):
        with pytest.raises(Invalid), database.write() as uow:
            commands.choose_door(uow, MONA, cid, wrong)


@pytest.mark.parametrize("viewer", [ALICE, BOB])
def test_only_who_runs_it_changes_any_of_this(database: Database, viewer: Viewer) -> None:
    cid = place(database)
    join(database, BOB, cid)
    with pytest.raises(NotFound):
        call(database, cid, "مطبخ", viewer=viewer)
    with pytest.raises(NotFound):
        receive(database, cid, Receiving(welcome="Hello."), viewer)
    with pytest.raises(NotFound), database.write() as uow:
        commands.choose_door(uow, viewer, cid, new_id(8))


def test_what_nobody_is_shown_finds_the_place_no_more(database: Database) -> None:
    cid = place(database)
    call(database, cid, "سهرة الياسمين")
    asked = Search(words="الياسمين")
    with database.read() as db:
        assert [card.id for card in queries.find(db, BOB, asked).cards] == [cid]
    with database.write() as uow:
        commands.edit(uow, MONA, cid, msgspec.structs.replace(NEW, language="ar"))
    with database.read() as db:
        assert queries.find(db, BOB, asked).cards == []
