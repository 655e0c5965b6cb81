"""The glossary in memory: made once a process from its rows, and anew when an editor changed one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import zip_longest

from mashrabiya.kernel.folding import fold, fold_asked, light_stem
from mashrabiya.library.terms.everyday import EVERYDAY
from mashrabiya.library.terms.spelling import (
    STEM,
    is_latin,
    is_near,
    is_of,
    readings,
    readings_asked,
    stemmed,
)
from mashrabiya.library.terms.types import QUERY_LIMIT, SUBJECTS, Answer, Concept, Match, Word
from mashrabiya.platform.search.words import words_asked
from mashrabiya.safety.matching.arabizi import Arabizi

MOST_FOUND = 24
MOST_SAME = 8
MOST_MEANT = 3
_ALONE = 3
"""In a question of so many words a word that is everyday as well is no term by itself."""
_BEGINS = 3
"""So many letters make a beginning by which one is led to words."""
Ordered = list[tuple[str, list[Concept]]]
_ARABIC_LETTERS = range(0x0621, 0x064B)


class Glossary:
    """All concepts, ready to be looked up. ``rests`` are communities where no word is mentioned."""

    def __init__(self, concepts: Iterable[Concept] = (), rests: Iterable[bytes] = ()) -> None:
        self.all = {one.id: one for one in concepts}
        self.rests = frozenset(rests)
        self.shown = [one for one in self.all.values() if not one.hidden]
        self.by_key = {one.key: one for one in self.shown}
        self._subjects: dict[str, Ordered] = {}
        self._letters: dict[str, Ordered] = {}

    def by_subject(self, language: str) -> Ordered:
        """The concepts of each subject, by name."""
        # Put in order once for each language: nothing in a glossary changes, another one takes its place.
        if language not in self._subjects:
            self._subjects[language] = self._in_subjects(language)
        return self._subjects[language]

    def by_letter(self, language: str) -> Ordered:
        """The concepts under the first letter of their names."""
        if language not in self._letters:
            self._letters[language] = self._under_letters(language)
        return self._letters[language]

    def _in_subjects(self, language: str) -> Ordered:
        kept: dict[str, list[Concept]] = {subject: [] for subject in SUBJECTS}
        for one in self.shown:
            kept.setdefault(one.topic, []).append(one)
        return [(subject, _sorted(rows, language)) for subject, rows in kept.items() if rows]

    def _under_letters(self, language: str) -> Ordered:
        kept: dict[str, list[Concept]] = defaultdict(list)
        for one in _sorted(self.shown, language):
            kept[_line(one, language)[:1].upper()].append(one)
        return sorted(kept.items())

    def beside(self, concept: Concept) -> list[Concept]:
        """What one may want to read next."""
        return [self.by_key[key] for key in concept.body.see if key in self.by_key]

    def look_up(self, typed: str) -> Answer:
        """What a word leads to, in either language and any common spelling; else what is close to it."""
        ways = readings_asked(typed[:QUERY_LIMIT])
        if not ways:
            return Answer()
        exact = self.spelled(typed, ways)
        if exact:
            return Answer(tuple(exact[:MOST_FOUND]))
        return Answer(tuple(_once(self._close_to(ways[0]))[:MOST_FOUND]), near=True)

    def spelled(self, typed: str, ways: Sequence[str]) -> list[Match]:
        """What is written so in any common spelling, given how it may be read; else in Latin letters."""
        exact = _once(one for asked in ways for one in self._forms.get(asked, ()))
        exact = _once([*exact, *(one for asked in ways for one in self._stems.get(stemmed(asked), ()))])
        return exact or _once(self._in_latin_letters(typed[:QUERY_LIMIT]))

    def exactly(self, form: str) -> list[Match]:
        """What is written just so, folded."""
        return self._forms.get(form, [])

    def same(self, words: str, *, letters: bool = True) -> tuple[str, ...]:
        """How the concept behind these words is said in the other languages and in other spellings, folded.

        Which language they are in is told by their letters; with ``letters``, Latin ones may be Arabic.
        """
        asked = fold_asked(words)
        known = self._same.get(asked)
        if known is None and (met := self._same_stems.get(stemmed(asked))):
            known = met
        if known is None and letters:
            known = self._by_letters(asked)
        own = tuple(words_asked(asked))
        return tuple(word for run, word in _apart(known or ()) if run != own)[:MOST_SAME]

    def runs(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """What of these folded words is a term, the longest first: from which to which, and how else that is said."""
        at = 0
        while at < len(words):
            longest = self._longest.get(light_stem(words[at], STEM), 0)
            for last in range(min(len(words), at + longest), at, -1):
                run = " ".join(words[at:last])
                if (said := self.same(run, letters=False)) and (
                    last - at > 1 or len(words) < _ALONE or run not in EVERYDAY
                ):
                    yield at, last, said
                    at = last - 1
                    break
            at += 1

    def meant(self, typed: str) -> tuple[str, ...]:
        """Words that people use whose letters are these or nearly these, as they are written; none for a known word."""
        asked = fold_asked(typed)
        if not asked or self._forms.get(asked) or self._stems.get(stemmed(asked)):
            return ()
        slipped = {
            match.word.text: None
            for form, matches in self._forms.items()
            if is_near(asked, form)
            for match in matches
            if match.is_kind
        }
        return tuple(slipped)[:MOST_MEANT]

    def written(self, typed: str) -> str:
        """The word that people use which is written just so, as it is shown; nothing where there is none."""
        for match in self._forms.get(fold_asked(typed), ()):
            if match.is_kind:
                return match.word.text
        return ""

    def _by_letters(self, asked: str) -> tuple[str, ...]:
        for match in self._in_latin_letters(asked):
            return self._same.get(readings_asked(match.word.text)[0], ())
        return ()

    def _close_to(self, asked: str) -> list[Match]:
        """Words that begin so, that hold it as one of theirs, or are a slip of the pen away."""
        begun, held, slipped = [], [], []
        for form, matches in self._forms.items():
            if len(asked) >= _BEGINS and form.startswith(asked):
                begun += matches
            elif len(asked) >= _BEGINS and f" {asked} " in f" {form} ":
                held += matches
            elif is_near(asked, form):
                slipped += matches
        return [*begun, *held, *slipped]

    def _in_latin_letters(self, asked: str) -> list[Match]:
        """Arabic words that are written so in Latin letters."""
        typed = asked.casefold().replace("’", "'").split()
        if not (typed and is_latin(asked.strip())):
            return []
        meant: list[set[str]] = []
        for word in typed:
            meant.append({self._parts[number] for number in self._arabizi.meant(word)})
            if not meant[-1]:
                return []
        forms = [form for word in meant[0] for form in self._beginning.get(word, ())]
        return [
            match
            for form in forms
            if len(parts := form.split()) == len(typed)
            and all(part in may for part, may in zip(parts, meant, strict=True))
            for match in self._forms[form]
        ]

    @cached_property
    def _forms(self) -> dict[str, list[Match]]:
        kept: dict[str, list[Match]] = defaultdict(list)
        for concept in self.shown:
            for word in concept.body.words:
                for folded in _all(word):
                    kept[folded].append(Match(concept, word))
        return dict(kept)

    @cached_property
    def _stems(self) -> dict[str, list[Match]]:
        kept: dict[str, list[Match]] = defaultdict(list)
        for form, matches in self._forms.items():
            kept[stemmed(form)] += matches
        return dict(kept)

    @cached_property
    def _parts(self) -> list[str]:
        words = {word for form in self._forms if not is_latin(form) for word in form.split()}
        return sorted(word for word in words if all(ord(sign) in _ARABIC_LETTERS for sign in word))

    @cached_property
    def _arabizi(self) -> Arabizi:
        return Arabizi(dict(enumerate(self._parts)))

    @cached_property
    def _beginning(self) -> dict[str, list[str]]:
        kept: dict[str, list[str]] = defaultdict(list)
        for form in self._forms:
            if not is_latin(form):
                kept[form.split()[0]].append(form)
        return dict(kept)

    @cached_property
    def _same(self) -> dict[str, tuple[str, ...]]:
        """For each form the words of its concepts: those that people use, the other languages first."""
        kept: dict[str, tuple[str, ...]] = {}
        for form, matches in self._forms.items():
            kind = [match for match in matches if match.is_kind]
            said = [word for match in kind or matches for word in _said(match)]
            kept[form] = tuple(dict.fromkeys(said))
        return kept

    @cached_property
    def _longest(self) -> dict[str, int]:
        """Of how many words the longest term is that begins so."""
        kept: dict[str, int] = {}
        for form in self._same:
            first = light_stem(form.split()[0], STEM)
            kept[first] = max(kept.get(first, 0), len(form.split()))
        return kept

    @cached_property
    def _same_stems(self) -> dict[str, tuple[str, ...]]:
        return {stemmed(form): words for form, words in self._same.items()}


def _apart(words: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    """Of what search takes for the same words the first, so that no other loses its place to it.

    Not remembered: it would say which concept was asked for.
    """
    found: dict[tuple[str, ...], str] = {}
    for word in words:
        found.setdefault(tuple(words_asked(word)), word)
    return list(found.items())


def _said(match: Match) -> list[str]:
    """Its words, one of another language and one of its own in turn: names before their spellings, the kindest first."""
    words = sorted((one for one in match.concept.body.words if not one.avoided), key=lambda one: one.use)
    others, own = (
        [
            *(folded for one in some for folded in readings(one.text)[:1]),
            *(folded for one in some for folded in _all(one) if is_of(one.lang, folded)),
        ]
        for some in (
            [one for one in words if one.lang != match.word.lang],
            [one for one in words if one.lang == match.word.lang],
        )
    )
    return [form for pair in zip_longest(dict.fromkeys(others), dict.fromkeys(own)) for form in pair if form]


def _all(word: Word) -> dict[str, None]:
    return dict.fromkeys(folded for form in word.forms for folded in readings(form))


def _line(concept: Concept, language: str) -> str:
    name = fold(concept.name(language))
    return name.removeprefix("ال") if len(name) > _BEGINS else name


def _sorted(concepts: Iterable[Concept], language: str) -> list[Concept]:
    return sorted(concepts, key=lambda one: _line(one, language))


def _once(matches: Iterable[Match]) -> list[Match]:
    """Each concept once, met by its kindest word; those met by a word that people use come first."""
    kept: dict[bytes, Match] = {}
    for one in matches:
        known = kept.get(one.concept.id)
        if known is None or one.word.use < known.word.use:
            kept[one.concept.id] = one
    return sorted(kept.values(), key=lambda one: not one.is_kind)
