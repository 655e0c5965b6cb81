"""Blocking and lifting a block: the row that holds and the list that remembers, each in its own transaction.

Written together they would stay joined on some disks, and the row would say whose it is.
"""

from __future__ import annotations

import random

from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands import private
from mashrabiya.people.queries.private import MOST
from mashrabiya.people.sealed.blocks import made_tag
from mashrabiya.people.sealed.private import Blocked, Lists
from mashrabiya.people.types import BLOCK, MUTE, UNBLOCK, UNMUTE, Voice, Wish
from mashrabiya.platform.web.site import Site


def block(site: Site, viewer: Viewer, pid: bytes, *, shared: bool) -> None:
    """From now on that person reaches the persona in use under none of her names.

    ``shared`` hides the blocked name from all names of the blocker, in her own view only:
    a refusal there would say that they are one person.
    """
    if viewer.work is None or not viewer.speaks:
        raise NotFound
    if pid in viewer.siblings:
        raise Refused("reach.own")
    with site.database.read() as db:
        reached = queries.find_reached(db, pid)
        _refuse_full(private.read_lists(db, viewer, viewer.slot), pid)
    if reached is None:
        raise NotFound
    tag = made_tag(viewer.work, viewer.slot, pid, reached.public)
    # First what protects: if the second is lost, pressing again mends it.
    with site.database.write() as uow:
        private.set_block(uow, tag)
    with site.database.write() as uow:
        private.keep_block(uow, viewer, Blocked(pid, tag, shared))


def unblock(site: Site, viewer: Viewer, pid: bytes) -> None:
    """That person reaches her again. The row goes first: what no list remembers could not be lifted."""
    with site.database.read() as db:
        tags = [one.tag for one in private.read_lists(db, viewer, viewer.slot).blocks if one.pid == pid]
    if tags:
        with site.database.write() as uow:
            private.drop_blocks(uow, tags)
        with site.database.write() as uow:
            private.forget_block(uow, viewer, pid)


def keep_away(site: Site, viewer: Viewer, voice: Voice, wish: Wish) -> None:
    """What a form wishes about a voice. A label can be muted only: nobody knows whom a block would hold."""
    if wish.act == BLOCK and voice.pid:
        block(site, viewer, voice.pid, shared=wish.shared)
    elif wish.act == UNBLOCK and voice.pid:
        unblock(site, viewer, voice.pid)
    elif wish.act in (MUTE, UNMUTE):
        with site.database.write() as uow:
            if wish.act == UNMUTE:
                private.unmute(uow, viewer, voice)
            else:
                private.mute(uow, viewer, voice, days=wish.days, shared=wish.shared)


def lift(site: Site, viewer: Viewer, mark: str, slot: int) -> None:
    """Take back a block, a mute or a hidden word, as a list names it."""
    with site.database.read() as db:
        tag = private.find_block(db, viewer, mark, slot=slot)
    if tag:
        with site.database.write() as uow:
            private.drop_blocks(uow, [tag])
    with site.database.write() as uow:
        private.lift(uow, viewer, mark, slot=slot)


def drop_own_blocks(site: Site, viewer: Viewer) -> None:
    """What the persona in use blocked is blocked no longer: before it goes, while its lists can be opened."""
    with site.database.read() as db:
        tags = [entry.tag for entry in private.read_lists(db, viewer, viewer.slot).blocks]
    random.shuffle(tags)
    if tags:
        with site.database.write() as uow:
            private.drop_blocks(uow, tags)


def _refuse_full(lists: Lists, pid: bytes) -> None:
    if len([entry for entry in lists.blocks if entry.pid != pid]) >= MOST:
        raise Refused("reach.full")
