"""Passkeys that open an account by themselves: made, used, taken away.

The vault names the keys that are good: one that it does not name opens nothing, whatever rows there are.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.commands import accounts, passkeys
from mashrabiya.people.flows import proving
from mashrabiya.people.flows.entering import NOBODY, Unlocked, open_with, read_nobodys
from mashrabiya.people.queries import find_account_by_id
from mashrabiya.people.sealed import lone, passkey
from mashrabiya.people.sealed.lone import LoneKey
from mashrabiya.people.sealed.passkey import Answer, Passkey, Place, Unfit, from_text
from mashrabiya.people.sealed.pending import Slip
from mashrabiya.platform.web.site import Site

MOST = 3
WRONG, NOT_TAKEN = "lone.wrong", "lone.not_taken"


def challenge(site: Site) -> str:
    """What a passkey is to sign where nobody has said yet who she is."""
    return proving.challenge(site, proving.NOBODY)


def unlock_by_key(site: Site, answer: Answer, given: str, *, place: Place) -> Unlocked:
    """Open the vault, or Refused: unknown, taken away, wrong and frozen are one answer after the same work.

    Nothing slows this: who guesses has to make a signature, which costs her more than it costs the house.
    """
    if not proving.is_asked(site, answer):
        raise Refused(WRONG)
    field, name = site.keys.of("field"), from_text(answer.id)
    key = LoneKey.of(field, name, from_text(given))
    with site.database.read() as db:
        row = passkeys.find_key(db, key.tag) or lone.NOBODYS_ROW
        account, vault_key = key.open(row)
        found = find_account_by_id(db, account)
    proven = _is_proven(place, answer, Passkey(name, key.point(field, row)))
    who = open_with(found or NOBODY, vault_key)
    if who is None:
        read_nobodys()
    if not proven or who is None or who.row.is_frozen or key.tag not in who.vault.lone:
        raise Refused(WRONG)
    return who


def _is_proven(place: Place, answer: Answer, key: Passkey) -> bool:
    try:
        passkey.prove(place, answer, [key], verified=True)
    except Unfit:
        return False
    return True


def slip_of(viewer: Viewer, who: Unlocked) -> str:
    """What the form of the next step carries, sealed for this session and for nothing but this."""
    return Slip(who.vault_key).seal(mac(viewer.key, b"lone"), clock.now())


def find_slip(viewer: Viewer, shown: str) -> Slip | None:
    """What the form brought back; None for anything else and for what is too old."""
    return Slip.read(mac(viewer.key, b"lone"), shown, clock.now())


def add_key(site: Site, viewer: Viewer, slip: Slip, made: tuple[Answer, str], *, place: Place) -> None:
    """One more passkey that opens this account; Invalid where the browser's answer is not what we asked for.

    The vault names it before its row is there, so that a crash leaves none that nobody could take away.
    """
    answer, output = made[0], from_text(made[1])
    try:
        new = proving.takes(site, viewer.account, place, answer, verified=True)
    except Unfit:
        raise Invalid({"key": NOT_TAKEN}) from None
    field = site.keys.of("field")
    key = LoneKey.of(field, new.id, output)
    with site.database.write() as uow:
        held = accounts.read_vault(uow, viewer.account, slip.vault_key).lone
        if len(output) != lone.OUTPUT or len(held) >= MOST or passkeys.find_key(uow, key.tag):
            raise Invalid({"key": NOT_TAKEN})
        accounts.alter_vault(uow, viewer.account, slip.vault_key, lone=(*held, key.tag))
    with site.database.write() as uow:
        passkeys.keep_key(uow, key.tag, key.seal(field, new, viewer.account, slip.vault_key))


def drop_all(site: Site, viewer: Viewer, slip: Slip) -> None:
    """No passkey opens this account any more; name and passphrase do, as before."""
    take_away(site, viewer.account, slip.vault_key)


def take_away(site: Site, account: bytes, vault_key: bytes) -> None:
    """At once for the vault, and then each row by itself."""
    with site.database.write() as uow:
        held = accounts.read_vault(uow, account, vault_key).lone
        if held:
            accounts.alter_vault(uow, account, vault_key, lone=())
    forget(site, held)


def forget(site: Site, tags: Sequence[bytes]) -> None:
    """These rows go, each in a transaction of its own, shuffled: nothing ties them to each other."""
    for tag in random.sample(list(tags), len(tags)):
        with site.database.write() as uow:
            passkeys.drop_key(uow, tag)


def reopened(site: Site, viewer: Viewer, slip: Slip) -> int:
    """How many passkeys open this account now."""
    with site.database.read() as db:
        if find_account_by_id(db, viewer.account) is None:
            raise NotFound
        return len(accounts.read_vault(db, viewer.account, slip.vault_key).lone)
