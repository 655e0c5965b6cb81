"""What is closed to somebody in one community for some days: writing slowed or paused, or the place itself."""

from __future__ import annotations

from mashrabiya.care import queries, rules
from mashrabiya.care.types import Act, Case, NewDecision
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Role
from mashrabiya.kernel.errors import Conflict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import (
    COMMUNITY,
    PAUSED,
    SLOWED,
    UNNAMED_COMMUNITY,
    UNNAMED_SLOWED,
)
from mashrabiya.platform.db import Write

_CLOSES = {Act.LIMIT: SLOWED, Act.PAUSE: PAUSED, Act.EXCLUDE: COMMUNITY}
# To an unnamed voice a pause and an exclusion are one.
_CLOSES_UNNAMED = {Act.LIMIT: UNNAMED_SLOWED}
_ALREADY = {
    Act.LIMIT: "care.limited_already",
    Act.PAUSE: "care.paused_already",
    Act.EXCLUDE: "care.excluded_already",
}


def close_to(uow: Write, viewer: Viewer, case: Case, new: NewDecision, *, decision: bytes) -> None:
    """Close the community, or writing there, to the persona that is meant; to an unnamed voice unnamed writing."""
    cid, act = new.place if case.is_persona else case.place.id, new.act or Act.EXCLUDE
    kind, subject = _whom(case)
    if not (cid and subject):
        raise Conflict("care.nothing_there")
    if kind == COMMUNITY:
        role = queries.role_in(uow, cid, subject)
        rules.may_exclude(viewer, role).or_raise()
        if act == Act.EXCLUDE and role == Role.HOST:
            # Nothing says who asked a member to run the place: it is not to be handed on by somebody excluded.
            communities.withdraw_offers(uow, cid)
        kind = _CLOSES[act]
    else:
        kind = _CLOSES_UNNAMED.get(act, kind)
    # A second one would take the place of the first, and undoing either would open the door.
    if queries.guard_on(uow, kind, cid, subject):
        raise Conflict(_ALREADY[act])
    people.set_guard(uow, kind, subject, scope=cid, days=new.days, case=decision)


def _whom(case: Case) -> tuple[str, bytes]:
    """The persona that was reported or wrote it, or the unnamed voice; nobody where it is gone."""
    if case.is_persona:
        return COMMUNITY, case.object
    if case.post is None:
        return COMMUNITY, b""
    if case.post.pid is not None:
        return COMMUNITY, case.post.pid
    return UNNAMED_COMMUNITY, case.post.home_tid + (case.post.tok or b"")
