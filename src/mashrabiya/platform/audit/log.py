"""Writing the log, reading it, and letting its oldest entries go."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    delete,
    func,
    literal_column,
    select,
)

from mashrabiya.kernel import clock
from mashrabiya.platform.audit.chain import BEGINNING, Entry, Kept, detail_mac, hashed
from mashrabiya.platform.db import ByRule, Expires, Read, Statement, Write, table
from mashrabiya.platform.retention import overdue, rule

KEPT_DAYS, DETAIL_DAYS = 730, 365
# So many days go at once: letting entries go is an entry itself, and need not be one every day.
_AT_ONCE_DAYS = 30
SALT = 32
LONGEST_DETAIL = 4000
LET_GO, SOFTWARE = "log:let_go", "software"
_RULE = "log of acts"

AUDIT = table(
    "audit",
    # The one counter that has no gap, by which a missing entry is noticed.
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    # A decision, a proposal, a code: never a persona, since no entry can be changed when one is deleted.
    Column("object", LargeBinary, nullable=False),
    Column("rule", Text, nullable=False),
    Column("detail_mac", LargeBinary, nullable=False),
    Column("prev32", LargeBinary, nullable=False),
    Column("h32", LargeBinary, nullable=False),
    expire=ByRule(_RULE),
)
AUDIT_DETAIL = table(
    "audit_detail",
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    expire=Expires("day", "day", DETAIL_DAYS),
)

_ENTRY = tuple(AUDIT.c[name] for name in Entry.__struct_fields__)
_ONE: ColumnElement[int] = literal_column("1")
_DAY = bindparam("day", type_=Integer)
_LAST = Statement(select(*_ENTRY).order_by(AUDIT.c.n.desc()).limit(_ONE), into=Entry)
_FIRST = Statement(select(*_ENTRY).order_by(AUDIT.c.n).limit(_ONE), into=Entry)
_LAST_BEFORE = Statement(
    select(*_ENTRY).where(AUDIT.c.day < _DAY).order_by(AUDIT.c.n.desc()).limit(_ONE), into=Entry
)
_FIRST_SINCE: Statement[None] = Statement(select(func.min(AUDIT.c.n)).where(AUDIT.c.day >= _DAY))
_COUNTS: Statement[None] = Statement(
    select(AUDIT.c.action, AUDIT.c.day, func.count())
    .where(AUDIT.c.day >= _DAY)
    .group_by(AUDIT.c.action, AUDIT.c.day)
)
_AT = Statement(select(*_ENTRY).where(AUDIT.c.n == bindparam("at", type_=BigInteger)), into=Entry)
_DROP: Statement[None] = Statement(delete(AUDIT).where(AUDIT.c.n <= bindparam("through", type_=BigInteger)))
_DROP_DETAILS: Statement[None] = Statement(
    delete(AUDIT_DETAIL).where(AUDIT_DETAIL.c.n <= bindparam("through", type_=BigInteger))
)
_OLD: Statement[None] = Statement(select(func.count()).select_from(AUDIT).where(AUDIT.c.day < _DAY))


def _kept(*row: Any) -> Kept:
    return Kept(Entry(*row[:-1]), row[-1])


_PAGE = Statement(
    select(*_ENTRY, AUDIT_DETAIL.c.text)
    .select_from(AUDIT.outerjoin(AUDIT_DETAIL, AUDIT_DETAIL.c.n == AUDIT.c.n))
    .where(AUDIT.c.n < bindparam("before", type_=BigInteger))
    .order_by(AUDIT.c.n.desc())
    .limit(bindparam("most", type_=Integer)),
    into=_kept,
)


def record(
    uow: Write, action: str, *, role: str, thing: bytes = b"", rule: str = "", detail: str = ""
) -> None:
    """Add an entry, with the act and in the same write: both happen, or neither.

    One writer at a time makes its number the next. ``thing`` is the id of a decision or of what was
    proposed, never of a persona; ``detail`` are words, kept for a shorter time.
    """
    before = uow.first(_LAST)
    salt, text = secrets.token_bytes(SALT), detail[:LONGEST_DETAIL]
    entry = Entry(
        n=before.n + 1 if before else 1,
        day=clock.day(),
        role=role,
        action=action,
        object=thing,
        rule=rule,
        detail_mac=detail_mac(salt, text),
        prev32=before.h32 if before else BEGINNING,
        h32=b"",
    )
    values = {name: getattr(entry, name) for name in Entry.__struct_fields__}
    uow.insert(AUDIT, **{**values, "h32": hashed(entry)})
    uow.insert(AUDIT_DETAIL, n=entry.n, day=entry.day, salt=salt, text=text)


def public_head(db: Read) -> Entry | None:
    """The last entry of the days before today: what stands on a page tells of no act before the day is over."""
    return db.first(_LAST_BEFORE, day=clock.day())


def entries(db: Read, *, before: int, most: int) -> list[Kept]:
    """A page of the log, newest first. Who may read it, the desk has asked."""
    return db.all(_PAGE, before=before, most=most)


def counts(db: Read, since: int) -> list[tuple[str, int, int]]:
    """How often each act was done on each day since then: for sums, which name nobody."""
    return [(str(action), int(day), int(count)) for action, day, count in db.tuples(_COUNTS, day=since)]


@rule(_RULE)
def let_go(uow: Write) -> int:
    """Drop what is older than two years, and say so in an entry: a gap at the beginning that none tells of is a fault."""
    first = uow.first(_FIRST)
    if first is None or first.day >= clock.day() - KEPT_DAYS:
        return 0
    kept = uow.scalar(_FIRST_SINCE, day=clock.day() - KEPT_DAYS + _AT_ONCE_DAYS)
    through = int(kept) - 1 if kept is not None else _last(uow).n
    gone = uow.first(_AT, at=through)
    if gone is None:
        return 0
    record(uow, LET_GO, role=SOFTWARE, thing=gone.h32, rule=str(gone.n))
    uow.run(_DROP_DETAILS, through=through)
    return uow.run(_DROP, through=through)


def _last(uow: Write) -> Entry:
    found = uow.first(_LAST)
    assert found is not None
    return found


@overdue(_RULE)
def overstayed(db: Read, days: int) -> int:
    """How many entries should have gone so many days ago."""
    return int(db.scalar(_OLD, day=clock.day() - KEPT_DAYS - days))
