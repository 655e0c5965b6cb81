"""What may stand in a list of hidden words: one word a line, or its beginning with a star."""

from __future__ import annotations

from mashrabiya.kernel.folding import fold

LONGEST, SHORTEST = 40, 2
STAR = "*"


def check_word(typed: str) -> str | None:
    """Why this cannot be taken (a catalogue key), or None where it can."""
    word = typed.removesuffix(STAR)
    folded = fold(word)
    if len(word) > LONGEST:  # asked first: folding leaves one letter of many that repeat
        return "hidden.too_long"
    if len(folded.replace(" ", "")) < SHORTEST:
        return "hidden.too_short"
    if " " in folded and " " in word:
        return "hidden.one_word"
    return None
