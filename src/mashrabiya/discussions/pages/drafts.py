"""Drafts: what the persona in use has written and not posted, for its person alone."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.discussions import queries
from mashrabiya.discussions.pages.drafting import shelf
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, NotFound
from mashrabiya.people import commands
from mashrabiya.people import queries as people
from mashrabiya.people.rules.notes import first_line
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.people.types import DRAFT_DAYS, KeptDraft
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_LIST = "/me/drafts"


class Shown(Struct, frozen=True):
    """A draft as a page shows it; ``place`` is none where it cannot be gone on with."""

    draft: KeptDraft
    place: queries.DraftPlace | None

    @property
    def path(self) -> str:
        return f"{_LIST}/{self.draft.number}"

    @property
    def since(self) -> int:
        return self.draft.day * clock.DAY

    @property
    def left(self) -> int:
        """Days until its time is over."""
        return self.draft.day + DRAFT_DAYS - clock.day()

    @property
    def title(self) -> str:
        return self.draft.fields.get("title", "")

    @property
    def body(self) -> str:
        return self.draft.fields.get("body", "")

    @property
    def first(self) -> str:
        return first_line(self.title or self.body)

    @property
    def is_thread(self) -> bool:
        return self.draft.what[:1] == b"c"


@routes.get("/me/drafts", access=Access.PERSONA)
def drafts(request: Ask) -> Response[bytes]:
    return _drafts(request)


@routes.post("/me/drafts", access=Access.PERSONA, limit="settings")
def let_go(request: Ask) -> Response[bytes]:
    """Let one go, as the page showed it."""
    number = request.form.number("number", usual=MOST, least=0, most=MOST)
    try:
        with request.db.write() as uow:
            commands.drop_draft(uow, request.viewer, number, version=request.form.text("mark"))
    except Conflict:
        return _drafts(request, changed=True)
    return see_other(_LIST)


@routes.get("/me/drafts/{number:str}", access=Access.PERSONA)
def go_on(request: Ask, number: str) -> Response[bytes]:
    """To where it is written on; where that is closed or gone, the words alone."""
    if not (number.isascii() and number.isdigit()) or len(number) > 3:
        raise NotFound
    with request.db.read() as db:
        draft = people.get_draft(db, request.viewer, int(number))
        place = queries.places_of_drafts(db, request.viewer, [draft.what]).get(draft.what)
    if place is None:
        return page(request, "discussions/draft.html", one=Shown(draft, None))
    return see_other(f"{place.path}?draft={draft.number}{place.at}")


def _drafts(request: Ask, *, changed: bool = False) -> Response[bytes]:
    with request.db.read() as db:
        found = shelf(request, db)
        kept = found.drafts if found else []
        places = queries.places_of_drafts(db, request.viewer, [one.what for one in kept])
    shown = [Shown(one, places.get(one.what)) for one in kept]
    status = 409 if changed else 200
    return page(request, "discussions/drafts.html", status=status, drafts=shown, changed=changed)
