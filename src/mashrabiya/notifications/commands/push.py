"""The rows that say which browser is told of one name: each in a transaction with nothing of another name."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, delete
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.notifications.pushed import Pushed, PushKeys, until_day
from mashrabiya.notifications.tables import PUSH
from mashrabiya.platform.db import Statement, Write


def _setting(insert: type[sqlite_dialect.Insert] | type[postgresql.Insert]) -> ClauseElement:
    columns = ("addr", "blob", "until_day")
    adding = insert(PUSH).values({name: bindparam(name, type_=PUSH.c[name].type) for name in columns})
    again = {name: adding.excluded[name] for name in columns[1:]}
    return adding.on_conflict_do_update(index_elements=[PUSH.c.addr], set_=again)


_SET: Statement[None] = Statement(_setting(sqlite_dialect.Insert), postgresql=_setting(postgresql.Insert))
_DROP: Statement[None] = Statement(delete(PUSH).where(PUSH.c.addr == bindparam("which", type_=LargeBinary)))


def keep_push(uow: Write, keys: PushKeys, pid: bytes, pushed: Pushed) -> None:
    """This browser, and no other, is told of that name."""
    tag = keys.tag(pid)
    uow.run(_SET, addr=tag, blob=keys.seal(tag, pushed), until_day=until_day())


def drop_push(uow: Write, keys: PushKeys, pid: bytes) -> None:
    """No browser is told of that name. Safe to repeat."""
    uow.run(_DROP, which=keys.tag(pid))
