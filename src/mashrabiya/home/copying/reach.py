"""Whom and what one persona keeps away, as its copy tells it: under the names that others have now.

Whether an entry holds for her other names too is left out: it would say that there are some.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mashrabiya.communities import queries as communities
from mashrabiya.discussions import queries as discussions
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.queries.private import Known
from mashrabiya.people.sealed.private import Muted
from mashrabiya.platform.db import Read


class Kept(Struct, frozen=True):
    """Somebody who is blocked or muted. No name: whoever it is, she meets it nowhere now.

    An unnamed voice has the number of its label, 0 for whoever opened the thread, and the thread's
    title as far as she may read it. ``until`` is the last day of a mute that has one.
    """

    name: str = ""
    thread: str | None = None
    label: int | None = None
    until: str = ""


class Reach(Struct, frozen=True):
    """The three lists of one persona."""

    blocked: list[Kept]
    muted: list[Kept]
    hidden_words: list[str]


def reach(db: Read, viewer: Viewer) -> Reach:
    """What the persona in use keeps away now: of mutes only those that are not over."""
    lists, today = people.find_lists(db, viewer), clock.day()
    met = communities.met_among(db, viewer, lists.pids)
    names = {pid: _name(one) for pid, one in people.known_personas(db, met).items()}
    return Reach(
        [Kept(names.get(one.pid, "")) for one in lists.blocks],
        [_muted(db, viewer, one, names) for one in lists.mutes if one.holds(today)],
        list(lists.words),
    )


def _name(persona: Known) -> str:
    return "" if persona.is_away else persona.name


def _muted(db: Read, viewer: Viewer, one: Muted, names: Mapping[bytes, str]) -> Kept:
    until = clock.iso(one.until - 1) if one.until else ""
    if not one.tid:
        return Kept(names.get(one.pid, ""), until=until)
    thread = discussions.find_thread(db, viewer, one.tid)
    return Kept(thread=thread.title if thread else "", label=one.label, until=until)
