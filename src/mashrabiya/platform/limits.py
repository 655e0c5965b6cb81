"""Slowing without stored addresses: a few counters in memory, lost at restart.

Nobody is locked out for what a neighbour did: a network's counter only adds
work. A name that is guessed at is slowed, never locked. A person has one budget
for all her personas. Keys of the counters are hashed under a key that is random
per process and day; nothing here is ever written or logged.
"""

from __future__ import annotations

import math
import secrets
import threading
from dataclasses import dataclass

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import TooMany
from mashrabiya.kernel.keys import mac

_FULL = 200_000


@dataclass(frozen=True, slots=True)
class Budget:
    """So many acts in so many seconds, refilled evenly."""

    acts: int
    seconds: int


NETWORK_SIGN_INS = Budget(20, clock.HOUR)
NETWORK_SIGN_UPS = Budget(5, clock.HOUR)
SITE_SIGN_UPS = Budget(30, clock.HOUR)
NAME_MISSES = Budget(10, clock.DAY)
SLOW_NAME = Budget(1, 30)

# One budget per person and name; routes name them: limit="reply".
BUDGETS: dict[str, Budget] = {
    "post": Budget(60, clock.HOUR),
    "thread": Budget(12, clock.HOUR),
    "reply": Budget(60, clock.HOUR),
    "picture": Budget(40, clock.HOUR),
    "edit": Budget(60, clock.HOUR),
    "join": Budget(30, clock.HOUR),
    "found": Budget(3, clock.DAY),
    "report": Budget(20, clock.HOUR),
    "call": Budget(6, clock.HOUR),
    "decide": Budget(240, clock.HOUR),
    "persona": Budget(20, clock.HOUR),
    "settings": Budget(60, clock.HOUR),
    "passphrase": Budget(10, clock.HOUR),
    "copy": Budget(6, clock.DAY),
    "invite": Budget(10, clock.DAY),
    "search": Budget(240, clock.HOUR),
    "react": Budget(300, clock.HOUR),
    # Looking at what one is about to write, and at what was written like it.
    "show": Budget(240, clock.HOUR),
    # Listening anew: pages opened one after another, and lines that break.
    "live": Budget(1200, clock.HOUR),
    # Of somebody who is new, in a day.
    "first_thread": Budget(1, clock.DAY),
    "first_reply": Budget(10, clock.DAY),
    # In a community where a care team slowed her writing, in a day.
    "slow_reply": Budget(3, clock.DAY),
}


class Limits:
    """The counters of one process. ``on=False`` is for sample houses only."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self._lock = threading.Lock()
        self._used: dict[bytes, tuple[float, float]] = {}
        self._key = secrets.token_bytes(32)
        self._day = clock.day()

    def _tag(self, kind: str, subject: bytes) -> bytes:
        today = clock.day()
        if today != self._day or len(self._used) > _FULL:
            self._day, self._key = today, secrets.token_bytes(32)
            self._used.clear()
        return mac(self._key, kind.encode(), subject)[:8]

    def _level(self, tag: bytes, budget: Budget) -> float:
        """How much of the budget is used now: it flows back evenly with time."""
        used, since = self._used.get(tag, (0.0, 0.0))
        return max(0.0, used - (clock.now() - since) * budget.acts / budget.seconds)

    def _count(self, kind: str, subject: bytes, budget: Budget) -> None:
        with self._lock:
            tag = self._tag(kind, subject)
            # What goes beyond the budget is not held against her longer.
            self._used[tag] = (min(self._level(tag, budget) + 1, budget.acts), clock.now())

    def _over(self, kind: str, subject: bytes, budget: Budget) -> int:
        """Seconds until one more act fits; 0 when it fits now."""
        with self._lock:
            excess = self._level(self._tag(kind, subject), budget) + 1 - budget.acts
        return math.ceil(excess * budget.seconds / budget.acts) if self.on and excess > 0 else 0

    def spend(self, name: str, person: bytes, network: bytes | None = None) -> None:
        """Take one act from a person's budget of that name, or TooMany.

        A visitor has no budget: her network may cost her work elsewhere, and refuses nothing.
        """
        budget = BUDGETS[name]
        if not person:
            return
        after = self._over(name, person, budget)
        if after:
            raise TooMany(after)
        self._count(name, person, budget)

    def left(self, name: str, person: bytes) -> int:
        """How many acts of a person's budget of that name fit now."""
        budget = BUDGETS[name]
        with self._lock:
            used = self._level(self._tag(name, person), budget)
        return int(budget.acts - used + 1e-6) if self.on else budget.acts

    def count(self, name: str, person: bytes) -> None:
        """Take one act from it, whether it fitted or not."""
        self._count(name, person, BUDGETS[name])

    def wait(self, name: str, person: bytes, minutes: int) -> int:
        """Seconds until the next act of that name, where one fits in so many minutes."""
        return self._over(name, person, Budget(1, minutes * 60))

    def began(self, name: str, person: bytes, minutes: int) -> None:
        """One act of that name: until the next, so many minutes go by."""
        self._count(name, person, Budget(1, minutes * 60))

    def sign_in_needs_work(self, network: bytes | None) -> bool:
        """Count a sign-in from there; whether it should cost work first. Never a refusal."""
        return self._crowded("net-in", network, NETWORK_SIGN_INS)

    def sign_up_from(self, network: bytes | None) -> bool:
        """Count a sign-up from there; whether its network is crowded."""
        return self._crowded("net-up", network, NETWORK_SIGN_UPS)

    def _crowded(self, kind: str, network: bytes | None, budget: Budget) -> bool:
        if not network:
            return False
        crowded = self._over(kind, network, budget) > 0
        self._count(kind, network, budget)
        return crowded

    def site_is_busy(self) -> bool:
        """Whether the whole house has had more sign-ups than usual this hour."""
        return self._over("site-up", b"", SITE_SIGN_UPS) > 0

    def count_sign_up(self) -> None:
        """One more account in this house."""
        self._count("site-up", b"", SITE_SIGN_UPS)

    def name_wait(self, name: bytes) -> int:
        """Seconds until this sign-in name may be tried again: 0 until it missed ten times."""
        if not self._over("miss", name, NAME_MISSES):
            return 0
        return self._over("slow", name, SLOW_NAME)

    def spend_try(self, name: bytes) -> None:
        """One more attempt under this name, or TooMany."""
        wait = self.name_wait(name)
        if wait:
            raise TooMany(wait)
        self.count_try(name)

    def count_try(self, name: bytes) -> None:
        """One more attempt under this name; whether it is right is not known yet."""
        self._count("slow", name, SLOW_NAME)

    def count_miss(self, name: bytes) -> None:
        """One more attempt that opened nothing."""
        self._count("miss", name, NAME_MISSES)
