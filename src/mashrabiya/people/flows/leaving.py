"""Deleting an account: what opens it goes at once, its personas one by one."""

from __future__ import annotations

import random

from sqlalchemy import bindparam, delete

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands, queries, sessions
from mashrabiya.people.flows.codes import drop_codes
from mashrabiya.people.flows.sign_in import Unlocked
from mashrabiya.people.tables import ACCOUNT, PANIC
from mashrabiya.platform.db import Statement
from mashrabiya.platform.web.site import Site

_DELETE: Statement[None] = Statement(delete(ACCOUNT).where(ACCOUNT.c.id == bindparam("which")))
_DROP_PANIC: Statement[None] = Statement(delete(PANIC).where(PANIC.c.tag == bindparam("which")))


def delete_account(site: Site, who: Unlocked, *, remove_posts: bool) -> None:
    """Nothing here can bring it back."""
    work = who.vault.work
    with site.database.write() as uow:
        sessions.end_everywhere(uow, work)
        uow.run(_DELETE, which=who.row.id)
    drop_codes(site, who.vault.rec)
    for tag in who.vault.panic:
        with site.database.write() as uow:
            uow.run(_DROP_PANIC, which=tag)
    viewer = Viewer(work=work, siblings=work.persona_ids())
    with site.database.read() as db:
        live = queries.own_personas(db, work, viewer.siblings, site.keys.of("field"))
    random.shuffle(live)
    for persona in live:
        with site.database.write() as uow:
            commands.erase_persona(
                uow, viewer, persona.slot, keys=site.keys, remove_posts=remove_posts
            )
