"""The statement that brings what may be meant: of what a reader may open, and wants to meet, and nothing else.

Where a post stands decides, not the index: whether it is shown, who may read there, which content notes she hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    and_,
    bindparam,
    case,
    cast,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.parts import (
    MAY_READ,
    NO,
    STANDING,
    STANDS,
    YES,
    constant,
    label_of,
    met_as,
    time_of,
)
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Statement
from mashrabiya.platform.search.words import CODE_BYTES
from mashrabiya.search.queries.index import (
    ON_POSTGRESQL,
    ON_SQLITE,
    SOUGHT,
    within,
)
from mashrabiya.search.tables import INDEXED, PENDING
from mashrabiya.search.types import RANKED, Near, Part
from mashrabiya.search.wish import Wish

_GROUPS, _WAYS = 4, (1, 4, 32)
"""What is new is looked through in the database: for so many of the words, each in so many ways at most."""

KIND, LANG = bindparam("kind", type_=Integer), bindparam("lang", type_=Text)
_CID, _SINCE = bindparam("in_cid", type_=LargeBinary), bindparam("since", type_=Integer)
_PART = bindparam("part", type_=Integer)
_THREADS, _REPLIES = constant(Part.THREADS), constant(Part.REPLIES)
_HIDDEN = bindparam("hidden_notes", type_=Integer)

PLACED = (
    POST.join(THREAD, THREAD.c.id == POST.c.tid)
    .join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
    .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
)
MEETS = and_(
    STANDING == STANDS,
    POST.c.n > NO,
    MAY_READ,
    community_queries.FINDS,
    POST.c.notes.op("&")(_HIDDEN) == NO,
    THREAD.c.notes.op("&")(_HIDDEN) == NO,
)
_NARROWED = and_(
    or_(_PART == NO, case((POST.c.n == YES, _THREADS), else_=_REPLIES) == _PART),
    or_(KIND == NO, POST.c.kind == KIND),
    or_(LANG == "", POST.c.lang == LANG),
    or_(_CID == b"", THREAD.c.cid == _CID),
    POST.c.t >= _SINCE,
    POST.c.helped >= bindparam("helped", type_=Integer),
)
# Which voice it is, where the reader keeps any away: by name, or unnamed in its thread.
_VOICE = (met_as(POST, PERSONA), POST.c.home_tid, label_of(POST, PERSONA))


def _near(
    row: Any, number: Any, found: tuple[ColumnElement[bool], ColumnElement[bool]], voice: tuple[Any, ...]
) -> Any:
    columns = (row.c.id, number.label("num"), row.c.words, time_of(POST, PERSONA).label("t"))
    said = [one.label(f"voice{place}") for place, one in enumerate(voice)]
    stands, holds = found
    return select(*columns, *said).select_from(row.join(PLACED, stands)).where(holds, MEETS, _NARROWED)


def _both(voice: tuple[Any, ...], dialect: str, shape: tuple[int, int]) -> Any:
    """What is new and holds these words, and what has one of these numbers."""
    codes = [
        [bindparam(f"code{group}_{way}", type_=LargeBinary) for way in range(shape[1])]
        for group in range(shape[0])
    ]
    each = [or_(*(within(PENDING.c.words, code, dialect) for code in group)) for group in codes]
    # What is new is few. SQLite cannot know, and would look through all posts for their rows here but for the sign.
    first = literal_column("+pending.id") if dialect == "sqlite" else PENDING.c.id
    new = _near(PENDING, cast(null(), BigInteger), (POST.c.id == first, and_(*each)), voice)
    # The newest of them, where they are more than are ranked: the same on both databases.
    fresh = new.order_by(time_of(POST, PERSONA).desc(), PENDING.c.id).limit(constant(RANKED))
    return union_all(select(fresh.subquery("fresh")), _numbers(voice, dialect))


def _numbers(voice: tuple[Any, ...], dialect: str) -> Any:
    """What has one of these numbers."""
    found = (POST.c.id == INDEXED.c.id, ON_SQLITE if dialect == "sqlite" else ON_POSTGRESQL)
    return _near(INDEXED, INDEXED.c.num, found, voice)


@cache
def near_to(voices: bool, shape: tuple[int, int]) -> Statement[Near]:
    """By whether voices matter, and by how many words, in how many ways each, new rows are looked through."""
    both = [_both(_VOICE if voices else (), dialect, shape) for dialect in ("sqlite", "postgresql")]
    return Statement(both[0], into=Near, postgresql=both[1])


@cache
def open_of(voices: bool) -> Statement[Near]:
    """Those of some numbers that a reader may open and wants to meet."""
    voice = _VOICE if voices else ()
    return Statement(_numbers(voice, "sqlite"), into=Near, postgresql=_numbers(voice, "postgresql"))


_SAID = select(INDEXED.c.num, INDEXED.c.words)
SAID: Statement[None] = Statement(_SAID.select_from(SOUGHT), postgresql=_SAID.where(ON_POSTGRESQL))
"""What stands under some numbers, for whom it may be."""


def sight(viewer: Viewer, wish: Wish) -> dict[str, Any]:
    """Who asks and how it is narrowed, in the database's terms."""
    return {
        **community_queries.sight(viewer),
        "hidden_notes": int(viewer.notes_hidden),
        "part": wish.part,
        "kind": wish.kind,
        "lang": wish.lang,
        "in_cid": wish.cid,
        "since": wish.since,
        "helped": int(wish.helped),
    }


def codes_of(
    groups: Sequence[tuple[bytes, ...]], *, loose: bool
) -> tuple[tuple[int, int], dict[str, bytes | None]]:
    """By how many words in how many ways new rows are looked through, and the values for these.

    Where it is too much to ask, any row will do, and is looked at here.
    """
    asked = [tuple(chain.from_iterable(groups))] if loose else list(groups[:_GROUPS])
    longest = max(map(len, asked))
    ways = next((some for some in _WAYS if longest <= some), 1)
    asked = [group if len(group) <= ways else (b"",) for group in asked]
    codes = {
        f"code{number}_{way}": group[way][:CODE_BYTES] if way < len(group) else None
        for number, group in enumerate(asked)
        for way in range(ways)
    }
    return (len(asked), ways), codes
