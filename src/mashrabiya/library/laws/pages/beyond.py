"""Where a country's page leads to besides: guides that go with the law, the country above and the territories below."""

from __future__ import annotations

from typing import Any

from mashrabiya.library.laws import queries
from mashrabiya.library.laws.types.parents import parent_of, territories_of
from mashrabiya.platform.web import Ask

_GUIDES = ("know-the-law-page", "law-and-arrest", "transition-legal", "migration-asylum", "digital-safety")


def guides(request: Ask) -> list[Any]:
    """Guides that go with the law, where they are open here: address, title, language."""
    named = request.site.rooms.get("guide_named")
    return [found for slug in _GUIDES if (found := named(request, slug))] if named else []


def family(request: Ask, code: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The country that a territory belongs to, and the territories of a country: by name, with their pages."""
    language, above = request.viewer.tongue.language, parent_of(code)
    of, territories = ([above] if above else []), territories_of(code)
    pages = [
        [(queries.name_in(language, one), queries.page_of(request.keys, one)) for one in codes]
        for codes in (of, territories)
    ]
    return pages[0], sorted(pages[1])
