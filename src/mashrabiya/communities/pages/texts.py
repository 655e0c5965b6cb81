"""What a place says of itself: on a page of its own, for those who keep its texts and not its doors."""

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.forms import shaping as forms
from mashrabiya.communities.types import ID_SIZE, Power
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over

routes = Routes()
UNSEEN = Look()


@routes.get("/c/{cid:str}/edit/words", access=Access.PERSONA)
def begin_texts(request: Ask, cid: str) -> Response[bytes]:
    return _page(request, cid)


@routes.post("/c/{cid:str}/edit/words", access=Access.PERSONA, limit="settings")
def texts(request: Ask, cid: str) -> Response[bytes]:
    watch = Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN))
    look = look_over(request.form, "about", "agreements", "welcome", watch=watch)
    try:
        if look.is_due:
            return _page(request, cid, look=look)
        with request.db.write() as uow:
            commands.change_texts(uow, request.viewer, read_id(cid, ID_SIZE), forms.read_texts(request.form))
    except Invalid as wrong:
        return _page(request, cid, wrong, look=look)
    return see_other(f"/c/{cid}")


def _page(request: Ask, cid: str, wrong: Invalid | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    with request.db.read() as db:
        community, words = queries.get_words(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may(request.viewer, community, Power.TEXTS).or_raise()
    back = bool(wrong or look.is_due)
    return page(
        request,
        "communities/edit_words.html",
        status=422 if back else 200,
        community=community,
        form=request.form.typed | look.texts if back else forms.texts_typed(community, words),
        look=look,
        submission=request.form.submission,
        wrong=wrong.fields if wrong else {},
    )
