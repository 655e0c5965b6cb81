"""What a post is meant as, and what became of it."""

from enum import IntEnum
from functools import lru_cache


class PostState(IntEnum):
    """What became of a post. Away is never stored: its author is, and chose that it be not shown meanwhile."""

    SHOWN = 0
    DELETED = 1
    REMOVED = 2
    HIDDEN = 3
    AWAY = 4
    # Kept back for some days while a care team decides on it; its author goes on writing it.
    HELD = 5


class Answers(IntEnum):
    """Who may answer in a thread, as whoever opened it wished. Numbers are stored."""

    EVERYONE = 0
    NAMED = 1
    NOBODY = 2


class Kind(IntEnum):
    """What a reply is meant as; most are meant as nothing special."""

    PLAIN = 0
    LISTENING = 1
    EXPERIENCE = 2
    ADVICE = 3
    FACTS = 4
    NEWS = 5
    TALK = 6

    @property
    def key(self) -> str:
        """Its name in the catalogues."""
        return _KEYS[self]

    @property
    def bit(self) -> int:
        """Its place in ``wants`` and ``spare``; plain has none, since nobody asks for it."""
        return 1 << (self - 1) if self else 0


_KEYS = (
    "compose.kind_none",
    "compose.listening",
    "compose.experience",
    "compose.advice",
    "compose.information",
    "compose.news",
    "compose.talk",
)

SPARED = (Kind.EXPERIENCE, Kind.ADVICE, Kind.FACTS, Kind.TALK)
"""What a thread may say that it does not want now. Listening and good news hurt nobody."""


@lru_cache(maxsize=1 << len(Kind))
def kinds_in(bits: int) -> tuple[Kind, ...]:
    """The kinds among these bits; bits that mean nothing are left out."""
    return tuple(kind for kind in Kind if kind.bit & bits)
