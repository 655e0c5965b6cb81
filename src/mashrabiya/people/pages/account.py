"""Steps that ask the passphrase again: new codes, another passphrase, ending sessions, leaving for good."""

from mashrabiya.kernel.errors import Invalid
from mashrabiya.people import flows
from mashrabiya.people.commands import sessions
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.pages.joining import show_codes
from mashrabiya.people.pages.session import give_back, opened, receive
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.words import suggest_passphrase

routes = Routes()


def _unlock(request: Ask) -> Unlocked:
    """Name and passphrase again; Invalid where they are not right."""
    form = request.form
    return flows.prove(request.site, request.viewer, form.text("name"), form.raw("pass"))


def _again(request: Ask, template: str, wrong: Invalid) -> Response[bytes]:
    return page(
        request,
        template,
        status=422,
        wrong=wrong.fields,
        form=request.form.typed,
        suggested_pass=_words(request),
    )


def _words(request: Ask) -> str:
    return suggest_passphrase(request.viewer.tongue.language)


@routes.get("/me/k", access=Access.ACCOUNT)
def begin_codes(request: Ask) -> Response[bytes]:
    return page(request, "people/codes_new.html", wrong={}, form={})


@routes.post("/me/k", access=Access.ACCOUNT, limit="passphrase")
def new_codes(request: Ask) -> Response[bytes]:
    try:
        who = _unlock(request)
    except Invalid as wrong:
        return _again(request, "people/codes_new.html", wrong)
    return show_codes(request, flows.replace_codes(request.site, who))


@routes.get("/me/pass", access=Access.ACCOUNT)
def begin_passphrase(request: Ask) -> Response[bytes]:
    return page(request, "people/passphrase.html", wrong={}, form={}, suggested_pass=_words(request))


@routes.post("/me/pass", access=Access.ACCOUNT, limit="passphrase")
def new_passphrase(request: Ask) -> Response[bytes]:
    form, slot, own = request.form, request.viewer.slot, opened(request).own_device
    try:
        who = _unlock(request)
        name = form.text("new_name") or form.text("name")
        flows.change_passphrase(request.site, who, name, form.raw("new_pass"))
    except Invalid as wrong:
        return _again(request, "people/passphrase.html", _as_new(wrong))
    receive(request, flows.enter(request.site, who, own=own, slot=slot))
    return see_other("/me?saved=1")


def _as_new(wrong: Invalid) -> Invalid:
    """What is wrong with the new pair stands beside the new pair."""
    names = {"name": "new_name"}
    fields = {names.get(field, field): why for field, why in wrong.fields.items()}
    why = fields.get("pass", "")
    if why and not why.startswith("signin."):
        fields["new_pass"] = fields.pop("pass")
    return Invalid(fields)


@routes.post("/me/end", access=Access.ACCOUNT)
def end_all(request: Ask) -> Response[bytes]:
    assert request.viewer.work is not None
    with request.db.write() as uow:
        sessions.end_everywhere(uow, request.viewer.work)
    give_back(request)
    return see_other("/in")


@routes.get("/me/delete", access=Access.ACCOUNT)
def begin_delete(request: Ask) -> Response[bytes]:
    return page(request, "people/delete.html", wrong={}, form={})


@routes.post("/me/delete", access=Access.ACCOUNT, limit="passphrase")
def delete(request: Ask) -> Response[bytes]:
    form = request.form
    try:
        who = _unlock(request)
    except Invalid as wrong:
        return _again(request, "people/delete.html", wrong)
    remove = form.choice("posts", ("remove", "leave"), "leave") == "remove"
    at_once = form.choice("when", ("later", "now"), "later") == "now"
    unnamed = form.flag("unnamed")
    flows.delete_account(request.site, who, remove_posts=remove, at_once=at_once, unnamed_too=unnamed)
    give_back(request)
    request.visit.viewer = None
    return page(request, "people/deleted.html")
