"""Archiving a place, and closing it with nothing behind.

Closing takes its time: it stands archived with a notice for some days, in which whoever runs it can
call that off. Then it is out of everybody's sight at once: hidden, and nobody belongs to it, which
every statement of the house understands already. Its threads fade in the steps in which threads
always do, since from then on it keeps them no day longer; its own row goes last.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, delete, select, update

from mashrabiya.communities import queries, rules
from mashrabiya.communities.commands.agreements import forget_versions
from mashrabiya.communities.commands.marks import mark_wish
from mashrabiya.communities.commands.tags import forget_tags
from mashrabiya.communities.entering.commands import endings as entering
from mashrabiya.communities.events import CommunityClosed, CommunityEdited
from mashrabiya.communities.tables import CARE_KEY, COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import CLOSING_DAYS, Audience, PlaceState
from mashrabiya.communities.types.shape import CLOSING_HOURS
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

_CID = bindparam("cid", type_=LargeBinary)
_BATCH = 20
_STATE: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == _CID)
    .values(state=bindparam("new_state"), closes_day=bindparam("new_day"))
)
_RIPE: Statement[Any] = Statement(
    select(COMMUNITY.c.id)
    .where(
        COMMUNITY.c.closes_day > bindparam("never"),
        COMMUNITY.c.closes_day <= bindparam("today"),
        COMMUNITY.c.state == bindparam("archived"),
    )
    .limit(_BATCH)
)
_CLOSE: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == _CID)
    .values(
        name=bindparam("nothing"),
        about=bindparam("nothing"),
        agreements=bindparam("nothing"),
        folded=bindparam("nothing"),
        other_tongue=bindparam("nothing"),
        other_name=bindparam("nothing"),
        other_about=bindparam("nothing"),
        welcome=bindparam("nothing"),
        questions=bindparam("nothing"),
        tags=bindparam("nothing"),
        topics=bindparam("none"),
        audience=bindparam("hidden"),
        retention_days=bindparam("none"),
        state=bindparam("closed"),
    )
)
_NOBODY: Statement[Any] = Statement(delete(MEMBERSHIP).where(MEMBERSHIP.c.cid == _CID))
_NO_KEYS: Statement[Any] = Statement(delete(CARE_KEY).where(CARE_KEY.c.cid == _CID))
_GONE: Statement[Any] = Statement(
    delete(COMMUNITY).where(COMMUNITY.c.id == _CID, COMMUNITY.c.state == bindparam("closed"))
)


def archive(uow: Write, viewer: Viewer, cid: bytes, *, on: bool) -> None:
    """Let nothing new be written there, or let it again. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    (rules.may_archive if on else rules.may_open_again)(viewer, community).or_raise()
    if community.is_archived == on:
        return
    _set(uow, cid, PlaceState.ARCHIVED if on else PlaceState.OPEN)
    audit.record(uow, f"place:{'archived' if on else 'reopened'}", role="community", thing=cid)


def close(uow: Write, viewer: Viewer, cid: bytes) -> bool:
    """Want it closed. Answers whether it will: where others run it too, a second person has to want the same."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_call_off(viewer, community).or_raise()
    if community.closes_day:
        return True
    running = queries.running(uow, cid)
    if not rules.may_close(viewer, community, running).allowed:
        mark_wish(uow, viewer, cid, clock.hour() + CLOSING_HOURS)
        return False
    for wish in running.wishes:
        mark_wish(uow, viewer, cid, 0, pid=wish.pid)
    _set(uow, cid, PlaceState.ARCHIVED, clock.day() + CLOSING_DAYS)
    audit.record(uow, "place:closing", role="community", thing=cid)
    return True


def call_off(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """It does not close, and nobody's wish to close it waits. It stays archived until it is opened again."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_call_off(viewer, community).or_raise()
    for wish in queries.running(uow, cid).wishes:
        mark_wish(uow, viewer, cid, 0, pid=wish.pid)
    if community.closes_day:
        _set(uow, cid, PlaceState(community.state))
        audit.record(uow, "place:kept", role="community", thing=cid)


def close_ripe(uow: Write) -> int:
    """Close some places whose day has come; answers how many. For the house itself."""
    values = {"never": 0, "today": clock.day(), "archived": int(PlaceState.ARCHIVED)}
    ripe = [bytes(cid) for (cid,) in uow.tuples(_RIPE, **values)]
    for cid in ripe:
        uow.run(
            _CLOSE,
            cid=cid,
            nothing="",
            none=0,
            hidden=int(Audience.HIDDEN),
            closed=int(PlaceState.CLOSED),
        )
        forget_versions(uow, cid)
        forget_tags(uow, cid)
        entering.close(uow, cid)
        uow.run(_NOBODY, cid=cid)
        uow.run(_NO_KEYS, cid=cid)
        audit.record(uow, "place:closed", role="software", thing=cid)
        uow.record(CommunityClosed(cid))
        uow.record(CommunityEdited(cid))
    return len(ripe)


def forget_place(uow: Write, cid: bytes) -> None:
    """The row of a closed place goes, once nothing stands in it. Safe to repeat."""
    uow.run(_GONE, cid=cid, closed=int(PlaceState.CLOSED))


def _set(uow: Write, cid: bytes, state: PlaceState, closes_day: int = 0) -> None:
    uow.run(_STATE, cid=cid, new_state=int(state), new_day=closes_day)
    uow.record(CommunityEdited(cid))
