"""What the index is made from, and which of its rows wait to be numbered or to go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from msgspec import Struct
from sqlalchemy import BigInteger, Integer, LargeBinary, bindparam, case, func, literal_column, select

from mashrabiya.discussions.queries.parts import NO, STANDS, YES, constant
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.platform.db import Read, Statement
from mashrabiya.search.queries.index import within
from mashrabiya.search.tables import INDEXED, PENDING, POSTING

T = TypeVar("T")
SOME = 200
"""So many posts are looked at in one step."""
_TOGETHER = 64


class Written(Struct, frozen=True):
    """A post as it stands, the title where it opens its thread, and its number where it has one."""

    id: bytes
    tid: bytes
    title: str
    body: str
    n: int
    cid: bytes
    audience: int
    lang: str
    kind: int
    helped: int
    num: int | None


class Row(NamedTuple):
    """What is kept of a post: its words in their order, its marks, and all of these as they are looked up."""

    words: bytes
    marks: bytes
    keys: bytes


class Entry(Struct, frozen=True):
    """A row of the index."""

    id: bytes
    num: int
    words: bytes
    marks: bytes


class Pending(Struct, frozen=True):
    """A row that has no number yet."""

    id: bytes
    words: bytes
    marks: bytes
    keys: bytes


_COLUMNS = (
    POST.c.id,
    POST.c.tid,
    case((POST.c.n == YES, THREAD.c.title), else_=literal_column("''")),
    POST.c.body,
    POST.c.n,
    THREAD.c.cid,
    THREAD.c.audience,
    POST.c.lang,
    POST.c.kind,
    POST.c.helped,
    INDEXED.c.num,
)
_POST_ID = bindparam("post", type_=LargeBinary)
_IDS = [bindparam(f"id{place}", type_=LargeBinary) for place in range(_TOGETHER)]
_IS_THERE = (POST.c.state == STANDS, POST.c.n > NO)
# What is away may come back any day: it stays in the index, and is not found meanwhile.
_WRITTEN = (
    select(*_COLUMNS)
    .select_from(POST.join(THREAD, THREAD.c.id == POST.c.tid).outerjoin(INDEXED, INDEXED.c.id == POST.c.id))
    .where(*_IS_THERE)
)
_POST = Statement(_WRITTEN.where(POST.c.id == _POST_ID), into=Written)
_SEVERAL = Statement(_WRITTEN.where(POST.c.id.in_(_IDS)), into=Written)
_UNNUMBERED: Statement[None] = Statement(
    select(POST.c.id)
    .select_from(POST.outerjoin(INDEXED, INDEXED.c.id == POST.c.id))
    .where(*_IS_THERE, POST.c.id.in_(_IDS), INDEXED.c.num.is_(None))
)
_OF_THREAD = Statement(
    _WRITTEN.where(
        POST.c.tid == bindparam("tid", type_=LargeBinary), POST.c.n > bindparam("past", type_=Integer)
    )
    .order_by(POST.c.n)
    .limit(constant(SOME)),
    into=Written,
)
_ENTRY_COLUMNS = (INDEXED.c.id, INDEXED.c.num, INDEXED.c.words, INDEXED.c.marks)
_ENTRY = Statement(select(*_ENTRY_COLUMNS).where(INDEXED.c.id == _POST_ID), into=Entry)
_NUMBER = Statement(
    select(*_ENTRY_COLUMNS).where(INDEXED.c.num == bindparam("num", type_=BigInteger)), into=Entry
)
_IS_PENDING: Statement[None] = Statement(select(PENDING.c.id).where(PENDING.c.id == _POST_ID))
_WAITING: Statement[None] = Statement(select(PENDING.c.id, POST.c.t).join(POST, POST.c.id == PENDING.c.id))
_PENDING = Statement(
    select(PENDING.c.id, PENDING.c.words, PENDING.c.marks, PENDING.c.sought).where(PENDING.c.id.in_(_IDS)),
    into=Pending,
)
_EVERY: Statement[None] = Statement(select(POST.c.id, POST.c.t).where(*_IS_THERE))
_CODE = bindparam("code", type_=LargeBinary)
_OF_CODE: Statement[None] = Statement(
    select(PENDING.c.id, PENDING.c.words).where(within(PENDING.c.words, _CODE)),
    postgresql=select(PENDING.c.id, PENDING.c.words).where(within(PENDING.c.words, _CODE, "postgresql")),
)
_LAST: Statement[None] = Statement(select(func.max(INDEXED.c.num)))
_ORPHANS = Statement(
    select(*_ENTRY_COLUMNS)
    .outerjoin(POST, POST.c.id == INDEXED.c.id)
    .where(POST.c.id.is_(None))
    .limit(constant(SOME)),
    into=Entry,
)
_NEW_ORPHANS: Statement[None] = Statement(
    select(PENDING.c.id)
    .outerjoin(POST, POST.c.id == PENDING.c.id)
    .where(POST.c.id.is_(None))
    .limit(constant(SOME))
)
_ANY: Statement[None] = Statement(
    select(YES).where(select(INDEXED.c.id).exists() | select(PENDING.c.id).exists())
)
_ANY_POST: Statement[None] = Statement(select(POST.c.id).where(*_IS_THERE).limit(YES))
_DOCS: Statement[None] = Statement(
    select(POSTING.c.word, POSTING.c.docs).where(
        POSTING.c.word.in_([bindparam(f"word{place}", type_=BigInteger) for place in range(_TOGETHER)]),
        POSTING.c.seg == bindparam("seg", type_=Integer),
    )
)


def find_written(db: Read, post: bytes) -> Written | None:
    """A post that stands, as it is read."""
    return db.first(_POST, post=post)


def written_of(db: Read, posts: Sequence[bytes]) -> list[Written]:
    """Those of these posts that stand."""
    return [row for some in _dealt(posts) for row in db.all(_SEVERAL, **_ids(some))]


def unnumbered(db: Read, posts: Sequence[bytes]) -> set[bytes]:
    """Those of these posts that stand and have no number."""
    return {bytes(post) for some in _dealt(posts) for (post,) in db.tuples(_UNNUMBERED, **_ids(some))}


def written_in(db: Read, tid: bytes, past: int) -> list[Written]:
    """The next posts that stand in a thread."""
    return db.all(_OF_THREAD, tid=tid, past=past)


def every_post(db: Read) -> list[tuple[int, bytes]]:
    """All posts that stand: when each was written, and its id."""
    return [(int(t), bytes(post)) for post, t in db.tuples(_EVERY)]


def find_entry(db: Read, post: bytes) -> Entry | None:
    return db.first(_ENTRY, post=post)


def find_numbered(db: Read, number: int) -> Entry | None:
    return db.first(_NUMBER, num=number)


def is_pending(db: Read, post: bytes) -> bool:
    return db.scalar(_IS_PENDING, post=post) is not None


def waiting(db: Read) -> list[tuple[int, bytes]]:
    """Posts without a number that are there: when each was written, and its id."""
    return [(int(t), bytes(post)) for post, t in db.tuples(_WAITING)]


def pending(db: Read, posts: Sequence[bytes]) -> list[Pending]:
    """The rows of these."""
    return [row for some in _dealt(posts) for row in db.all(_PENDING, **_ids(some))]


def new_of(db: Read, code: bytes, most: int) -> list[bytes]:
    """Posts without a number that are known by this: a thread's mark, which is the last in their rows."""
    found = db.tuples(_OF_CODE, code=code)
    return [bytes(post) for post, words in found if bytes(words).endswith(code)][:most]


def last_number(db: Read) -> int:
    """The highest number given; -1 where there is none."""
    found = db.scalar(_LAST)
    return -1 if found is None else int(found)


def orphans(db: Read) -> list[Entry]:
    """Some rows whose post is gone."""
    return db.all(_ORPHANS)


def new_orphans(db: Read) -> list[bytes]:
    """The same of rows without a number."""
    return [bytes(post) for (post,) in db.tuples(_NEW_ORPHANS)]


def is_missing(db: Read) -> bool:
    """Whether posts stand and nothing of them is in the index."""
    return db.scalar(_ANY) is None and db.scalar(_ANY_POST) is not None


def docs_of(db: Read, words: Sequence[int], seg: int) -> dict[int, bytes]:
    """In which posts of a segment each of these words stands."""
    found: dict[int, bytes] = {}
    for some in _dealt(words):
        bound = {f"word{place}": some[min(place, len(some) - 1)] for place in range(_TOGETHER)}
        found |= {int(word): bytes(docs) for word, docs in db.tuples(_DOCS, seg=seg, **bound)}
    return found


def _dealt(all_of_them: Sequence[T]) -> list[Sequence[T]]:
    return [all_of_them[begins : begins + _TOGETHER] for begins in range(0, len(all_of_them), _TOGETHER)]


def _ids(posts: Sequence[bytes]) -> dict[str, bytes]:
    return {f"id{place}": posts[place] if place < len(posts) else b"" for place in range(_TOGETHER)}
