"""Following, being told and reading it, in the house that is attacked."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import TYPE_CHECKING

from mashrabiya.discussions import commands as discussions
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications import queries as notices
from mashrabiya.notifications.commands import mark_read
from mashrabiya.notifications.commands.push import keep_push
from mashrabiya.notifications.pushed import Pushed, PushKeys
from mashrabiya.notifications.seen import sub_address, sub_until
from mashrabiya.notifications.types import Asked
from mashrabiya.people.commands.private import read_lists
from mashrabiya.platform.worker import Worker

if TYPE_CHECKING:
    from .world import World


def follow_and_read(world: World, viewer: Viewer) -> None:
    """By a chance of its own, so that what else happens is what happened before."""
    if world.told.random() < 0.1:
        _read_notices(world, viewer)
    if world.told.random() < 0.03:
        tell(world)
    if world.told.random() < 0.7:
        _follow(world, viewer)
    keys = PushKeys(world.house.keys.of("push"))
    if viewer.pid and viewer.pid[0] % 2 and keys.tag(viewer.pid) not in world.rung:
        # By a chance that is her name's own: under this name she is told outside.
        there = Pushed(f"https://web.push.apple.com/{token_urlsafe(60)}", "house.example")
        with world.house.database.write() as uow:
            keep_push(uow, keys, viewer.pid, there)
        world.rung[keys.tag(viewer.pid)] = world.owner[viewer.pid]


def tell(world: World) -> None:
    """Facts are told, and what is followed is written: in whatever moment that is, beside whatever else."""
    Worker(world.house.database, world.house.keys).drain()
    if world.subs is not None:
        world.subs.write(whole=True)


def _follow(world: World, viewer: Viewer) -> None:
    """She follows a thread by one of her names, and comes by."""
    tid = world.told.choice(world.threads)
    with world.house.database.write() as uow:
        discussions.follow(uow, viewer, tid)
    with world.house.database.read() as db:
        lists = read_lists(db, viewer, viewer.slot)
    assert viewer.work is not None
    assert world.subs is not None
    work, slot = viewer.work, viewer.slot
    world.subs.set([(one, sub_address(work, slot, one), sub_until(work, slot, one)) for one in lists.follows])
    if viewer.pid not in world.following:
        world.following.add(viewer.pid)
        world.followed[sub_address(work, slot, tid)] = world.owner[viewer.pid]


def _read_notices(world: World, viewer: Viewer) -> None:
    """She has read all that she is told, under this name and unnamed."""
    with world.house.database.read() as db:
        told = notices.everything(db, viewer, Asked())
    with world.house.database.write() as uow:
        mark_read(uow, viewer, told)
