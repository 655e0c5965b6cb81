"""One edition: read with what changed, by whoever reads it for the house; and put out."""

from functools import partial

from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.library.desk import commands, forms, queries, rules
from mashrabiya.library.desk.types import ANSWER_LIMIT, Desk, Line, Typed, Volume, role_key
from mashrabiya.library.guides.types import EditionState
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look, look_over

routes = Routes()
UNSEEN = Look()
_MOST_LINKS = 40
_NOTHING: dict[str, str] = {}


@routes.get("/y/d/{guide:str}/{lang:str}/{n:str}", access=Access.PERSONA)
def edition(request: Ask, guide: str, lang: str, n: str) -> Response[bytes]:
    return _page(request, guide, lang, n)


@routes.post("/y/d/{guide:str}/{lang:str}/{n:str}", access=Access.PERSONA, limit="decide")
def read_as(request: Ask, guide: str, lang: str, n: str) -> Response[bytes]:
    """She has read it, in that role; or takes that back."""
    place, viewer = forms.place(lang, n), request.viewer
    try:
        with request.db.write() as uow:
            if request.form.text("wish") == "back":
                commands.unread(uow, viewer, guide, place)
            else:
                role, seen = int(forms.read_role(request.form)), request.form.text("seen")
                commands.read_as(uow, viewer, guide, place, role=role, seen=seen)
    except (Conflict, Refused) as trouble:
        return _page(request, guide, lang, n, wrong={"who": trouble.why})
    request.site.held.refresh()
    return see_other(f"/y/d/{guide}/{lang}/{n}")


@routes.post("/y/d/{guide:str}/{lang:str}/{n:str}/m", access=Access.PERSONA, limit="report")
def object_to(request: Ask, guide: str, lang: str, n: str) -> Response[bytes]:
    """Something has to change first."""
    look, text = look_over(request.form, "objection"), forms.words(request.form, "objection")
    again = partial(_page, request, guide, lang, n)
    if look.is_due:
        return again(look=look)
    place, submission = forms.place(lang, n), request.form.submission
    try:
        with request.db.write() as uow:
            commands.object_to(uow, request.viewer, guide, place, text=text, submission=submission)
    except Invalid as wrong:
        return again(wrong=wrong.fields)
    return see_other("/y/d")


@routes.post("/y/d/{guide:str}/{lang:str}/{n:str}/o", access=Access.PERSONA, limit="decide")
def put_out(request: Ask, guide: str, lang: str, n: str) -> Response[bytes]:
    typed = Typed(forms.place(lang, n)[0], "", request.form.text("seen"))
    agrees = request.form.choice("step", ("same", "ahead"), "ahead") == "same"
    try:
        with request.db.write() as uow:
            commands.put_out(uow, request.viewer, guide, typed, agrees=agrees)
    except (Conflict, Refused) as trouble:
        return _page(request, guide, lang, n, wrong={"who": trouble.why})
    request.site.held.refresh()
    return see_other(f"/y/d/{guide}")


def _page(
    request: Ask,
    shown: str,
    lang: str,
    n: str,
    *,
    wrong: dict[str, str] = _NOTHING,
    look: Look = UNSEEN,
) -> Response[bytes]:
    with request.db.read() as db:
        desk = queries.get_desk(db, request.viewer)
        volume = queries.get_volume(db, shown)
        line = _line(volume, forms.place(lang, n))
        one, before = queries.whole(db, volume, line, _before(volume, line))
    if one is None:
        raise NotFound
    draft, rows = line.is_draft, rules.rows_of(before.text if before else one.text, one.text)
    return page(
        request,
        "library/desk/edition.html",
        status=422 if wrong or look.is_due else 200,
        volume=volume,
        line=line,
        named=volume.titled(request.viewer.tongue.language),
        rows=rows,
        changes=[row.change for row in rows if row.change][:_MOST_LINKS],
        before=before,
        open=line.is_draft or line.state == EditionState.PUBLISHED,
        hands=[(hand.key, hand.when) for hand in volume.hands_of(line) if hand.role],
        waits=[role_key(role) for role in rules.wanted(volume, line)],
        ways=_ways(request, desk, volume, line),
        back=_has_read(request, volume, line),
        may_put_out=draft and rules.may_put_out(desk).allowed,
        closes=draft and rules.closes(volume.guide, read=rules.is_read(volume.guide, volume.hands_of(line))),
        seen=rules.print_of(one),
        limit=ANSWER_LIMIT,
        look=look,
        form=request.form.typed | look.texts,
        wrong=wrong,
    )


def _line(volume: Volume, place: tuple[str, int]) -> Line:
    for line in volume.lines:
        if (line.lang, line.n) == place:
            return line
    raise NotFound


def _before(volume: Volume, line: Line) -> Line | None:
    """With what it is compared: what readers read now, else what they read before it."""
    published = volume.published(line.lang)
    if published is not None and published.n < line.n:
        return published
    earlier = [one for one in volume.lines if one.lang == line.lang and one.n < line.n]
    return earlier[0] if earlier else None


def _ways(request: Ask, desk: Desk, volume: Volume, line: Line) -> list[tuple[int, str, str]]:
    """In which of her roles she may say that she has read it: number, name, and why not."""
    who = queries.hand_of(request.viewer, (volume.guide.id, line.lang, line.n))
    found, hands = [], volume.hands_of(line)
    wrote = rules.has_written(volume, line, partial(queries.hand_on, request.viewer))
    for role in rules.readers_of(volume.guide):
        if desk.has(role):
            verdict = rules.may_read_as(desk, volume.guide, role, who=who, hands=hands, wrote=wrote)
            found.append((int(role), role_key(role), getattr(verdict, "why", "")))
    return found


def _has_read(request: Ask, volume: Volume, line: Line) -> bool:
    who = queries.hand_of(request.viewer, (volume.guide.id, line.lang, line.n))
    return any(hand.who == who and hand.role for hand in volume.hands_of(line))
