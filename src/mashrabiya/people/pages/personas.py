"""The names others see: making, switching, changing and deleting them, and the page of one."""

from collections.abc import Callable
from typing import Any

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.people import commands, flows, queries
from mashrabiya.people.commands import Draft
from mashrabiya.people.pages.again import ask_again, unlock_again
from mashrabiya.people.pages.session import receive
from mashrabiya.people.rules import possible_personas
from mashrabiya.people.types import Persona, State
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.finding import find_route

routes = Routes()


def _mine(request: Ask) -> tuple[list[Persona], int]:
    """Her live personas, and how many she may add now."""
    viewer = request.viewer
    assert viewer.work is not None
    with request.db.read() as db:
        live = queries.own_personas(db, viewer.work, viewer.siblings, request.keys.of("field"))
        spent = queries.spent_seasons(db, viewer.work, live)
    seasons = [persona.season for persona in live]
    return live, possible_personas(seasons, list(spent.values()), clock.quarter())


@routes.get("/me/p", access=Access.ACCOUNT)
def personas(request: Ask) -> Response[bytes]:
    live, possible = _mine(request)
    return page(request, "people/personas.html", personas=live, possible=possible)


def _back(request: Ask, path: str) -> str:
    """Where she was, if that is a page of this house."""
    return path if find_route(request, "GET", path) else ""


@routes.get("/me/p/new", access=Access.ACCOUNT)
def begin_persona(request: Ask) -> Response[bytes]:
    live, possible = _mine(request)
    return page(request, "people/persona_new.html", form={}, wrong={}, possible=possible, first=not live)


@routes.post("/me/p/new", access=Access.ACCOUNT, limit="persona")
def add_persona(request: Ask) -> Response[bytes]:
    form, look = request.form, look_over(request)
    if look.is_due:
        return filled(request, status=422, look=look)
    draft = Draft(form.text("name"), form.text("pronouns"), form.text("about"))
    try:
        cookie = flows.add_persona(request.site, request.viewer, request.visit.cookie, draft)
    except Invalid as wrong:
        return filled(request, wrong.fields, status=422, look=look)
    except Refused as refusal:
        return filled(request, {"name": refusal.why}, status=422, look=look)
    first = not request.viewer.speaks
    receive(request, cookie, moves=True)
    # Her first evening begins at home; who adds a name is about to furnish it.
    return see_other("/" if first else "/me/p/edit")


def filled(
    request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200, look: Any = None
) -> Response[bytes]:
    """The form of a new persona with what was typed."""
    live, possible = _mine(request)
    return page(
        request,
        "people/persona_new.html",
        status=status,
        form=_words(request, look),
        look=look,
        wrong=wrong or {},
        possible=possible,
        first=not live,
    )


@routes.post("/me/p/switch", access=Access.ACCOUNT, limit="settings")
def switch(request: Ask) -> Response[bytes]:
    slot = request.form.number("slot", usual=0, least=0, most=15)
    cookie = flows.switch(request.site, request.viewer, request.visit.cookie, slot)
    receive(request, cookie, moves=True)
    return see_other(_back(request, request.form.text("back")) or "/me/p")


def _current(request: Ask) -> Persona:
    live, _ = _mine(request)
    found = next((persona for persona in live if persona.slot == request.viewer.slot), None)
    if found is None:
        raise NotFound
    return found


def look_over(request: Ask) -> Any:
    """What she is called and says of herself, looked through by a room above this one before others read it."""
    return request.site.rooms["look_over"](request.form, "about")


def _words(request: Ask, look: Any) -> dict[str, str]:
    return request.form.typed | (look.texts if look else {})


def _edit(
    request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200, look: Any = None
) -> Response[bytes]:
    current = _current(request)
    return page(
        request,
        "people/persona_edit.html",
        status=status,
        persona=current,
        closed=bool(current.state & State.CLOSED),
        quiet=bool(current.state & State.QUIET),
        form=_words(request, look),
        look=look,
        wrong=wrong or {},
    )


@routes.get("/me/p/edit", access=Access.PERSONA)
def begin_edit(request: Ask) -> Response[bytes]:
    return _edit(request)


@routes.post("/me/p/edit", access=Access.PERSONA, limit="persona")
def edit(request: Ask) -> Response[bytes]:
    form, look = request.form, look_over(request)
    if look.is_due:
        return _edit(request, status=422, look=look)
    draft = Draft("", form.text("pronouns"), form.text("about"))
    try:
        with request.db.write() as uow:
            commands.describe_persona(uow, request.viewer, draft, keys=request.keys)
            nobody = form.choice("seen", ("shared", "nobody"), "shared") == "nobody"
            quiet = form.choice("replies", ("all", "none"), "all") == "none"
            commands.show_page_to(uow, request.viewer, nobody=nobody, quiet=quiet, keys=request.keys)
    except Invalid as wrong:
        return _edit(request, wrong.fields, status=422, look=look)
    return see_other("/me/p")


@routes.post("/me/p/name", access=Access.PERSONA, limit="persona")
def rename(request: Ask) -> Response[bytes]:
    look = look_over(request)
    if look.is_due:
        return _edit(request, status=422, look=look)
    try:
        with request.db.write() as uow:
            old = commands.rename_persona(uow, request.viewer, request.form.text("name"), keys=request.keys)
    except Invalid as wrong:
        return _edit(request, wrong.fields, status=422)
    return _renamed(request, old) if old else see_other("/me/p/edit")


def _renamed(request: Ask, old: str) -> Response[bytes]:
    """Where others typed the old name: found now, shown this once, and kept nowhere."""
    find: Callable[..., Any] | None = request.site.rooms.get("typed")
    if find is None:
        return see_other("/me/p/edit")
    with request.db.read() as db:
        found = find(db, request.viewer, old)
    if not (found.posts or found.stopped):
        return see_other("/me/p/edit")
    return page(request, "people/renamed.html", found=found)


@routes.post("/me/p/tile", access=Access.PERSONA, limit="persona")
def another_tile(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        commands.draw_another_tile(uow, request.viewer)
    return see_other("/me/p/edit")


@routes.get("/me/p/delete", access=Access.PERSONA)
def begin_delete(request: Ask) -> Response[bytes]:
    return page(request, "people/persona_delete.html", persona=_current(request), form={}, wrong={})


@routes.post("/me/p/delete", access=Access.PERSONA, limit="passphrase")
def delete(request: Ask) -> Response[bytes]:
    try:
        unlock_again(request)
    except Invalid as wrong:
        return ask_again(request, "people/persona_delete.html", wrong, persona=_current(request))
    remove = request.form.choice("posts", ("remove", "leave"), "leave") == "remove"
    cookie = flows.drop_persona(request.site, request.viewer, request.visit.cookie, remove_posts=remove)
    receive(request, cookie, moves=True)
    return see_other("/me/p")


@routes.get("/p/{pub:str}", access=Access.ANYONE)
def persona_page(request: Ask, pub: str) -> Response[bytes]:
    acquainted = request.site.rooms.get("acquainted", queries.strangers)
    with request.db.read() as db:
        # Asked first and always: the same work, whether there is such a page for her or none.
        vouching = request.site.rooms["vouching"](db, request.viewer)
        found = queries.persona_page(db, request.viewer, pub, acquainted=acquainted)
    return page(request, "people/persona.html", persona=found, vouching=vouching and not found.is_own)
