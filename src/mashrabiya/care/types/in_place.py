"""What those who care for a place do with a whole thread, where it stands."""

from collections.abc import Sequence

from msgspec import Struct

from mashrabiya.care.types.acts import Act
from mashrabiya.care.types.cases import Place
from mashrabiya.care.types.decisions import Decision
from mashrabiya.discussions.types import Judged, Placed, ThreadFacts

ON_TOP = 3
"""So many threads stand on top of a community's list at most."""

PACES = (10, 60, 1440)
"""Minutes between two answers of one person."""

SLOW_DAYS = (1, 3, 7)
"""So many days a thread may be slow; then it is as ever."""

NOTE_LIMIT = 2000

MOST_PARTS = 1000
"""So many posts go to another thread in one press."""


class Tended(Struct, frozen=True):
    """A thread, or a post of it, as somebody who cares for its community acts on it.

    ``seen`` is how many decisions there are on it. ``standing`` is the one of this act that holds now. ``own``:
    she wrote it herself, under any of her names or under none.
    """

    thread: ThreadFacts
    post: Judged
    place: Place
    act: Act
    seen: int
    standing: Decision | None
    own: bool
    # Where what was done leads, if not to the thread itself.
    to: bytes = b""

    @property
    def is_done(self) -> bool:
        """Whether the thread is so now, also where nobody remembers any more who decided it."""
        thread = self.thread
        if self.act == Act.CARE_NOTE:
            return bool(self.note)
        if self.act == Act.SLOW:
            return thread.slowed > 0
        if self.act in {Act.MOVE, Act.SPLIT}:
            return self.standing is not None
        if self.act == Act.TAG:
            return thread.own_tags is not None
        return bool(thread.shut if self.act == Act.SHUT else thread.top)

    @property
    def key(self) -> str:
        return self.act.key

    @property
    def back_key(self) -> str:
        return f"tend.back_{self.act.name.lower()}"

    @property
    def note(self) -> str:
        """What the care team says there now."""
        return (self.thread.care_note if self.post.n == 1 else self.post.care_note) or ""

    @property
    def path(self) -> str:
        """Where it is done and taken back."""
        if self.act == Act.CARE_NOTE:
            return f"/t/{self.thread.shown}/n/{self.post.n}"
        return f"/t/{self.thread.shown}/a/{self.act.letter}"

    @property
    def address(self) -> str:
        """Where what was done can be seen."""
        return Placed(self.to, 1).address if self.to else Placed(self.thread.id, self.post.n).address


class NewTending(Struct, frozen=True, kw_only=True):
    """An act as it was typed. ``seen`` is how many decisions its writer knew of.

    ``picked`` are numbers of posts that go to another thread; with ``onwards`` all goes from the first of them on.
    """

    act: Act
    words: str
    agreement: int = -1
    minutes: int = 0
    days: int = 0
    note: str = ""
    tags: tuple[bytes, ...] = ()
    to: bytes = b""
    title: str = ""
    picked: frozenset[int] = frozenset()
    onwards: bool = False
    seen: int = 0
    submission: str = ""


class Staying(Struct, frozen=True):
    """What keeps a thread where it is: something of it is held back, or was reported; or somebody who is
    excluded here could read it there.
    """

    withheld: int = 0
    reported: int = 0
    excluded: int = 0


class Done(Struct, frozen=True):
    """One act as the page of a thread's carers lists it."""

    act: Act
    path: str
    is_done: bool

    @property
    def key(self) -> str:
        return self.act.key

    @classmethod
    def all_of(cls, thread: ThreadFacts) -> Sequence["Done"]:
        """What can be done with a thread as a whole, and whether it is so now."""
        base = f"/t/{thread.shown}"
        return [
            cls(Act.SHUT, f"{base}/a/{Act.SHUT.letter}", bool(thread.shut)),
            cls(Act.TOP, f"{base}/a/{Act.TOP.letter}", bool(thread.top)),
            cls(Act.SLOW, f"{base}/a/{Act.SLOW.letter}", thread.slowed > 0),
            cls(Act.CARE_NOTE, f"{base}/n/1", bool(thread.care_note)),
            cls(Act.SPLIT, f"{base}/a/{Act.SPLIT.letter}", False),
            cls(Act.TAG, f"{base}/a/{Act.TAG.letter}", thread.own_tags is not None),
            cls(Act.MOVE, f"{base}/a/{Act.MOVE.letter}", False),
        ]
