"""Facts about reports. None of them can say who reported."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ReportFiled(Event):
    """A report waits to be read."""

    report: bytes


@dataclass(frozen=True, slots=True)
class PreceptChanged(Event):
    """An automatic rule was made, changed, switched or deleted."""

    precept: bytes
