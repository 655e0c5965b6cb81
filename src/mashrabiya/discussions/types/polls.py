"""A poll of a thread: as it is typed, as it is kept, and as one reader sees it."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from mashrabiya.kernel.folding import can_be_seen

CHOICES, FEWEST_CHOICES = 8, 2
CHOICE_LIMIT = 120
POLL_DAYS, USUAL_POLL_DAYS = 30, 7
FEWEST_VOTERS = 5
"""With fewer, nothing of what was chosen is kept: in a small place counts would be persons."""

NO_POLL_DAY, CLOSED_DAY = 0, -1
"""What a thread has in place of the last day of voting: where there is no poll, and once it is closed."""


class NewPoll(Struct, frozen=True):
    """A poll as it was typed, each choice on one line. A place without anything to see is no choice,
    and without choices there is no poll.
    """

    typed: tuple[str, ...] = ()
    several: bool = False
    days: int = USUAL_POLL_DAYS
    amends: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(one for one in self.typed if can_be_seen(one))


NO_POLL = NewPoll()


class Poll(Struct, frozen=True, array_like=True):
    """A poll as a thread keeps it. ``counts`` are there once it is closed, where enough people voted.

    ``amends``: the thread proposes a wording of what is agreed in its place.
    """

    choices: tuple[str, ...]
    several: bool = False
    counts: tuple[int, ...] = ()
    voters: int = 0
    amends: bool = False

    @classmethod
    def read(cls, kept: str) -> Poll | None:
        """None where a thread has none."""
        return _READ.decode(kept) if kept else None

    def keep(self) -> str:
        return msgspec.json.encode(self).decode()

    @property
    def all(self) -> int:
        """The bits of all its choices."""
        return (1 << len(self.choices)) - 1


_READ = msgspec.json.Decoder(Poll)


class PollLine(Struct, frozen=True):
    """One choice of a poll, as a reader sees it. ``share`` is how long its bar is, of a hundred."""

    number: int
    text: str
    chosen: bool = False
    count: int = 0
    share: int = 0


class PollView(Struct, frozen=True):
    """A poll as one reader may know it.

    ``open``: votes are taken; ``counted``: how many there were is told, and to nobody before.
    ``voted``: this person has. ``few``: too few did for anything to be told. ``ends`` so many days from today.
    """

    lines: list[PollLine]
    several: bool
    open: bool
    ends: int
    counted: bool = False
    few: bool = False
    voters: int = 0
    voted: bool = False
    may_vote: bool = False
    paused: bool = False
    may_close: bool = False
    hidden: bool = False
    amends: bool = False
