"""Writing a guide: as one text, or block by block beside the other language."""

from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.library.desk import commands, forms, queries, rules
from mashrabiya.library.desk.types import TEXT_LIMIT, Line, Typed, Volume, other
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides import reading
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look, look_over

routes = Routes()
UNSEEN = Look()
Trouble = Invalid | Conflict | None


@routes.get("/y/d/{guide:str}/w/{lang:str}", access=Access.PERSONA)
def begin_writing(request: Ask, guide: str, lang: str) -> Response[bytes]:
    return _writing(request, guide, lang)


@routes.post("/y/d/{guide:str}/w/{lang:str}", access=Access.PERSONA, limit="edit")
def write(request: Ask, guide: str, lang: str) -> Response[bytes]:
    look = look_over(request.form, "text")
    typed = forms.read_typed(request.form, forms.language(lang))
    if look.is_due:
        return _writing(request, guide, lang, look=look)
    try:
        with request.db.write() as uow:
            commands.save_draft(uow, request.viewer, guide, typed)
    except (Invalid, Conflict) as trouble:
        return _writing(request, guide, lang, trouble)
    return see_other(f"/y/d/{guide}/w/{lang}?saved=1")


@routes.get("/y/d/{guide:str}/x/{lang:str}", access=Access.PERSONA)
def begin_translating(request: Ask, guide: str, lang: str) -> Response[bytes]:
    return _beside(request, guide, lang)


@routes.post("/y/d/{guide:str}/x/{lang:str}", access=Access.PERSONA, limit="edit")
def translate(request: Ask, guide: str, lang: str) -> Response[bytes]:
    """A mistake, or somebody who was quicker, is met where the whole text stands: nothing typed is lost."""
    typed = forms.read_beside(request.form, forms.language(lang))
    look = look_over(_Whole(typed.text, request), "text")
    if look.is_due:
        return _writing(request, guide, lang, look=look, typed=typed)
    try:
        with request.db.write() as uow:
            commands.save_draft(uow, request.viewer, guide, typed)
    except (Invalid, Conflict) as trouble:
        return _writing(request, guide, lang, trouble, typed=typed)
    return see_other(f"/y/d/{guide}/x/{lang}?saved=1")


class _Whole:
    """The blocks of a form as the one text that they are."""

    def __init__(self, text: str, request: Ask) -> None:
        self._text, self._form = text, request.form

    def raw(self, name: str) -> str:
        return self._text if name == "text" else self._form.raw(name)


def _writing(
    request: Ask,
    shown: str,
    lang: str,
    trouble: Trouble = None,
    *,
    look: Look = UNSEEN,
    typed: Typed | None = None,
) -> Response[bytes]:
    """The whole text with the faults of its lines; what was typed first, and beside it what somebody else wrote meanwhile."""
    with request.db.read() as db:
        volume = _open(request, db, shown)
        (stands,) = queries.whole(db, volume, volume.now(forms.language(lang)))
        sent = typed.text if typed else request.form.raw("text")
        text = look.texts.get("text", sent) or (stands.text if stands else "")
    faults = _faults(request, text) if text else []
    meanwhile = isinstance(trouble, Conflict) and stands is not None
    return page(
        request,
        "library/desk/write.html",
        status=409 if meanwhile else 422 if trouble or look.is_due else 200,
        volume=volume,
        lang_of=lang,
        twin=volume.now(other(lang)),
        named=volume.titled(request.viewer.tongue.language),
        text=text,
        faults=faults,
        seen=rules.print_of(stands) if meanwhile or not sent else request.form.text("seen"),
        theirs=rules.rows_of(stands.text, text) if meanwhile and stands else [],
        limit=TEXT_LIMIT,
        look=look,
        saved=bool(request.query("saved")) and not trouble,
        wrong=trouble.fields if isinstance(trouble, Invalid) else {},
    )


def _beside(request: Ask, shown: str, lang: str) -> Response[bytes]:
    with request.db.read() as db:
        volume = _open(request, db, shown)
        own = volume.now(forms.language(lang))
        line = volume.published(other(lang)) or volume.draft(other(lang))
        original, stands, followed = queries.whole(db, volume, line, own, _followed(volume, own))
    if original is None:
        return see_other(f"/y/d/{shown}/w/{lang}")
    before = followed if followed is not None and followed.n < original.n else original
    blocks = rules.beside(original.text, before.text, stands.text if stands else "")
    if len(blocks) > rules.MOST_BLOCKS:
        return see_other(f"/y/d/{shown}/w/{lang}")
    return page(
        request,
        "library/desk/beside.html",
        volume=volume,
        lang_of=lang,
        original=original,
        named=volume.titled(request.viewer.tongue.language),
        blocks=blocks,
        changed=any(block.changed for block in blocks),
        seen=rules.print_of(stands),
        saved=bool(request.query("saved")),
    )


def _open(request: Ask, db: Read, shown: str) -> Volume:
    """The guide, for whoever may write."""
    rules.may_write(queries.get_desk(db, request.viewer)).or_raise()
    return queries.get_volume(db, shown)


def _followed(volume: Volume, own: Line | None) -> Line | None:
    """The edition of the original that this one followed last."""
    if own is None:
        return None
    place = (other(own.lang), own.follows)
    return next((line for line in volume.lines if (line.lang, line.n) == place), None)


def _faults(request: Ask, text: str) -> list[tuple[int, str, str]]:
    """Line by line what keeps it from being put out: number, reason, the line itself."""
    stock = request.site.held[guides.STOCK]
    known = reading.Known(set(stock.sources), {entry.guide.slug for entry in stock.entries.values()})
    try:
        reading.read(text, known)
    except reading.Unreadable as unreadable:
        lines = text.replace("\r\n", "\n").split("\n")
        return [
            (fault.line, fault.why, lines[fault.line - 1][:120])
            for fault in unreadable.faults
            if fault.line <= len(lines)
        ]
    return []
