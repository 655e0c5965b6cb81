"""What programs read of translations, and what they send."""

from typing import Annotated

from msgspec import Meta, Struct

from mashrabiya.discussions.types import (
    BODY_LIMIT,
    TITLE_LIMIT,
    NewTranslation,
    Translated,
    TranslationRow,
    Translations,
)
from mashrabiya.kernel.content import notes_in


class TranslationOut(Struct, frozen=True):
    """A translation of a post. ``n`` stands below nought and names it in the addresses of its thread.

    On a page of a thread only those in the reader's language bring their ``html``; at its own address all do.
    ``name`` is empty where whoever translated is not here under a name. ``changed``: the original was edited
    afterwards; ``checked``: somebody who cares for the place compared both. ``unmet`` as in a post.
    """

    id: str
    n: int
    lang: str
    name: str
    html: str
    changed: bool
    checked: bool
    unmet: str

    @classmethod
    def of(cls, row: TranslationRow) -> "TranslationOut":
        why = row.fold.why.removeprefix("reach.folded_") if row.fold else ""
        return cls(row.shown, row.n, row.lang, row.name or "", row.html, row.is_stale, row.is_checked, why)


def beside(translated: Translated | None) -> list[TranslationOut]:
    """The translations of a post on a page of its thread, those in the reader's language first."""
    rows = [*translated.here, *translated.others] if translated else []
    return [TranslationOut.of(row) for row in rows]


class TranslationsOut(Struct, frozen=True):
    """All translations of a post. Its ``notes`` fold them with it. ``into`` are the languages this person could write one in; ``wishes`` counts people by language."""

    thread: str
    n: int
    lang: str
    html: str
    notes: list[str]
    unmet: str
    translations: list[TranslationOut]
    into: tuple[str, ...]
    wishes: dict[str, int]

    @classmethod
    def of(cls, found: Translations) -> "TranslationsOut":
        return cls(
            found.thread.shown,
            found.post.n,
            found.post.lang,
            found.html,
            [note.code for note in notes_in(found.post.notes)],
            found.fold.why.removeprefix("reach.folded_") if found.fold else "",
            [TranslationOut.of(row) for row in found.rows],
            found.into,
            found.wishes,
        )


class TranslationIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A translation as a program sends it, under the persona in use. ``title`` belongs to the first post of a thread.

    The same submission twice is one translation; ``seen`` as in a reply.
    """

    body: Annotated[str, Meta(min_length=1, max_length=BODY_LIMIT)]
    lang: Annotated[str, Meta(min_length=2, max_length=8)]
    title: Annotated[str, Meta(max_length=TITLE_LIMIT)] = ""
    submission: Annotated[str, Meta(max_length=64)] = ""
    seen: bool = False

    def read(self) -> NewTranslation:
        return NewTranslation(body=self.body, lang=self.lang, title=self.title, submission=self.submission)
