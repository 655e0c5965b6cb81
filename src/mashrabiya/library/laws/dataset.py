"""Reading the LGBTI National Policy Dataset: a long table, a row for each country, year, law and direction.

Columns are found by their names; what is not known by name is reported, and nothing is refused for it. The file is
read line by line, so that its size does not matter: of each country, law and direction the newest row is kept.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any

from mashrabiya.library.laws.correcting import Correction, corrected, corrections_in
from mashrabiya.library.laws.rules.mapping import Line, Lines
from mashrabiya.library.laws.rules.penalties import is_nothing
from mashrabiya.library.laws.types import Row
from mashrabiya.library.laws.types.countries import code_of
from mashrabiya.platform.terminal import CannotBeDone

NEEDED = ("Country", "ISO", "Year", "Law", "Status", "Proportion")
_SOURCES = tuple(f"Source_{n}" for n in range(1, 13))
USED = (
    *NEEDED, "Max_Punishment", "Fine_Amount", "Sexes_Covered", "Evidence_of_Enforcement", "Sub_National_Coverage",
    "Gender_Change_Requirement", *_SOURCES,
)  # fmt: skip
# Known, and shown nowhere here.
UNUSED = (
    "COW", "Year_of_National_Adoption", "Year_of_First_Adoption", "Year_of_National_Repeal", "Year_Law_Changed",
    "Year_National_Implementation", "Blood_Restriction_Period", "Sub_National_Variation", "Civil_Union_Benefits",
    "Scope_Detail", "data_confidence", "row_type",
)  # fmt: skip
_PAIRED = (
    "Employment Discrimination", "Goods/Services Discrimination", "Hate Crime Protections",
    "Constitutional Protections",
)  # fmt: skip
READ_LAWS = frozenset((
    "Same-Sex Acts", "Death Penalty", "Age of Consent", "Gender Marker Change", "Third-Gender Recognition",
    "Gender Affirming Care - Adults", "Gender Affirming Care - Minors", "Gender Assignment Surgeries on Children",
    "Conversion Therapies", "Incitement to Hatred", "Morality/Propaganda", "LGBTQ+ Civil Society Restrictions",
    "Marriage Equality", "Civil Unions", "Joint Adoption",
    *(f"{law} - {whom}" for law in _PAIRED for whom in ("Sexual Orientation", "Gender Identity")),
))  # fmt: skip
UNREAD_LAWS = frozenset(
    ("Blood Donations", "LGB Military", "Transgender Military", "Religious Exemption Laws")
)
STATUSES = frozenset(("Legal", "Illegal", "Equal", "Unequal", "Covered", "Restricted"))
SHELF = Path(__file__).parent / "shelf"
_EVERY, _FIELD_LIMIT, _REGION, _PENALTY = 4000, 1 << 20, 300, 300
_YEARS = (1900, 2100)
_YEAR = re.compile("[0-9]{4}")
# What would turn the order of a line or speak to a terminal: nobody typed it.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]")
Tell = Callable[[str, int, int], None]


@dataclass(slots=True)
class Report:
    """What was read, and what could not be."""

    rows: int = 0
    made_up: bool = False
    unknown_columns: list[str] = field(default_factory=list)
    missing_columns: list[str] = field(default_factory=list)
    countries: Counter[str] = field(default_factory=Counter)
    laws: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    passed_over: int = 0
    contradictions: int = 0
    placeholders: int = 0
    corrections: Counter[str] = field(default_factory=Counter)
    found: int = 0
    cells: int = 0
    changed: int = 0
    same: int = 0
    absent: int = 0


@dataclass(slots=True)
class Gathered:
    """The newest rows of every country, and the laws and directions that say nothing of any."""

    lines: dict[str, dict[tuple[str, str], Line]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    dropped: frozenset[tuple[str, str]] = frozenset()
    report: Report = field(default_factory=Report)

    def of(self, code: str) -> Lines:
        return self.lines[code]


class _Reader:
    """One pass over the table."""

    def __init__(self, header: Sequence[str], latest: int) -> None:
        self.place = {name.strip(): place for place, name in enumerate(header)}
        twice = [name for name, count in Counter(name.strip() for name in header).items() if count > 1]
        if read_twice := [name for name in twice if name in USED]:
            raise CannotBeDone("terminal.laws_twice", columns=", ".join(read_twice))
        missing = [name for name in NEEDED if name not in self.place]
        if missing:
            raise CannotBeDone("terminal.laws_columns", columns=", ".join(missing))
        self.report, self.latest, self.width = Report(), latest, len(header)
        known = {*USED, *UNUSED}
        self.report.unknown_columns = [name for name in self.place if name and name not in known]
        self.report.missing_columns = [name for name in (*USED, *UNUSED) if name not in self.place]
        self.newest: dict[tuple[str, str, str], tuple[int, list[str]]] = {}
        self.said: set[tuple[str, str]] = set()
        self.seen: set[tuple[str, str]] = set()
        self.torn: set[tuple[str, str, str]] = set()
        self._codes: dict[tuple[str, str], str] = {}
        self._at = [self.place[name] for name in NEEDED]

    def take(self, row: list[str]) -> None:
        """One row of the table."""
        self.report.rows += 1
        if len(row) < self.width:
            row = [*row, *[""] * (self.width - len(row))]
        country, iso, year, law, status, share = (row[place] for place in self._at)
        code = self._codes.get((iso, country))
        if code is None:
            code = self._codes[iso, country] = code_of(iso, country)
        if not code:
            self.report.countries[f"{country[:80]} ({iso[:8]})"] += 1
            return
        if law not in READ_LAWS or status not in STATUSES:
            self._unread(law, status)
            return
        self.seen.add((law, status))
        if share not in {"0", "0.0", ""}:
            self.said.add((law, status))
        if not _YEAR.fullmatch(year) or not _YEARS[0] <= int(year) <= self.latest:
            self.report.values[f"Year: {year[:40] or '–'}"] += 1
            return
        self._keep((code, law, status), int(year), row)

    def _unread(self, law: str, status: str) -> None:
        if law in UNREAD_LAWS:
            self.report.passed_over += 1
        elif law not in READ_LAWS:
            self.report.laws[law[:80]] += 1
        else:
            self.report.statuses[status[:80]] += 1

    def _keep(self, key: tuple[str, str, str], year: int, row: list[str]) -> None:
        before = self.newest.get(key)
        if before is None or year > before[0]:
            self.newest[key] = (year, row)
            self.torn.discard(key)
        elif year == before[0] and row[self.place["Proportion"]] != before[1][self.place["Proportion"]]:
            # Two rows for one year that disagree: what they say is not known.
            self.torn.add(key)

    def gathered(self) -> Gathered:
        """All that was taken in, read."""
        lines: dict[str, dict[tuple[str, str], Line]] = {}
        names: dict[str, str] = {}
        for key, (year, row) in self.newest.items():
            code, law, status = key
            lines.setdefault(code, {})[law, status] = self._line(key, year, row)
            names[code] = self._text(row, "Country")[:80]
        self.report.contradictions = len(self.torn)
        dropped = frozenset(self.seen - self.said)
        self.report.placeholders = len(dropped)
        return Gathered(lines, names, dropped, self.report)

    def _line(self, key: tuple[str, str, str], year: int, row: list[str]) -> Line:
        said = self._text(row, "Proportion"), self._text(row, "Evidence_of_Enforcement")
        sources = tuple(text for name in _SOURCES if not is_nothing(text := self._text(row, name)))
        return Line(
            Row(key[1], key[2], year, *said, sources),
            None if key in self.torn else self._number("Proportion", said[0]),
            self._number("Evidence_of_Enforcement", said[1]),
            punishment=self._said(row, "Max_Punishment", _PENALTY),
            fine=self._said(row, "Fine_Amount", _PENALTY),
            sexes=self._said(row, "Sexes_Covered", _PENALTY),
            region=self._said(row, "Sub_National_Coverage", _REGION),
            requirement=self._said(row, "Gender_Change_Requirement", _PENALTY),
        )

    def _text(self, row: list[str], name: str) -> str:
        place = self.place.get(name)
        return "" if place is None else _UNSEEN.sub("", row[place][:1000]).strip()[:600]

    def _said(self, row: list[str], name: str, limit: int) -> str:
        text = " ".join(self._text(row, name).split())[:limit]
        return "" if is_nothing(text) else text

    def _number(self, column: str, text: str) -> float | None:
        """A share between 0 and 1; what is none is reported, and not known."""
        if text.casefold() in {"", "na", "nan", "n/a"}:
            return None
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            self.report.values[f"{column}: {text[:40]}"] += 1
            return None
        return number


def gather(path: Path, *, latest: int, corrections: Path | None = None, tell: Tell) -> Gathered:
    """Read a file. ``latest`` is the newest year that can be; rows of later ones are mistakes."""
    rules = [*_corrections(SHELF / "corrections.toml"), *(_corrections(corrections) if corrections else [])]
    with path.open("rb") as raw:
        gathered = _read(raw, path, latest, tell)
    for code, lines in gathered.lines.items():
        gathered.lines[code] = corrected(code, lines, rules, gathered.report.corrections)
        # What is put right may say something where the file said nothing of any country.
        gathered.dropped -= {
            key for key, line in gathered.lines[code].items() if line.corrected and line.share
        }
    return gathered


def _read(raw: BufferedReader, path: Path, latest: int, tell: Tell) -> Gathered:
    size = path.stat().st_size
    if raw.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise CannotBeDone("terminal.laws_two_bytes", path=path)
    csv.field_size_limit(_FIELD_LIMIT)
    reader: _Reader | None = None
    try:
        with io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="") as text:
            # Strictly: a quotation mark that stays open would swallow the rest without a word.
            rows = csv.reader(text, strict=True)
            reader = _Reader(next(rows, []), latest)
            for row in _told(rows, raw, size, tell):
                reader.take(row)
    except csv.Error as broken:
        line = reader.report.rows + 2 if reader else 1
        raise CannotBeDone("terminal.laws_broken", line=line, why=broken) from None
    if not reader.newest:
        raise CannotBeDone("terminal.laws_empty", path=path)
    return reader.gathered()


def _told(rows: Iterator[list[str]], raw: BufferedReader, size: int, tell: Tell) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number % _EVERY == 0:
            tell("KB", raw.tell() >> 10, size >> 10)
        if row:
            yield row


def _corrections(path: Path) -> list[Correction]:
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return corrections_in(said)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as wrong:
        raise CannotBeDone("terminal.laws_corrections", path=path, why=wrong) from None
