"""That somebody was told something, for pages of hers that are open: a counter for each of 4,096 buckets of names.

An open page watches the bucket of the name in use and asks, when it grows, whether anything is new for her. Many share
a bucket, so that it often was for somebody else; what the disk holds says of nobody that she was told anything.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from sqlalchemy import Integer, bindparam, select, update

from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications.rules import is_unnamed
from mashrabiya.notifications.tables import STIR
from mashrabiya.platform.db import Read, Statement, Write
from mashrabiya.platform.keys import ServerKeys

BUCKETS = 4096
KIND = "b"
_SOME, _LATELY = 16, 1.0
_NAMES = [f"bucket{number}" for number in range(_SOME)]
_ONE_OF = STIR.c.bucket.in_([bindparam(name, type_=Integer) for name in _NAMES])
_ADD: Statement[None] = Statement(update(STIR).where(_ONE_OF).values(n=STIR.c.n + 1))
_NUMBERS: Statement[None] = Statement(select(STIR.c.bucket, STIR.c.n).where(_ONE_OF))
_NONE = -1


class Stirs:
    """Told to whoever has a page open, as a topic of the lines (``platform.live``): size of its keys in bytes."""

    size = 2

    def __init__(self, keys: ServerKeys, lately: float = _LATELY) -> None:
        self._key, self._lately = keys.of("field"), lately
        self._last: dict[int, float] = {}

    def topic(self, viewer: Viewer) -> str:
        """What a page of hers says that it watches, without the number."""
        return f"{KIND}.{show_id(self._bucket(viewer.pid).to_bytes(self.size, 'big'))}"

    def heard(self, uow: Write, told: Iterable[tuple[bytes, int]]) -> None:
        """These addresses were told something; what grew within the last second has grown enough."""
        now = time.monotonic()
        found = {self._bucket(addr) for addr, kind in told if not is_unnamed(kind)}
        grown = [one for one in found if self._last.get(one, 0.0) + self._lately <= now]
        for some in _by(grown):
            if uow.run(_ADD, **_asked(some)) < len(some):
                for bucket in some:
                    uow.insert_once(STIR, bucket=bucket, n=0)
                uow.run(_ADD, **_asked(some))
        self._last.update(dict.fromkeys(grown, now))

    def readable(self, db: Read, viewer: Viewer, keys: Sequence[bytes]) -> set[bytes]:
        """That of the name in use; none where nobody beside her shall see that she was told."""
        if not viewer.speaks or viewer.discreet:
            return set()
        return {self._bucket(viewer.pid).to_bytes(self.size, "big")} & set(keys)

    def numbers(self, db: Read, keys: Sequence[bytes]) -> dict[bytes, int]:
        """How often each has grown; of what never has, nothing."""
        found: dict[bytes, int] = {}
        for some in _by([int.from_bytes(key, "big") for key in keys]):
            rows = db.tuples(_NUMBERS, **_asked(some))
            found.update((int(bucket).to_bytes(self.size, "big"), int(n)) for bucket, n in rows)
        return found

    def _bucket(self, addr: bytes) -> int:
        # A keyed hash like ``mac``, at a quarter of its cost: a reply asks it for all who follow, and they need two bytes.
        hashed = blake2b(addr, digest_size=self.size, key=self._key, person=b"stir")
        return int.from_bytes(hashed.digest(), "big") % BUCKETS


def _by(buckets: Sequence[int]) -> list[Sequence[int]]:
    return [buckets[at : at + _SOME] for at in range(0, len(buckets), _SOME)]


def _asked(some: Sequence[int]) -> dict[str, int]:
    return dict(zip(_NAMES, (*some, *[_NONE] * (_SOME - len(some))), strict=True))
