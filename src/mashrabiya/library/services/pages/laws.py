"""What the pages of countries say, where the house has them."""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.library.services import rules
from mashrabiya.library.services.countries import country_name
from mashrabiya.library.services.types import EVERYWHERE
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Ask


def law_of(request: Ask, db: Read) -> rules.LawOf:
    """What the law of a country says of same-sex acts, in a word; where nobody knows, that it is not known."""
    room = request.site.rooms.get("law_of")
    return rules.no_law if room is None else lambda code: str(room(db, code))


def law_pages(request: Ask, codes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """The countries by name, each with the page of its law; what serves every country has neither."""
    page_of = request.site.rooms.get("law_page")
    return [
        (country_name(code, language), page_of(request.keys, code) if page_of and code != EVERYWHERE else "")
        for code in codes
    ]
