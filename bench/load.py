"""A small load maker on raw sockets: it costs little beside what it measures."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

Make = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run saw: how many answers, in how many seconds, and each one's milliseconds."""

    answers: int
    seconds: float
    milliseconds: list[float]
    size: int

    @property
    def rps(self) -> float:
        return self.answers / self.seconds

    def percentile(self, share: float) -> float:
        return self.milliseconds[min(int(len(self.milliseconds) * share), len(self.milliseconds) - 1)]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One HTTP request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def drive(port: int, make: Make, *, seconds: float, expect: int, clients: int = 8) -> Run:
    """Ask for ``seconds`` over some connections. Any other status than expected ends the run."""
    return asyncio.run(driving(port, make, seconds=seconds, expect=expect, clients=clients))


async def driving(
    port: int, make: Make, *, seconds: float, expect: int, clients: int, pause: float = 0.0
) -> Run:
    """The same, for several at once. With a pause after each answer, as of people who read."""
    times: list[float] = []
    sizes: list[int] = []
    end = time.perf_counter() + seconds
    counter = iter(range(1 << 40))
    began = time.perf_counter()

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            asked = time.perf_counter()
            writer.write(make(next(counter)))
            status, size = await answer(reader)
            if status != expect:
                raise RuntimeError(f"expected {expect}, got {status}")
            times.append((time.perf_counter() - asked) * 1000)
            sizes.append(size)
            if pause:
                await asyncio.sleep(pause)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return Run(len(times), time.perf_counter() - began, sorted(times), sizes[-1])


async def answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """The status of one answer and the size of its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    size = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    await reader.readexactly(size)
    return int(head[9:12]), size
