"""Coming back with a code from the paper: once and only once."""

from __future__ import annotations

from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.people.commands import accounts
from mashrabiya.people.flows import lone
from mashrabiya.people.flows.beginning import LONGEST_NAME
from mashrabiya.people.flows.entering import Unlocked, doors_of
from mashrabiya.people.rules import check_passphrase
from mashrabiya.people.sealed import codes, vault
from mashrabiya.people.sealed.codes import RecoveryKey
from mashrabiya.platform.crypto import recovery_hash
from mashrabiya.platform.web.site import Site


def check_new_door(name: str, passphrase: str) -> None:
    """Invalid with what cannot be a new sign-in name and passphrase."""
    wrong = {}
    if not vault.folded_name(name) or len(name) > LONGEST_NAME:
        wrong["name"] = "signup.name_missing"
    why = check_passphrase(passphrase, name)
    if why:
        wrong["pass"] = why
    if wrong:
        raise Invalid(wrong)


def recover(site: Site, code: str, name: str, passphrase: str) -> Unlocked:
    """A new sign-in name and passphrase for the account behind the code; all its sessions end.

    The second step is off from then on, and no passkey opens the account.

    The slow hash comes before everything that changes anything, and all that in one transaction:
    there is no moment at which the code is gone and the account not yet hers. A locked
    account refuses like an unknown code, and the code stays good.
    """
    check_new_door(name, passphrase)
    key = RecoveryKey.of(site.keys.of("rec"), codes.read(code))
    # Made-up codes stand in no line: they are a hundred bits, and nobody learns more of them by asking.
    with site.database.read() as db:
        if not accounts.opens_now(db, key):
            raise Refused(accounts.NO_MATCH)
    doors = doors_of(site, name, passphrase, slow=recovery_hash)
    with site.database.write() as uow:
        who = Unlocked(*accounts.recover_account(uow, key, doors))
    # Whoever lost everything may have lost the device too.
    lone.take_away(site, who.row.id, who.vault_key)
    return who
