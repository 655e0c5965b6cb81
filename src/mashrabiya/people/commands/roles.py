"""Roles in the house, as a persona carries them. That two people decide so is care's matter."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands.invitations import redeem_invitation
from mashrabiya.people.queries.roles import find_bearer
from mashrabiya.people.sealed import codes
from mashrabiya.people.sealed.persona import open_lapsed, seal_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys

ACCEPTED, RECEIVER = "role:accepted", "receiver"

_SET_FLAGS: Statement[None] = Statement(
    update(PERSONA).where(PERSONA.c.id == bindparam("which")).values(flags=bindparam("new_flags"))
)


def accept_role(uow: Write, viewer: Viewer, code: str, *, keys: ServerKeys) -> Grant:
    """Take the role that a code brings, with the persona in use; answers which. The code opens once.

    A code that brings none, or one that she has already, is not used up.
    """
    found = queries.find_invitation(uow, keys, code)
    tag = codes.invitation_tag(keys.of("invite"), code)
    grant = codes.open_grant(keys.of("field"), found.grants, tag) if found else Grant.NONE
    if not grant:
        raise Invalid({"code": "role.code_wrong"})
    if grant.roles <= viewer.roles:
        raise Invalid({"code": "role.have_it"})
    redeem_invitation(uow, keys, code)
    change_grant(uow, viewer.pid, add=grant, keys=keys)
    note_accepted(uow, grant, tag)
    return grant


def note_accepted(uow: Write, grant: Grant, thing: bytes) -> None:
    """Say in the log that a role was taken, and by which code; not by whom."""
    audit.record(uow, ACCEPTED, role=RECEIVER, thing=thing, rule=",".join(sorted(grant.roles)))


def change_grant(
    uow: Write, pid: bytes, *, add: Grant = Grant.NONE, end: Grant = Grant.NONE, keys: ServerKeys
) -> bool:
    """Give a persona roles in the house, or end them; whether that changed anything."""
    bearer = find_bearer(uow, pid)
    if bearer is None:
        raise NotFound
    flags = open_lapsed(keys.of("field"), bearer.flags, pid)
    changed = flags.given(add, clock.day()) if add else flags
    changed = changed.without(end) if end else changed
    if changed == flags:
        return False
    return uow.run(_SET_FLAGS, which=pid, new_flags=seal_flags(keys.of("field"), changed, pid)) > 0
