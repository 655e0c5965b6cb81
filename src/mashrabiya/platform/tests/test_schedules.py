"""What comes round by itself does so once an hour, night or week, in one process."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.platform import schedules
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.leader import Leader
from mashrabiya.platform.schedules import SCHEDULE, Every, scheduled

LAST: Statement[None] = Statement(select(SCHEDULE.c.name, SCHEDULE.c.last))


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(schedules, "_schedules", {})
    done: list[str] = []
    scheduled("a", Every.HOUR)(lambda database: done.append("a"))
    scheduled("b", Every.NIGHT)(lambda database: done.append("b"))
    scheduled("c", Every.WEEK)(lambda database: done.append("c"))
    return done


def go_round(database: Database) -> None:
    while schedules.step(database):
        pass


def test_each_runs_when_its_time_comes(
    database: Database, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A Wednesday at noon, whenever this runs: an hour may else lead into another night, a day into another week.
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp() - clock.now() + clock.offset
    monkeypatch.setattr(clock, "offset", noon)
    go_round(database)
    assert ran == ["a", "b", "c"]
    go_round(database)
    assert ran == ["a", "b", "c"]
    for hours, more in ((1, ["a"]), (25, ["a", "b"]), (24 * 8, ["a", "b", "c"])):
        ran.clear()
        monkeypatch.setattr(clock, "offset", noon + hours * 3600.0)
        go_round(database)
        assert ran == more


def test_what_was_missed_is_made_up_for_once(
    database: Database, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_round(database)
    ran.clear()
    monkeypatch.setattr(clock, "offset", 100.0 * clock.DAY)
    go_round(database)
    assert sorted(ran) == ["a", "b", "c"]


def test_one_that_fails_comes_round_again_and_stops_nobody(
    database: Database, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(database: Database) -> None:
        ran.append("failed")
        raise RuntimeError

    scheduled("a", Every.HOUR)(fail)
    go_round(database)
    assert ran == ["failed", "b", "c"]
    monkeypatch.setattr(clock, "offset", 3600.0)
    schedules.step(database)
    assert ran.count("failed") == 2


def test_rows_hold_hours_days_and_weeks(database: Database, ran: list[str]) -> None:
    go_round(database)
    with database.read() as db:
        last: dict[str, Any] = dict(db.tuples(LAST))
    assert last["a"] == clock.hour()
    assert abs(last["b"] - clock.day()) <= 1
    assert abs(last["c"] - clock.day() // 7) <= 1


def test_one_leads_and_another_follows_when_it_goes(database: Database) -> None:
    first, second = Leader(database), Leader(database)
    assert first.leads()
    assert first.leads()
    assert not second.leads()
    first.resign()
    assert second.leads()
    assert not first.leads()
    second.resign()


def test_a_leader_that_loses_its_connection_leads_no_longer(postgres_url: str) -> None:
    database = Database(postgres_url)
    first, second = Leader(database), Leader(database)
    assert first.leads()
    first._held.close()
    # The server frees the lock when it notices, a moment later on a busy machine.
    while not second.leads():
        time.sleep(0.01)
    assert not first.leads()
    second.resign()
    database.close()
