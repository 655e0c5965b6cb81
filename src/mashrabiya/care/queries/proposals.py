"""What waits for a second person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, literal_column, select

from mashrabiya.care.queries.parts import may_decide, who
from mashrabiya.care.tables import PROPOSAL
from mashrabiya.care.types import Joint, LearnedFace, Proposal
from mashrabiya.communities import queries as community_queries
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

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


def find_face(db: Read, pid: bytes) -> LearnedFace | None:
    """How the persona is shown, unless it is gone or away."""
    return db.first(_FACE, whose=pid)
