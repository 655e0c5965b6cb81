"""Private notes: what the person behind the persona in use writes for herself."""

import msgspec

from mashrabiya.kernel.clock import DAY
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.people import commands, queries
from mashrabiya.people.commands.saved import Keeping
from mashrabiya.people.rules.notes import first_line, title_and_rest
from mashrabiya.people.types import PrivateNote
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_LIST = "/me/notes"


class Shown(msgspec.Struct, frozen=True):
    """A note as a page shows it."""

    path: str
    version: str
    day: int
    first: str
    title: str
    rest: str
    text: str


def _shown(note: PrivateNote) -> Shown:
    title, rest = title_and_rest(note.text)
    first, path = first_line(note.text), f"{_LIST}/{note.number}"
    return Shown(path, note.version, note.day * DAY, first, title, rest, note.text)


@routes.get("/me/notes", access=Access.PERSONA)
def notes(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        shelf = queries.private_shelf(db, request.viewer)
    keeping: Keeping = request.site.rooms["keeping"]
    keeping.put_off(shelf.early)
    shown = [_shown(note) for note in shelf.notes]
    return page(request, "people/notes.html", notes=shown, free=shelf.free)


@routes.get("/me/notes/new", access=Access.PERSONA)
def begin_note(request: Ask) -> Response[bytes]:
    return _new(request)


@routes.post("/me/notes", access=Access.PERSONA, limit="settings")
def write_note(request: Ask) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            commands.write_note(uow, request.viewer, request.form.raw("text"))
    except Invalid as wrong:
        return _new(request, wrong.fields)
    except Refused as refusal:
        return _new(request, {"text": refusal.why})
    return see_other(_LIST)


def _new(request: Ask, wrong: dict[str, str] | None = None) -> Response[bytes]:
    return page(
        request,
        "people/note_edit.html",
        status=422 if wrong else 200,
        note=None,
        text=request.form.raw("text"),
        wrong=wrong or {},
    )


def _number(place: str) -> int:
    """The number in an address, written in one way only."""
    if not (place.isascii() and place.isdigit()) or len(place) > 3 or str(int(place)) != place:
        raise NotFound
    return int(place)


def _get(request: Ask, place: str) -> Shown:
    with request.db.read() as db:
        return _shown(queries.get_private_note(db, request.viewer, _number(place)))


@routes.get("/me/notes/{number:str}", access=Access.PERSONA)
def note(request: Ask, number: str) -> Response[bytes]:
    return page(request, "people/note.html", note=_get(request, number))


@routes.get("/me/notes/{number:str}/edit", access=Access.PERSONA)
def begin_edit(request: Ask, number: str) -> Response[bytes]:
    found = _get(request, number)
    return page(request, "people/note_edit.html", note=found, text=found.text, wrong={})


@routes.post("/me/notes/{number:str}", access=Access.PERSONA, limit="settings")
def rewrite_note(request: Ask, number: str) -> Response[bytes]:
    place, form = _number(number), request.form
    try:
        with request.db.write() as uow:
            commands.rewrite_note(uow, request.viewer, place, form.raw("text"), version=form.text("_version"))
    except Invalid as wrong:
        return _edit_again(request, number, wrong.fields, status=422)
    except Conflict as met:
        return _edit_again(request, number, {"text": met.why}, status=409)
    return see_other(f"{_LIST}/{place}")


def _edit_again(request: Ask, number: str, wrong: dict[str, str], *, status: int) -> Response[bytes]:
    """Her words stand again; where the note is another now, it stands beneath them, to compare."""
    return page(
        request,
        "people/note_edit.html",
        status=status,
        note=_get(request, number),
        text=request.form.raw("text"),
        wrong=wrong,
        changed=status == 409,
    )


@routes.get("/me/notes/{number:str}/delete", access=Access.PERSONA)
def begin_delete(request: Ask, number: str) -> Response[bytes]:
    return page(request, "people/note_delete.html", note=_get(request, number), changed=False)


@routes.post("/me/notes/{number:str}/delete", access=Access.PERSONA, limit="settings")
def delete_note(request: Ask, number: str) -> Response[bytes]:
    place = _number(number)
    try:
        with request.db.write() as uow:
            commands.delete_note(uow, request.viewer, place, version=request.form.text("_version"))
    except Conflict:
        found = _get(request, number)
        return page(request, "people/note_delete.html", status=409, note=found, changed=True)
    return see_other(_LIST)
