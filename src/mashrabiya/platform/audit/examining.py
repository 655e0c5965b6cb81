"""Verifying the log: every link, every detail, and the heads that somebody has seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import BigInteger, bindparam, func, literal_column, select

from mashrabiya.kernel import clock
from mashrabiya.platform.audit.chain import BEGINNING, Entry, detail_mac
from mashrabiya.platform.audit.log import AUDIT, AUDIT_DETAIL, DETAIL_DAYS, LET_GO
from mashrabiya.platform.db import Read, Statement

_BATCH = 1000


class _Row(msgspec.Struct, frozen=True):
    entry: Entry
    salt: bytes | None
    text: str | None


def _row(*row: object) -> _Row:
    return _Row(Entry(*row[:-2]), row[-2], row[-1])  # type: ignore[arg-type]


_ROWS = Statement(
    select(
        *(AUDIT.c[name] for name in Entry.__struct_fields__),
        AUDIT_DETAIL.c.salt,
        AUDIT_DETAIL.c.text,
    )
    .select_from(AUDIT.outerjoin(AUDIT_DETAIL, AUDIT_DETAIL.c.n == AUDIT.c.n))
    .where(AUDIT.c.n > bindparam("after", type_=BigInteger))
    .order_by(AUDIT.c.n)
    .limit(literal_column(str(_BATCH))),
    into=_row,
)
_STRAYS: Statement[None] = Statement(
    select(func.min(AUDIT_DETAIL.c.n))
    .select_from(AUDIT_DETAIL.outerjoin(AUDIT, AUDIT.c.n == AUDIT_DETAIL.c.n))
    .where(AUDIT.c.n.is_(None))
)


@dataclass
class Examined:
    """What was found. ``broken`` names the first fault, or is empty; ``unseen`` are heads that no entry has."""

    entries: int = 0
    details: int = 0
    first: Entry | None = None
    last: Entry | None = None
    broken: str = ""
    unseen: list[str] = field(default_factory=list)


def examine(db: Read, seen: Sequence[str] = ()) -> Examined:
    """Go through the whole log. ``seen`` are heads that somebody has written down, as hex."""
    found, hashes, let_go = Examined(), set[str](), set[tuple[bytes, str]]()
    for row in _rows(db):
        entry = row.entry
        found.broken = found.broken or _fault(found.last, row)
        found.first, found.last = found.first or entry, entry
        found.entries += 1
        found.details += row.salt is not None
        hashes.add(entry.h32.hex())
        if entry.action == LET_GO:
            let_go.add((entry.object, entry.rule))
    found.broken = found.broken or _beginning(found.first, let_go) or _stray(db)
    found.unseen = [head for head in seen if head not in hashes]
    return found


def _rows(db: Read) -> Iterator[_Row]:
    after = -(1 << 62)
    while rows := db.all(_ROWS, after=after):
        yield from rows
        after = rows[-1].entry.n


def _fault(before: Entry | None, row: _Row) -> str:
    """What is wrong with an entry, by itself or after the one before."""
    entry = row.entry
    name = f"entry {entry.n} of {clock.iso(entry.day)}"
    if before is not None and entry.n != before.n + 1:
        return f"entry {before.n + 1} is missing: after {before.n} comes {entry.n}"
    if before is not None and entry.prev32 != before.h32:
        return f"{name} does not follow entry {before.n}: one of them was put in, exchanged or altered"
    if entry.hash != entry.h32:
        return f"{name} was altered: its hash is not that of what it says"
    return _detail_fault(row, name)


def _detail_fault(row: _Row, name: str) -> str:
    if row.salt is None or row.text is None:
        early = row.entry.day >= clock.day() - DETAIL_DAYS
        return f"the detail of {name} is missing before its time" if early else ""
    if detail_mac(row.salt, row.text) != row.entry.detail_mac:
        return f"the detail of {name} was altered"
    return ""


def _beginning(first: Entry | None, let_go: set[tuple[bytes, str]]) -> str:
    """What is wrong with where the log begins: at its first entry, or after what an entry says was let go."""
    if first is None:
        return ""
    if first.n == 1 and first.prev32 == BEGINNING:
        return ""
    if (first.prev32, str(first.n - 1)) in let_go:
        return ""
    return f"what stood before entry {first.n} of {clock.iso(first.day)} is missing, and no entry says that it was let go"


def _stray(db: Read) -> str:
    found = db.scalar(_STRAYS)
    return "" if found is None else f"a detail belongs to entry {found}, which is not there"
