"""The rows that say which browser is told of one name: each in a transaction with nothing of another name."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, delete
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.notifications.pushed import Pushed, PushKeys, until_day
from mashrabiya.notifications.tables import PUSH
from mashrabiya.platform.db import Adding, Statement, Write, upserting


def _setting(adding: Adding) -> ClauseElement:
    columns = ("addr", "blob", "until_day")
    adding = adding.values({name: bindparam(name, type_=PUSH.c[name].type) for name in columns})
    again = {name: adding.excluded[name] for name in columns[1:]}
    return adding.on_conflict_do_update(index_elements=[PUSH.c.addr], set_=again)


_SET: Statement[None] = upserting(PUSH, _setting)
_DROP: Statement[None] = Statement(delete(PUSH).where(PUSH.c.addr == bindparam("which", type_=LargeBinary)))


def keep_push(uow: Write, keys: PushKeys, pid: bytes, pushed: Pushed) -> None:
    """This browser, and no other, is told of that name."""
    tag = keys.tag(pid)
    uow.run(_SET, addr=tag, blob=keys.seal(tag, pushed), until_day=until_day())


def drop_push(uow: Write, keys: PushKeys, pid: bytes) -> None:
    """No browser is told of that name. Safe to repeat."""
    uow.run(_DROP, which=keys.tag(pid))
