"""Drafts of the persona in use, which her person alone finds and opens."""

from __future__ import annotations

from msgspec import msgpack

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.saved import SavedRow, early, one_row, save_keys, saved_rows
from mashrabiya.people.sealed.saved import Kind, SaveKeys
from mashrabiya.people.types import DraftShelf, KeptDraft
from mashrabiya.platform.db import Read


def drafts_in(keys: SaveKeys, rows: dict[int, SavedRow]) -> list[KeptDraft]:
    """The drafts among these rows, the newest day first; also those whose time is over."""
    opened = (open_draft(keys, number, row) for number, row in rows.items())
    return sorted((one for one in opened if one), key=lambda one: (-one.day, one.number))


def drafts(db: Read, viewer: Viewer) -> DraftShelf:
    """All drafts of the persona in use, and what this look at them changes."""
    keys = save_keys(viewer)
    rows = saved_rows(db, keys)
    found = drafts_in(keys, rows)
    over = {keys.tag(one.number): bytes(rows[one.number].blob) for one in found if one.is_over}
    wanted = {tag: has for tag, has in early(keys, rows).items() if tag not in over}
    return DraftShelf([one for one in found if not one.is_over], wanted, over)


def find_draft(db: Read, viewer: Viewer, number: int) -> KeptDraft | None:
    """One draft of the persona in use, if it is there and its time is not over."""
    keys = save_keys(viewer)
    row = one_row(db, keys.tag(number))
    found = open_draft(keys, number, row) if row else None
    return found if found and not found.is_over else None


def get_draft(db: Read, viewer: Viewer, number: int) -> KeptDraft:
    """One draft of the persona in use."""
    found = find_draft(db, viewer, number)
    if found is None:
        raise NotFound
    return found


def open_draft(keys: SaveKeys, number: int, row: SavedRow) -> KeptDraft | None:
    """What lies in this row, where it is a draft."""
    saved = keys.open(row.blob, row.tag)
    if saved.kind is not Kind.DRAFT:
        return None
    what, fields = msgpack.decode(saved.body, type=tuple[bytes, dict[str, str]])
    return KeptDraft(number, what, fields, saved.day, keys.version(row.blob))
