"""When the law of a country is another, what hangs on it comes up for review."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.laws.events import LawChanged
from mashrabiya.library.laws.tests.atlas import a_host
from mashrabiya.library.services import commands, queries
from mashrabiya.library.services.types import WARNED_DAYS, Channel, Method, NewCheck, Record, Way
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import TestHouse


@pytest.mark.parametrize(("country", "due"), [("EG", 1), ("FR", 0)])
def test_what_serves_a_country_is_due_when_its_law_is_another(
    house: TestHouse, country: str, due: int
) -> None:
    host = a_host(house).viewer
    line = Channel(way=Way.CHAT, value="line.example")
    record = Record(name_en="A line", countries=("EG",), channels=(line,), source_seen=clock.day())
    with house.database.write() as uow:
        which = commands.add(uow, host, record)
        commands.check(uow, host, which, NewCheck(role="host", method=Method.CALL))
        assert queries.count_due(uow) == 0
    for _ in range(2):
        with house.database.write() as uow:
            uow.record(LawChanged(country, "same_sex_acts"))
        Worker(house.database, house.keys).drain()
        with house.database.read() as db:
            assert queries.count_due(db) == due
            # It answers until then.
            assert len(queries.lines(db, host)) == 1
    clock.offset += (WARNED_DAYS + 1) * clock.DAY
    with house.database.read() as db:
        assert len(queries.lines(db, host)) == 1 - due
