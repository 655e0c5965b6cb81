"""Objections: what the person concerned says to a decision, and what she is answered."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id

APPEAL_DAYS = 30
"""So long one may object to what has no end; else until the end."""

ANSWER_DAYS = 7
"""So soon an objection is answered: promised to her, and shown at the desk."""


class AppealState(IntEnum):
    """What became of an objection."""

    WAITING = 0
    STANDS = 1
    REVERSED = 2


class Appeal(Struct, frozen=True):
    """An objection as both sides read it; nothing in it says who objects."""

    id: bytes
    decision: bytes
    state: AppealState
    day: int
    answered_day: int | None
    words: str
    answer: str

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def waits(self) -> bool:
        return self.state == AppealState.WAITING

    @property
    def is_reversed(self) -> bool:
        return self.state == AppealState.REVERSED

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def left(self) -> int:
        """Days until the promised answer; below nought when it is late."""
        return self.day + ANSWER_DAYS - clock.day()

    @property
    def late(self) -> int:
        """Days by which the answer is late."""
        return max(-self.left, 0)


class WaitingAppeals(Struct, frozen=True):
    """How many objections wait at a desk, and since which day the oldest does; how many colleagues would like to talk."""

    count: int = 0
    since: int | None = None
    wished: int = 0

    @property
    def late(self) -> int:
        """Days by which the oldest is late."""
        return 0 if self.since is None else max(clock.day() - self.since - ANSWER_DAYS, 0)

    @property
    def left(self) -> int:
        """Days in which the oldest has to be answered."""
        return 0 if self.since is None else max(self.since + ANSWER_DAYS - clock.day(), 0)


class NewAnswer(Struct, frozen=True):
    """An answer as typed: whether the decision is taken back, and why."""

    reverse: bool | None
    words: str
