"""Finding communities by topic, language and words. What a viewer may not know of is in no list."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    LargeBinary,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from mashrabiya.communities import rules
from mashrabiya.communities.queries.places import CARD, DOOR, FINDS, LISTED, NO, OPEN, YES, open_to, sight
from mashrabiya.communities.rules.finding import Same
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import FOUND, PAGE, Audience, CommunityCard, Directory, PlaceState, Search
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement


def _holds(name: str) -> ColumnElement[bool]:
    """Whether what is kept for comparing holds a part. Folding leaves no sign that means something here."""
    return COMMUNITY.c.folded.like(bindparam(name, type_=Text))


def _said(shape: tuple[tuple[int, ...], ...]) -> list[ColumnElement[bool]]:
    return [
        or_(
            *(
                and_(*(_holds(f"word{n}_{way}_{part}") for part in range(parts)))
                for way, parts in enumerate(ways)
            )
        )
        for n, ways in enumerate(shape)
    ]


def _line(community: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Where a community stands in the list: those in the reader's language first, then by name."""
    hers = community.c.language == bindparam("hers", type_=Text)
    return case((hers, NO), else_=YES), func.lower(community.c.name), community.c.id


_LAST = COMMUNITY.alias("last")
_OPEN: ColumnElement[int] = literal_column(str(int(Audience.PUBLIC)))
_ARCHIVED: ColumnElement[int] = literal_column(str(int(PlaceState.ARCHIVED)))


@lru_cache(maxsize=256)
def _finding(shape: tuple[tuple[int, ...], ...], *asked: str) -> Statement[CommunityCard]:
    """A page of the list for a question of so many terms, each in so many ways; what is not asked is not looked at.

    The ids come first and their cards then, so that what is sorted stays short.
    """
    conditions: dict[str, ColumnElement[bool]] = {
        "visitor": and_(COMMUNITY.c.audience == _OPEN, LISTED),
        "member": and_(DOOR, FINDS),
        "public": COMMUNITY.c.audience == _OPEN,
        "living": COMMUNITY.c.state == OPEN,
        "archived": COMMUNITY.c.state == _ARCHIVED,
        "language": COMMUNITY.c.language == bindparam("language", type_=Text),
        "topics": COMMUNITY.c.topics.bitwise_and(bindparam("topics", type_=BigInteger)) != NO,
        # A cursor that the viewer may not know leads nowhere, like one that was made up.
        "after": tuple_(*_line(COMMUNITY))
        > select(*_line(_LAST))
        .where(
            _LAST.c.id == bindparam("after", type_=LargeBinary),
            open_to(_LAST.c.id, _LAST.c.audience, door=FOUND),
        )
        .scalar_subquery(),
    }
    fitting = (
        select(COMMUNITY.c.id)
        .where(*(conditions[name] for name in asked), *_said(shape))
        .order_by(*_line(COMMUNITY))
        .limit(literal_column(str(PAGE + 1)))
        .subquery("fitting")
    )
    cards = CARD.join(fitting, fitting.c.id == COMMUNITY.c.id).order_by(*_line(COMMUNITY))
    return Statement(cards, into=CommunityCard)


_NAMESAKE = Statement(
    CARD.where(
        _holds("line"),
        COMMUNITY.c.id != bindparam("own", type_=LargeBinary),
        DOOR,
        # What no list shows is not found by its name either: like a hidden place, it may have a namesake.
        FINDS,
    ).limit(literal_column("1")),
    into=CommunityCard,
)


def find(db: Read, viewer: Viewer, search: Search, same: Same | None = None) -> Directory:
    """One page of the communities whose door the viewer may see and that fit what is asked.

    ``same`` says how else words are said: what is found by one of them is found by the others.
    """
    wanted = rules.wanted(search.words, same)
    asked = ["member" if viewer.is_member else "visitor"]
    asked.append("archived" if search.archived else "living")
    asked += [name for name in ("public", "language", "topics", "after") if getattr(search, name)]
    cards = db.all(
        _finding(tuple(tuple(map(len, ways)) for ways in wanted), *asked),
        hers=viewer.tongue.language,
        topics=search.topics,
        language=search.language,
        after=search.after,
        **{
            f"word{n}_{way}_{part}": f"%{word}%"
            for n, ways in enumerate(wanted)
            for way, words in enumerate(ways)
            for part, word in enumerate(words)
        },
        **sight(viewer),
    )
    return Directory(cards[:PAGE], cards[PAGE - 1].shown if len(cards) > PAGE else "")


def find_namesake(db: Read, viewer: Viewer, name: str, own: bytes = b"") -> CommunityCard | None:
    """A community of that name or of its looks, other than ``own``, as far as the viewer may know."""
    return db.first(_NAMESAKE, line=f"%{rules.name_line(name)}%", own=own, **sight(viewer))
