"""What was reported, and what is decided on it."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.discussions.types import Judged
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.safety.rules import FIRST, SOON
from mashrabiya.safety.types import Reason, Thing

PAGE = 20
WORDS_LIMIT = 1000

KEPT_TEXT_DAYS = 30
"""So long the text of a removed post is kept for the undo."""

DAYS = (7, 30, 90, 365)
"""How long somebody may be excluded."""

AS_HOST, AS_CARE = "host", "care"


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

    @property
    def takes_two(self) -> bool:
        return self >= Act.LEARN

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


class Place(Struct, frozen=True):
    """The community a desk belongs to, or the house where ``id`` is empty."""

    id: bytes = b""
    name: str = ""
    seed: bytes = b""
    language: str = ""
    agreements: str = ""
    runs: int = 0

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        """Where its reports are listed."""
        return f"/c/{show_id(self.id)}/care" if self.id else "/care"

    @property
    def home(self) -> str:
        """The community itself."""
        return f"/c/{show_id(self.id)}"

    @property
    def agreed(self) -> list[str]:
        """The agreements, one by one."""
        return [line.strip() for line in self.agreements.splitlines() if line.strip()]


class Case(Struct, frozen=True):
    """A thing that was reported, with all its reports together."""

    id: bytes
    kind: Thing
    object: bytes
    state: int
    reason: Reason
    people: int
    since: int
    place: Place
    name: str
    pub: str
    post: Judged | None

    @property
    def path(self) -> str:
        """Where one decides on it: by its reports, or from the thread where nobody reported it."""
        if self.id or self.post is None:
            return f"/care/{show_id(self.id)}"
        return f"/t/{show_id(self.post.tid)}/c/{self.post.n}"

    @property
    def is_reported(self) -> bool:
        return bool(self.id)

    @property
    def when(self) -> int:
        """The day of the first report, in seconds."""
        return self.since * clock.DAY

    @property
    def reason_key(self) -> str:
        return self.reason.key

    @property
    def light(self) -> str:
        """The colour that goes with its urgency; most have none."""
        if self.reason in FIRST:
            return "red"
        return "amber" if self.reason in SOON else ""

    @property
    def is_open(self) -> bool:
        return self.state == 0

    @property
    def is_unnamed(self) -> bool:
        return self.post is not None and self.post.pid is None

    @property
    def is_persona(self) -> bool:
        return self.kind == Thing.PERSONA

    @property
    def has_text(self) -> bool:
        """Whether words stand there that could be shown."""
        return self.post is not None and bool(self.post.body)


class Decision(Struct, frozen=True):
    """A decision as the desk lists it. Nothing in it says whom it meets."""

    id: bytes
    cid: bytes | None
    place: str | None
    report: bytes | None
    act: Act
    kind: Thing
    object: bytes
    words: str
    agreement: str
    role: str
    day: int
    until_day: int | None
    undone_day: int | None
    tid: bytes | None
    n: int | None
    case_there: int

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def done_key(self) -> str:
        return self.act.done_key

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def stands(self) -> bool:
        return self.undone_day is None

    @property
    def address(self) -> str:
        """Where the post stands, while it does."""
        if self.tid is None or self.n is None:
            return ""
        path = f"/t/{show_id(self.tid)}"
        return path if self.n == 1 else f"{path}?n={self.n}#n{self.n}"

    @property
    def case_path(self) -> str:
        """Where one may decide further: with the reports while they are kept, else from the thread."""
        if self.report and self.case_there:
            return f"/care/{show_id(self.report)}"
        return f"/t/{show_id(self.tid)}/c/{self.n}" if self.tid is not None and self.n is not None else ""

    @property
    def left(self) -> int:
        """Days until it ends; none where it has no end."""
        return 0 if self.until_day is None else max(self.until_day - clock.day(), 0)

    @property
    def may_be_undone(self) -> bool:
        """Whether undoing it can still give everything back."""
        if not self.stands or self.act == Act.KEEP:
            return self.stands
        if self.act.takes_two:
            return False
        if self.until_day is not None and self.until_day < clock.day():
            return False
        return self.act != Act.REMOVE or self.day + KEPT_TEXT_DAYS >= clock.day()


class Decided(Struct, frozen=True):
    """One page of decisions; ``after`` leads to the next, or is empty."""

    rows: list[Decision]
    after: str = ""


class Desk(Struct, frozen=True):
    """What waits at a desk and what was decided there. ``more`` when not all that waits is shown."""

    place: Place
    cases: list[Case]
    more: bool
    decided: Decided
