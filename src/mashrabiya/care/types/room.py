"""What those who care for a place say to each other, apart from any case."""

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id

ROOM_DAYS = 14
"""So long what is said in a room of carers is kept."""

ROOM_LIMIT = 1000
MOST_IN_ROOM = 200


class NewLine(Struct, frozen=True):
    """Something to be said, as it was typed. ``wish``: its writer would like somebody to talk with."""

    words: str
    wish: bool = False
    submission: str = ""


class Line(Struct, frozen=True):
    """Something that was said. ``voice`` tells voices of one week apart, and is nobody's name."""

    id: bytes
    n: int
    voice: int
    own: bool
    wish: bool
    waits: bool
    day: int
    words: str

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def may_be_met(self) -> bool:
        """Whether somebody else may say that she is here."""
        return self.waits and not self.own
