"""What a care team asked to be changed does not stay readable in the history of a text."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, exists, literal_column, select

from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import Act
from mashrabiya.discussions import commands as discussions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.types import Thing

_ASKED: Statement[None] = Statement(
    select(
        exists().where(
            DECISION.c.object == bindparam("post", type_=LargeBinary),
            DECISION.c.kind == literal_column(str(int(Thing.POST))),
            DECISION.c.act == literal_column(str(int(Act.ASK))),
            DECISION.c.undone_day.is_(None),
        )
    )
)


def forget_asked_wordings(uow: Write, post: bytes) -> None:
    """Its author changed a post that she was asked to change: how it stood before goes. Safe to repeat."""
    if uow.scalar(_ASKED, post=post):
        discussions.forget_versions(uow, post)
