"""The tags a place offers: added, called otherwise, put in another order, offered no longer.

The list is one column of the place, since every page that shows a thread reads that row anyway. Beside it
stand the keys of what is offered now, and nothing else: by them the same tag is found across places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import LargeBinary, bindparam, delete, update

from mashrabiya.communities import queries, rules
from mashrabiya.communities.events import CommunityEdited
from mashrabiya.communities.tables import COMMUNITY, TAG_NAME
from mashrabiya.communities.types.tags import NewTag, PlaceTag, alike, keep_tags
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

_CID = bindparam("cid", type_=LargeBinary)
_SET: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == _CID).values(tags=bindparam("new_tags"))
)
_FORGET: Statement[Any] = Statement(delete(TAG_NAME).where(TAG_NAME.c.cid == _CID))

_Tags = Sequence[PlaceTag]


def add_tag(uow: Write, viewer: Viewer, cid: bytes, new: NewTag) -> None:
    """Offer one more. One that was offered before has its number again, and its threads. Twice is once."""

    def change(tags: _Tags) -> _Tags:
        if any(not tag.retired and (tag.ar, tag.en) == (new.ar, new.en) for tag in tags):
            return tags
        before = alike([tag for tag in tags if tag.retired], PlaceTag(0, new.ar, new.en).ref)
        others = [tag for tag in tags if tag is not before]
        _refuse(rules.wrong_tag(new, others))
        why = rules.wrong_count(tags, new=before is None)
        _refuse({"ar": why} if why else {})
        n = before.n if before else 1 + max((tag.n for tag in tags), default=0)
        return (*others, PlaceTag(n, new.ar, new.en))

    _change(uow, viewer, cid, change)


def rename_tag(uow: Write, viewer: Viewer, cid: bytes, n: int, *, new: NewTag, was: bytes = b"") -> None:
    """Call it otherwise, with every thread that has it. ``was`` is what its form showed; twice is once."""

    def change(tags: _Tags) -> _Tags:
        tag = _of(tags, n)
        if (tag.ar, tag.en) == (new.ar, new.en):
            return tags
        if was and was != tag.ref:
            raise Conflict("tags.meanwhile")
        _refuse(rules.wrong_tag(new, [one for one in tags if one.n != n]))
        return [replace(one, ar=new.ar, en=new.en) if one.n == n else one for one in tags]

    _change(uow, viewer, cid, change)


def put_tag(uow: Write, viewer: Viewer, cid: bytes, n: int, *, at: int) -> None:
    """Let it stand at this place of the list, counted from nought among those offered. Twice is once."""

    def change(tags: _Tags) -> _Tags:
        tag = _of(tags, n)
        offered = [one for one in tags if not one.retired and one is not tag]
        offered.insert(max(0, min(at, len(offered))), tag)
        return [*offered, *(one for one in tags if one.retired)] if not tag.retired else tags

    _change(uow, viewer, cid, change)


def retire_tag(uow: Write, viewer: Viewer, cid: bytes, n: int, *, on: bool = True) -> None:
    """Offer it no longer, or again; the threads that have it keep it either way. Twice is once."""

    def change(tags: _Tags) -> _Tags:
        tag = _of(tags, n)
        if tag.retired == on:
            return tags
        others = [one for one in tags if one.n != n]
        why = "" if on else rules.wrong_count(tags, new=False)
        _refuse({f"tag_{n}": why} if why else {})
        return [*others, replace(tag, retired=on)]

    _change(uow, viewer, cid, change)


def forget_tags(uow: Write, cid: bytes) -> None:
    """No tag of a place that closes leads to it any more. Safe to repeat."""
    uow.run(_FORGET, cid=cid)


def _change(uow: Write, viewer: Viewer, cid: bytes, change: Callable[[_Tags], _Tags]) -> None:
    community = queries.get_community(uow, viewer, cid)
    rules.may_edit(viewer, community).or_raise()
    before = community.all_tags
    after = sorted(change(before), key=lambda tag: tag.retired)
    if tuple(after) == before:
        return
    uow.run(_SET, cid=cid, new_tags=keep_tags(after))
    uow.run(_FORGET, cid=cid)
    for tag in after:
        for key in sorted(tag.keys) if not tag.retired else ():
            uow.insert(TAG_NAME, key=key, cid=cid, n=tag.n)
    uow.record(CommunityEdited(cid))


def _of(tags: _Tags, n: int) -> PlaceTag:
    found = next((tag for tag in tags if tag.n == n), None)
    if found is None:
        raise NotFound
    return found


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid(wrong)
