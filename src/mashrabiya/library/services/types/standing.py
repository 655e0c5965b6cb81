"""How a service stands here: its row, its checks, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, json

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.services.types.answers import Method, Said
from mashrabiya.library.services.types.record import Record, packed


class Service(Struct, frozen=True):
    """An entry as its row has it; the order of its columns."""

    id: bytes
    status: str
    risk: str
    made_up: int
    affirming: str
    checked_day: int
    role: str
    method: str
    next_day: int
    body: str

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        return f"/y/s/{self.shown}"

    @property
    def record(self) -> Record:
        """Read anew each time: keep it."""
        return json.decode(self.body.encode(), type=Record)

    @property
    def checked(self) -> clock.Date:
        return clock.date(self.checked_day)

    @property
    def next(self) -> clock.Date:
        return clock.date(self.next_day)


class Check(Struct, frozen=True):
    """Somebody looked: the day, in which role, how, and what she found of its kindness. ``by`` is a mark of this one service."""

    day: int
    role: str
    method: str
    affirming: str
    by: bytes
    note: str

    @property
    def date(self) -> clock.Date:
        return clock.date(self.day)


class NewCheck(Struct, frozen=True, kw_only=True):
    """A check as it is sent."""

    role: str
    method: Method | None
    affirming: Said = Said.UNKNOWN
    source_seen: bool = False
    note: str = ""


class Doubted(Struct, frozen=True):
    """What somebody says is wrong, as hosts read it."""

    service: bytes
    what: str
    words: str


ASPECTS = ("listening", "privacy", "cost", "respect", "waiting")


class Lived(Struct, frozen=True):
    """What one person found, by aspect: 1 to 5, or 0 where she says nothing of it."""

    listening: int = 0
    privacy: int = 0
    cost: int = 0
    respect: int = 0
    waiting: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, aspect) for aspect in ASPECTS)

    def of(self, aspect: str) -> int:
        found: int = getattr(self, aspect)
        return found

    @property
    def bits(self) -> int:
        """A bit for each aspect of which it says something."""
        return sum(1 << place for place, aspect in enumerate(ASPECTS) if self.of(aspect))


class Wanted(Struct, frozen=True, kw_only=True):
    """How the directory is narrowed. ``old`` are those that nobody checked for a year."""

    country: str = ""
    kind: str = ""
    language: str = ""
    old: bool = False
    after: int = 0


def columns(record: Record) -> Mapping[str, Any]:
    """What of a record stands in columns of its own."""
    return {"risk": str(record.risk), "body": packed(record)}
