"""A test house behind a real server on loopback, for real browsers."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from mashrabiya.platform.hosting.serve import Server
from mashrabiya.testing.browser import where_threads_stand
from mashrabiya.testing.house import TestHouse

PATIENCE = 60.0


@contextmanager
def served(house: TestHouse, *, secure: tuple[Path, Path] | None = None) -> Iterator[str]:
    """The address of the house while the block runs; by https with this certificate and key."""
    # Named as TCP, since asyncio else leaves small answers waiting for 40 ms (Nagle).
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        house.app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ssl_certfile=secure and secure[0],
        ssl_keyfile=secure and secure[1],
        # What a browser left open is not waited for.
        timeout_graceful_shutdown=10,
    )
    server = Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    try:
        _wait_for(server, thread)
        yield f"http{'s' if secure else ''}://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
    assert not thread.is_alive(), f"the server does not end\n{where_threads_stand()}"


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + PATIENCE
    while not server.started:
        assert thread.is_alive(), "the server ended before it began"
        assert time.monotonic() < until, f"the server does not begin\n{where_threads_stand()}"
        time.sleep(0.01)
