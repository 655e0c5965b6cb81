"""Threads for what may wait: for a write, a slow hash, a question to another server.

The usual way there costs the event loop several times as much, which every reply pays.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
Work = Callable[[], None]
MOST = 40
"""At one time; what comes then waits its turn."""
_REST = 10.0
"""So many seconds a thread waits for more. What it holds, a connection and what that read, goes with it."""


class Threads:
    """As many as are needed, ``most`` at one time. Who worked last is asked first: it still knows most, and the others end."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._alive = 0
        self._free: list[SimpleQueue[Work]] = []
        self._waiting: deque[Work] = deque()

    async def run(self, call: Callable[..., T], *given: Any) -> T:
        """What this gives back, or raises, in another thread. What was begun comes to its end, whoever stops waiting."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def carry_out() -> None:
            answer: tuple[T | None, BaseException | None]
            try:
                answer = call(*given), None
            except BaseException as wrong:
                answer = None, wrong
            # A loop that was closed meanwhile is told nothing.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_tell, done, *answer)
            # What went wrong holds this frame, and would be held by it.
            del answer

        self._take(carry_out)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            await asyncio.wait([done])
            raise

    def _take(self, work: Work) -> None:
        with self._lock:
            if self._free:
                self._free.pop().put(work)
                return
            if self._alive == self._most:
                self._waiting.append(work)
                return
            self._alive += 1
        # Not as an argument: a thread holds those as long as it lives.
        handed: SimpleQueue[Work] = SimpleQueue()
        handed.put(work)
        threading.Thread(target=self._serve, args=(handed,), name="door", daemon=True).start()

    def _serve(self, handed: SimpleQueue[Work]) -> None:
        work: Work | None = handed.get()
        while work is not None:
            work()
            # Who asked, with what was typed, goes now, and not when the next one comes.
            del work
            work = self._next(handed)

    def _next(self, handed: SimpleQueue[Work]) -> Work | None:
        """What this thread is to do now; None where it was not needed for a while."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._free.append(handed)
        try:
            return handed.get(timeout=_REST)
        except Empty:
            pass
        with self._lock:
            if handed in self._free:
                self._free.remove(handed)
                self._alive -= 1
                return None
        # Somebody has just counted on it.
        return handed.get()


def _tell(done: asyncio.Future[Any], found: Any, trouble: BaseException | None) -> None:
    if trouble is None:
        done.set_result(found)
    else:
        done.set_exception(trouble)
