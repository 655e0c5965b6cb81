"""For a person whom the whole house is closed to: her case, and a way to take everything with her."""

from mashrabiya.kernel.errors import Busy, Refused
from mashrabiya.people import flows
from mashrabiya.people.flows.entering import WRONG
from mashrabiya.people.pages.toll import limits_of
from mashrabiya.people.sealed.vault import folded_name
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


def case_page(request: Ask, case: bytes) -> Response[bytes]:
    """Which case closed the house to her, and the form that deletes her account."""
    return page(request, "people/excluded.html", status=403, case=case.hex(), form={}, wrong={})


@routes.post("/in/delete", access=Access.ANYONE)
def delete(request: Ask) -> Response[bytes]:
    form, limits = request.form, limits_of(request)
    name = folded_name(form.text("name"))
    if limits.name_wait(name):
        return _again(request, "signin.later", 429)
    limits.count_try(name)
    try:
        who = flows.unlock_excluded(request.site, form.text("name"), form.raw("pass"))
    except Refused:
        limits.count_miss(name)
        return _again(request, WRONG, 422)
    except Busy:
        return _again(request, "signin.busy", 503)
    remove = form.choice("posts", ("remove", "leave"), "leave") == "remove"
    at_once = form.choice("when", ("later", "now"), "later") == "now"
    unnamed = form.flag("unnamed")
    flows.delete_account(request.site, who, remove_posts=remove, at_once=at_once, unnamed_too=unnamed)
    return page(request, "people/deleted.html")


def _again(request: Ask, why: str, status: int) -> Response[bytes]:
    typed = request.form.typed
    return page(request, "people/excluded.html", status=status, case="", form=typed, wrong={"pass": why})
