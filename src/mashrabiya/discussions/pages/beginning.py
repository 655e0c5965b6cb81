"""Doors of the discussions: beginning a thread."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from msgspec import Struct

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions import flows, forms, queries, rules
from mashrabiya.discussions.pages import timing
from mashrabiya.discussions.pages.asked import CALL, UNSEEN, Trouble, newcomers, places_lost, wrong_of
from mashrabiya.discussions.pages.drafting import (
    KEEP,
    NONE,
    Drafting,
    among,
    drafting_of,
    is_keeping,
    sent_too,
    shelf,
    worth_keeping,
)
from mashrabiya.discussions.pages.drafting import keep as keep_draft
from mashrabiya.discussions.pages.following import followed_too
from mashrabiya.discussions.pages.sending import goes_back, look_in_preview, send
from mashrabiya.discussions.pages.showing import PREVIEW, SIMILAR, is_showing, preview_of
from mashrabiya.discussions.pages.timing import NO_TIME, Timing
from mashrabiya.discussions.pages.whom import choice, is_turning
from mashrabiya.discussions.types import ID_SIZE, NewThread, ThreadRow, Ways, kinds_in
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.people import queries as people_queries
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.people.types import DraftShelf, KeptDraft, PrivateNote
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look

routes = Routes()
INSTEAD = "instead"
_ZONES = [(zone, timing.zone_name(zone)) for zone in timing.ZONES]


@routes.get("/c/{cid:str}/t", access=Access.ACCOUNT)
def begin_thread(request: Ask, cid: str) -> Response[bytes]:
    return _new_thread(request, cid)


@routes.post(
    "/c/{cid:str}/t",
    access=Access.ACCOUNT,
    limit="thread",
    uploads=True,
    shows=(PREVIEW, SIMILAR, KEEP, timing.LOOK),
)
def open_thread(request: Ask, cid: str) -> Response[bytes]:
    again = partial(_new_thread, request, cid)
    if is_turning(request):
        return choice(request) or again()
    if is_showing(request):
        return again(look=look_in_preview(request, lambda: read_id(cid, COMMUNITY_ID_SIZE)))
    raw, new = read_id(cid, COMMUNITY_ID_SIZE), forms.read_thread(request.form)
    if is_keeping(request):
        return keep_draft(request, queries.IN_COMMUNITY + raw, again)
    if timing.is_planning(request.form):
        return _plan(request, raw, new, again)
    begin = partial(flows.open_thread, request.db, request.viewer, raw, new, instead=_instead(request))
    write = sent_too(request, begin)
    spare = flows.heard_at(request.db, request.viewer, raw)
    return send(request, followed_too(request, write), again, spare=spare, place=lambda: raw)


def _plan(request: Ask, cid: bytes, new: NewThread, again: Callable[..., Response[bytes]]) -> Response[bytes]:
    """Show the time back; once she has said yes to it, keep the thread until then, by the way that posting takes."""
    form, time = request.form, timing.read(request.form)
    again = partial(again, time=time)
    if not timing.is_accepted(form, time):
        return again()
    how: dict[str, Any] = {"calls": form.flag(CALL), "instead": _instead(request)}
    how["key"] = request.keys.of("field")
    plan = partial(
        flows.plan, request.db, request.viewer, cid, new, at=time.at, fields=worth_keeping(form), **how
    )
    spare = flows.heard_at(request.db, request.viewer, cid)
    return send(request, sent_too(request, plan), again, spare=spare, place=lambda: cid)


def _instead(request: Ask) -> bytes:
    """Which one that waits for its time this form was made from."""
    typed = request.form.text(INSTEAD) or request.query(INSTEAD)
    with suppress(NotFound):
        return read_id(typed, ID_SIZE) if typed else b""
    return b""


def _waiting(request: Ask, db: Read, cid: bytes) -> dict[str, str] | None:
    """The form of what waits and is to be changed, if it is hers and for this place."""
    which = _instead(request)
    if not which or request.form.typed or not request.viewer.speaks:
        return None
    row = queries.find_planned(db, request.viewer, which)
    return {**queries.as_typed(db, row), INSTEAD: row.shown} if row and row.cid == cid else None


def _brought(request: Ask, db: Read) -> PrivateNote | None:
    """The private note that she comes from, if it is there."""
    number = forms.number(request.query("note"), MOST)
    if number >= MOST or not request.viewer.speaks:
        return None
    return people_queries.find_private_note(db, request.viewer, number)


def _looks(request: Ask) -> bool:
    """Whether threads like this title are looked for."""
    return request.form.flag(SIMILAR) and bool(request.form.text("title"))


class _Place(Struct, frozen=True):
    """What the form for a new thread is made of, as it was read. ``typed`` is what stands in it already."""

    found: CommunityFacts
    drafts: DraftShelf | None
    draft: KeptDraft | None
    typed: dict[str, str]
    note: PrivateNote | None
    similar: list[ThreadRow] | None
    ways: Ways


def _read_place(request: Ask, cid: bytes, look: Look) -> _Place:
    viewer = request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, cid)
        small = community_queries.is_small(db, cid)
        # Whoever comes with a note is not asked about a draft: that would be one statement too many.
        drafts = None if request.query("note") else shelf(request, db)
        draft = among(request, drafts, queries.IN_COMMUNITY + cid)
        typed = draft.fields if draft else _waiting(request, db, cid) or request.form.typed | look.texts
        note = None if typed else _brought(request, db)
        similar = queries.similar_threads(db, viewer, cid, typed["title"]) if _looks(request) else None
        pace = rules.pace_of(viewer, queries.closed_writing(db, cid))
    ways = rules.ways_to_open(viewer, found, small=small, pace=pace)
    return _Place(found, drafts, draft, typed, note, similar, ways)


def _new_thread(
    request: Ask,
    cid: str,
    trouble: Trouble | None = None,
    *,
    look: Look = UNSEEN,
    drafting: Drafting = NONE,
    time: Timing = NO_TIME,
) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    place, back = _read_place(request, raw, look), bool(trouble or goes_back(request, look) or time.wrong)
    if not (place.ways.any or place.typed):
        return see_other(place.found.path)
    form = place.typed or forms.begun_from(place.note, viewer.tongue.language)
    allowed, what = newcomers(request).allowance_known(viewer), queries.IN_COMMUNITY + raw
    return page(
        request,
        "discussions/new.html",
        status=422 if back else drafting.status,
        community=place.found,
        ways=place.ways,
        allowed=allowed,
        preview=preview_of(request, allowed),
        similar=place.similar,
        kinds=[int(kind) for kind in kinds_in(place.found.wants)],
        form=form,
        more=forms.says_more(form, viewer.tongue.language),
        look=look,
        lost=places_lost(request),
        drafting=drafting_of(request, drafting, place.draft, beside=place.drafts, what=what),
        time=time,
        zones=_ZONES,
        hours=timing.HOURS,
        wrong=wrong_of(trouble) | ({"later": time.wrong} if time.wrong else {}),
    )
