"""How the house speaks to her, and where everything else about herself is found."""

from mashrabiya.people import flows, queries
from mashrabiya.people.pages.session import opened
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_FORMS = ("n", "f", "m")
_DIGITS = ("arab", "latn")


@routes.get("/me", access=Access.ACCOUNT)
def settings(request: Ask) -> Response[bytes]:
    viewer = request.viewer
    assert viewer.work is not None
    with request.db.read() as db:
        live = queries.own_personas(db, viewer.work, viewer.siblings, request.keys.of("field"))
    return page(
        request, "people/me.html", personas=live, saved=bool(request.query("saved")), opened=opened(request)
    )


@routes.post("/me", access=Access.ACCOUNT, limit="settings")
def change_settings(request: Ask) -> Response[bytes]:
    form = request.form
    flows.alter_preferences(
        request.site,
        request.visit.cookie,
        language=form.choice("language", request.house.languages, request.viewer.tongue.language),
        address=form.choice("address", _FORMS, "n"),
        digits=form.choice("digits", _DIGITS),
        shift_exit=form.flag("shift"),
        dark=form.choice("dark", ("d", "l")),
    )
    return see_other("/me?saved=1")
