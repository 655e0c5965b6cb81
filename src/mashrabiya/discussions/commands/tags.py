"""The tags of a thread: bits in its row, and a row of each by which lists find it. Both change in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, LargeBinary, bindparam, delete, literal_column, select, update

from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import read_tags, tags_in
from mashrabiya.discussions import rules
from mashrabiya.discussions.tables import TAGGED, THREAD
from mashrabiya.discussions.types import Change, ThreadFacts
from mashrabiya.platform.db import Statement, Write

_TID = bindparam("tid", type_=LargeBinary)
_DAY, _BEFORE = bindparam("day_length", type_=BigInteger), bindparam("before", type_=BigInteger)


class _Stands(NamedTuple):
    cid: bytes
    pos: int
    tags: int
    own: int | None
    kept: str


_STANDS = Statement(
    select(THREAD.c.cid, THREAD.c.pos, THREAD.c.tags, THREAD.c.own_tags, COMMUNITY.c.tags)
    .join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
    .where(THREAD.c.id == _TID),
    into=_Stands,
)
_OF_PLACE: Statement[None] = Statement(
    select(COMMUNITY.c.tags).where(COMMUNITY.c.id == bindparam("cid", type_=LargeBinary))
)
_SET: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == _TID)
    .values(
        tags=bindparam("new_tags", type_=BigInteger),
        own_tags=bindparam("new_own", type_=BigInteger),
    )
)
_DROP: Statement[None] = Statement(delete(TAGGED).where(TAGGED.c.tid == _TID))
_COARSEN: Statement[None] = Statement(
    update(TAGGED)
    .where(TAGGED.c.pos < _BEFORE, TAGGED.c.pos % _DAY != literal_column("0"))
    .values(pos=TAGGED.c.pos - TAGGED.c.pos % _DAY)
)


def list_tags(uow: Write, tid: bytes, tags: Sequence[int], *, cid: bytes, pos: int) -> None:
    """Let the lists of these tags, by number, have this thread."""
    for number in tags:
        uow.insert(TAGGED, tid=tid, n=number, cid=cid, pos=pos)


def numbers_in(bits: int) -> list[int]:
    return [place + 1 for place in range(bits.bit_length()) if bits >> place & 1]


def wanted_tags(thread: ThreadFacts, new: Change) -> int:
    """What its author wants them to be, in bits; what a care team set stays while that stands."""
    if new.tags is None or thread.own_tags is not None:
        return thread.tags
    return rules.tag_bits(thread.community.all_tags, new.tags, thread.tags)


def change_tags(uow: Write, thread: ThreadFacts, bits: int) -> None:
    """Let its author have it so."""
    if bits != thread.tags:
        _set(uow, thread.id, bits, thread.own_tags)


def set_tags(uow: Write, tid: bytes, refs: Sequence[bytes]) -> None:
    """Let a thread have these instead of what its author chose; that is remembered, and can be given back."""
    found = uow.first(_STANDS, tid=tid)
    if found is not None:
        place, own = read_tags(found.kept), found.tags if found.own is None else found.own
        _set(uow, tid, rules.tag_bits(place, refs, found.tags), own)


def give_tags_back(uow: Write, tid: bytes) -> None:
    """Let it have what its author chose. Safe to repeat."""
    found = uow.first(_STANDS, tid=tid)
    if found is not None and found.own is not None:
        _set(uow, tid, found.own, None)


def bring_tags_back(uow: Write, tid: bytes, refs: Sequence[bytes]) -> None:
    """Of words that come back: those of their tags that their community still has."""
    found = uow.first(_STANDS, tid=tid)
    if refs and found is not None:
        # What is offered no longer stood under it: it may stand there again.
        _set(uow, tid, rules.tag_bits(read_tags(found.kept), refs, -1), found.own)


def take_tags_along(uow: Write, tid: bytes, to: bytes) -> None:
    """To another community: those that it has as well. To be called before the thread is there."""
    found = uow.first(_STANDS, tid=tid)
    if found is None or not (found.tags or found.own):
        return
    there = [tag for tag in read_tags(str(uow.scalar(_OF_PLACE, cid=to) or "")) if not tag.retired]
    bits, own = (
        None if had is None else rules.tag_bits(there, [tag.ref for tag in tags_in(found.kept, had)])
        for had in (found.tags, found.own)
    )
    _set(uow, tid, bits or 0, own, cid=to)


def drop_tags(uow: Write, tid: bytes) -> None:
    """No list has it by a tag any more. Safe to repeat."""
    uow.run(_DROP, tid=tid)


def coarsen_tagged(uow: Write, before: int, day: int) -> None:
    """Let what lists go by be as coarse as the thread."""
    uow.run(_COARSEN, before=before, day_length=day)


def _set(uow: Write, tid: bytes, bits: int, own: int | None, *, cid: bytes = b"") -> None:
    found = uow.first(_STANDS, tid=tid)
    if found is None:
        return
    uow.run(_SET, tid=tid, new_tags=bits, new_own=own)
    uow.run(_DROP, tid=tid)
    list_tags(uow, tid, numbers_in(bits), cid=cid or found.cid, pos=found.pos)
