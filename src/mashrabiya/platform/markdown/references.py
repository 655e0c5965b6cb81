"""References to persons within a text: kept as an id, drawn with the name of the moment.

A reference is ``@`` and the id between two signs that nobody can type: ``harmless`` takes
them out of whatever comes in, before references are put there. So whoever reads the text
later can tell a reference from words that only look like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pyromark

from mashrabiya.platform.markdown.text import harmless

OPTIONS = pyromark.Options.ENABLE_STRIKETHROUGH

_BEGIN, _END = "\x02", "\x03"
NAMELESS = "@…"
"""How a reference reads where no name is drawn: in excerpts, in copies, for somebody who is not there."""

ID_SIZE = 16
NOBODY = bytes(ID_SIZE)
"""Stands where somebody was who is gone."""

REFERENCE = re.compile(f"@{_BEGIN}([0-9a-f]{{{2 * ID_SIZE}}}){_END}")

_CLOSED = {"Link", "Image", "CodeBlock"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of plain words in a source: neither code, nor a link, nor an address. ``quoted``: within a quotation."""

    start: int
    stop: int
    quoted: bool


@dataclass(slots=True)
class _Runs:
    found: list[Run] = field(default_factory=list)
    closed: int = 0
    quotes: int = 0

    def words(self, start: int, stop: int) -> None:
        if self.closed:
            return
        last = self.found[-1] if self.found else None
        if last and last.stop == start and last.quoted == bool(self.quotes):
            self.found[-1] = Run(last.start, stop, last.quoted)
        else:
            self.found.append(Run(start, stop, bool(self.quotes)))

    def turn(self, tag: object, by: int) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag)) if isinstance(tag, dict) else ""
        self.closed += by * (name in _CLOSED)
        self.quotes += by * (name == "BlockQuote")


class _Places:
    """The parser counts bytes, we count letters. Asked in order, each stretch is gone through once."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._byte = self._letter = 0

    def __call__(self, byte: int) -> int:
        self._letter += len(self._raw[self._byte : byte].decode())
        self._byte = byte
        return self._letter


def reference(person: bytes) -> str:
    """The reference to that person."""
    return _signed(person.hex())


def _signed(shown: str) -> str:
    return f"@{_BEGIN}{shown}{_END}"


def holds_reference(text: str) -> bool:
    """Whether there is one at all: asked of every text, and dear for none."""
    return _BEGIN in text


def referred(texts: Iterable[str]) -> set[bytes]:
    """The ids that these texts refer to."""
    held = (text for text in texts if _BEGIN in text)
    return {bytes.fromhex(found) for text in held for found in REFERENCE.findall(text)}


def each_reference(text: str) -> list[bytes]:
    """The ids that a text refers to, in its order, again where it refers to them again."""
    return [bytes.fromhex(found) for found in REFERENCE.findall(text)]


def drawn(text: str, draw: Callable[[bytes], str]) -> str:
    """The text with something in place of each reference."""
    if _BEGIN not in text:
        return text
    return REFERENCE.sub(lambda found: draw(bytes.fromhex(found[1])), text)


def nameless(text: str) -> str:
    """The text as it may leave a page, or be kept: without saying who."""
    return drawn(text, lambda _person: NAMELESS)


def harmless_between(text: str) -> str:
    """``harmless`` for what was kept: the references in it stay."""
    if _BEGIN not in text:
        return harmless(text)
    parts = REFERENCE.split(text)
    return "".join(harmless(part) if place % 2 == 0 else _signed(part) for place, part in enumerate(parts))


def runs(source: str) -> list[Run]:
    """Where plain words stand in a source. It has no references yet."""
    raw = source.encode("utf-8", "replace")
    found, at = _Runs(), _Places(raw)
    events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(raw.decode(), options=OPTIONS)
    for event, place in events:
        if isinstance(event, str):
            continue
        ((kind, value),) = event.items()
        if kind == "Text":
            found.words(at(place["start"]), at(place["end"]))
        elif kind in {"Start", "End"}:
            found.turn(value, 1 if kind == "Start" else -1)
    return found.found
