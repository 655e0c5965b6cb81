"""A report says what is wrong, once a person, and nothing of who said so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.communities.tests.factories import ALICE, BOB, VISITOR, other_persona
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.crypto import OVERHEAD
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import commands, queries
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import KEPT_CLOSED_DAYS, NOTE_LIMIT, NewReport, Reason, Thing

KEYS = ServerKeys(b"\x07" * 32)
POST, CID = b"p" * 10, b"c" * 16
_ROWS: Statement[None] = Statement(select(*REPORT.c))


def said(
    note: str = "", *, reason: int = Reason.OUTING, kind: Thing = Thing.POST, thing: bytes = POST
) -> NewReport:
    return NewReport(kind=kind, object=thing, place=CID, reason=reason, note=note)


def report(database: Database, viewer: Viewer, new: NewReport) -> None:
    with database.write() as uow:
        commands.report(uow, viewer, KEYS, new)


def rows(database: Database) -> list[dict[str, Any]]:
    names = [column.name for column in REPORT.c]
    with database.read() as db:
        return [dict(zip(names, row, strict=True)) for row in db.tuples(_ROWS)]


def test_a_row_holds_nothing_of_its_reporter(database: Database) -> None:
    report(database, ALICE, said("That is my street."))
    (row,) = rows(database)
    everything = b"".join(bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))
    for pid in ALICE.siblings:
        assert pid not in everything
    assert b"street" not in everything
    assert row["until_day"] == clock.day() + 365


@pytest.mark.parametrize(("letters", "size"), [(0, 256), (254, 256), (255, 1024), (1023, 4096), (2000, 4096)])
def test_the_length_of_a_note_tells_little_and_it_opens_again(
    database: Database, letters: int, size: int
) -> None:
    report(database, ALICE, said("x" * letters))
    (row,) = rows(database)
    assert len(row["note"]) == size + OVERHEAD
    with database.read() as db:
        (notice,) = queries.notices(db, KEYS, Thing.POST, POST)
    assert (notice.note, notice.reason) == ("x" * letters, Reason.OUTING)


def test_a_note_opens_under_its_own_report_only(database: Database) -> None:
    report(database, ALICE, said("mine"))
    with database.read() as db:
        (notice,) = queries.notices(db, ServerKeys(b"\x08" * 32), Thing.POST, POST)
    assert notice.note == ""


def test_one_person_reports_a_thing_once_under_all_her_names(database: Database) -> None:
    report(database, ALICE, said("first"))
    report(database, ALICE, said("first"))
    for viewer in (ALICE, other_persona(ALICE)):
        with pytest.raises(Invalid) as again:
            report(database, viewer, said("second"))
        assert again.value.fields == {"again": "report.again"}
    report(database, BOB, said("second"))
    report(database, ALICE, said("other thing", thing=b"q" * 10))
    assert len(rows(database)) == 3


@pytest.mark.parametrize("reason", [0, 13, 99, -1])
def test_a_reason_is_needed(database: Database, reason: int) -> None:
    with pytest.raises(Invalid) as refused:
        report(database, ALICE, said(reason=reason))
    assert "reason" in refused.value.fields


@pytest.mark.parametrize("note", ["x" * (NOTE_LIMIT + 1), "🌙" * 1100])
def test_a_note_that_does_not_fit_is_refused(database: Database, note: str) -> None:
    with pytest.raises(Invalid) as refused:
        report(database, ALICE, said(note))
    assert "note" in refused.value.fields
    assert rows(database) == []


def test_a_long_arabic_note_fits(database: Database) -> None:
    report(database, ALICE, said("ع" * NOTE_LIMIT))
    assert len(rows(database)) == 1


def test_a_visitor_reports_nothing(database: Database) -> None:
    with pytest.raises(NotFound):
        report(database, VISITOR, said())


def test_closing_shortens_how_long_it_is_kept(database: Database) -> None:
    report(database, ALICE, said())
    report(database, BOB, said(thing=b"q" * 10))
    with database.write() as uow:
        assert commands.close_reports(uow, Thing.POST, POST) == 1
        assert commands.close_reports(uow, Thing.POST, POST) == 0
    kept = {row["object"]: row["until_day"] for row in rows(database)}
    assert kept[POST] == clock.day() + KEPT_CLOSED_DAYS
    assert kept[b"q" * 10] == clock.day() + 365


def test_reports_about_a_persona_go_with_it_and_no_others(database: Database) -> None:
    pid = BOB.pid
    report(database, ALICE, said(kind=Thing.PERSONA, thing=pid))
    report(database, ALICE, said())
    for _ in range(2):
        with database.write() as uow:
            commands.forget_persona(uow, pid)
    assert [row["object"] for row in rows(database)] == [POST]
