"""Doors of the discussions: beginning a thread."""

from functools import partial

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import flows, forms, queries, rules
from mashrabiya.discussions.pages.asked import UNSEEN, Trouble, newcomers, places_lost, wrong_of
from mashrabiya.discussions.pages.drafting import (
    KEEP,
    NONE,
    Drafting,
    among,
    drafting_of,
    is_keeping,
    sent_too,
    shelf,
)
from mashrabiya.discussions.pages.drafting import keep as keep_draft
from mashrabiya.discussions.pages.following import followed_too
from mashrabiya.discussions.pages.sending import send
from mashrabiya.discussions.pages.showing import PREVIEW, SIMILAR, is_showing, preview_of
from mashrabiya.discussions.pages.whom import choice, is_turning
from mashrabiya.discussions.types import kinds_in
from mashrabiya.kernel.ids import read_id
from mashrabiya.people import queries as people_queries
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.people.types import PrivateNote
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look

routes = Routes()


@routes.get("/c/{cid:str}/t", access=Access.ACCOUNT)
def begin_thread(request: Ask, cid: str) -> Response[bytes]:
    return _new_thread(request, cid)


@routes.post(
    "/c/{cid:str}/t", access=Access.ACCOUNT, limit="thread", uploads=True, shows=(PREVIEW, SIMILAR, KEEP)
)
def open_thread(request: Ask, cid: str) -> Response[bytes]:
    again = partial(_new_thread, request, cid)
    if is_turning(request):
        return choice(request) or again()
    if is_showing(request):
        return again()
    raw, new = read_id(cid, COMMUNITY_ID_SIZE), forms.read_thread(request.form)
    if is_keeping(request):
        return keep_draft(request, queries.IN_COMMUNITY + raw, again)
    write = sent_too(request, partial(flows.open_thread, request.db, request.viewer, raw, new))
    return send(
        request, followed_too(request, write), again, spare=flows.heard_at(request.db, request.viewer, raw)
    )


def _brought(request: Ask, db: Read) -> PrivateNote | None:
    """The private note that she comes from, if it is there."""
    number = forms.number(request.query("note"), MOST)
    if number >= MOST or not request.viewer.speaks:
        return None
    return people_queries.find_private_note(db, request.viewer, number)


def _looks(request: Ask) -> bool:
    """Whether threads like this title are looked for."""
    return request.form.flag(SIMILAR) and bool(request.form.text("title"))


def _new_thread(
    request: Ask, cid: str, trouble: Trouble | None = None, *, look: Look = UNSEEN, drafting: Drafting = NONE
) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    what = queries.IN_COMMUNITY + raw
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        small = community_queries.is_small(db, raw)
        drafts = shelf(request, db)
        draft = among(request, drafts, what)
        typed = draft.fields if draft else request.form.typed | look.texts
        note = None if typed else _brought(request, db)
        similar = queries.similar_threads(db, viewer, raw, typed["title"]) if _looks(request) else None
        pace = rules.pace_of(viewer, queries.closed_writing(db, raw))
    ways = rules.ways_to_open(viewer, found, small=small, pace=pace)
    back = bool(trouble or look.is_due)
    if not (ways.any or typed):
        return see_other(found.path)
    form = typed or forms.begun_from(note, viewer.tongue.language)
    allowed = newcomers(request).allowance_known(viewer)
    return page(
        request,
        "discussions/new.html",
        status=422 if back else drafting.status,
        community=found,
        ways=ways,
        allowed=allowed,
        preview=preview_of(request, allowed),
        similar=similar,
        kinds=[int(kind) for kind in kinds_in(found.wants)],
        form=form,
        more=forms.says_more(form, viewer.tongue.language),
        look=look,
        lost=places_lost(request),
        drafting=drafting_of(request, drafting, draft, beside=drafts, what=what),
        wrong=wrong_of(trouble),
    )
