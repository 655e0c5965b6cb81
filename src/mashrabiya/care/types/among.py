"""What carers tell each other about a case: who has it, notes, what is asked of somebody else."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel import clock

CLAIM_HOURS = 24
"""So long a case is somebody's; then it is everybody's again by itself."""

ASIDE_LIMIT = 1000
WHY_LIMIT = 200
MOST_ASIDES = 40
"""So many notes a case takes."""


class Wish(IntEnum):
    """What a note among carers asks of the others."""

    NONE = 0
    SECOND = 1
    OTHER = 2


class Claim(Struct, frozen=True):
    """Who has a case: one of those who run the place, by her persona; one of the house's team, known to herself alone.

    Who may read the name, a rule says; it is empty where the persona is away, and of the house's team.
    """

    role: str
    exp_h: int
    pid: bytes = b""
    by: bytes = b""
    name: str = ""

    @property
    def left(self) -> int:
        """Hours until it ends by itself; never fewer than one while it stands."""
        return max(self.exp_h - clock.hour(), 1)


class Taken(Struct, frozen=True):
    """That somebody has a case, as one of those who decide there reads it."""

    own: bool
    name: str
    role: str
    left: int


class OnDesk(Struct, frozen=True):
    """How a case stands among its carers: who has it, what was asked of somebody else, and whether by the reader."""

    taken: Taken | None
    wish: Wish
    own_wish: bool

    @property
    def wish_key(self) -> str:
        """What the list says of it; nothing where nothing is asked."""
        if not self.wish:
            return ""
        return f"among.{self.wish.name.lower()}{'_own' if self.own_wish else ''}"


class Aside(Struct, frozen=True):
    """A note among carers. Nothing in it says who wrote it."""

    n: int
    own: bool
    role: str
    shared: bool
    wish: Wish
    day: int
    words: str

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def wish_key(self) -> str:
        """What it asked of the others, as it is told once it is asked."""
        return f"among.asked_{self.wish.name.lower()}"


class NewAside(Struct, frozen=True, kw_only=True):
    """A note as typed. ``second``: somebody else's opinion is wanted. ``shared``: those who run the place may read it too."""

    words: str
    second: bool = False
    shared: bool = False
    submission: str = ""
