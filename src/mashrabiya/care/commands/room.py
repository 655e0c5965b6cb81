"""Talking among those who care for a place. Nothing of it is in the log, and nothing names a carer."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete, update

from mashrabiya.care import queries, rules
from mashrabiya.care.queries.room import is_own_line
from mashrabiya.care.tables import ROOM_LINE
from mashrabiya.care.types import Place
from mashrabiya.care.types.room import ROOM_DAYS, NewLine
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.verdict import Denied
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import submissions
from mashrabiya.platform.crypto import padded, seal
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.rules import size_for

_WHICH = ROOM_LINE.c.id == bindparam("which", type_=LargeBinary)
_DROP: Statement[None] = Statement(delete(ROOM_LINE).where(_WHICH))
_DROP_ALL: Statement[None] = Statement(
    delete(ROOM_LINE).where(ROOM_LINE.c.cid == bindparam("cid", type_=LargeBinary))
)
_MET: Statement[None] = Statement(
    update(ROOM_LINE).where(_WHICH).values(waits=bindparam("now", type_=Integer))
)


def say_in_room(uow: Write, viewer: Viewer, keys: ServerKeys, cid: bytes, *, new: NewLine) -> Place:
    """Say something there; sent twice, it is said once."""
    place = queries.get_room(uow, viewer, cid)
    wrong = rules.wrong_line(new)
    if wrong:
        raise Invalid(wrong)
    line = new_id()
    if submissions.claim(uow, new.submission, line, f"{place.path}/m", new.words) is not None:
        return place
    many, last = queries.written(uow, place)
    verdict = rules.has_room(many)
    if isinstance(verdict, Denied):
        raise Conflict(verdict.why)
    plain = new.words.strip().encode("utf-8", "replace")
    uow.insert(
        ROOM_LINE,
        id=line,
        cid=place.id,
        n=last + 1,
        by=rules.said_by(viewer, place.id, clock.day()),
        wish=int(new.wish),
        waits=int(new.wish),
        day=clock.day(),
        words=seal(keys.of("field"), padded(plain, size_for(plain)), b"room" + line),
        until_day=clock.day() + ROOM_DAYS,
    )
    return place


def meet_in_room(uow: Write, viewer: Viewer, cid: bytes, line: bytes) -> Place:
    """Say that one is here for whoever wished to talk. Twice is once; nobody does it for herself."""
    place = queries.get_room(uow, viewer, cid)
    found = queries.get_line(uow, place, line)
    if is_own_line(viewer, place.id, found):
        raise NotFound
    uow.run(_MET, which=line, now=0)
    return place


def take_back_line(uow: Write, viewer: Viewer, cid: bytes, line: bytes) -> Place:
    """Delete what one said oneself."""
    place = queries.get_room(uow, viewer, cid)
    if not is_own_line(viewer, place.id, queries.get_line(uow, place, line)):
        raise NotFound
    uow.run(_DROP, which=line)
    return place


def forget_room(uow: Write, cid: bytes) -> None:
    """What was said among the carers of a place that is closed for good. Safe to repeat."""
    uow.run(_DROP_ALL, cid=cid)
