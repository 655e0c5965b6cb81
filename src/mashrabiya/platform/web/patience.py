"""How long, and how much, a connection may take to say what it asks. Bodies are the shell's to bound."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 10.0


class Patience(HttpToolsProtocol):
    """A connection whose request line and headers come within bounds, or which is closed.

    The server beneath waits for them without end and keeps whatever comes.
    """

    bytes_heard = 0
    _in_head = True
    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Another request begins."""
        super().on_message_begin()
        self._in_head, self.bytes_heard = True, 0
        self._wait()

    def on_headers_complete(self) -> None:
        """The head is all there."""
        self._in_head = False
        self._wait_no_more()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head:
            self.bytes_heard += len(data)
            if self.bytes_heard > HEAD_BYTES:
                self._enough()

    def _wait(self) -> None:
        if self._end is None:
            self._end = self.loop.call_later(HEAD_SECONDS, self._enough)

    def _wait_no_more(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None

    def _enough(self) -> None:
        self._wait_no_more()
        if self.bytes_heard:
            self.send_400_response("Too long, or too slow.")
        else:
            # Browsers open connections ahead: to one that asked nothing, nothing is said.
            self.transport.close()
