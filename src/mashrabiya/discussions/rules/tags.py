"""Which tags a thread may have: some of those its community offers, and those it has already."""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.communities.types import PlaceTag, alike
from mashrabiya.discussions.types import TAGS


def wrong_tags(place: Sequence[PlaceTag], refs: Sequence[bytes], had: int = 0) -> dict[str, str]:
    """What is wrong with the tags that were ticked; ``place`` are all of its community, ``had`` the thread's so far."""
    if len(set(refs)) > TAGS:
        return {"tags": "tags.too_many"}
    lost = [ref for ref in refs if alike(_open(place, had), ref) is None]
    if not lost:
        return {}
    return {"tags": "tags.retired_now" if any(alike(place, ref) for ref in lost) else "tags.not_here"}


def tag_bits(place: Sequence[PlaceTag], refs: Sequence[bytes], had: int = 0) -> int:
    """The same in bits; what its community has not is left out."""
    found = {tag.bit for ref in refs if (tag := alike(_open(place, had), ref)) is not None}
    return sum(found)


def _open(place: Sequence[PlaceTag], had: int) -> list[PlaceTag]:
    return [tag for tag in place if not tag.retired or tag.bit & had]
