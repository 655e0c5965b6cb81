"""Taking one's own back when the whole house is closed to one: no session, her passphrase each time, the same wait."""

from __future__ import annotations

from contextlib import suppress

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.stories import commands, queries
from mashrabiya.library.stories.types import ID_SIZE, Row
from mashrabiya.people.flows.entering import as_she_was
from mashrabiya.people.pages.excluded import NotOpened, unlock_closed
from mashrabiya.platform.web import Access, Ask, Form, Response, Routes, page

routes = Routes()
CHOSEN = "tick_back_"
"""How the boxes are called: with what each experience is found by behind it."""


@routes.get("/in/e", access=Access.ANYONE)
def begin(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/in/e", access=Access.ANYONE)
def take_back(request: Ask) -> Response[bytes]:
    """What is chosen goes; then all that is left of hers. Whoever this door does not open to finds nothing out."""
    chosen = _chosen(request.form)
    try:
        who = unlock_closed(request)
    except NotOpened as no:
        return _page(request, {"pass": no.why}, status=no.status)
    viewer = as_she_was(request.site, who)
    if chosen:
        with request.db.write() as uow:
            commands.take_back_all(uow, viewer, chosen.values())
    with request.db.read() as db:
        return _page(request, found=queries.all_of_hers(db, viewer), gone=bool(chosen))


def _chosen(form: Form) -> dict[str, bytes]:
    """What was ticked, by the names of the boxes."""
    found = dict[str, bytes]()
    for name in form.typed:
        if name.startswith(CHOSEN) and form.flag(name):
            with suppress(NotFound):
                found[name] = read_id(name.removeprefix(CHOSEN), ID_SIZE)
    return found


def _page(
    request: Ask,
    wrong: dict[str, str] | None = None,
    *,
    status: int = 200,
    found: list[Row] | None = None,
    gone: bool = False,
) -> Response[bytes]:
    return page(
        request,
        "library/stories/closed.html",
        status=status,
        found=found,
        gone=gone,
        box=CHOSEN,
        # Until her passphrase is right nothing is listed; what she chose stays chosen.
        kept=list(_chosen(request.form)) if wrong else [],
        form={"name": request.form.typed.get("name", "")},
        wrong=wrong or {},
    )
