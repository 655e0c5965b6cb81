"""A sealed copy of words that somebody took back: for a day, for her alone, so that she can bring them again."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands.saved import drop_saved
from mashrabiya.people.sealed.saved import MOST, Kind, Saved
from mashrabiya.people.tables import SAVE
from mashrabiya.platform import due
from mashrabiya.platform.db import Statement, Write

LET_GO = "people.taken"
_WITHIN = (clock.DAY, clock.DAY + 2 * clock.HOUR)
_TAG, _NONCE = 16, 12
_BLOB: Statement[None] = Statement(
    select(SAVE.c.blob).where(SAVE.c.tag == bindparam("which", type_=LargeBinary))
)


def keep_taken(uow: Write, viewer: Viewer, key: bytes, *, what: bytes, body: bytes) -> bool:
    """Seal what was taken back under the persona in use; False where it keeps as much as it may.

    The same once more changes nothing. The row is like every other of hers. A note for later lets it go after a
    day, without a key of hers; the note is sealed under ``key``, the house's "field".
    """
    keys = queries.save_keys(viewer)
    rows = queries.saved_rows(uow, keys)
    before = next((one for one in queries.taken_in(keys, rows) if one.what == what), None)
    if before is not None and before.body == body:
        return True
    free = (number for number in range(MOST) if number not in rows)
    number = next(free, None) if before is None else before.number
    if number is None:
        return False
    tag = keys.tag(number)
    blob = keys.seal(Saved(Kind.TAKEN_BACK, clock.day(), bytes([len(what)]) + what + body), tag)
    if before is not None:
        drop_saved(uow, [tag])
    uow.insert(SAVE, tag=tag, blob=blob, until_q=queries.kept_until(keys, number))
    due.add(uow, key, LET_GO, tag + blob[:_NONCE], within=_WITHIN)
    return True


def let_taken_go(uow: Write, viewer: Viewer, what: bytes) -> None:
    """The sealed copy is gone now; asked twice, it stays so."""
    keys = queries.save_keys(viewer)
    rows = queries.saved_rows(uow, keys)
    drop_saved(uow, [keys.tag(one.number) for one in queries.taken_in(keys, rows) if one.what == what])


def forget_taken(uow: Write, ref: bytes) -> None:
    """The day is over. Where something else lies in that row by now, it stays. Safe to run twice."""
    tag, nonce = ref[:_TAG], ref[_TAG:]
    blob = uow.scalar(_BLOB, which=tag)
    if blob is not None and bytes(blob)[:_NONCE] == nonce:
        drop_saved(uow, [tag])
