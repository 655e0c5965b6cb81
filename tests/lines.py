"""A browser that listens, byte by byte: what a stream says, and that it ends."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person

PATIENCE = 30.0
_NEWS = re.compile(rb"data: (.+)\n")
_CHUNK = re.compile(rb"([0-9a-f]+)\r\n")


class Line:
    """An open stream. ``status`` is what the house answered."""

    def __init__(self, address: str, person: Person, topics: str, *, last: str = "") -> None:
        where = urlsplit(address)
        assert where.hostname
        self._socket = socket.create_connection((where.hostname, where.port or 80), PATIENCE)
        lines = [f"GET /live?t={topics} HTTP/1.1", f"host: {where.netloc}"]
        if person.browser.cookies.get(SESSION):
            lines.append(f"cookie: {SESSION}={person.browser.cookies[SESSION]}")
        if last:
            lines.append(f"last-event-id: {last}")
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._heard = b""
        while b"\r\n\r\n" not in self._heard:
            self._hear()
        head, self._heard = self._heard.split(b"\r\n\r\n", 1)
        self.status, self.head = int(head.split()[1]), head.decode()
        self.all = b""
        self.sizes: list[int] = []

    def _hear(self) -> bool:
        part = self._socket.recv(65536)
        self._heard += part
        return bool(part)

    def _chunk(self) -> bytes:
        """What is said next; nothing at the end."""
        while not (begins := _CHUNK.match(self._heard)):
            if not self._hear():
                return b""
        size, at = int(begins[1], 16), begins.end()
        while len(self._heard) < at + size + 2:
            assert self._hear(), "broken off in the middle"
        said, self._heard = self._heard[at : at + size], self._heard[at + size + 2 :]
        self.all += said
        if size:
            self.sizes.append(size)
        return said

    def news(self) -> str:
        """The next news; waits for them."""
        while said := self._chunk():
            found = _NEWS.search(said)
            if found:
                return found[1].decode()
        raise AssertionError("it ended, and nothing new was said")

    def end(self) -> None:
        """It ends by itself, and not by our patience."""
        while self._chunk():
            pass

    def close(self) -> None:
        """Go without a word, as browsers do."""
        self._socket.close()


@contextmanager
def listening(address: str, person: Person, topics: str, *, last: str = "") -> Iterator[Line]:
    """A stream that was let in, for as long as the block."""
    line = Line(address, person, topics, last=last)
    try:
        assert line.status == 200, line.head
        yield line
    finally:
        line.close()


def refused(address: str, person: Person, topics: str) -> int:
    """What somebody is answered who may not listen: a page, be it the one that asks for a number."""
    line = Line(address, person, topics)
    line.close()
    assert "text/event-stream" not in line.head
    return line.status
