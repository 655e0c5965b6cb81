"""Reading reports. Who may, the desk that shows them has asked already."""

from __future__ import annotations

import msgspec
from sqlalchemy import Integer, LargeBinary, bindparam, select

from mashrabiya.platform.crypto import Unopenable, unpadded, unseal
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Notice, Reason

_MOST_NOTES = 20
_THING = (
    REPORT.c.kind == bindparam("kind", type_=Integer),
    REPORT.c.object == bindparam("object", type_=LargeBinary),
)


class _Sealed(msgspec.Struct, frozen=True):
    id: bytes
    reason: int
    note: bytes


# By id, which is random: the order tells nothing of who came first.
_NOTES = Statement(
    select(REPORT.c.id, REPORT.c.reason, REPORT.c.note)
    .where(*_THING)
    .order_by(REPORT.c.id)
    .limit(_MOST_NOTES),
    into=_Sealed,
)
_SAME = Statement(
    select(REPORT.c.id, REPORT.c.reason, REPORT.c.note).where(
        REPORT.c.rnull == bindparam("rnull", type_=LargeBinary)
    ),
    into=_Sealed,
)


def notices(db: Read, keys: ServerKeys, kind: int, thing: bytes) -> list[Notice]:
    """What the reporters said of a thing, a note each, in no order that tells anything."""
    rows = db.all(_NOTES, kind=kind, object=thing)
    return [Notice(Reason(row.reason), _opened(keys, row)) for row in rows]


def find_own(db: Read, keys: ServerKeys, rnull: bytes) -> Notice | None:
    """The report that this very person made of this very thing."""
    row = db.first(_SAME, rnull=rnull)
    return None if row is None else Notice(Reason(row.reason), _opened(keys, row))


def _opened(keys: ServerKeys, row: _Sealed) -> str:
    try:
        plain = unseal(keys.of("field"), row.note, b"report" + row.id)
    except Unopenable:
        # Sealed under a key the house no longer has: the report stands without its note.
        return ""
    return unpadded(plain).decode("utf-8", "replace")
