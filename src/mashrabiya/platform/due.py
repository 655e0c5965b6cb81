"""Staggered work: what must not happen at one moment, because the moment would tell.

One row per object, sealed, so that the disk does not say what will be done to
whom. Ripe rows are handled in random order, each in its own transaction, with a
random pause between any two (docs/security 2.2).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import msgspec
from sqlalchemy import BigInteger, Column, Index, LargeBinary, bindparam, delete, func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform.crypto import seal, unseal
from mashrabiya.platform.db import Database, Forever, Read, Statement, Write, table
from mashrabiya.platform.trouble import note

DUE = table(
    "due",
    Column("id", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    expire=Forever("until it is handled, which its row says"),
)
Index(None, DUE.c.not_before)

Handler = Callable[[Write, bytes], None]

_STEPS = (256, 1024, 4096, 16384, 65536)
_AT_ONCE = 200
_PAUSE = (1.0, 60.0)
# With more waiting than this, pauses shrink in proportion: all is done within about an hour.
_UNHURRIED = 120
_LATE = clock.DAY

_handlers: dict[str, Handler] = {}
_secure = random.SystemRandom()

_RIPE: Statement[None] = Statement(
    select(DUE.c.id).where(DUE.c.not_before <= bindparam("now")).order_by(DUE.c.id).limit(_AT_ONCE)
)
_COUNT: Statement[None] = Statement(
    select(func.count()).select_from(DUE).where(DUE.c.not_before <= bindparam("now"))
)
_ONE: Statement[None] = Statement(select(DUE.c.sealed).where(DUE.c.id == bindparam("id", type_=LargeBinary)))
_HANDLED: Statement[None] = Statement(delete(DUE).where(DUE.c.id == bindparam("id", type_=LargeBinary)))


def when_due(action: str) -> Callable[[Handler], Handler]:
    """Register what is done: ``(uow, ref)``. It happens once, together with forgetting the row."""

    def register(handler: Handler) -> Handler:
        _handlers[action] = handler
        return handler

    return register


def add(uow: Write, key: bytes, action: str, ref: bytes, *, within: tuple[int, int] = (0, 0)) -> None:
    """Keep work for later: at a random moment between so many seconds from now, in ten-minute steps.

    ``key`` is the house's key "field". ``ref`` is an id, or the whole write to make.
    """
    name = new_id()
    steps = [seconds // clock.TEN_MINUTES for seconds in within]
    not_before = clock.ten_minutes() + _secure.randint(*steps) * clock.TEN_MINUTES
    uow.insert(DUE, id=name, sealed=seal(key, _fixed(action, ref), name), not_before=not_before)


def late(db: Read) -> int:
    """How many rows have been ripe for a day: their handler fails, or nothing is running."""
    return int(db.scalar(_COUNT, now=clock.ten_minutes() - _LATE))


class Staggered:
    """Handles ripe rows one by one. For the leader only."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key
        self._next = 0.0
        self._failed: set[bytes] = set()

    def step(self) -> bool:
        """Handle one ripe row if the pause is over; False when there was nothing to do."""
        if time.monotonic() < self._next:
            return False
        with self._database.read() as db:
            waiting = int(db.scalar(_COUNT, now=clock.ten_minutes()))
            ripe = [bytes(row[0]) for row in db.tuples(_RIPE, now=clock.ten_minutes())] if waiting else []
        self._next = time.monotonic() + _secure.uniform(*_PAUSE) / max(1.0, waiting / _UNHURRIED)
        untried = [name for name in ripe if name not in self._failed]
        if not untried:
            self._failed.clear()
            return False
        self._handle(_secure.choice(untried))
        return True

    def all_now(self) -> int:
        """Handle everything that is ripe without a pause; for tests and for a house being emptied."""
        handled = 0
        while True:
            self._next = 0.0
            if not self.step():
                return handled
            handled += 1

    def _handle(self, name: bytes) -> None:
        try:
            with self._database.write() as uow:
                sealed = uow.scalar(_ONE, id=name)
                if sealed is not None:
                    uow.run(_HANDLED, id=name)
                    action, ref = _open(unseal(self._key, bytes(sealed), name))
                    _handlers[action](uow, ref)
        except Exception as trouble:
            self._failed.add(name)
            note(trouble, "staggered work")


def _fixed(action: str, ref: bytes) -> bytes:
    """Padded, so that the size does not tell the action."""
    plain = msgspec.msgpack.encode((action, ref))
    size = next(step for step in _STEPS if len(plain) + 4 <= step)
    return len(plain).to_bytes(4, "big") + plain.ljust(size - 4, b"\0")


def _open(fixed: bytes) -> tuple[str, bytes]:
    return msgspec.msgpack.decode(fixed[4 : 4 + int.from_bytes(fixed[:4], "big")], type=tuple[str, bytes])
