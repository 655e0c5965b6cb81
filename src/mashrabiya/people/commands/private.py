"""Changing what a persona keeps about others: never written over, always merged into what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from sqlalchemy import Integer, LargeBinary, bindparam, delete, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Busy, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.private import MOST, MOST_PASSED, MOST_TAGS
from mashrabiya.people.rules.hidden import check_word
from mashrabiya.people.sealed.private import (
    OPEN_END,
    Blocked,
    Lists,
    Muted,
    entry_mark,
    open_lists,
    seal_lists,
)
from mashrabiya.people.tables import BLOCK, PERSONA
from mashrabiya.people.types import State, Voice
from mashrabiya.platform.db import Read, Statement, Write
from mashrabiya.platform.markdown.text import harmless

_TRIES = 5
_WHICH = PERSONA.c.id == bindparam("which", type_=LargeBinary)
_KEPT: Statement[None] = Statement(select(PERSONA.c.priv).where(_WHICH))
_SWAP: Statement[None] = Statement(
    update(PERSONA)
    .where(_WHICH, PERSONA.c.priv == bindparam("old_priv", type_=LargeBinary))
    .values(
        priv=bindparam("new_priv", type_=LargeBinary),
        state=PERSONA.c.state.bitwise_or(bindparam("bits", type_=Integer)),
    )
)
_UNBLOCK: Statement[None] = Statement(delete(BLOCK).where(BLOCK.c.tag == bindparam("tag", type_=LargeBinary)))

Change = Callable[[Lists], Lists]
_Meant = Callable[[Blocked | Muted | str], bool]


def read_lists(db: Read, viewer: Viewer, slot: int) -> Lists:
    """What one of her personas keeps, as it is now."""
    return _opened(db, viewer, slot)[1]


def change_lists(uow: Write, viewer: Viewer, change: Change, *, slot: int | None = None) -> Lists:
    """Change what one of her personas keeps; ``change`` may be asked again, if somebody else was quicker.

    The row of no other persona is touched, whatever the entries are meant for.
    """
    at = viewer.slot if slot is None else slot
    work, pid = viewer.work, viewer.siblings[at] if viewer.siblings else b""
    for _ in range(_TRIES):
        old, before = _opened(uow, viewer, at)
        after = change(before)
        if after == before:
            return after
        assert work is not None
        sealed = seal_lists(work, at, after, pid)
        bits = State.SHARES if after.shares else State.OPEN
        if uow.run(_SWAP, which=pid, old_priv=old, new_priv=sealed, bits=int(bits)):
            return after
    raise Busy


def _opened(db: Read, viewer: Viewer, slot: int) -> tuple[bytes, Lists]:
    if viewer.work is None:
        raise NotFound
    pid = viewer.siblings[slot]
    sealed = db.scalar(_KEPT, which=pid)
    if sealed is None:
        raise NotFound
    return bytes(sealed), open_lists(viewer.work, slot, bytes(sealed), pid)


def mute(uow: Write, viewer: Viewer, voice: Voice, *, days: int = 0, shared: bool = False) -> None:
    """Not to read somebody for so many whole days, or until it is lifted. Asked again, the new end counts."""
    if voice.pid in viewer.siblings:
        raise Refused("reach.own")
    today = clock.day()
    until = today + days + 1 if days else OPEN_END
    muted = Muted(voice.pid, voice.tid, voice.label, until, shared)

    def change(lists: Lists) -> Lists:
        others = [one for one in lists.mutes if one.voice != voice and one.holds(today)]
        if len(others) >= MOST:
            raise Refused("reach.full")
        return replace(lists, mutes=(*others, muted))

    change_lists(uow, viewer, change)


def unmute(uow: Write, viewer: Viewer, voice: Voice) -> None:
    """Read somebody again. Asked twice, it stays so."""
    change_lists(
        uow,
        viewer,
        lambda lists: replace(lists, mutes=tuple(one for one in lists.mutes if one.voice != voice)),
    )


def keep_block(uow: Write, viewer: Viewer, blocked: Blocked) -> None:
    """Remember a block in the list of the persona in use."""

    def change(lists: Lists) -> Lists:
        others = [one for one in lists.blocks if one.pid != blocked.pid]
        if len(others) >= MOST:
            raise Refused("reach.full")
        return replace(lists, blocks=(*others, blocked))

    change_lists(uow, viewer, change)


def hide_words(uow: Write, viewer: Viewer, typed: Iterable[str], *, shared: bool) -> None:
    """Add words she does not want to meet. Those that cannot be taken are refused together, and none is kept."""
    words = list(dict.fromkeys(" ".join(harmless(word).split()) for word in typed))
    wrong = next((why for word in words if (why := check_word(word))), None)
    if wrong:
        raise Invalid({"words": wrong})

    def change(lists: Lists) -> Lists:
        kept = tuple(dict.fromkeys((*lists.words, *words)))
        if len(kept) > MOST:
            raise Invalid({"words": "hidden.too_many"})
        return replace(lists, words=kept, words_shared=shared)

    change_lists(uow, viewer, change)


def find_block(db: Read, viewer: Viewer, mark: str, *, slot: int) -> bytes | None:
    """The tag of the block that a list names so, where it is one of the persona in use."""
    if viewer.work is None or slot != viewer.slot:
        return None
    work = viewer.work
    blocks = read_lists(db, viewer, slot).blocks
    return next((one.tag for one in blocks if entry_mark(work, slot, one) == mark), None)


def lift(uow: Write, viewer: Viewer, mark: str, *, slot: int) -> None:
    """Take an entry out of a list, by its mark. Asked twice, it stays so.

    What another of her names keeps for all of them is kept for that one alone from now on.
    """
    work = viewer.work
    if work is None or not 0 <= slot < len(viewer.siblings):
        raise NotFound

    def is_meant(entry: Blocked | Muted | str) -> bool:
        return entry_mark(work, slot, entry) == mark

    taken = _without if slot == viewer.slot else _unshared
    change_lists(uow, viewer, lambda lists: taken(lists, is_meant), slot=slot)


def _without(lists: Lists, is_meant: _Meant) -> Lists:
    return replace(
        lists,
        blocks=tuple(entry for entry in lists.blocks if not is_meant(entry)),
        mutes=tuple(entry for entry in lists.mutes if not is_meant(entry)),
        words=tuple(word for word in lists.words if not is_meant(word)),
    )


def _unshared(lists: Lists, is_meant: _Meant) -> Lists:
    """Words are shared all or none, since one setting says so."""
    return replace(
        lists,
        blocks=tuple(replace(entry, shared=entry.shared and not is_meant(entry)) for entry in lists.blocks),
        mutes=tuple(replace(entry, shared=entry.shared and not is_meant(entry)) for entry in lists.mutes),
        words_shared=lists.words_shared and not any(is_meant(word) for word in lists.words),
    )


def follow(
    uow: Write, viewer: Viewer, tid: bytes, *, there: Callable[[tuple[bytes, ...]], set[bytes]]
) -> None:
    """Follow a thread. Those that are gone leave the list by the way; ``there`` says which are not."""

    def change(lists: Lists) -> Lists:
        if tid in lists.follows:
            return lists
        standing = there(lists.follows)
        others = tuple(one for one in lists.follows if one in standing)
        if len(others) >= MOST:
            raise Refused("follow.full")
        return replace(lists, follows=(*others, tid))

    change_lists(uow, viewer, change)


def unfollow(uow: Write, viewer: Viewer, tid: bytes) -> None:
    """Follow it no longer. Asked twice, it stays so."""
    change_lists(
        uow,
        viewer,
        lambda lists: replace(lists, follows=tuple(one for one in lists.follows if one != tid)),
    )


def follow_tag(uow: Write, viewer: Viewer, ref: bytes) -> None:
    """Follow a tag. Followed twice, it is followed once."""

    def change(lists: Lists) -> Lists:
        if ref in lists.tags:
            return lists
        if len(lists.tags) >= MOST_TAGS:
            raise Refused("tags.follow_full")
        return replace(lists, tags=(*lists.tags, ref))

    change_lists(uow, viewer, change)


def unfollow_tags(uow: Write, viewer: Viewer, meant: Callable[[bytes], bool]) -> None:
    """Follow these no longer. Asked twice, it stays so."""
    change_lists(
        uow,
        viewer,
        lambda lists: replace(lists, tags=tuple(ref for ref in lists.tags if not meant(ref))),
    )


def pass_over(uow: Write, viewer: Viewer, tid: bytes) -> None:
    """Do not suggest this thread again. Asked twice, it stays so."""

    def change(lists: Lists) -> Lists:
        others = tuple(one for one in lists.passed if one != tid)
        return replace(lists, passed=(*others, tid)[-MOST_PASSED:])

    change_lists(uow, viewer, change)


def drop_blocks(uow: Write, tags: Iterable[bytes]) -> None:
    """These blocks hold no longer, whosever they were. Safe to run twice."""
    for tag in tags:
        uow.run(_UNBLOCK, tag=tag)


def forget_block(uow: Write, viewer: Viewer, pid: bytes) -> None:
    """Take a block out of the list of the persona in use."""
    change_lists(
        uow,
        viewer,
        lambda lists: replace(lists, blocks=tuple(one for one in lists.blocks if one.pid != pid)),
    )


def set_block(uow: Write, tag: bytes) -> None:
    """From now on this block holds. Set twice, it holds once."""
    uow.insert_once(BLOCK, tag=tag)
