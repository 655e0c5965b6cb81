"""Facts about decisions. None of them can say whom one meets."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class DecisionTaken(Event):
    """Something was decided."""

    decision: bytes


@dataclass(frozen=True, slots=True)
class DecisionUndone(Event):
    """A decision was taken back, and what it closed or took away is back."""

    decision: bytes


@dataclass(frozen=True, slots=True)
class AppealMade(Event):
    """Somebody objects to a decision that meets her."""

    appeal: bytes


@dataclass(frozen=True, slots=True)
class AppealAnswered(Event):
    """An objection was answered."""

    appeal: bytes
