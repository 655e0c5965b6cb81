"""Doors of experiences: finding, reading, marking, and choosing which stand beside a step."""

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.library.stories import commands, forms, queries, rules
from mashrabiya.library.stories.pages import asked, closed, quoting, telling
from mashrabiya.library.stories.types import ID_SIZE, Layer, Seek
from mashrabiya.platform.db import Read
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_PATH = "/y/e/{story:str}"


@routes.get("/y/e", access=Access.ANYONE, slow=True)
def find_stories(request: Ask) -> Response[bytes]:
    seek = forms.read_seek({name: request.query(name) for name in "kgsc"}, request.keys)
    if seek.words and request.viewer.work is not None:
        request.site.spend("search", request.viewer.work.budget_key(), None)
    with request.db.read() as db:
        found = queries.find(db, request.viewer, seek, request.query("after"))
        codes = queries.countries_told_of(db, request.viewer)
        tie = asked.steps_of(db, request, seek.guide)
    return page(
        request,
        "library/stories/list.html",
        found=[(one, asked.words_of(request, one.row)) for one in found.rows],
        seek=seek,
        tie=tie,
        guide=show_id(seek.guide) if seek.guide else "",
        place=asked.country(request, seek.country) if seek.country else "",
        law=asked.law_page(request, seek.country),
        narrows=seek.narrows,
        situations=forms.ABOUT,
        guides=asked.guide_ties(request),
        countries=[(code, asked.country(request, code)) for code in codes],
        languages=list(LANGUAGES),
        older=forms.address(request.keys, seek, found.after) if found.after else "",
    )


@routes.post("/y/e", access=Access.ANYONE, limit="search", tokenless=True)
def ask_for_stories(request: Ask) -> Response[bytes]:
    return see_other(forms.ask(request.form, request.keys))


routes.all += telling.routes.all + quoting.routes.all + closed.routes.all


@routes.get(_PATH, access=Access.ANYONE)
def open_story(request: Ask, story: str) -> Response[bytes]:
    raw = read_id(story, ID_SIZE)
    with request.db.read() as db:
        shown = queries.story_page(db, request.viewer, raw)
        tie = asked.steps_of(db, request, shown.row.guide)
        has_page = asked.has_page(db, request, shown.row)
        row, mine = shown.row, shown.mine == 1
        edits = bool(row.may & (Layer.BESIDE | Layer.QUOTED)) and not mine and asked.may_edit(request)
        quotes = quoting.quotes_of(db, request, raw) if mine or edits else []
    return page(
        request,
        "library/stories/story.html",
        one=shown,
        row=row,
        tie=tie,
        step=tie.title_of(row.step) if tie else "",
        country=asked.country(request, row.country) if row.country else "",
        law=asked.law_page(request, row.country),
        has_page=has_page,
        may_mark=rules.may_mark(request.viewer, row).allowed,
        may_change=rules.may_change(request.viewer, row).allowed,
        layers=forms.layers_for(row) if mine else [],
        form=forms.layers_typed(row) if mine else {},
        may_pick=edits and (rules.may_pick(request.viewer, row, ()).allowed or row.picked > 0),
        may_quote=edits and rules.may_quote(request.viewer, row).allowed,
        quotes=quotes,
        saved=request.query("ok") == "1",
    )


def told_of(db: Read, request: Ask, country: str) -> str:
    """Where this reader finds what was lived in a country; nothing where she would meet nothing. For the page of its law."""
    if not queries.stories_of_country(db, request.viewer, country, 1):
        return ""
    return forms.address(request.keys, Seek(country=country))


def proposed(request: Ask, guide: bytes) -> list[tuple[str, str, str]]:
    """What its tellers let stand beside a guide and nobody has chosen yet: address, title and language, for the desk."""
    with request.db.read() as db:
        return [(row.path, row.title, row.lang) for row in queries.proposed(db, request.viewer, guide)]


@routes.post(_PATH + "/h", access=Access.ACCOUNT, limit="react")
def mark_story(request: Ask, story: str) -> Response[bytes]:
    said = forms.read_mark(request.form)
    if said is None:
        raise NotFound
    kind, wish = said
    with request.db.write() as uow:
        commands.mark(uow, request.viewer, read_id(story, ID_SIZE), kind, wish=wish)
    return see_other(f"/y/e/{story}")


@routes.post(_PATH + "/p", access=Access.ACCOUNT, limit="decide")
def pick_story(request: Ask, story: str) -> Response[bytes]:
    if not asked.may_edit(request):
        raise NotFound
    with request.db.write() as uow:
        commands.pick(uow, request.viewer, read_id(story, ID_SIZE), wish=request.form.flag("on"))
    return see_other(f"/y/e/{story}")
