"""What is said in a room of carers. Whether the viewer may be there is asked first."""

from __future__ import annotations

from hmac import compare_digest

import msgspec
from sqlalchemy import LargeBinary, bindparam, func, select

from mashrabiya.care import rules
from mashrabiya.care.queries.cases import get_place
from mashrabiya.care.queries.parts import constant
from mashrabiya.care.tables import ROOM_LINE
from mashrabiya.care.types import Place
from mashrabiya.care.types.room import MOST_IN_ROOM, Line
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.crypto import Unopenable, unpadded, unseal
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys


class Kept(msgspec.Struct, frozen=True):
    """A line as it lies there."""

    id: bytes
    n: int
    by: bytes
    wish: int
    waits: int
    day: int
    words: bytes


_CID = ROOM_LINE.c.cid == bindparam("cid", type_=LargeBinary)
_COLUMNS = tuple(ROOM_LINE.c[name] for name in Kept.__struct_fields__)
_HERE = Statement(
    select(*_COLUMNS).where(_CID).order_by(ROOM_LINE.c.n.desc()).limit(constant(MOST_IN_ROOM)), into=Kept
)
_ONE = Statement(
    select(*_COLUMNS).where(_CID, ROOM_LINE.c.id == bindparam("which", type_=LargeBinary)), into=Kept
)
_WRITTEN: Statement[None] = Statement(select(func.count(), func.max(ROOM_LINE.c.n)).where(_CID))


def get_room(db: Read, viewer: Viewer, cid: bytes) -> Place:
    """The place whose room it is, for those who belong there by what they do now; to everybody else it is not there."""
    place = get_place(db, viewer, cid)
    rules.may_enter(viewer, place).or_raise()
    return place


def lines(db: Read, viewer: Viewer, keys: ServerKeys, place: Place) -> list[Line]:
    """What was said lately, as it was said."""
    kept = list(reversed(db.all(_HERE, cid=place.id)))
    voices = {by: number for number, by in enumerate(dict.fromkeys(one.by for one in kept), 1)}
    return [
        Line(
            id=one.id,
            n=one.n,
            voice=voices[one.by],
            own=is_own_line(viewer, place.id, one),
            wish=bool(one.wish),
            waits=bool(one.waits),
            day=one.day,
            words=_opened(keys, one),
        )
        for one in kept
    ]


def get_line(db: Read, place: Place, line: bytes) -> Kept:
    """One of them, or not found."""
    found = db.first(_ONE, cid=place.id, which=line)
    if found is None:
        raise NotFound
    return found


def is_own_line(viewer: Viewer, cid: bytes, one: Kept) -> bool:
    """Whether the person said it, under whichever of her names."""
    return compare_digest(rules.said_by(viewer, cid, one.day), one.by)


def written(db: Read, place: Place) -> tuple[int, int]:
    """How many lines there are, and the number of the last."""
    ((many, last),) = db.tuples(_WRITTEN, cid=place.id)
    return int(many), int(last or 0)


def _opened(keys: ServerKeys, one: Kept) -> str:
    try:
        plain = unseal(keys.of("field"), one.words, b"room" + one.id)
    except Unopenable:
        # Sealed under a key the house no longer has.
        return ""
    return unpadded(plain).decode("utf-8", "replace")
