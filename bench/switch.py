"""How soon a protection that was pressed in one process holds in each of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.houses import Visit
from bench.lines import Line, hidden_fields, process_of

_TRIES, _PATIENCE, _EVERY = 200, 10.0, 0.02
_HOURS, _NOT = "6", "0"
_FORM, _HELD_BACK = 'name="pass"', "protected for a while"
Probe = Callable[[Line], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Watched:
    """A house in several processes, and where it is tried out."""

    port: int
    processes: list[int]
    place: str
    thread: str

    async def everywhere(self, cookie: str = "") -> list[Line]:
        """One line to each process, of a visitor or of whoever has the cookie."""
        held: dict[int, Line] = {}
        for _ in range(_TRIES):
            line = await Line(self.port, cookies={"__Host-v": cookie} if cookie else {}).open()
            await line.get("/?lang=en")
            pid = process_of(line, self.processes)
            if pid in held:
                line.close()
            held.setdefault(pid, line)
            if len(held) == len(self.processes):
                return list(held.values())
        raise RuntimeError("one process of the house took no line")


async def switching(watched: Watched, mona: Visit, hadi: Visit) -> dict[str, list[float]]:
    """Seconds from the press until it holds, for each process: for the house, its end, and one place."""
    visitors, new = await watched.everywhere(), await watched.everywhere(hadi.cookie)
    pressing = (await watched.everywhere(mona.cookie))[0]

    async def is_closed(line: Line) -> bool:
        return _FORM not in (await line.get("/join")).body

    async def is_open(line: Line) -> bool:
        return not await is_closed(line)

    async def is_held_back(line: Line) -> bool:
        typed = {"body": f"One more answer, {time.monotonic_ns()}."}
        answer = await line.submit(watched.thread, watched.thread, **typed)
        return answer.status == 422 and _HELD_BACK in answer.body

    async def shows(line: Line) -> bool:
        return _HELD_BACK in (await line.get(watched.place)).body

    found = {}
    at = await _press(pressing, "/protect", _HOURS)
    found["sign_up_refused_s"], found["who_is_new_reads_s"] = await asyncio.gather(
        _until(at, visitors, is_closed), _until(at, new, is_held_back)
    )
    at = await _press(pressing, "/protect", _NOT)
    found["ended_s"] = await _until(at, visitors, is_open)
    at = await _press(pressing, f"{watched.place}/protect", _HOURS)
    found["place_s"] = await _until(at, new, shows)
    return found


async def _press(line: Line, where: str, hours: str) -> float:
    """The moment at which it was pressed."""
    fields = hidden_fields((await line.get(where)).body, where)
    began = time.perf_counter()
    answer = await line.post(where, {**fields, "hours": hours})
    if answer.status != 303:
        raise RuntimeError(f"the switch answered {answer.status}")
    return began


async def _until(began: float, lines: list[Line], probe: Probe) -> list[float]:
    return list(await asyncio.gather(*(_one(began, line, probe) for line in lines)))


async def _one(began: float, line: Line, probe: Probe) -> float:
    while time.perf_counter() - began < _PATIENCE:
        if await probe(line):
            return round(time.perf_counter() - began, 2)
        await asyncio.sleep(_EVERY)
    raise RuntimeError(f"not in effect after {_PATIENCE} seconds")
