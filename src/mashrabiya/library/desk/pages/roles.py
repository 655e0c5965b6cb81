"""Editorial roles: given and taken away by hosts, laid down by whoever holds one."""

from mashrabiya.kernel.errors import Invalid
from mashrabiya.library.desk import commands, forms, queries
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/o/d", access=Access.HOST)
def holders(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/o/d", access=Access.HOST, limit="settings")
def give_or_take(request: Ask) -> Response[bytes]:
    new = forms.read_duty(request.form)
    try:
        with request.db.write() as uow:
            if request.form.text("wish") == "end":
                commands.take(uow, request.viewer, new.name, new.role)
            else:
                commands.give(uow, request.viewer, new)
    except Invalid as wrong:
        return _page(request, wrong)
    return see_other("/o/d")


@routes.post("/y/d/r", access=Access.PERSONA, limit="settings")
def lay_down(request: Ask) -> Response[bytes]:
    role = forms.read_role(request.form)
    with request.db.write() as uow:
        queries.get_desk(uow, request.viewer)
        commands.lay_down(uow, request.viewer, int(role))
        stays = queries.find_desk(uow, request.viewer)
    return see_other("/y/d" if stays.duties or stays.host else "/")


def _page(request: Ask, wrong: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        rows = queries.holders(db, request.viewer)
    return page(
        request,
        "library/desk/roles.html",
        status=422 if wrong else 200,
        rows=rows,
        roles=forms.duties(),
        terms=forms.terms(),
        form=forms.blank() | request.form.typed,
        wrong=wrong.fields if wrong else {},
    )
