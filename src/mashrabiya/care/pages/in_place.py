"""Acting on a whole thread where it stands: one page an act, which says what will happen to whom, and takes it back."""

from __future__ import annotations

from typing import Any

from mashrabiya.care import commands, forms, queries, rules
from mashrabiya.care.pages.parting import NOTHING_PICKED, TURN, picking
from mashrabiya.care.types import ON_TOP, PACES, SLOW_DAYS, Act, Tended
from mashrabiya.care.types.acts import BY_LETTER
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.verdict import Denied, Verdict
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_NOT_MOVING: dict[str, Any] = {
    "to": None,
    "places": [],
    "stays": "",
    "readers": None,
    "kept_days": 0,
    "picks": NOTHING_PICKED,
}
_ACT, _NOTE = "/t/{tid:str}/a/{act:str}", "/t/{tid:str}/n/{n:str}"


@routes.get("/t/{tid:str}/a", access=Access.ACCOUNT)
def acts(request: Ask, tid: str) -> Response[bytes]:
    with request.db.read() as db:
        thread, found = queries.all_tended(db, request.viewer, read_id(tid, ID_SIZE))
    return page(request, "care/in_place.html", thread=thread, acts=found)


@routes.get(_ACT, access=Access.ACCOUNT)
def begin(request: Ask, tid: str, act: str) -> Response[bytes]:
    return _ask(request, read_id(tid, ID_SIZE), 1, _act_of(act))


@routes.post(_ACT, access=Access.ACCOUNT, limit="decide", shows=(TURN,))
def act(request: Ask, tid: str, act: str) -> Response[bytes]:
    if request.form.flag(TURN):
        return _ask(request, read_id(tid, ID_SIZE), 1, _act_of(act))
    return _do(request, read_id(tid, ID_SIZE), 1, _act_of(act))


@routes.get(_NOTE, access=Access.ACCOUNT)
def begin_note(request: Ask, tid: str, n: str) -> Response[bytes]:
    return _ask(request, read_id(tid, ID_SIZE), forms.number(n), Act.CARE_NOTE)


@routes.post(_NOTE, access=Access.ACCOUNT, limit="decide")
def note(request: Ask, tid: str, n: str) -> Response[bytes]:
    return _do(request, read_id(tid, ID_SIZE), forms.number(n), Act.CARE_NOTE)


def _act_of(letter: str) -> Act:
    if letter not in BY_LETTER:
        raise NotFound
    return BY_LETTER[letter]


def _do(request: Ask, tid: bytes, number: int, act: Act) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            if request.form.flag("back"):
                tended = commands.take_back_tending(uow, request.viewer, tid, number, act=act)
            else:
                new = forms.read_tending(request.form, act)
                tended = commands.tend(uow, request.viewer, tid, number, new=new)
    except Invalid as trouble:
        return _ask(request, tid, number, act, wrong=trouble.fields)
    except Refused as trouble:
        return _ask(request, tid, number, act, wrong={"who": trouble.why})
    return see_other(tended.address)


def _ask(
    request: Ask, tid: bytes, number: int, act: Act, *, wrong: dict[str, str] | None = None
) -> Response[bytes]:
    with request.db.read() as db:
        tended = queries.get_tended(db, request.viewer, tid, number, act=act)
        moving = _moving(request, db, tended) if act == Act.MOVE else _NOT_MOVING
        if act == Act.SPLIT:
            moving = _NOT_MOVING | picking(request, db, tended)
        if act == Act.TOP and not tended.is_done and queries.on_top(db, tended.place.id) >= ON_TOP:
            moving = _NOT_MOVING | {"stays": "tend.top_full"}
    may, had = rules.may_tend(request.viewer, tended), tended.thread.had_tags
    if act == Act.TAG and not (had or tended.thread.community.tags):
        moving = _NOT_MOVING | {"stays": "tend.tags_none"}
    ticked = {f"tag_{tag.n}": tag.shown for tag in had}
    form = request.form.typed or {"note": tended.note, "seen": str(tended.seen), **ticked}
    return page(
        request,
        "care/tend.html",
        status=422 if wrong else 200,
        tended=tended,
        thread=tended.thread,
        act=int(act),
        route=_NOTE if act == Act.CARE_NOTE else _ACT,
        why=_why(may) or moving["stays"],
        paces=[(minutes, f"tend.pace_{minutes}") for minutes in PACES],
        days=SLOW_DAYS,
        had=had,
        html=markdown.render(tended.note) if tended.note else "",
        **moving,
        form=form,
        wrong=wrong or {},
    )


def _why(may: Verdict) -> str:
    return may.why if isinstance(may, Denied) else ""


def _moving(request: Ask, db: Read, tended: Tended) -> dict[str, Any]:
    """The place that was chosen, with what keeps the thread from it; or those to choose from."""
    shown, thread = request.query("to") or request.form.text("place"), tended.thread
    if not shown:
        return _NOT_MOVING | {"places": queries.places_to_move(db, request.viewer, thread)}
    wanted = read_id(shown, COMMUNITY_ID_SIZE)
    found = queries.find_destination(db, request.viewer, thread, wanted)
    if found is None:
        raise NotFound
    to, staying = found
    may = rules.may_go(request.viewer, thread, to, staying)
    return _NOT_MOVING | {
        "to": to,
        "stays": _why(may),
        "readers": {"audience": max(thread.audience, to.audience)},
        "kept_days": min(thread.kept_days, to.retention_days),
    }
