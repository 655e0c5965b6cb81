"""One guide at the desk: its editions, what is to be done with them, withdrawing it."""

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.library.desk import commands, forms, queries, rules
from mashrabiya.library.desk.types import REASON_LIMIT, Volume, role_key
from mashrabiya.library.guides.types import LANGS, State
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look, look_over

routes = Routes()
UNSEEN = Look()
_ACTS = {
    "drop": commands.drop_draft,
    "agree": commands.agree,
    "take": commands.take_proposed,
    "leave": commands.leave_proposed,
    "anew": commands.read_anew,
}


@routes.get("/y/d/{guide:str}", access=Access.PERSONA)
def guide(request: Ask, guide: str) -> Response[bytes]:
    return _page(request, guide)


@routes.post("/y/d/{guide:str}", access=Access.PERSONA, limit="decide")
def act(request: Ask, guide: str) -> Response[bytes]:
    """What one press does with the text of one language."""
    lang, wish = forms.language(request.form.text("lang")), request.form.choice("wish", tuple(_ACTS))
    if not wish:
        raise NotFound
    try:
        with request.db.write() as uow:
            _ACTS[wish](uow, request.viewer, guide, lang)
    except Refused as refusal:
        return _page(request, guide, wrong={"who": refusal.why})
    request.site.held.refresh()
    return see_other(f"/y/d/{guide}")


@routes.post("/y/d/{guide:str}/z", access=Access.PERSONA, limit="decide")
def withdraw(request: Ask, guide: str) -> Response[bytes]:
    """With a reason, which stands at its address from then on; or back again."""
    look, form = look_over(request.form, "reason_ar", "reason_en"), request.form
    if look.is_due:
        return _page(request, guide, look=look)
    try:
        with request.db.write() as uow:
            if form.text("wish") == "back":
                commands.bring_back(uow, request.viewer, guide)
            else:
                reasons = {lang: forms.words(form, f"reason_{lang}") for lang in ("ar", "en")}
                commands.withdraw(uow, request.viewer, guide, **reasons)
    except Invalid as wrong:
        return _page(request, guide, wrong=wrong.fields)
    request.site.held.refresh()
    return see_other(f"/y/d/{guide}")


def _page(
    request: Ask, shown: str, *, wrong: dict[str, str] | None = None, look: Look = UNSEEN
) -> Response[bytes]:
    with request.db.read() as db:
        desk = queries.get_desk(db, request.viewer)
        volume = queries.get_volume(db, shown)
        gone = queries.find_withdrawn(db, volume.guide.id) if volume.guide.now == State.WITHDRAWN else None
    guide = volume.guide
    # Experiences proposed to this guide: (address, title, language) each, from another room of the library.
    proposed = request.site.rooms.get("proposed")
    return page(
        request,
        "library/desk/guide.html",
        status=422 if wrong or look.is_due else 200,
        volume=volume,
        guide=guide,
        named=volume.titled(request.viewer.tongue.language),
        state=f"library.desk.state_{guide.now.code}",
        reviewed=guide.now == State.REVIEWED,
        checked=clock.date(guide.checked_day) if guide.checked_day else None,
        next=clock.date(guide.next_day),
        gone=gone.reason(request.viewer.tongue.language) if gone else "",
        sides=[_side(volume, lang) for lang in LANGS],
        readers=[role_key(role) for role in rules.readers_of(volume.guide)],
        proposed=proposed(request, volume.guide.id) if proposed else [],
        writes=rules.may_write(desk).allowed,
        edits=rules.may_put_out(desk).allowed,
        keeps=rules.may_keep(desk).allowed,
        limit=REASON_LIMIT,
        look=look,
        form=request.form.typed | look.texts,
        wrong=wrong or {},
    )


def _side(volume: Volume, lang: str) -> dict[str, object]:
    """What there is in one language."""
    out, draft = volume.published(lang), volume.draft(lang)
    return {
        "lang": lang,
        "out": out,
        "draft": draft,
        "proposed": volume.proposed(lang),
        "lags": volume.lags(lang),
        "read": any(volume.was_read(line) for line in (out, draft) if line),
        "waits": [role_key(role) for role in rules.wanted(volume, out)] if out else [],
        "draft_waits": [role_key(role) for role in rules.wanted(volume, draft)] if draft else [],
    }
