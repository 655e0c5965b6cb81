"""What goes into a copy, a little at a time: memory never holds all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from msgspec import Struct

from mashrabiya.communities import queries as communities
from mashrabiya.communities.entering import queries as entering
from mashrabiya.communities.types import Belonging, Role
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import KeptPost, OwnWords
from mashrabiya.home.copying.reach import Reach, reach
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Face, Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.types import Band, CopyOf, KeptForLater, Persona, State
from mashrabiya.platform.db import Read
from mashrabiya.platform.web.site import Site
from mashrabiya.safety.trust import queries as trust


class Note(Struct, frozen=True):
    """A private note."""

    day: str
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


class Saved(Struct, frozen=True):
    """A post that she saved for later, and what she remarked; without its place where she may not read it."""

    day: str
    remark: str
    thread: str
    address: str
    again: str = ""
    """The day from which she wished to see it again."""


class Followed(Struct, frozen=True):
    """A thread that the persona follows, and that she may read."""

    thread: str
    address: str


class FollowedTag(Struct, frozen=True):
    """A tag that the persona follows, as a place calls it that she may read; without names where none has it now."""

    ar: str
    en: str
    address: str


class Place(Struct, frozen=True):
    """A community that the persona belongs to."""

    name: str
    role: str
    joined: str
    until: str = ""


class Request(Struct, frozen=True):
    """That the persona asked to join a place, what was answered to it, and until when that is kept."""

    community: str
    said: str
    until: str


class About(Struct, frozen=True):
    """One persona and what it keeps."""

    name: str
    pronouns: str
    about: str
    page: str
    communities: list[Place]
    asked_to_join: list[Request]
    private_notes: list[Note]
    saved_for_later: list[Saved]
    followed: list[Followed]
    followed_tags: list[FollowedTag]
    reach: Reach


class Settings(Struct, frozen=True):
    """How the site speaks and looks to her."""

    language: str
    address: str
    digits: str
    dark: str
    discreet: bool
    notes_shown: list[str]
    notes_hidden: list[str]
    age_group: str
    # How desks are for her, as ``care`` tells it; none where she chose nothing.
    desk: Any


class Given(Struct, frozen=True):
    """What she did for others: until which day her invitation opens, and for whom she vouches.

    Its code is left out: whoever finds the file would come in by it. ``others`` counts those whom none of
    the personas in this copy meets now.
    """

    invitation_until: str
    vouched: list[str]
    others: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parts of one copy come from. ``viewers`` are her personas, each as if it were in use."""

    site: Site
    viewer: Viewer
    of: CopyOf
    band: Band
    viewers: tuple[Viewer, ...]
    personas: tuple[Persona, ...]

    @classmethod
    def of_her(cls, site: Site, viewer: Viewer, of: CopyOf, band: Band) -> Source:
        """The persona in use, or, where she asked for everything together, all of hers."""
        if viewer.work is None:
            raise NotFound
        with site.database.read() as db:
            live = people.own_personas(db, viewer.work, viewer.siblings, site.keys.of("field"))
        chosen = [one for one in live if of is CopyOf.TOGETHER or one.slot == viewer.slot]
        viewers = tuple(_as(viewer, persona) for persona in chosen)
        return cls(site, viewer, of, band, viewers, tuple(chosen))

    @property
    def day(self) -> str:
        return clock.iso(clock.day())

    @property
    def settings(self) -> Settings:
        viewer = self.viewer
        return Settings(
            viewer.tongue.language,
            viewer.tongue.address,
            viewer.tongue.digits,
            viewer.dark,
            viewer.discreet,
            [note.code for note in notes_in(viewer.notes_shown)],
            [note.code for note in notes_in(viewer.notes_hidden)],
            self.band.name.lower(),
            self.site.rooms["own_desk"](viewer),
        )

    @property
    def given(self) -> Given:
        """The copy of one persona holds of it whom that persona meets: the others would tell of her other names."""
        site, together = self.site, self.of is CopyOf.TOGETHER
        with site.database.read() as db:
            invited = people.find_invited(db, self.viewer, site.keys)
            targets = trust.own_vouchers(db, self.viewer)
            met = {pid for one in self.viewers for pid in communities.met_among(db, one, targets)}
            known = [one.name for one in people.known_personas(db, met).values() if not one.is_away]
        until = clock.iso(clock.day() + invited.days) if invited and invited.stands else ""
        return Given(until, sorted(known), len(targets) - len(known) if together else 0)

    def about(self, number: int) -> About:
        """What the copy says of one of these personas."""
        viewer, persona = self.viewers[number], self.personas[number]
        with self.site.database.read() as db:
            places = communities.belongings(db, viewer)
            asked = entering.own_requests(db, viewer)
            notes = people.private_shelf(db, viewer).notes
            kept, _ = people.kept_for_later(db, viewer)
            posts = discussions.posts_kept(db, viewer, [one.what for one in kept])
            followed, tags = list(_followed(db, viewer)), _followed_tags(db, viewer)
            kept_away = reach(db, viewer)
        return About(
            persona.name,
            persona.pronouns,
            persona.about,
            "nobody" if persona.state & State.CLOSED else "shared",
            [_place(place) for place in places],
            [Request(name, one.said, clock.iso(one.until_day)) for name, one in asked],
            [Note(clock.iso(note.day), note.text) for note in notes],
            [_saved(one, posts.get(one.what)) for one in kept],
            followed,
            tags,
            kept_away,
        )

    def named(self, number: int) -> Iterator[list[OwnWords]]:
        """What that persona wrote by name, in batches."""
        last: OwnWords | None = None
        while True:
            with self.site.database.read() as db:
                batch = discussions.named_posts(db, self.viewers[number], last)
            if not batch:
                return
            yield batch
            last = batch[-1]

    def unnamed(self) -> Iterator[list[OwnWords]]:
        """What she wrote unnamed, thread by thread, where the copy holds that."""
        if self.of is CopyOf.PERSONA or self.viewer.work is None:
            return
        with self.site.database.read() as db:
            voices = discussions.unnamed_voices(db, self.viewer.work)
        for voice in voices:
            with self.site.database.read() as db:
                batch = discussions.unnamed_posts(db, self.viewer, voice)
            if batch:
                yield batch


def _as(viewer: Viewer, persona: Persona) -> Viewer:
    face = Face(persona.name, persona.pub, persona.seed, persona.pronouns)
    return replace(viewer, slot=persona.slot, face=face)


def _saved(kept: KeptForLater, post: KeptPost | None) -> Saved:
    title, address = (post.title, post.address) if post else ("", "")
    return Saved(
        clock.iso(kept.day), kept.remark, title, address, clock.iso(kept.again) if kept.again else ""
    )


def _followed(db: Read, viewer: Viewer) -> Iterator[Followed]:
    tids, after = people.find_lists(db, viewer).follows, "0"
    while after:
        threads = discussions.followed_threads(db, viewer, after, tids=tids)
        yield from (Followed(row.title, f"/t/{row.shown}") for row in threads.rows)
        after = threads.after


def _followed_tags(db: Read, viewer: Viewer) -> list[FollowedTag]:
    refs = people.find_lists(db, viewer).tags
    named = communities.offered_tags(db, viewer, refs)
    tags = [(ref, named.get(ref)) for ref in refs]
    return [
        FollowedTag(tag.ar if tag else "", tag.en if tag else "", f"/l/{show_id(ref)}") for ref, tag in tags
    ]


def _place(place: Belonging) -> Place:
    return Place(place.name, Role(place.role).name.lower(), place.joined, place.until)
