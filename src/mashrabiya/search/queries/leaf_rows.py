"""What of the library and of communities a reader may open and holds a word: one statement for all of it.

Whether it may be opened is asked where each stands, by its own room's words. So are the columns that a page shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from mashrabiya.communities.queries import places
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.parts import NO, constant
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides.queries import IS_READ, STANDS
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION
from mashrabiya.library.laws.tables import LAW
from mashrabiya.library.services import queries as services
from mashrabiya.library.services.tables import SERVICE
from mashrabiya.library.stories.queries import READS, TELLER, layers_for
from mashrabiya.library.stories.tables import STORY
from mashrabiya.people.queries import is_present
from mashrabiya.platform.db import Read, Statement
from mashrabiya.search.queries.index import number_of
from mashrabiya.search.tables import LEAF, LEAF_WORD
from mashrabiya.search.types import INDEXED, Part

MOST = 400
"""So many are ranked at most: those in which most of the words stand."""
ASKED, COUNTRIES = 64, 8
_NOBODY = -1
_WORDS = [bindparam(f"leaf_word{place}", type_=BigInteger) for place in range(ASKED)]
_CODES = [bindparam(f"leaf_code{place}", type_=Text) for place in range(COUNTRIES)]
_LANG = bindparam("lang", type_=Text)
_NONE: ColumnElement[str] = literal_column("''")


class Row(Struct, frozen=True):
    """One that may be opened: its words, and what a page shows. What the numbers say is each part's own."""

    part: int
    ref: bytes
    code: str
    lang: str
    words: bytes | None
    title: str | None
    text: str | None
    more: str | None
    last: str | None
    first_n: int | None
    second_n: int | None
    third_n: int | None
    notes: int
    said_in: str | None
    belongs: int | None
    seed: bytes | None
    name: str | None
    # The persona, while it may be named: whom a reader keeps away is met by that name alone.
    met: bytes | None


_AT_GUIDE = and_(GUIDE_EDITION.c.guide == GUIDE.c.id, STANDS)
_MAY: dict[Part, tuple[Any, ColumnElement[bool]]] = {
    Part.GUIDES: (
        LEAF_WORD.join(GUIDE, GUIDE.c.id == LEAF_WORD.c.ref).join(
            GUIDE_EDITION, and_(_AT_GUIDE, GUIDE_EDITION.c.lang == LEAF_WORD.c.lang)
        ),
        IS_READ,
    ),
    Part.SERVICES: (LEAF_WORD.join(SERVICE, SERVICE.c.id == LEAF_WORD.c.ref), services.LISTED),
    Part.STORIES: (
        LEAF_WORD.join(STORY, STORY.c.id == LEAF_WORD.c.ref).outerjoin(TELLER, TELLER.c.id == STORY.c.pid),
        and_(READS, STORY.c.notes.op("&")(bindparam("hidden_notes", type_=Integer)) == NO),
    ),
    Part.COMMUNITIES: (
        LEAF_WORD.join(COMMUNITY, COMMUNITY.c.id == LEAF_WORD.c.ref),
        and_(COMMUNITY.c.state == places.OPEN, places.DOOR, places.FINDS),
    ),
}
_LAWS = select(
    constant(Part.COUNTRIES).label("part"),
    cast(_NONE, LargeBinary).label("ref"),
    _NONE.label("lang"),
    LAW.c.code.label("code"),
    constant(1).label("weight"),
).where(LAW.c.code.in_(_CODES))

_PRESENT = is_present(TELLER)
_CARD = places.CARD.selected_columns
_COLUMNS = (
    LEAF.c.words,
    func.coalesce(GUIDE_EDITION.c.title, STORY.c.question, places.NAME),
    func.coalesce(GUIDE_EDITION.c.lead, SERVICE.c.body, STORY.c.was, _CARD.about),
    func.coalesce(SERVICE.c.status, STORY.c.done),
    STORY.c.came,
    func.coalesce(GUIDE.c.state, SERVICE.c.checked_day, STORY.c.about, COMMUNITY.c.audience, LAW.c.level),
    func.coalesce(GUIDE.c.kind, SERVICE.c.next_day, STORY.c.day, LAW.c.until_day),
    func.coalesce(GUIDE.c.next_day, SERVICE.c.made_up),
    func.coalesce(GUIDE.c.notes, STORY.c.notes, NO),
    _CARD.said_in,
    case((COMMUNITY.c.id.is_not(None), _CARD.belongs), else_=NO),
    COMMUNITY.c.seed,
    case((_PRESENT, TELLER.c.name)),
    case((_PRESENT, STORY.c.pid)),
)


def _arm(part: Part) -> Select[Any]:
    if part is Part.COUNTRIES:
        return _LAWS
    placed, may = _MAY[part]
    return (
        select(
            constant(part).label("part"),
            LEAF_WORD.c.ref,
            LEAF_WORD.c.lang,
            _NONE.label("code"),
            func.sum(LEAF_WORD.c.weight).label("weight"),
        )
        .select_from(placed)
        .where(
            LEAF_WORD.c.part == constant(part),
            LEAF_WORD.c.word.in_(_WORDS),
            or_(_LANG == "", LEAF_WORD.c.lang == "", LEAF_WORD.c.lang == _LANG),
            may,
        )
        .group_by(LEAF_WORD.c.ref, LEAF_WORD.c.lang)
    )


def _rows(parts: Sequence[Part]) -> Statement[Row]:
    """The keys first and what stands behind them then, so that what is sorted stays short."""
    every = union_all(*map(_arm, parts)).subquery("every")
    best = (
        select(every)
        .order_by(every.c.weight.desc(), every.c.ref, every.c.lang)
        .limit(constant(MOST))
        .subquery("best")
    )

    def at(part: Part, key: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(best.c.part == constant(part), key == best.c.ref)

    placed = (
        best.outerjoin(
            LEAF, and_(LEAF.c.part == best.c.part, LEAF.c.ref == best.c.ref, LEAF.c.lang == best.c.lang)
        )
        .outerjoin(GUIDE, at(Part.GUIDES, GUIDE.c.id))
        .outerjoin(GUIDE_EDITION, and_(_AT_GUIDE, GUIDE_EDITION.c.lang == best.c.lang))
        .outerjoin(SERVICE, at(Part.SERVICES, SERVICE.c.id))
        .outerjoin(STORY, at(Part.STORIES, STORY.c.id))
        .outerjoin(TELLER, TELLER.c.id == STORY.c.pid)
        .outerjoin(COMMUNITY, at(Part.COMMUNITIES, COMMUNITY.c.id))
        .outerjoin(LAW, and_(best.c.part == constant(Part.COUNTRIES), LAW.c.code == best.c.code))
    )
    return Statement(
        select(best.c.part, best.c.ref, best.c.code, best.c.lang, *_COLUMNS).select_from(placed), into=Row
    )


_READ = {Part.ALL: _rows((*INDEXED, Part.COUNTRIES))} | {
    part: _rows((part,)) for part in (*INDEXED, Part.COUNTRIES)
}


def sight(viewer: Viewer) -> dict[str, Any]:
    """Who asks, in the words of each room."""
    return {
        **places.sight(viewer),
        **services.sight(viewer),
        "layers": layers_for(viewer),
        "hidden_notes": int(viewer.notes_hidden),
    }


def rows_with(
    db: Read, viewer: Viewer, keys: Sequence[bytes], *, part: Part, lang: str, codes: Sequence[str]
) -> list[Row]:
    """Those in which at least one of these words stands; of these countries what is known of their law."""
    words = [number_of(key) for key in keys[:ASKED]]
    bound: Mapping[str, Any] = {
        **{f"leaf_word{place}": word for place, word in enumerate(words)},
        **{f"leaf_word{place}": _NOBODY for place in range(len(words), ASKED)},
        **{f"leaf_code{place}": code for place, code in enumerate(codes[:COUNTRIES])},
        **{f"leaf_code{place}": "" for place in range(len(codes), COUNTRIES)},
        "lang": lang,
    }
    return db.all(_READ[part], **bound, **sight(viewer))
