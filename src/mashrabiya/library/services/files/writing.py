"""Writing the file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from mashrabiya.kernel import clock
from mashrabiya.library.services.comparing import print_of
from mashrabiya.library.services.types import Channel, Record, Service, Spoken

# At the beginning of a cell, and of what a program that parts at semicolons or tabs takes for one.
FORMULA = re.compile(r"(^|[;\t\r\n])('*)(?=[=+\-@\t\r＝＋－＠])")
GUARDED = re.compile(r"(^|[;\t\r\n])('*)'(?=[=+\-@\t\r＝＋－＠])")
_BESIDE = (
    "status",
    "affirming",
    "checked_on",
    "checked_by_role",
    "check_method",
    "next_check",
    "made_up",
    "seen",
)
COLUMNS = ("id", *Record.__struct_fields__, *_BESIDE)


def written(pairs: Iterable[tuple[Service, Record]]) -> str:
    """Everything, a line an entry."""
    sheet = io.StringIO()
    lines = csv.writer(sheet, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for service, record in pairs:
        lines.writerow([_guarded(cell) for cell in _cells(service, record)])
    return sheet.getvalue()


def _cells(service: Service, record: Record) -> list[str]:
    own = [_cell(name, getattr(record, name)) for name in Record.__struct_fields__]
    checked = service.checked_day
    beside = (
        service.status,
        service.affirming,
        clock.iso(checked) if checked else "",
        service.role,
        service.method,
        clock.iso(service.next_day) if service.next_day else "",
        str(service.made_up),
        print_of(record),
    )
    return [service.shown, *own, *beside]


def _cell(name: str, value: Any) -> str:
    if name == "source_seen":
        return clock.iso(value) if value else ""
    if isinstance(value, int):
        return str(value) if value else ""
    if not isinstance(value, tuple):
        return str(value)
    return " | ".join(_joined(part) for part in value)


def _joined(part: Any) -> str:
    if isinstance(part, (Channel, Spoken)):
        return "; ".join(_escaped(str(getattr(part, name))) for name in part.__struct_fields__)
    return _escaped(str(part))


def _escaped(text: str) -> str:
    return re.sub(r"([\\|;])", r"\\\1", text)


def _guarded(cell: str) -> str:
    return FORMULA.sub(r"\1\2'", cell)


def unguarded(cell: str) -> str:
    """As it was before it was guarded."""
    return GUARDED.sub(r"\1\2", cell)
