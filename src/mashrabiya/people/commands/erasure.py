"""Deleting a persona: now, or as a sealed note for a later hour that needs no key of hers."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.events import PersonaErased
from mashrabiya.people.rules import name_key
from mashrabiya.people.sealed import persona as sealed
from mashrabiya.people.tables import DORMANT_QUARTERS, HELD, HELD_QUARTERS, PERSONA, SPENT
from mashrabiya.platform.db import Read, Statement, Write
from mashrabiya.platform.keys import ServerKeys

_LAYOUT = Struct(">16s16s32s16sB")
# One a transaction: what goes together would be seen to belong together.
_BATCH = 1

_LET_GO: Statement[None] = Statement(delete(HELD).where(HELD.c.tag == bindparam("which")))
_ERASE: Statement[None] = Statement(delete(PERSONA).where(PERSONA.c.id == bindparam("which")))
_DORMANT: Statement[None] = Statement(
    select(PERSONA.c.id, PERSONA.c.name_key).where(PERSONA.c.seen_q < bindparam("before")).limit(_BATCH)
)


_UNUSED: Statement[None] = Statement(
    select(func.count()).select_from(PERSONA).where(PERSONA.c.seen_q < bindparam("before"))
)


class Erasure(NamedTuple):
    """Everything that must be written when a persona goes: 81 bytes."""

    pid: bytes
    spent_tag: bytes
    spent_blob: bytes
    held_tag: bytes
    remove_posts: bool

    def pack(self) -> bytes:
        return _LAYOUT.pack(*self)

    @classmethod
    def unpack(cls, packed: bytes) -> Erasure:
        pid, spent_tag, spent_blob, held_tag, remove = _LAYOUT.unpack(packed)
        return cls(pid, spent_tag, spent_blob, held_tag, bool(remove))


def plan_erasure(db: Read, viewer: Viewer, slot: int, *, keys: ServerKeys, remove_posts: bool) -> Erasure:
    """What erasing one of her live personas will write."""
    if viewer.work is None:
        raise NotFound
    live = queries.own_personas(db, viewer.work, viewer.siblings, keys.of("field"))
    persona = next((one for one in live if one.slot == slot), None)
    if persona is None:
        raise NotFound
    tag = viewer.work.spent_tag(slot)
    return Erasure(
        persona.id,
        tag,
        sealed.seal_spent(viewer.work, slot, persona.season, tag),
        sealed.held_tag(keys.of("field"), name_key(persona.name)),
        remove_posts,
    )


def carry_out(uow: Write, erasure: Erasure) -> None:
    """The persona is gone, its slot spent, its name held; listeners empty what names it. Safe to run twice."""
    uow.insert_once(SPENT, tag=erasure.spent_tag, blob=erasure.spent_blob)
    hold_name(uow, erasure.held_tag)
    if uow.run(_ERASE, which=erasure.pid):
        uow.record(PersonaErased(erasure.pid, int(erasure.remove_posts)))


def hold_name(uow: Write, tag: bytes) -> None:
    """Nobody can take this name for a year from now, however often it was freed before."""
    uow.run(_LET_GO, which=tag)
    uow.insert(HELD, tag=tag, until_q=clock.quarter() + HELD_QUARTERS)


def erase_persona(uow: Write, viewer: Viewer, slot: int, *, keys: ServerKeys, remove_posts: bool) -> None:
    """Delete one of her personas now."""
    carry_out(uow, plan_erasure(uow, viewer, slot, keys=keys, remove_posts=remove_posts))


def count_dormant(db: Read) -> int:
    """How many personas should have gone by a quarter of a year ago."""
    return int(db.scalar(_UNUSED, before=clock.quarter() - DORMANT_QUARTERS - 1))


def erase_dormant(uow: Write, field_key: bytes) -> int:
    """Delete a persona unused for two years; what it posted stays, unnamed, and its name is held like any freed one.

    Called until it finds none.
    """
    before = clock.quarter() - DORMANT_QUARTERS
    dormant = [(bytes(pid), str(key)) for pid, key in uow.tuples(_DORMANT, before=before)]
    for pid, key in dormant:
        uow.run(_ERASE, which=pid)
        hold_name(uow, sealed.held_tag(field_key, key))
        uow.record(PersonaErased(pid, 0))
    return len(dormant)
