"""How many hard cases somebody opened today: in memory, for herself alone.

Nothing of it is written, not even sealed: a row that changed with each case would tell whoever has two dumps
which account, which sign-in or which name reads at the desks. What lies in memory bears no name either: the
keys and the cases are marks that only her own session can make. It is gone with the day and with a restart,
and each process of a house counts by itself, so the number can be too small and never too large.
"""

from __future__ import annotations

import threading

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer

MOST = 99
_MANY = 5_000


class Exposure:
    """What was opened today. One for each process."""

    def __init__(self) -> None:
        self._day = 0
        self._opened: dict[bytes, set[bytes]] = {}
        self._lock = threading.Lock()

    def note(self, viewer: Viewer, case: bytes) -> None:
        """She opened this one; opened again it counts once, whichever of her names she uses."""
        if viewer.work is None:
            return
        mark = viewer.work.nullifier(b"hard case", self._today() + case)
        with self._lock:
            opened = self._opened.setdefault(self._who(viewer), set())
            if len(opened) < MOST:
                opened.add(mark)

    def count(self, viewer: Viewer) -> int:
        """How many she opened today."""
        if viewer.work is None:
            return 0
        self._today()
        with self._lock:
            return len(self._opened.get(self._who(viewer), ()))

    def _who(self, viewer: Viewer) -> bytes:
        assert viewer.work is not None
        return viewer.work.nullifier(b"hard day", self._day.to_bytes(4, "big"))

    def _today(self) -> bytes:
        """The day; what was of another one, or of too many people, is forgotten."""
        today = clock.day()
        with self._lock:
            if today != self._day or len(self._opened) >= _MANY:
                self._day, self._opened = today, {}
        return today.to_bytes(4, "big")
