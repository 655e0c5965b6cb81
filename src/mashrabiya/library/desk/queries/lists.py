"""What waits at the desk: what was found wrong, and sources. Ask only after ``get_desk``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Table,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import rules
from mashrabiya.library.desk.tables import DESK_ANSWER, DESK_DUTY
from mashrabiya.library.desk.types import TOLD_AHEAD_DAYS, Answer, Line, Warned
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.reading import cited
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION, GUIDE_SOURCE, GUIDE_WRONG
from mashrabiya.library.guides.types import ID_SIZE, Doubt, EditionState, Source, State
from mashrabiya.platform.db import Read, Statement

_KIND = b"desk"
_ANSWER = Statement(
    select(DESK_ANSWER.c.text, DESK_ANSWER.c.role, DESK_ANSWER.c.day).where(
        DESK_ANSWER.c.id == bindparam("which", type_=LargeBinary)
    ),
    into=Answer,
)
_SOURCE = tuple(GUIDE_SOURCE.c[name] for name in Source.__struct_fields__)
_ONE = Statement(select(*_SOURCE).where(GUIDE_SOURCE.c.code == bindparam("code", type_=Text)), into=Source)
_TODAY, _SOON = bindparam("today", type_=Integer), bindparam("soon", type_=Integer)


def _count(where: Table, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(where).where(*conditions).scalar_subquery()


def _is(state: State) -> ColumnElement[bool]:
    return GUIDE.c.state == literal_column(str(int(state)))


_WARNINGS: Statement[Any] = Statement(
    select(
        _count(GUIDE, or_(_is(State.DUE), and_(_is(State.REVIEWED), GUIDE.c.next_day < _TODAY))),
        _count(GUIDE, _is(State.REVIEWED), GUIDE.c.next_day >= _TODAY, GUIDE.c.next_day < _SOON),
        _count(GUIDE_WRONG, GUIDE_WRONG.c.done == literal_column("0")),
        _count(GUIDE_SOURCE, GUIDE_SOURCE.c.broken_day > literal_column("0")),
        _count(DESK_DUTY, DESK_DUTY.c.until_day >= _TODAY, DESK_DUTY.c.until_day < _SOON),
    )
)
_TEXTS: Statement[Any] = Statement(
    select(GUIDE_EDITION.c.guide, GUIDE_EDITION.c.text).where(
        GUIDE_EDITION.c.state == literal_column(str(int(EditionState.PUBLISHED)))
    )
)


def open_reports(db: Read) -> list[Doubt]:
    """What waits for an answer, the oldest first."""
    return guides.doubts(db)


def get_report(db: Read, shown: str) -> Doubt:
    """One of them, answered or not."""
    return guides.get_doubt(db, read_id(shown, ID_SIZE))


def find_answer(db: Read, report: Doubt) -> Answer | None:
    return db.first(_ANSWER, which=report.id)


def find_source(db: Read, code: str) -> Source | None:
    return db.first(_ONE, code=code)


def cited_by(db: Read) -> dict[str, set[bytes]]:
    """Which guides cite a source in what readers read."""
    found: dict[str, set[bytes]] = {}
    for guide, text in db.tuples(_TEXTS):
        for code in cited(text):
            found.setdefault(code, set()).add(bytes(guide))
    return found


def warnings(db: Read, viewer: Viewer) -> Warned:
    """What hosts are told before it goes stale: one question for all of it."""
    rules.may_give(viewer).or_raise()
    today = clock.day()
    (row,) = db.tuples(_WARNINGS, today=today, soon=today + TOLD_AHEAD_DAYS)
    return Warned(*map(int, row))


def hand_of(viewer: Viewer, edition: tuple[bytes, str, int]) -> bytes:
    """The mark of the viewer on this edition: the same under all her names, and on no other edition."""
    assert viewer.work is not None
    guide, lang, n = edition
    return viewer.work.nullifier(_KIND, guide + lang.encode() + n.to_bytes(4, "big"))


def hand_on(viewer: Viewer, line: Line) -> bytes:
    """The same for an edition that was read already."""
    return hand_of(viewer, (line.guide, line.lang, line.n))
