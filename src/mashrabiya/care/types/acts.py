"""What can be decided, and a decision as it was typed."""

from enum import IntEnum

from msgspec import Struct


class Act(IntEnum):
    """What was decided."""

    KEEP = 0
    HIDE = 1
    REMOVE = 2
    EXCLUDE = 3
    # These are decided by two people, and cannot be taken back.
    LEARN = 4
    ACCOUNT = 5
    SEAL = 6
    # From the whole house: decided by two, undone by one.
    CLOSE = 40

    @property
    def takes_two(self) -> bool:
        return Act.LEARN <= self <= Act.SEAL

    @property
    def key(self) -> str:
        return f"care.act_{self.name.lower()}"

    @property
    def done_key(self) -> str:
        return f"care.done_{self.name.lower()}"


class Choice(Struct, frozen=True):
    """An act as the form offers it."""

    number: int
    key: str
    help: str

    @classmethod
    def of(cls, act: Act, *, unnamed: bool, persona: bool = False) -> "Choice":
        """Excluding an unnamed voice takes something else from her than excluding a persona."""
        help_key = f"care.help_{act.name.lower()}"
        if act == Act.EXCLUDE and unnamed:
            help_key = "care.help_exclude_unnamed"
        elif act == Act.EXCLUDE and persona:
            help_key = "care.help_exclude_persona"
        return cls(int(act), act.key, help_key)


class NewDecision(Struct, frozen=True, kw_only=True):
    """A decision as it was typed. ``seen`` is how many on the same thing its writer knew of.

    ``place`` is the community from which a reported persona is excluded.
    """

    act: Act | None
    words: str
    place: bytes = b""
    agreement: int = -1
    days: int = 0
    seen: int = 0
    submission: str = ""
