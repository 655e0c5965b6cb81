"""When the law of a country is another, what hangs on it comes up for review."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.desk.commands.law import RESTS_ON
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.commands import change_guide
from mashrabiya.library.guides.flows import furnish
from mashrabiya.library.guides.shelf import guides as shelved
from mashrabiya.library.guides.types import State
from mashrabiya.library.laws import commands as laws
from mashrabiya.library.laws import rules
from mashrabiya.library.laws.events import LawChanged
from mashrabiya.library.laws.tests.atlas import a_host, on
from mashrabiya.library.laws.types import NAMED, Note, Written
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


def test_a_first_import_is_a_change_too(house: TestHouse) -> None:
    """A service stood there before anything was known of the law."""
    on(2026)
    host = a_host(house).viewer
    line = Channel(way=Way.CHAT, value="line.example")
    record = Record(name_en="A line", countries=("EG",), channels=(line,), source_seen=clock.day())
    with house.database.write() as uow:
        which = commands.add(uow, host, record)
        commands.check(uow, host, which, NewCheck(role="host", method=Method.CALL))
    with house.database.write() as uow:
        written = Written(note=Note(value="criminal", source="A source"), seen=rules.print_of(Note()))
        laws.write_note(uow, host, "EG", written, name="same_sex_acts")
    Worker(house.database, house.keys).drain()
    with house.database.read() as db:
        assert queries.count_due(db) == 1


@pytest.mark.parametrize(
    ("topic", "sooner"), [("enforcement", True), ("country", False), ("parenting", False)]
)
def test_reviewed_guides_that_rest_on_a_topic_are_due_soon(
    house: TestHouse, topic: str, sooner: bool
) -> None:
    furnish(house.database, only=("law-and-arrest",))
    with house.database.write() as uow:
        guide = guides.get_guide(uow, guides.names(uow)["law-and-arrest"])
        change_guide(uow, guide, state=int(State.REVIEWED), next_day=clock.day() + 200)
        uow.record(LawChanged("EG", topic))
    Worker(house.database, house.keys).drain()
    with house.database.read() as db:
        found = guides.get_guide(db, guide.id)
    assert found.state == State.REVIEWED, "it is read as reviewed until then"
    assert (found.next_day < clock.day() + 20) is sooner


def test_the_guides_that_rest_on_topics_are_on_the_shelf() -> None:
    slugs = {one.slug for one in shelved()}
    assert set(RESTS_ON) <= set(NAMED)
    assert set().union(*RESTS_ON.values()) <= slugs
