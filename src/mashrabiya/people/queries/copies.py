"""Whether a copy was asked for: one sealed row among those that a persona keeps."""

from __future__ import annotations

from collections.abc import Mapping

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.saved import SavedRow, save_keys, saved_rows
from mashrabiya.people.sealed.saved import Kind, Saved, SaveKeys
from mashrabiya.people.types import CopyAsked, CopyOf
from mashrabiya.platform.db import Read

WAIT_HOURS = 24
"""So long she waits: whoever stands behind her and makes her ask has no file today."""

OPEN_HOURS = 7 * 24
"""So long it can then be made."""

_HOUR_BYTES = 4


def pack(of: CopyOf) -> Saved:
    """What the row says: of what, and the hour at which she asked."""
    return Saved(Kind.COPY, clock.day(), bytes([of]) + clock.hour().to_bytes(_HOUR_BYTES, "big"))


def find_copy(db: Read, viewer: Viewer) -> CopyAsked | None:
    """What the persona in use has asked for, while it can still be had."""
    keys = save_keys(viewer)
    found = copy_rows(keys, saved_rows(db, keys))
    return next((asked for asked in found.values() if clock.hour() < asked.over), None)


def copy_rows(keys: SaveKeys, rows: Mapping[int, SavedRow]) -> dict[int, CopyAsked]:
    """The places of all such rows, also of those whose time is over."""
    opened = {number: keys.open(row.blob, row.tag) for number, row in rows.items()}
    return {number: _read(saved.body) for number, saved in opened.items() if saved.kind is Kind.COPY}


def _read(body: bytes) -> CopyAsked:
    ready = int.from_bytes(body[1 : 1 + _HOUR_BYTES], "big") + WAIT_HOURS
    return CopyAsked(CopyOf(body[0]), ready, ready + OPEN_HOURS)
