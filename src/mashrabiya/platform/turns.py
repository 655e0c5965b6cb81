"""Acts that cost much and must never be refused: done one after another, fairly, and nobody is sent away.

Who is in haste shares a door with whoever floods it. So each network has its turn after every other
one; within one, chance decides, since nothing tells who is who; and two turns of three go to those
whose browsers did a small computation meanwhile. Memory alone holds what waits: it is lost at a
restart, and in a line that is too long a neighbour's may push it out.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from mashrabiya.kernel.keys import mac
from mashrabiya.platform.trouble import note

MOST, MOST_OF_ONE = 50_000, 2_000
SHORT = 12
"""So few in line are soon done: whoever comes then is waited for."""
PATIENCE = 3.0
_TRIES, _REST = 5, 0.2


@dataclass(slots=True, eq=False)
class _Turn:
    asked: str
    done: threading.Event = field(default_factory=threading.Event)
    tries: int = 0


class _Side:
    """Networks that take turns, each with those who wait there."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[bytes, list[_Turn]] = OrderedDict()
        self.size = 0

    def add(self, network: bytes, turn: _Turn) -> None:
        waiting = self._waiting.setdefault(network, [])
        waiting.append(turn)
        self.size += 1
        if len(waiting) > MOST_OF_ONE:
            self._any_of(waiting)
        elif self.size > MOST:
            self._push_out()

    def next(self) -> _Turn | None:
        """Somebody of the network whose turn it is."""
        if not self._waiting:
            return None
        network, waiting = self._waiting.popitem(last=False)
        turn = self._any_of(waiting)
        if waiting:
            self._waiting[network] = waiting
        return turn

    def _push_out(self) -> None:
        """Somebody where the most wait."""
        network = max(self._waiting, key=lambda one: len(self._waiting[one]))
        self._any_of(self._waiting[network])
        if not self._waiting[network]:
            del self._waiting[network]

    def _any_of(self, waiting: list[_Turn]) -> _Turn:
        chosen = secrets.randbelow(len(waiting))
        waiting[chosen], waiting[-1] = waiting[-1], waiting[chosen]
        self.size -= 1
        return waiting.pop()


class Turns:
    """The line before one act. Its thread lives as long as anybody waits."""

    def __init__(self, act: Callable[[str], None]) -> None:
        self._act = act
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._worked, self._plain = _Side(), _Side()
        self._count = 0
        self._runs = False

    def take(self, asked: str, network: bytes | None, *, worked: bool = False) -> bool:
        """Stand in line; whether it was done while she waited. If not, it will be."""
        turn = _Turn(asked)
        with self._lock:
            side = self._worked if worked else self._plain
            side.add(mac(self._key, network or b"")[:8], turn)
            short = self._worked.size + self._plain.size <= SHORT
            begins, self._runs = not self._runs, True
        if begins:
            self._begin()
        return turn.done.wait(PATIENCE if short else 0)

    def _begin(self) -> None:
        """Somebody looks after the line: where the machine has no thread left, whoever came last."""
        try:
            threading.Thread(target=self._run, name="turns", daemon=True).start()
        except RuntimeError:
            self._run()

    def _run(self) -> None:
        while (turn := self._next()) is not None:
            turn.tries += 1
            try:
                self._act(turn.asked)
            except Exception as trouble:
                note(trouble, "a turn in line")
                self._again(turn)
            else:
                turn.done.set()

    def _next(self) -> _Turn | None:
        with self._lock:
            self._count += 1
            first, second = self._worked, self._plain
            if self._count % 3 == 0:
                first, second = second, first
            turn = first.next() or second.next()
            self._runs = turn is not None
        return turn

    def _again(self, turn: _Turn) -> None:
        """It failed for a reason of the house's, not of hers: once more after the others."""
        time.sleep(_REST)
        if turn.tries < _TRIES:
            with self._lock:
                self._worked.add(b"", turn)
