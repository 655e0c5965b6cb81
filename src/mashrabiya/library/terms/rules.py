"""Who may change the glossary, and what a concept may be. Pure."""

from __future__ import annotations

import unicodedata

from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.terms.types import (
    MEANING_LIMIT,
    SPELLINGS_LIMIT,
    SUBJECTS,
    TONGUES,
    WHY_LIMIT,
    WORD_LIMIT,
    WORDS_LIMIT,
    Body,
    Word,
)

_LETTERS = "LN"


def may_edit(viewer: Viewer) -> Verdict:
    """Hosts, for now. Whoever is to edit the glossary besides is let in here, and where the doors say ``EDITORS``."""
    return ALLOWED if viewer.has(HOST) else Denied("", hidden=True)


def wrong_body(body: Body) -> dict[str, str]:
    """What is wrong with each field of a concept: nothing, or the key that says it."""
    wrong = {"topic": "" if body.topic in SUBJECTS else "library.terms.topic_missing"}
    for language in TONGUES:
        said = body.meaning.get(language, "")
        wrong[f"meaning_{language}"] = _wrong_text(said, MEANING_LIMIT) or (
            "" if fold(said) else "library.terms.meaning_missing"
        )
        wrong[f"words_{language}"] = _wrong_words([one for one in body.words if one.lang == language])
    return {field: why for field, why in wrong.items() if why}


def _wrong_words(words: list[Word]) -> str:
    if len(words) > WORDS_LIMIT:
        return "library.terms.words_many"
    if not any(not one.avoided for one in words):
        return "library.terms.words_missing"
    return next((why for one in words if (why := _wrong_word(one))), "")


def _wrong_word(word: Word) -> str:
    if any(_wrong_text(form, WORD_LIMIT) or not _is_word(form) for form in word.forms):
        return "library.terms.word_wrong"
    if len(word.spellings) > SPELLINGS_LIMIT:
        return "library.terms.spellings_many"
    if word.avoided and not word.why:
        return "library.terms.why_missing"
    return _wrong_text(word.why, WHY_LIMIT)


def _wrong_text(text: str, limit: int) -> str:
    if len(text) > limit:
        return "library.terms.too_long"
    return (
        "library.terms.bad_signs" if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text) else ""
    )


def _is_word(form: str) -> bool:
    return any(unicodedata.category(sign)[0] in _LETTERS for sign in fold(form))
