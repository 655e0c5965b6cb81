"""What remains of what somebody wrote by name, once that name is gone."""

from __future__ import annotations

import msgspec
from sqlalchemy import LargeBinary, bindparam, null, select, update

from mashrabiya.discussions.commands.endings import take_back
from mashrabiya.discussions.commands.versions import forget_versions
from mashrabiya.discussions.queries.parts import voice_number
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform.db import Statement, Write

_TID = bindparam("tid", type_=LargeBinary)
_PID = bindparam("pid", type_=LargeBinary)


class _Written(msgspec.Struct, frozen=True):
    tid: bytes
    n: int
    id: bytes
    label: int
    home: bytes


_BY_NAME = Statement(
    select(POST.c.tid, POST.c.n, POST.c.id, voice_number(POST), POST.c.home_tid)
    .where(POST.c.pid == _PID)
    .order_by(POST.c.tid, POST.c.n),
    into=_Written,
)
_UNNAME: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == _TID, POST.c.home_tid == bindparam("home", type_=LargeBinary), POST.c.pid == _PID)
    .values(pid=null(), tok=bindparam("new_tok"), label=bindparam("new_label"))
)


def forget_persona(uow: Write, pid: bytes, *, remove: bool) -> None:
    """Let nothing name a persona that is gone: its posts lose their text, or stay without a name.

    A token of chance holds those of one thread together, as the name did; it
    opens nothing for anybody. Earlier wordings go: nobody could purge them any more. Safe to repeat.
    """
    threads: dict[bytes, list[_Written]] = {}
    for row in uow.all(_BY_NAME, pid=pid):
        threads.setdefault(row.tid, []).append(row)
    for tid, rows in threads.items():
        for home in dict.fromkeys(row.home for row in rows):
            _unname(uow, pid, [row for row in rows if row.home == home])
        if remove:
            take_back(uow, tid, {row.n: row.id for row in rows})


def _unname(uow: Write, pid: bytes, rows: list[_Written]) -> None:
    """Give the posts of a persona in one thread, of those written in one, the label of its voice."""
    for row in rows:
        forget_versions(uow, row.id)
    whose = {"tid": rows[0].tid, "home": rows[0].home, "pid": pid}
    # Translations stand first, and may have had a number that no voice has.
    label = next((row.label for row in rows if row.n > 0), rows[0].label)
    uow.run(_UNNAME, **whose, new_tok=new_id(ID_SIZE), new_label=label)
