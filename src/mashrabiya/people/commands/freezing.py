"""Rows that freezing writes: the codes, the account's mark, and each persona by itself."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, null, or_, select, update

from mashrabiya.kernel import clock
from mashrabiya.people.tables import ACCOUNT, PANIC, PERSONA
from mashrabiya.people.types import State
from mashrabiya.platform.db import Read, Statement, Write

_FREEZE: Statement[None] = Statement(
    update(ACCOUNT)
    .where(
        ACCOUNT.c.id == bindparam("which"),
        or_(ACCOUNT.c.lock_day.is_(None), ACCOUNT.c.lock_day < bindparam("until")),
    )
    .values(lock_day=bindparam("until"))
)
_THAW: Statement[None] = Statement(
    update(ACCOUNT).where(ACCOUNT.c.id == bindparam("which")).values(lock_day=null())
)
_CODE: Statement[None] = Statement(select(PANIC.c.blob).where(PANIC.c.tag == bindparam("tag")))
_DROP: Statement[None] = Statement(delete(PANIC).where(PANIC.c.tag == bindparam("which")))
_LEAVE: Statement[None] = Statement(
    update(PERSONA)
    .where(PERSONA.c.id == bindparam("which"))
    .values(state=PERSONA.c.state.op("|")(bindparam("bits")))
)
_RETURN: Statement[None] = Statement(
    update(PERSONA)
    .where(PERSONA.c.id == bindparam("which"))
    .values(state=PERSONA.c.state.op("&")(bindparam("bits")))
)


def find_code(db: Read, tag: bytes) -> bytes | None:
    """What lies behind a freeze code, sealed."""
    found = db.scalar(_CODE, tag=tag)
    return bytes(found) if found is not None else None


def keep_code(uow: Write, tag: bytes, blob: bytes) -> None:
    """One freeze code."""
    uow.insert(PANIC, tag=tag, blob=blob)


def drop_code(uow: Write, tag: bytes) -> bool:
    """It freezes nothing any more; whether it did."""
    return uow.run(_DROP, which=tag) > 0


def freeze_account(uow: Write, account: bytes, days: int) -> None:
    """Nothing opens it before that day. A second freeze makes the time longer, never shorter."""
    uow.run(_FREEZE, which=account, until=clock.day() + days)


def thaw_account(uow: Write, account: bytes) -> None:
    """It opens as before."""
    uow.run(_THAW, which=account)


def send_away(uow: Write, pid: bytes, *, quiet: bool) -> None:
    """The persona is named nowhere, until its person is back. Safe to run twice."""
    uow.run(_LEAVE, which=pid, bits=int(State.AWAY | (State.UNSEEN if quiet else State.OPEN)))


def call_back(uow: Write, pid: bytes) -> None:
    """The persona is as it was."""
    uow.run(_RETURN, which=pid, bits=int(State.CLOSED))


def shuffled(ids: Sequence[bytes]) -> list[bytes]:
    """In another order than their slots: what is written one after the other must not tell which is which."""
    return random.sample(list(ids), len(ids))
