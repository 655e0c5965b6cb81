"""What lies beside a case while it is decided on."""

from msgspec import Struct

from mashrabiya.care.types.acts import Act
from mashrabiya.care.types.among import Aside
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.safety.types import Notice


class LikeCase(Struct, frozen=True):
    """Another thing that waits in the same thread."""

    id: bytes
    n: int
    people: int
    since: int

    @property
    def path(self) -> str:
        return f"/care/{show_id(self.id)}"

    @property
    def when(self) -> int:
        return self.since * clock.DAY


class Earlier(Struct, frozen=True):
    """What was decided here for the same reason: the act, the agreement and the day, and nobody."""

    act: Act
    day: int
    undone: bool
    agreement: str

    @property
    def done_key(self) -> str:
        return self.act.done_key

    @property
    def when(self) -> int:
        return self.day * clock.DAY


class Beside(Struct, frozen=True, kw_only=True):
    """What lies beside a case: what its reporters said, notes among carers, and what is like it."""

    said: list[Notice]
    asides: list[Aside]
    like: list[LikeCase]
    earlier: list[Earlier]


ALONE = Beside(said=[], asides=[], like=[], earlier=[])
"""What lies beside something that nobody reported."""
