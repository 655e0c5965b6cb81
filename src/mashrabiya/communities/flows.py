"""Leaving a place with nothing behind: what is taken back goes bit by bit, so that no moment tells whose it was."""

from __future__ import annotations

import random

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.types import Leaving
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.flows.leaving import TAKE_BACK, WITHIN, WITHIN_DAYS
from mashrabiya.platform import due
from mashrabiya.platform.web.site import Site

TAKE_BACK_NAMED = "named.take_back"
"""One post by name, by its id and its persona."""


def leave(site: Site, viewer: Viewer, cid: bytes, wish: Leaving) -> None:
    """Leave with the persona in use, and take back what she wishes of what she wrote there.

    By name it goes within three days; unnamed on random days of the next two weeks, whatever else she
    chose: at one moment it would be seen to be hers. What is to go is noted before she has left, each
    post for itself: were this cut short, she could send it again.
    """
    with site.database.read() as db:
        found = queries.find_community(db, viewer, cid)
    if found is not None and rules.may_leave(viewer, found).allowed:
        _note(site, viewer, cid, wish)
    with site.database.write() as uow:
        commands.leave(uow, viewer, cid, wish.submission)


def _note(site: Site, viewer: Viewer, cid: bytes, wish: Leaving) -> None:
    # The house's composition says who can find them; this level knows no posts.
    find = site.rooms["written_there"]
    with site.database.read() as db:
        named: list[bytes] = find(db, viewer, cid, unnamed=False) if wish.remove else []
        unnamed: list[bytes] = find(db, viewer, cid, unnamed=True) if wish.unnamed_too else []
    noted = [(TAKE_BACK_NAMED, post + viewer.pid, WITHIN) for post in named]
    noted += [(TAKE_BACK, post, WITHIN_DAYS) for post in unnamed]
    random.shuffle(noted)
    for action, ref, within in noted:
        with site.database.write() as uow:
            due.add(uow, site.keys.of("field"), action, ref, within=within)
