"""Posts as they go to another thread, or come back from one."""

from msgspec import Struct

from mashrabiya.discussions.types.kinds import PostState


class Part(Struct, frozen=True):
    """A post of a thread that could be split: its number there, whose it is for a rule, and how readers meet it."""

    n: int
    id: bytes
    pid: bytes | None
    tok: bytes | None
    home_tid: bytes
    state: int

    @property
    def is_shown(self) -> bool:
        return self.state == PostState.SHOWN

    @property
    def holds_words(self) -> bool:
        return self.state != PostState.DELETED


class Gone(Struct, frozen=True):
    """Where a post stood before a decision took it to another thread, and where it stands now."""

    tid: bytes
    now: bytes
    part: Part
