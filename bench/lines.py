"""One connection, as a browser keeps it: cookies, hidden fields, and which process of the house holds it."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

_FORM = re.compile(r"<form[^>]*>.*?</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_COOKIE = re.compile(rb"set-cookie: ([^=]+)=([^;\r]*)", re.IGNORECASE)
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: str


@dataclass(slots=True)
class Line:
    """A connection that stays open, and the cookies of whoever holds it. ``told`` are further headers."""

    port: int
    told: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> Answer:
        """A page."""
        return await self._ask("GET", path, b"")

    async def post(self, path: str, fields: dict[str, str]) -> Answer:
        """A form."""
        return await self._ask("POST", path, urlencode(fields).encode())

    async def submit(self, page: str, path: str, **typed: str) -> Answer:
        """The form of that page that leads there, with what is typed into it."""
        return await self.post(path, {**hidden_fields((await self.get(page)).body, path), **typed})

    async def open(self) -> Line:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    @property
    def own_port(self) -> int:
        assert self._writer is not None
        return int(self._writer.get_extra_info("sockname")[1])

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        if self._writer is None or self._reader is None:
            await self.open()
        assert self._writer is not None
        assert self._reader is not None
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"host": "127.0.0.1", "accept-language": "en", **self.told}
        if cookies:
            headers["cookie"] = cookies
        if method == "POST":
            headers |= {
                "content-type": "application/x-www-form-urlencoded",
                "content-length": str(len(body)),
            }
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        for name, value in _COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        return Answer(int(head[9:12]), (await self._reader.readexactly(length)).decode())


def hidden_fields(page: str, path: str) -> dict[str, str]:
    """What the form that leads to ``path`` sends along unseen; RuntimeError where the page has none."""
    plain = html.unescape(page)
    for form in _FORM.findall(plain):
        if f'action="{path}"' in form.partition(">")[0] and 'name="_f"' in form:
            return dict(_HIDDEN.findall(form))
    raise RuntimeError(f"no form leads to {path}")


def process_of(line: Line, processes: list[int]) -> int:
    """Which of these processes holds the other end of the line."""
    inode = _inode_of(line.port, line.own_port)
    for pid in processes:
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            try:
                if str(handle.readlink()) == f"socket:[{inode}]":
                    return pid
            except OSError:
                continue
    raise RuntimeError("no process of the house holds this line")


def _inode_of(port: int, remote: int) -> str:
    for entry in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        parts = entry.split()
        if int(parts[1].rpartition(":")[2], 16) == port and int(parts[2].rpartition(":")[2], 16) == remote:
            return parts[9]
    raise RuntimeError("the kernel knows no such line")
