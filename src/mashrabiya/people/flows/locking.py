"""Locking a session with a number, opening it again, and setting the number."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from mashrabiya.kernel.errors import Busy, NotFound
from mashrabiya.people import queries
from mashrabiya.people.commands import accounts, locking, sessions
from mashrabiya.people.flows.entering import Unlocked, enter, preferences_of
from mashrabiya.people.queries.idle import Misses
from mashrabiya.people.sealed import vault
from mashrabiya.people.sealed.core import Cookie
from mashrabiya.people.sealed.lock import Lock
from mashrabiya.people.sealed.vault import Vault
from mashrabiya.platform.web.site import Site


@dataclass(frozen=True, slots=True)
class Place:
    """Where she was signed in, to go on there: which persona, and whose device."""

    slot: int
    own: bool


def set_pin(site: Site, who: Unlocked, pin: str, minutes: int, *, place: Place) -> Cookie:
    """From now on every sign-in can be locked with this number. Those that had another one end."""
    return _keep(site, who, Lock.new(pin).kept_in(who.vault), minutes=minutes, place=place)


def drop_pin(site: Site, who: Unlocked, *, place: Place) -> Cookie:
    """No number any more."""
    content = msgspec.structs.replace(who.vault, pin_pub=b"", pin_salt=b"", dbox=b"")
    return _keep(site, who, content, minutes=0, place=place)


def _keep(site: Site, who: Unlocked, content: Vault, *, minutes: int, place: Place) -> Cookie:
    chosen = msgspec.structs.replace(preferences_of(who), lock_minutes=minutes)
    sealed = vault.seal_preferences(content.work, chosen, who.row.id)
    with site.database.write() as uow:
        numbers = {"pin_pub": content.pin_pub, "pin_salt": content.pin_salt, "dbox": content.dbox}
        content = accounts.alter_vault(uow, who.row.id, who.vault_key, **numbers)
        accounts.keep_preferences(uow, who.row.id, sealed)
    with site.database.write() as uow:
        sessions.end_everywhere(uow, content.work)
    row = msgspec.structs.replace(who.row, prefs=sealed)
    return enter(site, Unlocked(row, who.vault_key, content), own=place.own, slot=place.slot)


def lock(site: Site, shown: str) -> Cookie:
    """Lock the session now, whatever its person was doing; not found where it has no number."""
    with site.database.write() as uow:
        found = queries.find_core(uow, site.keys.of("sess"), shown)
        if found is None:
            raise NotFound
        new = locking.lock_elsewhere(uow, site.keys.of("sess"), *found)
    if new is None:
        raise NotFound
    return new


def lock_idle(site: Site, shown: str) -> None:
    """Write that a session is locked which lay idle: the server could not without its cookie."""
    with site.database.read() as db:
        if queries.find_core(db, site.keys.of("sess"), shown) is None:
            return
    with site.database.write() as uow:
        found = queries.find_core(uow, site.keys.of("sess"), shown)
        if found is not None:
            locking.lock_here(uow, *found)


def open_with_pin(site: Site, shown: str, pin: str) -> int | None:
    """None where the number opened the session; else how many tries are left: at zero it is gone.

    One slow hash, both boxes, one row written, whatever was typed.
    """
    with site.database.read() as db:
        found = queries.find_locked(db, site.keys.of("sess"), shown)
    if found is None:
        return 0
    cookie, locked, expires = found
    misses: Misses = site.rooms["misses"]
    left = misses.take(cookie.sid)
    try:
        core = locked.try_pin(pin)
    except Busy:
        misses.give_back(cookie.sid)
        raise
    with site.database.write() as uow:
        if left >= 0 and core is not None:
            opened = locking.open_again(uow, cookie, queries.renewed(core))
        elif left > 0:
            locking.put_back(uow, cookie, locked, expires)
            return left
        else:
            opened = False
            sessions.end(uow, cookie.sid)
    misses.forget(cookie.sid)
    return None if opened else 0
