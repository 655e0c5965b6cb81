"""For a person whom the whole house is closed to: her case, and a way to take everything with her."""

from __future__ import annotations

from typing import Any

from mashrabiya.kernel.errors import Busy, Refused
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import queries
from mashrabiya.people.flows.entering import WRONG, Unlocked
from mashrabiya.people.flows.second import unlock_excluded
from mashrabiya.people.pages.account import delete_as_asked
from mashrabiya.people.pages.session import give_back
from mashrabiya.people.pages.toll import limits_of
from mashrabiya.people.sealed.vault import folded_name
from mashrabiya.people.types import Persona
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()
# Leaving quickly, and help now with all that lies under it, are closed to nobody; nor is a copy of what is hers, taking an experience back, nor objecting.
_OPEN = ("/g", "/h", "/in/copy", "/in/e", "/in/o")


class NotOpened(Exception):
    """Not her account, or not now: ``why`` as a key of the catalogues, ``status`` of the answer."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.why, self.status = why, status


def show_case(request: Ask) -> Response[bytes] | None:
    """In place of every page that her open session asks for; sending goes the way of those without one."""
    path = request.scope["path"]
    if request.is_api or request.scope["method"] != "GET" or path in _OPEN or path.startswith("/h/"):
        return None
    return case_page(request, request.viewer.case, personas=_mine(request))


def _mine(request: Ask) -> list[Persona]:
    with request.db.read() as db:
        found = queries.find_core(db, request.keys.of("sess"), request.visit.cookie)
        if found is None:
            return []
        core = found[1]
        return queries.own_personas(db, core.work, core.siblings, request.keys.of("field"))


def case_page(request: Ask, case: bytes, *, personas: list[Persona] | None = None) -> Response[bytes]:
    """Which case closed the house to her, why and how long, what she said to it and was answered, a way to a copy, and the form that deletes her account.

    Whoever is met by the case is asked for by her own keys: nobody else is shown this page of it.
    """
    decided = request.site.rooms.get("decided")
    with request.db.read() as db:
        found = decided(db, request.keys, case) if decided else None
    return _page(request, 403, case=show_id(case), found=found, personas=personas or [])


@routes.post("/in/delete", access=Access.ANYONE)
def delete(request: Ask) -> Response[bytes]:
    try:
        who = unlock_closed(request)
    except NotOpened as no:
        return _again(request, no.why, no.status)
    delete_as_asked(request, who)
    give_back(request)
    return page(request, "people/deleted.html")


def unlock_closed(request: Ask) -> Unlocked:
    """The account of somebody whom the house is closed to, slowed like any other attempt, or NotOpened."""
    limits, form = limits_of(request), request.form
    name = folded_name(form.text("name"))
    if limits.name_wait(name):
        raise NotOpened("signin.later", 429)
    limits.count_try(name)
    try:
        return unlock_excluded(request.site, form.text("name"), form.raw("pass"), form.text("code"))
    except Refused:
        limits.count_miss(name)
        raise NotOpened(WRONG, 422) from None
    except Busy:
        raise NotOpened("signin.busy", 503) from None


def _again(request: Ask, why: str, status: int) -> Response[bytes]:
    return _page(request, status, form=request.form.typed, wrong={"pass": why})


def _page(request: Ask, status: int, *, found: Any = None, **values: Any) -> Response[bytes]:
    usual: dict[str, Any] = {
        "case": "",
        "decision": found.decision if found else None,
        "appeal": found.appeal if found else None,
        "personas": [],
        "form": {},
        "wrong": {},
    }
    return page(request, "people/excluded.html", status=status, **usual | values)
