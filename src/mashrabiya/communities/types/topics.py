"""What a community can be about."""

from enum import IntFlag
from functools import lru_cache


class Topic(IntFlag):
    """What a community is about. Bits are stored: they are added to, never renumbered."""

    WOMEN = 1 << 0
    MEN = 1 << 1
    BI = 1 << 2
    TRANS = 1 << 3
    NONBINARY = 1 << 4
    ACE = 1 << 5
    INTERSEX = 1 << 6
    QUESTIONING = 1 << 7
    FOOD = 1 << 8
    WRITING = 1 << 9
    ARTS = 1 << 10
    GAMES = 1 << 11
    NATURE = 1 << 12
    MOVING = 1 << 13
    EXILE = 1 << 14
    MAGHREB = 1 << 15
    NILE = 1 << 16
    LEVANT = 1 << 17
    GULF = 1 << 18
    TONGUES = 1 << 19
    FAMILY = 1 << 20
    LOVE = 1 << 21
    OLDER = 1 << 22
    FAITH = 1 << 23
    HEALTH = 1 << 24
    WORK = 1 << 25

    @property
    def code(self) -> str:
        return (self.name or "").lower()

    @property
    def key(self) -> str:
        """Its name in the catalogues."""
        return f"topic.{self.code}"

    @property
    def number(self) -> int:
        """How an address names it: a number, since addresses stay in a browser's history."""
        return self.bit_length()


TOPIC_GROUPS: tuple[tuple[str, tuple[Topic, ...]], ...] = tuple(
    (f"topic.group_{name}", tuple(Topic)[first:last])
    for name, first, last in (("who", 0, 8), ("doing", 8, 14), ("where", 14, 20), ("life", 20, 26))
)
"""The topics as a reader looks through them, with the key of each group's name."""


def topics_in(bits: int) -> list[Topic]:
    """The single topics among these bits; bits that mean nothing are left out."""
    return [topic for topic in Topic if topic & bits]


@lru_cache(maxsize=4096)
def topic_keys(bits: int) -> tuple[str, ...]:
    """Their names in the catalogues. Asked for each place of a list, and most have few topics: reckoned once."""
    return tuple(topic.key for topic in topics_in(bits))
