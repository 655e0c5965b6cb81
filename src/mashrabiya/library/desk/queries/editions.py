"""What the desk reads of guides: everything, whatever readers find. Ask only after ``get_desk``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, LargeBinary, Text, and_, bindparam, literal_column, or_, select

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.desk.tables import DESK_HAND, DESK_WITHDRAWN
from mashrabiya.library.desk.types import Hand, Line, Volume, Withdrawn
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.drawing import keys_of
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION
from mashrabiya.library.guides.types import ID_SIZE, Doubt, Edition, EditionState, Guide, State
from mashrabiya.platform.db import Read, Statement

_GUIDE = bindparam("guide", type_=LargeBinary)
_FACTS = tuple(GUIDE.c[name] for name in Guide.__struct_fields__)
_LINE = tuple(GUIDE_EDITION.c[name] for name in Line.__struct_fields__)
_HAND = (DESK_HAND.c.who, DESK_HAND.c.role, DESK_HAND.c.day)
_SPLIT, _END = len(_FACTS), len(_FACTS) + len(_LINE)
_OF_HANDS = and_(
    DESK_HAND.c.guide == GUIDE_EDITION.c.guide,
    DESK_HAND.c.lang == GUIDE_EDITION.c.lang,
    DESK_HAND.c.n == GUIDE_EDITION.c.n,
)
_OF_EDITIONS = GUIDE_EDITION.c.guide == GUIDE.c.id
_LIVES = GUIDE_EDITION.c.state != literal_column(str(int(EditionState.OLD)))
_NEWEST = (GUIDE_EDITION.c.n.desc(), GUIDE_EDITION.c.lang, DESK_HAND.c.role)
_COLUMNS = select(*_FACTS, *_LINE, *_HAND)
_ONE: Statement[Any] = Statement(
    _COLUMNS.select_from(GUIDE.outerjoin(GUIDE_EDITION, _OF_EDITIONS).outerjoin(DESK_HAND, _OF_HANDS))
    .where(GUIDE.c.id == _GUIDE)
    .order_by(*_NEWEST)
)
_ALL: Statement[Any] = Statement(
    _COLUMNS.select_from(
        GUIDE.outerjoin(GUIDE_EDITION, and_(_OF_EDITIONS, _LIVES)).outerjoin(DESK_HAND, _OF_HANDS)
    ).order_by(GUIDE.c.topic, GUIDE.c.place, GUIDE.c.id, *_NEWEST)
)
_WHOLE = tuple(GUIDE_EDITION.c[name] for name in Edition.__struct_fields__)
_MOST = 3
_PLACES = or_(
    *(
        and_(
            GUIDE_EDITION.c.lang == bindparam(f"lang{place}", type_=Text),
            GUIDE_EDITION.c.n == bindparam(f"n{place}", type_=Integer),
        )
        for place in range(_MOST)
    )
)
_EDITIONS: Statement[Any] = Statement(select(*_WHOLE).where(GUIDE_EDITION.c.guide == _GUIDE, _PLACES))
_GONE = Statement(
    select(DESK_WITHDRAWN.c.day, DESK_WITHDRAWN.c.ar, DESK_WITHDRAWN.c.en)
    .join(GUIDE, GUIDE.c.id == DESK_WITHDRAWN.c.guide)
    .where(
        GUIDE.c.id == _GUIDE,
        GUIDE.c.state == literal_column(str(int(State.WITHDRAWN))),
        GUIDE.c.open != literal_column("0"),
    ),
    into=Withdrawn,
)
_WITHDRAWN = Statement(
    select(DESK_WITHDRAWN.c.day, DESK_WITHDRAWN.c.ar, DESK_WITHDRAWN.c.en).where(
        DESK_WITHDRAWN.c.guide == _GUIDE
    ),
    into=Withdrawn,
)


def get_guide(db: Read, shown: str) -> Guide:
    """The guide at this address, in whatever state."""
    return guides.get_guide(db, read_id(shown, ID_SIZE))


def get_volume(db: Read, shown: str) -> Volume:
    """The same with its editions, the newest first, and the hands they went through."""
    return volume_of(db, read_id(shown, ID_SIZE))


def volume_of(db: Read, which: bytes) -> Volume:
    """The same by its id."""
    found = _gathered(db.tuples(_ONE, guide=which))
    if not found:
        raise NotFound
    return found[0]


def place_of(db: Read, volume: Volume, report: Doubt) -> int:
    """At which step of what readers read now that is what somebody found wrong; nought where it is of the whole, or gone."""
    edition = find_edition(db, volume.published(report.lang)) if report.step else None
    keys = keys_of(edition) if edition is not None else []
    return keys.index(report.step) + 1 if report.step in keys else 0


def volumes(db: Read) -> list[Volume]:
    """Every guide with the editions that are read or written now, topic by topic."""
    return _gathered(db.tuples(_ALL))


def _gathered(rows: Iterable[tuple[Any, ...]]) -> list[Volume]:
    """A row for each hand on each edition of each guide, as guides."""
    guides_: dict[bytes, Guide] = {}
    lines: dict[bytes, dict[tuple[str, int], Line]] = {}
    hands: dict[bytes, dict[tuple[str, int], list[Hand]]] = {}
    for row in rows:
        which = bytes(row[0])
        if which not in guides_:
            guides_[which] = Guide(which, *row[1:_SPLIT])
        of, by = lines.setdefault(which, {}), hands.setdefault(which, {})
        _, lang, n, *rest = row[_SPLIT:_END]
        if lang is not None:
            of.setdefault((lang, n), Line(which, lang, n, *rest))
        who, role, day = row[_END:]
        if who is not None:
            by.setdefault((lang, n), []).append(Hand(bytes(who), role, day))
    return [Volume(one, tuple(lines[which].values()), hands[which]) for which, one in guides_.items()]


def whole(db: Read, volume: Volume, *lines: Line | None) -> list[Edition | None]:
    """These editions with their texts, in this order: one question for three at most."""
    wanted = [(line.lang, line.n) if line else ("", 0) for line in lines]
    asked: dict[str, Any] = {}
    for place in range(_MOST):
        asked[f"lang{place}"], asked[f"n{place}"] = wanted[place] if place < len(wanted) else ("", 0)
    found = {
        (lang, n): Edition(bytes(which), lang, n, *rest)
        for which, lang, n, *rest in db.tuples(_EDITIONS, guide=volume.guide.id, **asked)
    }
    return [found.get(place) for place in wanted]


def find_edition(db: Read, line: Line | None) -> Edition | None:
    """The whole of it."""
    return None if line is None else guides.get_edition(db, line.guide, line.lang, line.n)


def get_edition(db: Read, guide: bytes, lang: str, n: int) -> Edition:
    """The same by its number."""
    return guides.get_edition(db, guide, lang, n)


def find_gone(db: Read, shown: str) -> Withdrawn | None:
    """Why a guide is gone that readers could read: for everybody. Of one that was closed nothing is told."""
    return db.first(_GONE, guide=read_id(shown, ID_SIZE))


def find_withdrawn(db: Read, guide: bytes) -> Withdrawn | None:
    """Why a guide is gone, where the desk said so."""
    return db.first(_WITHDRAWN, guide=guide)
