"""The steps of first run, in their order; later the sections of the settings."""

from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from mashrabiya.discussions.types import Placed


class Step(StrEnum):
    """One page of first run. Its number in the address is its place."""

    NAME = "name"
    ENTRY = "entry"
    AGREEMENTS = "agreements"
    RETENTION = "retention"
    EXIT = "exit"
    COMMUNITY = "community"
    CARERS = "carers"
    KEY = "key"
    BACKUP = "backup"
    OPEN = "open"

    @property
    def number(self) -> int:
        return ORDER.index(self) + 1

    @property
    def path(self) -> str:
        return f"/o/{self.number}"

    @property
    def key(self) -> str:
        """The catalogue key of its name."""
        return f"house.step_{self.value}"


ORDER = tuple(Step)
GUESS_MEMORY = (64, 128, 256)
"""What a guess at a passphrase may cost in a real house, in MiB, the usual first: nothing is cheaper."""
GUESS_ROUNDS = 3
TOLD = frozenset(
    {
        "adults_only",
        "argon_memory",
        "canary_day",
        "count",
        "entry",
        "languages",
        "members_invite",
        "onion_cookie_plain",
        "open",
        "retention_days",
    }
)
"""The settings of which the log of acts says what they are now. Of the others it says that they were changed."""
INVITATION_DAYS = (7, 14, 30)
MOST_INVITATIONS = 20


class Progress(Protocol):
    """How far the setting up has come: what rules need to know of the house's settings."""

    @property
    def steps_done(self) -> tuple[str, ...]: ...

    @property
    def open(self) -> bool: ...


class Place(Struct, frozen=True):
    """A step in the list of steps."""

    path: str
    title: str
    number: int
    done: bool
    current: bool = False


class Invitations(Struct, frozen=True, kw_only=True):
    """What invitations to make."""

    count: int
    days: int
    for_care: bool


class Trial(Struct, frozen=True):
    """What an automatic rule would have met among the posts of the last month, as far as they were looked through.

    ``after`` goes on from there, or is empty.
    """

    looked: int
    met: int
    rows: list[Placed]
    after: str = ""
