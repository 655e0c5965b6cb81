"""Sessions that only listen: looked at without counting as used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, bindparam, func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.idle import Idle
from mashrabiya.people.queries.sessions import find_opened
from mashrabiya.people.sealed.lock import LOCKED_ROW
from mashrabiya.people.tables import SESSION
from mashrabiya.platform.db import Read, Statement

if TYPE_CHECKING:
    from mashrabiya.platform.web.ask import Visit

_SOME = 500
_NAMES = [f"sid{number}" for number in range(_SOME)]
_OPEN: Statement[None] = Statement(
    select(SESSION.c.sid).where(
        SESSION.c.sid.in_([bindparam(name, type_=LargeBinary) for name in _NAMES]),
        SESSION.c.exp_h > bindparam("hour"),
        func.length(SESSION.c.blob) != bindparam("locked"),
    )
)
_COOKIE = 43


def listener(visit: Visit) -> Viewer | None:
    """Who asks to listen, or None: whoever has no session, is excluded, is locked out or has lain idle."""
    if len(visit.cookie) != _COOKIE:
        return None
    site = visit.site
    opened = find_opened(site.database.glance(), site, visit.cookie, visit.tongue)
    if opened is None or opened.case or opened.narrow:
        return None
    idle: Idle = site.rooms["idle"]
    viewer = opened.viewer
    if viewer.lock_minutes and not idle.is_fresh(viewer.sid, used_this_hour=not opened.ageing):
        return None
    return viewer


def still_open(db: Read, sids: Sequence[bytes]) -> set[bytes]:
    """Those of these sessions, five hundred at most, that are neither over nor locked."""
    some = [*sids, *[b""] * (_SOME - len(sids))]
    values = dict(zip(_NAMES, some, strict=True))
    return {bytes(row[0]) for row in db.tuples(_OPEN, hour=clock.hour(), locked=LOCKED_ROW, **values)}
