"""The rows of the outbox."""

from __future__ import annotations

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from mashrabiya.platform.db import Expires, Read, Statement, Write, table

OUTBOX = table(
    "outbox",
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("ref", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False),
    # Set when it was given up: it waits for a person to mend the listener, and not for ever.
    Column("dead_day", Integer),
    expire=Expires("dead_day", "day", 30),
)


class Waiting(msgspec.Struct, frozen=True):
    """A fact that somebody has still to hear."""

    n: int
    kind: str
    ref: bytes
    tries: int


PAGE = 50

_APPEND: Statement[None] = Statement(
    insert(OUTBOX).from_select(
        ["n", "kind", "ref", "tries"],
        select(
            func.coalesce(func.max(OUTBOX.c.n), literal_column("0")) + literal_column("1"),
            bindparam("kind", type_=Text),
            bindparam("ref", type_=LargeBinary),
            literal_column("0"),
        ),
    )
)
_WAITING = Statement(
    select(OUTBOX.c.n, OUTBOX.c.kind, OUTBOX.c.ref, OUTBOX.c.tries)
    .where(OUTBOX.c.n > bindparam("after"), OUTBOX.c.dead_day.is_(None))
    .order_by(OUTBOX.c.n)
    .limit(bindparam("most", type_=Integer)),
    into=Waiting,
)
_AT = OUTBOX.c.n == bindparam("at")
_DELIVERED: Statement[None] = Statement(delete(OUTBOX).where(_AT))
_FAILED: Statement[None] = Statement(
    update(OUTBOX).where(_AT).values(tries=bindparam("new_tries"), dead_day=bindparam("new_dead_day"))
)
_REVIVE: Statement[None] = Statement(
    update(OUTBOX)
    .where(OUTBOX.c.dead_day.is_not(None))
    .values(tries=literal_column("0"), dead_day=literal_column("NULL"))
)


def append(uow: Write, kind: str, ref: bytes) -> None:
    """Keep a fact with the change that made it true."""
    uow.do(_APPEND, kind=kind, ref=ref)


def waiting(db: Read, after: int = 0, most: int = PAGE) -> list[Waiting]:
    """The next facts to tell, oldest first."""
    return db.all(_WAITING, after=after, most=most)


def delivered(uow: Write, n: int) -> None:
    """Everybody has heard it."""
    uow.do(_DELIVERED, at=n)


def failed(uow: Write, n: int, tries: int, dead_day: int | None) -> None:
    """Somebody could not hear it; given up on ``dead_day``."""
    uow.do(_FAILED, at=n, new_tries=tries, new_dead_day=dead_day)


def revive(uow: Write) -> int:
    """Try again what was given up; for the host, once the listener is mended."""
    return uow.run(_REVIVE)
