"""The rows that lie there for somebody, and the posts of their threads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hmac import compare_digest
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
    values,
)

from mashrabiya.communities import queries as communities
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.queries.parts import (
    MAY_READ,
    NO,
    OPENER,
    OPENING,
    PLACED,
    STANDING,
    STANDS,
    YES,
    constant,
    label_of,
    met_as,
    unless_unseen,
    with_opening,
)
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import framed, mac_framed
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications.seen import NOTHING, Seen, SeenKeys, sub_address
from mashrabiya.notifications.tables import NOTICE, SEEN
from mashrabiya.notifications.types import KEPT_DAYS, MOST, PAGE, TRIED, UNNAMED, Counted, Row
from mashrabiya.people import queries as people
from mashrabiya.people.queries import is_unseen
from mashrabiya.people.queries.private import MOST as FOLLOWED
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement, sixteen

_VOICES = 100
_LINES = 2 * PAGE
_SIBLINGS = sixteen("sibling")
_SINCE = bindparam("since", type_=Integer)
_OWN = [f"addr{number}" for number in range(1 + FOLLOWED + _VOICES)]
_IS_UNNAMED = NOTICE.c.kind >= constant(UNNAMED)

# --- which of the unnamed voices that something is told to are hers, and the row in which she keeps what she has read

_TRIED = (
    select(NOTICE.c.tid, NOTICE.c.addr)
    .where(_IS_UNNAMED, NOTICE.c.day > _SINCE)
    .order_by(NOTICE.c.day.desc())
    .limit(bindparam("tried", type_=Integer))
    .subquery("tried")
)
_HERS: Statement[None] = Statement(
    union_all(
        select(YES.label("sealed"), SEEN.c.tag, SEEN.c.blob).where(
            SEEN.c.tag == bindparam("seen", type_=LargeBinary)
        ),
        select(NO, _TRIED.c.tid, _TRIED.c.addr),
    )
)


def hers(db: Read, viewer: Viewer, *, tried: int = TRIED) -> tuple[Seen, list[bytes]]:
    """What she keeps, and her tokens among all to which something is told: a try is two microseconds."""
    if viewer.work is None:
        return NOTHING, []
    keys, token_key = SeenKeys.of(viewer.work), viewer.work.token_key()
    seen, made, found = NOTHING, dict[bytes, bytes](), list[bytes]()
    for sealed, one, other in db.tuples(_HERS, seen=keys.tag, since=_since(), tried=tried):
        if sealed:
            seen = keys.open(bytes(other))
            continue
        tid, addr = bytes(one), bytes(other)
        if tid not in made:
            made[tid] = mac_framed(token_key, framed(tid))[:16]
        if compare_digest(made[tid], addr):
            found.append(addr)
    return seen, list(dict.fromkeys(found))[:_VOICES]


# --- the rows

_BY_OTHER = and_(NOTICE.c.addr.in_(_SIBLINGS), NOTICE.c.addr != bindparam("pid", type_=LargeBinary))


def _read_by_other() -> ColumnElement[bool]:
    """The other name of hers that it is for may read there."""
    door = constant(Audience.SIGNED_IN)
    member = exists().where(MEMBERSHIP.c.cid == THREAD.c.cid, MEMBERSHIP.c.pid == NOTICE.c.addr)
    open_to_all = and_(THREAD.c.audience <= door, COMMUNITY.c.audience <= door)
    return and_(communities.not_excluded(THREAD.c.cid), or_(open_to_all, member))


_MINE = NOTICE.c.addr.in_([bindparam(name, type_=LargeBinary) for name in _OWN])
_HERE = and_(_MINE, MAY_READ)
_THERE = or_(
    and_(_BY_OTHER, _read_by_other()),
    # What was written unnamed waits for a name of hers that may read there.
    and_(_MINE, _IS_UNNAMED, communities.kin_reads(THREAD.c.cid)),
)
# Of an opening that is not shown, no poll is told either.
_POLL = case((and_(OPENING.c.state == STANDS, ~is_unseen(OPENER)), THREAD.c.poll_day), else_=NO)
_ROWS = Statement(
    select(
        *(NOTICE.c[name] for name in ("addr", "tid", "kind", "ref", "n", "day")),
        case((_HERE, YES), else_=NO),
        unless_unseen(THREAD.c.title),
        THREAD.c.lang,
        THREAD.c.cid,
        communities.NAME,
        THREAD.c.n,
        THREAD.c.notes,
        _POLL,
        met_as(OPENING, OPENER),
        POST.c.state,
        func.coalesce(POST.c.helped, NO),
    )
    .select_from(
        with_opening(PLACED.join(NOTICE, NOTICE.c.tid == THREAD.c.id)).outerjoin(
            POST, POST.c.id == NOTICE.c.ref
        )
    )
    .where(NOTICE.c.day > _SINCE, or_(_HERE, _THERE))
    .order_by(NOTICE.c.day.desc(), NOTICE.c.tid, NOTICE.c.kind, NOTICE.c.ref)
    .limit(constant(MOST)),
    into=Row,
)


def rows_of(db: Read, viewer: Viewer, tokens: Sequence[bytes]) -> list[Row]:
    """What lies there for her: for the persona in use, for what she follows, for her unnamed voices, and for her other names.

    Always as many addresses are asked for: no statement tells how much she follows.
    """
    assert viewer.work is not None
    follows = [sub_address(viewer.work, viewer.slot, tid) for tid in people.followed(viewer)]
    own = [viewer.pid, *follows[:FOLLOWED], *tokens]
    asked = dict(zip(_OWN, (*own, *[b""] * len(_OWN)), strict=False))
    return db.all(_ROWS, since=_since(), **asked, **communities.sight(viewer))


def _since() -> int:
    return clock.day() - KEPT_DAYS


# --- the posts of those threads

_TIDS, _FROM = [f"of{number}" for number in range(_LINES)], [f"from{number}" for number in range(_LINES)]
_ASKED = (
    values(column("of", LargeBinary), column("behind", Integer), name="asked")
    .data(
        [
            (bindparam(of, type_=LargeBinary), bindparam(behind, type_=Integer))
            for of, behind in zip(_TIDS, _FROM, strict=True)
        ]
    )
    .cte("asked")
)


def _posts(html: ColumnElement[str]) -> Select[Any]:
    columns = (POST.c.tid, POST.c.n, POST.c.pid, POST.c.tok, POST.c.home_tid, met_as(POST, PERSONA))
    return (
        select(*columns, label_of(POST, PERSONA), POST.c.notes, html)
        .select_from(
            _ASKED.join(POST, and_(POST.c.tid == _ASKED.c.of, POST.c.n > _ASKED.c.behind)).outerjoin(
                PERSONA, PERSONA.c.id == POST.c.pid
            )
        )
        .where(STANDING == STANDS)
    )


_NONE: ColumnElement[str] = literal_column("''")
_COUNTED = Statement(_posts(_NONE), into=Counted)
# The words come along for whoever hides some.
_WORDED = Statement(_posts(POST.c.html), into=Counted)


def posts_behind(db: Read, asked: Iterable[tuple[bytes, int]], *, worded: bool) -> list[Counted]:
    """The posts that stand in these threads behind these numbers: forty threads at most, always as many."""
    pairs = (*asked, *[(b"", 0)] * _LINES)[:_LINES]
    tids = dict(zip(_TIDS, (tid for tid, _ in pairs), strict=True))
    behind = dict(zip(_FROM, (n for _, n in pairs), strict=True))
    return db.all(_WORDED if worded else _COUNTED, **tids, **behind)
