"""What search costs in a house of many posts: pairs of words one after another, the room its index takes, and how soon it is made.

The house is kept where ``--data`` says, so that it can be asked again; without it, it goes afterwards.
"""

from __future__ import annotations

import random
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text as sql

from bench.search_fill import Language, bar, belong, fill
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.db.schema import create_all
from mashrabiya.platform.search.asking import read_question
from mashrabiya.search import commands, queries
from mashrabiya.search.queries.kept import every_post
from mashrabiya.search.wish import Wish
from mashrabiya.testing.house import TestHouse

MUST_MS, MUST_RATE = 25.0, 2_000
MUST_SIZE = {"sqlite": 1.2, "postgresql": 4.0}
PAIRS, PLACES, FRESH = 1_000, 20, 10_000
_POSTGRESQL_POSTS = 50_000
"""So many are enough to see how much room they take."""
_BYTES = {"sqlite": "length(CAST(body AS BLOB))", "postgresql": "octet_length(body)"}
_TABLES = ("indexed", "pending", "posting")


def scale(posts: int, folder: str) -> dict[str, Any]:
    """The figures, and which of them are short."""
    found = {"sqlite": _in(Path(folder), posts) if folder else _aside(posts)}
    found["postgresql"] = _on_postgresql(min(posts, _POSTGRESQL_POSTS))
    short = []
    for what, figure, holds in _bounds(found):
        print(f"{'holds' if holds else 'SHORT'}  {what}: {figure}")
        if not holds:
            short.append(what)
    return {**found, "short": short}


def _bounds(found: dict[str, Any]) -> Iterator[tuple[str, float, bool]]:
    here = found["sqlite"]
    for who in ("member", "visitor"):
        yield (
            f"99 of 100 questions of a {who}, ms (at most {MUST_MS})",
            here[who]["p99"],
            here[who]["p99"] <= MUST_MS,
        )
    if "rate" in here:
        yield f"posts indexed a second (at least {MUST_RATE})", here["rate"], here["rate"] >= MUST_RATE
    for kind, most in MUST_SIZE.items():
        size = found[kind]["index_x_text"]
        yield f"index × text, {kind} (at most {most})", size, size <= most


def _aside(posts: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return _in(Path(folder), posts)


def _in(data: Path, posts: int) -> dict[str, Any]:
    with _house(data) as house:
        found = _filled(house, data, posts)
        found["index_x_text"] = _size(house)
        for name, viewer in (("member", _reader(house)), ("visitor", house.visitor("en"))):
            found[name] = _asked(house, viewer)
            print(name, found[name], flush=True)
        found["with_fresh"] = _with_fresh(house)
        print(f"with {FRESH:,} posts of these six hours", found["with_fresh"], flush=True)
    return found


def _filled(house: TestHouse, data: Path, posts: int) -> dict[str, Any]:
    """Posts, and their index: made once."""
    if not (data / "filled").exists():
        fill(house, posts)
        (data / "filled").write_text(str(posts))
    if (data / "indexed").exists():
        return {"posts": int((data / "filled").read_text())}
    begins = time.process_time()
    done = commands.rebuild(house.database, tell=partial(bar, what="indexed"))
    rate = round(done / (time.process_time() - begins))
    _settle(house)
    (data / "indexed").write_text("1")
    print(f"{rate:,} posts a second of processor time", flush=True)
    return {"posts": posts, "rate": rate}


def _settle(house: TestHouse) -> None:
    """As a house does every week; what a server does by itself."""
    run = house.database.connection().execute
    run("VACUUM")
    if house.database.dialect == "sqlite":
        run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _size(house: TestHouse) -> float:
    """How many bytes of index there are to one of text."""
    kind = house.database.dialect
    taken = {
        "sqlite": f"SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name IN {_TABLES})",
        "postgresql": " + ".join(f"pg_total_relation_size('{name}')" for name in _TABLES).join(
            ("SELECT ", "")
        ),
    }[kind]
    with house.database.read() as db:
        index = int(db.scalar(_plain(taken)))
        text = int(db.scalar(_plain(f"SELECT sum({_BYTES[kind]}) FROM post")))
    print(f"{kind}: text {text:,} bytes, index {index:,}", flush=True)
    return round(index / text, 3)


def _plain(said: str) -> Statement[None]:
    return Statement(sql(said))


def _reader(house: TestHouse) -> Viewer:
    person = house.person(f"Reader {secrets.token_hex(4)}")
    belong(house, person.viewer.pid, PLACES)
    return person.viewer


def _pairs() -> Iterator[str]:
    """Two words each, drawn as often as they are said."""
    chance = random.Random(11)
    spoken = [Language(name) for name in ("en", "ar")]
    for number in range(PAIRS):
        yield " ".join(spoken[number % 2].some(chance, 2))


def _asked(house: TestHouse, viewer: Viewer) -> dict[str, float]:
    """What a page of results costs this process: the words looked up, ranked, twenty read with their passages."""
    from mashrabiya.communities.queries import my_communities

    costs = []
    for number, text in enumerate(_pairs()):
        begins = time.process_time()
        wish = Wish(text=text, question=read_question(text))
        with house.database.read(wide=True) as db:
            mine = [one.id for one in my_communities(db, viewer)] if viewer.speaks else []
            queries.found(db, viewer, wish, mine)
        if number >= 20:  # the first ones read what the operating system keeps from then on
            costs.append((time.process_time() - begins) * 1000)
    costs.sort()
    at = {f"p{share}": costs[len(costs) * share // 100] for share in (50, 90, 99)}
    return {name: round(cost, 2) for name, cost in {**at, "most": costs[-1]}.items()}


def _with_fresh(house: TestHouse) -> dict[str, float]:
    """The same while so many posts have no number yet."""
    posts = sorted(post for _, post in _every(house))[:FRESH]
    for begins in range(0, len(posts), 100):
        with house.database.write() as uow:
            for post in posts[begins : begins + 100]:
                commands.put(uow, post)
    found = _asked(house, _reader(house))
    commands.number_ripe(house.database)
    return found


def _every(house: TestHouse) -> list[tuple[int, bytes]]:
    with house.database.read() as db:
        return every_post(db)


@contextmanager
def _house(data: Path) -> Iterator[TestHouse]:
    data.mkdir(parents=True, exist_ok=True)
    new = not (data / "house.db").exists()
    database = Database(str(data / "house.db"))
    try:
        if new:
            create_all(database)
        yield TestHouse(data, database)
    finally:
        database.close()
        clock.offset = 0.0


def _on_postgresql(posts: int) -> dict[str, Any]:
    """How much room the index takes there, and what a question costs this process beside the server's."""
    from mashrabiya.testing.postgres import Postgres

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "cluster").mkdir()
        cluster = Postgres(Path(folder) / "cluster")
        database = Database(cluster.create())
        try:
            create_all(database)
            house = TestHouse(Path(folder), database)
            fill(house, posts)
            commands.rebuild(database, tell=partial(bar, what="indexed"))
            size = _size(house)
            _settle(house)
            return {"posts": posts, "before_vacuum": size, "index_x_text": _size(house)}
        finally:
            database.close()
            cluster.stop()
