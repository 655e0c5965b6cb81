"""What waits at the desk: what was found wrong, and sources. Ask only after ``get_desk``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, Text, bindparam, literal_column, select

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk.tables import DESK_ANSWER
from mashrabiya.library.desk.types import Answer, Report
from mashrabiya.library.guides.reading import Known, cited
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION, GUIDE_SOURCE, GUIDE_WRONG
from mashrabiya.library.guides.types import ID_SIZE, EditionState, Source
from mashrabiya.platform.db import Read, Statement

_KIND = b"desk"
_MOST = 200
_REPORT = tuple(GUIDE_WRONG.c[name] for name in Report.__struct_fields__)
_OPEN = Statement(
    select(*_REPORT)
    .where(GUIDE_WRONG.c.done == literal_column("0"))
    .order_by(GUIDE_WRONG.c.day, GUIDE_WRONG.c.id)
    .limit(literal_column(str(_MOST))),
    into=Report,
)
_REPORTED = Statement(
    select(*_REPORT).where(GUIDE_WRONG.c.id == bindparam("which", type_=LargeBinary)), into=Report
)
_ANSWER = Statement(
    select(DESK_ANSWER.c.text, DESK_ANSWER.c.role, DESK_ANSWER.c.day).where(
        DESK_ANSWER.c.id == bindparam("which", type_=LargeBinary)
    ),
    into=Answer,
)
_SOURCE = tuple(GUIDE_SOURCE.c[name] for name in Source.__struct_fields__)
_SOURCES = Statement(select(*_SOURCE).order_by(GUIDE_SOURCE.c.code), into=Source)
_ONE = Statement(select(*_SOURCE).where(GUIDE_SOURCE.c.code == bindparam("code", type_=Text)), into=Source)
_CODES: Statement[Any] = Statement(select(GUIDE_SOURCE.c.code))
_SLUGS: Statement[Any] = Statement(select(GUIDE.c.slug, GUIDE.c.id))
_TEXTS: Statement[Any] = Statement(
    select(GUIDE_EDITION.c.guide, GUIDE_EDITION.c.text).where(
        GUIDE_EDITION.c.state == literal_column(str(int(EditionState.PUBLISHED)))
    )
)


def open_reports(db: Read) -> list[Report]:
    """What waits for an answer, the oldest first."""
    return db.all(_OPEN)


def get_report(db: Read, shown: str) -> Report:
    """One of them, answered or not."""
    found = db.first(_REPORTED, which=read_id(shown, ID_SIZE))
    if found is None:
        raise NotFound
    return found


def find_answer(db: Read, report: Report) -> Answer | None:
    return db.first(_ANSWER, which=report.id)


def sources(db: Read) -> list[Source]:
    """Every source that guides may cite."""
    return db.all(_SOURCES)


def find_source(db: Read, code: str) -> Source | None:
    return db.first(_ONE, code=code)


def cited_by(db: Read) -> dict[str, set[bytes]]:
    """Which guides cite a source in what readers read."""
    found: dict[str, set[bytes]] = {}
    for guide, text in db.tuples(_TEXTS):
        for code in cited(text):
            found.setdefault(code, set()).add(bytes(guide))
    return found


def known(db: Read) -> Known:
    """What a guide may name."""
    codes = frozenset(code for (code,) in db.tuples(_CODES))
    return Known(codes, frozenset(ids_by_name(db)))


def ids_by_name(db: Read) -> dict[str, bytes]:
    """The ids of guides by the names that texts use."""
    return {slug: bytes(guide) for slug, guide in db.tuples(_SLUGS)}


def hand_of(viewer: Viewer, edition: tuple[bytes, str, int]) -> bytes:
    """The mark of the viewer on this edition: the same under all her names, and on no other edition."""
    assert viewer.work is not None
    guide, lang, n = edition
    return viewer.work.nullifier(_KIND, guide + lang.encode() + n.to_bytes(4, "big"))
