"""What was agreed in a place, version by version."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.kernel import clock

TOLD_DAYS = 14
"""So long a place's page says that its agreements have changed."""
VERSION_DAYS = 730
"""So long an earlier version stands: as long as a decision that goes by it."""
IN_FORCE = 2**31 - 1
"""The day until which the version in force stands."""


class Version(Struct, frozen=True):
    """What was agreed from one day on, and what was new in it. Nobody is said to have changed it.

    ``proposed``: a member did, by ``name`` where that persona is there and whoever reads is a member.
    """

    v: int
    day: int
    text: str
    proposed: int = 0
    name: str | None = None
    added: list[str] = []
    gone: list[str] = []

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def lines(self) -> list[str]:
        return agreed_in(self.text)


def agreed_in(text: str) -> list[str]:
    """Agreements, one by one."""
    return [line.strip() for line in text.splitlines() if line.strip()]
