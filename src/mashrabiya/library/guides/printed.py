"""What the page of a guide shows to all its readers alike, drawn once for each way of speaking to them.

Nothing of a reader is in it: whether she may open the guide, what she said of it, what members lived that she is
shown, and whether it folds for her are asked each time, around it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import minijinja
from msgspec import Struct, structs

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.library.guides.shown import Shown
from mashrabiya.library.guides.types import Opened, Stock
from mashrabiya.library.guides.worded import worded
from mashrabiya.platform.web import Ask

MOST = 64
"""So many sheets are kept: more than a house has guides that are read much in two languages, a few megabytes."""
_TEMPLATE, _CUT = "library/guides/_sheet.html", "<!--cut-->"
_SHEETS = "library_sheets"


class Printed(Struct, frozen=True):
    """The drawn parts of a guide: ``whole`` says what it shows besides, without its sections' words."""

    whole: Shown
    sections: tuple[tuple[str, bool], ...]
    """Each drawn, and whether it is the one of steps."""
    behind: str
    below: str
    aside: str


class _Kept(Struct, frozen=True):
    stock: Stock
    glossary: Any
    printed: Printed


def printed(
    request: Ask, opened: Opened, stock: Stock, *, show: Callable[[Opened], Shown], lived: Any
) -> Printed:
    """The sheet of a guide that this reader may open. ``show`` puts the guide together where no sheet is kept.

    A published edition never changes under its number; guides, sources and glossary are other ones when they do.
    Where experiences stand between its steps, it is hers alone: drawn for her, and not kept.
    """
    if lived and lived.all:
        return _draw(request, show(opened), lived)
    sheets: dict[tuple[bytes, str, int, Tongue], _Kept] = request.site.rooms.setdefault(_SHEETS, {})
    edition, tongue = opened.edition, request.viewer.tongue
    key = edition.guide, edition.lang, edition.n, tongue
    glossary = request.site.rooms["glossary"]() if "glossary" in request.site.rooms else None
    kept = sheets.get(key)
    if kept is None or kept.stock is not stock or kept.glossary is not glossary:
        if len(sheets) >= MOST:
            sheets.clear()
        kept = sheets[key] = _Kept(stock, glossary, _draw(request, show(opened), None))
    return kept.printed


def _draw(request: Ask, found: Shown, lived: Any) -> Printed:
    # In the neutral look a page has no words that stand over it when pressed.
    found, concepts = (found, []) if request.viewer.discreet else worded(request, found)
    edition, guide = found.opened.edition, found.opened.guide
    values = {"shown": found, "edition": edition, "guide": guide, "concepts": concepts, "lived": lived}
    html = request.site.templates.render(_TEMPLATE, request.viewer.tongue, values)
    # No word of a text can be taken for the cut: all that was typed is escaped.
    *sections, behind, below, aside = (minijinja.Markup(part.strip()) for part in html.split(_CUT))
    steps = (bool(part.steps) for part in found.parts.sections)
    return Printed(_bare(found), tuple(zip(sections, steps, strict=True)), behind, below, aside)


def _bare(found: Shown) -> Shown:
    """Without what she said of the guide who was the first to open it, and without the words that are drawn now."""
    edition = structs.replace(found.opened.edition, text="", parts="")
    opened = structs.replace(found.opened, edition=edition, marked=False)
    return structs.replace(found, opened=opened, parts=structs.replace(found.parts, sections=()))
