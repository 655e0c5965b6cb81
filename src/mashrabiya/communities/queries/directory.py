"""Finding communities by topic, language and words. What a viewer may not know of is in no list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    case,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from mashrabiya.communities import rules
from mashrabiya.communities.queries.places import CARD, DOOR, NO, YES, open_to, sight
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import PAGE, Audience, CommunityCard, Directory, Search
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement


class _Holds(FunctionElement[int]):
    """Where a word stands in a text: 0 where it does not. An empty word stands in every text."""

    name = "holds"
    type = Integer()
    inherit_cache = True


@compiles(_Holds, "sqlite")
def _on_sqlite(element: _Holds, compiler: Any, **kw: Any) -> str:
    return f"instr({compiler.process(element.clauses, **kw)})"


@compiles(_Holds, "postgresql")
def _on_postgres(element: _Holds, compiler: Any, **kw: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **kw)})"


def _line(community: FromClause) -> ColumnElement[Any]:
    """Where a community stands in the list: those in the reader's language first, then by name."""
    hers = community.c.language == bindparam("hers", type_=Text)
    return tuple_(case((hers, NO), else_=YES), community.c.folded, community.c.id)


_LAST = COMMUNITY.alias("last")
_AFTER = bindparam("after", type_=LargeBinary)
_TOPICS = bindparam("topics", type_=BigInteger)
_LANGUAGE = bindparam("language", type_=Text)
_FIND = Statement(
    CARD.where(
        COMMUNITY.c.audience <= bindparam("widest", type_=Integer),
        or_(_TOPICS == NO, COMMUNITY.c.topics.bitwise_and(_TOPICS) != NO),
        or_(literal_column("''") == _LANGUAGE, COMMUNITY.c.language == _LANGUAGE),
        *(
            _Holds(COMMUNITY.c.folded, bindparam(f"word{place}", type_=Text)) > NO
            for place in range(rules.MOST_WORDS)
        ),
        DOOR,
        # A cursor that the viewer may not know leads nowhere, like one that was made up.
        or_(
            bindparam("nothing", b"", type_=LargeBinary) == _AFTER,
            _line(COMMUNITY)
            > select(*_line(_LAST).clauses)
            .where(_LAST.c.id == _AFTER, open_to(_LAST.c.id, _LAST.c.audience, door=Audience.MEMBERS))
            .scalar_subquery(),
        ),
    )
    .order_by(*_line(COMMUNITY).clauses)
    .limit(literal_column(str(PAGE + 1))),
    into=CommunityCard,
)
_NAMESAKE = Statement(
    CARD.where(
        _Holds(COMMUNITY.c.folded, bindparam("line", type_=Text)) > NO,
        COMMUNITY.c.id != bindparam("own", type_=LargeBinary),
        DOOR,
    ).limit(literal_column("1")),
    into=CommunityCard,
)


def find(db: Read, viewer: Viewer, search: Search) -> Directory:
    """One page of the communities whose door the viewer may see and that fit what is asked."""
    words = dict.fromkeys((f"word{place}" for place in range(rules.MOST_WORDS)), "")
    words |= {f"word{place}": term for place, term in enumerate(rules.terms(search.words))}
    cards = db.all(
        _FIND,
        hers=viewer.tongue.language,
        widest=int(Audience.PUBLIC if search.public else Audience.HIDDEN),
        topics=search.topics,
        language=search.language,
        after=search.after,
        **words,
        **sight(viewer),
    )
    return Directory(cards[:PAGE], cards[PAGE - 1].shown if len(cards) > PAGE else "")


def find_namesake(db: Read, viewer: Viewer, name: str, own: bytes = b"") -> CommunityCard | None:
    """A community of that name or of its looks, other than ``own``, as far as the viewer may know."""
    return db.first(_NAMESAKE, line=rules.name_line(name), own=own, **sight(viewer))
