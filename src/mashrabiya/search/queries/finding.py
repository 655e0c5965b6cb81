"""What a reader finds: of what she may open, and wants to meet, and nothing else.

Where a post stands decides, not the index: whether it is shown, who may read there, whom the reader keeps away, which
content notes she hides. All of it is asked in the statement that brings the words to be ranked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

from msgspec import structs
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
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.ranking import fits, holds_all, holds_any, scores
from mashrabiya.platform.search.words import CODE_BYTES
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import why_folded
from mashrabiya.search import marks
from mashrabiya.search.queries.index import (
    ON_POSTGRESQL,
    ON_SQLITE,
    holding_all,
    holding_some,
    how_often,
    numbered,
    postings_of,
    within,
)
from mashrabiya.search.tables import INDEXED, PENDING
from mashrabiya.search.types import ENOUGH, FEW, RANKED, Near, Part
from mashrabiya.search.wish import Wish

_ROUNDS = 3
"""So often 2,000 are looked up, where many of them are not for this reader."""
_SATISFIED = RANKED // 2
"""With so many, no more are looked up."""
_LIKELY = 2 * ENOUGH
"""Where so many posts hold every word, enough of them are mostly for this reader."""
_PLACES = 200
"""Whoever belongs to more is asked for all of them post by post, and not before."""
_GROUPS, _WAYS = 4, (1, 4, 32)
"""What is new is looked through in the database: for so many of the words, each in so many ways at most."""
_MOST_WAYS = 8
"""So many ways of one word are looked up."""

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
    numbers = (POST.c.id == INDEXED.c.id, ON_SQLITE if dialect == "sqlite" else ON_POSTGRESQL)
    return union_all(
        select(new.limit(constant(RANKED)).subquery("fresh")), _near(INDEXED, INDEXED.c.num, numbers, voice)
    )


@cache
def _statement(voices: bool, shape: tuple[int, int]) -> Statement[Near]:
    """By whether voices matter, and by how many words, in how many ways each, new rows are looked through."""
    both = [_both(_VOICE if voices else (), dialect, shape) for dialect in ("sqlite", "postgresql")]
    return Statement(both[0], into=Near, postgresql=both[1])


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


def ranked(
    db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None = None
) -> tuple[list[bytes], int, bool]:
    """The posts a reader finds, best or newest first; how many hold every word; whether only the newest were ranked.

    ``mine`` are the places to which the persona in use belongs, where they are known.
    """
    found, _ = looked_for(db, viewer, wish, mine)
    return found


def looked_for(
    db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None = None
) -> tuple[tuple[list[bytes], int, bool], Question]:
    """The same, and what was asked in the end.

    Where she finds few that hold every word, what is written like them is looked for too, and stands behind those:
    her own finds decide it.
    """
    best, whole, cut = _ranked(db, viewer, wish, mine)
    question = wish.question
    few = len(best) < FEW or (whole < FEW and len(question.keys) <= FEW)
    wider = wish.wider(question) if wish.wider and few else question
    if wider != question:
        wish = structs.replace(wish, question=wider)
        more, held, cut = _ranked(db, viewer, wish, mine)
        best = list(dict.fromkeys([*best[:whole], *more[:held], *best[whole:], *more]))
    return (best, whole, cut), wider


def _ranked(
    db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None
) -> tuple[list[bytes], int, bool]:
    groups, narrow = groups_of(wish.question), narrowing(viewer, wish, mine)
    found = postings_of(db, chain.from_iterable((*groups, *narrow)))
    groups.sort(key=lambda group: how_often(found, group))
    asked = _Asked(db, viewer, wish, groups)
    holding = holding_all(found, [*groups, *narrow])
    whole = list(islice(holding, RANKED))
    many = len(groups) == 1 or len(whole) >= _LIKELY
    near, more = asked.strictly(whole, holding) if many else ([], False)
    if len(groups) > 1 and len(near) < ENOUGH:
        # Counted after it is known what she may open: else she would learn that others wrote these words.
        known = set(whole)
        some = [one for one in holding_some(found, groups, narrow, RANKED) if one not in known]
        near = asked.loosely(near, some if many else [*whole, *some][:RANKED])
    return in_order(near[:RANKED], wish, cut=more or len(near) > RANKED)


def groups_of(question: Question) -> list[tuple[bytes, ...]]:
    """Of each word the keys of which a post holds one, where it says the word: its own, and one of each other way."""
    groups = [[key] for key in question.keys]
    for way in question.ways:
        for at in way.covers:
            if len(groups[at]) < _MOST_WAYS:
                groups[at].append(max(way.run))
    return [tuple(dict.fromkeys(group)) for group in groups]


def narrowing(viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None) -> list[list[bytes]]:
    """What a post is to be marked with, of each one at least: so that what is not for her takes no place among the newest.

    Whether she may open it is asked where it stands all the same.
    """
    narrow = []
    if wish.kind:
        narrow.append([marks.of_kind(wish.kind)])
    if wish.lang:
        narrow.append([marks.of_language(wish.lang)])
    if wish.cid:
        narrow.append([marks.of_place(wish.cid)])
    if wish.helped:
        narrow.append([marks.of_help()])
    if mine is not None and len(mine) <= _PLACES:
        wide = marks.WIDE if viewer.is_member else marks.WIDE[:1]
        narrow.append([*map(marks.of_audience, wide), *map(marks.of_place, mine)])
    return narrow


class _Asked:
    """The posts behind numbers, and those without one, that this reader may open and wants to meet."""

    def __init__(self, db: Read, viewer: Viewer, wish: Wish, groups: Sequence[tuple[bytes, ...]]) -> None:
        self._db, self._viewer, self._wish, self._groups = db, viewer, wish, groups
        self._bound = sight(viewer, wish)

    def strictly(self, numbers: list[int], further: Iterator[int]) -> tuple[list[Near], bool]:
        """Those that hold every word, as many as are ranked; and whether there may be more.

        ``numbers`` are the newest; what was taken of the ``further`` ones is added to them.
        """
        near = self._near(numbers, loose=False)
        for _ in range(_ROUNDS - 1):
            if len(near) >= _SATISFIED or not (some := list(islice(further, RANKED))):
                break
            near += [one for one in self._near(some, loose=False) if one.num is not None]
            numbers += some
        return near, next(further, None) is not None

    def loosely(self, whole: Sequence[Near], numbers: Sequence[int]) -> list[Near]:
        """Those that hold some words, beside what holds every one; of these alone where they are enough."""
        near = {one.id: one for one in (*whole, *self._near(numbers[:RANKED], loose=True))}
        complete = [one for one in near.values() if holds_all(one.words, self._wish.question)]
        return complete if len(complete) >= ENOUGH else list(near.values())

    def _near(self, numbers: Sequence[int], *, loose: bool) -> list[Near]:
        reach, question = reach_of(self._viewer), self._wish.question
        shape, codes = codes_of(self._groups, loose=loose)
        statement = _statement(bool(reach.voices), shape)
        rows = self._db.all(statement, **self._bound, **codes, **numbered(numbers))
        holds, certain = (holds_any if loose else holds_all), not question.has_runs
        # The postings have said it of what has a number, unless a way of several words may stand apart there.
        rows = [one for one in rows if (certain and one.num is not None) or holds(one.words, question)]
        if question.phrases or question.without:
            rows = [one for one in rows if fits(one.words, question)]
        if not reach.voices:
            return rows
        return [one for one in rows if not why_folded(reach, one.pid, one.home_tid, one.label)]


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


def in_order(near: Sequence[Near], wish: Wish, *, cut: bool = False) -> tuple[list[bytes], int, bool]:
    """Those that hold every word first, then the best, or the newest."""
    scored = scores([one.words for one in near], wish.question)
    weighed = [
        (not whole, 0.0 if wish.newest else -round(score, 9), -one.t, one.id)
        for one, (whole, score) in zip(near, scored, strict=True)
    ]
    weighed.sort()
    return [one[3] for one in weighed], sum(whole for whole, _ in scored), cut
