"""A wording that a member proposes for what is agreed: a thread with a poll, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct

from mashrabiya.discussions.types.lists import notes_to_fold
from mashrabiya.discussions.types.polls import CLOSED_DAY, Poll
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id

LINE_LIMIT, REASON_LIMIT = 300, 400
VOTED_DAYS, PROPOSED_DAYS = 14, 30
"""So many days people vote on a proposal, and so many it waits for those who run the place."""
PROPOSALS_SHOWN = 60


class Outcome(IntEnum):
    """What those who run the place made of a proposal. Past its days without a word it has lapsed."""

    OPEN = 0
    AGREED = 1
    DECLINED = 2


class NewAmendment(Struct, frozen=True, kw_only=True):
    """A proposal as it was typed: ``new`` in place of ``old``; without ``old`` it is a line more, without ``new`` one less."""

    old: str = ""
    new: str = ""
    why: str = ""
    unnamed: bool = False
    submission: str = ""
    learnable: str = ""
    told: tuple[int, int] | None = None


class Amendment(Struct, frozen=True):
    """A proposal as one reader may know it. ``pid`` serves a rule and is shown nowhere; ``name`` is whose it is, if anybody's.

    ``why``: a key of the catalogues, where the reader does not want to meet it at once.
    """

    tid: bytes
    old: str
    new: str
    state: int
    said: str
    until_day: int
    v: int
    posts: int
    notes: int
    poll_day: int
    kept_poll: str
    pid: bytes | None
    name: str | None
    begun_for: int = 0
    why: str = ""

    @property
    def shown(self) -> str:
        return show_id(self.tid)

    def notes_to_fold(self, shown: int) -> list[str]:
        """As of a thread in a list."""
        return notes_to_fold(self.notes, shown)

    @property
    def waits(self) -> bool:
        return self.state == Outcome.OPEN and self.until_day >= clock.day()

    def not_as_it_is(self, agreed: Sequence[str], audience: int) -> str:
        """A key of the catalogues that says why it cannot be taken as it is; nothing where it can: for a place
        of which this is agreed, and which these see.
        """
        if self.begun_for > audience:
            return "amend.narrower"
        return "amend.stale" if self.old and self.old not in agreed else ""

    @property
    def is_agreed(self) -> bool:
        return self.state == Outcome.AGREED

    @property
    def is_declined(self) -> bool:
        return self.state == Outcome.DECLINED

    @property
    def days(self) -> int:
        """So many days it still waits, today not among them."""
        return max(0, self.until_day - clock.day())

    @property
    def replies(self) -> int:
        return self.posts - 1

    @property
    def counts(self) -> tuple[int, ...]:
        """How many wanted it and how many did not: once the vote is over, and where enough people voted."""
        poll = Poll.read(self.kept_poll) if self.poll_day == CLOSED_DAY else None
        return poll.counts if poll else ()
