"""Trying a name, pronouns and a form of address on, before using them anywhere. Nothing is kept."""

import secrets

import msgspec

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.people import flows
from mashrabiya.people.commands.personas import LONGEST_PRONOUNS, SEED_BYTES
from mashrabiya.people.pages.personas import filled
from mashrabiya.people.rules import check_name, is_ours
from mashrabiya.people.rules.names import LONGEST, tidy
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
FORMS = ("n", "f", "m")


class Tried(msgspec.Struct, frozen=True):
    """What she tries; ``hints`` are keys of texts: why a persona could not be called that."""

    name: str
    pronouns: str
    address: str
    seed: bytes
    hints: list[str]


@routes.get("/me/try", access=Access.ACCOUNT)
def begin(request: Ask) -> Response[bytes]:
    return page(request, "people/try.html", form={}, address=request.viewer.tongue.address, tried=None)


@routes.post("/me/try", access=Access.ACCOUNT)
def try_on(request: Ask) -> Response[bytes]:
    tried = _tried(request)
    mine = request.viewer.tongue
    others = [code for code in request.house.languages if code != mine.language]
    return page(
        request,
        "people/try.html",
        status=200 if tried.name else 422,
        form=request.form.typed,
        address=tried.address,
        tried=tried,
        spoken_html=_spoken(request, tried, mine.language),
        elsewhere=[_spoken(request, tried, code, glimpse=True) for code in others],
    )


def _tried(request: Ask) -> Tried:
    form = request.form
    name, pronouns = tidy(form.text("name")), " ".join(harmless(form.text("pronouns")).split())
    ours = "persona.name_ours" if is_ours(name, *request.house.name.values()) else None
    hints = [check_name(name) or ours, "persona.pronouns_long" if len(pronouns) > LONGEST_PRONOUNS else None]
    return Tried(
        harmless(name)[: 2 * LONGEST],
        pronouns[: 2 * LONGEST_PRONOUNS],
        form.choice("address", FORMS, "n"),
        secrets.token_bytes(SEED_BYTES),
        [hint for hint in hints if hint],
    )


def _spoken(request: Ask, tried: Tried, language: str, *, glimpse: bool = False) -> str:
    """How the house speaks to her in a language, with the form of address that she tries."""
    mine = request.viewer.tongue
    tongue = Tongue.of(language, tried.address, mine.digits if language == mine.language else "")
    return request.site.templates.render("people/_tried.html", tongue, {"tried": tried, "glimpse": glimpse})


@routes.post("/me/try/persona", access=Access.ACCOUNT)
def make_persona(request: Ask) -> Response[bytes]:
    """The form of a new persona with these words in it. She sends it, or does not."""
    return filled(request)


@routes.post("/me/try/speak", access=Access.ACCOUNT, limit="settings")
def speak_like_this(request: Ask) -> Response[bytes]:
    address = request.form.choice("address", FORMS, "n")
    flows.alter_preferences(request.site, request.visit.cookie, address=address)
    return see_other("/me?saved=1")
