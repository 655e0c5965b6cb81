"""Sentences that lie ready for the words of a decision, in both languages, whatever the carer reads in."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mashrabiya.care.types import Case
from mashrabiya.platform.languages import LANGUAGES, catalogue
from mashrabiya.platform.web import Form

SENTENCES = (
    "help", "listen", "way", "outing", "contact", "tone", "hate", "medical", "conversion", "note", "spam", "pause", "kept",
)  # fmt: skip
"""From help for whoever may harm herself to what stays as it is. Their words stand in the catalogues."""

_PUT = "put"


class Shelf(Struct, frozen=True):
    """The sentences in one language: what each is called there, and how the form names it."""

    language: str
    name: str
    choices: list[tuple[str, str]]


def choices(case: Case, language: str) -> list[Shelf]:
    """All of them, first in the language of what was written, where it is one of ours; else in the reader's."""
    spoken = case.post.lang if case.post is not None else ""
    first = spoken if spoken in LANGUAGES else language
    order = sorted(LANGUAGES, key=lambda one: one != first)
    return [
        Shelf(
            one,
            LANGUAGES[one],
            [(f"{one}.{name}", catalogue(one).texts[f"ready.{name}", "n"]) for name in SENTENCES],
        )
        for one in order
    ]


def chosen(form: Form) -> str:
    """The sentence that was chosen, or nothing."""
    language, _, name = form.text("ready").partition(".")
    if language not in LANGUAGES or name not in SENTENCES:
        return ""
    return catalogue(language).texts[f"ready.{name}_words", "n"]


def is_asked(form: Form) -> bool:
    """Whether a sentence is only to be put into the words, and nothing decided yet."""
    return form.flag(_PUT)


def filled(form: Form, known: Mapping[str, str]) -> dict[str, str]:
    """What was typed, with the sentence that was to be put in; what stood there stays before it, once."""
    typed = {**known, **form.typed}
    if is_asked(form):
        sentence, words = chosen(form), typed.get("words", "").strip()
        typed["words"] = words if sentence in words else "\n\n".join(filter(None, (words, sentence)))
    return typed
