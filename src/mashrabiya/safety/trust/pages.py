"""Inviting and vouching: what a member can do for others, and what she has done. Hers alone to see."""

from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.verdict import Denied, Verdict
from mashrabiya.kernel.viewer import TRUSTED, Viewer
from mashrabiya.people import commands as people
from mashrabiya.people import queries as people_queries
from mashrabiya.people.rules.entry import may_invite as house_may_invite
from mashrabiya.people.types import INVITED_DAYS, Page
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.trust import commands, queries, rules
from mashrabiya.safety.trust.types import Vouched

routes = Routes()
_HERE = "/me/i"


@routes.get("/me/i", access=Access.PERSONA)
def inviting(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/me/i", access=Access.PERSONA, limit="invite")
def invite(request: Ask) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            _house_says(request).or_raise()
            rules.may_invite(request.viewer, queries.standing_by_name(uow, request.viewer)).or_raise()
            people.invite(uow, request.viewer, request.keys)
    except Refused as refusal:
        return _page(request, refusal.why)
    return see_other(_HERE)


@routes.post("/me/i/end", access=Access.PERSONA, limit="settings")
def uninvite(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        people.uninvite(uow, request.viewer, request.keys)
    return see_other(_HERE)


@routes.get("/me/v", access=Access.PERSONA)
def vouching(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        able = may_vouch_now(db, request.viewer)
        vouched = _vouched(request, db)
    named = request.viewer.has(TRUSTED)
    return page(request, "safety/vouching.html", may_vouch=able, vouched=vouched, named=named)


@routes.post("/me/v/end", access=Access.PERSONA, limit="settings")
def pull(request: Ask) -> Response[bytes]:
    """From the list: also for a name whose page she no longer sees."""
    mark = request.form.text("mark")
    with request.db.write() as uow:
        for target in queries.own_vouchers(uow, request.viewer):
            if _mark(request.viewer, target) == mark:
                commands.pull(uow, request.viewer, target)
    return see_other("/me/v")


@routes.get("/p/{pub:str}/v", access=Access.PERSONA)
def about_vouching(request: Ask, pub: str) -> Response[bytes]:
    with request.db.read() as db:
        found = _met(request, db, pub)
        vouches = queries.vouches_for(db, request.viewer, found.id)
    own = found.id in request.viewer.siblings
    return page(request, "safety/vouch.html", persona=found, vouches=vouches, own=own)


@routes.post("/p/{pub:str}/v", access=Access.PERSONA, limit="settings")
def vouch(request: Ask, pub: str) -> Response[bytes]:
    with request.db.write() as uow:
        found = _met(request, uow, pub)
        if request.form.choice("act", ("vouch", "pull"), "vouch") == "pull":
            commands.pull(uow, request.viewer, found.id)
        else:
            commands.vouch(uow, request.viewer, found.id)
    return see_other(f"/p/{pub}/v")


def may_vouch_now(db: Read, viewer: Viewer) -> bool:
    """Whether the persona in use may vouch for others: for the pages of rooms below."""
    if not viewer.speaks:
        return False
    if not viewer.roles.isdisjoint(rules.NAMED):
        return True
    return rules.may_vouch(viewer, queries.standing_by_name(db, viewer)).allowed


def _met(request: Ask, db: Read, pub: str) -> Page:
    """The persona, for whoever may vouch and sees its page; to everybody else there is nothing."""
    acquainted = request.site.rooms["acquainted"]
    able = may_vouch_now(db, request.viewer)
    found = people_queries.persona_page(db, request.viewer, pub, acquainted=acquainted)
    if not able:
        raise NotFound
    return found


def _page(request: Ask, wrong: str = "") -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        standing = queries.standing_by_name(db, viewer)
        last = people_queries.find_invited(db, viewer, request.keys)
    return page(
        request,
        "safety/inviting.html",
        status=422 if wrong else 200,
        wrong={"invite": wrong} if wrong else {},
        last=last,
        link=f"{request.origin}/join/{last.code}" if last and last.stands else "",
        shut=_why(_house_says(request)),
        may_invite=rules.may_invite(viewer, standing).allowed,
        days=INVITED_DAYS,
    )


def _why(verdict: Verdict) -> str:
    return verdict.why if isinstance(verdict, Denied) else ""


def _house_says(request: Ask) -> Verdict:
    return house_may_invite(request.house.entry, members=request.house.members_invite)


def _vouched(request: Ask, db: Read) -> list[Vouched]:
    """Whom she vouches for, by the names of those she still meets."""
    viewer = request.viewer
    targets = queries.own_vouchers(db, viewer)
    met = request.site.rooms["met"](db, viewer, targets)
    known = {pid: one for pid, one in people_queries.known_personas(db, met).items() if not one.is_away}
    shown = [
        Vouched(_mark(viewer, pid), known[pid].name, known[pid].seed)
        if pid in known
        else Vouched(_mark(viewer, pid))
        for pid in targets
    ]
    return sorted(shown, key=lambda one: (not one.name, one.name, one.mark))


def _mark(viewer: Viewer, target: bytes) -> str:
    """How a form names somebody: nothing that leaves the house says whom it is about."""
    assert viewer.work is not None
    return mac(viewer.work.invited_key(), b"vouched", target)[:8].hex()
