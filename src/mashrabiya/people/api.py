"""A session for programs: a token that opens the JSON doors and no page."""

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Busy, NotFound, Refused, TooMany
from mashrabiya.people import flows, queries
from mashrabiya.people.commands import sessions
from mashrabiya.people.flows import Excluded
from mashrabiya.people.queries.sessions import TOKEN_MARK
from mashrabiya.people.schemas import NewSession, Session, SessionPersona
from mashrabiya.people.sealed.vault import folded_name
from mashrabiya.platform.db import Read
from mashrabiya.platform.limits import Limits
from mashrabiya.platform.web import Access, Ask, Response, Routes, answer_json, empty

routes = Routes()


@routes.api(
    "POST",
    "/api/session",
    access=Access.ANYONE,
    takes=NewSession,
    gives=Session,
    fails=(Refused, TooMany, Busy),
)
def begin_session(request: Ask) -> Response[bytes]:
    asked = request.sent(NewSession)
    name = folded_name(asked.sign_in_name)
    limits: Limits = request.site.rooms["limits"]
    # A program does no work for us: from a crowded network it waits, and the page stays open.
    if limits.sign_in_needs_work(request.visit.network):
        raise TooMany(clock.HOUR)
    limits.spend_try(name)
    try:
        cookie = flows.sign_in(
            request.site, asked.sign_in_name, asked.passphrase, code=asked.code, narrow=True
        )
    except (Refused, Excluded):
        limits.count_miss(name)
        raise Refused("signin.wrong") from None
    with request.db.read() as db:
        personas = _personas(request, db, TOKEN_MARK + cookie.text)
    return answer_json(request, Session(TOKEN_MARK + cookie.text, personas))


def _personas(request: Ask, db: Read, token: str) -> list[SessionPersona]:
    found = queries.find_core(db, request.keys.of("sess"), token)
    if found is None:
        raise NotFound
    core = found[1]
    live = queries.own_personas(db, core.work, core.siblings, request.keys.of("field"))
    return [SessionPersona(one.name, one.pub, one.slot == core.slot) for one in live]


@routes.api("DELETE", "/api/session", access=Access.ACCOUNT, status=204)
def end_session(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        sessions.end(uow, request.viewer.sid)
    return empty()
