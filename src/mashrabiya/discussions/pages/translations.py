"""Doors to the translations of a post: reading, writing and wishing, and the word of whoever wrote it."""

from functools import partial
from typing import Any

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import commands, flows, forms, queries
from mashrabiya.discussions.pages.asked import UNSEEN, Trouble, newcomers, wrong_of
from mashrabiya.discussions.pages.sending import send
from mashrabiya.discussions.pages.showing import PREVIEW, preview_of
from mashrabiya.discussions.types import ID_SIZE, POST_ID_SIZE, WISH_DAYS, Placed
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look

routes = Routes()


@routes.get("/t/{tid:str}/x/{n:str}", access=Access.ANYONE)
def translations(request: Ask, tid: str, n: str) -> Response[bytes]:
    return _all(request, tid, n)


@routes.post("/t/{tid:str}/x/{n:str}", access=Access.ACCOUNT, limit="react")
def wish(request: Ask, tid: str, n: str) -> Response[bytes]:
    into, back = request.form.text("into"), request.form.flag("back")
    raw, number = read_id(tid, ID_SIZE), forms.number(n)
    try:
        with request.db.write() as uow:
            placed = commands.wish_translated(uow, request.viewer, raw, number, lang=into, wish=not back)
    except (Invalid, Refused) as trouble:
        return _all(request, tid, n, trouble)
    return see_other(placed.translations)


@routes.get("/t/{tid:str}/x/{n:str}/w", access=Access.ACCOUNT)
def begin_translation(request: Ask, tid: str, n: str) -> Response[bytes]:
    return _writing(request, tid, n)


@routes.post("/t/{tid:str}/x/{n:str}/w", access=Access.ACCOUNT, limit="reply", shows=(PREVIEW,))
def translate(request: Ask, tid: str, n: str) -> Response[bytes]:
    again = partial(_writing, request, tid, n)
    if request.form.flag(PREVIEW):
        return again()
    raw, number, new = read_id(tid, ID_SIZE), forms.number(n), forms.read_translation(request.form)

    def write(*, sent: Any, allowed: Any, watch: Any) -> Placed:
        with request.db.write() as uow:
            return commands.translate(uow, request.viewer, raw, number, new=new, allowed=allowed, watch=watch)

    return send(request, write, again, spare=flows.heard_in(request.db, request.viewer, raw))


@routes.post("/t/{tid:str}/x/{n:str}/o", access=Access.ACCOUNT, limit="edit")
def decide_on_own(request: Ask, tid: str, n: str) -> Response[bytes]:
    """Whoever wrote the post takes one translation away, or says whether there are any."""
    raw, number, drop = read_id(tid, ID_SIZE), forms.number(n), request.form.text("drop")
    with request.db.write() as uow:
        if drop:
            which = read_id(drop, POST_ID_SIZE)
            placed = commands.take_translation_away(uow, request.viewer, raw, number, translation=which)
        else:
            alone = request.form.text("alone") == "1"
            placed = commands.decide_on_translating(uow, request.viewer, raw, number, alone=alone)
    return see_other(placed.translations)


@routes.post("/t/{tid:str}/x/{n:str}/k", access=Access.ACCOUNT, limit="decide")
def check(request: Ask, tid: str, n: str) -> Response[bytes]:
    raw, number, checked = read_id(tid, ID_SIZE), forms.place(n), request.form.text("checked") == "1"
    with request.db.write() as uow:
        placed = commands.check_translation(uow, request.viewer, raw, number, checked=checked)
    return see_other(placed.link)


@routes.get("/c/{cid:str}/x", access=Access.ANYONE)
def wanted(request: Ask, cid: str) -> Response[bytes]:
    raw = read_id(cid, COMMUNITY_ID_SIZE)
    with request.db.read() as db:
        found = community_queries.get_community(db, request.viewer, raw)
        community_rules.may_read(request.viewer, found).or_raise()
        rows = queries.wanted(db, request.viewer, raw)
    return page(request, "discussions/wanted.html", community=found, rows=rows)


def _all(request: Ask, tid: str, n: str, trouble: Invalid | Refused | None = None) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.translations(db, request.viewer, read_id(tid, ID_SIZE), forms.number(n))
    why = trouble.fields["lang"] if isinstance(trouble, Invalid) else trouble.why if trouble else ""
    return page(
        request,
        "discussions/translations.html",
        status=422 if trouble else 200,
        found=found,
        days=WISH_DAYS,
        wrong={"who": why},
    )


def _writing(
    request: Ask, tid: str, n: str, trouble: Trouble | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    """The form beside the original; with what was typed, also where it can no longer be taken."""
    viewer, raw, number = request.viewer, read_id(tid, ID_SIZE), forms.number(n)
    with request.db.read() as db:
        found = queries.translations(db, viewer, raw, number)
    typed = request.form.typed | look.texts
    if not (found.into or typed) or viewer.face is None:
        return see_other(Placed(raw, number).translations)
    asked = request.query("into")
    usual = asked if asked in found.into else next(iter(found.into), "")
    allowed = newcomers(request).allowance_known(viewer)
    return page(
        request,
        "discussions/translate.html",
        status=422 if trouble or look.is_due else 200,
        found=found,
        languages=[one for one in LANGUAGES if one != found.post.lang],
        form=typed or {"lang": usual},
        preview=preview_of(request, allowed),
        look=look,
        wrong=wrong_of(trouble),
    )
