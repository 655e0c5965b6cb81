"""Up to where somebody has read: sealed, gathered in memory, and nobody's but hers."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Face, Viewer
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.queries import marks_of, read_keys
from mashrabiya.people.sealed import tongue
from mashrabiya.people.sealed.read import FURTHEST, NEAREST, ReadKeys
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.tables import MARK
from mashrabiya.platform.db import Database
from mashrabiya.platform.retention.engine import _expiring

WORK, OTHER = Work(b"a" * 32), Work(b"b" * 32)
TIDS = [bytes([number]) * 16 for number in range(1, 46)]


def reader(work: Work = WORK, slot: int = 0) -> Viewer:
    return Viewer(
        work=work, slot=slot, siblings=work.persona_ids(), face=Face("Alice", "p", bytes(8)), keeps_place=True
    )


@pytest.fixture
def marks(database: Database) -> Marks:
    """Written when the test says so."""
    return Marks(database, every=10_000)


def rows(database: Database) -> list[tuple[bytes, bytes, int]]:
    found = database.connection().execute("SELECT tag, blob, until_q FROM mark").fetchall()
    return [(bytes(tag), bytes(blob), until) for tag, blob, until in found]


def read(database: Database, viewer: Viewer, tids: list[bytes] = TIDS) -> dict[bytes, int]:
    with database.read() as db:
        return marks_of(db, viewer, tids)


def test_a_place_is_written_a_little_later_and_found_again(database: Database, marks: Marks) -> None:
    marks.move(reader(), TIDS[0], 12)
    assert rows(database) == []
    assert marks.known(reader(), TIDS) == {TIDS[0]: 12}
    marks.write()
    assert read(database, reader()) == {TIDS[0]: 12}
    assert marks.known(reader(), TIDS) == {}
    marks.move(reader(), TIDS[0], 31)
    marks.move(reader(), TIDS[40], 2)
    marks.write()
    assert read(database, reader()) == {TIDS[0]: 31, TIDS[40]: 2}
    assert len(rows(database)) == 2


def test_it_is_hers_alone_and_of_one_persona(database: Database, marks: Marks) -> None:
    marks.move(reader(), TIDS[0], 12)
    for other in (reader(slot=1), reader(OTHER)):
        assert marks.known(other, TIDS) == {}
    marks.write()
    for other in (reader(slot=1), reader(OTHER)):
        assert read(database, other) == {}
        assert read_keys(other).open(TIDS[0], rows(database)[0][1]) == 0
    with pytest.raises(NotFound):
        read_keys(Viewer(work=WORK, siblings=WORK.persona_ids()))
    with pytest.raises(NotFound):
        read_keys(Viewer())


def test_a_row_says_nothing(database: Database, marks: Marks) -> None:
    for n, tid in enumerate(TIDS[:5], 1):
        marks.move(reader(), tid, n * 100)
    marks.write()
    for tag, blob, _ in rows(database):
        assert (len(tag), len(blob)) == (16, 32)
        for value in (tag, blob):
            assert not any(tid[:8] in value for tid in TIDS)
            assert WORK.persona_id(0)[:8] not in value
    blobs = [blob for _, blob, _ in rows(database)]
    assert len({blob[12:] for blob in blobs}) == len(blobs)


def test_whoever_leaves_takes_along_what_is_not_written(database: Database, marks: Marks) -> None:
    marks.move(reader(), TIDS[0], 5)
    marks.move(reader(slot=3), TIDS[1], 5)
    marks.move(reader(OTHER), TIDS[2], 5)
    marks.drop(WORK)
    marks.write()
    assert read(database, reader()) == read(database, reader(slot=3)) == {}
    assert read(database, reader(OTHER)) == {TIDS[2]: 5}
    marks.move(reader(OTHER), TIDS[3], 5)
    marks.drop_of(OTHER.group_key())
    marks.write()
    assert read(database, reader(OTHER)) == {TIDS[2]: 5}


def test_memory_ties_no_two_names_and_holds_no_key(marks: Marks) -> None:
    for slot in (0, 1):
        marks.move(reader(slot=slot), TIDS[0], 5)
    held = marks._waiting
    assert len(held) == 2
    known = {WORK.secret, *WORK.persona_ids(), *(WORK.persona_key(slot) for slot in range(2)), TIDS[0]}
    for name, hers in held.items():
        assert name not in known
        for tag, (blob, _) in hers.items():
            assert tag not in known
            assert len(blob) == 32


def test_memory_is_bounded(marks: Marks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mashrabiya.people.commands.marks._ROOM", 3)
    for tid in TIDS[:5]:
        marks.move(reader(), tid, 1)
    assert set(marks.known(reader(), TIDS)) == set(TIDS[:3])
    # What is there already may still move.
    marks.move(reader(), TIDS[0], 9)
    assert marks.known(reader(), TIDS)[TIDS[0]] == 9
    marks.drop(WORK)
    marks.move(reader(OTHER), TIDS[4], 1)
    assert marks.known(reader(OTHER), TIDS) == {TIDS[4]: 1}


def test_a_place_fades_within_a_year_and_not_with_its_neighbours(database: Database, marks: Marks) -> None:
    for tid in TIDS:
        marks.move(reader(), tid, 1)
    marks.write()
    until = [row[2] for row in rows(database)]
    now = clock.quarter()
    assert min(until) >= now + NEAREST
    assert max(until) <= now + FURTHEST
    assert len(set(until)) > 1
    clock.offset += (FURTHEST + 1) * 92 * clock.DAY
    forget = _expiring(MARK, MARK.info["expire"])
    for _ in TIDS:
        with database.write() as uow:
            forget(uow)
    assert rows(database) == []


def test_a_number_too_large_stays_within_its_bits() -> None:
    keys = ReadKeys.of(WORK, 0)
    assert keys.open(TIDS[0], keys.seal(TIDS[0], 10**9)) == (1 << 20) - 1
    assert keys.open(TIDS[1], keys.seal(TIDS[0], 5)) == 0
    assert keys.open(TIDS[0], b"short") == 0


def test_a_session_carries_how_she_reads() -> None:
    for chosen in (
        Preferences(),
        Preferences(forgets=True),
        Preferences(light=True, keys=False),
        Preferences(
            forgets=True, light=True, keys=False, desk="007f0820", rest_until=497000, lock_minutes=20
        ),
    ):
        assert tongue.unpack(tongue.pack(chosen)) == chosen
        assert len(tongue.pack(chosen)) <= 94
    # A session from before has neither.
    before = b"|".join(tongue.pack(Preferences(desk="x")).split(b"|")[:-1])
    assert tongue.unpack(before) == Preferences(desk="x")
