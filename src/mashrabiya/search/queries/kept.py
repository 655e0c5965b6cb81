"""What the index is made from, and which of its rows wait to be numbered or to go."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Integer, LargeBinary, bindparam, case, literal_column, select

from mashrabiya.discussions.queries.parts import NO, STANDS, YES, constant
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.platform.db import Read, Statement
from mashrabiya.search.tables import INDEXED, PENDING, POSTING

SOME = 200
"""So many posts are looked at in one step."""


class Written(Struct, frozen=True):
    """A post as it stands, and the title where it opens its thread."""

    id: bytes
    tid: bytes
    title: str
    body: str
    n: int


class Entry(Struct, frozen=True):
    """A row of the index."""

    id: bytes
    num: int | None
    words: bytes


class Pending(Struct, frozen=True):
    """A post without a number; ``t`` is when it was written."""

    id: bytes
    keys: bytes
    t: int


_COLUMNS = (
    POST.c.id,
    POST.c.tid,
    case((POST.c.n == YES, THREAD.c.title), else_=literal_column("''")),
    POST.c.body,
    POST.c.n,
)
# What is away may come back any day: it stays in the index, and is not found meanwhile.
_WRITTEN = (
    select(*_COLUMNS).join(THREAD, THREAD.c.id == POST.c.tid).where(POST.c.state == STANDS, POST.c.n > NO)
)
_POST = Statement(_WRITTEN.where(POST.c.id == bindparam("post", type_=LargeBinary)), into=Written)
_AFTER = bindparam("after", type_=LargeBinary)
_ALL = Statement(_WRITTEN.where(POST.c.id > _AFTER).order_by(POST.c.id).limit(constant(SOME)), into=Written)
_OF_THREAD = Statement(
    _WRITTEN.where(
        POST.c.tid == bindparam("tid", type_=LargeBinary), POST.c.n > bindparam("past", type_=Integer)
    )
    .order_by(POST.c.n)
    .limit(constant(SOME)),
    into=Written,
)
_ENTRY = Statement(
    select(INDEXED.c.id, INDEXED.c.num, INDEXED.c.words).where(
        INDEXED.c.id == bindparam("post", type_=LargeBinary)
    ),
    into=Entry,
)
_NUMBER = Statement(
    select(INDEXED.c.id, INDEXED.c.num, INDEXED.c.words).where(
        INDEXED.c.num == bindparam("num", type_=Integer)
    ),
    into=Entry,
)
_PENDING = Statement(
    select(PENDING.c.id, PENDING.c.words, POST.c.t).join(POST, POST.c.id == PENDING.c.id), into=Pending
)
_NEW: Statement[None] = Statement(select(INDEXED.c.id, INDEXED.c.words).where(INDEXED.c.num.is_(None)))
_LAST: Statement[None] = Statement(
    select(INDEXED.c.num).where(INDEXED.c.num.is_not(None)).order_by(INDEXED.c.num.desc()).limit(constant(1))
)
_ORPHANS = Statement(
    select(INDEXED.c.id, INDEXED.c.num, INDEXED.c.words)
    .outerjoin(POST, POST.c.id == INDEXED.c.id)
    .where(POST.c.id.is_(None))
    .limit(constant(SOME)),
    into=Entry,
)
_ANY: Statement[None] = Statement(select(INDEXED.c.id).limit(constant(1)))
_DOCS: Statement[None] = Statement(
    select(POSTING.c.docs).where(
        POSTING.c.word == bindparam("word"), POSTING.c.seg == bindparam("seg", type_=Integer)
    )
)


def find_written(db: Read, post: bytes) -> Written | None:
    """A post that stands, as it is read."""
    return db.first(_POST, post=post)


def written_after(db: Read, post: bytes) -> list[Written]:
    """The next posts that stand, in the order of their ids, which is that of chance."""
    return db.all(_ALL, after=post)


def written_in(db: Read, tid: bytes, past: int) -> list[Written]:
    """The next posts that stand in a thread."""
    return db.all(_OF_THREAD, tid=tid, past=past)


def find_entry(db: Read, post: bytes) -> Entry | None:
    return db.first(_ENTRY, post=post)


def find_numbered(db: Read, number: int) -> Entry | None:
    return db.first(_NUMBER, num=number)


def pending(db: Read) -> list[Pending]:
    """Rows without a number, whose posts are there."""
    return db.all(_PENDING)


def new_rows(db: Read) -> list[tuple[bytes, bytes]]:
    """Ids and words of all rows without a number."""
    return [(bytes(post), bytes(words)) for post, words in db.tuples(_NEW)]


def last_number(db: Read) -> int:
    """The highest number given; -1 where there is none."""
    found = db.scalar(_LAST)
    return -1 if found is None else int(found)


def orphans(db: Read) -> list[Entry]:
    """Some rows whose post is gone."""
    return db.all(_ORPHANS)


def any_entry(db: Read) -> bool:
    """Whether there is an index."""
    return db.scalar(_ANY) is not None


def docs_of(db: Read, word: int, seg: int) -> bytes:
    """In which posts of a segment a word stands."""
    found: Any = db.scalar(_DOCS, word=word, seg=seg)
    return bytes(found or b"")
