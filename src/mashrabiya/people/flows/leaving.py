"""Deleting an account: what opens it goes at once, its personas one by one."""

from __future__ import annotations

import random

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands, queries
from mashrabiya.people.commands import accounts, sessions
from mashrabiya.people.flows.codes import drop_codes
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.platform.web.site import Site


def delete_account(site: Site, who: Unlocked, *, remove_posts: bool) -> None:
    """Nothing here can bring it back."""
    work = who.vault.work
    with site.database.write() as uow:
        sessions.end_everywhere(uow, work)
        accounts.delete_account(uow, who.row.id)
    drop_codes(site, who.vault.rec)
    for tag in who.vault.panic:
        with site.database.write() as uow:
            accounts.drop_panic_code(uow, tag)
    viewer = Viewer(work=work, siblings=work.persona_ids())
    with site.database.read() as db:
        live = queries.own_personas(db, work, viewer.siblings, site.keys.of("field"))
    random.shuffle(live)
    for persona in live:
        with site.database.write() as uow:
            commands.erase_persona(uow, viewer, persona.slot, keys=site.keys, remove_posts=remove_posts)
