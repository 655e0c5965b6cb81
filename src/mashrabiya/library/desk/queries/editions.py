"""What the desk reads of guides: everything, whatever readers find. Ask only after ``get_desk``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, literal_column, select

from mashrabiya.kernel.ids import read_id
from mashrabiya.library.desk.tables import DESK_HAND, DESK_WITHDRAWN
from mashrabiya.library.desk.types import Hand, Line, Volume, Withdrawn
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.tables import GUIDE, GUIDE_EDITION
from mashrabiya.library.guides.types import ID_SIZE, Edition, EditionState, Guide, State
from mashrabiya.platform.db import Read, Statement


def _line(guide: bytes, *rest: Any) -> Line:
    return Line(bytes(guide), *rest)


def _guide(raw: bytes, *rest: Any) -> Guide:
    return Guide(bytes(raw), *rest)


_GUIDE = bindparam("guide", type_=LargeBinary)
_FACTS = tuple(GUIDE.c[name] for name in Guide.__struct_fields__)
_LINE = tuple(GUIDE_EDITION.c[name] for name in Line.__struct_fields__)
_HAND = (DESK_HAND.c.who, DESK_HAND.c.role, DESK_HAND.c.day)

_ALL = Statement(select(*_FACTS).order_by(GUIDE.c.topic, GUIDE.c.place, GUIDE.c.id), into=_guide)
_LINES = Statement(
    select(*_LINE)
    .where(GUIDE_EDITION.c.guide == _GUIDE)
    .order_by(GUIDE_EDITION.c.n.desc(), GUIDE_EDITION.c.lang),
    into=_line,
)
_LIVING = Statement(
    select(*_LINE)
    .where(GUIDE_EDITION.c.state != bindparam("old", type_=Integer))
    .order_by(GUIDE_EDITION.c.n.desc(), GUIDE_EDITION.c.lang),
    into=_line,
)
_HANDS: Statement[Any] = Statement(
    select(DESK_HAND.c.lang, DESK_HAND.c.n, *_HAND)
    .where(DESK_HAND.c.guide == _GUIDE)
    .order_by(DESK_HAND.c.role)
)
_ALL_HANDS: Statement[Any] = Statement(
    select(DESK_HAND.c.guide, DESK_HAND.c.lang, DESK_HAND.c.n, *_HAND)
    .join(
        GUIDE_EDITION,
        (GUIDE_EDITION.c.guide == DESK_HAND.c.guide)
        & (GUIDE_EDITION.c.lang == DESK_HAND.c.lang)
        & (GUIDE_EDITION.c.n == DESK_HAND.c.n),
    )
    .where(GUIDE_EDITION.c.state != bindparam("old", type_=Integer))
    .order_by(DESK_HAND.c.role)
)
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
    guide = guides.get_guide(db, which)
    hands: dict[tuple[str, int], list[Hand]] = {}
    for lang, n, who, role, day in db.tuples(_HANDS, guide=guide.id):
        hands.setdefault((lang, n), []).append(Hand(bytes(who), role, day))
    return Volume(guide, tuple(db.all(_LINES, guide=guide.id)), hands)


def volumes(db: Read) -> list[Volume]:
    """Every guide with the editions that are read or written now, topic by topic."""
    old = int(EditionState.OLD)
    lines: dict[bytes, list[Line]] = {}
    for line in db.all(_LIVING, old=old):
        lines.setdefault(bytes(line.guide), []).append(line)
    hands: dict[bytes, dict[tuple[str, int], list[Hand]]] = {}
    for guide, lang, n, who, role, day in db.tuples(_ALL_HANDS, old=old):
        hands.setdefault(bytes(guide), {}).setdefault((lang, n), []).append(Hand(bytes(who), role, day))
    return [
        Volume(one, tuple(lines.get(bytes(one.id), ())), hands.get(bytes(one.id), {})) for one in db.all(_ALL)
    ]


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
