"""Between the passphrase and the second step: no session yet, and nothing kept of it here."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.people.flows.entering import Unlocked, is_locked, move
from mashrabiya.people.queries import find_account_by_id
from mashrabiya.people.sealed import vault
from mashrabiya.people.sealed.pending import Pending
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.web.site import Site


def halfway(site: Site, who: Unlocked, *, own: bool) -> str:
    """What the browser holds until the second step, five minutes at most."""
    move(site, who)
    tag = who.door.tag if who.door else who.row.tag
    return Pending(who.row.id, tag, who.vault_key, own).seal(site.keys.of("sess"), clock.now())


def find_halfway(site: Site, shown: str) -> tuple[Unlocked, bool] | None:
    """The account, and whether the device is hers alone; None once its passphrase is another or it is locked."""
    pending = Pending.read(site.keys.of("sess"), shown, clock.now())
    if pending is None:
        return None
    with site.database.read() as db:
        row = find_account_by_id(db, pending.account)
    if row is None or row.tag != pending.tag or is_locked(row):
        return None
    try:
        held = vault.open_vault(pending.vault_key, row.vault, row.id)
    except Unopenable:
        return None
    return Unlocked(row, pending.vault_key, held), pending.own
