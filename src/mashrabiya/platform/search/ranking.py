"""Which text answers best: BM25 over rows of words, and a little for words that stand side by side.

How rare a word is, is counted among the texts that are ranked, which are those the reader may open: nothing that is
closed to her moves what she finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from msgspec import Struct

from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.words import CODE_BYTES, KEY_BYTES

K1, B = 1.2, 0.6
"""How soon a word said again adds little, and how much a long text has to make good."""
TITLE = 2
"""So much more a word weighs that stands in the title."""
SIDE_BY_SIDE = 0.3


class Row(Struct, frozen=True):
    """The words of one text, in their order, and of what it is a part; before them, how many are its title's."""

    words: bytes

    @property
    def length(self) -> int:
        return (len(self.words) - 1) // CODE_BYTES - 1

    @property
    def title(self) -> bytes:
        return self.words[1 : 1 + self.words[0] * CODE_BYTES]


def write(title: Sequence[bytes], body: Sequence[bytes], mark: bytes) -> tuple[bytes, bytes]:
    """The row of a text, and the words by which it is looked up, each once; its mark is the last of the one, and in both."""
    head = title[:255]
    every = [*head, *body, mark]
    return bytes([len(head)]) + b"".join(key[:CODE_BYTES] for key in every), b"".join(sorted(set(every)))


def keys_in(keys: bytes) -> list[bytes]:
    """The words by which a text is looked up."""
    return [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]


def codes_in(words: bytes) -> list[bytes]:
    """The words of a row, and its mark last."""
    return [words[at : at + CODE_BYTES] for at in range(1, len(words), CODE_BYTES)]


def fits(row: Row, question: Question) -> bool:
    """Whether a text holds each phrase, and nothing that is to be left out."""
    return all(_run(phrase) in row.words for phrase in question.phrases) and not any(
        _run(part) in row.words for part in question.without
    )


def holds_any(row: Row, keys: Iterable[bytes]) -> bool:
    """Whether one of these words stands in it."""
    return any(key[:CODE_BYTES] in row.words for key in keys)


def scores(rows: Sequence[Row], question: Question) -> list[tuple[bool, float]]:
    """Of each text whether it holds every word, and how well it answers."""
    if not rows:
        return []
    usual = max(1.0, sum(row.length for row in rows) / len(rows))
    damped = [K1 * (1 - B + B * row.length / usual) for row in rows]
    found, held = [0.0] * len(rows), [0] * len(rows)
    weights: dict[bytes, float] = {}
    for key in question.keys:
        times = [_times(row, key[:CODE_BYTES]) for row in rows]
        weights[key] = weight = _rarity(len(rows), sum(map(bool, times)))
        for place, often in enumerate(times):
            if often:
                held[place] += 1
                found[place] += weight * often * (K1 + 1) / (often + damped[place])
    _add_pairs(rows, question, (found, damped, weights))
    whole = len(question.keys)
    return [(held[place] == whole, score) for place, score in enumerate(found)]


def _add_pairs(
    rows: Sequence[Row],
    question: Question,
    so_far: tuple[list[float], list[float], dict[bytes, float]],
) -> None:
    found, damped, weights = so_far
    for one, two in question.pairs:
        weight = SIDE_BY_SIDE * min(weights.get(one, 0.0), weights.get(two, 0.0))
        if not weight:
            continue
        for place, row in enumerate(rows):
            often = found[place] and row.words.count(_run((one, two)))
            if often:
                found[place] += weight * often * (K1 + 1) / (often + damped[place])


def _times(row: Row, code: bytes) -> int:
    often = row.words.count(code)
    if often and row.words[0]:
        often += TITLE * row.title.count(code)
    return often


def _run(keys: Iterable[bytes]) -> bytes:
    return b"".join(key[:CODE_BYTES] for key in keys)


def _rarity(texts: int, holding: int) -> float:
    return log(1 + (texts - holding + 0.5) / (holding + 0.5))
