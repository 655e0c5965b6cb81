"""The workloads: what is asked, how often, and what it cost the server's processor."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
from pathlib import Path
from urllib.parse import urlencode

import zstandard

from bench import houses
from bench.load import Make, Run, drive, request
from bench.processes import Server

SECONDS, ROUNDS = 3.0, 3
COMMON = {
    "host": "127.0.0.1",
    "accept-language": "ar",
    "accept-encoding": "zstd, br, gzip",
    "connection": "keep-alive",
}
Cost = dict[str, float]


def reading(visit: houses.Visit) -> dict[str, bytes]:
    """The requests that only read, by workload."""
    member = {**COMMON, "cookie": f"__Host-v={visit.cookie}"}
    bearer = {**COMMON, "authorization": f"Bearer {visit.bearer}"}
    return {
        "W1": request("GET", "/t", COMMON),
        "W2": request("GET", visit.thread, member),
        "W3": request("GET", "/", member),
        "W6": request("GET", "/api/home", bearer),
    }


def replying(port: int, visit: houses.Visit) -> Make:
    """W4: each reply is another one."""
    field = houses.reply_fields(port, visit)
    headers = {
        **COMMON,
        "cookie": f"__Host-v={visit.cookie}",
        "content-type": "application/x-www-form-urlencoded",
    }

    def make(number: int) -> bytes:
        typed = {"_f": field, "_s": secrets.token_hex(16), "body": f"A reply, number {number}."}
        return request("POST", visit.thread, headers, urlencode(typed).encode())

    return make


def cost(server: Server, make: Make, *, expect: int = 200, seconds: float = SECONDS) -> tuple[Cost, Run]:
    """Processor milliseconds of the server per answer, its PostgreSQL's included, and what was seen."""
    drive(server.port, make, seconds=0.3, expect=expect)
    before = server.processor_seconds()
    run = drive(server.port, make, seconds=seconds, expect=expect)
    spent = (server.processor_seconds() - before) * 1000 / run.answers
    figures = {"cpu_ms": round(spent, 3), "rps": round(run.rps), "p99_ms": round(run.percentile(0.99), 1)}
    return figures, run


def best(server: Server, make: Make, *, expect: int = 200) -> Cost:
    """The cheapest of some runs: what else the machine does can only add."""
    runs = [cost(server, make, expect=expect)[0] for _ in range(ROUNDS)]
    return min(runs, key=lambda figures: figures["cpu_ms"])


def in_turn(*sides: tuple[Server, Make], expect: int = 200) -> list[tuple[Cost, Run]]:
    """The cheapest run of each, one after the other, so that all meet the same minutes."""
    rounds = [[cost(server, make, expect=expect) for server, make in sides] for _ in range(ROUNDS)]
    return [min(runs, key=lambda run: run[0]["cpu_ms"]) for runs in zip(*rounds, strict=True)]


def against_floor(house: Server, floor: Server, asked: bytes) -> Cost:
    """House and floor; the bytes must be as many."""
    make: Make = lambda _number: asked  # noqa: E731
    (ours, our_run), (least, least_run) = in_turn((house, make), (floor, make))
    figures = {**ours, "floor_ms": least["cpu_ms"]}
    figures["floor_ratio"] = round(ours["cpu_ms"] / least["cpu_ms"], 2)
    figures["bytes"], figures["floor_bytes"] = our_run.size, least_run.size
    same_bytes(house.port, floor.port, asked)
    return figures


# What is random in every answer, by design: hidden fields and names of a sending.
_RANDOM = re.compile(rb'(name="_[fs]" value=")[^"]*')


def same_bytes(port: int, other: int, asked: bytes) -> None:
    """Both give the same page, but for what is random in each: else they cannot be compared."""
    bodies = []
    for where in (port, other):
        with socket.create_connection(("127.0.0.1", where), 30) as line:
            line.sendall(asked.replace(b"connection: keep-alive", b"connection: close"))
            head, _, body = b"".join(iter(lambda line=line: line.recv(65536), b"")).partition(b"\r\n\r\n")
        packed = b"content-encoding: zstd" in head.lower()
        plain = zstandard.ZstdDecompressor().decompressobj().decompress(body) if packed else body
        bodies.append(_RANDOM.sub(rb"\1", plain))
    if bodies[0] != bodies[1]:
        at = next((i for i, (a, b) in enumerate(zip(*bodies, strict=False)) if a != b), min(map(len, bodies)))
        ours, theirs = (body[max(0, at - 60) : at + 60] for body in bodies)
        raise RuntimeError(f"the floor gives other bytes:\n{ours!r}\n{theirs!r}")


def floor_server(house: houses.House, visit: houses.Visit, port: int) -> Server:
    """The floor, on the same database."""
    os.environ.update(BENCH_DATA=str(house.data), BENCH_KEY=str(house.key), BENCH_COOKIE=visit.cookie)
    options = ["--port", str(port), "--no-access-log", "--log-level", "error", "--loop", "uvloop"]
    return Server(["-m", "uvicorn", "bench.floor:app", *options], port, ready="/t")


def dump(figures: dict[str, object], path: str) -> None:
    """Write the figures as JSON."""
    Path(path).write_text(json.dumps(figures, indent=2), encoding="utf-8")
