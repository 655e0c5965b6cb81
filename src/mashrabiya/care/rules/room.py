"""Who may be in a room of carers, and what may be said there. Pure."""

from __future__ import annotations

from mashrabiya.care.rules.deciding import NOT_THERE
from mashrabiya.care.types import Place
from mashrabiya.care.types.room import MOST_IN_ROOM, ROOM_DAYS, ROOM_LIMIT, NewLine
from mashrabiya.kernel import clock
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import CARE, Viewer

WEEK = 7


def may_enter(viewer: Viewer, place: Place) -> Verdict:
    """Be in it: those of the house's care team in theirs, those who run a community in its own, and nobody else."""
    return ALLOWED if (place.runs if place.id else viewer.has(CARE)) else NOT_THERE


def said_by(viewer: Viewer, cid: bytes, day: int) -> bytes:
    """What a line keeps of its writer: the same for all her names, another every week and in each room."""
    assert viewer.work is not None
    return viewer.work.nullifier(b"room", (day // WEEK).to_bytes(4, "big") + cid)


WEEKS_BACK = ROOM_DAYS // WEEK + 1


def own_voices(viewer: Viewer, cid: bytes) -> list[bytes]:
    """What her own lines keep of her, as far back as any is kept."""
    return [said_by(viewer, cid, clock.day() - back * WEEK) for back in range(WEEKS_BACK)]


def has_room(written: int) -> Verdict:
    """Say something more, while there is room."""
    return ALLOWED if written < MOST_IN_ROOM else Denied("room.full")


def wrong_line(new: NewLine) -> dict[str, str]:
    """What is wrong with it. Whoever wishes to talk with somebody need say no more."""
    if len(new.words) > ROOM_LIMIT:
        return {"words": "room.too_long"}
    return {} if new.wish or new.words.strip() else {"words": "room.missing"}


def term_left(viewer: Viewer) -> int:
    """In how many days her term as a carer of the house ends; nothing where she is none."""
    return max(viewer.care_until - clock.day(), 0) if viewer.has(CARE) else 0


def ends_soon(viewer: Viewer) -> bool:
    """Whether that should be told ahead."""
    return 0 < term_left(viewer) <= _AHEAD


_AHEAD = 30
