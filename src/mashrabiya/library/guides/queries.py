"""Reading guides. What a reader may not find is in no answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
)

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides import rules
from mashrabiya.library.guides.reading import Known
from mashrabiya.library.guides.tables import (
    GUIDE,
    GUIDE_EDITION,
    GUIDE_HELPED,
    GUIDE_SHELF,
    GUIDE_SOURCE,
    GUIDE_WRONG,
)
from mashrabiya.library.guides.types import (
    READABLE,
    Doubt,
    Edition,
    EditionState,
    Entry,
    Guide,
    Opened,
    Source,
    Stock,
    numbered,
    stocked,
)
from mashrabiya.platform.db import Read, Statement

STOCK = "library"
"""The generation of what is held in memory of guides and sources."""

_ID = bindparam("id", type_=LargeBinary)
_LANG = bindparam("lang", type_=Text)
_PUBLISHED: ColumnElement[int] = literal_column(str(int(EditionState.PUBLISHED)))
# Readers find it, in the words of the database: ``Guide.is_read``, and the edition that stands.
IS_READ = and_(
    GUIDE.c.open != literal_column("0"),
    GUIDE.c.state.in_([literal_column(str(int(one))) for one in READABLE]),
)
STANDS = GUIDE_EDITION.c.state == _PUBLISHED
_NOT_DONE: ColumnElement[int] = literal_column("0")
_GUIDE, _EDITION = tuple(GUIDE.c), tuple(GUIDE_EDITION.c)

_GUIDES = Statement(select(*_GUIDE).order_by(GUIDE.c.topic, GUIDE.c.place, GUIDE.c.slug), into=Guide)
_ONE = Statement(select(*_GUIDE).where(GUIDE.c.id == _ID), into=Guide)
_TITLES: Statement[None] = Statement(
    select(*(GUIDE_EDITION.c[name] for name in ("guide", "lang", "n", "title", "lead"))).where(
        GUIDE_EDITION.c.state == _PUBLISHED
    )
)
_OUT: Statement[None] = Statement(
    select(GUIDE_EDITION.c.lang, GUIDE_EDITION.c.n).where(
        GUIDE_EDITION.c.guide == _ID, GUIDE_EDITION.c.state == _PUBLISHED
    )
)
_SOURCES = Statement(select(*GUIDE_SOURCE.c).order_by(GUIDE_SOURCE.c.code), into=Source)
_OPENED: Statement[None] = Statement(
    select(*_GUIDE, *_EDITION, GUIDE_HELPED.c.guide.is_not(None))
    .select_from(
        GUIDE.join(
            GUIDE_EDITION,
            and_(GUIDE_EDITION.c.guide == GUIDE.c.id, GUIDE_EDITION.c.state == _PUBLISHED),
        ).outerjoin(
            GUIDE_HELPED,
            and_(
                GUIDE_HELPED.c.guide == GUIDE.c.id,
                GUIDE_HELPED.c.hnull == bindparam("mine", type_=LargeBinary),
            ),
        )
    )
    .where(GUIDE.c.id == _ID)
    .order_by(case((GUIDE_EDITION.c.lang == _LANG, literal_column("0")), else_=literal_column("1")))
    .limit(literal_column("1"))
)
_EDITIONS = Statement(
    select(*_EDITION)
    .where(GUIDE_EDITION.c.guide == _ID)
    .order_by(GUIDE_EDITION.c.lang, GUIDE_EDITION.c.n.desc()),
    into=Edition,
)
_EDITION_OF = Statement(
    select(*_EDITION).where(
        GUIDE_EDITION.c.guide == _ID,
        GUIDE_EDITION.c.lang == _LANG,
        GUIDE_EDITION.c.n == bindparam("n", type_=Integer),
    ),
    into=Edition,
)
_SHELF: Statement[None] = Statement(select(GUIDE_SHELF.c.name, GUIDE_SHELF.c.print))
_DOUBTS = Statement(
    select(*GUIDE_WRONG.c)
    .where(GUIDE_WRONG.c.done == _NOT_DONE)
    .order_by(GUIDE_WRONG.c.day, GUIDE_WRONG.c.id)
    .limit(bindparam("most", type_=Integer)),
    into=Doubt,
)
_DOUBT = Statement(select(*GUIDE_WRONG.c).where(GUIDE_WRONG.c.id == _ID), into=Doubt)
_TODAY: Statement[None] = Statement(
    select(
        func.count(),
        func.coalesce(func.sum(case((GUIDE_WRONG.c.guide == _ID, literal_column("1")), else_=0)), 0),
    ).where(GUIDE_WRONG.c.day == bindparam("day", type_=Integer))
)


def stock(db: Read) -> Stock:
    """All guides and sources, for the memory of a process."""
    entries = {guide.id: Entry(guide, {}, {}, {}) for guide in map(_guide, db.tuples(_GUIDES))}
    for raw, lang, n, title, lead in db.tuples(_TITLES):
        entry = entries[bytes(raw)]
        entry.titles[lang], entry.leads[lang], entry.numbers[lang] = title, lead, n
    return stocked(entries, {one.code: one for one in db.all(_SOURCES)})


def open_guide(db: Read, viewer: Viewer, guide: bytes, lang: str) -> Opened:
    """The guide as this viewer may read it, in this language or the one there is."""
    mine = mark_of(viewer, guide) if viewer.work is not None else b""
    rows = db.tuples(_OPENED, id=guide, lang=lang, mine=mine)
    if not rows:
        raise NotFound
    row, split = rows[0], len(_GUIDE)
    opened = Opened(_guide(row[:split]), _edition(row[split:-1]), bool(row[-1]))
    rules.may_read(viewer, opened.guide).or_raise()
    return opened


def get_guide(db: Read, guide: bytes) -> Guide:
    """The guide whatever its state: for commands, which ask their rules."""
    rows = db.tuples(_ONE, id=guide)
    if not rows:
        raise NotFound
    return _guide(rows[0])


def published(db: Read, guide: bytes) -> str:
    """Which editions readers read now, as ``Entry.out`` says it."""
    return numbered((str(lang), int(n)) for lang, n in db.tuples(_OUT, id=guide))


def editions(db: Read, guide: bytes) -> list[Edition]:
    """Every edition of a guide by language, the newest first."""
    return [_edition(row) for row in db.tuples(_EDITIONS, id=guide)]


def get_edition(db: Read, guide: bytes, lang: str, n: int) -> Edition:
    rows = db.tuples(_EDITION_OF, id=guide, lang=lang, n=n)
    if not rows:
        raise NotFound
    return _edition(rows[0])


def sources(db: Read) -> list[Source]:
    """Every source that a guide may cite."""
    return db.all(_SOURCES)


def names(db: Read) -> dict[str, bytes]:
    """The ids of all guides, by the names that texts give them."""
    return {str(row[1]): bytes(row[0]) for row in db.tuples(_GUIDES)}


def known(db: Read) -> Known:
    """What a text may name."""
    return Known({one.code for one in sources(db)}, set(names(db)))


def prints(db: Read) -> dict[str, bytes]:
    """Which texts of the shelf this house was given."""
    return {str(name): bytes(found) for name, found in db.tuples(_SHELF)}


def doubts(db: Read, most: int = 200) -> list[Doubt]:
    """What was said to be wrong and waits for the desk, the oldest first."""
    return [_doubt(row) for row in db.tuples(_DOUBTS, most=most)]


def get_doubt(db: Read, which: bytes) -> Doubt:
    rows = db.tuples(_DOUBT, id=which)
    if not rows:
        raise NotFound
    return _doubt(rows[0])


def doubts_today(db: Read, guide: bytes) -> tuple[int, int]:
    """How many words that something is wrong came today: of all guides, and of this one."""
    ((all_of_them, of_one),) = db.tuples(_TODAY, id=guide, day=clock.day())
    return int(all_of_them), int(of_one)


def mark_of(viewer: Viewer, guide: bytes) -> bytes:
    """Nobody can list what helped somebody: her mark on each guide is unlike every other."""
    if viewer.work is None:
        raise NotFound
    return viewer.work.nullifier(b"guide", guide)


def _guide(row: Sequence[Any]) -> Guide:
    return Guide(bytes(row[0]), *row[1:])


def _edition(row: Sequence[Any]) -> Edition:
    return Edition(bytes(row[0]), *row[1:])


def _doubt(row: Sequence[Any]) -> Doubt:
    return Doubt(bytes(row[0]), bytes(row[1]), *row[2:])
