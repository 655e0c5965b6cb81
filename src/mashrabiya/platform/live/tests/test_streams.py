"""A line whose other end takes nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mashrabiya.kernel.ids import new_id
from mashrabiya.platform.live import streams
from mashrabiya.platform.live.streams import STEP, Stream, Topic
from mashrabiya.platform.live.topics import MOST, read_topics
from mashrabiya.testing.browser import in_a_loop

_PATIENCE = 20.0


async def _deaf(_message: Any) -> None:
    await asyncio.Event().wait()


async def _broken(_message: Any) -> None:
    raise OSError("gone")


def test_the_last_words_wait_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a line that is over would keep its place for as long as its client likes."""
    monkeypatch.setattr(streams, "LEAVE", 0.01)

    async def leave() -> None:
        await asyncio.wait_for(Stream(_deaf, b"", until=0.0, idles=False).take_leave(), _PATIENCE)

    in_a_loop(leave())


def test_a_line_that_breaks_ends_and_nothing_else() -> None:
    async def say() -> bool:
        stream = Stream(_broken, b"", until=0.0, idles=False)
        stream.task = asyncio.ensure_future(asyncio.sleep(_PATIENCE))
        stream.beat()
        await asyncio.wait([stream.task], timeout=_PATIENCE)
        return stream.task.cancelled()

    assert in_a_loop(say())


def test_however_many_threads_are_open_all_that_is_said_is_of_one_length() -> None:
    """A watched line would else tell a beat from news, and how much is open."""
    said: list[bytes] = []

    async def hear(message: Any) -> None:
        said.append(message["body"])

    async def say() -> None:
        stream = Stream(hear, b"", until=0.0, idles=False)
        for _ in range(MOST):
            stream.known[Topic(("t", new_id()))] = 99_999_999
        stream.beat()
        for topic in stream.known:
            topic.n = 999_999_999
        stream.tell()
        assert not stream.is_behind

    in_a_loop(say())
    assert {len(one) for one in said} == {STEP}
    # Told one by one, and each time she knows what she was told, and nothing else.
    for told, one in enumerate(said[1:], 1):
        known = read_topics(one.decode().split("id: ")[1].split("\n")[0], {"t": 16})
        assert sorted(known.values()) == [99_999_999] * (MOST - told) + [999_999_999] * told
