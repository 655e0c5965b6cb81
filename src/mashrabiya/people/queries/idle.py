"""When locked sessions were used last, and how often their number was missed: in memory, and only there.

The database keeps no such times and counters: it would say who is awake, and who is being tried.
"""

from __future__ import annotations

import threading

from mashrabiya.kernel import clock

IDLE_SECONDS = 1800
MISSES = 5
_KEPT = 3 * clock.HOUR
_MANY = 20_000


class Idle:
    """Sessions that ask for a number after so long without use. One for each process.

    Of a session that this process does not know, it knows the hour of its last use: so after a
    restart, or where several processes serve one house, an earlier hour counts as idle.
    """

    def __init__(self) -> None:
        self._used: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def goes_on(self, sid: bytes, *, used_this_hour: bool) -> bool:
        """Whether the session may go on, being used now."""
        now = clock.now()
        with self._lock:
            last = self._used.get(sid)
            fresh = used_this_hour if last is None else now - last <= IDLE_SECONDS
            if fresh:
                self._note(sid, now)
        return fresh

    def is_fresh(self, sid: bytes, *, used_this_hour: bool = False) -> bool:
        """Whether it was used lately, without using it."""
        with self._lock:
            last = self._used.get(sid)
        return used_this_hour if last is None else clock.now() - last <= IDLE_SECONDS

    def begin(self, sid: bytes) -> None:
        """It was opened now."""
        with self._lock:
            self._note(sid, clock.now())

    def _note(self, sid: bytes, now: float) -> None:
        if len(self._used) >= _MANY:
            self._used = {one: last for one, last in self._used.items() if now - last < _KEPT}
        self._used[sid] = now


class Misses:
    """How often a number was tried in vain. Lost at a restart, which nobody at the keys can bring about."""

    def __init__(self) -> None:
        self._tried: dict[bytes, int] = {}
        self._lock = threading.Lock()

    def take(self, sid: bytes) -> int:
        """How many tries are left after this one; below zero, this one is too many. Taken before it is judged."""
        with self._lock:
            if len(self._tried) >= _MANY:
                self._tried.clear()
            self._tried[sid] = self._tried.get(sid, 0) + 1
            return MISSES - self._tried[sid]

    def give_back(self, sid: bytes) -> None:
        """It was not judged."""
        with self._lock:
            self._tried[sid] = max(0, self._tried.get(sid, 0) - 1)

    def forget(self, sid: bytes) -> None:
        """It opened, or is gone."""
        with self._lock:
            self._tried.pop(sid, None)
