"""Reading a guide as it is written: strict, with the line of each fault.

The format is that of the shelf: a title, a lead, then sections in a fixed order, of which ``steps`` has steps. Inside
stand paragraphs, lists, strong words, sources and links to other guides, to help now and to the pages of law; nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NoReturn

from msgspec import Struct

from mashrabiya.library.guides.types import CASES

LONGEST, LONGEST_LINE, LONGEST_TITLE = 20_000, 2_000, 160
KEYS = ("before", "steps", "weigh", "ask", "unknown", "think")
NEEDED = ("before", "steps", "unknown", "think")
CITE = re.compile(r"\[([A-Z0-9][A-Z0-9-]*(?:, ?[A-Z0-9][A-Z0-9-]*)*)\](?!\()")
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]*)\)")
STRONG = re.compile(r"\*\*([^*]+)\*\*")
_HEADING = re.compile(r"([a-z]+): (.+)")
_MARKUP = re.compile(r"[<>`{}\[\]*|\\]|__|://|www\.|^\s*(?:#|>|\d+\. |[٠-٩]+\. )")


class Fault(Struct, frozen=True):
    """What keeps a text from being read, and in which line."""

    line: int
    why: str


class Unreadable(Exception):
    """The text is no guide. ``faults`` stand in the order of its lines."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"line {fault.line}: {fault.why}" for fault in faults))
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))


class Block(Struct, frozen=True):
    """A paragraph, or the points of a list."""

    lines: tuple[str, ...]
    points: bool


class WrittenStep(Struct, frozen=True):
    title: str
    blocks: tuple[Block, ...]


class Part(Struct, frozen=True):
    key: str
    title: str
    blocks: tuple[Block, ...]
    steps: tuple[WrittenStep, ...] = ()


class Written(Struct, frozen=True):
    """A guide, read."""

    title: str
    lead: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> Iterator[str]:
        """Every line that is read, headings included."""
        yield self.title
        yield self.lead
        for part in self.parts:
            yield part.title
            for block in part.blocks:
                yield from block.lines
            for step in part.steps:
                yield step.title
                for block in step.blocks:
                    yield from block.lines


class Known(Struct, frozen=True):
    """What a guide may name: sources by their codes, guides by their names."""

    sources: Set[str]
    guides: Set[str]


def read(text: str, known: Known | None = None) -> Written:
    """The guide, or Unreadable with all its faults. Without ``known`` any source and guide may be named."""
    return _Reader(text, known).read()


def plain(text: str) -> str:
    """A line as its words alone."""
    return " ".join(STRONG.sub(r"\1", LINK.sub(r"\1", CITE.sub("", text))).split())


def cited(text: str) -> list[str]:
    """The codes of the sources that a line names, in its order."""
    return [code.strip() for found in CITE.findall(text) for code in found.split(",")]


class _Reader:
    """Goes through the lines once. ``_at`` is the line that is looked at."""

    def __init__(self, text: str, known: Known | None) -> None:
        self._lines = text.replace("\r\n", "\n").split("\n")
        self._known = known
        self._faults: list[Fault] = []
        self._at = 0
        if len(text) > LONGEST:
            self._fail("library.guides.fault_long")

    def read(self) -> Written:
        title = self._heading("# ")
        lead = self._blocks()
        if len(lead) != 1 or lead[0].points:
            self._fault("library.guides.fault_lead")
        parts = list(self._parts())
        self._look_at_order([part.key for part in parts])
        if self._faults:
            raise Unreadable(self._faults)
        return Written(title, lead[0].lines[0], tuple(parts))

    def _fault(self, why: str, line: int | None = None) -> None:
        self._faults.append(Fault((self._at if line is None else line) + 1, why))

    def _fail(self, why: str) -> NoReturn:
        self._fault(why)
        raise Unreadable(self._faults)

    def _now(self) -> str | None:
        return self._lines[self._at] if self._at < len(self._lines) else None

    def _heading(self, mark: str) -> str:
        """The words of the heading in this line."""
        line = self._now() or ""
        words = line.removeprefix(mark).strip()
        if not line.startswith(mark) or not words:
            self._fail("library.guides.fault_title")
        if len(words) > LONGEST_TITLE:
            self._fault("library.guides.fault_title_long")
        self._look_at_words(words, plain=True)
        self._at += 1
        return words

    def _parts(self) -> Iterator[Part]:
        while (line := self._now()) is not None:
            found = _HEADING.fullmatch(line.removeprefix("## ").strip())
            if not line.startswith("## ") or found is None or found[1] not in KEYS:
                self._fail("library.guides.fault_section")
            self._look_at_words(found[2], plain=True)
            self._at += 1
            begun = self._at
            blocks = self._blocks()
            steps = tuple(self._steps()) if found[1] == "steps" else ()
            self._look_at_part(found[1], blocks, steps, begun - 1)
            yield Part(found[1], found[2].strip(), blocks, steps)

    def _steps(self) -> Iterator[WrittenStep]:
        while (self._now() or "").startswith("### "):
            title, begun = self._heading("### "), self._at
            blocks = self._blocks()
            if not blocks:
                self._fault("library.guides.fault_empty", begun - 1)
            yield WrittenStep(title, blocks)

    def _look_at_part(
        self, key: str, blocks: tuple[Block, ...], steps: tuple[WrittenStep, ...], line: int
    ) -> None:
        if key == "steps":
            if blocks or not steps:
                self._fault("library.guides.fault_steps", line)
        elif not blocks:
            self._fault("library.guides.fault_empty", line)
        if key == "think" and (len(blocks) != 1 or not blocks[0].points):
            self._fault("library.guides.fault_think", line)

    def _look_at_order(self, keys: list[str]) -> None:
        if keys != [key for key in KEYS if key in keys] or not set(NEEDED) <= set(keys):
            self._fault("library.guides.fault_order", 0)

    def _blocks(self) -> tuple[Block, ...]:
        """Paragraphs and lists up to the next heading, or the end."""
        found: list[Block] = []
        points: list[str] = []
        while (line := self._now()) is not None and not line.startswith("#"):
            if points and not line.startswith("- "):
                found.append(Block(tuple(points), points=True))
                points = []
            if line.startswith("- "):
                points.append(self._words(line[2:]))
            elif line.strip():
                found.append(Block((self._words(line),), points=False))
            self._at += 1
        if points:
            found.append(Block(tuple(points), points=True))
        return tuple(found)

    def _words(self, line: str) -> str:
        words = line.strip()
        if len(words) > LONGEST_LINE:
            self._fault("library.guides.fault_line_long")
        self._look_at_words(words)
        return words

    def _look_at_words(self, words: str, *, plain: bool = False) -> None:
        """Nothing but the small markup stands in a line, and what it names is known."""
        for code in cited(words):
            if self._known is not None and code not in self._known.sources:
                self._fault("library.guides.fault_source")
        for _, address in LINK.findall(words):
            if not self._leads(address):
                self._fault("library.guides.fault_link")
        bare = words if plain else STRONG.sub(r"\1", LINK.sub(r"\1", CITE.sub("", words)))
        if _MARKUP.search(bare):
            self._fault("library.guides.fault_markup")

    def _leads(self, address: str) -> bool:
        kind, _, name = address.partition(":")
        if kind == "guide":
            return self._known is None or name in self._known.guides
        return (kind == "help" and name in CASES) or address == "country:"
