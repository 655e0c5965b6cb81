"""Posting at a set time: kept until then, posted by the house as if it were written at that moment, or back with its author."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import json, structs
from sqlalchemy import LargeBinary, Text, bindparam, delete, func, update

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.mentions import refer
from mashrabiya.discussions.commands.posts import begin, look_at
from mashrabiya.discussions.commands.words import refuse
from mashrabiya.discussions.tables import PLANNED
from mashrabiya.discussions.types import ID_SIZE, NewThread, Planned, PlannedState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Failure, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.platform import due, house, markdown, submissions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.matching.watch import UNWATCHED, Watch
from mashrabiya.safety.trust.types import FREE, Allowance

PUBLISH = "discussions.publish"
STOP = "discussions.stop"
_GONE, _BACK = b"\1", b"\0"
_LONG = 72 * clock.HOUR

_ID = PLANNED.c.id == bindparam("which", type_=LargeBinary)
_PID = PLANNED.c.pid == bindparam("whose", type_=LargeBinary)
_TAKE: Statement[None] = Statement(delete(PLANNED).where(_ID, _PID))
_DROP: Statement[None] = Statement(delete(PLANNED).where(_ID))
_DROP_ALL: Statement[None] = Statement(delete(PLANNED).where(_PID))
_GIVE_BACK: Statement[None] = Statement(update(PLANNED).where(_ID).values(state=bindparam("back")))
_OLD = bindparam("old", type_=Text)
_NEW = bindparam("new", type_=Text)
_FORGET: Statement[None] = Statement(
    update(PLANNED).where(PLANNED.c.body.contains(_OLD)).values(body=func.replace(PLANNED.c.body, _OLD, _NEW))
)


def plan(
    uow: Write,
    viewer: Viewer,
    cid: bytes,
    new: NewThread,
    *,
    at: int,
    fields: Mapping[str, str],
    key: bytes,
    calls: bool = False,
    instead: bytes = b"",
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Planned:
    """Keep a thread until its time, once, if it could be posted now. ``instead`` of one that waits already.

    ``key`` is the house's "field". What the house can ask of a persona it asks again at that time.
    """
    community = community_queries.get_community(uow, viewer, cid)
    rules.may_open(viewer, community, unnamed=new.unnamed).or_raise()
    which = new_id(ID_SIZE)
    made = submissions.claim(uow, new.submission, which, community.shown, str(at), new.title, new.body)
    if made is not None:
        return _made(uow, made)
    if instead:
        take_planned(uow, viewer, instead)
    refuse(rules.wrong_plan(new, at, pictures=False, calls=calls))
    rules.may_plan(allowed, queries.count_planned(uow, viewer)).or_raise()
    ready, _ = look_at(uow, viewer, community, new, allowed=allowed, watch=watch)
    ready = structs.replace(ready, body=refer(uow, viewer, (cid, community.audience), ready.body))
    links, known = allowed.may_show(unnamed=False), people.closings(uow, cid)
    # Whom she was told that she writes for: at its time it is posted for nobody else.
    fields = {**fields, "told_door": f"{community.audience}.{community.retention_days}"}
    row = _row(viewer, cid, ready, fields, id=which, at=at, links=int(links), known=".".join(sorted(known)))
    uow.insert(PLANNED, **structs.asdict(row))
    wait = at - clock.ten_minutes()
    due.add(uow, key, PUBLISH, which, within=(wait, wait))
    return row


def _row(viewer: Viewer, cid: bytes, ready: NewThread, fields: Mapping[str, str], **asked: Any) -> Planned:
    """What is kept: the form as typed, in the language that was found, and its text with mentions as references."""
    kept = {name: text for name, text in fields.items() if name != "body"} | {"lang": ready.lang}
    return Planned(
        pid=viewer.pid,
        cid=cid,
        state=PlannedState.WAITS,
        until_day=asked["at"] // clock.DAY + rules.BACK_DAYS,
        fields=json.encode(kept).decode(),
        body=ready.body,
        **asked,
    )


def _made(uow: Write, which: bytes) -> Planned:
    """What this form made already, as long as it waits."""
    row = queries.planned_row(uow, which)
    if row is None:
        raise Refused("later.gone")
    return row


def take_planned(uow: Write, viewer: Viewer, which: bytes) -> None:
    """It waits no longer. Refused where it was posted or withdrawn meanwhile, so that nothing stands twice."""
    if not viewer.speaks or not uow.run(_TAKE, which=which, whose=viewer.pid):
        raise Refused("later.gone")


def publish(
    uow: Write, which: bytes, *, read: Callable[[Mapping[str, str]], NewThread], watch: Watch
) -> None:
    """Post what waits, together with forgetting it; what cannot be posted goes back to its author, for her eyes alone.

    Safe to run twice, and by two processes. Nothing is written before the last thing that could refuse.
    """
    row = queries.planned_row(uow, which)
    if row is None or row.is_back or row.at > clock.now():
        return
    try:
        _post(uow, row, read, watch)
    except Failure:
        uow.run(_GIVE_BACK, which=which, back=int(PlannedState.BACK))
        return
    uow.run(_DROP, which=which)


def _post(uow: Write, row: Planned, read: Callable[[Mapping[str, str]], NewThread], watch: Watch) -> None:
    found = people.absent(uow, row.pid)
    viewer = found or Viewer.system("nobody is there")
    community = community_queries.get_community(uow, viewer, row.cid)
    protected = bool(house.load(uow).protected_hours or community.protected_hours) and not community.helps
    news = bool(people.closings(uow, row.cid) - set(row.known.split(".")))
    rules.may_post_alone(present=found is not None, at=row.at, news=news, protected=protected).or_raise()
    rules.may_open(viewer, community, unnamed=False).or_raise()
    allowed = Allowance(shows=bool(row.links))
    typed = read(queries.as_typed(uow, row))
    new, heed = look_at(uow, viewer, community, typed, allowed=allowed, watch=watch)
    new = structs.replace(new, body=queries.without_gone(uow, row.body))
    begin(uow, viewer, community, new, tid=new_id(ID_SIZE), heed=heed, allowed=allowed)


def stop_planned(uow: Write, ref: bytes) -> None:
    """What waits is posted no more: it goes, or lies with its author, as was said when its person left or froze. Safe to repeat."""
    which, how = ref[:ID_SIZE], ref[ID_SIZE:]
    if how == _GONE:
        uow.run(_DROP, which=which)
    else:
        uow.run(_GIVE_BACK, which=which, back=int(PlannedState.BACK))


def stop_later(uow: Write, key: bytes, row: Planned, *, gone: bool) -> None:
    """Stop one before its time, at a moment of its own: those of two names at one moment would show that they are one person's."""
    ref = row.id + (_GONE if gone else _BACK)
    left = _LONG if row.is_back else row.at - clock.ten_minutes() - 2 * clock.TEN_MINUTES
    if left <= 0:
        stop_planned(uow, ref)
    else:
        due.add(uow, key, STOP, ref, within=(0, min(left, _LONG)))


def forget_planned(uow: Write, pid: bytes) -> None:
    """All of a deleted persona, and every mention of it in what others plan. Safe to repeat."""
    uow.run(_DROP_ALL, whose=pid)
    uow.run(_FORGET, old=markdown.reference(pid), new=markdown.reference(markdown.NOBODY))
