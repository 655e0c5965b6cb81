"""Rows of sessions that are locked, and opened again."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from mashrabiya.kernel import clock
from mashrabiya.people.commands import sessions
from mashrabiya.people.sealed.core import Cookie, Core
from mashrabiya.people.sealed.lock import Locked, seal_locked
from mashrabiya.people.tables import SESSION
from mashrabiya.platform.db import Statement, Write

_PUT: Statement[None] = Statement(
    update(SESSION)
    .where(SESSION.c.sid == bindparam("which"))
    .values(blob=bindparam("new_blob"), exp_h=bindparam("new_exp_h"))
)


def lock_elsewhere(uow: Write, session_key: bytes, cookie: Cookie, core: Core) -> Cookie | None:
    """Lock the session under another cookie: a browser throws away what it kept when cookies change."""
    if not sessions.end(uow, cookie.sid):
        return None
    new = Cookie.new(session_key)
    group = core.work.session_group(clock.day())
    uow.insert(SESSION, sid=new.sid, grp=group, blob=seal_locked(new, core), exp_h=core.expires)
    return new


def lock_here(uow: Write, cookie: Cookie, core: Core) -> None:
    """Lock the row where it stands."""
    uow.run(_PUT, which=cookie.sid, new_blob=seal_locked(cookie, core), new_exp_h=core.expires)


def put_back(uow: Write, cookie: Cookie, locked: Locked, expires: int) -> None:
    """The same content anew, so that a miss costs what a hit costs."""
    uow.run(_PUT, which=cookie.sid, new_blob=locked.seal(cookie), new_exp_h=expires)


def open_again(uow: Write, cookie: Cookie, core: Core) -> bool:
    """The session as it was, used now; False where it ended meanwhile."""
    return uow.run(_PUT, which=cookie.sid, new_blob=cookie.seal(core), new_exp_h=core.expires) > 0
