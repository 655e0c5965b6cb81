"""Values of safety that other rooms may hold."""

from enum import IntEnum

from msgspec import Struct

NOTE_LIMIT = 2000
NOTE_SIZES = (256, 1024, 4096)
"""A note fills one of these, so that its length tells little."""

KEPT_DAYS = 365
"""So long an open report stays."""

KEPT_CLOSED_DAYS = 90

PLACES = 48
"""So many of her reports somebody can look up."""

KEPT_APPEAL_DAYS = 90
"""So long an objection waits at most, and is kept after its answer."""


class Thing(IntEnum):
    """What can be reported."""

    POST = 1
    PERSONA = 2
    COMMUNITY = 3


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

    @property
    def key(self) -> str:
        return f"report.{self.name.lower()}"


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
