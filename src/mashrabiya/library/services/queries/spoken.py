"""What was said of a service: checks, experience, doubts. Her own each finds by a mark that her key makes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, case, func, literal_column, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.services import rules
from mashrabiya.library.services.tables import SERVICE_CHECK, SERVICE_DOUBT, SERVICE_LIVED
from mashrabiya.library.services.types import ASPECTS, Check, Doubted, Lived
from mashrabiya.platform.db import Read, Statement

_OF = bindparam("which", type_=LargeBinary)
_MARK = bindparam("mark", type_=LargeBinary)
_MOST = 500
OF_ALL = b""
"""In place of a mark: what is told of all."""

_CHECKS: Statement[Check] = Statement(
    select(
        SERVICE_CHECK.c.day,
        SERVICE_CHECK.c.role,
        SERVICE_CHECK.c.method,
        SERVICE_CHECK.c.affirming,
        SERVICE_CHECK.c.mark,
        SERVICE_CHECK.c.note,
    )
    .where(SERVICE_CHECK.c.service == _OF)
    .order_by(SERVICE_CHECK.c.day.desc(), SERVICE_CHECK.c.id),
    lambda day, role, method, affirming, mark, note: Check(day, role, method, affirming, bytes(mark), note),
)
_ASPECTS = [SERVICE_LIVED.c[aspect] for aspect in ASPECTS]
_STILL = SERVICE_LIVED.c.until_quarter >= bindparam("quarter", type_=Integer)
_LIVED: Statement[tuple[bytes, int, Lived]] = Statement(
    select(SERVICE_LIVED.c.mark, SERVICE_LIVED.c.fresh, *_ASPECTS).where(
        SERVICE_LIVED.c.service == _OF, _STILL
    ),
    lambda mark, fresh, *words: (bytes(mark), fresh, Lived(*words)),
)
_DOUBTS: Statement[Doubted] = Statement(
    select(SERVICE_DOUBT.c.service, SERVICE_DOUBT.c.what, SERVICE_DOUBT.c.words)
    .where(SERVICE_DOUBT.c.until_day >= bindparam("today", type_=Integer))
    .order_by(SERVICE_DOUBT.c.service, SERVICE_DOUBT.c.what, SERVICE_DOUBT.c.mark)
    .limit(literal_column(str(_MOST))),
    lambda service, what, words: Doubted(bytes(service), what, words),
)
_DOUBTED: Statement[Any] = Statement(
    select(
        func.min(SERVICE_DOUBT.c.until_day), func.sum(case((SERVICE_DOUBT.c.mark == _MARK, 1), else_=0))
    ).where(SERVICE_DOUBT.c.service == _OF, SERVICE_DOUBT.c.until_day >= bindparam("today", type_=Integer))
)
_DOUBTED_ONES: Statement[Any] = Statement(
    select(SERVICE_DOUBT.c.service)
    .where(SERVICE_DOUBT.c.until_day >= bindparam("today", type_=Integer))
    .distinct()
)
_OWN_DOUBT: Statement[Doubted] = Statement(
    select(SERVICE_DOUBT.c.service, SERVICE_DOUBT.c.what, SERVICE_DOUBT.c.words).where(
        SERVICE_DOUBT.c.service == _OF,
        SERVICE_DOUBT.c.mark == _MARK,
        SERVICE_DOUBT.c.until_day >= bindparam("today", type_=Integer),
    ),
    lambda service, what, words: Doubted(bytes(service), what, words),
)


def checks(db: Read, which: bytes) -> list[Check]:
    """All that are kept, the newest first."""
    return db.all(_CHECKS, which=which)


def all_lived(db: Read, which: bytes) -> tuple[Lived, list[tuple[int, Lived]]]:
    """What is told of all, and what each said with the aspects in which that is not in it yet."""
    rows = db.all(_LIVED, which=which, quarter=clock.quarter())
    told = next((row for mark, _, row in rows if mark == OF_ALL), Lived())
    return told, [(fresh, row) for mark, fresh, row in rows if mark != OF_ALL]


def lived(db: Read, viewer: Viewer, which: bytes) -> tuple[dict[str, int], Lived]:
    """The word for all by aspect, and what she found herself."""
    rows = db.all(_LIVED, which=which, quarter=clock.quarter())
    mine = lived_mark(viewer, which)
    own = next((row for mark, _, row in rows if mark and mark == mine), Lived())
    told = next((row for mark, _, row in rows if mark == OF_ALL), Lived())
    return rules.still_told(told, [row for mark, _, row in rows if mark != OF_ALL]), own


def own_lived(db: Read, viewer: Viewer, which: bytes) -> Lived:
    """What she found."""
    return lived(db, viewer, which)[1]


def doubts(db: Read) -> list[Doubted]:
    """What is said to be wrong anywhere."""
    return db.all(_DOUBTS, today=clock.day())


def doubted(db: Read, viewer: Viewer, which: bytes) -> tuple[int, bool]:
    """The last day that the first of those who doubt is kept, or 0; and whether she is one of them."""
    mark = doubt_mark(viewer, which)
    found = db.tuples(_DOUBTED, which=which, mark=mark, today=clock.day())
    until, own = found[0] if found else (0, 0)
    return until or 0, bool(own and mark)


def doubted_ones(db: Read) -> frozenset[bytes]:
    """The services of which somebody says that something is wrong."""
    return frozenset(bytes(which) for (which,) in db.tuples(_DOUBTED_ONES, today=clock.day()))


def own_doubt(db: Read, viewer: Viewer, which: bytes) -> Doubted | None:
    """What she said is wrong there."""
    mark = doubt_mark(viewer, which)
    return db.first(_OWN_DOUBT, which=which, mark=mark, today=clock.day()) if mark else None


def lived_mark(viewer: Viewer, which: bytes) -> bytes:
    """One person and one service, whichever of her names she uses."""
    return viewer.work.nullifier(b"lived", which) if viewer.work else b""


def doubt_mark(viewer: Viewer, which: bytes) -> bytes:
    return viewer.work.nullifier(b"doubt", which) if viewer.work else b""
