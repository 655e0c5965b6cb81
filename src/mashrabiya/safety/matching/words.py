"""Many words looked for at once: one automaton over a text that was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from ahocorasick_rs import AhoCorasick

from mashrabiya.kernel.folding import fold
from mashrabiya.safety.matching.arabizi import Arabizi
from mashrabiya.safety.matching.reading import HOLE, TWICE, Reading, once

ANY = "*"
"""At the end of a listed word: however it goes on. At its beginning: whatever stands before."""
SHORTEST = 2

_ARTICLES = ("", "ال", "ل", "لل", "هال", "عال", "ه")
_PARTICLES = ("", "ب", "ك", "ل", "ع")
# What Arabic writes before a word and after it, as search folds it.
BEFORE = frozenset(
    first + second + article for first, second, article in product(("", "و", "ف"), _PARTICLES, _ARTICLES)
) | {"يا"}
_OWNERS = ("ها", "هم", "هن", "كم", "كن", "ك", "نا", "ي", "ه")
AFTER = frozenset(
    ("", "ات", "ين", "يه", "ون", "ان", "ا", "يين", "يات", "وا", *_OWNERS, *(f"ات{one}" for one in _OWNERS))
)
_LATIN_BEFORE, _LATIN_AFTER = frozenset({""}), frozenset({"", "s", "es", "z"})


class _Listed:
    """A spelling of a listed word, and what may stand around it. ``needs``: it stands so only with an ending."""

    __slots__ = ("any_after", "any_before", "arabic", "needs", "number")

    def __init__(self, number: int, word: str, *, needs: bool = False) -> None:
        self.number, self.needs = number, needs
        self.any_before, self.any_after = word.startswith(ANY), word.endswith(ANY)
        self.arabic = not word.strip(ANY)[-1:].isascii()

    def takes(self, before: str, after: str) -> bool:
        """Whether this is the listed word, with what stands directly before and after it."""
        starts, ends = (BEFORE, AFTER) if self.arabic else (_LATIN_BEFORE, _LATIN_AFTER)
        if self.needs:
            return before in starts and after in _OWNERS
        return (self.any_before or before in starts) and (self.any_after or after in ends)


class WordBook:
    """A list of words, ready to be looked for; a word is known by its place in the list."""

    def __init__(self, words: Iterable[str]) -> None:
        spellings: list[str] = []
        self._listed: list[_Listed] = []
        self._holed: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
        plain: dict[int, str] = {}
        for number, word in enumerate(words):
            folded = fold(word.strip(ANY))
            if len(folded.replace(" ", "")) < SHORTEST:
                continue
            for spelling, listed in _spellings(number, word, folded):
                spellings.append(spelling)
                self._listed.append(listed)
            self._holed[len(folded), folded[0]].append((number, folded))
            plain[number] = folded
        self._automaton = AhoCorasick(spellings) if spellings else None
        self._arabizi = Arabizi(plain)

    def found(self, reading: Reading) -> set[tuple[int, int]]:
        """Each listed word that stands there, with the word of the text it stands at."""
        if self._automaton is None:
            return set()
        hits = set(self._standing(reading))
        hits.update(self._behind_holes(reading))
        hits.update(self._arabizi.found(reading))
        return hits

    def _standing(self, reading: Reading) -> Iterator[tuple[int, int]]:
        line = reading.line
        assert self._automaton is not None
        for which, start, end in self._automaton.find_matches_as_indexes(line, overlapping=True):
            listed = self._listed[which]
            before = "" if line[start] == " " else line[line.rfind(" ", 0, start) + 1 : start]
            if listed.takes(before, line[end : line.find(" ", end)]):
                yield listed.number, reading.owner(start + (line[start] == " "))

    def _behind_holes(self, reading: Reading) -> Iterator[tuple[int, int]]:
        for owner, form in reading.holed:
            for number, word in self._holed.get((len(form), form[0]), ()):
                if all(sign in (letter, HOLE) for sign, letter in zip(form, word, strict=True)):
                    yield number, owner


def _spellings(number: int, word: str, folded: str) -> Iterator[tuple[str, _Listed]]:
    """What to look for. A Latin word begins where a space stands; before an Arabic one there may be particles."""
    listed = _Listed(number, word)
    if not listed.arabic:
        start = "" if listed.any_before else " "
        yield start + folded, listed
        yield f" {TWICE}{once(folded)}", listed
        return
    yield folded, listed
    if once(folded) != folded:
        yield once(folded), listed
    if folded.endswith("ه") and len(folded) > SHORTEST:
        # كلمة, and كلمتها.
        yield folded[:-1] + "ت", _Listed(number, word, needs=True)
