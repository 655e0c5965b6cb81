"""New recovery codes in place of the old ones."""

from __future__ import annotations

import random

from mashrabiya.people.commands import accounts
from mashrabiya.people.flows.beginning import insert_codes
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.sealed import codes
from mashrabiya.platform.web.site import Site


def replace_codes(site: Site, who: Unlocked) -> tuple[str, ...]:
    """Eight new codes, shown once; the old paper stops working.

    The vault names new and old ones before any old one goes, so that a crash
    leaves no code that nobody can find again.
    """
    paper = codes.new_recovery_codes()
    keys = [codes.RecoveryKey.of(site.keys.of("rec"), code) for code in paper]
    fresh = tuple(key.tag for key in keys)
    with site.database.write() as uow:
        old = accounts.read_vault(uow, who.row.id, who.vault_key).rec
        kept = old[: codes.RECOVERY_CODES]
        accounts.alter_vault(uow, who.row.id, who.vault_key, rec=(*fresh, *kept))
    insert_codes(site, [(key.tag, key.seal(who.row.id, who.vault_key)) for key in keys])
    drop_codes(site, old)
    return paper


def drop_codes(site: Site, tags: tuple[bytes, ...]) -> None:
    """These codes open nothing any more."""
    shuffled = list(tags)
    random.shuffle(shuffled)
    for tag in shuffled:
        with site.database.write() as uow:
            accounts.drop_code(uow, tag)
