"""Reading what a persona keeps: her person asks with two hundred tags, and nobody else can ask at all."""

from __future__ import annotations

import msgspec
from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.saved import MOST, Kind, Saved, SaveKeys, read_bookmark
from mashrabiya.people.tables import SAVE
from mashrabiya.people.types import KeptForLater, PrivateNote, PrivateShelf, TakenWords
from mashrabiya.platform.db import Read, Statement

_TAGS = [f"tag{number}" for number in range(MOST)]


class SavedRow(msgspec.Struct, frozen=True):
    """A row as it lies in the database: sealed."""

    tag: bytes
    blob: bytes
    until_q: int


_COLUMNS = select(SAVE.c.tag, SAVE.c.blob, SAVE.c.until_q)
_SAVED = Statement(
    _COLUMNS.where(SAVE.c.tag.in_([bindparam(tag, type_=LargeBinary) for tag in _TAGS])), into=SavedRow
)
_ONE = Statement(_COLUMNS.where(SAVE.c.tag == bindparam("tag", type_=LargeBinary)), into=SavedRow)


def save_keys(viewer: Viewer) -> SaveKeys:
    """The keys of the persona in use."""
    if viewer.work is None or not viewer.speaks:
        raise NotFound
    return SaveKeys.of(viewer.work, viewer.slot)


def saved_rows(db: Read, keys: SaveKeys) -> dict[int, SavedRow]:
    """Everything a persona keeps, by number: always all two hundred places are asked for."""
    tags = keys.tags()
    rows = {row.tag: row for row in db.all(_SAVED, **dict(zip(_TAGS, tags, strict=True)))}
    return {number: rows[tag] for number, tag in enumerate(tags) if tag in rows}


def private_notes(keys: SaveKeys, rows: dict[int, SavedRow]) -> list[PrivateNote]:
    """The notes among these rows, the newest day first."""
    opened = (_note(keys, number, row) for number, row in rows.items())
    notes = [note for note in opened if note is not None]
    return sorted(notes, key=lambda note: (note.day, note.number), reverse=True)


def kept_in(keys: SaveKeys, rows: dict[int, SavedRow]) -> list[KeptForLater]:
    """What is kept for later among these rows, the newest day first."""
    opened = ((number, keys.open(row.blob, row.tag)) for number, row in rows.items())
    kept = [_kept(number, saved) for number, saved in opened if saved.kind is Kind.BOOKMARK]
    return sorted(kept, key=lambda one: (one.day, one.number), reverse=True)


def _kept(number: int, saved: Saved) -> KeptForLater:
    what, remark, again = read_bookmark(saved.body)
    return KeptForLater(number, what, remark, saved.day, again)


def taken_in(keys: SaveKeys, rows: dict[int, SavedRow]) -> list[TakenWords]:
    """What was taken back and is sealed among these rows, the newest day first."""
    opened = ((number, keys.open(row.blob, row.tag)) for number, row in rows.items())
    taken = [
        TakenWords(number, *_parted(saved.body), saved.day)
        for number, saved in opened
        if saved.kind is Kind.TAKEN_BACK
    ]
    return sorted(taken, key=lambda one: (one.day, one.number), reverse=True)


def taken_back(db: Read, viewer: Viewer) -> list[TakenWords]:
    """What the persona in use took back and can still open."""
    keys = save_keys(viewer)
    return taken_in(keys, saved_rows(db, keys))


def _parted(body: bytes) -> tuple[bytes, bytes]:
    end = 1 + body[0]
    return body[1:end], body[end:]


def kept_for_later(db: Read, viewer: Viewer) -> tuple[list[KeptForLater], dict[bytes, tuple[int, int]]]:
    """What the persona in use keeps for later, and which rows would go too early after this look at them."""
    keys = save_keys(viewer)
    rows = saved_rows(db, keys)
    return kept_in(keys, rows), early(keys, rows)


def one_row(db: Read, tag: bytes) -> SavedRow | None:
    """The row in one place, if there is one."""
    return db.first(_ONE, tag=tag)


def find_private_note(db: Read, viewer: Viewer, number: int) -> PrivateNote | None:
    """One note of the persona in use, if it is there."""
    keys = save_keys(viewer)
    row = one_row(db, keys.tag(number))
    return _note(keys, number, row) if row else None


def get_private_note(db: Read, viewer: Viewer, number: int) -> PrivateNote:
    """One note of the persona in use."""
    note = find_private_note(db, viewer, number)
    if note is None:
        raise NotFound
    return note


def _note(keys: SaveKeys, number: int, row: SavedRow) -> PrivateNote | None:
    saved = keys.open(row.blob, row.tag)
    if saved.kind is not Kind.NOTE:
        return None
    return PrivateNote(number, saved.body.decode(), saved.day, keys.version(row.blob))


def kept_until(keys: SaveKeys, number: int) -> int:
    """The quarter of a year until which a row is kept that she looks at now."""
    return clock.quarter(keys.ahead(number))


def private_shelf(db: Read, viewer: Viewer) -> PrivateShelf:
    """All notes of the persona in use, and which rows would go too early after this look at them."""
    keys = save_keys(viewer)
    rows = saved_rows(db, keys)
    return PrivateShelf(private_notes(keys, rows), MOST - len(rows), early(keys, rows))


def early(keys: SaveKeys, rows: dict[int, SavedRow]) -> dict[bytes, tuple[int, int]]:
    """Rows that would go too early after she looked: the quarter each has, and the one it should have."""
    until = {row.tag: (row.until_q, kept_until(keys, number)) for number, row in rows.items()}
    return {tag: (has, wanted) for tag, (has, wanted) in until.items() if has < wanted}
