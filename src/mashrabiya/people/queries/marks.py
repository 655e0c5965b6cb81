"""Up to where the persona in use has read: asked of so many threads as a list shows, and by nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.read import ReadKeys
from mashrabiya.people.tables import MARK
from mashrabiya.platform.db import Read, Statement

SOME = 20
"""Threads asked about at once: always as many, read or not."""

_NAMES = [f"mark{number}" for number in range(SOME)]
MARKS = select(MARK.c.tag, MARK.c.blob).where(
    MARK.c.tag.in_([bindparam(name, type_=LargeBinary) for name in _NAMES])
)
"""Marks by their tags, for a room above that reads them along with its own rows."""

ONE_MARK = select(MARK.c.blob).where(MARK.c.tag == bindparam("mark", type_=LargeBinary)).scalar_subquery()
"""The mark of one thread, in the same way."""

_ASKED: Statement[None] = Statement(MARKS)
Marked = dict[bytes, int]


def read_keys(viewer: Viewer) -> ReadKeys:
    """Those of the persona in use."""
    if viewer.work is None or not viewer.speaks:
        raise NotFound
    return ReadKeys.of(viewer.work, viewer.slot)


def mark_values(viewer: Viewer, tids: Sequence[bytes]) -> dict[str, bytes]:
    """Values for ``MARKS``."""
    keys = read_keys(viewer)
    tags = [keys.tag(tid) for tid in tids[:SOME]]
    return dict(zip(_NAMES, [*tags, *[b""] * (SOME - len(tags))], strict=True))


def opened_marks(viewer: Viewer, tids: Iterable[bytes], rows: Iterable[tuple[bytes, bytes]]) -> Marked:
    """By thread, the number of the last post that she has read there."""
    keys, found = read_keys(viewer), {bytes(tag): bytes(blob) for tag, blob in rows}
    if not found:
        return {}
    tagged = ((tid, found.get(keys.tag(tid))) for tid in tids)
    return {tid: n for tid, blob in tagged if blob and (n := keys.open(tid, blob))}


def marks_of(db: Read, viewer: Viewer, tids: Sequence[bytes]) -> Marked:
    """The same, asked by itself: one statement for each twenty."""
    rows = [
        (row[0], row[1])
        for at in range(0, len(tids), SOME)
        for row in db.tuples(_ASKED, **mark_values(viewer, tids[at : at + SOME]))
    ]
    return opened_marks(viewer, tids, rows)
