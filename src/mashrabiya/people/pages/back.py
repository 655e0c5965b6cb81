"""Coming back with a recovery code: it opens once, whoever asks how often."""

from mashrabiya.kernel.errors import Busy, Invalid, Refused
from mashrabiya.people import flows
from mashrabiya.people.flows import Excluded
from mashrabiya.people.pages.excluded import case_page
from mashrabiya.people.pages.session import receive
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.words import suggest_passphrase

routes = Routes()


@routes.get("/back", access=Access.ANYONE)
def begin(request: Ask) -> Response[bytes]:
    return _form(request)


@routes.post("/back", access=Access.ANYONE, apart=True)
def come_back(request: Ask) -> Response[bytes]:
    form = request.form
    try:
        who = flows.recover(request.site, form.text("code"), form.text("name"), form.raw("pass"))
        receive(request, flows.enter(request.site, who))
    except Invalid as wrong:
        return _form(request, wrong.fields, status=422)
    except Refused as refusal:
        return _form(request, {"code": refusal.why}, status=422)
    except Busy:
        return _form(request, {"code": "signin.busy"}, status=503)
    except Excluded as met:
        return case_page(request, met.case)
    return see_other("/me?back=1")


def _form(request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200) -> Response[bytes]:
    return page(
        request,
        "people/back.html",
        status=status,
        wrong=wrong or {},
        code=request.form.text("code"),
        name=request.form.text("name"),
        passphrase=request.form.raw("pass"),
        suggested_pass=suggest_passphrase(request.viewer.tongue.language),
    )
