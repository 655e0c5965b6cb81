"""A crowd that signs up at once: two thousand attempts, three hundred of which come in, join one place and write alike."""

from __future__ import annotations

import asyncio
import random
import re
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from bench.lines import Line, hidden_fields

MARK = "Marked-Raider/7.0"
NETWORK = "198.18."
_PASSPHRASE = "seven marked kettles number"
_LINK = "Come and see what they wrote of you: https://raid.example/list"
_FORM = 'name="pass"'
_WRITES = 10
"""One in so many of those who came in writes the same as the others."""


@dataclass(slots=True)
class Crowd:
    """What a crowd has met so far."""

    port: int
    place: str
    thread: str
    statuses: dict[str, int] = field(default_factory=dict)
    tickets: list[dict[str, str]] = field(default_factory=list)
    number: int = 0

    async def fetch_tickets(self, many: int) -> None:
        """Those who will come in open the form once: two minutes later their tickets are good."""
        line = Line(self.port, told(0))
        for _ in range(many):
            self.tickets.append(hidden_fields((await line.get("/join")).body, "/join"))
        line.close()

    async def storm(self, attempts: int, let_in: int, seconds: float) -> None:
        """So many attempts, evenly in so many seconds, whether the house keeps up or not."""
        chosen = set(random.sample(range(attempts), let_in))
        begun: list[asyncio.Task[None]] = []
        for number in range(attempts):
            begun.append(asyncio.create_task(self._one(invited=number in chosen)))
            await asyncio.sleep(seconds / attempts)
        await asyncio.gather(*begun)

    async def _one(self, *, invited: bool) -> None:
        """Whatever happens to one of them, the others go on."""
        try:
            await self._attempt(invited=invited)
        except (RuntimeError, OSError, asyncio.IncompleteReadError) as trouble:
            self._count(f"lost, {type(trouble).__name__}")

    async def _attempt(self, *, invited: bool) -> None:
        self.number += 1
        number = self.number
        line = Line(self.port, told(number))
        page = await line.get("/join")
        if _FORM not in page.body:
            self._count("out, closed")
            return
        typed = {"name": f"raider {number}", "pass": f"{_PASSPHRASE} {number}", "age": "over"}
        brought = self.tickets.pop() if invited else hidden_fields(page.body, "/join")
        answer = await line.post("/join", {**brought, **typed})
        came_in = "__Host-v" in line.cookies
        self._count("in" if came_in else f"out, {answer.status}")
        if came_in:
            await self._settle(line, number)
        line.close()

    async def _settle(self, line: Line, number: int) -> None:
        """A name, into the place, and for some the words that all of them bring."""
        made = await line.submit("/me/p/new", "/me/p/new", name=f"Kestrel {number}")
        self._count(f"name, {made.status}")
        joined = await line.submit(self.place, f"{self.place}/in")
        self._count(f"joined, {joined.status}")
        if number % _WRITES == 0:
            wrote = await line.submit(self.thread, self.thread, body=_LINK, anyway="1")
            self._count(f"wrote, {wrote.status}")

    def _count(self, what: str) -> None:
        self.statuses[what] = self.statuses.get(what, 0) + 1


def told(number: int) -> dict[str, str]:
    """The headers by which an address or an agent would be found, were any kept."""
    return {"user-agent": MARK, "x-forwarded-for": f"{NETWORK}{number % 250}.{number // 250 + 1}"}


def traces(folder: Path) -> list[str]:
    """The files below it that know a raider's address or agent: there must be none."""
    wanted = re.compile(rb"|".join(re.escape(mark.encode()) for mark in (MARK, NETWORK)))
    return [str(file) for file in folder.rglob("*") if file.is_file() and wanted.search(file.read_bytes())]


def stand_by(orders: Connection, port: int, place: str, thread: str) -> None:
    """A process of its own, so that what the crowd costs is nobody else's time: does as it is told, and says when."""
    asyncio.run(_obey(orders, Crowd(port, place, thread)))


async def _obey(orders: Connection, crowd: Crowd) -> None:
    while True:
        order = await asyncio.to_thread(orders.recv)
        if order is None:
            return
        act, *given = order
        await (crowd.fetch_tickets if act == "tickets" else crowd.storm)(*given)
        orders.send(dict(crowd.statuses))
