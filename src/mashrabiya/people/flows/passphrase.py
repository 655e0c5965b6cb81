"""Another name and passphrase in front of the same vault."""

from __future__ import annotations

from mashrabiya.people.commands import accounts, sessions
from mashrabiya.people.flows import lone
from mashrabiya.people.flows.entering import Unlocked, doors_of
from mashrabiya.people.flows.recovery import check_new_door
from mashrabiya.platform.web.site import Site


def change_passphrase(
    site: Site, who: Unlocked, name: str, passphrase: str, *, keep_keys: bool = False
) -> None:
    """From now on this opens the account; every session ends. The codes on paper stay good.

    Passkeys that open it by themselves go unless she keeps them: whoever knew the old passphrase
    may have added one.
    """
    check_new_door(name, passphrase)
    doors = doors_of(site, name, passphrase)
    with site.database.write() as uow:
        accounts.re_key(uow, who.row.id, who.vault_key, doors)
        sessions.end_everywhere(uow, who.vault.work)
    if not keep_keys:
        lone.take_away(site, who.row.id, who.vault_key)
