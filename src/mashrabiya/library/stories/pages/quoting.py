"""Doors to passages in guides: an editor asks for one, its teller answers, and either lets it go."""

from __future__ import annotations

from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.stories import commands, forms, queries, rules
from mashrabiya.library.stories.pages import asked
from mashrabiya.library.stories.types import ID_SIZE, PASSAGE_LIMIT, NewQuote, Quote, Tie
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_PATH = "/y/e/{story:str}/q"
Shown = tuple[Quote, Tie | None, int]


@routes.get(_PATH, access=Access.ACCOUNT)
def begin_quoting(request: Ask, story: str) -> Response[bytes]:
    return _ask(request, story)


@routes.post(_PATH, access=Access.ACCOUNT, limit="decide", shows=(forms.STEPS,))
def quote(request: Ask, story: str) -> Response[bytes]:
    if not asked.may_edit(request):
        raise NotFound
    if request.form.flag(forms.STEPS):
        return _ask(request, story)
    new = forms.read_quote(request.form)
    try:
        with request.db.write() as uow:
            _refuse_untied(uow, request, new)
            commands.ask_to_quote(
                uow, request.viewer, read_id(story, ID_SIZE), new, submission=request.form.submission
            )
    except (Invalid, Refused) as trouble:
        return _ask(request, story, trouble)
    return see_other(f"/y/e/{story}#quotes")


@routes.post(_PATH + "/{quote:str}", access=Access.ACCOUNT, limit="decide")
def answer(request: Ask, story: str, quote: str) -> Response[bytes]:
    which, passage, wish = read_id(story, ID_SIZE), read_id(quote, ID_SIZE), request.form.text("wish")
    with request.db.write() as uow:
        if wish == "off":
            if not asked.may_edit(request):
                raise NotFound
            commands.let_quote_go(uow, request.viewer, which, passage)
        else:
            commands.answer_quote(uow, request.viewer, which, passage, wish=wish == "1")
    return see_other(f"/y/e/{story}#quotes")


def quotes_of(db: Read, request: Ask, story: bytes) -> list[Shown]:
    """The passages of an experience, each with its guide and which step of that it stands at."""
    found = [(one, asked.steps_of(db, request, one.guide)) for one in queries.quotes_of(db, story)]
    return [(one, tie, tie.place_of(one.step) if tie else 0) for one, tie in found]


def _refuse_untied(db: Read, request: Ask, new: NewQuote) -> None:
    """Invalid where the guide, or the step of it, is not there."""
    tie = asked.steps_of(db, request, new.guide)
    if tie is None or not tie.has(new.step):
        raise Invalid({"guide": "library.stories.guide_gone"})


def _ask(request: Ask, story: str, trouble: Invalid | Refused | None = None) -> Response[bytes]:
    if not asked.may_edit(request):
        raise NotFound
    with request.db.read() as db:
        row = queries.get_story(db, request.viewer, read_id(story, ID_SIZE))
        form = request.form.typed or forms.tied(row.guide, row.step, "")
        tie = asked.steps_of(db, request, forms.read_guide(form.get("guide", "")))
    verdict = rules.may_quote(request.viewer, row)
    if not verdict.allowed and trouble is None:
        verdict.or_raise()
    return page(
        request,
        "library/stories/quote.html",
        status=422 if trouble else 200,
        row=row,
        form=form,
        tie=tie,
        guides=asked.guide_ties(request),
        most=PASSAGE_LIMIT,
        wrong=trouble.fields if isinstance(trouble, Invalid) else {},
        refused=trouble.why if isinstance(trouble, Refused) else "",
    )
