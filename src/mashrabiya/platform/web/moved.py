"""Sessions that a request has just replaced: a form sent twice must not sign anybody out.

Whoever presses a button twice sends the second time with the cookie of before, and her
browser never reads the first answer with the new one. For some seconds, and in memory
alone, the old cookie leads to the new: it opens nothing by itself.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from hashlib import sha256

SECONDS = 20.0
MOST = 2048


@dataclass(frozen=True, slots=True)
class Move:
    """The cookie that stands in place of another, the header that brings it, and the door that did so."""

    cookie: str
    header: str
    path: str
    until: float


class Moved:
    """The moves of the last seconds, by hashes of both cookies."""

    def __init__(self) -> None:
        self._moves: dict[bytes, Move] = {}
        self._lock = threading.Lock()

    def remember(self, old: str, new: str, header: str, path: str) -> None:
        """From now on, and not for long, the old cookie leads to the new one."""
        move = Move(new, header, path, time.monotonic() + SECONDS)
        with self._lock:
            self._drop_old()
            self._moves[_key(old)] = self._moves[_key(new)] = move

    def find(self, shown: str) -> Move | None:
        """The move that took this cookie away or brought it, while it is fresh."""
        move = self._moves.get(_key(shown)) if self._moves else None
        return move if move and move.until > time.monotonic() else None

    def _drop_old(self) -> None:
        now = time.monotonic()
        self._moves = {key: move for key, move in self._moves.items() if move.until > now}
        while len(self._moves) > MOST:
            self._moves.pop(next(iter(self._moves)))


def _key(shown: str) -> bytes:
    return sha256(shown.encode()).digest()
