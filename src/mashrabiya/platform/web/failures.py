"""The pages of what went wrong. Nothing else in the house knows a status code for a failure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from mashrabiya.kernel.errors import Busy, Conflict, Failure, Invalid, NotFound, Refused, SecondLook, TooMany
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.web.answers import Response, page, refused_json
from mashrabiya.platform.web.ask import Ask
from mashrabiya.platform.web.finding import find_route
from mashrabiya.platform.web.routes import Route

API_WORDS: dict[type[Failure], tuple[str, int]] = {
    NotFound: ("not_found", 404),
    Refused: ("refused", 403),
    Conflict: ("conflict", 409),
    Invalid: ("invalid", 422),
    TooMany: ("too_many", 429),
    Busy: ("busy", 503),
    SecondLook: ("second_look", 409),
}
SIGNED_OUT, NO_SUCH_METHOD, TOO_LARGE, OURS = (
    ("signed_out", 401),
    ("method", 405),
    ("too_large", 413),
    ("ours", 500),
)


class Wrong(msgspec.Struct, frozen=True, omit_defaults=True):
    """Every refusal to a program: one short word.

    ``second_look`` says what was found in the words sent, by kind (``phone``, ``email``, ``handle``, ``place``,
    ``id``, ``bank``, ``plate``, and ``words`` for what is often said to hurt or what a rule of the place asks about):
    shown to their author, they are sent again as seen, or without it.
    """

    error: Literal[
        "not_found",
        "refused",
        "conflict",
        "second_look",
        "invalid",
        "too_many",
        "busy",
        "signed_out",
        "method",
        "too_large",
        "ours",
    ]
    found: list[str] = []


def answer(request: Ask, failure: Failure) -> Response[bytes]:
    """The page, or the JSON, for a failure."""
    if request.is_api:
        word, status = API_WORDS[type(failure)]
        return refused_json(word, status, found=failure.found if isinstance(failure, SecondLook) else ())
    if isinstance(failure, NotFound):
        return nothing_there(request)
    if isinstance(failure, TooMany):
        return _words(request, "error.wait", 429, minutes=-(-failure.after // 60))
    if isinstance(failure, Busy):
        return _words(request, "error.busy", 503)
    if isinstance(failure, Refused | Conflict):
        return _words(request, failure.why, 403 if isinstance(failure, Refused) else 409)
    return _words(request, "error.stale", 422)


def not_found(request: Ask) -> Response[bytes]:
    """The one page for everything that is not there, or not for this viewer: always the same bytes."""
    if request.is_api:
        return refused_json(*API_WORDS[NotFound])
    visit = request.visit
    visit.viewer = Viewer.visitor(visit.tongue)
    return page(request, "platform/missing.html", status=404)


def nothing_there(request: Ask) -> Response[bytes]:
    """Somebody signed in sent words to what is not there, or not any more: she has them back."""
    if request.viewer.is_member and request.form.words:
        return _words(request, "error.not_found", 404)
    return not_found(request)


def without_session(request: Ask) -> Response[bytes]:
    """Reading: the neutral 404. Sending: a neutral page that keeps what was typed."""
    if request.is_api:
        return refused_json(*SIGNED_OUT)
    if request.method != "POST":
        return not_found(request)
    return keep_typed(request, "signin.ended", 200)


def no_such_method(known: Iterable[str]) -> Response[bytes]:
    """A JSON door that is there, asked in a way that it does not know. Which doors there are is public."""
    refused = refused_json(*NO_SUCH_METHOD)
    refused.headers["allow"] = ", ".join(sorted(known))
    return refused


def keep_typed(request: Ask, key: str, status: int) -> Response[bytes]:
    """A page of constant frame with the typed words and a way to sign in."""
    visit = request.visit
    visit.viewer = Viewer.visitor(visit.tongue)
    return page(
        request,
        "platform/typed.html",
        status=status,
        why=key,
        kept=request.form.words,
        kept_path=request.scope["path"],
    )


def too_much(request: Ask) -> Response[bytes]:
    """More than one form may bring. It was not read, so it can only be asked for again, shorter.

    Answered before anybody looks whether the address is real: so it leads nowhere.
    """
    if request.is_api:
        return refused_json(*TOO_LARGE)
    return _words(request, "error.too_large", 413, leads=False)


def stale(request: Ask) -> Response[bytes]:
    """The form was not ours or too old: nothing happened, and the words are still here."""
    return _words(request, "error.stale", 403)


def ours(request: Ask, route: Route) -> Response[bytes]:
    """Something failed on our side."""
    if route.api:
        return refused_json(*OURS)
    return _words(request, "error.ours", 500)


def _words(request: Ask, key: str, status: int, *, leads: bool = True, **values: object) -> Response[bytes]:
    kept, path = request.form.words, request.scope["path"]
    # Where nothing was typed but secrets, nothing is said to be here still; and a way back to the form.
    why = key if kept else _WITHOUT_WORDS.get(key, key)
    again = leads and status != 404 and bool(find_route(request, "GET", path))
    return page(request, "platform/refused.html", status=status, why=why, kept=kept, again=again, **values)


_WITHOUT_WORDS = {
    "error.stale": "error.stale_bare",
    "error.ours": "error.ours_bare",
    "error.busy": "error.busy_bare",
}
