"""The rows of calls and rooms, on both databases."""

from __future__ import annotations

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.desks import CARER, HOST, KEYS, Desk, post_at
from mashrabiya.care.types import Act
from mashrabiya.care.types.room import NewLine
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.platform.db import Database
from mashrabiya.safety import commands as safety
from mashrabiya.safety import queries as safety_queries
from mashrabiya.safety.types import Reason


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def call(desk: Desk, reason: Reason) -> None:
    with desk.database.write() as uow:
        safety.call(uow, desk.cid, post_at(uow, desk.thread), reason)


def test_a_call_waits_first_counts_nobody_and_brings_no_words(desk: Desk) -> None:
    for _ in range(2):
        call(desk, Reason.CALL)
        call(desk, Reason.WAY)
    for viewer in (CARER, HOST):
        (case,) = desk.queue(viewer)
        assert (case.people, case.is_call, case.light) == (0, True, "red")
    with desk.database.read() as db:
        said = safety_queries.notices(db, KEYS, case.kind, case.object)
        assert queries.get_case(db, HOST, case.id).gentle
    assert sorted((one.reason, one.note) for one in said) == [(Reason.CALL, ""), (Reason.WAY, "")]


def test_reports_beside_it_are_counted_by_themselves(desk: Desk) -> None:
    call(desk, Reason.CALL)
    case = desk.report(desk.thread, reason=Reason.SELF_HARM)
    assert case.people == 1
    with desk.database.read() as db:
        assert queries.get_case(db, HOST, case.id).gentle
        assert queries.get_case(db, HOST, case.id).people == 1
    with pytest.raises(Invalid):
        desk.decide(case, Act.EXCLUDE)
    desk.decide(case, Act.WORD)
    assert not desk.queue(HOST)
    # Once more: what was decided before does not open what is not offered now.
    call(desk, Reason.CALL)
    (again,) = desk.queue(HOST)
    with pytest.raises(Invalid):
        desk.decide(again, Act.REMOVE)


def test_a_room_keeps_what_is_said_for_those_who_belong_there(desk: Desk) -> None:
    with desk.database.write() as uow:
        commands.say_in_room(uow, HOST, KEYS, desk.cid, new=NewLine("Tired.", wish=True))
        commands.say_in_room(uow, CARER, KEYS, b"", new=NewLine("So am I."))
    with desk.database.read() as db:
        place = queries.get_room(db, HOST, desk.cid)
        assert [(one.words, one.own, one.waits) for one in queries.lines(db, HOST, KEYS, place)] == [
            ("Tired.", True, True)
        ]
        assert queries.open_desk(db, HOST, desk.cid)[1].wished == 0
        assert queries.open_desk(db, CARER, desk.cid)[1].wished == 1
        assert queries.open_desk(db, CARER, b"")[1].wished == 0
        with pytest.raises(NotFound):
            queries.get_room(db, CARER, desk.cid)
        with pytest.raises(NotFound):
            queries.get_room(db, HOST, b"")
