"""./dev bench: the figures of the issue, one after another, in one run."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import houses, workloads
from bench.processes import Server
from bench.statements import statements

MUST = {"floor_ratio": 2.5, "queries": 6}


def main() -> int:
    """Measure what was asked for; 1 when a figure that must hold does not."""
    options = _options()
    if options.privacy:
        from bench.privacy import privacy

        return _tell(privacy(), options.json)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options)
    _tell(figures, options.json)
    return 1 if _short(figures) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--json", metavar="FILE", default="")
    parser.add_argument("--privacy", action="store_true")
    parser.add_argument("--quick", action="store_true", help="no PostgreSQL, no browser, no minute's wait")
    return parser.parse_args()


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything, on a fresh large house."""
    print("filling a house of 5,000 threads …", flush=True)
    house = houses.make_house(folder / "sqlite")
    server = Server(house.serve(8461), 8461)
    figures: dict[str, Any] = {"workloads": {}, "cold_start_s": round(server.cold_start, 2)}
    try:
        _workloads(house, server, figures)
        if not options.quick:
            figures["first_visit"] = _first_visits(house, server.port)
            time.sleep(60)
        figures["memory_mb"] = round(server.memory_mb(), 1)
    finally:
        server.stop()
    if not options.quick:
        figures["postgresql"] = _postgresql(folder)
    figures["session_ms"] = _session()
    return figures


def _workloads(house: houses.House, server: Server, figures: dict[str, Any]) -> None:
    visit = houses.sign_in(house, server.port)
    counts = statements(house, visit)
    floor = workloads.floor_server(house, visit, 8462)
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


def _first_visits(house: houses.House, port: int) -> dict[str, Any]:
    from bench.first_visit import first_visit

    chromium = os.environ.get("MASHRABIYA_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    thread = house.known["threads"]["public"]
    address = f"http://127.0.0.1:{port}"
    return {
        "landing": first_visit(f"{address}/", chromium),
        "thread": first_visit(f"{address}{thread}", chromium),
    }


def _postgresql(folder: Path) -> dict[str, Any]:
    from mashrabiya.testing.postgres import Postgres

    (folder / "cluster").mkdir()
    cluster = Postgres(folder / "cluster")
    try:
        house = houses.make_house(folder / "postgresql", cluster.create())
        server = Server(house.serve(8463), 8463)
        try:
            visit = houses.sign_in(house, server.port)
            found = {}
            for name, asked in workloads.reading(visit).items():
                found[name] = workloads.best(server, lambda _number, asked=asked: asked)
            found["W4"] = workloads.best(server, workloads.replying(server.port, visit), expect=303)
            return found
        finally:
            server.stop()
    finally:
        cluster.stop()


def _session() -> Any:
    try:
        from bench.session_cost import session_cost
    except ImportError:
        return None
    return session_cost()


def _short(figures: dict[str, Any]) -> list[str]:
    """Which figures that must hold do not."""
    found = []
    for name, figure in figures["workloads"].items():
        for what, bound in MUST.items():
            if name in {"W1", "W2", "W3"} and figure.get(what, 0) > bound:
                found.append(f"{name}: {what} {figure[what]} > {bound}")
    for line in found:
        print("SHORT", line)
    return found


def _tell(figures: dict[str, Any], path: str) -> int:
    import json

    print(json.dumps(figures, indent=2))
    if path:
        workloads.dump(figures, path)
    return 0


sys.exit(main())
