"""Which text answers best: BM25 over rows of words, and a little for words that stand side by side.

How rare a word is, is counted among the texts that are ranked, which are those the reader may open: nothing that is
closed to her moves what she finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.words import CODE_BYTES, KEY_BYTES

K1, B = 1.2, 0.6
"""How soon a word said again adds little, and how much a long text has to make good."""
TITLE = 2
"""So much more a word weighs that stands in the title."""
SIDE_BY_SIDE = 0.3


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


def fits(words: bytes, question: Question) -> bool:
    """Whether a row holds each phrase, and nothing that is to be left out."""
    return all(_run(phrase) in words for phrase in question.phrases) and not any(
        _run(part) in words for part in question.without
    )


def holds_any(words: bytes, keys: Iterable[bytes]) -> bool:
    """Whether one of these words stands in a row."""
    return any(key[:CODE_BYTES] in words for key in keys)


def holds_all(words: bytes, keys: Iterable[bytes]) -> bool:
    """Whether each of them does."""
    return all(key[:CODE_BYTES] in words for key in keys)


def scores(rows: Sequence[bytes], question: Question) -> list[tuple[bool, float]]:
    """Of each row whether it holds every word, and how well it answers."""
    if not rows:
        return []
    usual = max(1.0, sum(map(_length, rows)) / len(rows))
    damped = [K1 * (1 - B + B * _length(row) / usual) for row in rows]
    found, held = [0.0] * len(rows), [0] * len(rows)
    titled = [place for place, row in enumerate(rows) if row[0]]
    weights: dict[bytes, float] = {}
    for key in question.keys:
        code = key[:CODE_BYTES]
        times = [row.count(code) for row in rows]
        for place in titled:
            times[place] += TITLE * _title(rows[place]).count(code)
        weights[key] = weight = _rarity(len(rows), len(rows) - times.count(0))
        gained = weight * (K1 + 1)
        for place, often in enumerate(times):
            if often:
                held[place] += 1
                found[place] += gained * often / (often + damped[place])
    _add_pairs(rows, question, (found, damped, weights))
    whole = len(question.keys)
    return [(held[place] == whole, score) for place, score in enumerate(found)]


def _add_pairs(
    rows: Sequence[bytes],
    question: Question,
    so_far: tuple[list[float], list[float], dict[bytes, float]],
) -> None:
    found, damped, weights = so_far
    for pair in question.pairs:
        gained = SIDE_BY_SIDE * min(weights.get(one, 0.0) for one in pair) * (K1 + 1)
        if not gained:
            continue
        run = _run(pair)
        for place, row in enumerate(rows):
            if run in row:
                often = row.count(run)
                found[place] += gained * often / (often + damped[place])


def _length(row: bytes) -> int:
    return (len(row) - 1) // CODE_BYTES - 1


def _title(row: bytes) -> bytes:
    return row[1 : 1 + row[0] * CODE_BYTES]


def _run(keys: Iterable[bytes]) -> bytes:
    return b"".join(key[:CODE_BYTES] for key in keys)


def _rarity(texts: int, holding: int) -> float:
    return log(1 + (texts - holding + 0.5) / (holding + 0.5))
