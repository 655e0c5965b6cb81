"""What a tag may be called, and how many there may be."""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.communities.rules.words import wrong_short_name
from mashrabiya.communities.types.tags import TAG_LIMIT, TAGS, TAGS_KEPT, NewTag, PlaceTag, tag_key


def wrong_tag(new: NewTag, others: Sequence[PlaceTag]) -> dict[str, str]:
    """What is wrong with its names, by field; ``others`` are the tags of the place but for this one."""
    if not new.ar and not new.en:
        return {"ar": "tags.name_missing"}
    wrong = {
        field: why
        for field, name in (("ar", new.ar), ("en", new.en))
        if name and (why := wrong_short_name(name, TAG_LIMIT))
    }
    if wrong:
        return wrong
    taken = frozenset().union(*(one.keys for one in others))
    return {
        field: "tags.name_taken"
        for field, name in (("ar", new.ar), ("en", new.en))
        if name and tag_key(name) in taken
    }


def wrong_count(tags: Sequence[PlaceTag], *, new: bool) -> str:
    """Why one more cannot be offered; nothing where it can. ``new``: it had no number here before."""
    if sum(not tag.retired for tag in tags) >= TAGS:
        return "tags.full"
    return "tags.kept_full" if new and len(tags) >= TAGS_KEPT else ""
