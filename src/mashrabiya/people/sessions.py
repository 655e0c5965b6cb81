"""Opening, beginning, renewing and ending sessions.

The row holds sealed bytes, a group of the day and an hour. What it means is
known only while the cookie is here.
"""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import bindparam, delete, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Face, Tongue, Viewer
from mashrabiya.people.guards import Guards
from mashrabiya.people.sealed import tongue as compact
from mashrabiya.people.sealed.core import Cookie, Core, Mark
from mashrabiya.people.sealed.persona import open_flags
from mashrabiya.people.tables import PERSONA, SESSION
from mashrabiya.people.types import Opened
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Database, Read, Statement, Write

if TYPE_CHECKING:
    from mashrabiya.platform.web.site import Site

# Idle hours and hours in all: for a device that others open too, and for one's own.
SHARED_HOURS, SHARED_WHOLE = 2, 24
OWN_HOURS, OWN_WHOLE = 48, 14 * 24
GROUP_DAYS = 32
TOKEN_MARK = "m"


class _Session(msgspec.Struct, frozen=True):
    blob: bytes
    exp_h: int


class _Face(msgspec.Struct, frozen=True):
    name: str
    pub: str
    seed: bytes
    pronouns: str
    flags: bytes


_FIND = Statement(
    select(SESSION.c.blob, SESSION.c.exp_h).where(SESSION.c.sid == bindparam("sid")), into=_Session
)
_FACE = Statement(
    select(
        PERSONA.c.name, PERSONA.c.pub, PERSONA.c.seed, PERSONA.c.pronouns, PERSONA.c.flags
    ).where(PERSONA.c.id == bindparam("pid")),
    into=_Face,
)
_END: Statement[None] = Statement(delete(SESSION).where(SESSION.c.sid == bindparam("which")))
_END_GROUP: Statement[None] = Statement(delete(SESSION).where(SESSION.c.grp == bindparam("which")))
_RENEW: Statement[None] = Statement(
    update(SESSION)
    .where(SESSION.c.sid == bindparam("which"))
    .values(blob=bindparam("new_blob"), exp_h=bindparam("new_exp_h"))
)


# --- reading ------------------------------------------------------------------


def open_session(db: Read, site: Site, shown: str, tongue: Tongue) -> Viewer | None:
    """The viewer behind a cookie or an API token; None for anything that opens nothing.

    One statement for the session, one for the name in use; guards are in memory.
    Somebody whom the whole house is closed to is no member in it.
    """
    opened = find_opened(db, site, shown, tongue)
    if opened is None or opened.case:
        return None
    if opened.ageing:
        renewals(site).add(shown)
    return opened.viewer


def find_opened(db: Read, site: Site, shown: str, tongue: Tongue) -> Opened | None:
    """The session with everything it says, or None."""
    found = find_core(db, site.keys.of("sess"), shown)
    if found is None:
        return None
    cookie, core = found
    viewer = _viewer(db, site, cookie, core, tongue)
    guards: Guards = site.held["guards"]
    return Opened(
        viewer=viewer,
        band=core.band,
        level=core.level,
        own_device=bool(core.marks & Mark.OWN_DEVICE),
        expires=core.expires,
        begun=core.begun,
        case=guards.site_case(viewer) or b"",
        ageing=core.expires < next_expiry(core),
        narrow=bool(core.marks & Mark.NARROW),
    )


def find_core(db: Read, session_key: bytes, shown: str) -> tuple[Cookie, Core] | None:
    """The cookie and the content of its row, while it lives."""
    cookie = Cookie.read(session_key, shown.removeprefix(TOKEN_MARK) if len(shown) == 44 else shown)
    if cookie is None:
        return None
    row = db.first(_FIND, sid=cookie.sid)
    if row is None or row.exp_h <= clock.hour():
        return None
    try:
        core = cookie.open(row.blob)
    except Unopenable:
        return None
    if bool(core.marks & Mark.NARROW) != (len(shown) == 44) or core.expires <= clock.hour():
        return None
    return cookie, core


def _viewer(db: Read, site: Site, cookie: Cookie, core: Core, tongue: Tongue) -> Viewer:
    row = db.first(_FACE, pid=core.siblings[core.slot])
    preferences = compact.unpack(core.preferences)
    roles: frozenset[str] = frozenset()
    if row is not None:
        roles = open_flags(site.keys.of("field"), row.flags, core.siblings[core.slot]).grant.roles
    return Viewer(
        work=core.work,
        account=core.account,
        slot=core.slot,
        used=core.used,
        siblings=core.siblings,
        face=Face(row.name, row.pub, row.seed, row.pronouns) if row else None,
        roles=roles,
        tongue=compact.tongue(preferences, tongue.language),
        key=cookie.key,
        sid=cookie.sid,
        discreet=preferences.discreet,
        shift_exit=preferences.shift_exit,
        dark=preferences.dark,
    )


# --- writing ------------------------------------------------------------------


def next_expiry(core: Core) -> int:
    """When a session used now ends: after its idle hours, and never later than its whole."""
    own = core.marks & Mark.OWN_DEVICE
    idle, whole = (OWN_HOURS, OWN_WHOLE) if own else (SHARED_HOURS, SHARED_WHOLE)
    return min(clock.hour() + idle, core.begun + whole)


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


def end(uow: Write, sid: bytes) -> None:
    """Nothing opens with that cookie any more."""
    uow.run(_END, which=sid)


def end_everywhere(uow: Write, work: Work) -> None:
    """End every session of this person: those of the last 32 days, and so all that can live."""
    groups = [work.session_group(clock.day() - back) for back in range(GROUP_DAYS)]
    random.shuffle(groups)
    for group in groups:
        uow.run(_END_GROUP, which=group)


class Renewals:
    """Sessions in use that should live on: gathered, and written shuffled once a minute at most.

    A page that is read waits for no write. What ends meanwhile stays ended.
    """

    def __init__(self, database: Database, session_key: bytes, every: float = 20.0) -> None:
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
        with suppress(Exception), self._database.write() as uow:
            for shown in waiting:
                self._renew(uow, shown)

    def _renew(self, uow: Write, shown: str) -> None:
        found = find_core(uow, self._session_key, shown)
        if found is not None:
            cookie, core = found
            rewrite(uow, cookie, replace_expiry(core))


def replace_expiry(core: Core) -> Core:
    """The same session, used now."""
    return replace(core, expires=next_expiry(core))


def renewals(site: Site) -> Renewals:
    """The renewals of this process."""
    found: Renewals | None = site.rooms.get("renewals")
    if found is None:
        found = site.rooms["renewals"] = Renewals(site.database, site.keys.of("sess"))
    return found
