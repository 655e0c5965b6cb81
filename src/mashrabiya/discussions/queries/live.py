"""Threads as open pages are told of them: up to which number each has come."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.discussions.queries.threads import find_thread
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_SOME = 250
_NAMES = [f"tid{number}" for number in range(_SOME)]
_NUMBERS: Statement[None] = Statement(
    select(THREAD.c.id, THREAD.c.n).where(
        THREAD.c.id.in_([bindparam(name, type_=LargeBinary) for name in _NAMES])
    )
)


class LiveThreads:
    """Told to whoever may read a thread: how many posts it has. What they say she asks for herself."""

    size = ID_SIZE

    def readable(self, db: Read, viewer: Viewer, keys: Sequence[bytes]) -> set[bytes]:
        """Those that she may read now."""
        return {tid for tid in keys if find_thread(db, viewer, tid)}

    def numbers(self, db: Read, keys: Sequence[bytes]) -> dict[bytes, int]:
        """The number of the last post of each; one that is gone is not among them."""
        found: dict[bytes, int] = {}
        for at in range(0, len(keys), _SOME):
            some = [*keys[at : at + _SOME], *[b""] * (_SOME - len(keys[at : at + _SOME]))]
            found.update(
                (bytes(row[0]), int(row[1]))
                for row in db.tuples(_NUMBERS, **dict(zip(_NAMES, some, strict=True)))
            )
        return found
