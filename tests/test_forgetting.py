"""T22: every table empties when its time has come, and then its words are in no file either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Integer, LargeBinary, Table, select

from mashrabiya import main
from mashrabiya.care.tables import DECISION
from mashrabiya.discussions import commands
from mashrabiya.discussions.tables import POST, REACTION, THREAD, WELCOME
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel import clock
from mashrabiya.people.commands import ask_copy, write_note
from mashrabiya.people.tables import SAVE
from mashrabiya.people.types import CopyOf
from mashrabiya.platform import retention
from mashrabiya.platform.db import ByRule, Database, Expires, Forever, Statement, metadata
from mashrabiya.platform.retention import overstayed
from mashrabiya.safety.tables import REPORT
from mashrabiya.testing.house import TestHouse
from tests.test_erasure import in_files, settle, standing

assert main.ROUTES, "importing main has declared every table and registered every rule"
CANARY = b"canary-that-must-go-8f21"
EXPIRING = [table for table in metadata.sorted_tables if isinstance(table.info["expire"], Expires)]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    yield
    clock.offset = 0.0


def count(database: Database, table: Table) -> int:
    with database.read() as db:
        return len(db.tuples(Statement(select(*table.primary_key.columns))))


def put_row(database: Database, table: Table, when: int) -> None:
    """A row with the canary in every text and every sealed field, whose clock says ``when``."""
    values = filled(table, CANARY) | {table.info["expire"].column: when}
    with database.write() as uow:
        for key in table.foreign_keys:
            # What it stands in is there, and stays.
            values[key.parent.name] = b"elsewhere"
            uow.insert_once(key.column.table, **filled(key.column.table, b"elsewhere", number=0))
        uow.insert(table, **values)


def filled(table: Table, words: bytes, *, number: int = 1) -> dict[str, Any]:
    """Something of its kind in every column: the words in every text and every sealed field."""
    kinds = ((LargeBinary, words), (Integer, number))
    return {
        column.name: next((some for kind, some in kinds if isinstance(column.type, kind)), words.decode())
        for column in table.c
    }


def now_of(table: Table) -> int:
    units = {"hour": clock.hour, "day": clock.day, "month": clock.month, "quarter": clock.quarter}
    return units[table.info["expire"].unit]()


def test_t22_every_table_has_a_rule_and_every_rule_can_be_held_to_account(database: Database) -> None:
    retention.check()
    with database.read() as db:
        for table in metadata.sorted_tables:
            assert isinstance(table.info["expire"], Expires | Forever | ByRule), table.name
            assert overstayed(db, table, 1) == 0, table.name


@pytest.mark.parametrize("table", EXPIRING, ids=lambda table: table.name)
def test_t22_a_row_goes_when_its_table_said_and_no_sooner(database: Database, table: Table) -> None:
    put_row(database, table, now_of(table))
    retention.sweep(database)
    assert count(database, table) == 1
    # Quarters are the longest unit: so many days are past every rule there is.
    clock.offset = (table.info["expire"].after + 2) * 92 * clock.DAY
    retention.sweep(database)
    assert count(database, table) == 0


def test_t22_no_word_of_it_stays_in_the_files(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    for table in EXPIRING:
        put_row(database, table, now_of(table))
    assert in_files(tmp_path).count(CANARY) > len(EXPIRING)
    clock.offset = 4000 * clock.DAY
    retention.sweep(database)
    retention.tidy_nightly(database)
    assert CANARY not in in_files(tmp_path)
    database.close()


def test_t22_a_life_in_a_house_leaves_nothing_after_its_time(house: TestHouse) -> None:
    """Words, notes, marks, welcomes, reports and decisions as people make them."""
    alice, bob = house.person("Alicecanary"), house.person("Bob")
    words = "Words canary-that-must-go-8f21."
    tid = begin(house.database, alice.viewer, open_place(house, alice, bob), title=words, body=words).tid
    answer(house.database, bob.viewer, tid, words, unnamed=True)
    with house.database.write() as uow:
        write_note(uow, alice.viewer, words)
        ask_copy(uow, bob.viewer, CopyOf.PERSONA)
    post = bytes(house.database.connection().execute("SELECT id FROM post WHERE n = 1").fetchone()[0])
    with house.database.write() as uow:
        commands.mark_helped(uow, bob.viewer, tid, post, wish=True)
    assert (
        bob.browser.submit(f"/r/t/{shown(tid)}/1", f"/r/t/{shown(tid)}/1", reason="1", note=words).status
        == 303
    )
    for table in (REACTION, REPORT, SAVE, THREAD, POST):
        assert count(house.database, table), table.name
    settle(house)
    assert CANARY in standing(house)
    clock.offset = 4000 * clock.DAY
    settle(house)
    settle(house)
    for table in (REACTION, REPORT, SAVE, THREAD, POST, WELCOME, DECISION):
        assert count(house.database, table) == 0, table.name
    files = in_files(house.folder)
    assert CANARY not in files
    assert b"Alicecanary" not in files
    assert b"alicecanary" not in files


def shown(tid: bytes) -> str:
    from mashrabiya.kernel.ids import show_id

    return show_id(tid)
