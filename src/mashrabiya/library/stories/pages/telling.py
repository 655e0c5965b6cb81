"""Doors of whoever tells one: telling, changing, agreeing, taking back, and finding what is hers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mashrabiya.kernel.errors import Invalid, Refused, SecondLook, TooMany
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.stories import commands, forms, queries, rules
from mashrabiya.library.stories.pages import asked
from mashrabiya.library.stories.types import ID_SIZE, Placed, Row, Told
from mashrabiya.people import queries as people
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.people.types import PrivateNote
from mashrabiya.platform.db import Read
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over
from mashrabiya.safety.trust.newcomers import Newcomers
from mashrabiya.safety.types import Said

routes = Routes()
_NEW, _PATH, _CALL = "/y/e/new", "/y/e/{story:str}", "call"
UNSEEN = Look()
Trouble = Invalid | Refused | SecondLook
Again = Callable[..., Response[bytes]]


@routes.get(_NEW, access=Access.ACCOUNT)
def begin(request: Ask) -> Response[bytes]:
    return _ask(request)


@routes.post(_NEW, access=Access.ACCOUNT, limit="thread", shows=(forms.STEPS,))
def tell(request: Ask) -> Response[bytes]:
    if request.form.flag(forms.STEPS):
        return _ask(request)
    told = forms.read_told(request.form)

    def write(watch: Watch) -> Placed:
        allowed = _newcomers(request).allowance(request.viewer)
        with request.db.write() as uow:
            _refuse_untied(uow, request, told)
            return commands.tell(uow, request.viewer, told, allowed=allowed, watch=watch)

    return _send(request, write, partial(_ask, request))


@routes.get("/y/e/me", access=Access.ACCOUNT)
def own(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.mine(db, request.viewer)
        questions = queries.asked_of_her(db, request.viewer)
    return page(
        request,
        "library/stories/mine.html",
        found=[(row, asked.words_of(request, row)) for row in found],
        asked=questions,
    )


@routes.get(_PATH + "/e", access=Access.ACCOUNT)
def begin_change(request: Ask, story: str) -> Response[bytes]:
    return _change(request, story)


@routes.post(_PATH + "/e", access=Access.ACCOUNT, limit="edit")
def change(request: Ask, story: str) -> Response[bytes]:
    raw, told = read_id(story, ID_SIZE), forms.read_told(request.form)

    def write(watch: Watch) -> Placed:
        with request.db.write() as uow:
            return commands.say_anew(uow, request.viewer, raw, told, watch=watch)

    return _send(request, write, partial(_change, request, story))


@routes.post(_PATH + "/l", access=Access.ACCOUNT, limit="settings")
def agree(request: Ask, story: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.agree(uow, request.viewer, read_id(story, ID_SIZE), forms.read_layers(request.form))
    return see_other(f"/y/e/{story}?ok=1")


@routes.get(_PATH + "/d", access=Access.ACCOUNT)
def begin_taking_back(request: Ask, story: str) -> Response[bytes]:
    return page(request, "library/stories/back.html", row=_own(request, story))


@routes.post(_PATH + "/d", access=Access.ACCOUNT, limit="edit")
def take_back(request: Ask, story: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.take_back(uow, request.viewer, read_id(story, ID_SIZE))
    return see_other("/y/e/me")


def _own(request: Ask, story: str) -> Row:
    with request.db.read() as db:
        return queries.get_own(db, request.viewer, read_id(story, ID_SIZE))


def _refuse_untied(db: Read, request: Ask, told: Told) -> None:
    """Invalid where what it is to stand with is not there."""
    wrong = {}
    if told.guide is not None:
        tie = asked.steps_of(db, request, told.guide)
        if tie is None or not tie.has(told.step):
            wrong["guide"] = "library.stories.guide_gone"
    if told.country and not asked.is_country(told.country):
        wrong["country"] = "library.stories.country_gone"
    if wrong:
        raise Invalid(wrong)


def _newcomers(request: Ask) -> Newcomers:
    room: Newcomers = request.site.rooms["newcomers"]
    return room


def _send(request: Ask, write: Callable[[Watch], Placed], again: Again) -> Response[bytes]:
    """Show once what should be seen before, then write; or the page again, with the reason and all that was typed."""
    form = request.form
    watch = Watch(request.site.held[RULEBOOK], form.raw(SHOWN), cares=True, calls=form.flag(_CALL))
    look = look_over(form, *forms.WORDS, watch=watch)
    if look.is_due:
        return again(look=look)
    try:
        _spend_call(request)
        placed = write(watch)
    except (Invalid, Refused, SecondLook) as trouble:
        return again(trouble=trouble, look=_told_of(trouble, look))
    return see_other(placed.told)


def _spend_call(request: Ask) -> None:
    """Who calls again and again is told that carers know."""
    work = request.viewer.work
    if not request.form.flag(_CALL) or work is None:
        return
    try:
        request.site.spend("call", work.budget_key(), request.visit.network)
    except TooMany:
        raise Refused("call.often") from None


def _told_of(trouble: Trouble, look: Look) -> Look:
    """The look, with what rules of the house say of these words."""
    if isinstance(trouble, Invalid):
        return look
    said = trouble.said if isinstance(trouble, SecondLook) else trouble.values.get("said", ())
    return look.also([one for one in said if isinstance(one, Said)] if isinstance(said, tuple) else [])


def _wrong(trouble: Trouble | None) -> dict[str, str]:
    """What to say beside which field; a refusal stands above them all."""
    if trouble is None or isinstance(trouble, SecondLook):
        return {}
    if isinstance(trouble, Invalid):
        return trouble.fields
    return {} if trouble.values.get("said") else {"who": trouble.why}


def _brought(request: Ask, db: Read) -> PrivateNote | None:
    """The private note that she comes from, if it is there."""
    typed = request.query("note")
    if (
        not (typed.isascii() and typed.isdigit())
        or len(typed) > 3
        or int(typed) >= MOST
        or not request.viewer.speaks
    ):
        return None
    return people.find_private_note(db, request.viewer, int(typed))


def _ask(request: Ask, trouble: Trouble | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    viewer, back = request.viewer, bool(trouble or look.is_due)
    seek = forms.read_seek({"k": "", **{name: request.query(name) for name in "gsc"}}, request.keys)
    typed = request.form.typed | look.texts
    with request.db.read() as db:
        form = typed or forms.begun(_brought(request, db), seek)
        tie = asked.steps_of(db, request, forms.read_guide(form.get("guide", "")))
    return page(
        request,
        "library/stories/tell.html",
        status=422 if back else 200,
        form=form,
        wrong=_wrong(trouble),
        look=look,
        tie=tie,
        guides=asked.guide_ties(request),
        countries=asked.countries(viewer.tongue.language),
        layers=forms.LAYERS,
        allowed=_newcomers(request).allowance_known(viewer),
        **_choices(),
    )


def _change(
    request: Ask, story: str, trouble: Trouble | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    row = _own(request, story)
    rules.may_change(request.viewer, row).or_raise()
    return page(
        request,
        "library/stories/edit.html",
        status=422 if trouble or look.is_due else 200,
        row=row,
        form=(request.form.typed | look.texts) or forms.as_typed(row),
        wrong=_wrong(trouble),
        look=look,
        noted=forms.noted(row),
        **_choices(),
    )


def _choices() -> dict[str, object]:
    return {"situations": forms.ABOUT, "notes": forms.NOTES, "languages": list(LANGUAGES)}
