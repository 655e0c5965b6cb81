"""./dev bench --raid: what established members notice of a raid, and how soon the switch holds everywhere.

A house of the usual size, two processes, every limit on, passphrases at the cost of a real house.
Two thousand people try to sign up, three hundred of them with a ticket that they waited for; whoever
comes in makes a name, joins the same place, and some write the same. In turn with that the house rests,
so that both meet the same minutes of the machine. Ten minutes are pressed into ``minutes``.
"""

from __future__ import annotations

import asyncio
import html
import multiprocessing
import re
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import houses, workloads
from bench.lines import Line
from bench.load import Run, driving
from bench.processes import Server, free_port
from bench.raiders import stand_by, traces
from bench.switch import Watched, switching
from mashrabiya.platform import house as settings
from mashrabiya.platform.db import Database

ATTEMPTS, LET_IN = 2_000, 300
ROUNDS = 6
RATIO_MUST, SWITCH_MUST = 1.5, 1.0
TICKET_SECONDS = 121
_READERS, _PAUSE, _REST = 4, 0.1, 10.0
_REAL_COST = {"argon_memory": 65536, "argon_time": 3}
_AS_SERVED = ("--workers", "2", "--trusted-proxy", "127.0.0.1")
_SIGNS = {
    "joins": "More people than usual have joined",
    "words": "have posted the same words",
    "links": "have posted the same address",
    "accounts": "More accounts than usual",
}


def raid(minutes: float) -> dict[str, Any]:
    """The figures, with what each must be beside it."""
    with tempfile.TemporaryDirectory() as folder:
        print("filling a house of 5,000 threads …", flush=True)
        house = houses.make_house(Path(folder) / "raided")
        visits, where = _prepare(house)
        server = Server(house.serve_strictly(port := free_port(), *_AS_SERVED), port)
        crowd = _Crowd(port, *where)
        try:
            watched = Watched(port, server.workers(), *where)
            figures = _figures(watched, crowd, visits, minutes)
        finally:
            crowd.end()
            server.stop()
        figures["traces"] = traces(house.data)
    figures["short"] = _short(figures)
    return figures


def _prepare(house: houses.House) -> tuple[dict[str, houses.Visit], tuple[str, str]]:
    """Who signs in while that is cheap, and where the raid goes; then it costs what it costs in a real house."""
    server = Server(house.serve(port := free_port()), port)
    try:
        visits = {who: houses.sign_in(house, port, who) for who in ("alice", "mona", "hadi", "charlie")}
        where = asyncio.run(_open_place(house, port, visits))
    finally:
        server.stop()
    database = Database(str(house.data / "house.db"))
    with database.write() as uow:
        settings.save(uow, **_REAL_COST)
    database.close()
    return visits, where


async def _open_place(house: houses.House, port: int, visits: dict[str, houses.Visit]) -> tuple[str, str]:
    """A place that anybody may join and where somebody new is already, and a thread of it."""
    hadi = next(one for one in house.known["members"] if one["sign_in_name"] == "hadi")
    outside = Line(port, cookies={"__Host-v": visits["charlie"].cookie})
    inside = Line(port, cookies={"__Host-v": visits["hadi"].cookie})
    for place in hadi["personas"][0]["communities"]:
        if f'action="{place}/in"' in html.unescape((await outside.get(place)).body):
            threads = re.findall(r'href="(/t/\w{26})"', html.unescape((await inside.get(place)).body))
            for thread in threads:
                if 'name="body"' in (await inside.get(thread)).body:
                    return place, thread
    raise RuntimeError("no place of the sample is open")


def _figures(
    watched: Watched, crowd: _Crowd, visits: dict[str, houses.Visit], minutes: float
) -> dict[str, Any]:
    asked = {name: workloads.reading(visits["alice"])[name] for name in ("W2", "W3")}
    _read(watched.port, asked, 3.0)
    crowd.begin("tickets", LET_IN)
    crowd.done()
    print("their tickets ripen for two minutes …", flush=True)
    time.sleep(TICKET_SECONDS)
    rest: dict[str, list[float]] = {name: [] for name in asked}
    storm: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(ROUNDS):
        _keep(rest, _read(watched.port, asked, _REST))
        crowd.begin("storm", ATTEMPTS // ROUNDS, LET_IN // ROUNDS, minutes * 60 / ROUNDS)
        _keep(storm, _read(watched.port, asked, minutes * 60 / ROUNDS))
        print(f"round {number + 1} of {ROUNDS}: {crowd.done()}", flush=True)
    proposed = asyncio.run(_proposed(watched, visits["mona"]))
    crowd.begin("storm", ATTEMPTS // ROUNDS, 0, minutes * 60 / ROUNDS)
    held = asyncio.run(switching(watched, visits["mona"], visits["hadi"]))
    met = crowd.done()
    pages = {name: _page(rest[name], storm[name]) for name in asked}
    return {"minutes": minutes, "met": met, "pages": pages, "proposed": proposed, "switch": held}


def _read(port: int, asked: dict[str, bytes], seconds: float) -> dict[str, Run]:
    """Established members who read, each page after a pause."""

    async def all_of_them() -> list[Run]:
        return await asyncio.gather(
            *(
                driving(
                    port,
                    lambda _number, one=one: one,
                    seconds=seconds,
                    expect=200,
                    clients=_READERS,
                    pause=_PAUSE,
                )
                for one in asked.values()
            )
        )

    return dict(zip(asked, asyncio.run(all_of_them()), strict=True))


def _keep(times: dict[str, list[float]], runs: dict[str, Run]) -> None:
    for name, run in runs.items():
        times[name] += run.milliseconds


def _page(rest: list[float], storm: list[float]) -> dict[str, float]:
    """What a page took at rest and in the storm: half of them at most so long, and nineteen of twenty."""
    usual, then = median(rest), median(storm)
    return {
        "usual_ms": round(usual, 2),
        "raid_ms": round(then, 2),
        "ratio": round(then / usual, 2),
        "usual_p95_ms": round(quantiles(rest, n=20)[-1], 2),
        "raid_p95_ms": round(quantiles(storm, n=20)[-1], 2),
        "pages": len(storm),
    }


async def _proposed(watched: Watched, mona: houses.Visit) -> dict[str, int]:
    """In how many processes each sign is shown to whoever can protect the place, or the house."""
    found = dict.fromkeys(_SIGNS, 0)
    for line in await watched.everywhere(mona.cookie):
        said = (await line.get(f"{watched.place}?lang=en")).body + (await line.get("/protect?lang=en")).body
        for sign, words in _SIGNS.items():
            found[sign] += words in said
    return found


class _Crowd:
    """The raiders, in a process of their own."""

    def __init__(self, port: int, place: str, thread: str) -> None:
        ours, theirs = multiprocessing.Pipe()
        self._orders = ours
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=stand_by, args=(theirs, port, place, thread), daemon=True)
        self._process.start()

    def begin(self, act: str, *given: float) -> None:
        self._orders.send((act, *given))

    def done(self) -> dict[str, int]:
        """What they have met, when they are through."""
        found: dict[str, int] = self._orders.recv()
        return found

    def end(self) -> None:
        self._orders.send(None)
        self._process.join(20)
        self._process.kill()


def _short(figures: dict[str, Any]) -> list[str]:
    """What does not hold, in words; each bound is printed."""
    bounds = [
        (f"{name} in a raid × usual", page["ratio"], RATIO_MUST) for name, page in figures["pages"].items()
    ]
    for what, seconds in figures["switch"].items():
        bounds += [
            (f"switch, {what}, process {number}", one, SWITCH_MUST) for number, one in enumerate(seconds, 1)
        ]
    bounds += [
        ("files that know a raider's address or agent", len(figures["traces"]), 0),
        ("signs not proposed in every process", sum(many < 2 for many in figures["proposed"].values()), 0),
        ("let in, fewer than meant", LET_IN - figures["met"].get("in", 0), 0),
    ]
    for what, found, most in bounds:
        print(f"{'SHORT' if found > most else 'holds'}  {what}: {found} (at most {most})")
    return [what for what, found, most in bounds if found > most]
