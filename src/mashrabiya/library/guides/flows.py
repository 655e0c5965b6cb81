"""Bringing the shelf into a house: a new one is filled, an old one is asked.

What a house reads is changed by its own people alone: a text of the shelf that is new to it lies with the desk as a draft.
Only guides that it never had stand there at once, as first editions; medical and legal ones closed.
"""

from __future__ import annotations

from msgspec import Struct, structs

from mashrabiya.kernel.ids import new_id
from mashrabiya.library.guides import commands, drawing, queries, shelf
from mashrabiya.library.guides.reading import Known, Written, read
from mashrabiya.library.guides.shelf import Shelved, print_of
from mashrabiya.library.guides.types import (
    LANGS,
    EditionState,
    Guide,
    Kind,
    NewEdition,
    Parts,
    Role,
    Source,
    State,
)
from mashrabiya.platform.db import Database, Write


class _Brought(Struct, frozen=True):
    """A text of the shelf that this house has not been given yet."""

    lang: str
    text: str
    written: Written
    parts: Parts


def furnish(database: Database, only: tuple[str, ...] = ()) -> int:
    """Bring what the shelf has and this house was never given; answers how many texts. Safe to repeat.

    ``only``: these guides and no others, for houses of tests.
    """
    with database.read() as db:
        prints, ids = queries.prints(db), queries.names(db)
    ids = {one.slug: new_id() for one in shelf.guides()} | ids
    sources = [one for one in shelf.sources() if prints.get(_named(one)) != _print(one)]
    known = Known({one.code for one in shelf.sources()}, set(ids))
    fresh = [
        (one, texts)
        for one in shelf.guides()
        if (not only or one.slug in only) and (texts := _fresh(one, prints, known, ids))
    ]
    if not fresh and not sources:
        return 0
    with database.write() as uow:
        if queries.prints(uow) != prints:
            return 0  # another process has just done it
        stand = {one.code: one for one in queries.sources(uow)}
        for source in sources:
            _bring_source(uow, source, stand.get(source.code), prints.get(_named(source)))
        for one, texts in fresh:
            _bring(uow, one, ids[one.slug], texts)
    return sum(len(texts) for _, texts in fresh)


def _fresh(one: Shelved, prints: dict[str, bytes], known: Known, ids: dict[str, bytes]) -> list[_Brought]:
    """Read and drawn before anything is written: the one writer's place is not held meanwhile."""
    found = []
    for lang in LANGS:
        text = one.text(lang)
        if prints.get(f"{one.slug}.{lang}") != print_of(text):
            written = read(text, known)
            found.append(_Brought(lang, text, written, drawing.draw(written, lang, ids)))
    return found


def _bring(uow: Write, one: Shelved, guide: bytes, texts: list[_Brought]) -> None:
    new = one.slug not in queries.names(uow)
    if new:
        commands.add_guide(uow, _guide(one, guide))
    stands = {row.lang: row.n for row in queries.editions(uow, guide) if row.what is EditionState.PUBLISHED}
    for text in texts:
        # Arabic was written first; English is the translation of what lies there now.
        of_lang, of_n = ("ar", stands.get("ar", 0)) if text.lang != "ar" else ("", 0)
        brought = NewEdition(text.lang, text.text, Role.SHELF, of_lang, of_n)
        edition = commands.add_edition(uow, guide, brought, text.written)
        stands[text.lang] = edition.n
        if new:
            commands.publish(uow, edition, text.parts)
        commands.remember(uow, f"{one.slug}.{text.lang}", print_of(text.text))


def _guide(one: Shelved, guide: bytes) -> Guide:
    return Guide(
        id=guide,
        slug=one.slug,
        topic=int(one.topic),
        place=one.place,
        kind=int(one.kind),
        notes=one.notes,
        help=one.help,
        months=one.months,
        reviewers=one.reviewers,
        state=int(State.FIRST),
        open=int(one.kind is Kind.PLAIN),
        checked_day=0,
        checked_by="",
        next_day=0,
        helped=0,
    )


def _bring_source(uow: Write, source: Source, stands: Source | None, given: bytes | None) -> None:
    """A source as the shelf has it, unless the house says something else of it by now."""
    if stands is None or _print(structs.replace(stands, broken_day=0)) == given:
        commands.put_source(uow, source)
    commands.remember(uow, _named(source), _print(source))


def _named(source: Source) -> str:
    return f"source:{source.code}"


def _print(source: Source) -> bytes:
    return print_of(*map(str, structs.astuple(source)))
