"""Chance and time held still, so that two houses in which the same happens are the same bytes.

Everything random in the house comes from the machine through ``secrets`` or
``os.urandom``, or is shuffled by ``random``; every time it keeps comes from
``kernel.clock``. Here both come from what a test says instead.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from types import FrameType
from typing import Any
from weakref import WeakSet

import pytest

from mashrabiya.kernel import clock

NOON = 1_790_000_000.0 // clock.DAY * clock.DAY + 12 * clock.HOUR
"""Some noon: the same in every house of these tests."""


_HOUSE = ("mashrabiya.", "tests.")
_REAL = os.urandom


class Chance:
    """Bytes that follow from the name of the step and from who in the house asks for them.

    Each step begins anew: that one house asked for more in the step before does not show in this
    one. Whatever else lives in this process (a browser's driver, the server of an earlier test,
    a library that wants a name once) has chance of its own, for it may ask at any moment.
    """

    def __init__(self) -> None:
        self._step = b""
        self._asked: Counter[str] = Counter()
        self._strangers = WeakSet(threading.enumerate()) - {threading.current_thread()}

    def begin(self, step: str) -> None:
        """From here on everything random follows from this name."""
        self._step = step.encode()
        self._asked.clear()

    def bytes(self, size: int) -> bytes:
        """As many as are asked for, never the same twice within a step."""
        place = _place(sys._getframe(1))
        if place is None or threading.current_thread() in self._strangers:
            return _REAL(size)
        self._asked[place] += 1
        asked = f"\0{place}\0{self._asked[place]}".encode()
        return hashlib.shake_256(self._step + asked).digest(size)

    def shuffle(self, items: list[Any]) -> None:
        """What ``random.shuffle`` does, by the chance of this step."""
        random.Random(self.bytes(16)).shuffle(items)

    def sample(self, items: Sequence[Any], size: int) -> list[Any]:
        """What ``random.sample`` does, by the chance of this step."""
        return random.Random(self.bytes(16)).sample(items, size)


def _place(frame: FrameType | None) -> str | None:
    """The function of the house that wants chance; none where a library wants it for itself."""
    while frame is not None:
        module = str(frame.f_globals.get("__name__"))
        # A statement is made once in a process, with random names inside: that is no step of any house.
        if module.startswith("sqlalchemy."):
            return None
        if module.startswith(_HOUSE) and module != __name__:
            return f"{module}.{frame.f_code.co_name}"
        frame = frame.f_back
    return None


def hold(patch: pytest.MonkeyPatch) -> Chance:
    """Hold chance and time still for as long as the patch lasts. Days still pass by ``clock.offset``."""
    chance = Chance()
    patch.setattr(os, "urandom", chance.bytes)
    # What SystemRandom, and with it ``secrets``, asks.
    patch.setattr(random, "_urandom", chance.bytes)
    patch.setattr(random, "shuffle", chance.shuffle)
    patch.setattr(random, "sample", chance.sample)
    patch.setattr(clock, "now", lambda: NOON + clock.offset)
    return chance
