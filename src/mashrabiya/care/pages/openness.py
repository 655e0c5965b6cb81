"""What everybody may read of decisions: sums, late and without anybody."""

from collections.abc import Sequence

from msgspec import Struct

from mashrabiya.care import queries, rules
from mashrabiya.care.queries.openness import NEWEST
from mashrabiya.care.types.openness import ACTS, BY_TWO, FEW_OF_A_MONTH, Month
from mashrabiya.communities import queries as communities
from mashrabiya.communities.rules import may_read
from mashrabiya.communities.types import ID_SIZE
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.art import bar, columns, top_of
from mashrabiya.platform.languages import direction
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()
_DIGITS = 9
_CHARTS = {"reports": ("received", "decided"), "objections": ("objected", "reversed")}
_TABLE = {
    "reports": ("received", "decided"),
    "acts": (*ACTS, "at_once", rules.BY_RULE, "undone"),
    "objections": ("objected", "stands", "reversed", "waiting"),
    "by_two": BY_TWO,
    "rules": ("precept",),
}


class Chart(Struct, frozen=True):
    """Two rows of columns over months, oldest first, and the same as numbers."""

    key: str
    html: str
    top: int
    rows: Sequence[tuple[str, str]]
    months: Sequence[Month]

    @classmethod
    def of(cls, key: str, months: Sequence[Month], *, rtl: bool) -> "Chart":
        series = [[month.count(what) for month in months] for what in _CHARTS[key]]
        rows = [(what, f"openness.{what}") for what in _CHARTS[key]]
        return cls(f"openness.{key}", columns(series, rtl=rtl), top_of(series), rows, months)


class Figure(Struct, frozen=True):
    """One number of a month, with its bar."""

    key: str
    count: int
    html: str


class Figures(Struct, frozen=True):
    """A month as a table: groups of numbers, all bars of a group to one measure."""

    month: Month
    groups: Sequence[tuple[str, Sequence[Figure]]]

    @classmethod
    def of(cls, month: Month, *, rtl: bool) -> "Figures":
        groups = []
        for key, whats in _TABLE.items():
            top = max(month.count(what) for what in whats)
            rows = [
                Figure(f"openness.{what}", month.count(what), bar(month.count(what), top, rtl=rtl))
                for what in whats
            ]
            groups.append((f"openness.{key}", rows))
        return cls(month, groups)


@routes.get("/d", access=Access.ANYONE)
def openness(request: Ask) -> Response[bytes]:
    rtl = direction(request.viewer.tongue.language) == "rtl"
    with request.db.read() as db:
        months = queries.months(db, rules.month_of(clock.day()) - 1)
    return page(
        request,
        "care/openness.html",
        charts=[Chart.of(key, months[::-1], rtl=rtl) for key in _CHARTS],
        figures=[Figures.of(month, rtl=rtl) for month in months],
        few=FEW_OF_A_MONTH,
    )


@routes.get("/c/{cid:str}/log", access=Access.ANYONE)
def place_log(request: Ask, cid: str) -> Response[bytes]:
    raw, after = read_id(cid, ID_SIZE), request.query("after")
    before = int(after) if after.isascii() and after.isdigit() and len(after) <= _DIGITS else NEWEST
    with request.db.read() as db:
        community = communities.get_community(db, request.viewer, raw)
        may_read(request.viewer, community).or_raise()
        weeks = queries.place_log(db, raw, community.agreed, before=before)
    return page(request, "care/place_log.html", community=community, weeks=weeks, paged=bool(after))
