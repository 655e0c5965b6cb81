"""Doors for reading: the front page, a guide, a guide on paper."""

from __future__ import annotations

from functools import partial
from typing import Any

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import HOST
from mashrabiya.library.guides import drawing, rules
from mashrabiya.library.guides.near import telling_words
from mashrabiya.library.guides.pages.parts import doors, opened, put_together, shown, stock_of
from mashrabiya.library.guides.printed import printed
from mashrabiya.library.guides.types import Edition, Guide
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()
INDEXED = "noarchive"


@routes.get("/y", access=Access.ANYONE)
def front(request: Ask) -> Response[bytes]:
    lang = request.viewer.tongue.language
    topics = [
        (topic.code, [(entry, entry.lang_for(lang)) for entry in entries])
        for topic, entries in stock_of(request).topics.items()
    ]
    return page(
        request,
        "library/guides/front.html",
        topics=topics,
        rooms=doors(request),
        runs=request.viewer.has(HOST),
        edits=request.site.rooms["editorial"](request),
    )


@routes.get("/y/{guide:str}", access=Access.ANYONE)
def guide(request: Ask, guide: str) -> Response[bytes]:
    try:
        found = opened(request, guide)
    except NotFound:
        # What was withdrawn says why; the desk knows.
        return _withdrawn(request, guide)
    indexed = _is_indexed(request, found.guide)
    lived = _lived(request, found.edition, whole=not indexed)
    show = partial(put_together, request)
    sheet = printed(request, found, stock_of(request), show=show, lived=lived)
    answer = page(
        request,
        "library/guides/guide.html",
        shown=sheet.whole.opened_as(found),
        guide=found.guide,
        edition=found.edition,
        sheet=sheet,
        notes=found.guide.note_keys,
        folded=rules.folds(request.viewer, found.guide.notes) and not request.query("all"),
        said=request.query("said") == "1",
        indexed=indexed,
        runs=request.viewer.has(HOST),
        out=stock_of(request).entries[found.guide.id].out,
        lived=lived,
    )
    if indexed:
        answer.headers["x-robots-tag"] = INDEXED
    return answer


@routes.get("/y/{guide:str}/p", access=Access.ANYONE)
def paper(request: Ask, guide: str) -> Response[bytes]:
    """A page without a script and without the name of the site: for paper, and for when there is no network."""
    found = shown(request, guide)
    return page(
        request,
        "library/guides/paper.html",
        shown=found,
        guide=found.opened.guide,
        edition=found.opened.edition,
        today=clock.date(clock.day()),
    )


@routes.get("/y/{guide:str}/t", access=Access.ANYONE, slow=True)
def threads(request: Ask, guide: str) -> Response[bytes]:
    """Threads near a guide, of those that this reader may open: looked for when they are asked for."""
    found = shown(request, guide).opened
    near = request.site.rooms.get("threads_near")
    if near is None:
        raise NotFound
    words = telling_words(found.guide.slug, stock_of(request).entries.get(found.guide.id))
    with request.db.read() as db:
        rows = near(db, request.viewer, words)
    return page(
        request,
        "library/guides/threads.html",
        guide=found.guide,
        edition=found.edition,
        threads=rows,
        ours=request.viewer.tongue.language,
    )


def _withdrawn(request: Ask, guide: str) -> Response[bytes]:
    ask = request.site.rooms.get("withdrawn")
    told: Response[bytes] | None = ask(request, guide) if ask else None
    if told is None:
        raise NotFound
    return told


def _lived(request: Ask, edition: Edition, *, whole: bool) -> Any:
    """What members lived of it, step by step, where the house has a room for that: this one knows none.

    On a page that search engines may keep stands no word of it: hosts let in guides, not members.
    """
    stories = request.site.rooms.get("stories_beside")
    if stories is None:
        return None
    with request.db.read() as db:
        return stories(db, request.viewer, edition.guide, partial(drawing.keys_of, edition), whole=whole)


def _is_indexed(request: Ask, found: Guide) -> bool:
    """Whether search engines may keep this page: where hosts let them, as a visitor sees it, and nothing that is closed."""
    viewer = request.viewer
    return request.house.index_library and found.is_read and not (viewer.is_member or viewer.discreet)
