"""What a persona may do in the house, which age group it has, and by whom it came: sealed under the house's key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, IntFlag
from functools import lru_cache

from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED


class Band(IntEnum):
    """The age group somebody declared. It cannot differ between her personas."""

    UNKNOWN = 0
    ADULT = 1
    MINOR = 2


class Grant(IntFlag):
    """What an invitation, and then one persona, brings with it."""

    NONE = 0
    HOST = 1
    CARE = 2
    TRUSTED = 4
    # How long care lasts, where it is not the usual year. They go with the code that gives it, and end there.
    SHORT = 8
    LONG = 16

    @property
    def term(self) -> int:
        """For how many days care is given."""
        return next((days for days, length in TERMS.items() if length and self & length), USUAL_TERM)

    @property
    def roles(self) -> frozenset[str]:
        """The names under which the rest of the house asks for it."""
        return _roles(self)


USUAL_TERM = 365
TERMS = {183: Grant.SHORT, USUAL_TERM: Grant.NONE, 730: Grant.LONG}
"""Terms of a carer, in days. Whoever goes on is given another by two."""


def months_of(term: int) -> int:
    """A term as it is told."""
    return term * 12 // USUAL_TERM


@lru_cache(maxsize=1 << len(Grant))
def _roles(grants: Grant) -> frozenset[str]:
    names = {Grant.HOST: HOST, Grant.CARE: CARE, Grant.TRUSTED: TRUSTED}
    return frozenset(name for grant, name in names.items() if grants & grant)


@dataclass(frozen=True, slots=True)
class Flags:
    """What a persona carries sealed under the house's key.

    ``until`` is the quarter of a year in which its branch goes, ``care_until`` the day on which its care has ended.
    """

    band: Band = Band.UNKNOWN
    grant: Grant = Grant.NONE
    branch: bytes = bytes(8)
    until: int = 0
    care_until: int = 0

    def now(self, quarter: int) -> Flags:
        """The same without a branch whose time is over."""
        return self if quarter < self.until else replace(self, branch=bytes(8), until=0)

    def given(self, grant: Grant, today: int) -> Flags:
        """With these roles as well, from today: care for its term, counted anew."""
        until = today + grant.term if grant & Grant.CARE else self.care_until
        return replace(self, grant=(self.grant | grant) & ~(Grant.SHORT | Grant.LONG), care_until=until)

    def without(self, grant: Grant) -> Flags:
        """With these roles no more."""
        return replace(
            self, grant=self.grant & ~grant, care_until=0 if grant & Grant.CARE else self.care_until
        )
