"""How the guides of the shelf read: words a sentence, and how many sentences are long. Writes docs/readability.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from mashrabiya.library.guides import shelf
from mashrabiya.library.guides.reading import Written, plain, read
from tools.check.source import ROOT

FILE = ROOT / "docs" / "readability.md"
# English words are shorter: Arabic writes articles, prepositions and pronouns as one with their word.
AIM = {"ar": 16, "en": 18}
LONG = {"ar": 22, "en": 26}
_END = re.compile(r"(?<=[.!?؟؛;:])\s+")
_WORD = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text measures."""

    words: int
    mean: float
    long: float
    longest: int


def main() -> int:
    """Write the file; 1 where a text is above its aim on the whole."""
    rows = [(one.slug, lang, measure(read(one.text(lang)), lang)) for one, lang in shelf.texts()]
    FILE.write_text(written(rows), encoding="utf-8")
    above = [f"{slug}.{lang}" for slug, lang, found in rows if found.mean > AIM[lang]]
    print(f"written: docs/readability.md; above the aim on the whole: {', '.join(above) or 'none'}")
    return 1 if above else 0


def measure(guide: Written, lang: str) -> Reading:
    lengths = list(_lengths(guide))
    long = sum(length > LONG[lang] for length in lengths)
    total = sum(lengths)
    return Reading(total, round(total / len(lengths), 1), round(100 * long / len(lengths), 1), max(lengths))


def _lengths(guide: Written) -> Iterator[int]:
    for line in guide.words:
        for sentence in _END.split(plain(line)):
            words = sum(bool(_WORD.search(word)) for word in sentence.split())
            if words:
                yield words


def written(rows: list[tuple[str, str, Reading]]) -> str:
    lines = [
        "# How the guides read",
        "",
        f"Written by `python -m tools.readability`. Words a sentence (aim: Arabic {AIM['ar']}, English {AIM['en']} at most), and the share of sentences",
        f"longer than {LONG['ar']} and {LONG['en']} words. Headings count as sentences. A measure of length alone: whether somebody understands is found by reading aloud.",
        "",
        "| guide | language | words | words a sentence | long, % | longest |",
        "|---|---|---|---|---|---|",
    ]
    for slug, lang, found in rows:
        lines.append(f"| {slug} | {lang} | {found.words} | {found.mean} | {found.long} | {found.longest} |")
    for lang in AIM:
        all_of_it = [found for _, of, found in rows if of == lang]
        mean = round(sum(one.mean for one in all_of_it) / len(all_of_it), 1)
        lines.append(f"| **all** | {lang} | {sum(one.words for one in all_of_it)} | {mean} | | |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
