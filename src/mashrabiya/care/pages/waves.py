"""Cleaning up after a wave: what is alike is looked through, hidden together, and taken back together."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from mashrabiya.care import commands, forms, queries
from mashrabiya.care.pages.closing import agreed
from mashrabiya.care.types import STEP, WAVE_HOURS, Batch, Wave
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.trust.bursts import Sign

routes = Routes()

_ID_SIZE = 16
_USUAL_HOURS = 6
_SIGNS = (Sign.WORDS, Sign.LINKS)


@routes.get("/care/w", access=Access.CARE, slow=True)
def house_wave(request: Ask) -> Response[bytes]:
    return _look(request, b"")


@routes.get("/c/{cid:str}/care/w", access=Access.ACCOUNT, slow=True)
def community_wave(request: Ask, cid: str) -> Response[bytes]:
    return _look(request, read_id(cid, COMMUNITY_ID_SIZE))


@routes.post("/care/w", access=Access.CARE, limit="decide")
def hide_in_house(request: Ask) -> Response[bytes]:
    return _hide(request, b"")


@routes.post("/c/{cid:str}/care/w", access=Access.ACCOUNT, limit="decide")
def hide_in_community(request: Ask, cid: str) -> Response[bytes]:
    return _hide(request, read_id(cid, COMMUNITY_ID_SIZE))


@routes.get("/care/w/{decision:str}", access=Access.ACCOUNT)
def hidden_together(request: Ask, decision: str) -> Response[bytes]:
    """What was hidden in one press, to be taken back together or one by one."""
    with request.db.read() as db:
        found = queries.get_batch(db, request.viewer, read_id(decision, _ID_SIZE))
    standing = [one for one in found if one.stands]
    return page(
        request,
        "care/batch.html",
        batch=decision,
        decided=found,
        standing=len(standing),
        # Nobody takes back what meets herself.
        undoes=bool(standing) and not any(one.hers for one in standing),
        desk=found[0].desk,
    )


@routes.post("/care/w/{decision:str}", access=Access.ACCOUNT, limit="decide")
def undo_together(request: Ask, decision: str) -> Response[bytes]:
    batch = read_id(decision, _ID_SIZE)
    with request.db.write() as uow:
        standing = commands.begin_undoing(uow, request.viewer, batch)
    for some in _in_steps(standing):
        with request.db.write() as uow:
            commands.undo_together(uow, request.viewer, some)
    return see_other(f"/care/w/{decision}")


def _hide(request: Ask, cid: bytes) -> Response[bytes]:
    new = forms.read_wave(request.form, _agreed(request, cid))
    with request.db.read() as db:
        # As far back as there is: what stood on the page may be just beyond the hours that were chosen.
        found = queries.wave(db, request.viewer, cid, new.sign, hours=WAVE_HOURS[-1])
    try:
        batch = _begin(request, found, new)
    except Invalid as trouble:
        return _look(request, cid, trouble)
    # Each step is a write of its own: nobody who writes meanwhile waits for all of them.
    for some in _in_steps(batch.posts):
        with request.db.write() as uow:
            commands.hide_together(uow, request.viewer, found, batch, posts=some)
    return see_other(batch.path)


def _begin(request: Ask, found: Wave, new: Any) -> Batch:
    with request.db.write() as uow:
        return commands.begin_wave(uow, request.viewer, found, new)


Some = TypeVar("Some")


def _in_steps(many: Sequence[Some]) -> Iterator[Sequence[Some]]:
    return (many[place : place + STEP] for place in range(0, len(many), STEP))


def _agreed(request: Ask, cid: bytes) -> list[str]:
    if not cid:
        return agreed(request)
    with request.db.read() as db:
        return queries.get_place(db, request.viewer, cid).agreed


def _look(request: Ask, cid: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    hours, sign = _asked(request, typed=trouble is not None)
    with request.db.read() as db:
        found = queries.wave(db, request.viewer, cid, sign, hours=hours)
    return page(
        request,
        "care/wave.html",
        status=422 if trouble else 200,
        wave=found,
        route="/c/{cid:str}/care/w" if cid else "/care/w",
        agreed=found.place.agreed if cid else agreed(request),
        hours=hours,
        choices=WAVE_HOURS,
        sign=sign,
        signs=[(one, f"wave.by_{one}") for one in _SIGNS],
        # What was unticked stays so.
        picked=forms.ticked(request.form) if trouble else None,
        form=request.form.typed,
        wrong=trouble.fields if trouble else {},
    )


def _asked(request: Ask, *, typed: bool) -> tuple[int, Sign]:
    asked = request.form.raw if typed else request.query
    hours, sign = asked("hours"), asked("by")
    chosen = int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 3 else _USUAL_HOURS
    return min(max(chosen, WAVE_HOURS[0]), WAVE_HOURS[-1]), Sign.LINKS if sign == Sign.LINKS else Sign.WORDS
