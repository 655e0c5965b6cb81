"""Who reaches the persona in use: keeping one voice away, and the list of all that is kept away."""

import msgspec

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import commands, flows, queries
from mashrabiya.people.queries.private import MOST
from mashrabiya.people.rules.reach import read_wish
from mashrabiya.people.sealed.private import Blocked, Muted, entry_mark
from mashrabiya.people.types import Page, Voice
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_LIST = "/me/m"


@routes.get("/p/{pub:str}/m", access=Access.PERSONA)
def persona(request: Ask, pub: str) -> Response[bytes]:
    found = _found(request, pub)
    return page(
        request,
        "people/keep_away.html",
        persona=found,
        kept=queries.kept_of(request.viewer, Voice(found.id)),
        several=request.viewer.used > 1,
    )


@routes.post("/p/{pub:str}/m", access=Access.PERSONA, limit="settings")
def keep_away(request: Ask, pub: str) -> Response[bytes]:
    found = _found(request, pub)
    flows.keep_away(request.site, request.viewer, Voice(found.id), read_wish(request.form.typed))
    return see_other(f"/p/{pub}/m")


def _found(request: Ask, pub: str) -> Page:
    acquainted = request.site.rooms.get("acquainted", queries.strangers)
    with request.db.read() as db:
        found = queries.persona_page(db, request.viewer, pub, acquainted=acquainted)
    if found.id == request.viewer.pid:
        raise NotFound  # her page has no such door
    return found


class Entry(msgspec.Struct, frozen=True):
    """Somebody or a word that is kept away, as the list shows it. ``days`` are left of a mute, else -1."""

    mark: str
    slot: int
    word: str = ""
    name: str = ""
    seed: bytes = b""
    thread: str = ""
    label: int = 0
    mutes: bool = False
    days: int = -1
    shared: bool = False


@routes.get("/me/m", access=Access.PERSONA)
def kept_away(request: Ask) -> Response[bytes]:
    return _list(request)


@routes.post("/me/m", access=Access.PERSONA, limit="settings")
def hide_words(request: Ask) -> Response[bytes]:
    form = request.form
    try:
        with request.db.write() as uow:
            commands.hide_words(uow, request.viewer, form.lines("words"), shared=form.flag("shared"))
    except Invalid as wrong:
        return _list(request, wrong.fields)
    return see_other(_LIST)


@routes.post("/me/m/lift", access=Access.PERSONA, limit="settings")
def lift(request: Ask) -> Response[bytes]:
    form = request.form
    slot = form.number("slot", usual=request.viewer.slot, least=0, most=15)
    flows.lift(request.site, request.viewer, form.text("mark"), slot)
    return see_other(_LIST)


def _list(request: Ask, wrong: dict[str, str] | None = None) -> Response[bytes]:
    viewer = request.viewer
    kept = queries.lists_of(viewer)
    pids = {pid for lists in kept.values() for pid in lists.pids}
    with request.db.read() as db:
        met = request.site.rooms.get("met", lambda _db, _viewer, _pids: set())(db, viewer, pids)
        known = queries.known_personas(db, met)
    today = clock.day()
    blocks = [_entry(request, slot, one, known) for slot, lists in kept.items() for one in lists.blocks]
    mutes = [
        _entry(request, slot, one, known)
        for slot, lists in kept.items()
        for one in lists.mutes
        if one.holds(today)
    ]
    words = [_word(request, slot, word) for slot, lists in kept.items() for word in lists.words]
    return page(
        request,
        "people/reach.html",
        status=422 if wrong else 200,
        blocks=blocks,
        mutes=mutes,
        words=words,
        most=MOST,
        form=request.form.typed,
        wrong=wrong or {},
        several=viewer.used > 1,
        shared=any(lists.words_shared for slot, lists in kept.items() if slot == viewer.slot),
    )


def _entry(request: Ask, slot: int, one: Blocked | Muted, known: dict[bytes, queries.Known]) -> Entry:
    work = request.viewer.work
    assert work is not None
    persona, mark = known.get(one.pid), entry_mark(work, slot, one)
    # Away, it has no page; nor does a list say how it is called now.
    shown = persona if persona and not persona.is_away else None
    muted = one if isinstance(one, Muted) else Muted()
    return Entry(
        mark=mark,
        slot=slot,
        name=shown.name if shown else "",
        seed=shown.seed if shown else b"",
        thread=show_id(muted.tid) if muted.tid else "",
        label=muted.label,
        mutes=isinstance(one, Muted),
        days=muted.days_left(clock.day()),
        shared=one.shared,
    )


def _word(request: Ask, slot: int, word: str) -> Entry:
    work = request.viewer.work
    assert work is not None
    return Entry(mark=entry_mark(work, slot, word), slot=slot, word=word)
