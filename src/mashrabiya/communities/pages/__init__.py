"""Doors of the communities: finding, joining, leaving, founding, editing.

The page of one community shows its threads, so discussions own that address.
"""

from typing import Any

from msgspec.structs import replace

from mashrabiya.communities import commands, flows, forms, queries, rules
from mashrabiya.communities.entering.forms import QUESTION_FIELDS, read_ways
from mashrabiya.communities.pages import ending, handing, shaping, tags, texts
from mashrabiya.communities.types import ID_SIZE, PROTECTED_HOURS, CommunityFacts, Leaving, NewCommunity
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over
from mashrabiya.safety.trust.bursts import Bursts

routes = Routes()
for _room in (ending, handing, shaping, tags, texts):
    routes.all += _room.routes.all
UNSEEN = Look()


@routes.get("/c", access=Access.ANYONE)
def find_communities(request: Ask) -> Response[bytes]:
    asked = {name: request.query(name) for name in forms.ASKED}
    if request.query("q") and not asked["k"]:
        asked["k"] = forms.sealed(request.keys, request.query("q"))
    search = forms.read_search(asked, request.keys)
    with request.db.read() as db:
        found = queries.find(db, request.viewer, search, request.site.rooms.get("same_in"))
    return page(
        request,
        "communities/list.html",
        found=found,
        search=search,
        kept={name: asked[name] for name in forms.FILTERS if asked[name]},
        chips=forms.chips(asked, request.house),
        topic_chips=forms.topic_chips(asked),
        everything=forms.address({}),
        more=forms.address(asked, after=found.after) if found.after else "",
        may_found=rules.may_found(request.viewer, request.house).allowed,
    )


@routes.post("/c", access=Access.ANYONE, limit="search", tokenless=True)
def ask_for_communities(request: Ask) -> Response[bytes]:
    return see_other(forms.ask_again(request.form, request.keys))


@routes.get("/c/new", access=Access.PERSONA)
def begin_community(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        runs = queries.count_run(db, request.viewer)
    rules.may_found(request.viewer, request.house, runs).or_raise()
    form = forms.blank(request.viewer.tongue.language, request.house.retention_days)
    return _found(request, form)


@routes.post("/c/new", access=Access.PERSONA, limit="settings")
def found_community(request: Ask) -> Response[bytes]:
    rules.may_found(request.viewer, request.house).or_raise()
    look = _look(request, *QUESTION_FIELDS)
    try:
        new, ways = forms.read_community(request.form, request.house), read_ways(request.form)
        if look.is_due:
            return _found(request, request.form.typed, look=look)
        with request.db.write() as uow:
            cid = commands.found(uow, request.viewer, new, ways)
            # What was refused for a slip of the pen, or sent twice, costs nothing of the day's few.
            if uow.recorded and request.house.open:
                request.site.spend("found", _budget(request), request.visit.network)
    except Invalid as wrong:
        return _found(request, request.form.typed, wrong, look=look)
    # While the house is being set up, founding is one of its steps.
    return see_other(f"/c/{show_id(cid)}" if request.house.open else "/o/6")


@routes.post("/c/{cid:str}/in", access=Access.PERSONA, limit="join")
def join(request: Ask, cid: str) -> Response[bytes]:
    # Whoever joins in order to answer goes on in the thread that she was reading.
    thread = request.form.text("thread")
    onward = f"/t/{show_id(read_id(thread, ID_SIZE))}#write" if thread else f"/c/{cid}"
    with request.db.write() as uow:
        commands.join(uow, request.viewer, read_id(cid, ID_SIZE))
        new = bool(uow.recorded)
    if new:
        _bursts(request).joined(read_id(cid, ID_SIZE), request.viewer)
        if not thread:
            with request.db.read() as db:
                onward = queries.onward(db, request.viewer, read_id(cid, ID_SIZE))
    return see_other(onward)


@routes.get("/c/{cid:str}/out", access=Access.PERSONA)
def ask_to_leave(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may_leave(request.viewer, community).or_raise()
    return page(request, "communities/leave.html", community=community)


@routes.post("/c/{cid:str}/out", access=Access.PERSONA, limit="join")
def leave(request: Ask, cid: str) -> Response[bytes]:
    form = request.form
    wish = Leaving(
        remove=form.choice("posts", ("remove", "leave"), "leave") == "remove",
        unnamed_too=form.flag("unnamed"),
        submission=form.submission,
    )
    flows.leave(request.site, request.viewer, read_id(cid, ID_SIZE), wish)
    return see_other("/c")


@routes.get("/c/{cid:str}/edit", access=Access.PERSONA)
def begin_edit(request: Ask, cid: str) -> Response[bytes]:
    community = _own(request, cid)
    return _edit(request, community, forms.as_typed(community))


@routes.post("/c/{cid:str}/edit", access=Access.PERSONA, limit="settings")
def edit(request: Ask, cid: str) -> Response[bytes]:
    look = _look(request)
    try:
        new = forms.read_community(request.form, request.house)
        if look.is_due:
            return _edit(request, _own(request, cid), request.form.typed, look=look)
        with request.db.write() as uow:
            _refuse_unseen(request, queries.get_community(uow, request.viewer, read_id(cid, ID_SIZE)), new)
            commands.edit(uow, request.viewer, read_id(cid, ID_SIZE), new)
    except Invalid as wrong:
        return _edit(request, _own(request, cid), request.form.typed, wrong, look=look)
    return see_other(f"/c/{cid}")


@routes.get("/c/{cid:str}/protect", access=Access.PERSONA)
def ask_to_protect(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    return _protection(request, community)


@routes.post("/c/{cid:str}/protect", access=Access.PERSONA, limit="settings")
def protect(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.protect(uow, request.viewer, read_id(cid, ID_SIZE), forms.hours(request.form))
    return see_other(f"/c/{cid}/protect")


@routes.get("/protect", access=Access.PERSONA)
def ask_to_protect_house(request: Ask) -> Response[bytes]:
    return _protection(request, None)


@routes.post("/protect", access=Access.PERSONA, limit="settings")
def protect_house(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        commands.protect(uow, request.viewer, b"", forms.hours(request.form))
    request.site.held.refresh()
    return see_other("/protect")


def _protection(request: Ask, community: CommunityFacts | None) -> Response[bytes]:
    rules.may_protect(request.viewer, community).or_raise()
    return page(
        request,
        "communities/protect.html",
        community=community,
        hours_left=(community or request.house).protected_hours,
        choices=PROTECTED_HOURS,
        signs=[sign.key for sign in _bursts(request).signs(community.id if community else b"")],
        cares=community is not None or request.viewer.has(CARE),
        busy=community is None and request.site.rooms["limits"].site_is_busy(),
        whole=community is not None and rules.may_protect(request.viewer).allowed,
    )


def _bursts(request: Ask) -> Bursts:
    bursts: Bursts = request.site.rooms["newcomers"].bursts
    return bursts


def _budget(request: Ask) -> bytes:
    work = request.viewer.work
    return work.budget_key() if work else b""


def _own(request: Ask, cid: str) -> CommunityFacts:
    """The community, where the persona in use may edit it."""
    with request.db.read() as db:
        community, words = queries.get_words(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may_edit(request.viewer, community).or_raise()
    # What is edited is what was typed, whatever language she reads in.
    return replace(community, name=words.name, about=words.about)


def _refuse_unseen(request: Ask, stands: CommunityFacts, new: NewCommunity) -> None:
    """What was agreed meanwhile, by a proposal or by somebody else, is not written over without a word."""
    seen = request.form.text("tick_agreed")
    if seen and seen != stands.agreed_print and rules.has_changed(stands.agreements, new.agreements):
        raise Invalid({"agreements": "agreed.changed"})


def _look(request: Ask, *more: str) -> Look:
    """A community's own words; its name is looked for by those who would find it."""
    watch = Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN))
    return look_over(request.form, "about", "agreements", *more, watch=watch)


def _found(
    request: Ask, form: dict[str, Any], wrong: Invalid | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    return page(
        request,
        "communities/found.html",
        status=422 if wrong or look.is_due else 200,
        form=form | look.texts,
        look=look,
        submission=request.form.submission,
        **_mistakes(wrong),
        **forms.choices(request.house),
    )


def _edit(
    request: Ask,
    community: CommunityFacts,
    form: dict[str, Any],
    wrong: Invalid | None = None,
    *,
    look: Look = UNSEEN,
) -> Response[bytes]:
    return page(
        request,
        "communities/edit.html",
        status=422 if wrong or look.is_due else 200,
        community=community,
        # Where it says what stands now, it is meant when it is sent again.
        form=form | look.texts | ({} if wrong is None else {"tick_agreed": community.agreed_print}),
        look=look,
        submission=request.form.submission,
        **_mistakes(wrong),
        **forms.choices(request.house),
    )


def _mistakes(wrong: Invalid | None) -> dict[str, Any]:
    """What to say beside which field, and the community that has the name already."""
    return {"wrong": wrong.fields, **wrong.values} if wrong else {"wrong": {}}
