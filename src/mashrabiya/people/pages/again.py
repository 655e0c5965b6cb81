"""Name and passphrase once more, before a step that cannot be undone."""

from __future__ import annotations

from typing import Any

from mashrabiya.kernel.errors import Busy, Invalid, Refused
from mashrabiya.people.flows.entering import Unlocked, confirm
from mashrabiya.people.pages.toll import limits_of
from mashrabiya.people.sealed.vault import folded_name
from mashrabiya.platform.web import Ask, Response, page
from mashrabiya.platform.words import suggest_passphrase


def unlock_again(request: Ask) -> Unlocked:
    """The account of this session, slowed like any other attempt; Invalid where the two are not right."""
    limits, name = limits_of(request), folded_name(request.form.text("name"))
    if limits.name_wait(name):
        raise Invalid({"pass": "signin.later"})
    limits.count_try(name)
    try:
        return confirm(request.site, request.viewer, request.form.text("name"), request.form.raw("pass"))
    except Refused:
        limits.count_miss(name)
        raise Invalid({"pass": "signin.wrong"}) from None
    except Busy:
        raise Invalid({"pass": "signin.busy"}) from None


def ask_again(request: Ask, template: str, wrong: Invalid, /, **values: Any) -> Response[bytes]:
    """The form as it was typed, with what is wrong beside it."""
    return page(
        request,
        template,
        status=422,
        wrong=wrong.fields,
        form=request.form.typed,
        suggested_pass=suggest_words(request),
        **values,
    )


def suggest_words(request: Ask) -> str:
    return suggest_passphrase(request.viewer.tongue.language)
