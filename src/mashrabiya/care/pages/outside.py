"""Objecting when the whole house is closed to one: no session, her passphrase each time."""

from mashrabiya.care import commands, forms, queries, rules
from mashrabiya.care.types import ANSWER_DAYS, Concerned
from mashrabiya.kernel.errors import Invalid
from mashrabiya.people.flows.entering import as_she_was
from mashrabiya.people.pages.excluded import NotOpened, unlock_closed
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


@routes.get("/in/o", access=Access.ANYONE)
def begin(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/in/o", access=Access.ANYONE)
def object_to(request: Ask) -> Response[bytes]:
    """The objection as it stands now, with when it is answered. Sent twice, it is one."""
    words, keys = forms.read_appeal(request.form), request.keys
    # Before the account is opened: a recovery code would be used up for nothing.
    wrong = rules.wrong_appeal(words)
    if wrong:
        return _page(request, wrong, status=422)
    try:
        who = unlock_closed(request)
    except NotOpened as no:
        return _page(request, {"pass": no.why}, status=no.status)
    viewer = as_she_was(request.site, who)
    case = request.site.held["guards"].site_case(viewer) or b""
    try:
        with request.db.write() as uow:
            commands.appeal(uow, viewer, keys, case, words=words)
            found = queries.get_concerned(uow, viewer, keys, case)
    except Invalid as trouble:
        return _page(request, trouble.fields, status=422)
    return _page(request, found=found)


def _page(
    request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200, found: Concerned | None = None
) -> Response[bytes]:
    return page(
        request,
        "care/outside.html",
        status=status,
        found=found,
        answer_days=ANSWER_DAYS,
        form=request.form.typed if wrong else {},
        wrong=wrong or {},
    )
