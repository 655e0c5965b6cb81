"""What waits for a second person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, case, exists, literal_column, null, select

from mashrabiya.care import rules
from mashrabiya.care.queries.parts import constant, may_decide, who
from mashrabiya.care.tables import PROPOSAL
from mashrabiya.care.types import Joint, LearnedFace, Proposal
from mashrabiya.communities import queries as community_queries
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.sealed.persona import open_flags
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.tables import REPORT


def _reported(*row: Any) -> tuple[Proposal, bytes]:
    return _proposal(*row[:-1]), bytes(row[-1] or b"")


_MOST = 20
_STANDS = PROPOSAL.c.exp_h > bindparam("hour", type_=Integer)


def _proposal(*row: Any) -> Proposal:
    pid, kind, *rest = row
    return Proposal(pid, Joint(kind), *rest)


_COLUMNS = tuple(PROPOSAL.c[name] for name in Proposal.__struct_fields__)
_ON = Statement(
    select(*_COLUMNS).where(
        PROPOSAL.c.kind == bindparam("kind", type_=Integer),
        PROPOSAL.c.object == bindparam("object", type_=LargeBinary),
        _STANDS,
    ),
    into=_proposal,
)
_ON_BY_ONE_OF_TWO = Statement(
    select(*_COLUMNS).where(
        PROPOSAL.c.kind == literal_column(str(int(Joint.LEARN))),
        PROPOSAL.c.object == bindparam("object", type_=LargeBinary),
        _STANDS,
        community_queries.key_held(PROPOSAL.c.cid, PROPOSAL.c.pid),
    ),
    into=_proposal,
)
_ONE = Statement(
    select(*_COLUMNS).where(
        PROPOSAL.c.id == bindparam("proposal", type_=LargeBinary), _STANDS, may_decide(PROPOSAL.c.cid)
    ),
    into=_proposal,
)
_MET, _PROPOSER = PERSONA.alias("met"), PERSONA.alias("proposer")
# Of whoever is gone, or whom the house is closed to, nothing waits.
_CLOSED = exists().where(
    GUARD.c.kind == literal_column("'site'"),
    GUARD.c.subject == PROPOSAL.c.pid,
    GUARD.c.until_day >= bindparam("today", type_=Integer),
)
_OF_HOUSE: Statement[None] = Statement(
    select(*_COLUMNS, _MET.c.name, case((_CLOSED, null()), else_=_PROPOSER.c.flags))
    .select_from(
        PROPOSAL.outerjoin(_MET, _MET.c.id == PROPOSAL.c.whom).outerjoin(
            _PROPOSER, _PROPOSER.c.id == PROPOSAL.c.pid
        )
    )
    .where(PROPOSAL.c.kind.in_([constant(kind) for kind in Joint if kind.about_role]), _STANDS)
    .order_by(PROPOSAL.c.exp_h, PROPOSAL.c.id)
    .limit(constant(_MOST))
)
_A_REPORT = (
    select(REPORT.c.id)
    .where(REPORT.c.object == PROPOSAL.c.object)
    .order_by(REPORT.c.id)
    .limit(constant(1))
    .scalar_subquery()
)
_CLOSINGS = Statement(
    select(*_COLUMNS, _A_REPORT)
    .where(PROPOSAL.c.kind == constant(Joint.CLOSE), _STANDS)
    .order_by(PROPOSAL.c.exp_h, PROPOSAL.c.id)
    .limit(constant(_MOST)),
    into=_reported,
)
_FACE = Statement(
    select(PERSONA.c.name, PERSONA.c.pub, PERSONA.c.seed).where(
        PERSONA.c.id == bindparam("whose", type_=LargeBinary), is_present(PERSONA)
    ),
    into=LearnedFace,
)


def find_proposal(db: Read, kind: Joint, thing: bytes) -> Proposal | None:
    """What waits on this thing. Whether she may know, the desk has asked."""
    return db.first(_ON, kind=int(kind), object=thing, hour=clock.hour())


def find_learning(db: Read, post: bytes) -> Proposal | None:
    """What one of two asked about that post, while she could still be one of them.

    Whoever gave her key back, lost her part or is gone keeps nobody else from asking.
    """
    return db.first(_ON_BY_ONE_OF_TWO, object=post, hour=clock.hour(), today=clock.day())


def get_proposal(db: Read, viewer: Viewer, proposal: bytes) -> Proposal:
    """One that waits where the viewer may decide, or not found."""
    found = db.first(_ONE, proposal=proposal, hour=clock.hour(), **who(viewer))
    if found is None:
        raise NotFound
    return found


def roles_waiting(db: Read, viewer: Viewer, field_key: bytes) -> list[tuple[Proposal, str, frozenset[str]]]:
    """The roles that wait for a second person, or not found: each with whose it would end, and the roles that
    whoever proposed it has now."""
    rules.may_keep_house(viewer).or_raise()
    rows = db.tuples(_OF_HOUSE, hour=clock.hour(), today=clock.day())
    return [_of_role(row, field_key) for row in rows]


def _of_role(row: tuple[Any, ...], field_key: bytes) -> tuple[Proposal, str, frozenset[str]]:
    *columns, name, flags = row
    found = _proposal(*columns)
    if flags is None:
        return found, name or "", frozenset()
    return found, name or "", open_flags(field_key, bytes(flags), found.pid).grant.roles


def get_role_proposal(
    db: Read, viewer: Viewer, proposal: bytes, field_key: bytes
) -> tuple[Proposal, frozenset[str]]:
    """One of them, or not found, with the roles that whoever proposed it has now."""
    for found, _, roles in roles_waiting(db, viewer, field_key):
        if found.id == proposal:
            return found, roles
    raise NotFound


def closings_waiting(db: Read) -> list[tuple[Proposal, bytes]]:
    """To whom the house is closed if a second carer agrees: each with a report from which one reads it.

    Whether she may know, the desk has asked.
    """
    return db.all(_CLOSINGS, hour=clock.hour())


def find_face(db: Read, pid: bytes) -> LearnedFace | None:
    """How the persona is shown, unless it is gone or away."""
    return db.first(_FACE, whose=pid)
