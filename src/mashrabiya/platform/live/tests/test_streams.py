"""A line whose other end takes nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mashrabiya.platform.live import streams
from mashrabiya.platform.live.streams import Stream

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

    asyncio.run(leave())


def test_a_line_that_breaks_ends_and_nothing_else() -> None:
    async def say() -> bool:
        stream = Stream(_broken, b"", until=0.0, idles=False)
        stream.task = asyncio.ensure_future(asyncio.sleep(_PATIENCE))
        stream.beat()
        await asyncio.wait([stream.task], timeout=_PATIENCE)
        return stream.task.cancelled()

    assert asyncio.run(say())
