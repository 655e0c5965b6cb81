"""What waits to be posted at a set time: its author's alone, under the persona that wrote it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, func, select

from mashrabiya.discussions.queries.mentions import draw_source, names_in
from mashrabiya.discussions.tables import PLANNED
from mashrabiya.discussions.types import Planned
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_COLUMNS = select(*(PLANNED.c[name] for name in Planned.__struct_fields__))
_PID = PLANNED.c.pid == bindparam("pid", type_=LargeBinary)
_ID = PLANNED.c.id == bindparam("id", type_=LargeBinary)
_MINE = Statement(_COLUMNS.where(_PID).order_by(PLANNED.c.at, PLANNED.c.id), into=Planned)
_ONE_OF_MINE = Statement(_COLUMNS.where(_PID, _ID), into=Planned)
_ONE = Statement(_COLUMNS.where(_ID), into=Planned)
_COUNT: Statement[None] = Statement(select(func.count()).select_from(PLANNED).where(_PID))


def planned(db: Read, viewer: Viewer) -> list[Planned]:
    """All of the persona in use, the next one first."""
    return db.all(_MINE, pid=_pid(viewer))


def planned_of(db: Read, pid: bytes) -> list[Planned]:
    """All of a persona: for what becomes of them when it goes."""
    return db.all(_MINE, pid=pid)


def count_planned(db: Read, viewer: Viewer) -> int:
    """How many the persona in use has."""
    return int(db.scalar(_COUNT, pid=_pid(viewer)))


def find_planned(db: Read, viewer: Viewer, which: bytes) -> Planned | None:
    """One of the persona in use, if it is there."""
    return db.first(_ONE_OF_MINE, pid=_pid(viewer), id=which)


def planned_row(db: Read, which: bytes) -> Planned | None:
    """Whosever it is: for the house, at its time."""
    return db.first(_ONE, id=which)


def as_typed(db: Read, row: Planned) -> dict[str, str]:
    """The form as it is typed, with the names of the moment."""
    return {**row.typed, "body": drawn(db, row)}


def drawn(db: Read, row: Planned) -> str:
    """Its text as it is typed, with the names of the moment."""
    return draw_source(row.body, names_in(db, row.cid, [row.body]))


def _pid(viewer: Viewer) -> bytes:
    if not viewer.speaks:
        raise NotFound
    return viewer.pid
