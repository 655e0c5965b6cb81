"""Which step of an edition is which step of the one before: it keeps its key, wherever it stands now.

Experiences, passages and what readers find wrong stand with a step by its key. In the first edition of a guide the key is
the place. A step that comes later has a key that none of the guide had before, so that nothing falls to it that was
told of another; and what was told of a step that is gone stands at the guide as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from html import unescape

from msgspec import Struct, structs

from mashrabiya.library.guides.types import Parts, Step

ALIKE = 0.6
"""So much of the words of two steps is the same where one is the other, worded anew."""
_CITES, _TAG, _WORD = re.compile("<sup>.*?</sup>"), re.compile("<[^>]*>"), re.compile(r"\w+")


class _Read(Struct, frozen=True):
    """A step as it is compared: without its links and the numbers of its sources."""

    title: str
    words: tuple[str, ...]

    @property
    def bag(self) -> Counter[str]:
        return Counter((*_words(self.title), *self.words))


def keyed(parts: Parts, keys: Sequence[int]) -> Parts:
    """The same with these keys, in the order of its steps."""
    left = iter(keys)
    sections = tuple(
        structs.replace(section, steps=tuple(structs.replace(step, key=next(left)) for step in section.steps))
        for section in parts.sections
    )
    return structs.replace(parts, sections=sections)


def carried(
    parts: Parts,
    *,
    before: Sequence[Step] = (),
    earlier: Sequence[Step] = (),
    beside: Sequence[Step] = (),
    used: int = 0,
) -> Parts:
    """The edition with the keys of its steps.

    ``before``: the steps of the edition in whose place it comes; ``earlier``: those of editions before that, the newest
    first; ``beside``: those that the other language has now; ``used``: the highest key that the guide ever gave.
    """
    steps = parts.steps
    found = _same(steps, before, {})
    # What was taken out and comes again is what it was: each as it stood last, however many editions there were.
    stood = {step.key: step for step in (*reversed(earlier), *before)}
    gone = [step for key, step in stood.items() if key not in {step.key for step in before}]
    found = _same(steps, gone, found)
    had = {step.key for step in (*before, *earlier)}
    found |= _followed(found, steps, had, beside)
    fresh = max([used, *had, *(step.key for step in beside)])
    keys = list[int]()
    for place in range(len(steps)):
        if place not in found:
            fresh += 1
        keys.append(found.get(place, fresh))
    return keyed(parts, keys)


def _same(steps: Sequence[Step], before: Sequence[Step], known: dict[int, int]) -> dict[int, int]:
    """Keys by place, with those of steps that stood there before: the surest first, each once."""
    found, taken = dict(known), set(known.values())
    for _rank, _unlike, _moved, place, old in sorted(_pairs(steps, before)):
        if place not in found and before[old].key not in taken:
            found[place] = before[old].key
            taken.add(before[old].key)
    return found


def _pairs(steps: Sequence[Step], before: Sequence[Step]) -> Iterator[tuple[int, float, int, int, int]]:
    """Which could be which: how sure that is, how unlike they are, how far it moved."""
    now, then = [_read(step) for step in steps], [_read(step) for step in before]
    bags = [one.bag for one in then]
    for place, one in enumerate(now):
        bag = one.bag
        for old, other in enumerate(then):
            alike = _alike(bag, bags[old])
            ranks = (one == other, one.words == other.words, one.title == other.title, alike >= ALIKE)
            if any(ranks):
                yield ranks.index(True), 1 - alike, abs(place - old), place, old


def _followed(
    found: dict[int, int], steps: Sequence[Step], had: Set[int], beside: Sequence[Step]
) -> dict[int, int]:
    """Those that the other language has had first, where this one has as many and the others stand alike."""
    theirs = [step.key for step in beside]
    alike = all(theirs[place] == key for place, key in found.items() if key in theirs and place < len(theirs))
    if len(theirs) != len(steps) or not alike:
        return {}
    return {place: key for place, key in enumerate(theirs) if place not in found and key not in had}


def _read(step: Step) -> _Read:
    # What says which source is a number of the whole text: it changes when a step is moved.
    html = _CITES.sub(" ", step.html)
    return _Read(" ".join(step.title.split()), tuple(_words(unescape(_TAG.sub(" ", html)))))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _alike(one: Counter[str], other: Counter[str]) -> float:
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0
