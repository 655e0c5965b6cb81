"""The invitation that a member made: found again in her own session, and by nobody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.invitations import find_invitation
from mashrabiya.people.tables import INVITED
from mashrabiya.people.types import INVITE_AGAIN_DAYS, Invited
from mashrabiya.platform.crypto import Unopenable, unseal
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys

_TAGS = [f"tag{number}" for number in range(INVITE_AGAIN_DAYS)]
_OWN: Statement[Any] = Statement(
    select(INVITED.c.tag, INVITED.c.blob).where(
        INVITED.c.tag.in_([bindparam(name, type_=LargeBinary) for name in _TAGS])
    )
)


def find_invited(db: Read, viewer: Viewer, keys: ServerKeys) -> Invited | None:
    """What she made in the last thirty days, whether or not it still opens."""
    if viewer.work is None:
        return None
    today = clock.day()
    days = {viewer.work.invited_tag(today - back): today - back for back in range(INVITE_AGAIN_DAYS)}
    rows = db.tuples(_OWN, **dict(zip(_TAGS, days, strict=True)))
    found = max(((days[bytes(tag)], bytes(tag), bytes(blob)) for tag, blob in rows), default=None)
    if found is None:
        return None
    made, tag, blob = found
    again = made + INVITE_AGAIN_DAYS - today
    try:
        code = unseal(viewer.work.invited_key(), blob, tag).decode()
    except Unopenable:
        return Invited("", -1, again)
    row = find_invitation(db, keys, code)
    return Invited(code, row.until_day - today if row else -1, again)
