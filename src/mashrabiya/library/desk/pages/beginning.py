"""Beginning a guide."""

from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.desk import commands, forms, queries, rules
from mashrabiya.library.desk.types import MONTHS, TITLE_LIMIT, role_key
from mashrabiya.library.guides.types import LANGS, Kind, Topic
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/y/d/new", access=Access.PERSONA)
def begin_guide(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/y/d/new", access=Access.PERSONA, limit="edit")
def begin(request: Ask) -> Response[bytes]:
    new = forms.read_guide(request.form)
    try:
        with request.db.write() as uow:
            which = commands.begin(uow, request.viewer, new)
    except Invalid as wrong:
        return _page(request, wrong)
    request.site.held.refresh()
    return see_other(f"/y/d/{show_id(which)}/w/{new.lang}")


def _page(request: Ask, wrong: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        rules.may_put_out(queries.get_desk(db, request.viewer)).or_raise()
    usual = {"lang": request.viewer.tongue.language, "kind": "0", "months": "12"}
    return page(
        request,
        "library/desk/new.html",
        status=422 if wrong else 200,
        languages=LANGS,
        topics=[(str(int(topic)), f"library.guides.topic_{topic.code}") for topic in Topic],
        kinds=[(str(int(kind)), f"library.desk.kind_{kind.code}") for kind in Kind],
        months=MONTHS,
        readers=[(int(role), role_key(role)) for role in forms.READERS],
        notes=[(note.code, f"note.{note.code}") for note in Note],
        form=usual | request.form.typed,
        limit=TITLE_LIMIT,
        wrong=wrong.fields if wrong else {},
    )
