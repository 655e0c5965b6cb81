"""What a page shows of the few that stand on it, which were found in the same reading: one statement for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from mashrabiya.communities.queries import places
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.parts import NO, constant
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides.queries import STANDS
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION
from mashrabiya.library.laws.tables import LAW
from mashrabiya.library.services.tables import SERVICE
from mashrabiya.library.stories.queries.parts import TELLER
from mashrabiya.library.stories.tables import STORY
from mashrabiya.people.queries import is_present
from mashrabiya.platform.db import Read, Statement
from mashrabiya.search.queries.leaf_rows import Near
from mashrabiya.search.tables import LEAF
from mashrabiya.search.types import INDEXED, PAGE, Part

_REFS = [bindparam(f"leaf_ref{place}", type_=LargeBinary) for place in range(PAGE)]
_CODES = [bindparam(f"leaf_code{place}", type_=Text) for place in range(PAGE)]
_NONE: ColumnElement[str] = literal_column("''")
_NO_TEXT, _NO_BYTES, _NO_NUMBER = cast(null(), Text), cast(null(), LargeBinary), cast(null(), Integer)


class Card(Struct, frozen=True):
    """What its columns say. What the numbers and texts mean is each part's own; a country is known by its code."""

    part: int
    ref: bytes
    code: str
    lang: str
    title: str | None = None
    text: str | None = None
    more: str | None = None
    last: str | None = None
    first_n: int | None = None
    second_n: int | None = None
    third_n: int | None = None
    notes: int = 0
    said_in: str | None = None
    belongs: int = 0
    seed: bytes | None = None
    name: str | None = None


def _at(part: Part, key: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(LEAF.c.part == constant(part), key == LEAF.c.ref)


_PLACED = (
    LEAF.outerjoin(GUIDE, _at(Part.GUIDES, GUIDE.c.id))
    .outerjoin(
        GUIDE_EDITION,
        and_(GUIDE_EDITION.c.guide == GUIDE.c.id, STANDS, GUIDE_EDITION.c.lang == LEAF.c.lang),
    )
    .outerjoin(SERVICE, _at(Part.SERVICES, SERVICE.c.id))
    .outerjoin(STORY, _at(Part.STORIES, STORY.c.id))
    .outerjoin(TELLER, TELLER.c.id == STORY.c.pid)
    .outerjoin(COMMUNITY, _at(Part.COMMUNITIES, COMMUNITY.c.id))
)
_PRESENT = is_present(TELLER)
_CARD = places.CARD.selected_columns
_COLUMNS: tuple[Any, ...] = (
    LEAF.c.part,
    LEAF.c.ref,
    _NONE,
    LEAF.c.lang,
    func.coalesce(GUIDE_EDITION.c.title, STORY.c.question, places.NAME),
    func.coalesce(GUIDE_EDITION.c.parts, SERVICE.c.body, STORY.c.was, _CARD.about),
    func.coalesce(SERVICE.c.status, STORY.c.done),
    STORY.c.came,
    func.coalesce(GUIDE.c.state, SERVICE.c.checked_day, STORY.c.about, COMMUNITY.c.audience),
    func.coalesce(GUIDE.c.kind, SERVICE.c.next_day, STORY.c.day),
    func.coalesce(GUIDE.c.next_day, SERVICE.c.made_up),
    func.coalesce(GUIDE.c.notes, STORY.c.notes, NO),
    _CARD.said_in,
    case((COMMUNITY.c.id.is_not(None), _CARD.belongs), else_=NO),
    COMMUNITY.c.seed,
    case((_PRESENT, TELLER.c.name)),
)
_LAWS: tuple[Any, ...] = (
    constant(Part.COUNTRIES),
    cast(_NONE, LargeBinary),
    LAW.c.code,
    _NONE,
    *[_NO_TEXT] * 4,
    LAW.c.level,
    LAW.c.until_day,
    _NO_NUMBER,
    NO,
    _NO_TEXT,
    NO,
    _NO_BYTES,
    _NO_TEXT,
)
_CARDS = Statement(
    union_all(
        select(*_COLUMNS)
        .select_from(_PLACED)
        .where(LEAF.c.part.in_([constant(part) for part in INDEXED]), LEAF.c.ref.in_(_REFS)),
        select(*_LAWS).where(LAW.c.code.in_(_CODES)),
    ),
    into=Card,
)


def cards_of(db: Read, viewer: Viewer, rows: Sequence[Near]) -> list[Card]:
    """What stands behind them, in their order; what is not known of a country is nothing."""
    refs = list(dict.fromkeys(row.ref for row in rows if row.part in INDEXED))
    codes = [row.ref.decode() for row in rows if row.part == Part.COUNTRIES]
    if not refs and not codes:
        return [_bare(row) for row in rows]
    bound: dict[str, Any] = {f"leaf_ref{place}": ref for place, ref in enumerate(refs)}
    bound |= {f"leaf_ref{place}": b"" for place in range(len(refs), PAGE)}
    bound |= {f"leaf_code{place}": code for place, code in enumerate(codes)}
    bound |= {f"leaf_code{place}": "" for place in range(len(codes), PAGE)}
    found = {_key(card): card for card in db.all(_CARDS, **bound, **places.sight(viewer))}
    return [found.get(_key(bare := _bare(row)), bare) for row in rows]


def _bare(row: Near) -> Card:
    if row.part == Part.COUNTRIES:
        return Card(row.part, b"", row.ref.decode(), "")
    return Card(row.part, row.ref, "", row.lang)


def _key(card: Card) -> tuple[int, bytes, str, str]:
    return card.part, bytes(card.ref), card.code, card.lang
