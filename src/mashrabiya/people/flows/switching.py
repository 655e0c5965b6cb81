"""Acts on a persona that also change the session: each side in its own transaction."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands, queries
from mashrabiya.people.commands import Draft, accounts, sessions
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.commands.saved import drop_all_saved
from mashrabiya.people.flows.reaching import drop_own_blocks
from mashrabiya.people.sealed import tongue, vault
from mashrabiya.people.sealed.core import Cookie, Core
from mashrabiya.people.sealed.saved import SaveKeys
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.types import Flags
from mashrabiya.platform.web.site import Site


def _current(site: Site, shown: str) -> tuple[Cookie, Core]:
    with site.database.read() as db:
        found = queries.find_core(db, site.keys.of("sess"), shown)
    if found is None:
        raise NotFound
    return found


def _move(site: Site, cookie: Cookie, core: Core) -> Cookie:
    """Another session in place of this one: none ever acts for two personas."""
    with site.database.write() as uow:
        if not sessions.end(uow, cookie.sid):
            raise NotFound  # she left meanwhile, and stays gone
        return sessions.begin(uow, site.keys.of("sess"), queries.renewed(core))


def add_persona(site: Site, viewer: Viewer, shown: str, draft: Draft) -> Cookie:
    """Make a persona and go on as it."""
    cookie, core = _current(site, shown)
    flags = Flags(core.band, core.grant, core.branch, core.until).now(clock.quarter())
    with site.database.write() as uow:
        slot = commands.create_persona(uow, viewer, draft, keys=site.keys, flags=flags)
    return _move(site, cookie, replace(core, slot=slot, used=max(core.used, slot + 1)))


def switch(site: Site, viewer: Viewer, shown: str, slot: int) -> Cookie:
    """Go on as another persona of one's own."""
    cookie, core = _current(site, shown)
    with site.database.read() as db:
        live = queries.own_personas(db, core.work, viewer.siblings, site.keys.of("field"))
    if slot not in {persona.slot for persona in live}:
        raise NotFound
    return _move(site, cookie, replace(core, slot=slot))


def drop_persona(site: Site, viewer: Viewer, shown: str, *, remove_posts: bool) -> Cookie:
    """Delete the persona in use and go on as another, or as none yet."""
    cookie, core = _current(site, shown)
    if not viewer.speaks:
        raise NotFound
    marks: Marks = site.rooms["marks"]
    marks.drop(core.work)
    with site.database.write() as uow:
        # First what only she can find; and apart from the persona, whose row must not be tied to it.
        drop_all_saved(uow, SaveKeys.of(core.work, viewer.slot))
    drop_own_blocks(site, viewer)
    with site.database.write() as uow:
        commands.erase_persona(uow, viewer, viewer.slot, keys=site.keys, remove_posts=remove_posts)
    with site.database.read() as db:
        live = queries.own_personas(db, core.work, viewer.siblings, site.keys.of("field"))
        spent = queries.spent_seasons(db, core.work, live)
    slot = live[0].slot if live else queries.first_free_slot(live, spent)
    return _move(site, cookie, replace(core, slot=slot))


def alter_preferences(site: Site, shown: str, **changes: str | int) -> None:
    """Change these of her preferences and keep all others, beside the vault and in this session at once.

    Other sessions follow when they begin. What is kept is read where it is written:
    a session may be older than what she chose elsewhere.
    """
    core = _current(site, shown)[1]
    with site.database.write() as uow:
        row = queries.find_account_by_id(uow, core.account)
        if row is None:
            raise NotFound
        kept = vault.open_preferences(core.work, row.prefs, core.account)
        chosen = msgspec.structs.replace(kept, **changes)
        accounts.keep_preferences(uow, core.account, vault.seal_preferences(core.work, chosen, core.account))
    _speak_in_session(site, shown, chosen)


def _speak_in_session(site: Site, shown: str, chosen: Preferences) -> None:
    """In a transaction of its own: a session's row and its account's are not written together."""
    with site.database.write() as uow:
        found = queries.find_core(uow, site.keys.of("sess"), shown)
        if found is None:
            raise NotFound
        cookie, core = found
        sessions.rewrite(uow, cookie, replace(core, preferences=tongue.pack(chosen)))
