"""Invitations into the house: one code, one person, thirty days."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from mashrabiya.kernel import clock
from mashrabiya.people.queries.invitations import InvitationRow, find_invitation
from mashrabiya.people.sealed import codes
from mashrabiya.people.tables import INVITATION
from mashrabiya.people.types import Grant
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys

DAYS = 30
SITE = b""
_REDEEM: Statement[None] = Statement(delete(INVITATION).where(INVITATION.c.tag == bindparam("which")))
_WITHDRAW: Statement[None] = Statement(delete(INVITATION).where(INVITATION.c.target == bindparam("where")))
_WITHDRAW_OF_MEMBERS: Statement[None] = Statement(
    delete(INVITATION).where(
        INVITATION.c.target == bindparam("where"), INVITATION.c.branch != bindparam("of_house")
    )
)
_SEALED: Statement[None] = Statement(select(INVITATION.c.tag, INVITATION.c.grants))


def issue_invitation(
    uow: Write,
    keys: ServerKeys,
    *,
    inviter: bytes = b"",
    target: bytes = SITE,
    grant: Grant = Grant.NONE,
    days: int = DAYS,
) -> str:
    """A new code, shown once. ``inviter`` is her own branch; nothing kept names her.

    ``grant`` makes the first persona of whoever comes in a host or a carer.
    """
    code = codes.new_invitation_code()
    tag = codes.invitation_tag(keys.of("invite"), code)
    uow.insert(
        INVITATION,
        tag=tag,
        branch=codes.invitation_branch(keys.of("invite"), inviter, target),
        target=target,
        grants=codes.seal_grant(keys.of("field"), grant, tag),
        until_day=clock.day() + days,
    )
    return code


def redeem_invitation(uow: Write, keys: ServerKeys, code: str) -> InvitationRow | None:
    """Take it, once; None where there is none (any more)."""
    tag = codes.invitation_tag(keys.of("invite"), code)
    found = find_invitation(uow, keys, code)
    if found is None or not uow.run(_REDEEM, which=tag):
        return None
    return found


def put_back(uow: Write, keys: ServerKeys, code: str, taken: InvitationRow) -> None:
    """What it was taken for did not happen."""
    uow.insert(
        INVITATION,
        tag=codes.invitation_tag(keys.of("invite"), code),
        branch=taken.branch,
        target=taken.target,
        grants=taken.grants,
        until_day=taken.until_day,
    )


def withdraw_grants(uow: Write, keys: ServerKeys, grant: Grant) -> int:
    """None of the codes that bring this opens any more; how many that were."""
    brings = [
        bytes(tag)
        for tag, sealed in uow.tuples(_SEALED)
        if codes.open_grant(keys.of("field"), bytes(sealed), bytes(tag)) & grant
    ]
    return sum(uow.run(_REDEEM, which=tag) for tag in brings)


def withdraw_invitations(uow: Write, target: bytes = SITE) -> int:
    """None of the codes given out so far opens any more; how many that were."""
    return uow.run(_WITHDRAW, where=target)


def withdraw_of_members(uow: Write) -> int:
    """None of the codes that members gave out opens any more; those of the house do. How many that were."""
    return uow.run(_WITHDRAW_OF_MEMBERS, where=SITE, of_house=codes.NO_BRANCH)
