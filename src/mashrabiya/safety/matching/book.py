"""The automatic rules in force, made ready once for every change and kept in memory."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from mashrabiya.safety.matching.patterns import PatternBook
from mashrabiya.safety.matching.reading import Reading
from mashrabiya.safety.matching.words import WordBook
from mashrabiya.safety.types import Precept, Standing

MOST_READY = 64
"""The rules of so many places lie ready in memory; those of another are made ready when they are needed."""

_LINK = re.compile(
    r"(?:https?://|www\.)([^\s/<>()\[\]\"'«»،؛]+)|(?<![\w@.])((?:[\w-]{1,63}\.){1,4}(?:com|net|org|io|me|ly|co|info|app|tv|gg))(?![\w-])",
    re.IGNORECASE,
)


class Book:
    """The rules of one place, ready to be held against a text."""

    def __init__(self, standing: Sequence[Standing]) -> None:
        words = _listed(standing, Precept.WORDS)
        names = _listed(standing, Precept.NAMES)
        patterns = [one for one in standing if one.kind == Precept.PATTERN]
        self._of_word = [one for one, _ in words]
        self._words = WordBook(line for _, line in words)
        self._of_name = [one for one, _ in names]
        self._names = WordBook(line for _, line in names)
        self._of_pattern = patterns
        self._patterns = PatternBook(one.text for one in patterns)
        self._links = [one for one in standing if one.kind == Precept.LINKS]
        self.first = tuple(one for one in standing if one.kind == Precept.FIRST)

    def met(self, reading: Reading) -> list[Standing]:
        """The rules that this text meets, each once."""
        met: dict[bytes, Standing] = {}
        for number, _ in self._words.found(reading):
            met[self._of_word[number].id] = self._of_word[number]
        for number in self._patterns.found(reading):
            met[self._of_pattern[number].id] = self._of_pattern[number]
        if self._links:
            sites = sites_in(reading.seen)
            met.update((one.id, one) for one in self._links if _leads(sites, one.lines))
        return [met[key] for key in sorted(met)]

    def met_in_name(self, reading: Reading) -> list[Standing]:
        """The rules on names that this meets, each once."""
        met = {self._of_name[number].id: self._of_name[number] for number, _ in self._names.found(reading)}
        return [met[key] for key in sorted(met)]


def _listed(standing: Sequence[Standing], kind: Precept) -> list[tuple[Standing, str]]:
    return [(one, line) for one in standing if one.kind == kind for line in one.lines]


class Keeper(NamedTuple):
    """Who keeps a post back for a rule, in the same write, and lets it go again: a room above this one, named by main.

    ``hold`` takes the rule, the write, the community and the post; ``let_go`` the write and a post that no such
    rule meets any more. Looking knows no database: the write is handed on unopened.
    """

    hold: Callable[[Standing, Any, bytes, bytes], None]
    let_go: Callable[[Any, bytes], None]


class Rulebook:
    """All rules of a house that are on, by the place that made them."""

    def __init__(self, standing: Iterable[Standing] = (), keeper: Keeper | None = None) -> None:
        self.keeper = keeper
        places: dict[bytes | None, list[Standing]] = defaultdict(list)
        for one in standing:
            if one.on:
                places[one.cid].append(one)
        self._places = {cid: tuple(rules) for cid, rules in places.items()}
        self._ready: OrderedDict[bytes | None, Book] = OrderedDict()
        self._lock = Lock()

    def of(self, cid: bytes | None) -> Book | None:
        """The rules of a community, or of the house; nothing where it has none."""
        standing = self._places.get(cid)
        if standing is None:
            return None
        with self._lock:
            ready = self._ready.get(cid)
            if ready is None:
                ready = self._ready[cid] = _book(standing)
                while len(self._ready) > MOST_READY:
                    self._ready.popitem(last=False)
            return ready


@lru_cache(maxsize=MOST_READY)
def _book(standing: tuple[Standing, ...]) -> Book:
    """The same rules are made ready once, also when those of another place have changed."""
    return Book(standing)


def sites_in(text: str) -> frozenset[str]:
    """The sites that the links of a text lead to."""
    if "." not in text:
        return frozenset()
    return frozenset((found[1] or found[2]).rstrip(".,:;!?").casefold() for found in _LINK.finditer(text))


def _leads(sites: frozenset[str], listed: tuple[str, ...]) -> bool:
    if not listed:
        return bool(sites)
    return any(site == one or site.endswith(f".{one}") for site in sites for one in map(str.casefold, listed))
