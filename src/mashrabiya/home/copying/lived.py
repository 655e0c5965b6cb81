"""Experiences that she told, as the file tells them: by the month, without an id of the house or an address.

An address in a file that somebody finds would lead from it to what stands unnamed. What she marked on others'
is in no copy: nobody can list that, not even for her.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mashrabiya.home.copying.gather import Source
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.errors import NotFound
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.guides.drawing import keys_of
from mashrabiya.library.stories import queries as stories
from mashrabiya.library.stories.types import PARTS, Layer, Row, Situation
from mashrabiya.people.types import CopyOf

_BATCH = 16
_MONTH = len("2026-03")


def named(source: Source, number: int) -> Iterator[list[Row]]:
    """What that persona told by name, in batches."""
    last: Row | None = None
    while True:
        with source.site.database.read() as db:
            batch = stories.named_ones(db, source.viewers[number], last)
        if not batch:
            return
        yield batch
        last = batch[-1]


def unnamed(source: Source) -> Iterator[list[Row]]:
    """What she told unnamed, in batches, where the copy holds that."""
    if source.of is CopyOf.PERSONA or source.viewer.work is None:
        return
    with source.site.database.read() as db:
        own = stories.unnamed_ids(db, source.viewer.work)
    for at in range(0, len(own), _BATCH):
        with source.site.database.read() as db:
            batch = stories.unnamed_ones(db, source.viewer, own[at : at + _BATCH])
        if batch:
            yield batch


def told(source: Source, story: Row) -> dict[str, Any]:
    """One experience as the file tells it."""
    return {
        "month": clock.iso(story.day)[:_MONTH],
        "about": Situation(story.about).name.lower(),
        "language": story.lang,
        "guide": _guide(source, story),
        "step": _step(source, story),
        "country": story.country,
        "notes": [note.code for note in notes_in(story.notes)],
        "agreed": [layer.name.lower() for layer in Layer if layer & story.may and layer.name],
        "same": story.same,
        "helped": story.helped,
        "question": story.question,
        **{name: getattr(story, name) for name in PARTS},
    }


def _step(source: Source, story: Row) -> int:
    """Which step of the guide that is now; nought where it is none, or nobody finds it."""
    if not story.guide or not story.step:
        return 0
    with source.site.database.read() as db:
        try:
            opened = guides.open_guide(db, source.viewer, story.guide, source.viewer.tongue.language)
        except NotFound:
            return 0
    keys = keys_of(opened.edition)
    return keys.index(story.step) + 1 if story.step in keys else 0


def _guide(source: Source, story: Row) -> str:
    """The title of the guide that it stands with, while readers find that."""
    entry = source.site.held[guides.STOCK].entries.get(story.guide or b"")
    if entry is None or not entry.guide.is_read or not entry.titles:
        return ""
    return str(entry.titles[entry.lang_for(source.viewer.tongue.language)])
