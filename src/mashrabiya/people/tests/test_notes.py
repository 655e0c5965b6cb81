"""Private notes: hers alone, under one name, and nowhere readable."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands, flows, queries
from mashrabiya.people.commands.saved import Keeping
from mashrabiya.people.flows.entering import unlock
from mashrabiya.people.rules.notes import LONGEST, check_note, first_line, title_and_rest
from mashrabiya.people.sealed.saved import MOST, Kind, Saved, SaveKeys
from mashrabiya.people.tests.factories import Person, account, person
from mashrabiya.people.types import PrivateNote
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Database, metadata
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.house import TestHouse

KEYS = SaveKeys.of(Work(b"\x03" * 32), 2)
CANARY = "lavender heron 7391"


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[TestHouse]:
    """A house on each kind of database."""
    made = TestHouse(tmp_path, Database(database_url))
    yield made
    made.close()
    clock.offset = 0.0


def write(house: TestHouse, viewer: Viewer, text: str) -> int:
    with house.database.write() as uow:
        return commands.write_note(uow, viewer, text)


def notes(house: TestHouse, viewer: Viewer) -> list[PrivateNote]:
    with house.database.read() as db:
        return queries.private_shelf(db, viewer).notes


def rows(house: TestHouse) -> list[tuple[bytes, bytes, int]]:
    found = house.database.connection().execute("SELECT tag, blob, until_q FROM save ORDER BY tag").fetchall()
    return [(bytes(tag), bytes(blob), until) for tag, blob, until in found]


# --- the layout ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "size"),
    [(0, 256), (251, 256), (252, 1024), (1019, 1024), (1020, 4096), (4092, 16384), (16380, 65536)],
)
def test_a_row_has_one_of_five_sizes(length: int, size: int) -> None:
    saved = Saved(Kind.NOTE, 20_000, b"x" * length)
    blob = KEYS.seal(saved, KEYS.tag(0))
    assert len(blob) == size + 28
    assert KEYS.open(blob, KEYS.tag(0)) == saved


def test_a_row_opens_in_its_place_and_under_its_persona_only() -> None:
    blob = KEYS.seal(Saved(Kind.NOTE, 20_000, b"words"), KEYS.tag(0))
    with pytest.raises(Unopenable):
        KEYS.open(blob, KEYS.tag(1))
    for other in (SaveKeys.of(Work(b"\x03" * 32), 3), SaveKeys.of(Work(b"\x04" * 32), 2)):
        assert other.tag(0) != KEYS.tag(0)
        with pytest.raises(Unopenable):
            other.open(blob, KEYS.tag(0))


def test_the_longest_note_fits_in_any_script() -> None:
    blob = KEYS.seal(Saved(Kind.NOTE, 20_000, ("🌿" * LONGEST).encode()), KEYS.tag(0))
    assert len(KEYS.open(blob, KEYS.tag(0)).body) == 4 * LONGEST


def test_each_row_is_kept_for_a_time_of_its_own() -> None:
    ahead = [KEYS.ahead(number) for number in range(MOST)]
    assert all(8 <= share < 10 for share in ahead)
    assert len(set(ahead)) == MOST


# --- the rules ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "error.empty"), ("x" * 12_000, None), ("س" * 12_001, "private.long")],
)
def test_what_a_note_may_hold(text: str, why: str | None) -> None:
    assert check_note(text) == why


def test_a_short_first_line_is_a_title() -> None:
    assert title_and_rest("Spring\n\nI said it.") == ("Spring", "I said it.")
    assert title_and_rest("One line") == ("", "One line")
    long = "x" * 100 + "\nmore"
    assert title_and_rest(long) == ("", long)
    assert first_line(long) == "x" * 79 + "…"


def test_a_long_first_line_is_cut_between_words() -> None:
    assert first_line("many words " * 10) == "many words " * 6 + "many words…"
    assert first_line("a" * 79 + " b") == "a" * 79 + "…"


# --- writing and reading ------------------------------------------------------


def test_alice_writes_reads_changes_and_deletes(both: TestHouse) -> None:
    viewer = person(both, "Alice").viewer
    number = write(both, viewer, "First\nsome words")
    [note] = notes(both, viewer)
    assert (note.text, note.day) == ("First\nsome words", clock.day())
    clock.offset += 3 * clock.DAY
    with both.database.write() as uow:
        commands.rewrite_note(uow, viewer, number, "Second", version=note.version)
    [changed] = notes(both, viewer)
    assert (changed.text, changed.day) == ("Second", note.day)
    with both.database.write() as uow:
        commands.delete_note(uow, viewer, number, version=changed.version)
    assert rows(both) == []


def test_a_free_place_is_the_lowest(house: TestHouse) -> None:
    viewer = person(house, "Alice").viewer
    assert [write(house, viewer, text) for text in ("a", "b", "c")] == [0, 1, 2]
    second = next(note for note in notes(house, viewer) if note.text == "b")
    with house.database.write() as uow:
        commands.delete_note(uow, viewer, 1, version=second.version)
    assert write(house, viewer, "d") == 1


def test_the_same_words_twice_on_a_day_are_one_note(both: TestHouse) -> None:
    viewer = person(both, "Alice").viewer
    assert write(both, viewer, "once") == write(both, viewer, " once\n")
    assert len(rows(both)) == 1
    clock.offset += clock.DAY
    assert write(both, viewer, "once") == 1


def test_what_a_form_did_not_show_is_neither_written_over_nor_deleted(house: TestHouse) -> None:
    viewer = person(house, "Alice").viewer
    write(house, viewer, "one")
    [old] = notes(house, viewer)
    with house.database.write() as uow:
        commands.rewrite_note(uow, viewer, 0, "two", version=old.version)
    with house.database.write() as uow, pytest.raises(Conflict):
        commands.rewrite_note(uow, viewer, 0, "three", version=old.version)
    with house.database.write() as uow, pytest.raises(Conflict):
        commands.delete_note(uow, viewer, 0, version=old.version)
    assert [note.text for note in notes(house, viewer)] == ["two"]


def test_two_hundred_and_no_more(house: TestHouse) -> None:
    viewer = person(house, "Alice").viewer
    with house.database.write() as uow:
        for number in range(MOST):
            commands.write_note(uow, viewer, f"note {number}")
    with pytest.raises(Refused) as refusal:
        write(house, viewer, "one more")
    assert refusal.value.why == "private.full"
    with house.database.read() as db:
        assert queries.private_shelf(db, viewer).free == 0


@pytest.mark.parametrize("text", ["", "  \n ", "\u202e\x00"])
def test_nothing_is_no_note(house: TestHouse, text: str) -> None:
    with pytest.raises(Invalid):
        write(house, person(house, "Alice").viewer, text)


# --- whose it is --------------------------------------------------------------


def test_nobody_else_and_no_other_name_of_hers_opens_them(both: TestHouse) -> None:
    alice, bob = person(both, "Alice"), person(both, "Bob")
    write(both, alice.viewer, "mine")
    alice.add("Zahra")
    for other in (bob.viewer, alice.viewer):
        assert notes(both, other) == []
        with both.database.read() as db, pytest.raises(NotFound):
            queries.get_private_note(db, other, 0)
    for nobody in (Viewer(), account(both, "Charlie").viewer):
        with both.database.read() as db, pytest.raises(NotFound):
            queries.private_shelf(db, nobody)
    assert [note.text for note in notes(both, alice.use("Alice"))] == ["mine"]


def test_rows_of_two_names_of_one_person_share_nothing(house: TestHouse) -> None:
    alice = person(house, "Alice")
    first = alice.viewer
    second = alice.add("Zahra")
    for viewer in (first, second):
        write(house, viewer, "the same words")
    values = [value for tag, blob, _ in rows(house) for value in (tag, blob)]
    grams = [{value[at : at + 8] for at in range(len(value) - 7)} for value in values]
    assert sum(len(one) for one in grams) == len(set().union(*grams))
    everything = b"".join(values)
    for pid in alice.viewer.siblings:
        assert pid[:8] not in everything


# --- how long it stays --------------------------------------------------------


def look(house: TestHouse, alice: Person, *, times: int = 1) -> None:
    keeping: Keeping = house.site.rooms["keeping"]
    for _ in range(times):
        assert alice.browser().get("/me/notes").status == 200
        keeping.write()


def test_a_look_at_the_list_puts_off_their_end(both: TestHouse) -> None:
    alice = person(both, "Alice")
    for number in range(8):
        write(both, alice.viewer, f"note {number}")
    before = {tag: until for tag, _, until in rows(both)}
    assert all(8 <= until - clock.quarter() <= 10 for until in before.values())
    look(both, alice)
    assert {tag: until for tag, _, until in rows(both)} == before
    clock.offset += 190 * clock.DAY
    alice.sign_in()
    look(both, alice)
    assert all(until - before[tag] >= 1 for tag, _, until in rows(both))
    look(both, alice, times=40)
    assert all(8 <= until - clock.quarter() <= 10 for _, _, until in rows(both))


def test_one_look_moves_only_some_of_the_rows_that_could_move(house: TestHouse) -> None:
    alice = person(house, "Alice")
    for number in range(60):
        write(house, alice.viewer, f"note {number}")
    before = {tag: until for tag, _, until in rows(house)}
    clock.offset += 91.3 * clock.DAY
    alice.sign_in()
    look(house, alice)
    moved = sum(until != before[tag] for tag, _, until in rows(house))
    assert 5 <= moved <= 55


def test_reading_writes_nothing_by_itself(house: TestHouse) -> None:
    alice = person(house, "Alice")
    write(house, alice.viewer, "words")
    clock.offset += 400 * clock.DAY
    alice.sign_in()
    before = rows(house)
    alice.browser().get("/me/notes")
    assert rows(house) == before


def test_deleting_the_name_deletes_its_notes_and_no_others(both: TestHouse) -> None:
    alice, bob = person(both, "Alice"), person(both, "Bob")
    write(both, bob.viewer, "Bob's")
    write(both, alice.viewer, "of Alice")
    write(both, alice.add("Zahra"), "of Zahra")
    flows.drop_persona(both.site, alice.viewer, alice.cookie, remove_posts=False)
    assert len(rows(both)) == 2
    assert [note.text for note in notes(both, bob.viewer)] == ["Bob's"]


@pytest.mark.parametrize("at_once", [True, False])
def test_deleting_the_account_deletes_those_of_every_name(both: TestHouse, at_once: bool) -> None:
    alice, bob = person(both, "Alice"), person(both, "Bob").viewer
    write(both, bob, "Bob's")
    for number in range(17):
        write(both, alice.viewer, f"of Alice {number}")
    write(both, alice.add("Zahra"), "of Zahra")
    who = unlock(both.site, alice.name, alice.passphrase)
    flows.delete_account(both.site, who, remove=(), at_once=at_once)
    clock.offset += 73 * clock.HOUR
    Staggered(both.database, both.keys.of("field")).all_now()
    [left] = rows(both)
    assert left[0] == queries.save_keys(bob).tag(0)


# --- nothing readable ---------------------------------------------------------


def test_nothing_of_a_note_is_readable_in_any_file(
    house: TestHouse, caplog: pytest.LogCaptureFixture
) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    fields = {"text": f"{CANARY}\nthe rest of it"}
    assert browser.submit("/me/notes/new", "/me/notes", **fields).status == 303
    browser.submit("/me/notes/0/edit", "/me/notes/0", text=f"{CANARY} again")
    browser.post("/me/notes", fields)
    browser.submit("/me/notes/0/edit", "/me/notes/0", text="x" * 12_001 + CANARY)
    files = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    connection = house.database.connection()
    values = [v for n in metadata.tables for row in connection.execute(f'SELECT * FROM "{n}"') for v in row]
    assert len(rows(house)) == 1
    assert b"lavender" not in files + b"".join(v for v in values if isinstance(v, bytes))
    assert "lavender" not in "".join(v for v in values if isinstance(v, str))
    assert "lavender" not in caplog.text
