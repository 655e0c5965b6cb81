"""Doors of notices: the list, as one page, what she wants of them, and her quiet hours."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mashrabiya.communities.types import ID_SIZE as PLACE_SIZE
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.library.stories import queries as stories
from mashrabiya.notifications import commands, queries, rules
from mashrabiya.notifications.news import News
from mashrabiya.notifications.pushed import Pushed, mark_of, quiet_of
from mashrabiya.notifications.pushes import Pushes
from mashrabiya.notifications.types import KEPT_DAYS, Asked, Sort, Told, Waiting
from mashrabiya.people import flows
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.answers import answer_json, empty

routes = Routes()
_ALL = "all"
_SORTS = {sort.code: sort for sort in Sort}
_DAYS = {"day": 0, "week": 6}
_HALVES = 48


@routes.get("/b", access=Access.PERSONA)
def notices(request: Ask) -> Response[bytes]:
    asked = _asked(request)
    with request.db.read() as db:
        found = queries.centre(db, request.viewer, asked)
        first = asked == Asked()
        waits = _waiting(request, db) if first else []
    if found.news or found.elsewhere:
        _news(request).keep(request.viewer, new=True)
    else:
        _news(request).forget(request.viewer)
    return page(
        request,
        "notifications/notices.html",
        found=found,
        waits=waits,
        only=asked.new,
        sort=request.query("of") if asked.sort else "",
        sorts=[(sort.code, sort.key) for sort in Sort],
        within=show_id(asked.cid) if asked.cid else "",
        places=[(show_id(cid), name) for cid, name in found.places],
        kept=KEPT_DAYS,
    )


@routes.get("/b/new", access=Access.PERSONA, slow=True)
def is_new(request: Ask) -> Response[bytes]:
    """For an open page that has heard something: one letter where the word belongs beside the tab, else nothing."""
    if request.viewer.work is not None:
        request.site.spend("live", request.viewer.work.budget_key(), None)
    with request.db.read() as db:
        found = _news(request).found(db, request.viewer)
    return answer_json(request, 1) if found else empty()


@routes.post("/b", access=Access.PERSONA, limit="settings")
def read(request: Ask) -> Response[bytes]:
    """She has read what is told of one thread, or everything."""
    which, sort = request.form.text("which"), _SORTS.get(request.form.text("sort"))
    with request.db.read() as db:
        told = queries.everything(db, request.viewer, Asked(new=True))
    if which != _ALL:
        tid = read_id(which, ID_SIZE)
        told = [one for one in told if one.tid == tid and (sort is None or one.sort == sort)]
    _keep(request, told)
    return see_other("/b")


def _keep(request: Ask, told: Sequence[Told]) -> None:
    if told:
        with request.db.write() as uow:
            commands.mark_read(uow, request.viewer, told)
    _news(request).forget(request.viewer)


@routes.get("/b/d", access=Access.PERSONA)
def digest(request: Ask) -> Response[bytes]:
    of = request.query("of") if request.query("of") in _DAYS else "day"
    since = clock.day() - _DAYS[of]
    with request.db.read() as db:
        told = queries.everything(db, request.viewer, Asked(since=since))
    places: dict[bytes, list[Told]] = {}
    for one in sorted(told, key=lambda one: one.community):
        places.setdefault(one.cid, []).append(one)
    return page(
        request, "notifications/digest.html", places=list(places.values()), of=of, since=since * clock.DAY
    )


@routes.get("/b/s", access=Access.PERSONA)
def settings(request: Ask) -> Response[bytes]:
    hush, now = request.viewer.hush, clock.now()
    with request.db.read() as db:
        seen = queries.find_seen(db, request.viewer)
        threads, places = queries.muted(db, request.viewer, seen)
        pushed = _pushes(request).find(db, request.viewer.pid)
    begins, ends, _ = rules.read_hush(hush) or (-1, -1, 0)
    return page(
        request,
        "notifications/settings.html",
        sorts=[(sort.code, sort.wish, not seen.off & sort) for sort in Sort],
        muted=[
            (field, show_id(which), name)
            for field, kept in (("tid", threads), ("place", places))
            for which, name in kept
        ],
        hours=list(range(24)),
        begins=begins,
        ends=ends,
        clock=rules.her_clock(hush, now),
        halves=list(range(_HALVES)),
        hushed=rules.is_quiet(hush, now),
        pushed=mark_of(pushed.endpoint) if pushed else "",
        push_key="" if request.visit.onion else _pushes(request).public,
        saved=bool(request.query("saved")),
    )


@routes.post("/b/s", access=Access.PERSONA, limit="settings")
def change(request: Ask) -> Response[bytes]:
    wanted = Sort(0)
    for code, sort in _SORTS.items():
        wanted |= sort if request.form.flag(f"tick_{code}") else Sort(0)
    with request.db.write() as uow:
        commands.want(uow, request.viewer, wanted)
    with request.db.read() as db:
        pushed = _pushes(request).find(db, request.viewer.pid)
    if pushed is not None:
        _pushes(request).alter(request.viewer.pid, replace(pushed, off=commands.unwanted(wanted)))
    _news(request).forget(request.viewer)
    return see_other("/b/s?saved=1")


@routes.post("/b/p", access=Access.PERSONA, limit="settings")
def push(request: Ask) -> Response[bytes]:
    """This browser is told, when the site is closed, that there is something for this name; or none is any more."""
    pushes, endpoint, pid = _pushes(request), request.form.raw("endpoint"), request.viewer.pid
    if not endpoint:
        with request.db.write() as uow:
            pushes.switch_off(uow, pid)
        return see_other("/b/s?saved=1")
    if request.visit.onion or pushes.read(endpoint) is None:
        # From behind Tor it would lead out of it; and this house sends to nobody whom it does not know.
        raise Refused("notice.push_failed")
    with request.db.read() as db:
        off = queries.find_seen(db, request.viewer).off
    kept = Pushed(endpoint, request.asked_as, quiet_of(request.viewer.hush), off)
    with request.db.write() as uow:
        pushes.switch_on(uow, pid, kept)
    return see_other("/b/s?saved=1")


@routes.post("/b/m", access=Access.PERSONA, limit="settings")
def mute(request: Ask) -> Response[bytes]:
    """No notices of a thread or a place any more, or notices again."""
    tid, place, on = request.form.text("tid"), request.form.text("place"), request.form.flag("on")
    if not tid and not place:
        raise NotFound
    kind, which = ("threads", read_id(tid, ID_SIZE)) if tid else ("places", read_id(place, PLACE_SIZE))
    with request.db.write() as uow:
        commands.mute(uow, request.viewer, kind, which, on=on)
    _news(request).forget(request.viewer)
    return see_other("/b" if on else "/b/s")


@routes.post("/b/q", access=Access.ACCOUNT, limit="settings")
def change_hours(request: Ask) -> Response[bytes]:
    """Between which hours of her clock no word stands on pages; what her clock shows, she says herself."""
    hours = [str(hour) for hour in range(24)]
    begins, ends = (int(request.form.choice(name, hours, "0")) for name in ("begins", "ends"))
    half = int(request.form.choice("half", [str(half) for half in range(_HALVES)], "0"))
    on = request.form.flag("on")
    hush = rules.hush_of(begins, ends, rules.ahead_of(half, clock.now())) if on else ""
    flows.alter_preferences(request.site, request.visit.cookie, hush=hush)
    return see_other("/b/s?saved=1")


def _asked(request: Ask) -> Asked:
    """As the address says; what it says otherwise is nothing."""
    within, after = request.query("in"), request.query("after")
    return Asked(
        new=request.query("only") == "new",
        sort=_SORTS.get(request.query("of"), Sort(0)),
        cid=read_id(within, PLACE_SIZE) if within else b"",
        skipped=min(int(after), 10_000) if after.isascii() and after.isdigit() else 0,
    )


def _waiting(request: Ask, db: Read) -> list[Waiting]:
    """What waits for her elsewhere, also in rooms above this one."""
    found = queries.waiting(db, request.viewer)
    # About an experience of hers, by the name in use or unnamed: known in her own session alone.
    if stories.asked_of_her(db, request.viewer):
        found.append(Waiting("notice.quoted", "/y/e/me"))
    if request.site.rooms.get("concerned", lambda *_asked: False)(db, request.viewer):
        found.append(Waiting("notice.concerned", "/me/o"))
    return found


def _pushes(request: Ask) -> Pushes:
    pushes: Pushes = request.site.rooms["pushes"]
    return pushes


def _news(request: Ask) -> News:
    news: News = request.site.rooms["news"]
    return news
