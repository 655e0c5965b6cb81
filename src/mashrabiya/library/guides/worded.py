"""A guide with its terms marked, so that a tap shows what a word means: asked of the glossary, where the house has one."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from mashrabiya.library.guides.shown import Shown
from mashrabiya.platform.web import Ask

MOST = 12
"""Terms of one guide, each where it comes first."""
_CUT = "<!---->"


def worded(request: Ask, shown: Shown) -> tuple[Shown, list[Any]]:
    """The guide, and the concepts whose meanings go behind it. All of it is looked through as one text."""
    mark = request.site.rooms.get("terms_marked")
    if mark is None:
        return shown, []
    sections = shown.parts.sections
    pieces = [html for section in sections for html in (section.html, *(step.html for step in section.steps))]
    html, concepts = mark(_CUT.join(pieces), shown.opened.edition.lang, MOST)
    drawn = iter(html.split(_CUT))
    marked = tuple(
        structs.replace(
            section,
            html=next(drawn),
            steps=tuple(structs.replace(step, html=next(drawn)) for step in section.steps),
        )
        for section in sections
    )
    return structs.replace(shown, parts=structs.replace(shown.parts, sections=marked)), concepts
