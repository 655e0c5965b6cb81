"""Roles in the house: what waits for a second person, proposing, agreeing, laying down one's own."""

from mashrabiya.care import commands, forms, queries, rules
from mashrabiya.care.commands.roles import CODE_DAYS
from mashrabiya.care.types import Waiting
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED
from mashrabiya.people.types import TERMS, months_of
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()

_ID_SIZE = 16


@routes.get("/care/roles", access=Access.PERSONA)
def roles_here(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/care/roles", access=Access.PERSONA, limit="decide")
def propose(request: Ask) -> Response[bytes]:
    """Propose that somebody has a role, or no more; or lay down one's own, which takes nobody else."""
    new, wish = forms.read_role(request.form), request.form.text("wish")
    try:
        with request.db.write() as uow:
            if wish == "lay_down":
                commands.lay_down(uow, request.viewer, new.role, keys=request.keys)
            else:
                commands.propose_role(uow, request.viewer, new, keys=request.keys)
    except Invalid as trouble:
        return _page(request, trouble)
    return see_other("/me" if wish == "lay_down" else "/care/roles")


@routes.post("/care/roles/{proposal:str}", access=Access.PERSONA, limit="decide")
def agree(request: Ask, proposal: str) -> Response[bytes]:
    """Be the second who wants it so: a code is in this one answer, and nowhere else. Or take an own proposal back."""
    raw, viewer = read_id(proposal, _ID_SIZE), request.viewer
    with request.db.write() as uow:
        if request.form.text("wish") == "withdraw":
            commands.withdraw_role(uow, viewer, raw, keys=request.keys)
            return see_other("/care/roles")
        code = commands.agree_to_role(uow, viewer, raw, keys=request.keys)
    if not code:
        return see_other("/care/roles")
    return page(request, "care/role_given.html", code=code, days=CODE_DAYS)


def _page(request: Ask, trouble: Invalid | None = None) -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        waiting = [
            Waiting(one, name, one.pid in viewer.siblings, rules.may_second_role(viewer, one, roles).allowed)
            for one, name, roles in queries.roles_waiting(db, viewer, request.keys.of("field"))
        ]
    return page(
        request,
        "care/roles.html",
        status=422 if trouble else 200,
        waiting=waiting,
        terms=[(days, months_of(days)) for days in TERMS],
        left=rules.term_left(viewer),
        own=[role for role in (CARE, HOST, TRUSTED) if viewer.has(role)],
        form=request.form.typed,
        wish=request.form.text("wish") or "give",
        wrong=trouble.fields if trouble else {},
    )
