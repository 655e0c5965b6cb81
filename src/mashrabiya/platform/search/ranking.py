"""Which text answers best: BM25 over rows of words, and a little for words that stand side by side.

How rare a word is, is counted among the texts that are ranked, which are those the reader may open: nothing that is
closed to her moves what she finds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import repeat
from math import exp, log
from typing import NamedTuple

from mashrabiya.platform.search.asking import Question, Way
from mashrabiya.platform.search.words import CODE_BYTES, KEY_BYTES

K1, B = 1.2, 0.75
"""How soon a word said again adds little, and how much a long text has to make good."""
TITLE = 2
"""So much more a word weighs that stands in the title."""
SIDE_BY_SIDE = 0.2
APART, _BETWEEN = 0.3, 1
"""So much the words of a term say where more than one other stands between them."""
BEGINS, SOON = 4.0, 5
"""So many times more a word counts by which a text begins, and within how many words that falls to about a third."""
_SOON_ENDS = 4 * SOON * CODE_BYTES
_EARLY = {1 + at: BEGINS * exp(-(at // CODE_BYTES) / SOON) for at in range(_SOON_ENDS)}

_OTHERS = 500
"""As many texts as are ranked, and so many more, are taken to hold nothing of what is asked: those are never looked at.
How many there are is not asked, since it would say how much lies behind closed doors.
"""


def write(title: Sequence[bytes], body: Sequence[bytes], mark: bytes) -> tuple[bytes, bytes]:
    """The row of a text, and the words by which it is looked up, each once; its mark is the last of the one, and in both."""
    head = title[:255]
    every = [*head, *body, mark]
    return bytes([len(head)]) + b"".join([key[:CODE_BYTES] for key in every]), b"".join(sorted(set(every)))


def keys_in(keys: bytes) -> list[bytes]:
    """The words by which a text is looked up."""
    return [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]


def codes_in(words: bytes) -> list[bytes]:
    """The words of a row, and its mark last."""
    return [words[at : at + CODE_BYTES] for at in range(1, len(words), CODE_BYTES)]


def codes_of_body(words: bytes) -> list[bytes]:
    """The same without those of the title, and without the mark."""
    return codes_in(words)[words[0] : -1]


def fits(words: bytes, question: Question) -> bool:
    """Whether a row holds each phrase, and nothing that is to be left out."""
    return all(_run(phrase) in words for phrase in question.phrases) and not any(
        _run(part) in words for part in question.without
    )


def holds_any(words: bytes, question: Question) -> bool:
    """Whether something that is asked for stands in a row, itself or said otherwise."""
    return any(key[:CODE_BYTES] in words for key in question.keys) or any(
        _run(way.run) in words for way in question.ways
    )


def holds_all(words: bytes, question: Question) -> bool:
    """Whether each word does."""
    missing = {at for at, key in enumerate(question.keys) if key[:CODE_BYTES] not in words}
    if not missing:
        return True
    for way in question.ways:
        if not missing.isdisjoint(way.covers) and _run(way.run) in words:
            missing.difference_update(way.covers)
    return not missing


class Weighed(NamedTuple):
    """Of each row whether it holds every word, and how well it answers; and how rare each word is."""

    rows: list[tuple[bool, float]]
    rarity: list[float]


def scores(rows: Sequence[bytes], question: Question, known: int | None = None) -> list[tuple[bool, float]]:
    """Of each row whether it holds every word, and how well it answers."""
    return weigh(rows, question, known).rows


def weigh(rows: Sequence[bytes], question: Question, known: int | None = None) -> Weighed:
    """The same, with what the words weigh.

    ``known`` is of how many, the first of them, it is known that the reader may open them, where that are not all: how
    rare a word is, and how long a text usually is, is told by these alone.
    """
    if not rows:
        return Weighed([], [0.0] * len(question.keys))
    texts, each, rarity = _Texts(rows, known), list[list[float]](), list[float]()
    found, held, everywhere = [0.0] * len(rows), [0] * len(rows), 0
    for at, key in enumerate(question.keys):
        said = _said(texts, key, [way for way in question.ways if way.covers == (at,)])
        rare, bit = texts.rarity(said), 1 << at
        found = [score + rare * much for score, much in zip(found, said, strict=True)]
        if all(said):
            everywhere |= bit
        else:
            held = [bits | bit if much else bits for bits, much in zip(held, said, strict=True)]
        rarity.append(rare)
        each.append(said)
    terms = [way for way in question.ways if len(way.covers) > 1]
    _set_apart(texts, question, {way.covers for way in terms}, (found, rarity, each))
    for way in terms:
        _add_way(texts, way, (found, held, rarity, each))
    _add_pairs(texts, question, (found, dict(zip(question.keys, rarity, strict=True))))
    whole = (1 << len(question.keys)) - 1
    if everywhere == whole:
        return Weighed([(True, score) for score in found], rarity)
    return Weighed(
        [(bits | everywhere == whole, score) for bits, score in zip(held, found, strict=True)], rarity
    )


class _Texts:
    """Rows that are ranked, and how much each has to make good for its length."""

    def __init__(self, rows: Sequence[bytes], known: int | None) -> None:
        self._known = known
        sizes = list(map(len, rows))
        opened = sizes[:known]
        usual = max(1.0, _words_in(sum(opened) / len(opened)) if opened else 1.0)
        self.rows = rows
        least, each = K1 * (1 - B), K1 * B / usual
        by_size = {size: least + each * _words_in(size) for size in set(sizes)}
        once = {size: (K1 + 1) / (1 + damped) for size, damped in by_size.items()}
        self.damped = list(map(by_size.__getitem__, sizes))
        # What most rows say of most words: once, and not soon.
        self._once = list(map(once.__getitem__, sizes))
        self._titled = [place for place, row in enumerate(rows) if row[0]]
        self._joined = b"".join(rows)

    def rarity(self, said: list[float]) -> float:
        """How much a word tells that is said so much in each."""
        opened = said[: self._known]
        return _rarity(len(opened), len(opened) - opened.count(0.0))

    def saying(self, run: Sequence[bytes]) -> list[float]:
        """How much each says this: from nought to one more than ``K1``."""
        code = _run(run)
        if code not in self._joined:
            return [0.0] * len(self.rows)
        times = list(map(bytes.count, self.rows, repeat(code)))
        for place in self._titled:
            times[place] += TITLE * _title(self.rows[place]).count(code)
        first, most, early = map(bytes.find, self.rows, repeat(code)), K1 + 1, _EARLY.get
        return [
            once
            if often == 1 and at > _SOON_ENDS
            else often and most * (much := often + early(at, 0.0)) / (much + damped)
            for often, at, once, damped in zip(times, first, self._once, self.damped, strict=True)
        ]


def _said(texts: _Texts, key: bytes, ways: Sequence[Way]) -> list[float]:
    """How much each text says a word, itself or otherwise: what is said both ways is not said twice."""
    said = texts.saying([key])
    for way in ways:
        weight, other = way.weight, texts.saying(way.run)
        if any(other):
            said = [max(one, weight * two) if two else one for one, two in zip(said, other, strict=True)]
    return said


def _set_apart(
    texts: _Texts,
    question: Question,
    terms: Collection[tuple[int, ...]],
    so_far: tuple[list[float], list[float], list[list[float]]],
) -> None:
    """Words of a term that do not stand together mean something else: who comes, and is out, has not come out."""
    if not terms:
        return
    found, rarity, each = so_far
    together = {covers: _near_by([question.keys[at] for at in covers]) for covers in terms}
    of_terms = {at for covers in terms for at in covers}
    for place, row in enumerate(texts.rows):
        whole = {at for covers, found_in in together.items() if found_in(row) for at in covers}
        for at in of_terms - whole:
            lost = (1 - APART) * each[at][place]
            each[at][place] -= lost
            found[place] -= rarity[at] * lost


def _near_by(keys: Sequence[bytes]) -> Callable[[bytes], bool]:
    """Whether these stand in a row in their order, with few words between them.

    By hand: a pattern would be remembered by the language, and with it what was asked (decision 0065).
    """
    first, *others = (key[:CODE_BYTES] for key in keys)

    def found_in(row: bytes) -> bool:
        at = row.find(first)
        while at >= 0:
            if _follow(row, others, at + CODE_BYTES):
                return True
            at = row.find(first, at + 1)
        return False

    return found_in


def _follow(row: bytes, codes: Sequence[bytes], at: int) -> bool:
    """Whether these come next, each behind few other words."""
    if not codes:
        return True
    ends = at + (_BETWEEN + 1) * CODE_BYTES
    return any(
        row.startswith(codes[0], step) and _follow(row, codes[1:], step + CODE_BYTES)
        for step in range(at, ends, CODE_BYTES)
    )


def _add_way(
    texts: _Texts, way: Way, so_far: tuple[list[float], list[int], list[float], list[list[float]]]
) -> None:
    """One that stands for several words adds what these do not add where it stands."""
    found, held, rarity, each = so_far
    weight = way.weight * sum(rarity[at] for at in way.covers)
    bits, first = sum(1 << at for at in way.covers), way.covers[0]
    for place, much in enumerate(texts.saying(way.run)):
        if not much:
            continue
        held[place] |= bits
        more = weight * much - sum(rarity[at] * each[at][place] for at in way.covers)
        if more > 0:
            found[place] += more
            # So that a second way adds only what is more.
            each[first][place] += more / rarity[first]


def _add_pairs(texts: _Texts, question: Question, so_far: tuple[list[float], dict[bytes, float]]) -> None:
    found, weights = so_far
    for pair in question.pairs:
        gained = SIDE_BY_SIDE * min(weights.get(one, 0.0) for one in pair) * (K1 + 1)
        if not gained:
            continue
        run = _run(pair)
        for place, often in enumerate(map(bytes.count, texts.rows, repeat(run))):
            if often:
                found[place] += gained * often / (often + texts.damped[place])


def _words_in(size: float) -> float:
    """How many words a row of so many bytes has."""
    return (size - 1) / CODE_BYTES - 1


def _title(row: bytes) -> bytes:
    return row[1 : 1 + row[0] * CODE_BYTES]


def _run(keys: Iterable[bytes]) -> bytes:
    return b"".join(key[:CODE_BYTES] for key in keys)


def _rarity(ranked: int, holding: int) -> float:
    """How much a word tells that so many of the ranked texts hold."""
    texts = 2 * ranked + _OTHERS
    return log(1 + (texts - holding + 0.5) / (holding + 0.5))
