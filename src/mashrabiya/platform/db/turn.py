"""Whose turn it is to write: one thread's at a time in a process."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from mashrabiya.kernel.errors import Busy

PATIENCE = 30.0
"""So long one write waits for another of this process: longer than for one of another process."""


class Turn:
    """The one writer's place in this process."""

    def __init__(self) -> None:
        self._taken = threading.Lock()
        self._mine = threading.local()
        # Who waits: a list that threads lengthen and shorten needs no lock, a number would.
        self._line: deque[None] = deque()

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Busy where that took too long. Whoever has the turn keeps it."""
        if self.is_mine:
            yield
            return
        if not self._taken.acquire(blocking=False):
            self._line.append(None)
            try:
                if not self._taken.acquire(timeout=PATIENCE):
                    raise Busy
            finally:
                self._line.pop()
        try:
            yield
        finally:
            self._taken.release()

    @contextmanager
    def at_once(self) -> Iterator[bool]:
        """Whether it could be taken without waiting, and before nobody who waits."""
        if self._line or not self._taken.acquire(blocking=False):
            yield False
            return
        self._mine.now = True
        try:
            yield True
        finally:
            self._mine.now = False
            self._taken.release()

    @property
    def is_mine(self) -> bool:
        """Whether this thread took it at once, and has it still."""
        return bool(getattr(self._mine, "now", False))
