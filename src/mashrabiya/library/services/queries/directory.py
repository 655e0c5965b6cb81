"""The directory: what somebody may know of, narrowed as she asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Integer, LargeBinary, Text, and_, bindparam, func, literal_column, or_, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.services import rules
from mashrabiya.library.services.places import spared
from mashrabiya.library.services.tables import SERVICE
from mashrabiya.library.services.types import (
    EVERYWHERE,
    OLD_DAYS,
    WARNED_DAYS,
    Record,
    Risk,
    Service,
    Stance,
    Status,
    Wanted,
)
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.trust.queries import standing_by_name
from mashrabiya.safety.trust.types import Level

PAGE = 30
MOST = 2_000
"""So many entries are looked through at the most."""

_ROW = [SERVICE.c[name] for name in Service.__struct_fields__]


def _row(*columns: Any) -> Service:
    return Service(bytes(columns[0]), *columns[1:])


_ALL: Statement[Service] = Statement(
    select(*_ROW)
    .where(SERVICE.c.status != literal_column(f"'{Status.CLOSED}'"))
    .order_by(SERVICE.c.id)
    .limit(literal_column(str(MOST))),
    _row,
)
_KEPT: Statement[Service] = Statement(select(*_ROW).order_by(SERVICE.c.next_day, SERVICE.c.id), _row)
_ONE: Statement[Service] = Statement(
    select(*_ROW).where(SERVICE.c.id == bindparam("which", type_=LargeBinary)), _row
)
_DUE: Statement[Any] = Statement(
    select(func.count())
    .select_from(SERVICE)
    .where(
        SERVICE.c.status != literal_column(f"'{Status.CLOSED}'"),
        SERVICE.c.next_day < bindparam("until", type_=Integer),
    )
)
_PRACTISES = f'%"conversion":"{Stance.PRACTISES}"%'
# ``rules.sees`` and the default list in the words of the database, with ``sight``. What is for trusted members alone is not in it.
LISTED = and_(
    SERVICE.c.status != literal_column(f"'{Status.CLOSED}'"),
    SERVICE.c.checked_day >= bindparam("fresh_since", type_=Integer),
    SERVICE.c.body.not_like(bindparam("practises", _PRACTISES, type_=Text)),
    or_(
        SERVICE.c.risk == literal_column(f"'{Risk.PUBLIC}'"),
        and_(
            SERVICE.c.risk == literal_column(f"'{Risk.MEMBERS}'"),
            bindparam("speaks", type_=Integer) != literal_column("0"),
        ),
        bindparam("keeps_services", type_=Integer) != literal_column("0"),
    ),
)
Pair = tuple[Service, Record]


def sight(viewer: Viewer) -> dict[str, int]:
    """Values for ``LISTED``."""
    return {
        "fresh_since": clock.day() - OLD_DAYS,
        "speaks": int(viewer.speaks),
        "keeps_services": int(rules.may_check(viewer).allowed),
    }


class Found(Struct, frozen=True):
    """A page of the directory, what else it can be narrowed by, and how many nobody checked lately."""

    rows: Sequence[Pair]
    countries: Sequence[str]
    languages: Sequence[str]
    kinds: Sequence[str]
    old: int
    after: int
    any: bool


def find(db: Read, viewer: Viewer, wanted: Wanted) -> Found:
    """What she may see, what serves a country before what serves every country; unknown never before known."""
    today = clock.day()
    seen = _seen(db, viewer)
    old = [pair for pair in seen if rules.is_old(pair[0], today)]
    fresh = [pair for pair in seen if not rules.is_old(pair[0], today)]
    among = old if wanted.old else fresh
    rows = [pair for pair in among if _fits(pair[1], wanted)]
    rows.sort(key=lambda pair: _order(pair, wanted, viewer.tongue.language, today))
    further = wanted.after + PAGE
    return Found(
        rows[wanted.after : further],
        sorted({code for _, record in among for code in record.countries}),
        [code for code, _ in _languages(among).most_common()],
        sorted({str(record.kind) for _, record in among}),
        sum(_fits(record, wanted) for _, record in old),
        further if further < len(rows) else 0,
        bool(seen),
    )


def _seen(db: Read, viewer: Viewer) -> list[Pair]:
    rows = db.all(_ALL)
    trusted = any(row.risk == Risk.TRUSTED for row in rows) and is_trusted(db, viewer)
    # Lists know no law, so that no place stands in them.
    pairs = [(row, spared(row.record)) for row in rows if rules.sees(viewer, row, trusted=trusted)]
    return [pair for pair in pairs if rules.is_listed(*pair)]


def all_open(db: Read) -> list[Service]:
    """Every entry that is not closed, for what happens by itself."""
    return db.all(_ALL)


def is_trusted(db: Read, viewer: Viewer) -> bool:
    """Whether the house trusts the name in use."""
    return viewer.speaks and standing_by_name(db, viewer).under(viewer.slot) >= Level.TRUSTED


def _languages(pairs: Sequence[Pair]) -> Counter[str]:
    return Counter(spoken.code for _, record in pairs for spoken in record.languages)


def _fits(record: Record, wanted: Wanted) -> bool:
    if wanted.country and not {wanted.country, EVERYWHERE} & set(record.countries):
        return False
    if wanted.kind and record.kind != wanted.kind:
        return False
    return not wanted.language or any(spoken.code == wanted.language for spoken in record.languages)


def _order(pair: Pair, wanted: Wanted, language: str, today: int) -> tuple[Any, ...]:
    """What answers, whose check holds and of which the police is known not to come, stands first."""
    service, record = pair
    near = wanted.country not in record.countries
    return (
        near,
        service.status != Status.ACTIVE,
        rules.is_overdue(service, today),
        record.calls_police != "no",
        record.name(language).casefold(),
        service.id,
    )


def get(db: Read, viewer: Viewer, which: bytes) -> tuple[Service, Record]:
    """One entry that she may see. Whoever practises "conversion" is not found but by those who keep the directory."""
    service = db.first(_ONE, which=which)
    if service is None:
        raise NotFound
    trusted = service.risk == Risk.TRUSTED and is_trusted(db, viewer)
    record = service.record
    keeps = rules.may_check(viewer).allowed
    if not rules.sees(viewer, service, trusted=trusted) or not (keeps or _is_told(service, record)):
        raise NotFound
    return service, record


def _is_told(service: Service, record: Record) -> bool:
    return service.status == Status.CLOSED or rules.is_listed(service, record)


def get_kept(db: Read, viewer: Viewer, which: bytes) -> tuple[Service, Record]:
    """One entry, for whoever checks it."""
    rules.may_check(viewer).or_raise()
    return get(db, viewer, which)


def everything(db: Read, viewer: Viewer) -> list[Pair]:
    """All entries, for whoever keeps them: what is due first."""
    rules.may_check(viewer).or_raise()
    return [(row, row.record) for row in db.all(_KEPT)]


def count_due(db: Read) -> int:
    """How many are to be checked within the days of warning, or should have been."""
    return int(db.scalar(_DUE, until=clock.day() + WARNED_DAYS))
