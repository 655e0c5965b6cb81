"""Finding an invitation by its code's tag."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from mashrabiya.kernel import clock
from mashrabiya.people.sealed import codes
from mashrabiya.people.tables import INVITATION
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys


class InvitationRow(msgspec.Struct, frozen=True):
    """An invitation: where it leads, and what it brings, sealed."""

    branch: bytes
    target: bytes
    grants: bytes
    until_day: int


_FIND = Statement(
    select(*(INVITATION.c[name] for name in InvitationRow.__struct_fields__)).where(
        INVITATION.c.tag == bindparam("tag"), INVITATION.c.until_day >= bindparam("today")
    ),
    into=InvitationRow,
)


def find_invitation(db: Read, keys: ServerKeys, code: str) -> InvitationRow | None:
    """An invitation that still opens."""
    return db.first(_FIND, tag=invitation_tag(keys, code), today=clock.day())


def invitation_tag(keys: ServerKeys, code: str) -> bytes:
    """Under what a code is kept: whoever has it not, finds it not."""
    return codes.invitation_tag(keys.of("invite"), code)
