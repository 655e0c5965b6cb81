"""What can be decided, and a decision as it was typed."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.care.types.cases import Case


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
    # The gentle ones, and a pause: decided by one, like those before.
    WORD = 20
    ASK = 21
    NOTE = 22
    PAUSE = 23
    HOLD = 24
    LIMIT = 25
    # Of a community: no list shows it to those outside for some days.
    UNLIST = 26
    # With a whole thread, or beside a post: nothing that anybody wrote is touched. Of a move, both communities have one.
    SHUT = 30
    TOP = 31
    SLOW = 32
    CARE_NOTE = 33
    MOVE = 34
    CAME = 35
    # Some of a thread becomes another; each further author whose posts went along has one of the second.
    SPLIT = 36
    WENT = 37
    TAG = 38
    # From the whole house: decided by two, undone by one.
    CLOSE = 40

    @property
    def takes_two(self) -> bool:
        return self in _OF_TWO

    @property
    def in_place(self) -> bool:
        """It orders a thread, and judges nobody's words."""
        return Act.SHUT <= self <= Act.TAG

    @property
    def is_second(self) -> bool:
        """It says once more what another decision says, to others: it is counted and logged with that."""
        return self in {Act.CAME, Act.WENT}

    @property
    def letter(self) -> str:
        """How addresses name an act on a thread."""
        return _LETTERS[self]

    @property
    def lasts(self) -> bool:
        """It closes something to a person for some days."""
        return self in {Act.LIMIT, Act.PAUSE, Act.EXCLUDE, Act.CLOSE}

    @property
    def ends(self) -> bool:
        """It is decided for some days, and ends by itself."""
        return self.lasts or self == Act.UNLIST

    @property
    def meets_person(self) -> bool:
        """It is about a person more than about a text: what was said there is told to nobody else."""
        return self in {Act.WORD, Act.LIMIT, Act.PAUSE, Act.EXCLUDE, Act.CLOSE}

    @property
    def key(self) -> str:
        return f"care.act_{self.name.lower()}"

    @property
    def done_key(self) -> str:
        return f"care.done_{self.name.lower()}"

    @property
    def outcome_key(self) -> str:
        """What those who reported it are told: what was done with a post, never what with a person."""
        return f"report.out_{'person' if self.meets_person else self.name.lower()}"


_OF_TWO = frozenset({Act.LEARN, Act.ACCOUNT, Act.SEAL})
_LETTERS = {
    Act.SHUT: "l",
    Act.TOP: "p",
    Act.SLOW: "s",
    Act.CARE_NOTE: "n",
    Act.MOVE: "m",
    Act.SPLIT: "d",
    Act.TAG: "t",
}
BY_LETTER = {letter: act for act, letter in _LETTERS.items() if act != Act.CARE_NOTE}


class Choice(Struct, frozen=True):
    """An act as the form offers it."""

    number: int
    key: str
    help: str

    @classmethod
    def of(cls, act: Act, case: Case, *, for_two: bool = False) -> "Choice":
        """Closing something to an unnamed voice takes something else from her than closing it to a persona.

        To keep what two have hidden (``for_two``), or what is held, shows it again. What is said of a
        community goes to those who run it.
        """
        help_key = f"care.help_{act.name.lower()}"
        if act.lasts and case.is_unnamed:
            help_key = f"{help_key}_unnamed"
        elif act.lasts and case.is_persona:
            help_key = f"{help_key}_persona"
        elif act == Act.KEEP and for_two:
            help_key = f"{help_key}_two"
        elif act == Act.KEEP and case.is_held:
            help_key = f"{help_key}_held"
        elif case.is_story and act == Act.REMOVE:
            help_key = f"{help_key}_story"
        elif case.is_community and act != Act.KEEP:
            help_key = f"{help_key}_place"
        return cls(int(act), act.key, help_key)


class NewDecision(Struct, frozen=True, kw_only=True):
    """A decision as it was typed. ``seen`` is how many on the same thing its writer knew of.

    ``reply`` is for those who reported it. ``place`` is the community from which a reported persona is excluded.
    """

    act: Act | None
    words: str
    place: bytes = b""
    agreement: int = -1
    days: int = 0
    seen: int = 0
    notes: int = 0
    submission: str = ""
    reply: str = ""
    # What it is decided for, where that is something else than what was said of it.
    other: int = 0
    # What the house agreed on, as the form had it: for what belongs to no community.
    of_house: tuple[str, ...] = ()
