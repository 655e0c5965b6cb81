"""Steps that ask the passphrase again: new codes, another passphrase, leaving for good."""

from mashrabiya.kernel.errors import Invalid
from mashrabiya.people import flows, queries
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.pages.again import ask_again, suggest_words, unlock_again
from mashrabiya.people.pages.joining import show_codes
from mashrabiya.people.pages.session import give_back, opened, receive
from mashrabiya.people.types import Persona
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/me/k", access=Access.ACCOUNT)
def begin_codes(request: Ask) -> Response[bytes]:
    return page(request, "people/codes_new.html", wrong={}, form={})


@routes.post("/me/k", access=Access.ACCOUNT, limit="passphrase")
def new_codes(request: Ask) -> Response[bytes]:
    try:
        who = unlock_again(request)
    except Invalid as wrong:
        return ask_again(request, "people/codes_new.html", wrong)
    return show_codes(request, flows.replace_codes(request.site, who))


@routes.get("/me/pass", access=Access.ACCOUNT)
def begin_passphrase(request: Ask) -> Response[bytes]:
    return page(request, "people/passphrase.html", wrong={}, form={}, suggested_pass=suggest_words(request))


@routes.post("/me/pass", access=Access.ACCOUNT, limit="passphrase")
def new_passphrase(request: Ask) -> Response[bytes]:
    form, slot, own = request.form, request.viewer.slot, opened(request).own_device
    try:
        who = unlock_again(request)
        name = form.text("new_name") or form.text("name")
        keep = form.flag("keep_keys")
        flows.change_passphrase(request.site, who, name, form.raw("new_pass"), keep_keys=keep)
    except Invalid as wrong:
        return ask_again(request, "people/passphrase.html", _as_new(wrong))
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


@routes.get("/me/delete", access=Access.ACCOUNT)
def begin_delete(request: Ask) -> Response[bytes]:
    return page(request, "people/delete.html", wrong={}, form={}, personas=_mine(request))


@routes.post("/me/delete", access=Access.ACCOUNT, limit="passphrase")
def delete(request: Ask) -> Response[bytes]:
    try:
        who = unlock_again(request)
    except Invalid as wrong:
        return ask_again(request, "people/delete.html", wrong, personas=_mine(request))
    delete_as_asked(request, who)
    give_back(request)
    request.visit.viewer = None
    return page(request, "people/deleted.html")


def _mine(request: Ask) -> list[Persona]:
    viewer = request.viewer
    assert viewer.work is not None
    with request.db.read() as db:
        return queries.own_personas(db, viewer.work, viewer.siblings, request.keys.of("field"))


def delete_as_asked(request: Ask, who: Unlocked) -> None:
    """Delete her account the way the form says."""
    flows.delete_account(
        request.site,
        who,
        remove=removed(request),
        at_once=is_at_once(request),
        unnamed_too=request.form.flag("unnamed"),
    )


def removed(request: Ask) -> set[int]:
    """The slots whose words she wants gone; of one that the form does not ask about, what it asks for all."""
    form, ways = request.form, ("remove", "leave")
    usual = form.choice("posts", ways, "leave")
    return {slot for slot in range(16) if form.choice(f"posts_{slot}", ways, usual) == "remove"}


def is_at_once(request: Ask) -> bool:
    return request.form.choice("when", ("later", "now"), "later") == "now"
