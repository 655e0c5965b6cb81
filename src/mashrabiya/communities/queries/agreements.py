"""Reading what was agreed, earlier too: by whoever might have read it then, and can see the place now."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    FromClause,
    LargeBinary,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
)

from mashrabiya.communities import rules
from mashrabiya.communities.queries.places import NO, belongs, open_to, sight
from mashrabiya.communities.tables import AGREEMENT, COMMUNITY
from mashrabiya.communities.types import FOUND
from mashrabiya.communities.types.agreements import IN_FORCE, Version
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_CID = bindparam("cid", type_=LargeBinary)
# Who belongs there is told to nobody outside.
_INSIDE = belongs(AGREEMENT.c.cid)
_PROPOSED = case((_INSIDE, AGREEMENT.c.proposed), else_=NO)
_NAME = case((_INSIDE, PERSONA.c.name), else_=null())
_VERSIONS = Statement(
    select(AGREEMENT.c.v, AGREEMENT.c.day, AGREEMENT.c.text, _PROPOSED, _NAME)
    .join(COMMUNITY, COMMUNITY.c.id == AGREEMENT.c.cid)
    .outerjoin(PERSONA, and_(PERSONA.c.id == AGREEMENT.c.pid, is_present(PERSONA)))
    .where(
        AGREEMENT.c.cid == _CID,
        # What is in force stands on the place's own page.
        or_(
            AGREEMENT.c.until_day == literal_column(str(IN_FORCE)),
            open_to(AGREEMENT.c.cid, AGREEMENT.c.audience, COMMUNITY.c.audience, door=FOUND),
        ),
    )
    .order_by(AGREEMENT.c.v.desc()),
    into=Version,
)
_LAST: Statement[None] = Statement(select(func.max(AGREEMENT.c.v)).where(AGREEMENT.c.cid == _CID))


def versions(db: Read, viewer: Viewer, cid: bytes) -> list[Version]:
    """Every version of a place that was found, as far as the viewer may read it: the one in force first, each with what was new in it."""
    return rules.compared(db.all(_VERSIONS, cid=cid, **sight(viewer)))


def last_version(db: Read, cid: bytes) -> int:
    """The number of the version in force; 0 where none was written down."""
    return int(db.scalar(_LAST, cid=cid) or 0)


def version_on(cid: ColumnElement[bytes], day: ColumnElement[int], rows: FromClause) -> ColumnElement[int]:
    """Which version was in force in that place on that day: for statements of rooms above."""
    then = AGREEMENT.alias("then_agreed")
    return (
        select(func.max(then.c.v))
        .where(then.c.cid == cid, then.c.day <= day, then.c.text != literal_column("''"))
        .correlate(rows)
        .scalar_subquery()
    )
