"""Coming back with a code from the paper: once and only once."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, null, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.people import sessions
from mashrabiya.people.flows.sign_in import Unlocked, costs
from mashrabiya.people.flows.sign_up import LONGEST_NAME
from mashrabiya.people.queries import FIND_ACCOUNT, FIND_ACCOUNT_BY_ID
from mashrabiya.people.rules import check_passphrase
from mashrabiya.people.sealed import codes, vault
from mashrabiya.people.sealed.codes import RecoveryKey
from mashrabiya.people.sealed.vault import Door
from mashrabiya.people.tables import ACCOUNT, RECOVERY
from mashrabiya.platform.crypto import Unopenable, recovery_hash
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.web.site import Site

NO_MATCH = "recovery.no_match"
_TAKE: Statement[None] = Statement(
    delete(RECOVERY).where(RECOVERY.c.tag == bindparam("which")).returning(RECOVERY.c.blob)
)
_RE_KEY: Statement[None] = Statement(
    update(ACCOUNT)
    .where(ACCOUNT.c.id == bindparam("which"))
    .values(tag=bindparam("new_tag"), wrap=bindparam("new_wrap"), lock_day=null())
)


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

    The slow hash comes first, and everything else in one transaction: there is
    no moment at which the code is gone and the account not yet hers. A locked
    account refuses like an unknown code, and the code stays good.
    """
    check_new_door(name, passphrase)
    door = vault.door(
        site.keys.of("login"), name, passphrase, costs(site.house)[0], slow=recovery_hash
    )
    key = RecoveryKey.of(site.keys.of("rec"), codes.read(code))
    with site.database.write() as uow:
        return _take(uow, key, door)


def _take(uow: Write, key: RecoveryKey, door: Door) -> Unlocked:
    blobs = uow.tuples(_TAKE, which=key.tag)
    if not blobs:
        raise Refused(NO_MATCH)
    try:
        account, vault_key = key.open(bytes(blobs[0][0]))
    except Unopenable:
        raise Refused(NO_MATCH) from None
    row = uow.first(FIND_ACCOUNT_BY_ID, account=account)
    # Refusing undoes the transaction, and so the code is not used up.
    if row is None or (row.lock_day is not None and row.lock_day > clock.day()):
        raise Refused(NO_MATCH)
    re_key(uow, account, vault_key, door)
    content = vault.open_vault(vault_key, row.vault, account)
    sessions.end_everywhere(uow, content.work)
    return Unlocked(row, vault_key, content)


def re_key(uow: Write, account: bytes, vault_key: bytes, door: Door) -> None:
    """Put another name and passphrase in front of the vault."""
    other = uow.first(FIND_ACCOUNT, tag=door.tag)
    if other is not None and other.id != account:
        raise Invalid({"pass": "signup.pass_refused"})
    wrapped = vault.wrap(door.key, vault_key, account)
    uow.run(_RE_KEY, which=account, new_tag=door.tag, new_wrap=wrapped)
