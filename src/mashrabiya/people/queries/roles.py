"""What one persona does in the house. There is no list of those who do something."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from mashrabiya.people.rules.names import name_key
from mashrabiya.people.sealed.persona import has_lapsed, open_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Grant
from mashrabiya.platform.db import Read, Statement


class Bearer(msgspec.Struct, frozen=True):
    """A persona, and what it carries sealed."""

    id: bytes
    name: str
    flags: bytes


_COLUMNS = tuple(PERSONA.c[name] for name in Bearer.__struct_fields__)
_BY_ID = Statement(select(*_COLUMNS).where(PERSONA.c.id == bindparam("which")), into=Bearer)
_BY_NAME = Statement(select(*_COLUMNS).where(PERSONA.c.name_key == bindparam("key")), into=Bearer)
_ALL = Statement(select(*_COLUMNS), into=Bearer)


def find_bearer(db: Read, pid: bytes) -> Bearer | None:
    """A persona by its id."""
    return db.first(_BY_ID, which=pid)


def find_bearer_named(db: Read, name: str) -> Bearer | None:
    """The one persona whose name looks like this."""
    key = name_key(name)
    return db.first(_BY_NAME, key=key) if key else None


def grant_of(bearer: Bearer | None, field_key: bytes) -> Grant:
    """What it does in the house; nothing where it is gone."""
    return Grant.NONE if bearer is None else open_flags(field_key, bearer.flags, bearer.id).grant


def anybody_has(db: Read, grant: Grant, field_key: bytes) -> bool:
    """Whether some persona of the house carries this: for the machine's command line, which asks rarely."""
    found = db.all(_ALL)
    return any(grant_of(bearer, field_key) & grant for bearer in found)


def lapsed(db: Read, field_key: bytes) -> list[bytes]:
    """The personas whose term of care is over. For the night."""
    return [one.id for one in db.all(_ALL) if has_lapsed(field_key, one.flags, one.id)]


def roles_of(db: Read, pid: bytes, field_key: bytes) -> frozenset[str]:
    """The roles in the house that this persona has now."""
    return grant_of(find_bearer(db, pid), field_key).roles
