"""Nothing that tests stand on waits without end: it fails, and says where everybody stands."""

from __future__ import annotations

import asyncio
import threading

import pytest

from mashrabiya.testing.browser import Loop
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    loop, never = Loop(), threading.Event()

    async def waits() -> None:
        await asyncio.get_running_loop().run_in_executor(None, never.wait, 60)

    with pytest.raises(AssertionError, match=r"no answer(.|\n)*in wait"):
        loop.run(waits(), 0.05)
    never.set()
    loop.close()


def test_its_own_failure_is_told_as_it_is() -> None:
    async def fails() -> None:
        raise TimeoutError("its own")

    loop = Loop()
    with pytest.raises(TimeoutError, match="its own"):
        loop.run(fails())
    loop.close()


def test_a_server_is_ended_where_its_test_fails(house: TestHouse) -> None:
    before = set(threading.enumerate())
    with pytest.raises(KeyError), served(house):
        raise KeyError
    # Others may end meanwhile, that nobody needed.
    assert not set(threading.enumerate()) - before
