"""What programs read of tags."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from mashrabiya.communities.types import PlaceTag


class TagOut(Struct, frozen=True):
    """A tag of a thread: its names, of which one may be empty, and ``id``, by which it is asked for in every place."""

    id: str
    ar: str
    en: str


def tags_out(tags: Iterable[PlaceTag]) -> list[TagOut]:
    return [TagOut(tag.shown, tag.ar, tag.en) for tag in tags]
