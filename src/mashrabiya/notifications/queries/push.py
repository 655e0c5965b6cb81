"""Which browser is told, and whether there is anything to tell it."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, literal_column, select

from mashrabiya.notifications.pushed import Pushed, PushKeys
from mashrabiya.notifications.tables import NOTICE, PUSH
from mashrabiya.notifications.types import SORT_OF, UNNAMED, Kind, Sort
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_PID = bindparam("pid", type_=LargeBinary)
_ROW: Statement[None] = Statement(
    select(PUSH.c.blob, PUSH.c.until_day).where(PUSH.c.addr == bindparam("tag", type_=LargeBinary))
)
_THERE: Statement[None] = Statement(select(PERSONA.c.id).where(PERSONA.c.id == _PID, is_present(PERSONA)))
_STANDING: Statement[None] = Statement(
    select(NOTICE.c.kind)
    .distinct()
    .where(
        NOTICE.c.addr == _PID,
        NOTICE.c.kind < literal_column(str(UNNAMED)),
        NOTICE.c.day >= bindparam("since", type_=Integer),
    )
)


def find_push(db: Read, keys: PushKeys, pid: bytes) -> tuple[Pushed, int] | None:
    """The browser of this name, and until when that is kept."""
    tag = keys.tag(pid)
    for blob, until in db.tuples(_ROW, tag=tag):
        pushed = keys.open(tag, bytes(blob))
        return (pushed, int(until)) if pushed is not None else None
    return None


def is_there(db: Read, pid: bytes) -> bool:
    """Whether that name is there: not gone, and its account not frozen."""
    return bool(db.tuples(_THERE, pid=pid))


def standing(db: Read, pid: bytes, since: int) -> Sort:
    """Of which sorts a notice of these days still lies there for that name."""
    found = Sort(0)
    for (kind,) in db.tuples(_STANDING, pid=pid, since=since):
        found |= SORT_OF[Kind(kind)]
    return found
