"""The parts of which statements about experiences are made."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    and_,
    bindparam,
    case,
    literal_column,
    select,
    tuple_,
)

from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories.tables import STORY
from mashrabiya.library.stories.types import ID_SIZE, Layer, State
from mashrabiya.people.queries import face_of, is_present, is_unseen
from mashrabiya.people.tables import PERSONA

BATCH = 100
BEGINNING = Cursor((1 << 31) - 1, b"\xff" * ID_SIZE)
ID = bindparam("id", type_=LargeBinary)


def constant(number: int) -> ColumnElement[int]:
    return literal_column(str(int(number)))


YES, NO = constant(1), constant(0)
TELLER = PERSONA.alias("teller")
# The columns of Row: the desk reads them along with its reports.
STORY_COLUMNS = (
    *(STORY.c[name] for name in ("id", "pid", "tok", "state", "may", "about", "lang", "guide", "step")),
    *(STORY.c[name] for name in ("country", "notes", "noted", "same", "helped", "picked", "day")),
    *(STORY.c[name] for name in ("question", "was", "done", "came")),
    *face_of(TELLER),
    case((is_present(TELLER), STORY.c.pid)),
)
PLACED = STORY.outerjoin(TELLER, TELLER.c.id == STORY.c.pid)
ALL = select(*STORY_COLUMNS).select_from(PLACED)
# Not while its teller is away and wished that nothing of hers be shown.
THERE = case((is_unseen(TELLER), NO), else_=YES) == YES
READ = and_(
    STORY.c.state == constant(State.SHOWN),
    STORY.c.may.op("&")(bindparam("layers", type_=Integer)) != NO,
    THERE,
)
BEHIND = tuple_(STORY.c.day, STORY.c.id) < tuple_(
    bindparam("after_day", type_=Integer), bindparam("after_id", type_=LargeBinary)
)
LINE = (STORY.c.day.desc(), STORY.c.id.desc())


def layers_for(viewer: Viewer) -> int:
    """Layers of which one is enough for this viewer to read it."""
    return int(Layer.EVERYBODY | Layer.MEMBERS) if viewer.is_member else int(Layer.EVERYBODY)
