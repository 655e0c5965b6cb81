"""A connection that talks without end, or never says what it asks, is closed; all others are served."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from mashrabiya.platform.web import patience
from mashrabiya.platform.web.patience import HEAD_BYTES, Patience

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bytes]]
ASKED = b"GET / HTTP/1.1\r\nHost: here\r\n"


def in_a_thread(talk: Any) -> bytes:
    """Beside whatever event loop this thread has: a browser's driver may keep one."""
    with ThreadPoolExecutor(1) as thread:
        return bytes(thread.submit(asyncio.run, talk).result())


async def answer(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def talking(talk: Talk) -> bytes:
    config = uvicorn.Config(answer, http=Patience, lifespan="off", log_config=None, access_log=False)
    config.load()
    loop, state = asyncio.get_running_loop(), ServerState()
    server = await loop.create_server(lambda: Patience(config, state, {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        return await asyncio.wait_for(talk(reader, writer), 60)
    finally:
        writer.close()
        server.close()


async def after(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *words: bytes) -> bytes:
    for word in words:
        writer.write(word)
        await writer.drain()
    return await reader.read()


def test_headers_without_end_are_not_kept() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        return await after(reader, writer, ASKED + b"X: ", *[b"a" * 4096] * (HEAD_BYTES // 4096 + 1))

    assert in_a_thread(talking(talk)).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(("begun", "told"), [(b"", b""), (ASKED, b"HTTP/1.1 400")])
def test_who_never_says_what_she_asks_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, begun: bytes, told: bytes
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.05)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        return await after(reader, writer, begun)

    assert in_a_thread(talking(talk))[:12] == told


def test_who_asks_again_later_is_served_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 1.0)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(ASKED + b"\r\n")
        await asyncio.sleep(1.5)
        return await after(reader, writer, ASKED + b"Connection: close\r\n\r\n")

    assert in_a_thread(talking(talk)).count(b"HTTP/1.1 200") == 2
