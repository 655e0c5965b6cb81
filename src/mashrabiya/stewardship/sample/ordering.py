"""Threads that those who care for a place have put in order: on top, slow, closed to replies, with a note."""

from __future__ import annotations

from collections.abc import Mapping

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.web.site import Site
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import Place, lines
from mashrabiya.stewardship.sample.tending import Decide, Told
from mashrabiya.stewardship.sample.types import Case

_AGO = 0.5


def order_threads(
    site: Site,
    decide: Decide,
    last: Mapping[str, bytes],
    places: Mapping[str, tuple[Place, bytes]],
    *,
    personas: Mapping[str, Viewer],
) -> None:
    """``language | act | words | note``: in the usual thread of the next community that speaks the language."""
    free = {key: place for key, (place, _) in places.items() if key in last}
    for line in lines("in_place"):
        language, act, words, note = (part.strip() for part in line.split("|"))
        key = next((key for key, place in free.items() if place.language == language), None)
        if key is None:
            continue
        place = free.pop(key)
        case = Case("", "", act, f"{words}\n\n{note}" if note else words)
        with days_ago(_AGO), site.database.write() as uow:
            decide(uow, personas[place.host], site.keys, Told(last[key], key, places[key][1], case))
