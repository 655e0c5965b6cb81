"""Deleting an account: what opens it goes at once, its personas one by one."""

from __future__ import annotations

import random

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands import accounts, sessions
from mashrabiya.people.commands.erasure import Erasure, carry_out, plan_erasure
from mashrabiya.people.flows.codes import drop_codes
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.platform import due
from mashrabiya.platform.web.site import Site

ERASE = "people.erase"
WITHIN = (0, 72 * clock.HOUR)


def delete_account(site: Site, who: Unlocked, *, remove_posts: bool, at_once: bool = False) -> None:
    """Nothing here can bring it back.

    Each persona goes at its own random hour within three days, so that it is
    harder to see that they belong together; or all of them now.
    """
    planned = _plan(site, who, remove_posts)
    for erasure in planned:
        with site.database.write() as uow:
            if at_once:
                carry_out(uow, erasure)
            else:
                due.add(uow, site.keys.of("field"), ERASE, erasure.pack(), within=WITHIN)
    with site.database.write() as uow:
        sessions.end_everywhere(uow, who.vault.work)
        accounts.delete_account(uow, who.row.id)
    drop_codes(site, who.vault.rec)
    for tag in who.vault.panic:
        with site.database.write() as uow:
            accounts.drop_panic_code(uow, tag)


def _plan(site: Site, who: Unlocked, remove_posts: bool) -> list[Erasure]:
    viewer = Viewer(work=who.vault.work, siblings=who.vault.work.persona_ids())
    with site.database.read() as db:
        live = queries.own_personas(db, who.vault.work, viewer.siblings, site.keys.of("field"))
        planned = [
            plan_erasure(db, viewer, persona.slot, keys=site.keys, remove_posts=remove_posts)
            for persona in live
        ]
    random.shuffle(planned)
    return planned
