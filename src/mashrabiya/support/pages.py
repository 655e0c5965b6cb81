"""The door of help now."""

from __future__ import annotations

from mashrabiya.platform.web import Access, Ask, Response, Routes, page
from mashrabiya.support import rules
from mashrabiya.support.sheet import POLICY, SHEET
from mashrabiya.support.types import Line

routes = Routes()
_COUNTRY = 2


@routes.get("/h", access=Access.ANYONE)
def help_now(request: Ask) -> Response[bytes]:
    # Which situation stands open; an address that names it would stay in the history of the browser.
    return _sheet(request, about=request.query("s"), whole=bool(request.query("all")))


@routes.post("/h", access=Access.ANYONE, limit="search", tokenless=True)
def of_country(request: Ask) -> Response[bytes]:
    """The page itself is the answer: which country it was stands in no address, no log and no row."""
    chosen = request.form.text("pick_country")[:_COUNTRY]
    return _sheet(request, chosen=chosen, whole=request.form.flag("all"))


def _sheet(request: Ask, *, about: str = "", chosen: str = "", whole: bool = False) -> Response[bytes]:
    lines = _lines(request)
    countries = rules.countries(lines)
    groups = rules.by_country(lines, chosen)
    many = not rules.fit(groups, len(countries))
    if many:
        groups = _some(groups, len(countries), chosen)
    answer = page(
        request,
        "support/help.html",
        sheet=SHEET,
        open=whole,
        about=about,
        any=bool(lines),
        groups=groups,
        countries=countries,
        chosen=chosen,
        many=many and not chosen,
        laws="law_of" in request.site.rooms,
    )
    answer.headers["content-security-policy"] = POLICY
    return answer


def _some(groups: list[rules.Group], choices: int, chosen: str) -> list[rules.Group]:
    """Of one country as many as fit, the most urgent first; of all none but those that serve everybody, where they fit."""
    if not chosen:
        groups = [group for group in groups if not group[0]]
    while groups and not rules.fit(groups, choices):
        names, lines = groups[-1]
        groups = [*groups[:-1], (names, lines[:-1])] if len(lines) > 1 else groups[:-1]
    return groups


def _lines(request: Ask) -> list[Line]:
    """What the room that keeps lines has today; none, where there is no such room."""
    room = request.site.rooms.get("lines")
    if room is None:
        return []
    with request.db.read() as db:
        return list(room(db, request.viewer))
