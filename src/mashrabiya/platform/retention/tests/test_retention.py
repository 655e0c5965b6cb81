"""Rows die when their table said, and their words leave the files."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text, func, select
from sqlalchemy.schema import CreateTable, DropTable

from mashrabiya.kernel import clock
from mashrabiya.platform import retention
from mashrabiya.platform.db import ByRule, Database, Expires, Forever, Statement, Write
from mashrabiya.platform.retention import engine, files

OWN = MetaData()


def own_table(name: str, *parts: Any, expire: Any) -> Table:
    return Table(name, OWN, *parts, sqlite_with_rowid=False, info={"expire": expire})


NOTE = own_table(
    "r_note",
    Column("id", LargeBinary, primary_key=True),
    Column("day", Integer),
    Column("words", Text),
    expire=Expires("day", "day", 30),
)
PAIR = own_table(
    "r_pair",
    Column("a", Integer),
    Column("b", Integer),
    Column("hour", Integer),
    PrimaryKeyConstraint("a", "b"),
    expire=Expires("hour", "hour"),
)
KEPT = own_table("r_kept", Column("id", Integer, primary_key=True), expire=Forever("a test's own"))
RULED = own_table("r_ruled", Column("id", Integer, primary_key=True), expire=ByRule("odd ones go"))

UNITS = [("second", clock.now), ("hour", clock.hour), ("day", clock.day), ("month", clock.month)]


@pytest.fixture
def house(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(engine, "_rules", {})
    monkeypatch.setattr(files, "_nightly", [])
    run_ddl(database, CreateTable)
    yield database
    run_ddl(database, DropTable)


def run_ddl(database: Database, make: Any) -> None:
    from mashrabiya.platform.db.statements import dialect_of

    for table in OWN.sorted_tables:
        database.connection().execute(str(make(table).compile(dialect=dialect_of(database.dialect))))


def count(house: Database, table: Table) -> int:
    with house.read() as db:
        return int(db.scalar(Statement(select(func.count()).select_from(table))))


def fill(house: Database, days: list[int | None], words: str = "") -> None:
    with house.write() as uow:
        for day in days:
            uow.insert(NOTE, id=secrets.token_bytes(16), day=day, words=words)


def test_rows_die_when_their_time_is_over_and_not_a_day_before(house: Database) -> None:
    fill(house, [clock.day(), clock.day() - 30, clock.day() - 31, clock.day() - 400, None])
    assert retention.sweep(house, OWN) == 2
    assert count(house, NOTE) == 3


def test_moving_the_clock_empties_the_table(house: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(house, [clock.day()] * 5)
    assert retention.sweep(house, OWN) == 0
    monkeypatch.setattr(clock, "offset", 31 * clock.DAY)
    assert retention.sweep(house, OWN) == 5


def test_many_rows_go_in_batches(house: Database) -> None:
    fill(house, [1] * (2 * engine.BATCH + 3))
    house.trace = []
    assert retention.sweep(house, OWN) == 2 * engine.BATCH + 3
    assert sum("r_note" in sql for sql in house.trace) == 4


def test_keys_of_several_columns(house: Database) -> None:
    with house.write() as uow:
        for a in range(3):
            uow.insert(PAIR, a=a, b=1, hour=clock.hour() - a)
    assert retention.sweep(house, OWN) == 2


def test_what_stays_stays(house: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.write() as uow:
        uow.insert(KEPT, id=1)
    monkeypatch.setattr(clock, "offset", 4000 * clock.DAY)
    retention.sweep(house, OWN)
    assert count(house, KEPT) == 1


def test_a_rule_runs_until_it_finds_nothing(house: Database) -> None:
    left = [3, 3, 1]

    @retention.rule("odd ones go")
    def odd(uow: Write) -> int:
        return left.pop(0) if left else 0

    assert retention.sweep(house, OWN) == 7


def test_a_rule_nobody_registered_is_refused(house: Database) -> None:
    with pytest.raises(retention.MissingRule, match="odd ones go"):
        retention.check(OWN)
    retention.rule("odd ones go")(lambda uow: 0)
    retention.check(OWN)


def test_one_that_fails_never_stops_the_others(house: Database, caplog: pytest.LogCaptureFixture) -> None:
    def broken(uow: Write) -> int:
        uow.insert(KEPT, id=7)
        raise RuntimeError("secret words")

    retention.rule("odd ones go")(broken)
    fill(house, [1])
    assert retention.sweep(house, OWN) == 1
    assert count(house, KEPT) == 0
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_nightly_runs_what_was_registered(house: Database) -> None:
    ran: list[str] = []
    retention.nightly(lambda uow: ran.append("first"))
    retention.tidy_nightly(house)
    assert ran == ["first"]
    retention.tidy_weekly(house)


@pytest.mark.parametrize("act", ["sweep", "delete and night"])
def test_deleted_words_leave_the_files(sqlite_url: str, tmp_path: Path, act: str) -> None:
    house = Database(sqlite_url)
    run_ddl(house, CreateTable)
    words = [f"canary {secrets.token_hex(20)}" for _ in range(40)]
    for one in words:
        fill(house, [clock.day() - 31], one + " " + "filler " * 300)
    fill(house, [clock.day()] * 20, "what stays")
    assert all(lies_in(tmp_path, one) for one in words)
    if act == "sweep":
        retention.sweep(house, OWN)
    else:
        with house.write() as uow:
            uow.run(Statement(NOTE.delete().where(NOTE.c.day < clock.day())))
        retention.tidy_nightly(house)
    assert not [one for one in words if lies_in(tmp_path, one)]
    assert lies_in(tmp_path, "what stays")
    size = Path(sqlite_url).stat().st_size
    retention.tidy_weekly(house)
    assert Path(sqlite_url).stat().st_size < size
    assert count(house, NOTE) == 20
    house.close()


def lies_in(folder: Path, words: str) -> bool:
    return any(words.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_reader_only_delays_the_emptying(sqlite_url: str) -> None:
    house, reader = Database(sqlite_url), Database(sqlite_url)
    run_ddl(house, CreateTable)
    with reader.read() as db:
        db.tuples(Statement(select(KEPT.c.id)))
        fill(house, [1], "words")
        assert not files.empty_log(house)
    assert files.empty_log(house)
    house.close()
    reader.close()


@pytest.mark.parametrize(("unit", "now"), UNITS)
def test_every_unit_means_its_clock(unit: str, now: Any) -> None:
    assert engine._NOW[unit]() == pytest.approx(int(now()), abs=1)
