"""Writing notices, from facts and after them: some hundreds at a time, each once however often a fact is told.

Nothing is asked here of who may read, blocks or mutes: at rest nobody's are known. All of it is asked when she reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from sqlalchemy import (
    Integer,
    LargeBinary,
    bindparam,
    delete,
    literal_column,
    select,
)
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.notifications.commands.parting import give_back
from mashrabiya.notifications.commands.present import SOME
from mashrabiya.notifications.events import PassedOn
from mashrabiya.notifications.tables import NOTICE, SUB
from mashrabiya.notifications.types import STEP, Kind
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Adding, Read, Statement, Write, upserting


class _Post(msgspec.Struct, frozen=True):
    """What has to be known of a post to tell of it."""

    tid: bytes
    id: bytes
    n: int
    pid: bytes | None
    tok: bytes | None
    state: int
    answered: bytes | None
    body: str

    @property
    def author(self) -> bytes:
        return self.pid or self.tok or b""


_ALL_OF_THEM = 1 << 30
_COLUMNS = ("addr", "tid", "kind", "ref", "n", "day")
_TID = bindparam("tid", type_=LargeBinary)
_REF = bindparam("ref", type_=LargeBinary)
_ANSWERED = POST.alias("answered")
_POST = Statement(
    select(
        POST.c.tid, POST.c.id, POST.c.n, POST.c.pid, POST.c.tok, POST.c.state, _ANSWERED.c.pid, POST.c.body
    )
    .select_from(
        POST.outerjoin(
            _ANSWERED,
            # A number means a post of the thread it was written in.
            (_ANSWERED.c.tid == POST.c.tid)
            & (_ANSWERED.c.n == POST.c.to_n)
            & (POST.c.home_tid == POST.c.tid),
        )
    )
    # A translation is no answer, and mentions only whom its original does.
    .where(POST.c.id == _REF, POST.c.n > literal_column("0")),
    into=_Post,
)
_OPENING: Statement[None] = Statement(
    select(POST.c.id).where(POST.c.tid == _TID, POST.c.n == literal_column("1"))
)


def _putting(adding: Adding) -> ClauseElement:
    adding = adding.values({name: bindparam(name, type_=NOTICE.c[name].type) for name in _COLUMNS})
    return adding.on_conflict_do_update(
        index_elements=list(NOTICE.primary_key),
        set_={"day": adding.excluded.day},
        where=NOTICE.c.day < adding.excluded.day,
    )


_PUT: Statement[None] = upserting(NOTICE, _putting)

_HAD: Statement[None] = Statement(
    select(NOTICE.c.addr).where(
        NOTICE.c.tid == _TID,
        NOTICE.c.ref == _REF,
        NOTICE.c.kind == bindparam("kind", type_=Integer),
    )
)
_OF = (NOTICE.c.tid == _TID, NOTICE.c.ref == _REF)
_DROP_ONE: Statement[None] = Statement(
    delete(NOTICE).where(
        *_OF,
        NOTICE.c.kind == bindparam("kind", type_=Integer),
        NOTICE.c.addr == bindparam("addr", type_=LargeBinary),
    )
)
_DROP_POST: Statement[None] = Statement(delete(NOTICE).where(*_OF))
_DROP_THREAD: Statement[None] = Statement(delete(NOTICE).where(NOTICE.c.tid == _TID))
_DROP_SUBS: Statement[None] = Statement(delete(SUB).where(SUB.c.scope == _TID))
_DROP_PERSON: Statement[None] = Statement(
    delete(NOTICE).where(NOTICE.c.addr == bindparam("addr", type_=LargeBinary))
)


class Outside:
    """Who is told, beside the row, that a notice was written: outside the site, and open pages; and forgets a name that is gone. What runs by itself gets nothing but its transaction."""

    heard: Callable[[Iterable[tuple[bytes, int]]], None] | None = None
    stirred: Callable[[Write, Iterable[tuple[bytes, int]]], None] | None = None
    forget: Callable[[Write, bytes], None] | None = None


outside = Outside()


def something_new(
    uow: Write, addrs: Iterable[tuple[bytes, int]], *, tid: bytes, n: int, ref: bytes = b""
) -> None:
    """Something is new for these addresses: each with its kind. Every notice is written here, and nowhere else."""
    day, told = clock.day(), list(addrs)
    for addr, kind in told:
        uow.run(_PUT, addr=addr, tid=tid, kind=kind, ref=ref, n=n, day=day)
    _tell_beside(uow, told)


def _tell_beside(uow: Write, told: list[tuple[bytes, int]]) -> None:
    if outside.heard is not None and told:
        outside.heard(told)
    if outside.stirred is not None and told:
        outside.stirred(uow, told)


def tell_written(uow: Write, post: bytes) -> None:
    """Whom it answers and mentions by name, at once; all who are in its thread, step by step."""
    found = _find(uow, post)
    if found is None:
        return
    _tell_named(uow, found)
    if found.n > 1:
        _pass_on(uow, found, Kind.REPLY)


def tell_edited(uow: Write, post: bytes) -> None:
    """Whom it mentions now is told, and whom it mentions no longer is not."""
    found = _find(uow, post)
    if found is None:
        return
    mentioned = _mentioned(found)
    had = uow.tuples(_HAD, tid=found.tid, ref=post, kind=int(Kind.MENTION))
    for (addr,) in had:
        if bytes(addr) not in mentioned:
            uow.run(_DROP_ONE, tid=found.tid, ref=post, kind=int(Kind.MENTION), addr=bytes(addr))
    _tell_named(uow, found)


def tell_helped(uow: Write, post: bytes) -> None:
    """Whoever wrote it by name. An unnamed voice is not told: her notices would say that she wrote there."""
    found = _find(uow, post)
    if found is not None and found.pid is not None:
        something_new(uow, [(found.pid, int(Kind.HELPED))], tid=found.tid, n=found.n, ref=post)


def tell_closed(uow: Write, tid: bytes, *, own: bool) -> None:
    """All who are in a thread whose poll has been counted; not whoever closed it herself."""
    opening = uow.scalar(_OPENING, tid=tid)
    if opening is not None:
        found = _find(uow, bytes(opening))
        if found is not None:
            _pass_on(uow, found, Kind.POLL, author=found.author if own else b"")


def go_on(uow: Write, event: PassedOn) -> None:
    """The next some hundreds."""
    found = _find(uow, event.post)
    if found is not None:
        _pass_on(uow, found, Kind(event.kind), after=event.after)


def _pass_on(uow: Write, post: _Post, kind: Kind, *, after: bytes = b"", author: bytes | None = None) -> None:
    """Tell some of those who are in a thread. That more are left is a fact of its own, kept in the same transaction."""
    before = post.n if kind is Kind.REPLY else _ALL_OF_THEM
    asked = {"tid": post.tid, "kind": int(kind), "ref": b"", "today": clock.day()}
    found = uow.tuples(SOME, after=after, some=STEP, before=before, **asked)
    spared = post.author if author is None else author
    some = [(bytes(addr), kind + int(voice), stands) for addr, voice, stands in found]
    told = [one for one in some if one[0] != spared]
    something_new(uow, [(addr, kind) for addr, kind, stands in told if not stands], tid=post.tid, n=post.n)
    # In a lively thread it stands with most: nothing is written again, and whoever hears beside hears of each.
    _tell_beside(uow, [(addr, kind) for addr, kind, stands in told if stands])
    if len(some) == STEP:
        uow.record(PassedOn(post.tid, post.id, int(kind), some[-1][0]))


def _tell_named(uow: Write, post: _Post) -> None:
    told = [(pid, int(Kind.MENTION)) for pid in _mentioned(post)]
    if post.answered is not None and post.answered != post.pid:
        told.append((post.answered, int(Kind.ANSWER)))
    something_new(uow, told, tid=post.tid, n=post.n, ref=post.id)


def _mentioned(post: _Post) -> set[bytes]:
    found = set(markdown.each_reference(post.body)) if markdown.holds_reference(post.body) else set()
    return {pid for pid in found if pid not in {markdown.NOBODY, post.pid}}


def _find(db: Read, post: bytes) -> _Post | None:
    found = db.first(_POST, ref=post)
    return found if found is not None and found.state != PostState.DELETED else None


def forget_post(uow: Write, tid: bytes, post: bytes) -> None:
    """Nothing tells of a post that was taken back. Safe to repeat."""
    uow.run(_DROP_POST, tid=tid, ref=post)


def forget_thread(uow: Write, tid: bytes) -> None:
    """Nothing tells of a thread that is gone, and nobody follows it; of what stands elsewhere, it does. Safe to repeat."""
    give_back(uow, tid)
    uow.run(_DROP_THREAD, tid=tid)
    uow.run(_DROP_SUBS, tid=tid)


def forget_person(uow: Write, pid: bytes) -> None:
    """Nothing is told to a persona that is gone. Safe to repeat."""
    uow.run(_DROP_PERSON, addr=pid)
    if outside.forget is not None:
        outside.forget(uow, pid)
