"""Values of safety that other rooms may hold."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel.clock import DAY
from mashrabiya.kernel.ids import show_id

NOTE_LIMIT = 2000
NOTE_SIZES = (256, 1024, 4096)
"""A note fills one of these, so that its length tells little."""

KEPT_DAYS = 365
"""So long an open report stays."""

KEPT_CLOSED_DAYS = 90

HELD_DAYS = 3
"""So long a post is held at most."""

PLACES = 48
"""So many of her reports somebody can look up."""

KEPT_APPEAL_DAYS = 90
"""So long an objection waits at most, and is kept after its answer."""


class Thing(IntEnum):
    """What can be reported."""

    POST = 1
    PERSONA = 2
    COMMUNITY = 3
    # An experience of the library.
    STORY = 4

    @property
    def is_written(self) -> bool:
        """Somebody's words, which can be held, hidden and removed."""
        return self in {Thing.POST, Thing.STORY}


class Reason(IntEnum):
    """Why. The words stand in the catalogue under ``report.…``."""

    OUTING = 1
    HARASS = 2
    ENTRAP = 3
    EXTORT = 4
    HATE = 5
    MEDICAL = 6
    ADVICE = 7
    SPAM = 8
    CONVERSION = 9
    MINOR = 10
    SELF_HARM = 11
    OTHER = 12
    # No reports. An author wished that carers know; a way to harm oneself stays described.
    CALL = 13
    WAY = 14
    # An automatic rule of the place held it: for its words, or as a first post.
    RULE = 15
    FIRST_HELD = 16
    # One met it and did not hold it, since its author may be in danger: it shows.
    MATCH = 17

    @property
    def key(self) -> str:
        return f"report.{self.name.lower()}"

    @property
    def is_call(self) -> bool:
        """Nobody reported anything: carers are called softly, or a rule of the place met it."""
        return self in {Reason.CALL, Reason.WAY} or self.is_rule

    @property
    def is_rule(self) -> bool:
        """An automatic rule holds it, or met it."""
        return self in {Reason.RULE, Reason.FIRST_HELD, Reason.MATCH}


class ReportState(IntEnum):
    """What became of a report."""

    OPEN = 0
    CLOSED = 1


class Reach(Struct, frozen=True):
    """Whom and what one reader does not want to meet now. It lives for one request."""

    blocked: frozenset[bytes] = frozenset()
    muted: frozenset[bytes] = frozenset()
    labels: frozenset[tuple[bytes, int]] = frozenset()
    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()

    @property
    def voices(self) -> bool:
        """Whether there is anybody in it."""
        return bool(self.blocked or self.muted or self.labels)

    @property
    def hides(self) -> bool:
        """Whether there are words in it."""
        return bool(self.words or self.beginnings)


UNKNOWN = -1
"""The label of a voice that has none."""

ELSEWHERE = -2
"""The label of whoever opened a thread unnamed, where her words stand in another thread now."""

ANYBODY = Reach()
"""The reach of somebody who keeps nobody and nothing away."""


class NewReport(Struct, frozen=True, kw_only=True):
    """A report as it was typed. ``place`` is the community it stands in; none asks the house."""

    kind: Thing
    object: bytes
    place: bytes | None
    reason: int
    note: str


class Notice(Struct, frozen=True):
    """What one reporter said of a thing; nothing here says who."""

    reason: Reason
    note: str

    @property
    def key(self) -> str:
        return self.reason.key


PRECEPT_ID_SIZE = 16


class Precept(IntEnum):
    """What an automatic rule looks for in words that are about to be posted."""

    WORDS = 1
    PATTERN = 2
    LINKS = 3
    FIRST = 4
    # Words in what a persona is called and says of itself: for the house alone, and of no post.
    NAMES = 5

    @property
    def code(self) -> str:
        """The last word of its key in the catalogues: ``precept.kind_…``."""
        return self.name.lower()


class Act(IntEnum):
    """What an automatic rule does. None removes anything."""

    NOTE = 1
    NUDGE = 2
    # Posted, and kept back until somebody has looked, for some days at most.
    HOLD = 4
    REFUSE = 3

    @property
    def code(self) -> str:
        """The last word of its key in the catalogues: ``precept.act_…``."""
        return self.name.lower()


class Standing(Struct, frozen=True, kw_only=True):
    """An automatic rule as it stands. Without a place it is the house's.

    ``text`` are words, a pattern, or the sites that links lead to; ``sentence`` is what an author reads,
    or nothing where the usual words do; ``note`` is the content note that it puts.
    """

    id: bytes = b""
    cid: bytes | None = None
    kind: int = int(Precept.WORDS)
    act: int = int(Act.NUDGE)
    on: int = 1
    text: str = ""
    sentence: str = ""
    note: int = 0

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def lines(self) -> tuple[str, ...]:
        """The words or sites, one by one."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())

    @property
    def kind_key(self) -> str:
        return f"precept.kind_{Precept(self.kind).code}"

    @property
    def act_key(self) -> str:
        return f"precept.act_{Act(self.act).code}"


class Said(Struct, frozen=True):
    """What an author reads before her words are posted: a key of the catalogues, or a sentence that somebody wrote.

    ``mark`` is how it is known again; what ``stops`` cannot be posted so. What ``cares`` is said apart, with help.
    ``own``: it is about what somebody is called, or says of herself.
    """

    mark: str
    key: str = ""
    sentence: str = ""
    stops: bool = False
    cares: bool = False
    own: bool = False


class Change(Struct, frozen=True):
    """That an automatic rule was changed: which kind, what was done, and on which day. Never by whom."""

    done: int
    kind: int
    act: int
    day: int

    @property
    def then(self) -> int:
        """When, in seconds, as calendars show it."""
        return self.day * DAY

    @property
    def done_key(self) -> str:
        return f"precept.done_{Done(self.done).code}"

    @property
    def kind_key(self) -> str:
        return f"precept.kind_{Precept(self.kind).code}"


class Done(IntEnum):
    """What was done with an automatic rule."""

    ADDED = 1
    CHANGED = 2
    OFF = 3
    ON = 4
    DELETED = 5

    @property
    def code(self) -> str:
        """The last word of its key in the catalogues: ``precept.done_…``."""
        return self.name.lower()
