"""How long threads are: exactly as many posts as asked, one long thread, most of them short."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

LONG, FRESH = 521, 20
_LEFT_FOR_OTHERS = 3
_CAP, _TIMES_USUAL = 14, 6


@dataclass(slots=True)
class Length:
    """A thread's posts: how many it has, and whether more may come."""

    posts: int
    least: int = 1
    fixed: bool = False


def has_long(threads: int, posts: int) -> bool:
    """Whether there are posts enough for a thread of more than five hundred replies."""
    return posts >= LONG + _LEFT_FOR_OTHERS * threads


def fit(lengths: Sequence[Length], posts: int, chance: random.Random) -> None:
    """Add and take until all together have so many posts."""
    left = posts - sum(length.posts for length in lengths)
    if left < 0:
        _take(lengths, -left)
    else:
        _add(lengths, left, chance)


def longest_first(lengths: Sequence[Length], long: Length) -> None:
    """Let the long thread be the longest, also where there are not posts enough for hundreds of replies."""
    other = max((one for one in lengths if not one.fixed), key=lambda one: one.posts, default=long)
    if other.posts > long.posts:
        other.posts, long.posts = long.posts, other.posts


def _take(lengths: Sequence[Length], too_many: int) -> None:
    """The last replies of the longest go first, those of the marked threads last."""
    for fixed in (False, True):
        while too_many:
            longest = max(
                (one for one in lengths if one.fixed == fixed), key=lambda one: one.posts - one.least
            )
            if longest.posts <= longest.least:
                break
            longest.posts -= 1
            too_many -= 1


def _add(lengths: Sequence[Length], left: int, chance: random.Random) -> None:
    open_ = [length for length in lengths if not length.fixed] or list(lengths)
    cap = max(_CAP, _TIMES_USUAL * (left // len(open_)))
    while left:
        room = [length for length in open_ if length.posts < cap]
        if not room:
            cap *= 2
            continue
        for length in chance.sample(room, len(room)):
            more = min(left, int(chance.paretovariate(1.2)), cap - length.posts)
            length.posts += more
            left -= more
            if not left:
                return
