"""What became of a text, word by word and line by line. Bounded in time, whatever is compared."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mashrabiya.library.desk.types import Piece

# What makes a line a heading or a point is one word: else it is torn from the line that it marks.
_WORD = re.compile(r"\A(?:- |#{1,3} (?:\w+: )?)|\s+|\w+|[^\w\s]", re.UNICODE)
_MOST_LINES = 2000
"""Of two longer texts, one went and the other came."""
_MOST_WORDS = 3000
"""Of two longer lines, one went and the other came."""


def lines_of(before: str, after: str) -> list[list[Piece]]:
    """Each line of both, in order; in a line that stayed in part, its words."""
    old, new = before.strip().split("\n"), after.strip().split("\n")
    found: list[list[Piece]] = []
    if len(old) + len(new) > _MOST_LINES:
        return [*([Piece("del", line)] for line in old), *([Piece("ins", line)] for line in new)]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [[Piece("", line)] for line in old[a:b]]
        elif kind == "replace" and b - a == d - c:
            found += [words_of(one, other) for one, other in zip(old[a:b], new[c:d], strict=True)]
        else:
            found += [[Piece("del", line)] for line in old[a:b]]
            found += [[Piece("ins", line)] for line in new[c:d]]
    return found


def words_of(before: str, after: str) -> list[Piece]:
    """One line that became another. Where little of it stayed, both stand whole: that is read more easily."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if before == after:
        return [Piece("", before)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) + len(new) > _MOST_WORDS or matcher.quick_ratio() < 0.4 or matcher.ratio() < 0.4:
        return [Piece(kind, text) for kind, text in (("del", before), ("ins", after)) if text.strip()]
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("", "".join(old[a:b])))
            continue
        pieces += [Piece("del", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("ins", "".join(new[c:d]))] if d > c else []
    return pieces


def changed(lines: list[list[Piece]]) -> bool:
    """Whether anything did."""
    return any(piece.kind for pieces in lines for piece in pieces)
