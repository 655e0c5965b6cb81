"""The list of countries, drawn once for each way of speaking to readers: all of them are shown the same.

What somebody looked for is drawn for her, and not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import minijinja
from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Tongue
from mashrabiya.library.laws import queries
from mashrabiya.library.laws.rules import finding
from mashrabiya.library.laws.types import Level, Listed, Standing
from mashrabiya.library.laws.types.countries import names
from mashrabiya.platform.web import Ask

MOST = 12
"""So many lists are kept, of less than a hundred kilobytes each."""
_TEMPLATE, _SHEETS = "library/laws/_letters.html", "laws_sheets"


class Sheet(Struct, frozen=True):
    """The countries by letter as a page shows them, and of how many something is known."""

    html: str
    known: int


class _Kept(Struct, frozen=True):
    today: int
    standing: Mapping[str, Standing]
    sheet: Sheet


def listed(request: Ask, standing: Mapping[str, Standing], words: str, *, risk: bool) -> Sheet:
    """The list as it stands today; with ``words``, those whose name has them."""
    if words:
        return _draw(request, standing, words, risk=risk)
    sheets: dict[tuple[Tongue, bool], _Kept] = request.site.rooms.setdefault(_SHEETS, {})
    key, today = (request.viewer.tongue, risk), clock.day()
    kept = sheets.get(key)
    if kept is None or kept.today != today or kept.standing != standing:
        if len(sheets) >= MOST:
            sheets.clear()
        kept = sheets[key] = _Kept(today, standing, _draw(request, standing, "", risk=risk))
    return kept.sheet


def _draw(request: Ask, standing: Mapping[str, Standing], words: str, *, risk: bool) -> Sheet:
    own = {code: one.name for code, one in standing.items() if one.name}
    levels = {code: one.now(clock.day()) for code, one in standing.items()}
    found: Iterable[Listed] = _found(request, own, levels, words)
    letters = finding.by_letter(finding.with_risk(found) if risk else found)
    values: dict[str, Any] = {"letters": letters}
    html = request.site.templates.render(_TEMPLATE, request.viewer.tongue, values)
    return Sheet(minijinja.Markup(html), finding.in_sight(levels))


def _found(request: Ask, own: Mapping[str, str], levels: Mapping[str, Level], words: str) -> Iterable[Listed]:
    language, keys = request.viewer.tongue.language, request.keys
    for code in (*names(language), *own):
        if not words or finding.fits(words, code, own.get(code, "")):
            name = queries.name_in(language, code, own.get(code, ""))
            yield Listed(queries.address_of(keys, code), name, levels.get(code, Level.UNKNOWN))
