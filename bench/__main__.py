"""./dev bench: the figures of the issue, one after another, in one run."""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import mashrabiya
from bench import houses, workloads
from bench.desk import desk_cost
from bench.guide import guide_cost, longest
from bench.postgresql import beside_postgresql
from bench.processes import Server, free_port
from bench.rules import MUST_MS as RULES_MUST
from bench.rules import rules_cost
from bench.session_cost import session_cost
from bench.statements import statements

MUST = {"floor_ratio": 2.5, "queries": 6}
REPLY_MUST = 2.5
POSTGRESQL_MUST = 2.5
VISIT_MUST = {"kb": 60, "requests": 6, "fcp_ms": 1600}
# Somebody frightened, on a bad line: one file that carries its sheet.
HELP_MUST = {"kb": 30, "requests": 1, "fcp_ms": 1000}
MEMORY_MUST, COLD_START_MUST = 180, 2
TOLD = ("cpu_ms", "floor_ratio", "queries", "rps", "p99_ms")


def main() -> int:
    """Measure what was asked for; 1 when a figure that must hold does not."""
    options = _options()
    apart = _apart(options)
    if apart is not None:
        found = apart()
        _tell(found, options.json)
        return 1 if found["short"] else 0
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options)
    short = verdicts(figures)
    _tell(told(figures), options.json)
    return 1 if short else 0


def _apart(options: argparse.Namespace) -> Callable[[], dict[str, Any]] | None:
    """What is measured by itself, where that was asked for."""
    if options.privacy:
        from bench.privacy import privacy

        return partial(privacy, options.rounds)
    if options.raid:
        from bench.raid import raid

        return partial(raid, options.minutes)
    if options.growth:
        from bench.growth import growth

        return growth
    if options.live:
        from bench.live import live

        return live
    if options.search and options.posts:
        from bench.search_scale import scale

        return partial(scale, options.posts, options.data)
    if options.search:
        from bench.search import search

        return partial(search, options.data)
    return None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--json", metavar="FILE", default="")
    parser.add_argument("--privacy", action="store_true", help="times that must not tell, instead of speed")
    parser.add_argument(
        "--raid", action="store_true", help="what a raid does to members, and how soon the switch holds"
    )
    parser.add_argument(
        "--growth", action="store_true", help="what ten times the posts and many communities cost"
    )
    parser.add_argument("--live", action="store_true", help="what it costs that ten thousand listen")
    parser.add_argument("--search", action="store_true", help="how well search ranks, on both databases")
    parser.add_argument(
        "--posts", type=int, default=0, metavar="N", help="what --search costs with so many posts, instead"
    )
    parser.add_argument(
        "--data", metavar="DIR", default="", help="where the questions of --search lie, or its posts"
    )
    parser.add_argument(
        "--minutes", type=float, default=3.0, metavar="N", help="into which --raid presses its ten"
    )
    parser.add_argument("--rounds", type=int, default=1500, metavar="N", help="askings a pair of --privacy")
    parser.add_argument("--quick", action="store_true", help="no PostgreSQL, no browser, no minute's wait")
    return parser.parse_args()


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything, on a fresh large house."""
    # An installed house lies compiled. Where Python may write no bytecode, each start here would compile it anew.
    compileall.compile_dir(str(Path(mashrabiya.__file__).parent), quiet=1)
    print("filling a house of 5,000 threads …", flush=True)
    house = houses.make_house(folder / "sqlite")
    server = Server(house.serve(port := free_port()), port)
    figures: dict[str, Any] = {"workloads": {}, "cold_start_s": round(server.cold_start, 2)}
    try:
        _workloads(house, server, figures)
        if not options.quick:
            figures["first_visit"] = _first_visits(house, server)
            time.sleep(60)  # what it keeps, not what it needed for a moment
        figures["memory_mb"] = round(server.memory_mb(), 1)
    finally:
        server.stop()
    if not options.quick:
        counts = {name: figure["queries"] for name, figure in figures["workloads"].items()}
        figures["postgresql"] = beside_postgresql(folder / "postgresql", house, counts)
    figures["session"] = session_cost()
    figures["rules"] = rules_cost()
    figures["desk"] = desk_cost()
    return figures


def _workloads(house: houses.House, server: Server, figures: dict[str, Any]) -> None:
    visit = houses.sign_in(house, server.port)
    counts = statements(house, visit)
    floor = workloads.floor_server(house, visit, free_port())
    try:
        for name, asked in workloads.reading(visit).items():
            found = workloads.against_floor(server, floor, asked)
            figures["workloads"][name] = {**found, "queries": counts[name]}
            print(name, figures["workloads"][name], flush=True)
    finally:
        floor.stop()
    reply = workloads.best(server, workloads.replying(server.port, visit), expect=303)
    figures["workloads"]["W4"] = {**reply, "queries": counts["W4"]}
    print("W4", figures["workloads"]["W4"], flush=True)
    figures["guide"] = guide_cost(server)
    print("guide", figures["guide"], flush=True)


def _first_visits(house: houses.House, server: Server) -> dict[str, Any]:
    from bench.first_visit import first_visit

    chromium = os.environ.get("MASHRABIYA_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    thread = house.known["threads"]["public"]
    address = f"http://127.0.0.1:{server.port}"
    return {
        "landing": first_visit(f"{address}/", chromium),
        "thread": first_visit(f"{address}{thread}", chromium),
        "guide": first_visit(f"{address}{longest(server)}", chromium),
        "help now": first_visit(f"{address}/h", chromium),
    }


def told(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures as others read them: a fixed shape, nothing more. What is not measured is null."""
    workloads_, postgresql = (
        {name: {key: figure.get(key) for key in TOLD} for name, figure in figures.get(part, {}).items()}
        for part in ("workloads", "postgresql")
    )
    return {
        "workloads": workloads_,
        "first_visit": figures.get("first_visit", {}),
        "memory_mb": figures["memory_mb"],
        "cold_start_s": figures["cold_start_s"],
        "postgresql": postgresql,
    }


def verdicts(figures: dict[str, Any]) -> list[str]:
    """Print each figure that must hold, and whether it does; answers those that do not."""
    lines = list(_bounds(figures))
    short = [what for what, found, most in lines if found > most]
    for what, found, most in lines:
        print(f"{'SHORT' if found > most else 'holds'}  {what}: {found} (at most {most})")
    return short


def _bounds(figures: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    for name in ("W1", "W2", "W3"):
        for what, most in MUST.items():
            yield f"{name} {what}", figures["workloads"][name][what], most
    yield "W4, ms", figures["workloads"]["W4"]["cpu_ms"], REPLY_MUST
    for name, figure in figures.get("postgresql", {}).items():
        yield f"{name} PostgreSQL × SQLite", figure["sqlite_ratio"], POSTGRESQL_MUST
    for page, visit in figures.get("first_visit", {}).items():
        for what, most in (HELP_MUST if page == "help now" else VISIT_MUST).items():
            yield f"first visit to {page}, {what}", visit[what], most
    yield "memory_mb", figures["memory_mb"], MEMORY_MUST
    yield "cold_start_s", figures["cold_start_s"], COLD_START_MUST
    yield "all rules on a post, ms", figures["rules"]["ms"], RULES_MUST
    yield "session and guards, ms", figures["session"]["with_guards_ms"], figures["session"]["must_ms"]
    yield (
        "guards, names and whom they keep away, ms",
        figures["session"]["what_protects_ms"],
        figures["session"]["must_ms"],
    )
    yield "a guide, ms", figures["guide"]["guide"]["cpu_ms"], figures["guide"]["must_ms"]
    yield (
        "the list of countries, ms",
        figures["guide"]["countries"]["cpu_ms"],
        figures["guide"]["list_must_ms"],
    )
    yield "first page of 100,000 reports, ms", figures["desk"]["page_ms"], figures["desk"]["must_ms"]


def _tell(figures: dict[str, Any], path: str) -> int:
    import json

    print(json.dumps(figures, indent=2))
    if path:
        workloads.dump(figures, path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
