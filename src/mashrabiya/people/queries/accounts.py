"""Finding an account: by the tag that a name and passphrase lead to, and in no other way."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from mashrabiya.people.tables import ACCOUNT
from mashrabiya.platform.db import Read, Statement


class AccountRow(msgspec.Struct, frozen=True):
    """An account as it lies in the database: sealed."""

    id: bytes
    tag: bytes
    wrap: bytes
    vault: bytes
    prefs: bytes
    seen_q: int
    lock_day: int | None

    @property
    def is_frozen(self) -> bool:
        """Somebody froze it: until its owner has come back with both, one thing alone opens nothing."""
        return self.lock_day is not None


_COLUMNS = select(*(ACCOUNT.c[name] for name in AccountRow.__struct_fields__))
_BY_TAG = Statement(_COLUMNS.where(ACCOUNT.c.tag == bindparam("tag")), into=AccountRow)
_BY_ID = Statement(_COLUMNS.where(ACCOUNT.c.id == bindparam("account")), into=AccountRow)


def find_account(db: Read, tag: bytes) -> AccountRow | None:
    """The account behind a door, if there is one."""
    return db.first(_BY_TAG, tag=tag)


def find_account_by_id(db: Read, account: bytes) -> AccountRow | None:
    """The account that a recovery code or an open session names."""
    return db.first(_BY_ID, account=account)
