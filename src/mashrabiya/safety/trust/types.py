"""Values of trust that other rooms may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from msgspec import Struct

MOST_NEEDED = 5
"""So many established people are enough in a house of any size."""

SHARE = 4
"""One in so many of the established is enough where there are fewer."""

PER_BRANCH = 2
"""So many who came by one branch of invitations are counted for one person."""

BUCKETS = 16
"""A branch is kept as one of so few numbers, another for each who was helped, that many people share it."""

FADE_DAYS = 548
"""Eighteen months."""

KNOWN_DAYS, KNOWN_SPAN = 4, 21
TRUSTED_DAYS, TRUSTED_SPAN, TRUSTED_TIMES, TRUSTED_VOUCHERS = 10, 90, 3, 2
VOUCHED_QUARTERS = 6
"""So long somebody stands for another; then she may do so again."""

PULLED_DAYS = 30
"""So long the care team is told that somebody stands for another no more."""

PRESENT_DAYS = 3
REMOVED_DAYS = 90
"""So long a post that a care team removed keeps its author new, under that name."""

TRIED = 5_000
"""Unnamed voices that somebody found helpful, tried at most: two microseconds each."""


class Level(IntEnum):
    """How far somebody is trusted. Never shown, and never written down."""

    NEW = 0
    SETTLED = 1
    KNOWN = 2
    TRUSTED = 3


class Measure(Struct, frozen=True):
    """What it takes in this house now: so many established people, in so many communities."""

    people: int = 1
    places: int = 1


class Voice(Struct, frozen=True):
    """Whom somebody found helpful: a persona, or (with its thread) an unnamed voice. And in which community."""

    id: bytes
    home_tid: bytes
    cid: bytes

    @property
    def is_named(self) -> bool:
        return not self.home_tid


class Help(Struct, frozen=True):
    """What is known of one who was helpful: by how many established people, when, and where."""

    people: int = 0
    days: int = 0
    places: int = 0
    span: int = 0


class Presence(Struct, frozen=True):
    """On how many days somebody wrote, whether she answered anybody, and what of it was removed lately."""

    days: int = 0
    answered: bool = False
    removed: bool = False


class Standing(Struct, frozen=True):
    """How somebody stands now: the best of all her names and unnamed words, and each name by its slot.

    ``vouched``: the slots of those names that somebody vouches for.
    """

    best: Level = Level.NEW
    names: tuple[Level, ...] = ()
    vouched: frozenset[int] = frozenset()

    def under(self, slot: int) -> Level:
        """Under the name in this slot, as others may notice it."""
        return self.names[slot] if slot < len(self.names) else Level.NEW


class Vouched(Struct, frozen=True):
    """Somebody whom the reader vouches for, as her own page shows it: by a mark that names nobody, and a name if they still meet."""

    mark: str
    name: str = ""
    seed: bytes = b""


class Pulled(Struct, frozen=True):
    """That somebody took back that she vouches for this persona: for the care team."""

    id: bytes
    target: bytes
    until_day: int


FIRST_THREADS, FIRST_REPLIES = 1, 10
"""So much somebody new may write in a day."""


SLOW_REPLIES = 3
"""So many answers a day in a community where a care team slowed somebody's writing."""


def _nothing(_what: str, _place: bytes, _text: str) -> None:
    """Nobody counts."""


def _all_left(_place: bytes) -> int:
    """Nobody has counted."""
    return SLOW_REPLIES


def _not_counted(_place: bytes) -> None:
    """Nobody counts."""


def _at_once(_thread: bytes, _minutes: int) -> int:
    """Nobody has counted."""
    return 0


def _no_wait(_thread: bytes, _minutes: int) -> None:
    """Nobody counts."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody may write now: what is left of the day while she is new, and what her words may bring.

    ``new`` goes by the best of all her names, and by it goes how much; ``shows`` by the persona in use, and
    ``shows_unnamed`` by all of them, since unnamed words are under none. ``protected``: the whole house is,
    and only the established write. ``wrote`` is told of each that was written, where, and its words.
    ``slow_left`` and ``wrote_slowly`` are asked and told of a community where her writing is slowed;
    ``wait`` and ``answered`` of a thread where everybody answers once in so many minutes: the seconds that are left.
    """

    new: bool = False
    threads: int = FIRST_THREADS
    replies: int = FIRST_REPLIES
    shows: bool = True
    shows_unnamed: bool = True
    protected: bool = False
    wrote: Callable[[str, bytes, str], None] = _nothing
    slow_left: Callable[[bytes], int] = _all_left
    wrote_slowly: Callable[[bytes], None] = _not_counted
    wait: Callable[[bytes, int], int] = _at_once
    answered: Callable[[bytes, int], None] = _no_wait

    def may_show(self, *, unnamed: bool) -> bool:
        """Whether links lead and pictures stand in words written so."""
        return self.shows_unnamed if unnamed else self.shows


FREE = Allowance()
