"""Posts that bring pictures: what takes more than one transaction, and must leave nothing half done.

A picture is drawn anew before anything is written, since that takes a good part of a
second, and only for those who could post there. It is kept before its post is written,
and dropped again where that did not happen: somebody else was quicker, or it was sent twice.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct, structs

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import commands, queries, rules
from mashrabiya.discussions.types import Change, NewPicture, NewReply, NewThread, Placed, Planned, TakenBack
from mashrabiya.kernel.errors import Failure, Invalid, NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.platform.db import Database, Read, Write
from mashrabiya.platform.media import Prepared, Refused, prepare
from mashrabiya.platform.media.keeping import store_of
from mashrabiya.platform.media.store import Store
from mashrabiya.safety.matching.watch import UNWATCHED, Watch
from mashrabiya.safety.screening import Spare
from mashrabiya.safety.trust.rules import may_bring_pictures
from mashrabiya.safety.trust.types import FREE, Allowance

Mentions = Callable[[Read, Viewer, bytes, str], frozenset[int]]
New = TypeVar("New", NewReply, NewThread)


class Sent(Struct, frozen=True):
    """A picture as it was sent: by which field, and what it shows in words. ``why`` it was let go on its way in."""

    place: int
    raw: bytes
    alt: str
    why: str = ""


def open_thread(
    database: Database,
    viewer: Viewer,
    cid: bytes,
    new: NewThread,
    *,
    sent: Sequence[Sent],
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
    instead: bytes = b"",
) -> Placed:
    """Begin a thread whose first post has these pictures; ``instead`` of one that waits for its time."""

    def first(uow: Write) -> None:
        if instead:
            commands.take_planned(uow, viewer, instead)

    def write(uow: Write, whole: NewThread) -> Placed:
        return commands.open_thread(uow, viewer, cid, whole, allowed=allowed, watch=watch, first=first)

    if sent:
        with database.read() as db:
            community = community_queries.get_community(db, viewer, cid)
        rules.may_open(viewer, community, unnamed=new.unnamed).or_raise()
        may_bring_pictures(allowed, unnamed=new.unnamed).or_raise()
    return _write(database, new, sent, write)


def plan(
    database: Database,
    viewer: Viewer,
    cid: bytes,
    new: NewThread,
    *,
    sent: Sequence[Sent],
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
    **when: Any,
) -> Planned:
    """Keep a thread until its time. Pictures would have to be kept as well, and are not."""
    if sent:
        raise Invalid({"later": "later.no_pictures"})
    with database.write() as uow:
        return commands.plan(uow, viewer, cid, new, allowed=allowed, watch=watch, **when)


def withdraw(database: Database, viewer: Viewer, which: bytes) -> None:
    """What waits becomes a draft, sealed, and then waits no longer: never in one transaction, and never the other way round."""
    with database.read() as db:
        row = queries.find_planned(db, viewer, which)
        if row is None:
            return
        fields = queries.as_typed(db, row)
    with database.write() as uow:
        people.keep_draft(uow, viewer, queries.IN_COMMUNITY + row.cid, fields)
    with database.write() as uow:
        commands.take_planned(uow, viewer, which)


def stop_planned(database: Database, key: bytes, pid: bytes, *, gone: bool) -> None:
    """Nothing of this persona is posted at a set time any more: its person left, or froze everything."""
    with database.read() as db:
        rows = queries.planned_of(db, pid)
    for row in random.sample(rows, len(rows)):
        with database.write() as uow:
            commands.stop_later(uow, key, row, gone=gone)


def reply(
    database: Database,
    viewer: Viewer,
    tid: bytes,
    new: NewReply,
    *,
    sent: Sequence[Sent],
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Placed:
    """Add a post with these pictures to a thread."""

    def write(uow: Write, whole: NewReply) -> Placed:
        return commands.reply(uow, viewer, tid, whole, allowed=allowed, watch=watch)

    if sent:
        with database.read() as db:
            thread = queries.get_thread(db, viewer, tid)
            speaking = queries.speaking(db, viewer, thread)
        rules.may_reply(viewer, thread, speaking, unnamed=new.unnamed).or_raise()
        may_bring_pictures(allowed, unnamed=new.unnamed).or_raise()
    return _write(database, new, sent, write)


def edit(
    database: Database,
    viewer: Viewer,
    tid: bytes,
    post: bytes,
    *,
    new: Change,
    sent: Sequence[Sent],
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Placed:
    """Change an own post; what is sent for a place is put up there, instead of what stood there."""
    if not sent:
        with database.write() as uow:
            return commands.edit(uow, viewer, tid, post, new=new, allowed=allowed, watch=watch)
    with database.read() as db:
        own = queries.get_own_post(db, viewer, tid, post)
    may_bring_pictures(allowed, unnamed=not own.post.is_named).or_raise()
    with _kept(store_of(database.folder), _drawn(sent), [one.place for one in sent]) as kept:
        whole = structs.replace(new, pictures=tuple(kept))
        with database.write() as uow:
            placed = commands.edit(uow, viewer, tid, post, new=whole, allowed=allowed, watch=watch)
            hung = {row.name for row in queries.pictures_of(uow, post)}
        kept[:] = [one for one in kept if one.name not in hung]
    return placed


def take_back(
    database: Database, viewer: Viewer, tid: bytes, post: bytes, *, keep: bool, key: bytes
) -> tuple[TakenBack, bool | None]:
    """Delete an own post at once, and say whether a sealed copy lies with her; None where there was no room for one.

    The copy is written before, and never together with the post: no row of hers is joined to another by it.
    """
    words, kept = None, False
    if keep and viewer.speaks:
        with suppress(NotFound), database.read() as db:
            words = queries.words_to_keep(db, viewer, tid, post)
    if words is not None:
        with database.write() as uow:
            kept = people.keep_taken(uow, viewer, key, what=post, body=words.pack())
    try:
        with database.write() as uow:
            gone = commands.delete_post(uow, viewer, tid, post)
    except Failure:
        if kept:
            with database.write() as uow:
                people.let_taken_go(uow, viewer, post)
        raise
    if words is None and keep and viewer.speaks:
        # Pressed twice: the first time it was kept.
        with database.read() as db:
            kept = queries.find_taken(db, viewer, post) is not None
    return gone, kept if kept or words is None else None


def bring_back(
    database: Database,
    viewer: Viewer,
    tid: bytes,
    post: bytes,
    *,
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Placed:
    """Bring an own post back from its sealed copy, which then goes. Pressed twice, it is brought back once."""
    with database.read() as db:
        words = queries.find_taken(db, viewer, post)
        if words is None:
            return Placed(tid, queries.get_own_post(db, viewer, tid, post).post.n)
    with database.write() as uow:
        placed = commands.bring_back(uow, viewer, words, allowed=allowed, watch=watch)
    with database.write() as uow:
        people.let_taken_go(uow, viewer, post)
    return placed


def heard_in(database: Database, viewer: Viewer, tid: bytes) -> Spare:
    """Says where a reply names voices of that place, which are no accounts elsewhere."""
    return partial(_asked, queries.mentions_in_thread, database, viewer, where=tid)


def heard_at(database: Database, viewer: Viewer, cid: bytes) -> Spare:
    """The same of the words that open a thread."""
    return partial(_asked, queries.mentions_in_place, database, viewer, where=cid)


def _asked(
    mentions: Mentions, database: Database, viewer: Viewer, text: str, *, where: bytes
) -> frozenset[int]:
    with database.read() as db:
        return mentions(db, viewer, where, text)


def _write(
    database: Database, new: New, sent: Sequence[Sent], write: Callable[[Write, New], Placed]
) -> Placed:
    if not sent:
        with database.write() as uow:
            return write(uow, new)
    drawn = _drawn(sent)
    with _kept(store_of(database.folder), drawn) as kept:
        with database.write() as uow:
            placed = write(uow, structs.replace(new, pictures=tuple(kept)))
            made = bool(uow.recorded)
        if made:
            kept.clear()
    return placed


def _drawn(sent: Sequence[Sent]) -> list[tuple[Prepared, str]]:
    """Every picture drawn anew, or Invalid with what is wrong with which."""
    waiting = [NewPicture(b"", one.alt, 0, 0) for one in sent]
    wrong = rules.wrong_pictures(waiting) | {_field(one): one.why for one in sent if one.why}
    if wrong:
        raise Invalid(wrong)
    drawn: list[tuple[Prepared, str]] = []
    for one in sent:
        made = prepare(one.raw)
        if isinstance(made, Refused):
            wrong[_field(one)] = str(made.reason)
        else:
            drawn.append((made, one.alt))
    if wrong:
        raise Invalid(wrong)
    return drawn


def _field(one: Sent) -> str:
    return f"picture_{one.place}"


@contextmanager
def _kept(
    store: Store, drawn: Sequence[tuple[Prepared, str]], places: Sequence[int] = ()
) -> Iterator[list[NewPicture]]:
    """The pictures, kept, and meant for these places. Those still in the list when the block ends are dropped again."""
    kept: list[NewPicture] = []
    try:
        for (prepared, alt), place in zip(drawn, places or [0] * len(drawn), strict=True):
            small, name = prepared.shown[0], store.put(prepared)
            kept.append(NewPicture(bytes.fromhex(name), alt, small.width, small.height, place))
        yield kept
    finally:
        for picture in kept:
            store.drop(picture.name.hex())
