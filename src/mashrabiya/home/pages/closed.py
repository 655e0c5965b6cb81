"""A copy for a person whom the whole house is closed to: no session, her passphrase each time, the same wait."""

from mashrabiya.home.copying import Source
from mashrabiya.home.pages.copies import streamed
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.people import commands, queries
from mashrabiya.people.flows.entering import as_she_was
from mashrabiya.people.pages.excluded import NotOpened, unlock_closed
from mashrabiya.people.types import CopyOf
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


@routes.get("/in/copy", access=Access.ANYONE)
def begin(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/in/copy", access=Access.ANYONE)
def copy(request: Ask) -> Response[bytes]:
    try:
        who = unlock_closed(request)
    except NotOpened as no:
        return _page(request, {"pass": no.why}, status=no.status)
    viewer = as_she_was(request.site, who)
    with request.db.read() as db:
        asked = queries.find_copy(db, viewer)
    if asked is not None and asked.is_ready(clock.hour()):
        return streamed(Source.of_her(request.site, viewer, asked.of, who.vault.band))
    if asked is not None:
        return _page(request, hours=asked.ready - clock.hour())
    try:
        with request.db.write() as uow:
            # Everything together: she comes back to none of her names.
            commands.ask_copy(uow, viewer, CopyOf.TOGETHER)
    except Refused as refusal:
        return _page(request, {"pass": refusal.why}, status=403)
    return _page(request, hours=queries.WAIT_HOURS)


def _page(
    request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200, hours: int = 0
) -> Response[bytes]:
    return page(
        request,
        "home/copy_closed.html",
        status=status,
        wait=queries.WAIT_HOURS,
        hours=hours,
        form=request.form.typed if wrong else {},
        wrong=wrong or {},
    )
