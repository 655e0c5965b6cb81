"""The register of words, opened in memory only, and found in a text all at once."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

from msgspec import Struct

from mashrabiya.safety.matching.coded import opened
from mashrabiya.safety.matching.reading import Reading
from mashrabiya.safety.matching.words import WordBook

_FILE = Path(__file__).parent.parent / "words" / "contempt.txt"
IDENTITY, GROUP, ABSTRACT = "ID", "IDS", "ABS"


class Entry(Struct, frozen=True):
    """What is known of a word: its code, what it leads to, and what must stand beside it for it to mean a person."""

    code: str
    act: str
    near: str

    @property
    def is_part(self) -> bool:
        """A word that says nothing by itself."""
        return self.act == "P"


Marks = dict[int, list[Entry]]
"""What is known of the words of a text, by their places."""


@cache
def _register() -> tuple[WordBook, tuple[Entry, ...]]:
    words: list[str] = []
    entries: list[Entry] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, act, script, near, listed = line.split("|")
        arabic = script == "b"
        for word in listed.split():
            words.append(" ".join(opened(part, arabic=arabic) for part in word.replace("-", "").split("_")))
            entries.append(Entry(code, act, near))
    return WordBook(words), tuple(entries)


def marks_of(reading: Reading) -> Marks:
    """Every word of the text that stands in the register."""
    book, entries = _register()
    marks: Marks = defaultdict(list)
    for number, place in book.found(reading):
        marks[place].append(entries[number])
    return marks
