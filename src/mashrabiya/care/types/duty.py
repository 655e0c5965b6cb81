"""How desks are for one carer: what she chose for herself, and how her day at them is."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.kernel import clock

WEEK, HOURS = 7, 24
RESTS = (1, 4, 12, 24, 72, 168)
"""For how many hours somebody may rest at once."""
MANY = 3
"""From so many hard cases in a day, a break is offered."""
# The first day since 1970 was a Thursday; a week begins on Sunday here.
_FIRST_DAY = 4


class Duty(Struct, frozen=True):
    """What she chose. ``days`` are bits, Sunday first; ``begins`` and ``ends`` hours of the house's clock.

    Where it ends at an earlier hour than it begins, it ends the day after. Without days she chose no hours.
    """

    plain: bool = False
    no_keys: bool = False
    days: int = 0
    begins: int = 0
    ends: int = 0

    @classmethod
    def read(cls, kept: str) -> Duty:
        """As it lies in her preferences; what does not read is as if nothing was chosen."""
        if len(kept) != 8 or not kept.isascii() or not kept[4:].isdigit():
            return cls()
        try:
            days = int(kept[2:4], 16)
        except ValueError:
            return cls()
        return cls(kept[0] == "1", kept[1] == "1", days, int(kept[4:6]), int(kept[6:8]))

    @property
    def kept(self) -> str:
        """The same for her preferences: nothing where nothing was chosen."""
        if self == Duty():
            return ""
        return f"{int(self.plain)}{int(self.no_keys)}{self.days:02x}{self.begins:02}{self.ends:02}"

    def has(self, day: int) -> bool:
        return bool(self.days >> day & 1)

    def holds(self, hour: int) -> bool:
        """Whether that hour since 1970 is one of hers."""
        today, at = (hour // HOURS + _FIRST_DAY) % WEEK, hour % HOURS
        if self.begins < self.ends:
            return self.has(today) and self.begins <= at < self.ends
        return (self.has(today) and at >= self.begins) or (self.has((today - 1) % WEEK) and at < self.ends)


class OwnDesk(Struct, frozen=True):
    """What she chose, as a copy of what is hers tells it. Days of the week, Sunday is 0; times of the house's clock."""

    text_only: bool
    without_keys: bool
    days: list[int]
    begins: str
    ends: str
    rests_until: str


class Watch(Struct, frozen=True):
    """How it is with her now: how many hard cases she opened today, and in how many hours she is on again."""

    duty: Duty
    hard: int = 0
    rest: int = 0
    off: int = 0

    @property
    def offers(self) -> bool:
        """Whether a break should be offered."""
        return self.hard >= MANY

    @property
    def now(self) -> int:
        """The hour by the house's clock."""
        return clock.hour() % HOURS
