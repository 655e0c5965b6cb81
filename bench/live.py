"""What it costs that many listen: in memory, idle, when something is new, and when all come back at once.

Client: one process with raw sockets under asyncio, on the same machine; both want more open files than usual
(``ulimit -n`` of at least twice the listeners is asked for). Each listener has a session of its own.
"""

from __future__ import annotations

import asyncio
import re
import resource
import statistics
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import houses
from bench.load import request
from bench.processes import Server, family_seconds, free_port, own_mb
from mashrabiya.kernel.ids import read_id
from mashrabiya.people.commands import sessions
from mashrabiya.people.queries import find_core
from mashrabiya.platform.db import Database
from mashrabiya.platform.keys import read_keys

LISTENERS = 10_000
MEMORY_MUST_KB, TOLD_MUST_S, IDLE_MUST, BACK_MUST_S = 25.0, 2.0, 0.01, 60.0
RECONNECTS = 1_000
_IDLE_SECONDS = 60.0
_AT_ONCE = 100
_NEWS = re.compile(rb"data: t\.[0-9a-z]+\.(\d+)")
_BELL = re.compile(r'data-live="(b\.[0-9a-z]+)\.0"')
STOP_MUST_S = 30.0


class Listener:
    """One browser that listens: what it knows, and when it was told."""

    __slots__ = ("_task", "bell", "cookie", "known", "told", "writer")

    def __init__(self, cookie: str, bell: str) -> None:
        self.cookie, self.bell = cookie, bell
        self.known: list[int] = []
        self.told = 0.0
        self.writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None

    async def listen(self, port: int, topic: str, number: int) -> None:
        """Open the line, and go on hearing beside."""
        reader, self.writer = await asyncio.open_connection("127.0.0.1", port, limit=2048)
        headers = {"host": f"127.0.0.1:{port}", "cookie": f"__Host-v={self.cookie}"}
        if self.known:
            headers["last-event-id"] = f"{topic}.{self.known[-1]} {self.bell}.0"
        self.writer.write(request("GET", f"/live?t={topic}.{number},{self.bell}.0", headers))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head[:16]:
            raise RuntimeError(f"not let in: {head[:40]!r}")
        self._task = asyncio.ensure_future(self._hear(reader))

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            news = _NEWS.match(line)
            if news:
                self.known.append(int(news[1]))
                self.told = time.perf_counter()

    async def break_off(self) -> None:
        """The line breaks without a word."""
        if self.writer is not None:
            self.writer.transport.abort()
        if self._task is not None:
            with suppress(ConnectionError):
                await self._task


def live(listeners: int = LISTENERS) -> dict[str, Any]:
    """The figures, and which of them are short."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    listeners = min(listeners, hard - 500)
    with tempfile.TemporaryDirectory() as folder:
        house = houses.make_house(Path(folder) / "house", threads=50, posts=500, members=30)
        server = Server(house.serve(port := free_port()), port)
        try:
            visit = houses.sign_in(house, port)
            cookies = _cookies(house, visit.cookie, listeners)
            found = asyncio.run(_measure(server, visit, cookies))
        finally:
            server.stop()
    found |= {"listeners": listeners, "open_files": {"soft": soft, "hard": hard}}
    bounds = [
        ("memory of a listener, KB", found["memory_kb"], MEMORY_MUST_KB),
        ("a post reaches all of them, median s", found["told"]["median_s"], TOLD_MUST_S),
        ("idle, share of a core", found["idle_share"], IDLE_MUST),
        ("all come back at once, s", found["back_s"], BACK_MUST_S),
        (f"missed in {RECONNECTS:,} broken lines", found["missed"], 0),
        ("the house stops while all listen, s", found["stop_s"], STOP_MUST_S),
    ]
    for what, figure, most in bounds:
        print(f"{'SHORT' if figure > most else 'holds'}  {what}: {figure} (at most {most})")
    return {**found, "short": [what for what, figure, most in bounds if figure > most]}


def _cookies(house: houses.House, shown: str, many: int) -> list[str]:
    """So many sessions of one person, made as signing in makes them."""
    database = Database(str(house.data / "house.db"))
    key = read_keys(house.key).of("sess")
    with closing(database):
        with database.read() as db:
            found = find_core(db, key, shown)
        assert found
        with database.write() as uow:
            return [sessions.begin(uow, key, found[1]).text for _ in range(many)]


async def _measure(server: Server, visit: houses.Visit, cookies: list[str]) -> dict[str, Any]:
    writer = _Writer(server.port, visit)
    bell = _BELL.search(houses.page_of(server.port, visit, "/me"))
    assert bell
    topic, everybody = writer.topic, [Listener(cookie, bell[1]) for cookie in cookies]
    pid = server.workers()[0]
    before = own_mb(pid)
    began = time.perf_counter()
    await _all_listen(everybody, server.port, topic)
    found: dict[str, Any] = {"came_s": round(time.perf_counter() - began, 2)}
    await asyncio.sleep(5)
    found["memory_kb"] = round((own_mb(pid) - before) * 1024 / len(everybody), 1)
    print("memory", found, flush=True)
    spent, began = family_seconds(pid), time.perf_counter()
    await asyncio.sleep(_IDLE_SECONDS)
    found["idle_share"] = round((family_seconds(pid) - spent) / (time.perf_counter() - began), 4)
    print("idle", found["idle_share"], flush=True)
    found["told"] = await _told(writer, everybody)
    print("told", found["told"], flush=True)
    began = time.perf_counter()
    for one in everybody:
        await one.break_off()
    await _all_listen(everybody, server.port, topic)
    found["back_s"] = round(time.perf_counter() - began, 2)
    print("back", found["back_s"], flush=True)
    for one in everybody[20:]:
        await one.break_off()
    found["missed"] = await _missed(writer, everybody[:20], server.port)
    await _all_listen(everybody[20:], server.port, topic)
    began = time.perf_counter()
    await asyncio.to_thread(server.stop)
    found["stop_s"] = round(time.perf_counter() - began, 2)
    return found


async def _all_listen(everybody: list[Listener], port: int, topic: str) -> None:
    """All at once, as many as the machine takes: whoever is refused a line tries again."""
    places = asyncio.Semaphore(_AT_ONCE * 10)

    async def come(one: Listener) -> None:
        async with places:
            for pause in (0.1, 0.3, 1.0, 3.0, 5.0):
                try:
                    await one.listen(port, topic, 0)
                    return
                except (ConnectionError, asyncio.IncompleteReadError):
                    await asyncio.sleep(pause)
            raise RuntimeError("a line was refused five times")

    await asyncio.gather(*(come(one) for one in everybody))


class _Writer:
    """Somebody who answers in the thread that all have open."""

    def __init__(self, port: int, visit: houses.Visit) -> None:
        self._port, self._visit = port, visit
        self._field = houses.reply_fields(port, visit)
        self.topic = "t." + visit.thread.split("/")[2].split("?")[0]
        read_id(self.topic[2:], 16)
        self._count = 0

    async def write(self) -> int:
        """One answer; its number."""
        self._count += 1
        body = urlencode(
            {"_f": self._field, "_s": f"{self._count:032x}", "body": f"Answer {self._count}."}
        ).encode()
        headers = {
            "host": f"127.0.0.1:{self._port}",
            "origin": f"http://127.0.0.1:{self._port}",
            "cookie": f"__Host-v={self._visit.cookie}",
            "content-type": "application/x-www-form-urlencoded",
            "connection": "close",
        }
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(request("POST", self._visit.thread, headers, body))
        head = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        number = re.search(rb"location: /t/[0-9a-z]+\?n=(\d+)", head)
        assert number, head[:300]
        return int(number[1])


async def _told(writer: _Writer, everybody: list[Listener]) -> dict[str, float]:
    """Seconds from the answer's being sent to each listener's hearing of it."""
    sent = time.perf_counter()
    number = await writer.write()
    for _ in range(600):
        if all(one.known and one.known[-1] >= number for one in everybody):
            break
        await asyncio.sleep(0.1)
    times = sorted(one.told - sent for one in everybody if one.known and one.known[-1] >= number)
    assert len(times) == len(everybody), f"{len(everybody) - len(times)} were never told"
    return {"median_s": round(statistics.median(times), 2), "last_s": round(times[-1], 2)}


async def _missed(writer: _Writer, some: list[Listener], port: int) -> int:
    """Lines broken again and again while answers come: how many of these listeners did not hear of the last."""
    last, missed = 0, 0
    for turn in range(RECONNECTS // len(some)):
        last = await writer.write() if turn % 5 == 0 else last
        for one in some:
            await one.break_off()
            await one.listen(port, writer.topic, 0)
        if turn % 10 == 9:
            await asyncio.sleep(1.5)
            missed += sum(1 for one in some if not one.known or one.known[-1] < last)
    return missed
