"""Chance and time held still, so that two houses in which the same happens are the same bytes.

Everything random in the house comes from the machine through ``secrets`` or
``os.urandom``, or is shuffled by ``random``; every time it keeps comes from
``kernel.clock``. Here both come from what a test says instead.
"""

from __future__ import annotations

import hashlib
import os
import random
import secrets
import sys
from itertools import count

import pytest

from mashrabiya.kernel import clock

NOON = 1_790_000_000.0 // clock.DAY * clock.DAY + 12 * clock.HOUR
"""Some noon: the same in every house of these tests."""


_NAMES = count(1)


class Chance:
    """Bytes that follow from the name of the step that asks for them.

    Each step begins anew: that one house asked for more in the step before does not show in this one.
    """

    def __init__(self) -> None:
        self._step, self._asked = b"", 0

    def begin(self, step: str) -> None:
        """From here on everything random follows from this name."""
        self._step, self._asked = step.encode(), 0
        random.seed(step)

    def bytes(self, size: int) -> bytes:
        """As many as are asked for, never the same twice within a step."""
        # A statement is made once in a process, with random names inside: that is no step of any house.
        if sys._getframe(1).f_globals["__name__"].startswith("sqlalchemy."):
            return next(_NAMES).to_bytes(size, "big")
        self._asked += 1
        return hashlib.shake_256(self._step + b"\0%d" % self._asked).digest(size)


def hold(patch: pytest.MonkeyPatch) -> Chance:
    """Hold chance and time still for as long as the patch lasts. Days still pass by ``clock.offset``."""
    chance = Chance()
    patch.setattr(os, "urandom", chance.bytes)
    # What SystemRandom, and with it ``secrets``, asks.
    patch.setattr(random, "_urandom", chance.bytes)
    patch.setattr(clock, "now", lambda: NOON + clock.offset)
    chance.begin("is it held?")
    first = secrets.token_bytes(8), secrets.choice(range(10**9)), random.random()
    chance.begin("is it held?")
    assert first == (secrets.token_bytes(8), secrets.choice(range(10**9)), random.random())
    return chance
