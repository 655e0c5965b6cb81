"""Rows of the account side. Each function is one short step; people.flows puts them together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, bindparam, delete, null, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.people.commands.sessions import end_everywhere
from mashrabiya.people.queries.accounts import AccountRow, find_account, find_account_by_id
from mashrabiya.people.sealed import vault
from mashrabiya.people.sealed.codes import RecoveryKey
from mashrabiya.people.sealed.vault import Door, Vault
from mashrabiya.people.tables import ACCOUNT, PANIC, RECOVERY
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Read, Statement, Write

NO_MATCH = "recovery.no_match"
PASS_REFUSED = "signup.pass_refused"

_NO_BLOB, _NOBODY = bytes(76), bytes(16)
_OF = ACCOUNT.c.id == bindparam("which")


def _change(*columns: str) -> Statement[None]:
    values: dict[str, BindParameter[object]] = {c: bindparam(f"new_{c}") for c in columns}
    return Statement(update(ACCOUNT).where(_OF).values(values))


_SEE, _KEEP_VAULT, _KEEP_PREFERENCES = _change("seen_q"), _change("vault"), _change("prefs")
_MOVE = _change("tag", "wrap")
_RE_KEY: Statement[None] = Statement(
    update(ACCOUNT).where(_OF).values(tag=bindparam("new_tag"), wrap=bindparam("new_wrap"), lock_day=null())
)
_DELETE: Statement[None] = Statement(delete(ACCOUNT).where(_OF))
_DROP_CODE: Statement[None] = Statement(delete(RECOVERY).where(RECOVERY.c.tag == bindparam("which")))
_DROP_PANIC: Statement[None] = Statement(delete(PANIC).where(PANIC.c.tag == bindparam("which")))
_FIND_CODE: Statement[None] = Statement(select(RECOVERY.c.blob).where(RECOVERY.c.tag == bindparam("which")))
_TAKE_CODE: Statement[None] = Statement(
    delete(RECOVERY).where(RECOVERY.c.tag == bindparam("which")).returning(RECOVERY.c.blob)
)


def open_account(uow: Write, row: AccountRow, *, former: Sequence[bytes] = ()) -> None:
    """A new account. The same name with the same passphrase is refused, in few words: it is one guess.

    ``former`` are where both would lead at earlier costs: an account there could not be reached any more.
    """
    if [tag for tag in former if find_account(uow, tag) is not None]:
        raise Invalid({"pass": PASS_REFUSED})
    columns = {name: getattr(row, name) for name in AccountRow.__struct_fields__ if name != "lock_day"}
    if not uow.insert_once(ACCOUNT, **columns):
        raise Invalid({"pass": PASS_REFUSED})


def note_quarter(uow: Write, account: bytes) -> None:
    """She was here this quarter of a year; nothing finer is kept."""
    uow.run(_SEE, which=account, new_seen_q=clock.quarter())


def move_account(uow: Write, account: bytes, vault_key: bytes, door: Door) -> None:
    """The same name and passphrase at another cost."""
    wrapped = vault.wrap(door.key, vault_key, account)
    uow.run(_MOVE, which=account, new_tag=door.tag, new_wrap=wrapped)


def read_vault(db: Read, account: bytes, vault_key: bytes) -> Vault:
    """What the vault holds now."""
    row = find_account_by_id(db, account)
    if row is None:
        raise NotFound
    try:
        return vault.open_vault(vault_key, row.vault, account)
    except Unopenable:
        raise NotFound from None


def alter_vault(uow: Write, account: bytes, vault_key: bytes, **changes: Any) -> Vault:
    """Change these things in the vault and keep all others as they are at this moment."""
    content = msgspec.structs.replace(read_vault(uow, account, vault_key), **changes)
    uow.run(_KEEP_VAULT, which=account, new_vault=vault.seal_vault(vault_key, content, account))
    return content


def keep_preferences(uow: Write, account: bytes, sealed: bytes) -> None:
    """How the house speaks to her from now on."""
    uow.run(_KEEP_PREFERENCES, which=account, new_prefs=sealed)


def re_key(uow: Write, account: bytes, vault_key: bytes, doors: Sequence[Door]) -> None:
    """Put another name and passphrase in front of the vault. ``doors``: at the house's cost, then at former ones."""
    door, found = doors[0], [find_account(uow, one.tag) for one in doors]
    if [other for other in found if other is not None and other.id != account]:
        raise Invalid({"pass": PASS_REFUSED})
    wrapped = vault.wrap(door.key, vault_key, account)
    uow.run(_RE_KEY, which=account, new_tag=door.tag, new_wrap=wrapped)


def delete_account(uow: Write, account: bytes) -> None:
    """The row that opened everything."""
    uow.run(_DELETE, which=account)


def add_code(uow: Write, tag: bytes, blob: bytes) -> None:
    """One recovery code."""
    uow.insert(RECOVERY, tag=tag, blob=blob)


def find_code(db: Read, tag: bytes) -> bytes | None:
    """What lies behind a recovery code, sealed; it stays good."""
    found = db.scalar(_FIND_CODE, which=tag)
    return bytes(found) if found is not None else None


def opens_now(db: Read, key: RecoveryKey) -> bool:
    """Whether this code would open an account now. Unknown and frozen are the same work."""
    try:
        account, _ = key.open(find_code(db, key.tag) or _NO_BLOB)
    except Unopenable:
        account = _NOBODY
    row = find_account_by_id(db, account)
    return row is not None and not row.is_frozen


def take_code(uow: Write, tag: bytes) -> bytes:
    """Use a recovery code up; where there is none, something to try to open all the same."""
    blobs = uow.tuples(_TAKE_CODE, which=tag)
    return bytes(blobs[0][0]) if blobs else _NO_BLOB


def drop_code(uow: Write, tag: bytes) -> bool:
    """This code opens nothing any more; whether it did."""
    return uow.run(_DROP_CODE, which=tag) > 0


def drop_panic_code(uow: Write, tag: bytes) -> None:
    """This code locks nothing any more."""
    uow.run(_DROP_PANIC, which=tag)


def recover_account(uow: Write, key: RecoveryKey, doors: Sequence[Door]) -> tuple[AccountRow, bytes, Vault]:
    """Use up the code, put the new door in front of the vault, end every session: all or nothing.

    The code stands for the passphrase and the second step both: that one is switched off, since who lost
    the phone with the passphrase would not come back otherwise.

    Refusing undoes the transaction; so the code of a frozen account stays good. A code that never was
    costs the same work as that one: something is opened, and an account looked for.
    """
    try:
        account, vault_key = key.open(take_code(uow, key.tag))
    except Unopenable:
        account, vault_key = _NOBODY, b""
    row = find_account_by_id(uow, account)
    if row is None or row.is_frozen:
        raise Refused(NO_MATCH)
    re_key(uow, account, vault_key, doors)
    content = alter_vault(uow, account, vault_key, totp=b"", pk=())
    end_everywhere(uow, content.work)
    return row, vault_key, content
