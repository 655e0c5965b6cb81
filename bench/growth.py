"""What must not cost more as a house grows: its pages, a home with many communities, and finding one among thousands."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, bindparam, select

from bench import houses, workloads
from bench.load import request
from bench.processes import Server, free_port
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types.shape import JUST_JOINED
from mashrabiya.kernel import clock
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Database, Statement

TIMES = 10
GROWTH_MUST, HOME_MUST, DIRECTORY_MUST_MS = 1.2, 1.5, 5.0
BELONGS, COMMUNITIES = 50, 5_000
ASKED = (
    "طبخ",
    "مثلية",
    "mithliya",
    "chess",
    "coming out",
    "books",
    "نباتات",
    "faith and questions",
    "pronouns",
)
"""As people type: a word, a spelling, two words; in both scripts; and a term that is asked for in both."""

_NAMED: Statement[None] = Statement(select(PERSONA.c.id).where(PERSONA.c.name == bindparam("name")))
_OTHERS: Statement[None] = Statement(
    select(COMMUNITY.c.id)
    .where(
        COMMUNITY.c.id.not_in(
            select(MEMBERSHIP.c.cid).where(MEMBERSHIP.c.pid == bindparam("pid", type_=LargeBinary))
        )
    )
    .order_by(COMMUNITY.c.id)
)
_OWN: Statement[None] = Statement(
    select(MEMBERSHIP.c.cid).where(MEMBERSHIP.c.pid == bindparam("pid", type_=LargeBinary))
)


def growth() -> dict[str, Any]:
    """The figures, and which of them are short."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        found = {**_pages(where), "directory": _directory(where)}
    bounds = [
        *(
            (f"{name} at {TIMES} times the posts × its cost", one["ratio"], GROWTH_MUST)
            for name, one in found["growth"].items()
        ),
        (f"home with {BELONGS} communities × usual", found["home"]["ratio"], HOME_MUST),
        (f"a search among {COMMUNITIES:,} communities, ms", found["directory"]["cpu_ms"], DIRECTORY_MUST_MS),
    ]
    short = [what for what, figure, most in bounds if figure > most]
    for what, figure, most in bounds:
        print(f"{'SHORT' if figure > most else 'holds'}  {what}: {figure} (at most {most})")
    return {**found, "short": short}


def _pages(folder: Path) -> dict[str, Any]:
    """The same pages in a house, and in one with ten times its threads and posts; then a home with many communities."""
    usual = houses.make_house(folder / "usual", communities=BELONGS + 10)
    print(f"filling a house of {houses.SIZE['posts'] * TIMES:,} posts …", flush=True)
    larger = {name: houses.SIZE[name] * TIMES for name in ("threads", "posts")}
    grown = houses.make_house(folder / "grown", "", communities=BELONGS + 10, **larger)
    served = [Server(house.serve(port := free_port()), port) for house in (usual, grown)]
    try:
        visits = [houses.sign_in(house, one.port) for house, one in zip((usual, grown), served, strict=True)]
        found = {}
        for name in ("W1", "W2", "W3"):
            asked = [workloads.reading(visit)[name] for visit in visits]
            found[name] = _in_turn(served, asked)
            print(name, found[name], flush=True)
        return {"growth": found, "home": _home(usual, served[0], visits[0])}
    finally:
        for one in served:
            one.stop()


def _in_turn(served: list[Server], asked: list[bytes]) -> dict[str, float]:
    """Both in turn, so that they meet the same minutes: the cheapest of some runs each."""
    costs: list[list[float]] = [[], []]
    for _ in range(workloads.ROUNDS):
        for kept, server, bytes_ in zip(costs, served, asked, strict=True):
            kept.append(workloads.cost(server, lambda _number, bytes_=bytes_: bytes_)[0]["cpu_ms"])
    usual, grown = map(min, costs)
    return {"usual_ms": usual, "grown_ms": grown, "ratio": round(grown / usual, 2)}


def _home(house: houses.House, server: Server, visit: houses.Visit) -> dict[str, float]:
    """Home as she has it, then with fifty communities."""
    asked = workloads.reading(visit)["W3"]
    usual = workloads.best(server, lambda _number: asked)["cpu_ms"]
    before = _join_until(house, BELONGS)
    many = workloads.best(server, lambda _number: asked)["cpu_ms"]
    return {"communities": before, "usual_ms": usual, "many_ms": many, "ratio": round(many / usual, 2)}


def _join_until(house: houses.House, most: int) -> int:
    """Let the persona that alice uses belong to so many communities; answers how many they were."""
    alice = next(one for one in house.known["members"] if one["sign_in_name"] == "alice")
    database = Database(str(house.data / "house.db"))
    with database.write() as uow:
        pid = bytes(uow.scalar(_NAMED, name=alice["personas"][0]["name"]))
        own = len(list(uow.tuples(_OWN, pid=pid)))
        others = [bytes(cid) for (cid,) in uow.tuples(_OTHERS, pid=pid)]
        for cid in others[: most - own]:
            uow.insert(MEMBERSHIP, cid=cid, pid=pid, role=0, month=clock.month(), **JUST_JOINED)
    return own


def _directory(folder: Path) -> dict[str, float]:
    """What a page of answers costs the server, for a member, over all the questions."""
    print(f"filling a house of {COMMUNITIES:,} communities …", flush=True)
    house = houses.make_house(folder / "many", communities=COMMUNITIES, posts=10_000)
    server = Server(house.serve(port := free_port()), port)
    try:
        visit = houses.sign_in(house, server.port)
        pages = [houses.found_at(server.port, visit, words) for words in ASKED]
        headers = {**workloads.COMMON, "cookie": f"__Host-v={visit.cookie}"}
        asked = [request("GET", page, headers) for page in pages]
        costs = {
            words: workloads.best(server, lambda _number, one=one: one)["cpu_ms"]
            for words, one in zip(ASKED, asked, strict=True)
        }
        print(costs, flush=True)
        return {"cpu_ms": max(costs.values()), "least_ms": min(costs.values())}
    finally:
        server.stop()
