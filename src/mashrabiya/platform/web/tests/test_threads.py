"""Threads for what may wait: nothing is lost, nothing is left in the middle, and what is not needed ends."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress

import pytest

from mashrabiya.platform.web import threads as module
from mashrabiya.platform.web.threads import Threads
from mashrabiya.testing.browser import in_a_loop


def test_what_was_asked_for_comes_back_and_what_went_wrong_is_raised() -> None:
    async def both() -> tuple[int, threading.Thread]:
        threads = Threads()
        with pytest.raises(ZeroDivisionError):
            await threads.run(divmod, 1, 0)
        return await threads.run(pow, 2, 10), await threads.run(threading.current_thread)

    found, thread = in_a_loop(both())
    assert found == 1024
    assert thread is not threading.main_thread()


def test_never_more_at_one_time_than_there_may_be_and_all_are_served() -> None:
    now, most, lock = 0, 0, threading.Lock()

    def work(number: int) -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.001)
        with lock:
            now -= 1
        return number

    async def all_of_them() -> list[int]:
        threads = Threads(3)
        return await asyncio.gather(*(threads.run(work, number) for number in range(300)))

    assert in_a_loop(all_of_them()) == list(range(300))
    assert most == 3


def test_whoever_worked_last_is_asked_first() -> None:
    async def one_after_another() -> set[int]:
        threads, gate = Threads(), threading.Barrier(4, timeout=30)
        await asyncio.gather(*(threads.run(gate.wait) for _ in range(4)))
        return {await _rested(threads) for _ in range(10)}

    async def _rested(threads: Threads) -> int:
        # An answer comes back a moment before the thread that gave it is free.
        await asyncio.to_thread(_until, lambda: len(threads._free) == 4)
        return await threads.run(threading.get_ident)

    assert len(in_a_loop(one_after_another())) == 1


def test_a_thread_that_nobody_needs_ends_and_another_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REST", 0.05)

    async def in_turn() -> tuple[threading.Thread, threading.Thread]:
        threads = Threads(1)
        first = await threads.run(threading.current_thread)
        await asyncio.to_thread(first.join, 30)
        return first, await threads.run(threading.current_thread)

    first, second = in_a_loop(in_turn())
    assert not first.is_alive()
    assert second is not first


def test_nothing_is_lost_where_threads_end_while_work_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REST", 0.0005)

    async def now_and_then() -> list[int]:
        threads, found = Threads(2), []
        for number in range(400):
            found.append(await threads.run(int, number))
            await asyncio.sleep(0.0005)
        return found

    assert in_a_loop(now_and_then()) == list(range(400))


def test_what_was_begun_comes_to_its_end_when_nobody_waits_for_it_any_more() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        time.sleep(0.05)
        ended.set()

    async def goes_away() -> bool:
        waiting = asyncio.create_task(Threads().run(work))
        await asyncio.to_thread(begun.wait, 30)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        return ended.is_set()

    assert in_a_loop(goes_away())


class _Typed:
    """Stands for a request: who asks, and what was typed."""


def test_nothing_of_what_was_asked_is_held_while_a_thread_waits_for_more() -> None:
    async def asked(threads: Threads) -> list[weakref.ref[_Typed]]:
        def fails(_: _Typed) -> None:
            raise KeyError

        gone = []
        for call in (lambda _: None, fails, lambda _: None):
            typed = _Typed()
            gone.append(weakref.ref(typed))
            with suppress(KeyError):
                await threads.run(call, typed)
            del typed
            await asyncio.to_thread(_until, lambda: len(threads._free) == 1)
        return gone

    async def looks() -> list[_Typed | None]:
        threads = Threads()
        gone = await asked(threads)
        # What went wrong and where it did hold each other, until somebody looks for such.
        gc.collect()
        return [one() for one in gone]

    assert in_a_loop(looks()) == [None] * 3


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(0.001)
