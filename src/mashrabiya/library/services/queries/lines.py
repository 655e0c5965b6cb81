"""The lines of help now, as ``support`` is told them."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import ColumnElement, Integer, bindparam, literal_column, or_, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.services import rules
from mashrabiya.library.services.countries import country_name, language_name
from mashrabiya.library.services.tables import SERVICE, SERVICE_DOUBT
from mashrabiya.library.services.types import EVERYWHERE, Channel, Cost, Kind, Record, Risk, Service, Status
from mashrabiya.platform.db import Read, Statement

_YES: ColumnElement[int] = literal_column("1", Integer)
_DOUBTED = (
    select(_YES)
    .where(
        SERVICE_DOUBT.c.service == SERVICE.c.id,
        SERVICE_DOUBT.c.until_day >= bindparam("today", type_=Integer),
    )
    .exists()
)
_LINES: Statement[tuple[Service, bool]] = Statement(
    select(*[SERVICE.c[name] for name in Service.__struct_fields__], _DOUBTED).where(
        SERVICE.c.status == literal_column(f"'{Status.ACTIVE}'"),
        SERVICE.c.next_day >= bindparam("today", type_=Integer),
        or_(
            SERVICE.c.risk == literal_column(f"'{Risk.PUBLIC}'"),
            bindparam("members", type_=Integer) == _YES,
        ),
        SERVICE.c.risk != literal_column(f"'{Risk.TRUSTED}'"),
    ),
    lambda *row: (Service(bytes(row[0]), *row[1:-1]), bool(row[-1])),
)
_URGENT = tuple(Kind)


class Line(Struct, frozen=True):
    """A line: where it answers, what it does, and who looked when. Keys are of the catalogue, everything else was typed."""

    countries: tuple[tuple[str, str], ...]
    name: str
    lang: str
    kind: str
    channels: tuple[Channel, ...]
    cost: str
    languages: str
    anonymous: str
    police: str
    checked: clock.Date
    role: str
    method: str
    made_up: bool
    doubted: bool = False


def lines(db: Read, viewer: Viewer) -> list[Line]:
    """All lines whose check holds today, the most urgent first; those for members alone only to members.

    Lines for trusted members stand in the directory alone, and streets too: help now is read over shoulders.
    """
    language, today = viewer.tongue.language, clock.day()
    rows = db.all(_LINES, today=today, members=int(viewer.speaks))
    found = []
    for row, doubted in rows:
        record = rules.told(row.record, rules.no_law)
        if rules.is_line(row, record, today):
            found.append(
                (
                    _URGENT.index(record.kind),
                    record.name(language),
                    _line(row, record, language, doubted=doubted),
                )
            )
    return [line for _, _, line in sorted(found, key=lambda one: one[:2])]


def _line(service: Service, record: Record, language: str, *, doubted: bool) -> Line:
    costs = {one.cost for one in record.channels}
    return Line(
        countries=tuple((code, country_name(code, language)) for code in record.countries or (EVERYWHERE,)),
        name=record.name(language),
        lang=record.tongue("name", language),
        kind=f"library.services.kind_{record.kind}",
        channels=record.channels,
        cost=f"library.services.cost_{costs.pop() if len(costs) == 1 else Cost.UNKNOWN}",
        languages=" · ".join(language_name(one.code, language) for one in record.languages),
        anonymous=f"library.services.{record.anonymous}",
        police=f"library.services.police_{record.calls_police}",
        checked=service.checked,
        role=f"library.services.role_{service.role}",
        method=f"library.services.method_{service.method}",
        made_up=bool(service.made_up),
        doubted=doubted,
    )
