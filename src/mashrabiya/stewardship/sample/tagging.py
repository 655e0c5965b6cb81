"""Tags of a sample: some places have a list of them, in one language or both, and their threads are found by it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from mashrabiya.communities import commands
from mashrabiya.communities.types.tags import NewTag, PlaceTag
from mashrabiya.discussions import commands as discussions
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Write
from mashrabiya.stewardship.sample.script import lines

_FOLLOWED = "طبخ", "Cooking"


class _Tags(Struct, frozen=True):
    """The tags of each place, and by place and title the numbers of those that a thread has."""

    places: dict[str, list[NewTag]]
    threads: dict[tuple[str, str], list[int]]


@lru_cache(maxsize=1)
def _told() -> _Tags:
    """``place | Arabic / English | …``, and below it ``+ title | tag | …``, by either name."""
    found, place = _Tags({}, {}), ""
    for line in lines("tags"):
        first, *rest = (part.strip() for part in line.split("|"))
        if not first.startswith("+"):
            place, pairs = first, [[name.strip() for name in pair.split("/")] for pair in rest]
            found.places[place] = [NewTag(ar=pair[0], en=pair[1] if len(pair) > 1 else "") for pair in pairs]
            continue
        tags = found.places[place]
        numbers = [n for n, tag in enumerate(tags, 1) for name in rest if name in (tag.ar, tag.en)]
        found.threads[place, first.removeprefix("+").strip()] = numbers
    return found


def offer_tags(uow: Write, host: Viewer, cid: bytes, place: str) -> None:
    """Whoever runs the place offers them, in this order: so their numbers are known to whoever writes."""
    for tag in _told().places.get(place, []):
        commands.add_tag(uow, host, cid, tag)


def tags_of(place: str, title: str) -> list[int]:
    """The numbers of the tags that a thread has."""
    return _told().threads.get((place, title), [])


def follow_some(database: Database, personas: Mapping[str, Viewer]) -> None:
    """Whoever is in the house follows one tag, where she can read it."""
    ref = PlaceTag(0, *_FOLLOWED).ref
    for viewer in personas.values():
        with database.write() as uow:
            try:
                discussions.follow_tag(uow, viewer, ref)
            except NotFound:
                return
