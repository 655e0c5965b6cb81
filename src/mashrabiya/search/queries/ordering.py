"""In which order posts are found: best or newest first, those that hold every word before all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from mashrabiya.kernel.clock import SIX_HOURS
from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.nearness import TOGETHER, together, worth_of
from mashrabiya.platform.search.ranking import Weighed, holds_all, weigh
from mashrabiya.search.types import PAGE, Near
from mashrabiya.search.wish import Wish

_AT_ONCE = 2 * PAGE
_NEW = 1 << 62
_SEVERAL = 2
_WHOLE = 1e6
"""More than any text can answer."""

Said = tuple[int, bytes]
"""A number and the words that stand under it; nobody asked yet whether it is for this reader."""


class Pool:
    """What may be meant: ``near`` is hers; of the ``rest`` it is only known what it says. ``strict``: all of it holds every word."""

    def __init__(
        self,
        near: list[Near] | None = None,
        rest: Sequence[Said] = (),
        *,
        cut: bool = False,
        strict: bool = False,
    ) -> None:
        self.near, self.rest, self.cut, self.strict = near or [], rest, cut, strict

    @property
    def count(self) -> int:
        """How many are known to be hers."""
        return len(self.near)

    def whole(self, question: Question) -> int:
        """How many of those hold every word."""
        return self.count if self.strict else sum(holds_all(one.words, question) for one in self.near)


Opens = Callable[[Sequence[Said]], list[Near]]
"""Those of some that the reader may open and wants to meet."""


class Placed(NamedTuple):
    """One of hers in the line: whether it lacks a word, how well it answers."""

    lacks: bool
    score: float
    one: Near


def ordered(pool: Pool, wish: Wish, opens: Opens) -> list[bytes]:
    """The posts in their order: all where all are known; else as many as the page that is asked for needs.

    What was asked for on the way is known in the pool afterwards.
    """
    if pool.rest:
        # The newest first: so it stays among those that answer equally well.
        pool.near.sort(key=_number, reverse=True)
    rows = [one.words for one in pool.near]
    rows += map(itemgetter(1), pool.rest)
    weighed = weigh(rows, wish.question, len(pool.near) if pool.rest else None)
    line = _in_line(pool, wish, opens, weighed) if pool.rest else _known(pool, wish, weighed)
    return [placed.one.id for placed in _together_first(line, wish, weighed.rarity)]


def _known(pool: Pool, wish: Wish, weighed: Weighed) -> list[Placed]:
    line = [
        Placed(not whole, score, one) for one, (whole, score) in zip(pool.near, weighed.rows, strict=True)
    ]
    line.sort(
        key=lambda at: (at.lacks, 0.0 if wish.newest else -round(at.score, 9), -at.one.t, at.one.id),
    )
    return line


def _in_line(pool: Pool, wish: Wish, opens: Opens, weighed: Weighed) -> list[Placed]:
    # What holds every word comes first, then what answers best.
    weights = [score + _WHOLE if whole else score for whole, score in weighed.rows]
    if wish.newest:
        numbers = [*map(_number, pool.near), *(num for num, _ in pool.rest)]
        line = sorted(range(len(weights)), key=numbers.__getitem__, reverse=True)
        line.sort(key=lambda at: weights[at] < _WHOLE)
    else:
        line = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)
    return _as_far(pool, wish, opens, [(at, *weighed.rows[at]) for at in line])


def _together_first(line: list[Placed], wish: Wish, rarity: Sequence[float]) -> list[Placed]:
    """The page that is asked for once more, by how much of it each says in one breath.

    Of what is hers alone: among others, what she may not open would move what she finds.
    """
    if wish.newest or len(wish.question.keys) < _SEVERAL:
        return line
    worth, pages = worth_of(wish.question, rarity), -(-len(line) // PAGE)
    begins = (max(1, min(wish.page, pages)) - 1) * PAGE
    page = line[begins : begins + PAGE]
    gained = {at.one.id: at.score + TOGETHER * together(at.one.words, worth) for at in page}
    page.sort(key=lambda at: (at.lacks, -round(gained[at.one.id], 9)))
    return [*line[:begins], *page, *line[begins + PAGE :]]


def _as_far(pool: Pool, wish: Wish, opens: Opens, line: Sequence[tuple[int, bool, float]]) -> list[Placed]:
    """From the front of the line those that are hers, until the page is full and it is known whether there is another.

    Where many are not, as of what is older than she asks, more are asked for each time.
    """
    known, wanted = len(pool.near), max(1, wish.page) * PAGE + 1
    front: list[Placed] = []
    begins, certain, most = 0, 0, _AT_ONCE
    while begins < len(line) and certain < wanted:
        some = line[begins : begins + max(most, wanted - len(front))]
        begins, most = begins + len(some), 2 * most
        asked = [pool.rest[at - known] for at, _, _ in some if at >= known]
        found = {one.num: one for one in opens(asked)} if asked else {}
        each = [
            (whole, score, pool.near[at] if at < known else found.get(pool.rest[at - known][0]))
            for at, whole, score in some
        ]
        hers = [Placed(not whole, score, one) for whole, score, one in each if one is not None]
        pool.near.extend(found.values())
        front += hers
        certain = _certain(front, hers) if wish.newest else len(front)
    seen = {at - known for at, _, _ in line[:begins]}
    pool.rest = [one for at, one in enumerate(pool.rest) if at not in seen] if begins < len(line) else []
    if wish.newest:
        front.sort(key=lambda at: (at.lacks, -at.one.t, at.one.id))
    return front


def _certain(front: Sequence[Placed], last: Sequence[Placed]) -> int:
    """How many are newer than all that was not asked for yet.

    Numbers follow time by six hours, and what was changed since has a higher one: nothing that comes later in the line
    is newer than the newest of those that came last.
    """
    if not last:
        return 0
    lacks = max(at.lacks for at in last)
    ends = lacks, min(-_step(at.one) for at in last if at.lacks == last[-1].lacks)
    return sum((at.lacks, -_step(at.one)) < ends for at in front)


def _number(one: Near) -> int:
    """What has none yet is newer than what has."""
    return _NEW + one.t if one.num is None else one.num


def _step(one: Near) -> int:
    return one.t // SIX_HOURS
