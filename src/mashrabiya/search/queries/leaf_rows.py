"""What of the library and of communities a reader may open and holds a word: one statement for all of it.

Whether it may be opened is asked where each stands, in its own room's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
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
from mashrabiya.library.services import queries as services
from mashrabiya.library.services.tables import SERVICE
from mashrabiya.library.stories.queries.parts import READ, TELLER, layers_for
from mashrabiya.library.stories.tables import STORY
from mashrabiya.people.queries import is_present
from mashrabiya.platform.db import Read, Statement
from mashrabiya.search.queries.index import number_of
from mashrabiya.search.tables import LEAF, LEAF_WORD
from mashrabiya.search.types import INDEXED, Part

MOST = 400
"""So many are ranked at most: those in which most of the words stand."""
ASKED = 64
_NOBODY = -1
_WORDS = [bindparam(f"leaf_word{place}", type_=BigInteger) for place in range(ASKED)]
_LANG = bindparam("lang", type_=Text)


class Near(Struct, frozen=True):
    """One that may be opened, and its words. ``met`` is the persona that told it, while it may be named: whom a reader
    keeps away is met by that name alone.
    """

    part: int
    ref: bytes
    lang: str
    words: bytes
    met: bytes | None = None


_MAY: dict[Part, tuple[Any, ColumnElement[bool]]] = {
    Part.GUIDES: (
        LEAF_WORD.join(GUIDE, GUIDE.c.id == LEAF_WORD.c.ref).join(
            GUIDE_EDITION,
            and_(GUIDE_EDITION.c.guide == GUIDE.c.id, STANDS, GUIDE_EDITION.c.lang == LEAF_WORD.c.lang),
        ),
        IS_READ,
    ),
    Part.SERVICES: (LEAF_WORD.join(SERVICE, SERVICE.c.id == LEAF_WORD.c.ref), services.LISTED),
    Part.STORIES: (
        LEAF_WORD.join(STORY, STORY.c.id == LEAF_WORD.c.ref).outerjoin(TELLER, TELLER.c.id == STORY.c.pid),
        and_(READ, STORY.c.notes.op("&")(bindparam("hidden_notes", type_=Integer)) == NO),
    ),
    Part.COMMUNITIES: (
        LEAF_WORD.join(COMMUNITY, COMMUNITY.c.id == LEAF_WORD.c.ref),
        and_(COMMUNITY.c.state == places.OPEN, places.DOOR, places.FINDS),
    ),
}


def _arm(part: Part) -> Select[Any]:
    placed, may = _MAY[part]
    return (
        select(
            constant(part).label("part"),
            LEAF_WORD.c.ref,
            LEAF_WORD.c.lang,
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


def _near(parts: Sequence[Part]) -> Statement[Near]:
    """The keys first and their words then, so that what is sorted stays short."""
    every = union_all(*map(_arm, parts)).subquery("every")
    best = (
        select(every)
        .order_by(every.c.weight.desc(), every.c.ref, every.c.lang)
        .limit(constant(MOST + 1))
        .subquery("best")
    )
    at = and_(LEAF.c.part == best.c.part, LEAF.c.ref == best.c.ref, LEAF.c.lang == best.c.lang)
    placed = (
        best.join(LEAF, at)
        .outerjoin(STORY, and_(best.c.part == constant(Part.STORIES), STORY.c.id == best.c.ref))
        .outerjoin(TELLER, TELLER.c.id == STORY.c.pid)
    )
    met = case((is_present(TELLER), STORY.c.pid))
    return Statement(
        select(best.c.part, best.c.ref, best.c.lang, LEAF.c.words, met).select_from(placed), into=Near
    )


_NEAR = {Part.ALL: _near(INDEXED)} | {part: _near((part,)) for part in INDEXED}


def sight(viewer: Viewer) -> dict[str, Any]:
    """Who asks, in the words of each room."""
    return {
        **places.sight(viewer),
        **services.sight(viewer),
        "layers": layers_for(viewer),
        "hidden_notes": int(viewer.notes_hidden),
    }


def near_to(db: Read, viewer: Viewer, keys: Sequence[bytes], *, part: Part, lang: str) -> list[Near]:
    """Those of a part, or of all, in which at least one of these words stands; one more than are ranked, where there are."""
    if part not in _NEAR:
        return []
    words = [number_of(key) for key in keys[:ASKED]]
    bound = {f"leaf_word{place}": word for place, word in enumerate(words)}
    bound |= {f"leaf_word{place}": _NOBODY for place in range(len(words), ASKED)}
    return db.all(_NEAR[part], **bound, lang=lang, **sight(viewer))
