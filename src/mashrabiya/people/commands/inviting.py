"""Members invite: one code in thirty days, that opens once within fourteen.

What is kept says nothing of her: she finds it by her own key. Whoever comes by it carries a branch, with her
first persona alone; those who come by one member's invitations carry the same.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, delete

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.commands.invitations import issue_invitation, redeem_invitation
from mashrabiya.people.queries.inviting import find_invited
from mashrabiya.people.tables import INVITED
from mashrabiya.people.types import INVITE_AGAIN_DAYS, INVITED_DAYS
from mashrabiya.platform.crypto import seal
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys

_FORGET: Statement[None] = Statement(
    delete(INVITED).where(INVITED.c.tag == bindparam("mine", type_=LargeBinary))
)


def invite(uow: Write, viewer: Viewer, keys: ServerKeys) -> None:
    """Make a code to hand on. Whether she may, the room above has asked; pressed twice, it is made once."""
    if viewer.work is None:
        raise NotFound
    last = find_invited(uow, viewer, keys)
    if last is not None and last.stands:
        return
    if last is not None:
        raise Refused("invite.later")
    code = issue_invitation(uow, keys, inviter=viewer.branch or viewer.work.branch(), days=INVITED_DAYS)
    today = clock.day()
    tag = viewer.work.invited_tag(today)
    sealed = seal(viewer.work.invited_key(), code.encode(), tag)
    uow.insert(INVITED, tag=tag, blob=sealed, until_day=today + INVITE_AGAIN_DAYS - 1)


def uninvite(uow: Write, viewer: Viewer, keys: ServerKeys) -> None:
    """Her code opens nothing any more, and she may make another. Where it was used already, nothing changes."""
    if viewer.work is None:
        raise NotFound
    last = find_invited(uow, viewer, keys)
    if last is None or not last.stands or redeem_invitation(uow, keys, last.code) is None:
        return
    today = clock.day()
    for back in range(INVITE_AGAIN_DAYS):
        uow.run(_FORGET, mine=viewer.work.invited_tag(today - back))
