"""What those who care for a place do with a whole thread. Who may, and why, is care's matter.

Nothing here touches what anybody wrote, its order, or whose it is.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Integer, LargeBinary, Text, bindparam, literal_column, select, update

from mashrabiya.discussions.commands.tags import take_tags_along
from mashrabiya.discussions.events import ThreadPlaced
from mashrabiya.discussions.tables import POST, THREAD, WISH
from mashrabiya.platform.db import Statement, Write

_OF_THREAD = THREAD.c.id == bindparam("tid", type_=LargeBinary)
_NONE: ColumnElement[int] = literal_column("0")


def _set(**columns: object) -> Statement[None]:
    return Statement(update(THREAD).where(_OF_THREAD).values(**columns))


_SHUT = _set(shut=bindparam("wish", type_=Integer))
_TOP = _set(top=bindparam("wish", type_=Integer))
_SLOW = _set(slow=bindparam("minutes", type_=Integer), slow_day=bindparam("last_day_of_it", type_=Integer))
_NOTE = _set(care_note=bindparam("note", type_=Text))
# A place on top is a place in one community's list: it does not go along.
_MOVE = _set(
    cid=bindparam("to", type_=LargeBinary),
    audience=bindparam("new_audience", type_=Integer),
    retention_days=bindparam("new_days", type_=Integer),
    top=_NONE,
)
_MOVE_POSTS: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == bindparam("tid", type_=LargeBinary))
    .values(cid=bindparam("to", type_=LargeBinary))
)
_MOVE_WISHES: Statement[None] = Statement(
    update(WISH)
    .where(WISH.c.post.in_(select(POST.c.id).where(POST.c.tid == bindparam("tid", type_=LargeBinary))))
    .values(cid=bindparam("to", type_=LargeBinary))
)
_NOTE_POST: Statement[None] = Statement(
    update(POST)
    .where(POST.c.id == bindparam("post", type_=LargeBinary))
    .values(care_note=bindparam("note", type_=Text))
)


def shut(uow: Write, tid: bytes, *, wish: bool = True) -> None:
    """Nobody answers any more, or they do again."""
    uow.run(_SHUT, tid=tid, wish=int(wish))


def keep_on_top(uow: Write, tid: bytes, *, wish: bool = True) -> None:
    """It stands first in its community's own list, or in its place again, which it never lost."""
    uow.run(_TOP, tid=tid, wish=int(wish))


def slow_down(uow: Write, tid: bytes, minutes: int, last_day: int) -> None:
    """Each person answers once in so many minutes, until that day; with none, as ever."""
    uow.run(_SLOW, tid=tid, minutes=minutes, last_day_of_it=last_day)


def set_care_note(uow: Write, tid: bytes, post: bytes, *, number: int, note: str | None) -> None:
    """What the care team says: above the thread with its first post, else under that post; nothing takes it away."""
    if number == 1:
        uow.run(_NOTE, tid=tid, note=note)
    else:
        uow.run(_NOTE_POST, post=post, note=note)


def move(uow: Write, tid: bytes, to: bytes, *, audience: int, days: int) -> None:
    """To another community, for those who see what is so narrow, and no longer than so many days."""
    take_tags_along(uow, tid, to)
    uow.run(_MOVE, tid=tid, to=to, new_audience=audience, new_days=days)
    uow.run(_MOVE_POSTS, tid=tid, to=to)
    uow.run(_MOVE_WISHES, tid=tid, to=to)
    uow.record(ThreadPlaced(tid))
