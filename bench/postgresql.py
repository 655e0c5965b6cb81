"""The same workloads on PostgreSQL and on SQLite, in turn."""

from __future__ import annotations

from pathlib import Path

import psycopg

from bench import houses, workloads
from bench.load import Make
from bench.processes import Server, free_port


def beside_postgresql(folder: Path, house: houses.House, counts: dict[str, int]) -> dict[str, workloads.Cost]:
    """What each workload costs there, and how many times what it costs in ``house`` in the same minutes."""
    from mashrabiya.testing.postgres import Postgres

    (folder / "cluster").mkdir(parents=True)
    cluster = Postgres(folder / "cluster")
    try:
        url = cluster.create()
        _silence(url)
        other = houses.make_house(folder / "house", url)
        _settle(url)
        there = Server(other.serve(port := free_port()), port, beside=cluster.pid)
        here = Server(house.serve(port := free_port()), port)
        try:
            found = _in_turn(other, there, house, here)
        finally:
            here.stop()
            there.stop()
    finally:
        cluster.stop()
    return {name: {**figure, "queries": counts[name]} for name, figure in found.items()}


def _in_turn(
    other: houses.House, there: Server, house: houses.House, here: Server
) -> dict[str, workloads.Cost]:
    visits = [(there, houses.sign_in(other, there.port)), (here, houses.sign_in(house, here.port))]
    asked = [workloads.reading(visit) for _, visit in visits]
    found: dict[str, workloads.Cost] = {}
    for name in asked[0]:
        sides = [(server, _always(each[name])) for (server, _), each in zip(visits, asked, strict=True)]
        found[name] = _compared(*workloads.in_turn(*sides))
    replies = [(server, workloads.replying(server.port, visit)) for server, visit in visits]
    found["W4"] = _compared(*workloads.in_turn(*replies, expect=303))
    return found


def _always(asked: bytes) -> Make:
    return lambda _number: asked


def _compared(there: tuple[workloads.Cost, object], here: tuple[workloads.Cost, object]) -> workloads.Cost:
    return {**there[0], "sqlite_ratio": round(there[0]["cpu_ms"] / here[0]["cpu_ms"], 2)}


def _silence(url: str) -> None:
    """A house does not open where the database would write down what people send it."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("log_parameter_max_length", "log_parameter_max_length_on_error"):
            connection.execute(f"ALTER SYSTEM SET {setting} = 0".encode())
        connection.execute("SELECT pg_reload_conf()")


def _settle(url: str) -> None:
    """What a house's PostgreSQL does by itself after a while, and one for tests never does: it counts its rows."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
