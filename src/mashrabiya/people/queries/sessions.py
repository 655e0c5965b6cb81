"""Opening sessions.

The row holds sealed bytes, a group of the day and an hour. What it means is
known only while the cookie is here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import or_ as or_bits
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import LargeBinary, bindparam, case, func, literal_column, or_, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import SLOTS, Work
from mashrabiya.kernel.viewer import Face, Other, Tongue, Viewer
from mashrabiya.people.queries.guards import Guards
from mashrabiya.people.queries.idle import Idle
from mashrabiya.people.sealed import tongue as compact
from mashrabiya.people.sealed.core import Cookie, Core
from mashrabiya.people.sealed.lock import LOCKED_ROW, Locked, seal_locked
from mashrabiya.people.sealed.persona import open_flags, open_grant
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.tables import PERSONA, SESSION
from mashrabiya.people.types import Band, Grant, Opened, State
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

if TYPE_CHECKING:
    from mashrabiya.platform.web.site import Site

# Idle hours and hours in all: for a device that others open too, and for one's own.
SHARED_HOURS, SHARED_WHOLE = 2, 24
OWN_HOURS, OWN_WHOLE = 48, 14 * 24
TOKEN_MARK = "m"
GROUP_DAYS = 32
_GROUPS = [f"group{back}" for back in range(GROUP_DAYS)]


class _Session(msgspec.Struct, frozen=True):
    blob: bytes
    exp_h: int


class _Face(msgspec.Struct, frozen=True):
    id: bytes
    name: str
    pub: str
    seed: bytes
    pronouns: str
    flags: bytes
    priv: bytes | None


_FIND = Statement(
    select(SESSION.c.blob, SESSION.c.exp_h).where(SESSION.c.sid == bindparam("sid")), into=_Session
)
_OPEN: Statement[None] = Statement(
    select(func.count())
    .select_from(SESSION)
    .where(
        SESSION.c.grp.in_([bindparam(group, type_=LargeBinary) for group in _GROUPS]),
        SESSION.c.exp_h > bindparam("hour"),
    )
)
# What the persona in use keeps about others, and what others of hers keep for all her names.
_LISTS = case(
    (
        or_(
            PERSONA.c.id == bindparam("pid", type_=LargeBinary),
            PERSONA.c.state.op("&")(literal_column(str(int(State.SHARES)))) != literal_column("0"),
        ),
        PERSONA.c.priv,
    )
).label("priv")
_FACES = Statement(
    select(
        *(PERSONA.c[name] for name in _Face.__struct_fields__ if name != "priv"),
        _LISTS,
    ).where(PERSONA.c.id.in_(sixteen("sibling"))),
    into=_Face,
)


def open_session(db: Read, site: Site, shown: str, tongue: Tongue, *, used: bool = True) -> Viewer | None:
    """The viewer behind a cookie or an API token; None for anything that opens nothing.

    One statement for the session, one for the name in use; guards are in memory.
    Somebody whom the whole house is closed to is no member in it: of her session
    only the case is left, and how the house speaks to her. A session that was
    locked, or lay idle too long, says no more than that. What a page asks for by
    itself is no use of a session: it makes nothing longer.
    """
    met = _meet(db, site.keys.of("sess"), shown)
    if met is None:
        return None
    cookie, row = met
    if _is_locked(row):
        return Viewer(tongue=tongue, key=cookie.key, sid=cookie.sid, locked=True)
    core = _content(cookie, row, shown)
    if core is None:
        return None
    opened = _opened(db, site, (cookie, core), tongue)
    if opened.viewer.lock_minutes and not opened.narrow and _lay_idle(site, cookie, opened, used=used):
        return Viewer(tongue=tongue, key=cookie.key, sid=cookie.sid, locked=True)
    if opened.case:
        return _excluded(opened)
    if opened.ageing and used:
        waiting = site.rooms.get("renewals")
        if waiting is not None:
            waiting.add(shown)
    return opened.viewer


def _excluded(opened: Opened) -> Viewer:
    viewer = opened.viewer
    return Viewer(tongue=viewer.tongue, dark=viewer.dark, case=opened.case)


def find_opened(db: Read, site: Site, shown: str, tongue: Tongue) -> Opened | None:
    """The session with everything it says, or None."""
    found = find_core(db, site.keys.of("sess"), shown)
    return _opened(db, site, found, tongue) if found else None


def _opened(db: Read, site: Site, found: tuple[Cookie, Core], tongue: Tongue) -> Opened:
    core = found[1]
    viewer = _viewer(db, site, found, tongue)
    guards: Guards = site.held["guards"]
    return Opened(
        viewer=viewer,
        band=core.band,
        level=core.level,
        own_device=core.own_device,
        expires=core.expires,
        begun=core.begun,
        case=guards.site_case(viewer) or b"",
        ageing=core.expires < next_expiry(core),
        narrow=core.narrow,
        second=core.second_factor,
    )


def find_core(db: Read, session_key: bytes, shown: str) -> tuple[Cookie, Core] | None:
    """The cookie and the content of its row, while it lives and is not locked."""
    met = _meet(db, session_key, shown)
    core = _content(*met, shown) if met else None
    return (met[0], core) if met and core else None


def find_locked(db: Read, session_key: bytes, shown: str) -> tuple[Cookie, Locked, int] | None:
    """The cookie, the content of its row as far as that opens it, and the hour in which it ends.

    One that lies idle counts as locked, too: nobody may have written so yet.
    """
    met = _meet(db, session_key, shown)
    if met is None:
        return None
    cookie, row = met
    blob = row.blob
    if not _is_locked(row):
        core = _content(cookie, row, shown)
        if core is None:
            return None
        blob = seal_locked(cookie, core)
    try:
        return cookie, Locked.open(cookie, blob), row.exp_h
    except Unopenable:
        return None


def _meet(db: Read, session_key: bytes, shown: str) -> tuple[Cookie, _Session] | None:
    cookie = Cookie.read(session_key, shown.removeprefix(TOKEN_MARK) if len(shown) == 44 else shown)
    row = db.first(_FIND, sid=cookie.sid) if cookie else None
    if cookie is None or row is None or row.exp_h <= clock.hour():
        return None
    return cookie, row


def _is_locked(row: _Session) -> bool:
    return len(row.blob) == LOCKED_ROW


def _content(cookie: Cookie, row: _Session, shown: str) -> Core | None:
    try:
        core = cookie.open(row.blob)
    except Unopenable:
        return None
    if core.narrow != (len(shown) == 44) or core.expires <= clock.hour():
        return None
    return core


def _lay_idle(site: Site, cookie: Cookie, opened: Opened, *, used: bool) -> bool:
    idle: Idle | None = site.rooms.get("idle")
    if idle is None:
        return False
    goes_on = idle.goes_on if used else idle.is_fresh
    return not goes_on(cookie.sid, used_this_hour=not opened.ageing)


def _grants(site: Site, faces: dict[bytes, _Face], pid: bytes) -> tuple[Grant, int, Grant]:
    """What the name in use may do in the house, the day on which its care ends, and what her other names may."""
    field = site.keys.of("field")
    granted = {face.id: open_grant(field, face.flags, face.id) for face in faces.values()}
    kin = reduce(or_bits, (grant for one, grant in granted.items() if one != pid), Grant.NONE)
    own = granted.get(pid, Grant.NONE)
    until = open_flags(field, faces[pid].flags, pid).care_until if own & Grant.CARE else 0
    return own, until, kin


def _viewer(db: Read, site: Site, found: tuple[Cookie, Core], tongue: Tongue) -> Viewer:
    cookie, core = found
    pid = core.siblings[core.slot]
    # Slots never used are not looked for: most people have one name or two.
    asked = [*core.siblings[: core.used], *[pid] * (SLOTS - core.used)]
    faces = {face.id: face for face in db.all(_FACES, pid=pid, **sibling_values(asked))}
    row, preferences = faces.get(pid), compact.unpack(core.preferences)
    slots = [(core.siblings.index(face.id), face) for face in faces.values()]
    granted, care_until, kin = _grants(site, faces, pid)
    return Viewer(
        work=core.work,
        account=core.account,
        slot=core.slot,
        used=core.used,
        siblings=core.siblings,
        face=Face(row.name, row.pub, row.seed, row.pronouns) if row else None,
        others=tuple(
            Other(slot, face.name, face.seed)
            for slot, face in sorted(slots, key=lambda one: one[0])
            if face.id != pid
        ),
        lists=tuple((slot, face.priv) for slot, face in slots if face.priv is not None),
        roles=granted.roles,
        care_until=care_until,
        kin_roles=kin.roles,
        branch=core.branch if any(core.branch) else b"",
        tongue=compact.tongue(preferences, tongue.language),
        key=cookie.key,
        sid=cookie.sid,
        second_factor=core.second_factor,
        minor=core.band == Band.MINOR,
        # A device that others open shows nobody what was read on it, and a program reads nothing.
        keeps_place=core.own_device and not core.narrow and not preferences.forgets,
        **_as_chosen(preferences),
    )


def _as_chosen(preferences: Preferences) -> dict[str, Any]:
    """What the viewer carries of her preferences as it is."""
    return {
        "shift_exit": preferences.shift_exit,
        "dark": preferences.dark,
        "notes_shown": preferences.notes_shown,
        "notes_hidden": preferences.notes_hidden,
        "settled": preferences.settled,
        "desk": preferences.desk,
        "rest_until": preferences.rest_until,
        "lock_minutes": preferences.lock_minutes,
        "light": preferences.light,
        "keys": preferences.keys,
        "words": preferences.words,
        "hush": preferences.hush,
    }


def session_groups(work: Work) -> list[bytes]:
    """Under what her sessions of the last 32 days lie, and so all that can live."""
    return [work.session_group(clock.day() - back) for back in range(GROUP_DAYS)]


def open_sign_ins(db: Read, work: Work) -> int:
    """How many sessions of hers are open, this one and those of programs among them. Nothing else is known."""
    groups = dict(zip(_GROUPS, session_groups(work), strict=True))
    return int(db.scalar(_OPEN, hour=clock.hour(), **groups))


def next_expiry(core: Core) -> int:
    """When a session used now ends: after its idle hours, and never later than its whole."""
    idle, whole = (OWN_HOURS, OWN_WHOLE) if core.own_device else (SHARED_HOURS, SHARED_WHOLE)
    return min(clock.hour() + idle, core.begun + whole)


def renewed(core: Core) -> Core:
    """The same session, used now."""
    return replace(core, expires=next_expiry(core))
