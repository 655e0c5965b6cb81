"""Filling a house with its sample people and their threads, through the commands that people use."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewReply, NewThread
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import house
from mashrabiya.platform.db import Database
from mashrabiya.platform.web.site import Site
from mashrabiya.stewardship.queries import default_agreements
from mashrabiya.stewardship.sample.people import move_in
from mashrabiya.stewardship.sample.script import Line, Place, Story, read_places, read_pool
from mashrabiya.stewardship.types import ORDER

SETTINGS = {
    "sample": True,
    "entry": "open",
    "argon_memory": 8192,
    "argon_time": 1,
    "open": True,
    "steps_done": tuple(step.value for step in ORDER),
}
_OLDEST_DAYS = 80
_MOST_POOL_REPLIES = 6


def inhabit(site: Site, *, seed: int = 7) -> dict[str, Viewer]:
    """Turn an empty house into the sample. Answers the personas by their keys in the texts."""
    agreements = {language: default_agreements(language) for language in site.house.languages}
    with site.database.write() as uow:
        house.save(uow, **SETTINGS, agreements=agreements)
    site.held.refresh()
    personas = move_in(site)
    writer = _Writer(site.database, personas, random.Random(seed))  # noqa: S311 - a sample, no secret
    writer.write(read_places())
    return personas


class _Writer:
    """Writes the communities and their threads, oldest first."""

    def __init__(self, database: Database, personas: dict[str, Viewer], chance: random.Random) -> None:
        self._database = database
        self._personas = personas
        self._chance = chance
        self._pool = read_pool()
        self._founder = personas["lantern"]

    def write(self, places: list[Place]) -> None:
        with _days_ago(_OLDEST_DAYS + 2):
            cids = {place.key: self._found(place) for place in places}
        told = [(place, story) for place in places for story in place.stories]
        self._chance.shuffle(told)
        for number, (place, story) in enumerate(told):
            begun = _OLDEST_DAYS * (1 - number / len(told)) ** 1.6
            self._tell(place, cids[place.key], story, begun)

    def _found(self, place: Place) -> bytes:
        """Founded open to those with an account, joined by its people, then as wide as it is meant."""
        new = NewCommunity(
            name=place.name,
            about=place.about,
            language=place.language,
            retention_days=place.retention_days,
            agreements="\n".join(place.agreements),
            audience=Audience(place.audience),
        )
        narrow = new.audience == Audience.HIDDEN
        with self._database.write() as uow:
            first = NewCommunity(name=place.name) if narrow else new
            cid = communities.found(uow, self._founder, first)
            for key in sorted(place.personas() | self._neighbours(place)):
                communities.join(uow, self._personas[key], cid)
            if narrow:
                communities.edit(uow, self._founder, cid, new)
        return cid

    def _neighbours(self, place: Place) -> set[str]:
        """Some who read and do not write."""
        if place.audience == Audience.HIDDEN:
            return set()
        return {key for key in sorted(self._personas) if self._chance.random() < 0.3 and key != "pebble"}

    def _tell(self, place: Place, cid: bytes, story: Story, begun: float) -> None:
        opening = NewThread(
            title=story.title,
            body=story.opening.body,
            unnamed=story.opening.unnamed,
            lang=place.language,
        )
        with _days_ago(begun), self._database.write() as uow:
            placed = discussions.open_thread(uow, self._personas[story.opening.persona], cid, opening)
        at = begun
        for line in self._replies(place, story):
            at = max(at - self._chance.expovariate(1.5), 0.0)
            self._reply(placed.tid, line, at)

    def _replies(self, place: Place, story: Story) -> list[Line]:
        """Those of the text in their order, and after each of them perhaps one of the pool's."""
        if place.audience == Audience.HIDDEN:
            return story.replies
        readers, words = sorted(place.personas()), list(self._pool[place.language])
        extra = [
            Line(self._chance.choice(readers), self._chance.random() < 0.15, self._chance.choice(words))
            for _ in range(self._chance.randrange(_MOST_POOL_REPLIES + 1))
        ]
        replies = list(story.replies)
        for line in extra:
            replies.insert(self._chance.randrange(1, len(replies) + 1), line)
        return replies

    def _reply(self, tid: bytes, line: Line, at: float) -> None:
        new = NewReply(body=line.body, unnamed=line.unnamed)
        with _days_ago(at), self._database.write() as uow:
            try:
                discussions.reply(uow, self._personas[line.persona], tid, new)
            except Refused:
                # A chosen reader already speaks there under another name: she stays silent.
                return


@contextmanager
def _days_ago(days: float) -> Iterator[None]:
    """What is written meanwhile is as old as that."""
    clock.offset, before = -days * clock.DAY, clock.offset
    try:
        yield
    finally:
        clock.offset = before
