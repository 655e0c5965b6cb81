"""Threads that those who care for a place have put in order: on top, slow, closed to replies, with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.platform.web.site import Site
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import Place, lines
from mashrabiya.stewardship.sample.tending import Decide, Told
from mashrabiya.stewardship.sample.types import Case

# Last of all, as the log of acts has it.
_AGO = 0.01
SPLITS = [line for line in lines("in_place") if " | split | " in line]
"""Each makes a thread of its own."""


def order_threads(
    site: Site,
    decide: Decide,
    last: Mapping[str, bytes],
    places: Mapping[str, tuple[Place, bytes]],
    *,
    members: Mapping[str, Sequence[str]],
    personas: Mapping[str, Viewer],
) -> None:
    """``language | act | words | note``: in the usual thread of the next community that speaks the language."""
    free = {key: place for key, (place, _) in places.items() if key in last}
    for line in lines("in_place"):
        language, act, words, note = (part.strip() for part in line.split("|"))
        if act in _OF_ANY:
            spoken = [key for key, (place, _) in places.items() if place.language == language]
            case = Case("", "", act, f"{words}\n\n{note}" if note else words)
            threads = [Told(last[key], key, places[key][1], case) for key in spoken if key in last]
            _OF_ANY[act](site, decide, threads, personas)
            continue
        key = next((key for key, place in free.items() if place.language == language), None)
        if key is None:
            continue
        free.pop(key)
        case = Case("", "", act, f"{words}\n\n{note}" if note else words)
        with days_ago(_AGO), site.database.write() as uow:
            decide(uow, personas[members[key][0]], site.keys, Told(last[key], key, places[key][1], case))


def _carer(personas: Mapping[str, Viewer]) -> Viewer:
    return next(viewer for viewer in personas.values() if viewer.has(CARE))


def _split_one(site: Site, decide: Decide, threads: Sequence[Told], personas: Mapping[str, Viewer]) -> None:
    """The first of these in which enough was said, from its third text on; the newest come last, so they are tried first."""
    for one in reversed(threads):
        try:
            with days_ago(_AGO), site.database.write() as uow:
                decide(uow, _carer(personas), site.keys, one)
        except (Invalid, NotFound, Refused):
            continue
        return


def _move_one(site: Site, decide: Decide, threads: Sequence[Told], personas: Mapping[str, Viewer]) -> None:
    """The first of these that may go to the place of another, as somebody of the house's care team."""
    for one, other in permutations(threads, 2):
        try:
            with days_ago(_AGO), site.database.write() as uow:
                decide(uow, _carer(personas), site.keys, replace(one, cid=other.cid))
        except (NotFound, Refused):
            continue
        return


_OF_ANY = {"move": _move_one, "split": _split_one}
"""What is done where it can be, in whichever place of the language."""
