"""The tags of a place, for whoever runs it: a page of all of them, and one of each."""

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.forms import tags as forms
from mashrabiya.communities.types import ID_SIZE, CommunityFacts, PlaceTag
from mashrabiya.communities.types.tags import TAGS
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over

routes = Routes()
UNSEEN = Look()


@routes.get("/c/{cid:str}/edit/tags", access=Access.PERSONA)
def begin_tags(request: Ask, cid: str) -> Response[bytes]:
    return _tags(request, cid)


@routes.post("/c/{cid:str}/edit/tags", access=Access.PERSONA, limit="settings")
def tags(request: Ask, cid: str) -> Response[bytes]:
    """One more, or another order."""
    raw, form = read_id(cid, ID_SIZE), request.form
    if form.text("n"):
        with request.db.write() as uow:
            at = form.number("at", usual=0, least=0, most=TAGS)
            commands.put_tag(uow, request.viewer, raw, forms.tag_number(form.text("n")), at=at)
        return see_other(f"/c/{cid}/edit/tags")
    look = _look(request)
    if look.is_due:
        return _tags(request, cid, look=look)
    try:
        with request.db.write() as uow:
            commands.add_tag(uow, request.viewer, raw, forms.read_tag(form))
    except Invalid as wrong:
        return _tags(request, cid, wrong.fields)
    return see_other(f"/c/{cid}/edit/tags")


@routes.get("/c/{cid:str}/edit/tags/{n:str}", access=Access.PERSONA)
def begin_tag(request: Ask, cid: str, n: str) -> Response[bytes]:
    return _tag(request, cid, n)


@routes.post("/c/{cid:str}/edit/tags/{n:str}", access=Access.PERSONA, limit="settings")
def tag(request: Ask, cid: str, n: str) -> Response[bytes]:
    """Call it otherwise; or offer it no longer, or again."""
    raw, number, form = read_id(cid, ID_SIZE), forms.tag_number(n), request.form
    look = UNSEEN if form.text("offer") else _look(request)
    if look.is_due:
        return _tag(request, cid, n, look=look)
    try:
        with request.db.write() as uow:
            if form.text("offer"):
                commands.retire_tag(uow, request.viewer, raw, number, on=form.text("offer") == "no")
            else:
                new, was = forms.read_tag(form), forms.read_was(form)
                commands.rename_tag(uow, request.viewer, raw, number, new=new, was=was)
    except Invalid as wrong:
        return _tag(request, cid, n, wrong.fields)
    except Conflict as trouble:
        return _tag(request, cid, n, {"ar": trouble.why})
    return see_other(f"/c/{cid}/edit/tags")


def _own(request: Ask, cid: str) -> CommunityFacts:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may_edit(request.viewer, community).or_raise()
    return community


def _look(request: Ask) -> Look:
    watch = Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN))
    return look_over(request.form, "ar", "en", watch=watch)


def _tags(
    request: Ask, cid: str, wrong: dict[str, str] | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    community, back = _own(request, cid), bool(wrong or look.is_due)
    return page(
        request,
        "communities/tags.html",
        status=422 if back else 200,
        community=community,
        most=TAGS,
        full=bool(rules.wrong_count(community.all_tags, new=True)),
        form=request.form.typed | look.texts if back else {},
        look=look,
        wrong=wrong or {},
    )


def _tag(
    request: Ask, cid: str, n: str, wrong: dict[str, str] | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    community, back = _own(request, cid), bool(wrong or look.is_due)
    tag = _find(community, forms.tag_number(n))
    typed = request.form.typed | look.texts if back else {}
    return page(
        request,
        "communities/tag.html",
        status=422 if back else 200,
        community=community,
        tag=tag,
        form={"ar": tag.ar, "en": tag.en} | typed,
        look=look,
        wrong=wrong or {},
    )


def _find(community: CommunityFacts, number: int) -> PlaceTag:
    found = next((tag for tag in community.all_tags if tag.n == number), None)
    if found is None:
        raise NotFound
    return found
