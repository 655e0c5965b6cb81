"""What an experience is about, and what its teller agrees to. Numbers are stored."""

from __future__ import annotations

from enum import IntEnum, IntFlag

ID_SIZE = 16
KEPT_DAYS = 1826
"""So long an experience stays at most: five years."""
FADE = "experiences end"
"""The rule by which they do."""
PAGE = 20
BESIDE_MOST = 3
"""So many stand beside one step."""
QUESTION_LIMIT = 160
PART_LIMIT = 4000
EXCERPT_LIMIT = 220
BESIDE_LIMIT = 300
MOST_TRIED = 20_000
"""So many unnamed experiences are tried for what is hers: two microseconds each."""
PARTS = ("was", "done", "came")
"""The three answers, in order."""


class State(IntEnum):
    """What a care team did with it. The numbers are those of posts."""

    SHOWN = 0
    REMOVED = 2
    HIDDEN = 3
    HELD = 5


class Layer(IntFlag):
    """What its teller agrees to, each by itself. Bits are stored: they are added to, never renumbered."""

    MEMBERS = 1
    EVERYBODY = 2
    BESIDE = 4
    QUOTED = 8

    @property
    def code(self) -> str:
        """The last word of its key in the catalogues: ``library.stories.layer_…``."""
        return (self.name or "").lower()


ALL_LAYERS = Layer(sum(Layer))


class Situation(IntEnum):
    """What it is about. The words stand in the catalogues under ``library.stories.kind_…``."""

    SELF = 1
    TELLING = 2
    FAMILY = 3
    HOME = 4
    LOVE = 5
    FAITH = 6
    WORK = 7
    HEALTH = 8
    MIND = 9
    TRANSITION = 10
    LAW = 11
    ONLINE = 12
    LEAVING = 13
    LOSS = 14
    OTHER = 15

    @property
    def key(self) -> str:
        return f"library.stories.kind_{self.name.lower()}"


class Mark(IntEnum):
    """What a reader says of it: it is counted, and says nothing of her."""

    SAME = 1
    HELPED = 2

    @property
    def code(self) -> str:
        return self.name.lower()
