"""Style sheets: they know a beginning and an end, no left and no right, and no other host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.check.source import Fault, files, shown, text_of

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-\w+)?|scroll-(?:margin|padding)-(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
FAR = re.compile(r"@import|url\(\s*['\"]?(?:https?:)?//", re.IGNORECASE)
IMPORTANT_FONT = re.compile(r"@font-face")


def styles() -> Iterator[Fault]:
    """Arabic pages fall apart where a sheet says left or right; a font from elsewhere tells who reads."""
    for path in files():
        if path.suffix == ".css":
            yield from (Fault(shown(path), line, what) for line, what in style_faults(text_of(path)))


def style_faults(sheet: str) -> Iterator[tuple[int, str]]:
    """Line and fault of one style sheet."""
    bare = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), sheet)
    for number, line in enumerate(bare.splitlines(), 1):
        for found in PHYSICAL.finditer(line):
            yield number, f"“{found[0].strip()}” is physical: say inline-start or inline-end"
        if FAR.search(line):
            yield number, "a style sheet fetches nothing from elsewhere"
        if IMPORTANT_FONT.search(line):
            yield number, "no fonts are fetched"
