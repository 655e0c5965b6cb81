"""Deleting an account: what opens it goes at once, its personas and what they keep one by one."""

from __future__ import annotations

import random
from collections.abc import Container
from contextlib import suppress

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import SLOTS, Work
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands import accounts, sessions
from mashrabiya.people.commands.erasure import Erasure, carry_out, plan_erasure
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.commands.private import drop_blocks, read_lists
from mashrabiya.people.commands.saved import drop_all_saved, drop_saved
from mashrabiya.people.flows import lone
from mashrabiya.people.flows.codes import drop_codes
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.sealed.saved import SaveKeys
from mashrabiya.platform import due
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Write
from mashrabiya.platform.web.site import Site

ERASE = "people.erase"
FORGET = "people.forget"
TAKE_BACK = "unnamed.take_back"
TAKE_BACK_TOLD = "take back what was told"
"""One unnamed post, by its id. What writes such posts takes it back, as its author would."""

# So many tags of kept rows fit into a note for later that is no longer than that of a persona.
_TAG, _TOGETHER = 16, 14
WITHIN = (0, 72 * clock.HOUR)
WITHIN_DAYS = (clock.DAY, 14 * clock.DAY)


def delete_account(
    site: Site,
    who: Unlocked,
    *,
    remove: Container[int],
    at_once: bool = False,
    unnamed_too: bool = False,
) -> None:
    """Nothing here can bring it back. ``remove`` are the slots whose words go too; the others' stay, unnamed.

    Each persona goes at its own random hour within three days, so that it is
    harder to see that they belong together; or all of them now. What she wrote
    unnamed stays as it is, or goes post by post on random days of the next two
    weeks, whatever else she chose: at one moment it would be seen to be hers.
    """
    planned = _plan(site, who, remove)
    marks: Marks = site.rooms["marks"]
    marks.drop(who.vault.work)
    site.rooms["pushes"].end([erasure.pid for erasure in planned])
    if unnamed_too:
        _take_back_unnamed(site, who.vault.work)
    _forget_saved(site, who.vault.work, at_once=at_once)
    for erasure in planned:
        post_nothing_more(site, erasure.pid, gone=True)
    for erasure in planned:
        with site.database.write() as uow:
            if at_once:
                carry_out(uow, erasure)
            else:
                due.add(uow, site.keys.of("field"), ERASE, erasure.pack(), within=WITHIN)
    with site.database.write() as uow:
        sessions.end_everywhere(uow, who.vault.work)
        accounts.delete_account(uow, who.row.id)
    drop_codes(site, who.vault.rec)
    lone.forget(site, who.vault.lone)
    for code in who.vault.panic:
        with site.database.write() as uow:
            accounts.drop_panic_code(uow, code.tag)


def _plan(site: Site, who: Unlocked, remove: Container[int]) -> list[Erasure]:
    viewer = _whole(who.vault.work)
    with site.database.read() as db:
        live = queries.own_personas(db, who.vault.work, viewer.siblings, site.keys.of("field"))
        planned = [
            plan_erasure(db, viewer, persona.slot, keys=site.keys, remove_posts=persona.slot in remove)
            for persona in live
        ]
    random.shuffle(planned)
    return planned


def post_nothing_more(site: Site, pid: bytes, *, gone: bool) -> None:
    """What this persona meant to post at a set time is not posted: this level knows no posts."""
    stop = site.rooms.get("planned")
    if stop is not None:
        stop(site.database, site.keys.of("field"), pid, gone=gone)


def _take_back_unnamed(site: Site, work: Work) -> None:
    """The house's composition says who can find them; this level knows no posts, and no experiences."""
    found: list[tuple[str, bytes]] = []
    with site.database.read() as db:
        for action, room in ((TAKE_BACK, "unnamed"), (TAKE_BACK_TOLD, "told_unnamed")):
            find = site.rooms.get(room)
            found += [(action, one) for one in find(db, work)] if find is not None else []
    random.shuffle(found)
    for action, one in found:
        with site.database.write() as uow:
            due.add(uow, site.keys.of("field"), action, one, within=WITHIN_DAYS)


def _forget_saved(site: Site, work: Work, *, at_once: bool) -> None:
    """What each persona kept goes too: never with another's, and at hours of its own.

    Nothing opens it any more from the moment at which the account is gone.
    """
    slots = list(range(SLOTS))
    random.shuffle(slots)
    if at_once:
        for slot in slots:
            with site.database.write() as uow:
                drop_all_saved(uow, SaveKeys.of(work, slot))
            with site.database.write() as uow:
                drop_blocks(uow, _blocks(site, work, slot))
        return
    bundles = [bundle for slot in slots for bundle in _bundles(site, work, slot)]
    random.shuffle(bundles)
    for bundle in bundles:
        with site.database.write() as uow:
            due.add(uow, site.keys.of("field"), FORGET, bundle, within=WITHIN)


def _bundles(site: Site, work: Work, slot: int) -> list[bytes]:
    with site.database.read() as db:
        tags = [row.tag for row in queries.saved_rows(db, SaveKeys.of(work, slot)).values()]
    tags += _blocks(site, work, slot)
    random.shuffle(tags)
    return [b"".join(tags[at : at + _TOGETHER]) for at in range(0, len(tags), _TOGETHER)]


def _blocks(site: Site, work: Work, slot: int) -> list[bytes]:
    """The rows of what one persona blocked: nobody else could find them once she is gone."""
    with site.database.read() as db, suppress(NotFound, Unopenable):
        return [entry.tag for entry in read_lists(db, _whole(work), slot).blocks]
    return []


def _whole(work: Work) -> Viewer:
    return Viewer(work=work, siblings=work.persona_ids())


def forget_bundle(uow: Write, packed: bytes) -> None:
    """The rows of one note for later, kept ones and blocks."""
    tags = [packed[at : at + _TAG] for at in range(0, len(packed), _TAG)]
    drop_saved(uow, tags)
    drop_blocks(uow, tags)
