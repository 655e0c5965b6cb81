"""Doors for what readers say of a guide: that it helped, that something is wrong."""

from __future__ import annotations

from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.guides import commands, forms, rules
from mashrabiya.library.guides.pages.parts import shown
from mashrabiya.library.guides.types import ID_SIZE, WRONG_DAYS, WRONG_LIMIT, Wrong
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over

routes = Routes()
_UNSEEN = Look()


@routes.post("/y/{guide:str}/k", access=Access.ACCOUNT, limit="react")
def helped(request: Ask, guide: str) -> Response[bytes]:
    with request.db.write() as uow:
        wish = request.form.text("helped") != "0"
        commands.mark_helped(uow, request.viewer, read_id(guide, ID_SIZE), wish=wish)
    return see_other(f"/y/{guide}")


@routes.get("/y/{guide:str}/x", access=Access.ANYONE)
def begin_doubt(request: Ask, guide: str) -> Response[bytes]:
    return _doubt(request, guide)


@routes.post("/y/{guide:str}/x", access=Access.ANYONE, limit="report")
def doubt(request: Ask, guide: str) -> Response[bytes]:
    """Visitors say it too: nothing of who says it is asked or kept."""
    found = shown(request, guide)
    rules.may_doubt(request.viewer, found.opened.guide).or_raise()
    watch = Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN))
    look = look_over(request.form, forms.TEXT, watch=watch)
    if look.is_due:
        return _doubt(request, guide, look=look)
    try:
        with request.db.write() as uow:
            which, new = read_id(guide, ID_SIZE), forms.read_wrong(request.form)
            commands.doubt(uow, request.viewer, which, new, lang=found.opened.edition.lang)
    except Invalid as wrong:
        return _doubt(request, guide, wrong.fields, look=look)
    except Refused as refusal:
        return _doubt(request, guide, {"text": refusal.why}, look=look)
    return see_other(f"/y/{guide}?said=1")


def _doubt(
    request: Ask, guide: str, wrong: dict[str, str] | None = None, *, look: Look = _UNSEEN
) -> Response[bytes]:
    found = shown(request, guide)
    rules.may_doubt(request.viewer, found.opened.guide).or_raise()
    return page(
        request,
        "library/guides/wrong.html",
        status=422 if wrong or look.is_due else 200,
        guide=found.opened.guide,
        edition=found.opened.edition,
        steps=found.parts.steps,
        kinds=[(int(kind), f"library.guides.wrong_{kind.code}") for kind in Wrong],
        form=request.form.typed | look.texts,
        look=look,
        submission=request.form.submission,
        wrong=wrong or {},
        limit=WRONG_LIMIT,
        days=WRONG_DAYS,
    )
