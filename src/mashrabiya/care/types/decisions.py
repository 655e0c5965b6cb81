"""Decisions, as a desk lists them."""

from msgspec import Struct

from mashrabiya.care.types.acts import Act
from mashrabiya.care.types.appeals import APPEAL_DAYS, Appeal
from mashrabiya.care.types.cases import Case, Place
from mashrabiya.discussions.types.tongues import where
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.safety.types import Reason, Thing

_ROLES = frozenset({"care", "two", "rule"})
KEPT_TEXT_DAYS = 30
"""So long the text of a removed post is kept for the undo."""


class Decision(Struct, frozen=True):
    """A decision as the desk lists it. Nothing in it says whom it meets.

    ``together``: how many were made in one press with it, itself among them. ``hers``: it meets the reader.
    """

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
    by: bytes | None
    carry: int | None
    batch: bytes | None
    reason: int
    tid: bytes | None
    n: int | None
    case_there: int
    together: int
    agreed_v: int | None = None
    # Found out in the reader's own session, and kept nowhere.
    hers: bool = False

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def done_key(self) -> str:
        return self.act.done_key

    @property
    def role_key(self) -> str:
        """In which role it was decided, or that nobody did."""
        return f"care.role_{self.role if self.role in _ROLES else 'host'}"

    @property
    def is_by_rule(self) -> bool:
        """An automatic rule holds it; nobody has decided yet."""
        return self.role == "rule"

    @property
    def why_key(self) -> str:
        """What the person concerned reads of a hold that nobody decided."""
        return "care.for_first" if self.reason == Reason.FIRST_HELD else "care.for_rule"

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def stands(self) -> bool:
        return self.undone_day is None

    @property
    def is_holding(self) -> bool:
        """Whether it keeps a post back still, until somebody decides."""
        return self.act == Act.HOLD and self.stands and (self.until_day or 0) >= clock.day()

    @property
    def address(self) -> str:
        """Where the words stand, while they do."""
        if self.kind == Thing.STORY and self.n is not None:
            return f"/y/e/{show_id(self.object)}"
        if self.tid is None or self.n is None:
            return ""
        return where(self.tid, self.n)

    @property
    def stays_shut(self) -> bool:
        """Whether it was decided because a child may be in danger: no desk leads to where its pictures may show."""
        return self.reason == Reason.MINOR

    @property
    def case_path(self) -> str:
        """Where one may decide further: with the reports while they are kept, else from the thread; not on one's own."""
        if self.hers:
            return ""
        if self.report and self.case_there:
            return f"/care/{show_id(self.report)}"
        return f"/t/{show_id(self.tid)}/c/{self.n}" if self.tid is not None and self.n is not None else ""

    @property
    def desk(self) -> str:
        """The desk it belongs to."""
        return f"/c/{show_id(self.cid)}/care" if self.cid else "/care"

    @property
    def left(self) -> int:
        """Days until it ends; none where it has no end."""
        return 0 if self.until_day is None else max(self.until_day - clock.day(), 0)

    @property
    def batch_path(self) -> str:
        """Where all that was hidden together with it stands, or nothing."""
        return f"/care/w/{show_id(self.batch)}" if self.batch and not self.act.in_place else ""

    @property
    def appeal_left(self) -> int:
        """Days in which the person concerned may object still; below nought when they are over."""
        last = self.day + APPEAL_DAYS if self.until_day is None else self.until_day
        return last - clock.day()

    @property
    def may_be_undone(self) -> bool:
        """Whether undoing it can still give everything back. Nobody undoes what meets herself."""
        if self.hers:
            return False
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


class Concerned(Struct, frozen=True):
    """A decision as the person whom it meets reads it, with her objection where she made one."""

    decision: Decision
    appeal: Appeal | None = None

    @property
    def path(self) -> str:
        """Where she reads it and objects."""
        return f"/me/o/{self.decision.shown}"


class Concerning(Struct, frozen=True):
    """One page of what meets a person; ``after`` leads to the next, or is empty. A page that leads on may hold nothing."""

    rows: list[Concerned]
    after: str = ""


class Disputed(Struct, frozen=True):
    """An objection with the decision it is about, as a desk reads it. ``own``: decided by whoever reads it."""

    appeal: Appeal
    decision: Decision
    own: bool

    @property
    def path(self) -> str:
        return f"/care/o/{self.appeal.shown}"
