"""Rows of passkeys that open an account by themselves. No column says whose one is."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from mashrabiya.people.sealed.lone import LoneRow
from mashrabiya.people.tables import PASSKEY
from mashrabiya.platform.db import Read, Statement, Write

_OF = PASSKEY.c.tag == bindparam("which")
_FIND = Statement(select(PASSKEY.c.pub, PASSKEY.c.blob).where(_OF), into=LoneRow)
_DROP: Statement[None] = Statement(delete(PASSKEY).where(_OF))


def find_key(db: Read, tag: bytes) -> LoneRow | None:
    """What lies behind a passkey, sealed."""
    return db.first(_FIND, which=tag)


def keep_key(uow: Write, tag: bytes, row: LoneRow) -> bool:
    """One passkey; false where the very same is kept already."""
    return uow.insert_once(PASSKEY, tag=tag, pub=row.pub, blob=row.blob)


def drop_key(uow: Write, tag: bytes) -> None:
    """It opens nothing any more."""
    uow.run(_DROP, which=tag)
