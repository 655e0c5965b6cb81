"""What waits to be posted at a set time: for its author alone, under the persona that wrote it."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.discussions import flows, queries
from mashrabiya.discussions.pages.timing import When, hours_to, when
from mashrabiya.discussions.types import ID_SIZE, Planned
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_LIST = "/me/later"


class Shown(Struct, frozen=True):
    """One that waits, as the list shows it; ``place`` is none where nothing can be posted now."""

    row: Planned
    place: queries.DraftPlace | None

    @property
    def path(self) -> str:
        return f"{self.place.path}?instead={self.row.shown}" if self.place else ""

    @property
    def title(self) -> str:
        return self.row.typed.get("title", "")

    @property
    def when(self) -> When:
        return when(self.row.at)

    @property
    def hours(self) -> int:
        return hours_to(self.row.at)

    @property
    def days(self) -> int:
        """Days for which it lies here yet, where it was not posted."""
        return max(0, self.row.until_day - clock.day())


@routes.get("/me/later", access=Access.PERSONA)
def planned(request: Ask) -> Response[bytes]:
    return _planned(request)


@routes.post("/me/later", access=Access.PERSONA, limit="settings")
def withdraw(request: Ask) -> Response[bytes]:
    """Posted no more: it goes to the drafts."""
    try:
        flows.withdraw(request.db, request.viewer, read_id(request.form.text("post"), ID_SIZE))
    except Refused as refusal:
        return _planned(request, refusal.why)
    return see_other("/me/drafts")


def _planned(request: Ask, why: str = "") -> Response[bytes]:
    with request.db.read() as db:
        rows = queries.planned(db, request.viewer)
        whats = [queries.IN_COMMUNITY + row.cid for row in rows]
        places = queries.places_of_drafts(db, request.viewer, whats)
    shown = [Shown(row, places.get(what)) for row, what in zip(rows, whats, strict=True)]
    shown.sort(key=lambda one: not one.row.is_back)
    return page(request, "discussions/later.html", status=422 if why else 200, planned=shown, why=why)
