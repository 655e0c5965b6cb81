"""How cases stand among their carers: joined to the list, so that no question more is asked for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, and_, bindparam, case, func, select

from mashrabiya.care.queries.parts import YES, constant, may_read_aside
from mashrabiya.care.tables import ASIDE, CLAIM
from mashrabiya.care.types import Claim, Wish
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_HOLDER = PERSONA.alias("holder")
_COUNT: Statement[None] = Statement(
    select(func.max(ASIDE.c.n)).where(
        ASIDE.c.kind == bindparam("kind", type_=Integer),
        ASIDE.c.object == bindparam("object", type_=LargeBinary),
    )
)
WIDTH = 7


def standing(ranked: Any) -> tuple[Any, ...]:
    """Seven columns of how a thing stands among its carers: who has it, and what was asked of somebody else."""
    return (
        CLAIM.c.pid,
        CLAIM.c.by,
        CLAIM.c.role,
        CLAIM.c.exp_h,
        case((is_present(_HOLDER), _HOLDER.c.name)),
        _asked(ranked, ASIDE.c.wish).label("wish"),
        _asked(ranked, ASIDE.c.by).label("asked_by"),
    )


def beside_claims(joined: Any, ranked: Any) -> Any:
    """With who has it. The hour is asked with the statement."""
    has_it = and_(
        CLAIM.c.kind == ranked.c.kind,
        CLAIM.c.object == ranked.c.object,
        CLAIM.c.exp_h > bindparam("hour", type_=Integer),
    )
    return joined.outerjoin(CLAIM, has_it).outerjoin(_HOLDER, _HOLDER.c.id == CLAIM.c.pid)


def _asked(ranked: Any, column: Any) -> Any:
    """Of what waits for somebody else, the weightier."""
    of_it = and_(ASIDE.c.kind == ranked.c.kind, ASIDE.c.object == ranked.c.object)
    return (
        select(column)
        .where(of_it, ASIDE.c.waits == YES, may_read_aside(ASIDE))
        .order_by(ASIDE.c.wish.desc(), ASIDE.c.n.desc(), ASIDE.c.id)
        .limit(constant(1))
        .scalar_subquery()
    )


def read_standing(*row: Any) -> tuple[Claim | None, Wish, bytes]:
    """What those columns say."""
    pid, by, role, exp_h, name, wish, asked_by = row
    claim = None if role is None else Claim(role, exp_h, bytes(pid or b""), bytes(by or b""), name or "")
    return claim, Wish(wish or 0), bytes(asked_by or b"")


def asides_written(db: Read, kind: int, thing: bytes) -> int:
    """How many notes were written about this thing."""
    return int(db.scalar(_COUNT, kind=int(kind), object=thing) or 0)
