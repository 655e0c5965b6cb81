"""Beginning, renewing and ending sessions."""

from __future__ import annotations

import random
import secrets
import threading
from contextlib import suppress

from sqlalchemy import bindparam, delete, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work
from mashrabiya.people.queries.sessions import find_core, renewed, session_groups
from mashrabiya.people.sealed.core import Cookie, Core
from mashrabiya.people.sealed.persona import used_quarter
from mashrabiya.people.tables import PERSONA, SESSION
from mashrabiya.platform.db import Database, Statement, Write

_END: Statement[None] = Statement(delete(SESSION).where(SESSION.c.sid == bindparam("which")))
_END_GROUP: Statement[None] = Statement(delete(SESSION).where(SESSION.c.grp == bindparam("which")))
_END_OTHERS: Statement[None] = Statement(
    delete(SESSION).where(SESSION.c.grp == bindparam("which"), SESSION.c.sid != bindparam("kept"))
)
_RENEW: Statement[None] = Statement(
    update(SESSION)
    .where(SESSION.c.sid == bindparam("which"))
    .values(blob=bindparam("new_blob"), exp_h=bindparam("new_exp_h"))
)

_USED: Statement[None] = Statement(
    update(PERSONA)
    .where(PERSONA.c.id == bindparam("pid"), PERSONA.c.seen_q < bindparam("quarter"))
    .values(seen_q=bindparam("quarter"))
)


def begin(uow: Write, session_key: bytes, core: Core) -> Cookie:
    """A new session row under a new cookie; the caller hands the cookie over."""
    cookie = Cookie.new(session_key)
    uow.insert(
        SESSION,
        sid=cookie.sid,
        grp=core.work.session_group(clock.day()),
        blob=cookie.seal(core),
        exp_h=core.expires,
    )
    return cookie


def rewrite(uow: Write, cookie: Cookie, core: Core) -> bool:
    """Put another content into the row; False where the row is gone."""
    return uow.run(_RENEW, which=cookie.sid, new_blob=cookie.seal(core), new_exp_h=core.expires) > 0


def end(uow: Write, sid: bytes) -> bool:
    """Nothing opens with that cookie any more; whether anything did."""
    return uow.run(_END, which=sid) > 0


def end_everywhere(uow: Write, work: Work) -> None:
    """End every session of this person: those of the last 32 days, and so all that can live."""
    groups = session_groups(work)
    random.shuffle(groups)
    for group in groups:
        uow.run(_END_GROUP, which=group)


def end_others(uow: Write, work: Work, sid: bytes) -> None:
    """End every session of this person but this one."""
    groups = session_groups(work)
    random.shuffle(groups)
    for group in groups:
        uow.run(_END_OTHERS, which=group, kept=sid)


class Renewals:
    """Sessions in use that should live on: gathered, and written shuffled once a minute at most.

    A page that is read waits for no write. What ends meanwhile stays ended.
    """

    def __init__(self, database: Database, session_key: bytes, every: float = 60.0) -> None:
        self._database = database
        self._session_key = session_key
        self._every = every
        self._waiting: set[str] = set()
        self._lock = threading.Lock()

    def add(self, shown: str) -> None:
        """This session is in use."""
        with self._lock:
            first = not self._waiting
            self._waiting.add(shown)
        if first:
            timer = threading.Timer(self._every, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write what has gathered."""
        with self._lock:
            waiting, self._waiting = list(self._waiting), set()
        random.shuffle(waiting)
        # What cannot be written is only a session that ends sooner.
        with suppress(Exception):
            with self._database.write() as uow:
                used = [core for shown in waiting if (core := self._renew(uow, shown))]
            self._note_use(used)

    def _renew(self, uow: Write, shown: str) -> Core | None:
        found = find_core(uow, self._session_key, shown)
        if found is None:
            return None
        cookie, core = found
        rewrite(uow, cookie, renewed(core))
        return core

    def _note_use(self, cores: list[Core]) -> None:
        """That a persona is in use this quarter: now or at another hour, so that it tells no sign-in."""
        for core in cores:
            if secrets.randbelow(2):
                pid, quarter = core.siblings[core.slot], used_quarter(core.work, core.slot)
                with self._database.write() as uow:
                    uow.run(_USED, pid=pid, quarter=quarter)
