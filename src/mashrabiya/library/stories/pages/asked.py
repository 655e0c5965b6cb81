"""What several doors read of a request: who may edit the library, and in which words guides and countries stand."""

from __future__ import annotations

from functools import lru_cache

from mashrabiya.kernel import cldr
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.drawing import unpack
from mashrabiya.library.guides.types import Stock
from mashrabiya.library.stories.types import Row, Tie
from mashrabiya.people import queries as people
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Ask


def may_edit(request: Ask) -> bool:
    """Whether the viewer edits the library: hosts do, and whom the desk names."""
    named = request.site.rooms.get("editorial")
    return request.viewer.has(HOST) or (named is not None and bool(named(request)))


def has_page(db: Read, request: Ask, row: Row) -> bool:
    """Whether the page of whoever told it by name is there for this reader: a link leads nowhere else."""
    if row.pub is None or not request.viewer.is_member:
        return False
    acquainted = request.site.rooms.get("acquainted", people.strangers)
    try:
        people.persona_page(db, request.viewer, row.pub, acquainted=acquainted)
    except NotFound:
        return False
    return True


def stock(request: Ask) -> Stock:
    """The guides, as they lie in memory."""
    held: Stock = request.site.held[guides.STOCK]
    return held


def guide_ties(request: Ask) -> list[Tie]:
    """The guides that readers find, in words of the reader's language or of the one there is."""
    lang = request.viewer.tongue.language
    return [
        Tie(entry.guide.shown, entry.titles[entry.lang_for(lang)], entry.lang_for(lang))
        for entry in stock(request).shown.values()
    ]


def tie_of(request: Ask, guide: bytes | None) -> Tie | None:
    """One of them, as far as lists say it: without its steps."""
    entry = stock(request).entries.get(guide or b"")
    if entry is None or not entry.guide.is_read or not entry.titles:
        return None
    lang = entry.lang_for(request.viewer.tongue.language)
    return Tie(entry.guide.shown, entry.titles[lang], lang)


def steps_of(db: Read, request: Ask, guide: bytes | None) -> Tie | None:
    """A guide with its steps, if the viewer finds it."""
    if not guide:
        return None
    try:
        opened = guides.open_guide(db, request.viewer, guide, request.viewer.tongue.language)
    except NotFound:
        return None
    edition = opened.edition
    steps = tuple((step.key, step.title) for step in unpack(edition.parts).steps)
    return Tie(show_id(guide), edition.title, edition.lang, steps)


def countries(language: str) -> list[Tie]:
    """All countries and territories, by their names in this language."""
    return list(_countries(language))


def is_country(code: str) -> bool:
    """Whether it is the code of one."""
    return any(one.id == code for one in _countries("en"))


def country(request: Ask, code: str) -> str:
    """Its name for this reader; the code itself where it has none."""
    return cldr.territories(request.viewer.tongue.language).get(code, code)


def law_page(request: Ask, code: str) -> str:
    """The page of its law, where the house has one."""
    page_of = request.site.rooms.get("law_page")
    return str(page_of(request.keys, code)) if page_of and code else ""


@lru_cache(maxsize=8)
def _countries(language: str) -> tuple[Tie, ...]:
    found = sorted(cldr.territories(language).items(), key=lambda one: one[1])
    return tuple(
        Tie(code, name) for code, name in found if code not in {"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"}
    )


def words_of(request: Ask, story: Row) -> dict[str, object]:
    """What it stands with, in the reader's words."""
    return {
        "guide": tie_of(request, story.guide),
        "country": country(request, story.country) if story.country else "",
    }
