"""How the house speaks to her, and where everything else about herself is found."""

import msgspec

from mashrabiya.kernel.content import Note
from mashrabiya.people import flows, queries
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.pages.session import opened
from mashrabiya.people.sealed.tongue import unpack
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.platform.look import keep_look
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_FORMS = ("n", "f", "m")
_DIGITS = ("arab", "latn")
_WAYS = ("fold", "show", "hide")


@routes.get("/me", access=Access.ACCOUNT)
def settings(request: Ask) -> Response[bytes]:
    viewer = request.viewer
    assert viewer.work is not None
    with request.db.read() as db:
        live = queries.own_personas(db, viewer.work, viewer.siblings, request.keys.of("field"))
        # Of unnamed words only rooms above know.
        learned = request.site.rooms.get("learned", lambda *_asked: [])(db, viewer)
        concerned = request.site.rooms.get("concerned", lambda *_asked: False)(db, viewer)
        signed_in = queries.open_sign_ins(db, viewer.work)
    # For everybody or for nobody, as far as can be: who looks over her shoulder learns nothing from it.
    years = not request.house.adults_only or viewer.minor
    return page(
        request,
        "people/me.html",
        personas=live,
        saved=bool(request.query("saved")),
        back=bool(request.query("back")),
        years=years,
        second=viewer.second_factor,
        others=max(0, signed_in - 1),
        closed=bool(request.site.held["guards"].all_cases(viewer)),
        learned=bool(learned),
        concerned=concerned,
    )


@routes.post("/me", access=Access.ACCOUNT, limit="settings")
def change_settings(request: Ask) -> Response[bytes]:
    form = request.form
    language = form.choice("language", request.house.languages, request.viewer.tongue.language)
    if request.visit.choices.language:
        # Else the language chosen in this browser would still stand before the one she saves.
        request.set_cookie(request.visit.choices.speaking(language).header())
    flows.alter_preferences(
        request.site,
        request.visit.cookie,
        language=language,
        address=form.choice("address", _FORMS, "n"),
        digits=form.choice("digits", _DIGITS),
        dark=form.choice("dark", ("d", "l")),
    )
    return see_other("/me?saved=1")


@routes.post("/me/exit", access=Access.ACCOUNT, limit="settings")
def change_exit(request: Ask) -> Response[bytes]:
    shift = request.form.flag("shift")
    flows.alter_preferences(request.site, request.visit.cookie, shift_exit=shift)
    return see_other("/me?saved=1")


@routes.post("/me/look", access=Access.ACCOUNT, limit="settings")
def change_look(request: Ask) -> Response[bytes]:
    discreet = request.form.flag("discreet")
    flows.alter_preferences(request.site, request.visit.cookie, discreet=discreet)
    # What this browser chose by itself would else stand before what she saves.
    keep_look(request, discreet=False)
    return see_other("/me?saved=1")


@routes.get("/me/reading", access=Access.ACCOUNT)
def reading(request: Ask) -> Response[bytes]:
    viewer, kept = request.viewer, _preferences(request)
    own = opened(request).own_device
    return page(request, "people/reading.html", kept=kept, own=own, never=not own or viewer.discreet)


def _preferences(request: Ask) -> Preferences:
    """As she chose them, whatever this sign-in makes of them."""
    with request.db.read() as db:
        found = queries.find_core(db, request.keys.of("sess"), request.visit.cookie)
    return unpack(found[1].preferences) if found else Preferences()


@routes.post("/me/reading", access=Access.ACCOUNT, limit="settings")
def change_reading(request: Ask) -> Response[bytes]:
    keeps, work = request.form.flag("marks"), request.viewer.work
    if not keeps and work is not None:
        marks: Marks = request.site.rooms["marks"]
        marks.drop(work)
    flows.alter_preferences(
        request.site,
        request.visit.cookie,
        forgets=not keeps,
        light=request.form.flag("light"),
        keys=request.form.flag("keys"),
        words=request.form.flag("words"),
    )
    return see_other("/me?saved=1")


class Choice(msgspec.Struct, frozen=True):
    """A kind of content note, and what happens to texts that carry it."""

    code: str
    label: str
    choice: str


@routes.get("/me/content", access=Access.ACCOUNT)
def content(request: Ask) -> Response[bytes]:
    return page(request, "people/content.html", notes=[_chosen(request, note) for note in Note])


def _chosen(request: Ask, note: Note) -> Choice:
    viewer = request.viewer
    shown = "show" if viewer.notes_shown & note else "fold"
    return Choice(note.code, f"note.{note.code}", "hide" if viewer.notes_hidden & note else shown)


@routes.post("/me/content", access=Access.ACCOUNT, limit="settings")
def change_content(request: Ask) -> Response[bytes]:
    asked = {note: request.form.choice(f"note_{note.code}", _WAYS, "fold") for note in Note}
    bits = {way: sum(note for note, choice in asked.items() if choice == way) for way in _WAYS}
    flows.alter_preferences(
        request.site, request.visit.cookie, notes_shown=bits["show"], notes_hidden=bits["hide"]
    )
    return see_other("/me?saved=1")
