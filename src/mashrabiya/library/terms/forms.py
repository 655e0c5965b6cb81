"""What comes in by HTML about the glossary."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

from mashrabiya.kernel.errors import NotFound
from mashrabiya.library.terms.types import SUBJECTS, TONGUES, WORDS_LIMIT, Body, Concept, Use, Word
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.platform.web import Form

_USES = {one.code: one for one in Use}
_DIGITS = 4


def subject(asked: str) -> str:
    """The subject that an address names by its number; the first where it names none."""
    number = whole(asked)
    return SUBJECTS[number - 1] if 1 <= number <= len(SUBJECTS) else SUBJECTS[0]


def whole(typed: str) -> int:
    """A small number as typed, in any digits; 0 where it is none."""
    latin = to_latin(typed)
    return int(latin) if latin.isascii() and latin.isdigit() and len(latin) < _DIGITS else 0


def place_of(shown: str) -> int:
    """Which word of a concept an address names."""
    if not (shown.isascii() and shown.isdigit() and len(shown) < _DIGITS):
        raise NotFound
    return min(int(shown), 2 * WORDS_LIMIT)


def read_concept(form: Form, before: Body | None = None) -> Body:
    """What a concept is about and means, as typed; its words stay, or a new one has the first of each language."""
    body = Body(
        topic=form.text("topic"),
        guide=before.guide if before else "",
        see=before.see if before else (),
        meaning={language: _line(form, f"meaning_{language}") for language in TONGUES},
        words=before.words if before else (),
    )
    if before:
        return body
    words = tuple(Word(language, said) for language in TONGUES if (said := _line(form, f"words_{language}")))
    return Body(body.topic, body.guide, body.see, body.meaning, words)


def concept_typed(concept: Concept) -> dict[str, Any]:
    """A concept in the shape of the form that changes it."""
    said = {f"meaning_{language}": concept.body.meaning.get(language, "") for language in TONGUES}
    return {"topic": concept.topic, "seen": str(concept.v), **said}


def read_word(form: Form) -> Word:
    """A word as typed. Whether it can be one, the rules say."""
    return Word(
        lang=form.choice("lang", TONGUES, TONGUES[0]),
        text=_line(form, "text"),
        use=_USES[form.choice("use", tuple(_USES), Use.SOME.code)],
        why=_line(form, "why"),
        spellings=tuple(dict.fromkeys(_plain(line) for line in form.lines("spellings"))),
        asks=form.flag("tick_asks"),
    )


def word_typed(word: Word | None, concept: Concept) -> dict[str, Any]:
    """A word in the shape of its form; a new one has the usual."""
    seen = {"seen": str(concept.v)}
    if word is None:
        return {**seen, "use": Use.SOME.code, "tick_asks": "1"}
    return {
        **seen,
        "lang": word.lang,
        "text": word.text,
        "use": Use(word.use).code,
        "why": word.why,
        "spellings": "\n".join(word.spellings),
        "tick_asks": "1" if word.asks else "",
    }


def _line(form: Form, name: str) -> str:
    return _plain(form.text(name))


def _plain(text: str) -> str:
    """In one form of each letter, on one line, without what turns the order of others' words."""
    return " ".join(harmless(normalize("NFC", text)).split())
