"""Doors of what is agreed in a place: its versions, what members propose for it, and what becomes of that."""

from __future__ import annotations

from functools import partial

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import ID_SIZE, CommunityFacts
from mashrabiya.discussions import commands, flows, forms, queries, rules
from mashrabiya.discussions.flows import Sent
from mashrabiya.discussions.pages.asked import UNSEEN, Trouble, newcomers, watch_of, wrong_of
from mashrabiya.discussions.pages.sending import send
from mashrabiya.discussions.pages.whom import choice, is_turning
from mashrabiya.discussions.types import Placed
from mashrabiya.discussions.types.amending import LINE_LIMIT, PROPOSED_DAYS, REASON_LIMIT, VOTED_DAYS
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import Look, look_over
from mashrabiya.safety.trust.types import Allowance

routes = Routes()


@routes.get("/c/{cid:str}/a", access=Access.ANYONE)
def agreed(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = community_queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
        versions = community_queries.versions(db, request.viewer, community.id)
        reads = community_rules.may_read(request.viewer, community).allowed
        waiting = queries.count_amendments(db, request.viewer, community.id) if reads else 0
    return page(
        request,
        "communities/agreed.html",
        community=community,
        versions=versions,
        reads=reads,
        waiting=waiting,
        proposes=_proposes(request, community),
    )


@routes.get("/c/{cid:str}/p", access=Access.ANYONE)
def proposals(request: Ask, cid: str) -> Response[bytes]:
    return _proposals(request, cid)


@routes.get("/c/{cid:str}/p/new", access=Access.ACCOUNT)
def begin_proposal(request: Ask, cid: str) -> Response[bytes]:
    return _new(request, cid)


@routes.post("/c/{cid:str}/p/new", access=Access.ACCOUNT, limit="thread")
def propose(request: Ask, cid: str) -> Response[bytes]:
    again = partial(_new, request, cid)
    if is_turning(request):
        return choice(request) or again()
    raw = read_id(cid, ID_SIZE)
    spare = flows.heard_at(request.db, request.viewer, raw)
    return send(request, partial(_propose, request, raw), again, spare=spare)


def _propose(request: Ask, cid: bytes, *, sent: list[Sent], allowed: Allowance, watch: Watch) -> Placed:
    new, which = forms.read_amendment(request.form)
    with request.db.write() as uow:
        community = community_queries.get_community(uow, request.viewer, cid)
        rules.may_open(request.viewer, community, unnamed=new.unnamed).or_raise()
        adds, takes = which == "add", which == "remove"
        wrong = rules.wrong_amendment(community.agreed, new, adds=adds, takes=takes)
        if wrong:
            raise Invalid(wrong)
        return commands.propose(uow, request.viewer, cid, new, allowed=allowed, watch=watch)


@routes.post("/c/{cid:str}/p/{tid:str}", access=Access.PERSONA, limit="decide")
def decide(request: Ask, cid: str, tid: str) -> Response[bytes]:
    raw, which, said = read_id(cid, ID_SIZE), read_id(tid, ID_SIZE), request.form.text("said")
    takes = request.form.choice("act", ("agree", "decline"), "decline") == "agree"
    look = UNSEEN if takes else look_over(request.form, "said", watch=watch_of(request))
    if look.is_due:
        return _proposals(request, cid, about=tid, look=look)
    try:
        with request.db.write() as uow:
            if takes:
                commands.agree(uow, request.viewer, raw, which)
            else:
                commands.decline(uow, request.viewer, raw, which, said=said)
    except Invalid as wrong:
        return _proposals(request, cid, wrong.fields, about=tid, look=look)
    except Conflict as meanwhile:
        return _proposals(request, cid, {"act": meanwhile.why}, about=tid, look=look)
    return see_other(f"/c/{cid}/p#p-{tid}")


def _proposes(request: Ask, community: CommunityFacts) -> bool:
    return rules.ways_to_open(request.viewer, community, small=False).any


def _proposals(
    request: Ask, cid: str, wrong: dict[str, str] | None = None, *, about: str = "", look: Look = UNSEEN
) -> Response[bytes]:
    """What is proposed, and beside one what was typed about it, where that was not taken."""
    viewer = request.viewer
    with request.db.read() as db:
        community = community_queries.get_community(db, viewer, read_id(cid, ID_SIZE))
        community_rules.may_read(viewer, community).or_raise()
        rows = queries.amendments(db, viewer, community.id)
    decides = community_rules.may_edit(viewer, community).allowed
    return page(
        request,
        "discussions/proposals.html",
        status=422 if about else 200,
        community=community,
        waiting=[one for one in rows if one.waits],
        past=[one for one in rows if not one.waits],
        stands=community.agreed,
        decides=decides,
        proposes=_proposes(request, community),
        form=request.form.typed | look.texts,
        look=look,
        about=about,
        wrong=wrong or {},
        reason_limit=REASON_LIMIT,
        days=PROPOSED_DAYS,
    )


def _new(request: Ask, cid: str, trouble: Trouble | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    raw, viewer = read_id(cid, ID_SIZE), request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        small = community_queries.is_small(db, raw)
        pace = rules.pace_of(viewer, queries.closed_writing(db, raw))
    ways = rules.ways_to_open(viewer, found, small=small, pace=pace)
    typed, back = request.form.typed | look.texts, bool(trouble or look.is_due)
    if not (ways.any or typed):
        return see_other(f"{found.path}/p")
    return page(
        request,
        "discussions/propose.html",
        status=422 if back else 200,
        community=found,
        ways=ways,
        allowed=newcomers(request).allowance_known(viewer),
        form=typed or {"which": "add" if not found.agreed else "change", "line": request.query("line")},
        look=look,
        wrong=wrong_of(trouble),
        line_limit=LINE_LIMIT,
        voted_days=VOTED_DAYS,
        days=PROPOSED_DAYS,
    )
