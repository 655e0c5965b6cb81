"""Who belongs where: every writer in her communities, some more who read, and nobody twice in one."""

from __future__ import annotations

import random
from collections.abc import Sequence

from mashrabiya.communities.types import Audience
from mashrabiya.stewardship.sample.script import Place
from mashrabiya.stewardship.sample.types import Somebody

_OWN_LANGUAGE, _OTHER_LANGUAGE = 0.34, 0.12
_NARROWER = {
    Audience.PUBLIC: 1.0,
    Audience.SIGNED_IN: 1.0,
    Audience.MEMBERS: 0.6,
    Audience.TRUSTED: 0.3,
    Audience.HIDDEN: 0.0,
}
_FEWEST = 4
_OUTSIDE = frozenset({"pebble", "dot"})
"""They come to few places: for looking at a house from outside."""


def settle(places: Sequence[Place], people: Sequence[Somebody], seed: int) -> dict[str, list[str]]:
    """The personas of each community, by its key; the first one runs it."""
    chance = random.Random(f"settling {seed}")  # noqa: S311 - a sample, no secret
    return {place.key: _members(place, people, chance) for place in places}


def _members(place: Place, people: Sequence[Somebody], chance: random.Random) -> list[str]:
    writers = place.personas()
    chosen: list[str] = []
    for somebody in people:
        own = [name for name in somebody.personas if name.key in writers]
        if own:
            chosen.append(own[0].key)
        elif chance.random() < _share(place, somebody):
            chosen.append(chance.choice(somebody.personas).key)
    for somebody in people:
        if len(chosen) >= min(_FEWEST, len(people)):
            break
        if not any(name.key in chosen for name in somebody.personas):
            chosen.append(somebody.personas[-1].key)
    host = place.host if place.host in chosen else chosen[0]
    return [host, *(key for key in chosen if key != host)]


def _share(place: Place, somebody: Somebody) -> float:
    """How likely somebody reads along there."""
    if any(name.key in _OUTSIDE for name in somebody.personas):
        return 0.0
    speaks = _OWN_LANGUAGE if somebody.language == place.language else _OTHER_LANGUAGE
    return speaks * _NARROWER[Audience(place.audience)]
