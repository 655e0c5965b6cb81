"""Doors of the ways in: asking, deciding, vouching, inviting, opening a link."""

from msgspec.structs import replace

from mashrabiya.communities import queries as communities
from mashrabiya.communities.entering import commands, forms, queries, rules
from mashrabiya.communities.entering.types import (
    AGAIN_DAYS,
    ASKED_DAYS,
    INVITED_DAYS,
    MOST_INVITATIONS,
    SAID_LIMIT,
)
from mashrabiya.communities.types import ID_SIZE, CommunityFacts, Entry, RunBy
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.verdict import Denied, Verdict
from mashrabiya.people.sealed import codes
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import SHOWN, Look, look_over
from mashrabiya.safety.trust import queries as trust
from mashrabiya.safety.trust.bursts import Bursts
from mashrabiya.safety.trust.rules import may_vouch

routes = Routes()
UNSEEN = Look()
_NOTHING: dict[str, str] = {}


@routes.get("/c/{cid:str}/ask", access=Access.PERSONA)
def begin_asking(request: Ask, cid: str) -> Response[bytes]:
    return _asking(request, cid)


@routes.post("/c/{cid:str}/ask", access=Access.PERSONA, limit="join")
def ask(request: Ask, cid: str) -> Response[bytes]:
    look = look_over(request.form, *forms.ANSWER_FIELDS)
    if look.is_due:
        return _asking(request, cid, look=look)
    try:
        with request.db.write() as uow:
            commands.ask(uow, request.viewer, _id(cid), forms.read_request(request.form))
    except Invalid as wrong:
        return _asking(request, cid, wrong, look=look)
    return see_other(f"/c/{cid}")


@routes.post("/c/{cid:str}/ask/back", access=Access.PERSONA, limit="join")
def take_back(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.take_back(uow, request.viewer, _id(cid))
    return see_other(f"/c/{cid}")


@routes.post("/c/{cid:str}/ask/in", access=Access.PERSONA, limit="join")
def enter_vouched(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        new = commands.enter_vouched(uow, request.viewer, _id(cid))
    return see_other(_joined(request, _id(cid)) if new else f"/c/{cid}")


@routes.get("/c/{cid:str}/asked", access=Access.PERSONA)
def asked(request: Ask, cid: str) -> Response[bytes]:
    return _asked(request, cid)


@routes.post("/c/{cid:str}/asked/{asking:str}", access=Access.PERSONA, limit="decide")
def decide(request: Ask, cid: str, asking: str) -> Response[bytes]:
    let_in = request.form.choice("act", ("in", "no"), "no") == "in"
    try:
        with request.db.write() as uow:
            which, said = read_id(asking, ID_SIZE), request.form.text("said")
            commands.decide(uow, request.viewer, _id(cid), which, let_in=let_in, said=said)
    except Invalid as wrong:
        return _asked(request, cid, wrong, about=asking)
    return see_other(f"/c/{cid}/asked")


@routes.post("/c/{cid:str}/asked/{asking:str}/v", access=Access.PERSONA, limit="decide")
def stand_for(request: Ask, cid: str, asking: str) -> Response[bytes]:
    yes = request.form.choice("act", ("yes", "pull"), "yes") == "yes"
    with request.db.write() as uow:
        commands.stand_for(uow, request.viewer, _id(cid), read_id(asking, ID_SIZE), yes=yes)
    return see_other(f"/c/{cid}/asked")


@routes.get("/c/{cid:str}/edit/entry", access=Access.PERSONA)
def begin_ways(request: Ask, cid: str) -> Response[bytes]:
    return _ways(request, cid)


@routes.post("/c/{cid:str}/edit/entry", access=Access.PERSONA, limit="settings")
def change_ways(request: Ask, cid: str) -> Response[bytes]:
    watch = Watch(request.site.held[RULEBOOK], request.form.raw(SHOWN))
    look = look_over(request.form, *forms.QUESTION_FIELDS, watch=watch)
    try:
        ways = forms.read_ways(request.form)
        if look.is_due:
            return _ways(request, cid, look=look)
        with request.db.write() as uow:
            commands.change_ways(uow, request.viewer, _id(cid), ways)
    except Invalid as wrong:
        return _ways(request, cid, wrong, look=look)
    return see_other(f"/c/{cid}")


@routes.get("/c/{cid:str}/i", access=Access.PERSONA)
def inviting(request: Ask, cid: str) -> Response[bytes]:
    return _inviting(request, cid)


@routes.post("/c/{cid:str}/i", access=Access.PERSONA, limit="invite")
def invite(request: Ask, cid: str) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            commands.invite(uow, request.viewer, request.keys, _id(cid), submission=request.form.submission)
    except Refused as refusal:
        return _inviting(request, cid, refusal.why)
    return see_other(f"/c/{cid}/i")


@routes.post("/c/{cid:str}/i/end", access=Access.PERSONA, limit="settings")
def uninvite(request: Ask, cid: str) -> Response[bytes]:
    """One of hers, or all of the place."""
    mark = request.form.text("mark")
    with request.db.write() as uow:
        if mark:
            commands.uninvite(uow, request.viewer, _id(cid), mark)
        else:
            commands.end_invitations(uow, request.viewer, _id(cid))
    return see_other(f"/c/{cid}/i")


@routes.get("/i/{code:str}", access=Access.ANYONE)
def open_link(request: Ask, code: str) -> Response[bytes]:
    """A code goes out of the address at once, the same way whether it opens anything; then what it leads to."""
    if len(code) == forms.SLIP_LETTERS:
        return _link(request, code)
    return see_other(f"/i/{forms.slip(request.keys, code)}")


@routes.post("/i", access=Access.PERSONA, limit="join")
def enter_invited(request: Ask) -> Response[bytes]:
    shown = request.form.text("invitation")
    try:
        with request.db.write() as uow:
            code = forms.code_in(request.keys, shown)
            community, new = commands.enter_invited(uow, request.viewer, request.keys, code)
    except Refused as refusal:
        return _link(request, shown, refusal.why)
    return see_other(_joined(request, community.id) if new else community.path)


def _id(cid: str) -> bytes:
    return read_id(cid, ID_SIZE)


def _joined(request: Ask, cid: bytes) -> str:
    """Counted among those who came of late; answers where she goes on."""
    bursts: Bursts = request.site.rooms["newcomers"].bursts
    bursts.joined(cid, request.viewer)
    with request.db.read() as db:
        return communities.onward(db, request.viewer, cid)


def _why(verdict: Verdict) -> str:
    return verdict.why if isinstance(verdict, Denied) else ""


def _own(request: Ask, db: Read, cid: str) -> CommunityFacts:
    """The place, where the persona in use runs it."""
    community = communities.get_community(db, request.viewer, _id(cid))
    rules.may_decide(request.viewer, community).or_raise()
    return community


def _asking(request: Ask, cid: str, wrong: Invalid | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    with request.db.read() as db:
        community = communities.get_community(db, request.viewer, _id(cid))
        own = queries.own_request(db, request.viewer, community.id)
        verdict = rules.may_ask(request.viewer, community, own)
        if isinstance(verdict, Denied) and verdict.hidden:
            raise NotFound
        if verdict.allowed:
            verdict = communities.trusts(db, request.viewer, community)
        ways = queries.ways_of(db, community.id)
        run_by, _ = communities.run_by(db, request.viewer, community.id)
    return page(
        request,
        "communities/ask.html",
        status=422 if wrong or look.is_due else 200,
        community=community,
        why=_why(verdict),
        ways=ways,
        run_by=run_by,
        form=request.form.typed | look.texts,
        look=look,
        submission=request.form.submission,
        wrong=wrong.fields if wrong else _NOTHING,
        kept_days=ASKED_DAYS,
        again_days=AGAIN_DAYS,
    )


def _asked(request: Ask, cid: str, wrong: Invalid | None = None, *, about: str = "") -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        community = communities.get_community(db, viewer, _id(cid))
        rules.may_see_asked(viewer, community).or_raise()
        by_vouching = community.entry == Entry.VOUCH
        able = by_vouching and may_vouch(viewer, trust.standing_by_name(db, viewer)).allowed
        seen = community.hosts or able
        rows = queries.waiting(db, viewer, community.id, answers=community.hosts) if seen else []
    return page(
        request,
        "communities/asked.html",
        status=422 if wrong else 200,
        community=community,
        rows=rows,
        able=able,
        seen=seen,
        why=_why(rules.may_let_in(community)),
        form=request.form.typed,
        about=about,
        wrong=wrong.fields if wrong else _NOTHING,
        said_limit=SAID_LIMIT,
        again_days=AGAIN_DAYS,
    )


def _ways(request: Ask, cid: str, wrong: Invalid | None = None, *, look: Look = UNSEEN) -> Response[bytes]:
    with request.db.read() as db:
        community = _own(request, db, cid)
        stands = queries.ways_of(db, community.id)
    typed = request.form.typed
    return page(
        request,
        "communities/ways.html",
        status=422 if wrong or look.is_due else 200,
        community=community,
        form=(typed or forms.ways_typed(stands)) | look.texts,
        look=look,
        submission=request.form.submission,
        wrong=wrong.fields if wrong else _NOTHING,
    )


def _inviting(request: Ask, cid: str, wrong: str = "") -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        community = communities.get_community(db, viewer, _id(cid))
        given = queries.given(db, viewer, community.id)
    verdict = rules.may_invite(viewer, community, len(given))
    if isinstance(verdict, Denied) and verdict.hidden:
        raise NotFound
    return page(
        request,
        "communities/inviting.html",
        status=422 if wrong else 200,
        community=community,
        given=[(one, f"{request.origin}/i/{one.code}") for one in given],
        may_invite=verdict.allowed,
        why=_why(verdict),
        wrong={"invite": wrong} if wrong else _NOTHING,
        most=MOST_INVITATIONS,
        days=INVITED_DAYS,
    )


def _link(request: Ask, shown: str, wrong: str = "") -> Response[bytes]:
    """What a link leads to. Who is not signed in is told nothing of it; what opens nothing looks the same for any reason."""
    viewer, code = request.viewer, codes.read(forms.code_in(request.keys, shown))
    community, run_by = None, list[RunBy]()
    with request.db.read() as db:
        if viewer.is_member:
            community = queries.find_invited(db, viewer, request.keys, code)
        if community is not None:
            run_by, _ = communities.run_by(db, request.viewer, community.id)
    verdict = rules.may_enter_invited(viewer, community) if community else rules.OVER
    why = wrong or _why(verdict)
    if community is not None and not community.belongs:
        # How she entered is told by the link; what else the place asks of others does not matter here.
        community = replace(community, entry=int(Entry.INVITE))
    return page(
        request,
        "communities/link.html",
        status=422 if wrong else 200,
        community=community,
        run_by=run_by,
        shown=shown,
        may_enter=verdict.allowed and not wrong,
        why=why,
    )
