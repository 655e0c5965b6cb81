"""Which threads there are, who writes in them what, and when. Nothing here knows an id or a key."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mashrabiya.communities.types import Audience
from mashrabiya.stewardship.sample.lengths import FRESH, LONG, Length, fit, has_long, longest_first
from mashrabiya.stewardship.sample.posts import Scene, write_posts
from mashrabiya.stewardship.sample.script import Place, Story
from mashrabiya.stewardship.sample.types import Somebody, Thread
from mashrabiya.stewardship.sample.wording import Wording

OLDEST_DAYS, LONG_DAYS, NEW_DAYS, FRESH_DAYS = 84.0, 60.0, 5.0, 0.9
FADING_DAYS = 80.0
_ONCE = {"long", "fresh", "kept"}
_WAITING = 0.1
_MORE_IN = {
    Audience.PUBLIC: 3,
    Audience.SIGNED_IN: 4,
    Audience.MEMBERS: 2,
    Audience.TRUSTED: 2,
    Audience.HIDDEN: 1,
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A story in its community; the first time as it was written, later by others."""

    place: Place
    story: Story
    again: bool
    length: Length


def tell(
    places: Sequence[Place],
    members: dict[str, list[str]],
    people: Sequence[Somebody],
    *,
    threads: int,
    posts: int,
    seed: int,
) -> Iterator[Thread]:
    """So many threads with so many posts, the oldest first."""
    chance = random.Random(f"telling {seed}")  # noqa: S311 - a sample, no secret
    new = frozenset(name.key for somebody in people if somebody.new for name in somebody.personas)
    told = _in_order(_choose(places, threads, posts, chance), new, chance)
    lengths = [one.length for one in told]
    fit(lengths, posts, chance)
    longest_first(lengths, next(one.length for one in told if "long" in one.story.marks))
    known: set[str] = set()
    wording = Wording(chance)
    for number, one in enumerate(told):
        scene = Scene(
            place=one.place,
            story=one.story,
            again=one.again,
            members=members[one.place.key],
            begun=_begun(one, number / len(told), new),
            new=new,
            known=known,
        )
        yield write_posts(scene, one.length.posts, wording, chance)


def _choose(places: Sequence[Place], threads: int, posts: int, chance: random.Random) -> list[_Told]:
    """All that was written first, what every house must have at the very first; then again by others."""
    long = has_long(threads, posts)
    first = [(place, story) for place in places for story in place.stories]
    chance.shuffle(first)
    told = [_Told(place, story, False, _length(story, long)) for place, story in _one_of_each(first)]
    told = told[:threads]
    weights = [_MORE_IN[Audience(place.audience)] if place.stories else 0 for place in places]
    while len(told) < threads:
        (place,) = chance.choices(places, weights)
        story = chance.choice([one for one in place.stories if not one.marks & _ONCE])
        waits = chance.random() < _WAITING
        told.append(_Told(place, story, True, Length(1 if waits else 2, 1, fixed=waits)))
    return told


def _one_of_each(pairs: list[tuple[Place, Story]]) -> list[tuple[Place, Story]]:
    """One thread of each audience before the rest, so that the smallest house has them."""
    seen: set[int] = set()
    ahead, rest = [], []
    for place, story in pairs:
        special = bool(story.marks & _ONCE)
        first = not special and place.audience in (Audience.PUBLIC, Audience.HIDDEN)
        if special or (first and place.audience not in seen):
            ahead.append((place, story))
        else:
            rest.append((place, story))
        if first:
            seen.add(place.audience)
    return [*ahead, *rest]


def _length(story: Story, long: bool) -> Length:
    written = 1 + len(story.replies)
    if "long" in story.marks and long:
        return Length(LONG, fixed=True)
    if "fresh" in story.marks:
        return Length(FRESH, fixed=True)
    if "long" in story.marks:
        return Length(written + FRESH, least=FRESH + 1)
    return Length(written, fixed=bool(story.marks & {"alone", "kept"}))


def _in_order(told: list[_Told], new: frozenset[str], chance: random.Random) -> list[_Told]:
    """The oldest first: the long one at the beginning, newcomers' and the fresh one at the end."""
    chance.shuffle(told)
    return sorted(told, key=lambda one: _lateness(one, new))


def _lateness(one: _Told, new: frozenset[str]) -> int:
    if "fresh" in one.story.marks:
        return 3
    if _is_late(one, new):
        return 2
    return 0 if one.story.marks & {"long", "fading"} else 1


def _is_late(one: _Told, new: frozenset[str]) -> bool:
    """Whether somebody writes there who has only just come, or something there was reported."""
    lines = (one.story.opening, *one.story.replies)
    return not one.again and any(line.persona in new or line.case for line in lines)


def _begun(one: _Told, share: float, new: frozenset[str]) -> float:
    """How many days ago a thread began."""
    if "long" in one.story.marks:
        return LONG_DAYS
    if "fresh" in one.story.marks:
        return FRESH_DAYS
    if "fading" in one.story.marks:
        return FADING_DAYS
    begun = OLDEST_DAYS * float((1 - share) ** 1.6) + 0.02
    return min(begun, NEW_DAYS) if _is_late(one, new) else begun
