"""What waits at the desk: what was found wrong, and sources. Ask only after ``get_desk``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, Text, bindparam, literal_column, select

from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk.tables import DESK_ANSWER
from mashrabiya.library.desk.types import Answer
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.reading import cited
from mashrabiya.library.guides.tables import GUIDE_EDITION, GUIDE_SOURCE
from mashrabiya.library.guides.types import ID_SIZE, Doubt, EditionState, Source
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


def hand_of(viewer: Viewer, edition: tuple[bytes, str, int]) -> bytes:
    """The mark of the viewer on this edition: the same under all her names, and on no other edition."""
    assert viewer.work is not None
    guide, lang, n = edition
    return viewer.work.nullifier(_KIND, guide + lang.encode() + n.to_bytes(4, "big"))
