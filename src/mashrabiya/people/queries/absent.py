"""A persona whose person is not there: for what the house does in her stead, with what can be known without her."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from sqlalchemy import ColumnElement, LargeBinary, Text, bindparam, literal_column, or_, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Face, Viewer
from mashrabiya.people.queries.guards import COMMUNITY, PAUSED, SITE, SLOWED, UNNAMED_SITE
from mashrabiya.people.queries.personas import is_present
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.platform.db import Read, Statement


class _Face(msgspec.Struct, frozen=True):
    name: str
    pub: str
    seed: bytes


def _kind(kind: str) -> ColumnElement[str]:
    return literal_column(f"'{kind}'", Text)


_PRESENT = Statement(
    select(PERSONA.c.name, PERSONA.c.pub, PERSONA.c.seed).where(
        PERSONA.c.id == bindparam("pid", type_=LargeBinary), is_present(PERSONA)
    ),
    into=_Face,
)
_CLOSED: Statement[None] = Statement(
    select(GUARD.c.kind, GUARD.c.scope, GUARD.c.subject).where(
        GUARD.c.until_day >= bindparam("today"),
        or_(
            GUARD.c.kind.in_([_kind(SITE), _kind(UNNAMED_SITE)]),
            GUARD.c.scope == bindparam("cid", type_=LargeBinary),
        ),
        GUARD.c.kind.in_([_kind(kind) for kind in (SITE, UNNAMED_SITE, COMMUNITY, PAUSED, SLOWED)]),
    )
)


def absent(db: Read, pid: bytes) -> Viewer | None:
    """The persona as somebody who writes; None where it is away or gone.

    Of her other names nothing is known, and nothing at rest could say it. So this viewer is asked only
    what a persona can be asked; ``closings`` is for the rest.
    """
    face = db.first(_PRESENT, pid=pid)
    if face is None:
        return None
    return Viewer(
        siblings=(pid, *[b""] * (SLOTS - 1)),
        face=Face(face.name, face.pub, face.seed),
        reason="at a set time",
    )


def closings(db: Read, cid: bytes) -> frozenset[str]:
    """A mark for each thing that is closed to somebody by name in this community, or in the whole house.

    Whoever was asked in her own session knows of all of these that none is hers. Of one that came later the
    house cannot know whom it meets.
    """
    rows = db.tuples(_CLOSED, today=clock.day(), cid=cid)
    return frozenset(_mark(str(kind), bytes(scope), bytes(subject)) for kind, scope, subject in rows)


def _mark(kind: str, scope: bytes, subject: bytes) -> str:
    return sha256(b"\0".join((kind.encode(), scope, subject))).hexdigest()[:8]
