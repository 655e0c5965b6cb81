"""Reading the glossary: all of it into memory, and what its editors need besides."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Integer, LargeBinary, bindparam, func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.terms import rules
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.tables import TERM, TERM_REST, TERM_VERSION
from mashrabiya.library.terms.types import KEPT_DAYS, Body, Concept, Version
from mashrabiya.platform.db import Read, Statement

HELD = "terms"
"""Under this name the glossary lies in memory."""

_ID = bindparam("id", type_=LargeBinary)
_COLUMNS = (TERM.c.id, TERM.c.key, TERM.c.body, TERM.c.hidden, TERM.c.changed, TERM.c.v, TERM.c.day)
_ALL: Statement[Any] = Statement(select(*_COLUMNS).order_by(TERM.c.key))
_ONE: Statement[Any] = Statement(select(*_COLUMNS).where(TERM.c.id == _ID))
_RESTS: Statement[Any] = Statement(select(TERM_REST.c.cid))
_SHELVED: Statement[Any] = Statement(select(TERM.c.key, TERM.c.id, TERM.c.changed, TERM.c.shelf, TERM.c.body))
_OTHER_SHELF: Statement[Any] = Statement(
    select(func.count()).select_from(TERM).where(TERM.c.shelf == bindparam("shelf"))
)
_VERSIONS: Statement[Any] = Statement(
    select(TERM_VERSION.c.v, TERM_VERSION.c.day, TERM_VERSION.c.body)
    .where(TERM_VERSION.c.term == _ID, TERM_VERSION.c.day >= bindparam("since", type_=Integer))
    .order_by(TERM_VERSION.c.v.desc())
)
_BODY = msgspec.json.Decoder(Body)


def packed(body: Body) -> str:
    """A body as its row holds it."""
    return msgspec.json.encode(body).decode()


def load(db: Read) -> Glossary:
    """The whole glossary. Asked once a process, and after each change."""
    rests = (bytes(cid) for (cid,) in db.tuples(_RESTS))
    return Glossary((_concept(row) for row in db.tuples(_ALL)), rests)


def get_concept(db: Read, viewer: Viewer, which: bytes) -> Concept:
    """A concept as it stands now, for its editors."""
    rules.may_edit(viewer).or_raise()
    rows = db.tuples(_ONE, id=which)
    if not rows:
        raise NotFound
    return _concept(rows[0])


def versions(db: Read, viewer: Viewer, which: bytes) -> list[Version]:
    """How it stood before each change of the last ninety days, the newest first; for its editors."""
    rules.may_edit(viewer).or_raise()
    found = db.tuples(_VERSIONS, id=which, since=clock.day() - KEPT_DAYS)
    return [Version(v, day, _BODY.decode(body)) for v, day, body in found]


def has_shelf(db: Read, shelf: str) -> bool:
    """Whether the house was given this shelf already."""
    return bool(db.scalar(_OTHER_SHELF, shelf=shelf))


def shelved(db: Read) -> dict[str, tuple[bytes, bool, str]]:
    """Of each concept by its key: its id, whether the house wrote it, and how it stands."""
    return {
        str(key): (bytes(which), bool(changed), str(body))
        for key, which, changed, _, body in db.tuples(_SHELVED)
    }


def _concept(row: tuple[Any, ...]) -> Concept:
    which, key, body, hidden, changed, v, day = row
    return Concept(bytes(which), key, _BODY.decode(body), bool(hidden), bool(changed), v, day)
