"""What the pages of countries say, where the house has them."""

from __future__ import annotations

from mashrabiya.library.services import rules
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Ask


def law_of(request: Ask, db: Read) -> rules.LawOf:
    """What the law of a country says of same-sex acts, in a word; where nobody knows, that it is not known."""
    room = request.site.rooms.get("law_of")
    return rules.no_law if room is None else lambda code: str(room(db, code))
