"""What waits for her elsewhere in the house, in the rooms below this one."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, func, select, union_all

from mashrabiya.communities import queries as communities
from mashrabiya.communities.entering.tables import ASKING
from mashrabiya.communities.entering.types import State
from mashrabiya.communities.queries.places import DOOR, PID, SHUT
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import Role
from mashrabiya.discussions.queries.parts import constant
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications.types import Waiting
from mashrabiya.people import queries as people
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_TODAY = bindparam("today", type_=Integer)
_STANDS = ASKING.c.until_day >= _TODAY
_ASKED, _OFFERED, _ANSWERED = constant(1), constant(2), constant(3)
_OPEN = COMMUNITY.c.id.not_in(SHUT)
_HERS = MEMBERSHIP.join(COMMUNITY, COMMUNITY.c.id == MEMBERSHIP.c.cid)
_WAITS: Statement[None] = Statement(
    union_all(
        # Who runs a place is asked by so many to let them in.
        select(_ASKED, COMMUNITY.c.id, communities.NAME, func.count())
        .select_from(
            _HERS.join(ASKING, ASKING.c.cid == MEMBERSHIP.c.cid).join(PERSONA, PERSONA.c.id == ASKING.c.pid)
        )
        .where(
            MEMBERSHIP.c.pid == PID,
            MEMBERSHIP.c.role == constant(Role.HOST),
            ASKING.c.state == constant(State.WAITING),
            _STANDS,
            _OPEN,
            is_present(PERSONA),
        )
        .group_by(COMMUNITY.c.id),
        # She is asked to run one.
        select(_OFFERED, COMMUNITY.c.id, communities.NAME, constant(1))
        .select_from(_HERS)
        .where(
            MEMBERSHIP.c.pid == PID,
            MEMBERSHIP.c.role < constant(Role.HOST),
            MEMBERSHIP.c.offered_day >= _TODAY,
            _OPEN,
        ),
        # What she asked has been answered.
        select(_ANSWERED, COMMUNITY.c.id, communities.NAME, constant(1))
        .select_from(COMMUNITY.join(ASKING, ASKING.c.cid == COMMUNITY.c.id))
        .where(
            ASKING.c.pid == PID,
            ASKING.c.state != constant(State.WAITING),
            _STANDS,
            _OPEN,
            DOOR,
        ),
    )
)
_KEYS = {1: "notice.asking", 2: "notice.offered", 3: "notice.answered"}
_DOORS = {1: "/asked", 2: "", 3: ""}


def waiting(db: Read, viewer: Viewer) -> list[Waiting]:
    """What waits for the persona in use: requests where it runs a place, offers, answers, and what it wished to see again."""
    if viewer.work is None or not viewer.speaks:
        return []
    found = [
        Waiting(_KEYS[kind], f"/c/{show_id(bytes(cid))}{_DOORS[kind]}", str(name), int(n))
        for kind, cid, name, n in db.tuples(_WAITS, **communities.sight(viewer))
    ]
    kept, _ = people.kept_for_later(db, viewer)
    again = sum(0 < one.again <= clock.day() for one in kept)
    return [*found, Waiting("notice.again", "/me/kept", n=again)] if again else found
