"""Finding terms in a text: for whoever reads it, and before it is posted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from mashrabiya.library.terms.everyday import EVERYDAY, SILENT, SILENT_TOPICS
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.oneself import Sentences
from mashrabiya.library.terms.spelling import bare, is_of, readings, words_at
from mashrabiya.library.terms.types import TONGUES, Concept, Hint, Match, Term, Word

MOST_TERMS = 12
MOST_BETTER = 3
_LEAST = 3
_MARK = 8
Found = tuple[int, int, list[Match]]
"""From which word to which, and what they are."""


class _Listed(NamedTuple):
    form: str
    matches: list[Match]


class Finder:
    """The words of a glossary that are met in texts."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def terms_in(self, text: str, language: str, most: int = MOST_TERMS) -> list[Term]:
        """The terms of that language that stand in a text, each concept once, where it stands first."""
        words = words_at(text)
        found: dict[bytes, Term] = {}
        for first, last, matches in self._books[language].found(words) if language in TONGUES else ():
            concept = matches[0].concept
            if concept.id not in found and len(found) < most:
                found[concept.id] = Term(words[first][1], words[last][2], concept)
        return list(found.values())

    def hints(self, texts: Iterable[str]) -> list[Hint]:
        """What there is to say of words to avoid: each once, and of none that somebody says of herself."""
        found = (hint for text in texts for hint in self._hints(text))
        return list({one.mark: one for one in reversed(list(found))}.values())[::-1]

    def _hints(self, text: str) -> Iterator[Hint]:
        words = words_at(text)
        said = Sentences(text, words)
        for language in TONGUES:
            for first, last, matches in self._avoided[language].found(words):
                if not said.is_own(first, last):
                    yield _hint(text[words[first][1] : words[last][2]], matches, language)

    @cached_property
    def _books(self) -> dict[str, _Book]:
        return {language: _Book(self._forms(language, avoided=False)) for language in TONGUES}

    @cached_property
    def _avoided(self) -> dict[str, _Book]:
        return {language: _Book(self._forms(language, avoided=True)) for language in TONGUES}

    def _forms(self, language: str, *, avoided: bool) -> list[_Listed]:
        met: dict[str, list[Match]] = {}
        for concept in self._glossary.shown:
            if concept.topic in SILENT_TOPICS or (concept.key in SILENT and not avoided):
                continue
            for word in concept.words(language):
                for form in _marked(word, language):
                    met.setdefault(form, []).append(Match(concept, word))
        for form in [*met] if language == "ar" else ():
            # Listed with the article it is met without, unless that is another word.
            free = " ".join(_without_article(part) for part in form.split())
            if free not in met and free not in EVERYDAY:
                met[free] = met[form]
        if not avoided:
            return [_Listed(form, matches) for form, matches in met.items()]
        # What some say of themselves, in whatever sense, is nobody's word to avoid.
        return [
            _Listed(form, asks)
            for form, matches in met.items()
            if (asks := [one for one in matches if one.word.asks])
            and all(one.word.avoided for one in matches)
            and self._is_only_avoided(form)
        ]

    def _is_only_avoided(self, form: str) -> bool:
        return not any(match.is_kind for match in self._glossary.exactly(form))


class _Book:
    """Forms, looked for all at once. Each begins where a word begins and ends where one ends."""

    def __init__(self, listed: list[_Listed]) -> None:
        self._listed = listed
        self._known = {word for one in listed for word in one.form.split()}
        self._automaton = AhoCorasick([f" {one.form} " for one in listed]) if listed else None

    def found(self, words: list[tuple[str, int, int]]) -> list[Found]:
        """What stands there, the longest where several do."""
        if self._automaton is None or not words:
            return []
        exact = [next((one for one in bare(word) if one in self._known), word) for word, _, _ in words]
        loose = [
            next((one for one in reversed(bare(word)) if one in self._known), word) for word, _, _ in words
        ]
        hits = self._hits(exact, 0) + (self._hits(loose, 1) if loose != exact else [])
        return list(self._longest(hits))

    def _hits(self, said: list[str], loose: int) -> list[tuple[int, int, int, int]]:
        line, starts, at = f" {' '.join(said)} ", dict[int, int](), 0
        for number, word in enumerate(said):
            starts[at] = number
            at += len(word) + 1
        ends = {place: number - 1 for place, number in starts.items()} | {at: len(said) - 1}
        assert self._automaton is not None
        return [
            (starts[start], -ends[end - 1], loose, which)
            for which, start, end in self._automaton.find_matches_as_indexes(line, overlapping=True)
        ]

    def _longest(self, hits: list[tuple[int, int, int, int]]) -> Iterator[Found]:
        after = -1
        for first, last, _, which in sorted(hits):
            if first > after:
                after = -last
                yield first, -last, self._listed[which].matches


def _marked(word: Word, language: str) -> Iterator[str]:
    """The forms by which a word is met in a text."""
    for form in word.forms:
        for folded in readings(form):
            short = len(folded.replace(" ", "")) < _LEAST
            if not short and folded not in EVERYDAY and is_of(language, folded):
                yield folded


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > _LEAST + 1 else word


def _hint(found: str, matches: list[Match], language: str) -> Hint:
    concepts: list[Concept] = [match.concept for match in matches]
    better = dict.fromkeys(said[0].text for one in concepts if (said := one.said(language)))
    mark = sha256(f"word:{matches[0].word.text}".encode()).hexdigest()[:_MARK]
    path = concepts[0].path if len(concepts) == 1 else ""
    return Hint(mark, found, tuple(better)[:MOST_BETTER], language, matches[0].word.why, path)
