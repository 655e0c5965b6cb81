"""Taking a role in the house that two people have given: by a code, with the persona in use."""

from mashrabiya.kernel.errors import Invalid
from mashrabiya.people import commands
from mashrabiya.people.sealed import codes
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


@routes.get("/me/role", access=Access.PERSONA)
def begin(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/me/role", access=Access.PERSONA, limit="settings")
def take(request: Ask) -> Response[bytes]:
    code = codes.read(request.form.text("code"))
    try:
        with request.db.write() as uow:
            grant = commands.accept_role(uow, request.viewer, code, keys=request.keys)
    except Invalid as wrong:
        return _page(request, wrong)
    return page(request, "people/role_taken.html", roles=sorted(grant.roles))


def _page(request: Ask, wrong: Invalid | None = None) -> Response[bytes]:
    return page(
        request,
        "people/role.html",
        status=422 if wrong else 200,
        form=request.form.typed,
        wrong=wrong.fields if wrong else {},
    )
