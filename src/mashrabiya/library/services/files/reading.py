"""Reading the file, with a report of what could not be read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.services import places, rules
from mashrabiya.library.services.countries import code_of, is_language
from mashrabiya.library.services.files.writing import COLUMNS, unguarded
from mashrabiya.library.services.types import (
    CHOICES,
    ID_SIZE,
    Channel,
    Cost,
    Kind,
    Method,
    Record,
    Risk,
    Said,
    Spoken,
    Status,
    Way,
)

MOST_ROWS = 500
MOST_LETTERS = 1_000_000
Choice = TypeVar("Choice", bound=StrEnum)
_EPOCH = date(1970, 1, 1)


class Fault(Struct, frozen=True):
    """What could not be read: the row as programs for tables count it, the column, and why."""

    row: int
    column: str
    why: str


class Row(Struct, frozen=True):
    """One entry of a file. Its check is of whoever wrote the file; ``seen`` is the print of what it was written from."""

    record: Record
    id: bytes = b""
    status: Status = Status.UNKNOWN
    checked_day: int = 0
    role: str = ""
    method: str = ""
    made_up: bool = False
    line: int = 0
    seen: str = ""


def _parts(text: str, sign: str) -> list[str]:
    """Apart at a sign that stands behind no stroke."""
    found, part, escaped = list[str](), "", False
    for letter in text:
        if escaped:
            part, escaped = part + "\\" + letter, False
        elif letter == "\\":
            escaped = True
        elif letter == sign:
            found.append(part)
            part = ""
        else:
            part += letter
    return [one.strip() for one in [*found, part]]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def read_file(text: str, law_of: rules.LawOf = rules.no_law) -> tuple[list[Row], list[Fault]]:
    """Its entries, and what of it could not be read. What is no answer is unknown; an entry without a name is none."""
    faults = list[Fault]()
    if len(text) > MOST_LETTERS:
        return [], [Fault(0, "", "library.services.csv_too_long")]
    # Whatever another room of this process reads: a file that fits has no cell that is too long to be read.
    csv.field_size_limit(max(csv.field_size_limit(), MOST_LETTERS))
    text = text.removeprefix("\ufeff")
    sheet = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_sign(text))
    try:
        lines = [(sheet.line_num, line) for line in sheet]
    except csv.Error:
        return [], [Fault(sheet.line_num, "", "library.services.csv_broken")]
    header = [name.strip().lower() for name in lines[0][1]] if lines else []
    if "name_ar" not in header and "name_en" not in header:
        return [], [Fault(1, "", "library.services.csv_no_header")]
    faults += [Fault(1, name, "library.services.csv_column") for name in header if name not in COLUMNS]
    rows = list[Row]()
    for number, line in lines[1 : MOST_ROWS + 1]:
        if any(cell.strip() for cell in line):
            reader = _Reader(number, dict(zip(header, line, strict=False)), faults)
            reader.read(rows, law_of)
    if len(lines) > MOST_ROWS + 1:
        faults.append(Fault(lines[MOST_ROWS + 1][0], "", "library.services.csv_too_many"))
    return rows, faults


def _sign(text: str) -> str:
    """What parts its cells: programs for tables write a semicolon in half of the world."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


class _Reader:
    """One line of a file."""

    def __init__(self, number: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self._number, self._cells, self._faults = number, cells, faults

    def read(self, rows: list[Row], law_of: rules.LawOf) -> None:
        """Add the entry, or say why there is none."""
        record = self._record()
        wrong = rules.wrong(record, clock.day(), law_of)
        if "channels" in wrong:
            streets = rules.may_tell_streets(record, law_of)
            record = replace(record, channels=places.readable(record.channels, streets=streets))
        if "source_seen" in wrong:
            record = replace(record, channels=(), source_seen=0)
        for column, why in wrong.items():
            self._faults.append(Fault(self._number, column, why))
        if wrong.keys() - {"channels", "source_seen"}:
            return
        which = self._id()
        if which and any(row.id == which for row in rows):
            self._fault("id", "library.services.csv_twice")
            return
        rows.append(self._row(which, record))

    def _row(self, which: bytes, record: Record) -> Row:
        checked = self._day("checked_on")
        role, method = self._text("checked_by_role"), self._choice("check_method", Method, None)
        if checked and (role not in rules.ROLES or method is None):
            self._fault("checked_on", "library.services.csv_check")
            checked = 0
        if self._text("affirming") == Said.YES:
            self._fault("affirming", "library.services.csv_affirming")
        status = self._choice("status", Status, Status.UNKNOWN) or Status.UNKNOWN
        made_up = self._text("made_up") == "1"
        row = Row(record, which, status, made_up=made_up, line=self._number, seen=self._text("seen"))
        return replace(row, checked_day=checked, role=role, method=str(method)) if checked else row

    def _record(self) -> Record:
        values: dict[str, Any] = {}
        for name in Record.__struct_fields__:
            if name in _READ:
                values[name] = _READ[name](self, name)
            elif name in CHOICES:
                values[name] = self._choice(name, CHOICES[name], next(iter(CHOICES[name])))
            else:
                values[name] = self._text(name)
        values["risk"] = values["risk"] if self._text("risk") else Risk.PUBLIC
        return Record(**values)

    def _text(self, name: str) -> str:
        return unguarded(self._cells.get(name, "").replace("\r\n", "\n").strip())

    def _fault(self, column: str, why: str) -> None:
        self._faults.append(Fault(self._number, column, why))

    def _choice(self, name: str, kind: type[Choice], usual: Choice | None) -> Choice | None:
        text = self._text(name).lower()
        if not text:
            return usual
        if text not in {str(one) for one in kind}:
            self._fault(name, "library.services.csv_no_answer")
            # What cannot be read of who may see it is seen by the fewest.
            return kind(str(Risk.TRUSTED)) if name == "risk" else usual
        return kind(text)

    def kind(self, name: str) -> Kind:
        """What it is for; where that cannot be read, the least that can be said."""
        return self._choice(name, Kind, Kind.DIRECTORY) or Kind.DIRECTORY

    def lines(self, name: str) -> tuple[str, ...]:
        """Several things in one cell."""
        return tuple(_plain(part) for part in _parts(self._text(name), "|") if part)

    def number(self, name: str) -> int:
        """A small whole number."""
        text = self._text(name)
        if text and not (text.isascii() and text.isdigit() and len(text) < 4):
            self._fault(name, "library.services.csv_no_number")
            return 0
        return int(text or 0)

    def day(self, name: str) -> int:
        """The source was seen on this day."""
        return self._day(name)

    def _day(self, name: str) -> int:
        text = self._text(name)
        if not text:
            return 0
        try:
            day = (date.fromisoformat(text) - _EPOCH).days
        except ValueError:
            self._fault(name, "library.services.csv_no_day")
            return 0
        if day > clock.day():
            self._fault(name, "library.services.day_ahead")
            return 0
        return max(0, day)

    def countries(self, name: str) -> tuple[str, ...]:
        """Countries by letters or names."""
        found = list[str]()
        for typed in self.lines(name):
            code = code_of(typed)
            if code:
                found.append(code)
            else:
                self._fault(name, "library.services.country_unknown")
        return tuple(dict.fromkeys(found))

    def channels(self, name: str) -> tuple[Channel, ...]:
        """Ways to reach it; one that cannot be read is left out."""
        found = list[Channel]()
        for part in _parts(self._text(name), "|") if self._text(name) else ():
            way, value, hours, zone, cost = [*map(_plain, _parts(part, ";")), "", "", "", "", ""][:5]
            if way not in {str(one) for one in Way} or not value:
                self._fault(name, "library.services.csv_no_channel")
                continue
            known = cost in {str(one) for one in Cost}
            if cost and not known:
                self._fault(name, "library.services.csv_no_answer")
            free = Cost(cost) if known else Cost.UNKNOWN
            found.append(Channel(way=Way(way), value=value, hours=hours, zone=zone, cost=free))
        return tuple(found)

    def languages(self, name: str) -> tuple[Spoken, ...]:
        """Languages by their codes."""
        found = list[Spoken]()
        for part in _parts(self._text(name), "|") if self._text(name) else ():
            code, dialect, hours = [*map(_plain, _parts(part, ";")), "", "", ""][:3]
            if not is_language(code):
                self._fault(name, "library.services.language_unknown")
                continue
            found.append(Spoken(code=code, dialect=dialect, hours=hours))
        return tuple(found)

    def _id(self) -> bytes:
        shown = self._text("id")
        try:
            return read_id(shown, ID_SIZE) if shown else b""
        except NotFound:
            self._fault("id", "library.services.csv_no_id")
            return b""


_READ: dict[str, Callable[[_Reader, str], Any]] = {
    "kind": _Reader.kind,
    "countries": _Reader.countries,
    "who": _Reader.lines,
    "age_min": _Reader.number,
    "age_max": _Reader.number,
    "channels": _Reader.channels,
    "languages": _Reader.languages,
    "documents": _Reader.lines,
    "accessibility": _Reader.lines,
    "conflicts": _Reader.lines,
    "source_seen": _Reader.day,
}


def counted(faults: Sequence[Fault]) -> int:
    """How many rows something is wrong with."""
    return len({fault.row for fault in faults})
