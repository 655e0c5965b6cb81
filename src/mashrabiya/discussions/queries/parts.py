"""What the statements of this domain share."""

from __future__ import annotations

from sqlalchemy import ColumnElement, LargeBinary, and_, bindparam, case, literal_column

from mashrabiya.communities.queries import visible
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import PostState
from mashrabiya.people.queries import is_unseen
from mashrabiya.people.tables import PERSONA

TID = bindparam("tid", type_=LargeBinary)
CID = bindparam("cid", type_=LargeBinary)
PID = bindparam("pid", type_=LargeBinary)

PLACED = THREAD.join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
MAY_READ = visible(THREAD.c.audience, COMMUNITY.c.audience, cid=THREAD.c.cid)


def constant(number: int) -> ColumnElement[int]:
    """A number written out in the statement, so that only what varies is bound."""
    return literal_column(str(int(number)))


YES, NO = constant(1), constant(0)

_QUIET = and_(POST.c.state == constant(PostState.SHOWN), is_unseen(PERSONA))
# How a post stands for whoever reads, where the persona that wrote it is joined.
STANDING = case((_QUIET, constant(PostState.AWAY)), else_=POST.c.state)
