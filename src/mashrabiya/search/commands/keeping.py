"""One post comes into the index or goes, in the transaction of the fact that tells of it. All of it may be done twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from sqlalchemy import BigInteger, Integer, LargeBinary, bindparam, delete, select, update

from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.search import postings, ranking
from mashrabiya.platform.search.words import CODE_BYTES, KEY_BYTES, keys_of
from mashrabiya.search.events import ThreadLeft, ThreadMoved
from mashrabiya.search.queries import index, kept
from mashrabiya.search.queries.kept import Entry
from mashrabiya.search.tables import INDEXED, PENDING, POSTING

_AT_ONCE = 20
"""So many posts of a thread go in one step: whoever writes meanwhile waits for some milliseconds."""
_REST = 8 * (KEY_BYTES - CODE_BYTES)

_OF_POST = INDEXED.c.id == bindparam("post", type_=LargeBinary)
_DROP: Statement[None] = Statement(delete(INDEXED).where(_OF_POST))
_NOT_PENDING: Statement[None] = Statement(
    delete(PENDING).where(PENDING.c.id == bindparam("post", type_=LargeBinary))
)
_ROW = (
    POSTING.c.word == bindparam("of_word", type_=BigInteger),
    POSTING.c.seg == bindparam("of_seg", type_=Integer),
)
_STANDS_IN: Statement[None] = Statement(
    select(POSTING.c.word, POSTING.c.docs).where(
        POSTING.c.word.between(bindparam("least", type_=BigInteger), bindparam("most", type_=BigInteger)),
        POSTING.c.seg == bindparam("of_seg", type_=Integer),
    )
)
_SET: Statement[None] = Statement(
    update(POSTING).where(*_ROW).values(docs=bindparam("new_docs", type_=LargeBinary))
)
_UNSET: Statement[None] = Statement(delete(POSTING).where(*_ROW))


def mark_of(tid: bytes) -> bytes:
    """What the posts of a thread are known by in the index, so that they can go together."""
    return blake2b(b"thread" + tid, digest_size=KEY_BYTES).digest()


def put(uow: Write, post: bytes) -> None:
    """Let a post be found as it stands now; one that does not stand is found no more."""
    written = kept.find_written(uow, post)
    if written is None:
        drop(uow, post)
        return
    put_words(uow, post, *ranking.write(keys_of(written.title), keys_of(written.body), mark_of(written.tid)))


def put_words(uow: Write, post: bytes, words: bytes, keys: bytes) -> None:
    """The row of a text, new or written anew."""
    drop(uow, post)
    uow.insert(INDEXED, id=post, num=None, words=words)
    uow.insert(PENDING, id=post, words=keys)


def drop(uow: Write, post: bytes) -> None:
    """Let nothing of a post stay in the index."""
    entry = kept.find_entry(uow, post)
    if entry is not None:
        purge(uow, entry)


def drop_thread(uow: Write, tid: bytes) -> None:
    """Look again at the posts that were of a thread: those that are gone go, the others are put where they stand now.

    Some at a time: the next are told of as a fact.
    """
    mark = mark_of(tid)
    waiting = [post for post, words in kept.new_rows(uow) if words.endswith(mark[:CODE_BYTES])]
    for number in index.holding_all(index.postings_of(uow, [mark])):
        if len(waiting) > _AT_ONCE:
            break
        entry = kept.find_numbered(uow, number)
        if entry is not None:
            waiting.append(entry.id)
    for post in waiting[:_AT_ONCE]:
        put(uow, post)
    if len(waiting) > _AT_ONCE:
        uow.record(ThreadLeft(tid))


def take_along(uow: Write, tid: bytes, past: int = 0) -> None:
    """Put the posts of a thread where they stand now, from a number on. Some at a time, as above."""
    written = kept.written_in(uow, tid, past)
    for one in written[:_AT_ONCE]:
        put(uow, one.id)
    if len(written) > _AT_ONCE:
        uow.record(ThreadMoved(tid, written[_AT_ONCE - 1].n))


def purge(uow: Write, entry: Entry) -> None:
    """A row of the index, and its place in each of its words."""
    if entry.num is not None:
        unset(uow, entry.num, ranking.codes_in(entry.words))
    else:
        uow.run(_NOT_PENDING, post=entry.id)
    uow.run(_DROP, post=entry.id)


def unset(uow: Write, number: int, codes: Iterable[bytes]) -> None:
    """Take a number out of these words. Few words begin alike; those that do lose what they never had."""
    seg, place = divmod(number, postings.SEGMENT)
    for code in dict.fromkeys(codes):
        least = int.from_bytes(code, "big") << _REST
        rows = uow.tuples(_STANDS_IN, least=least, most=least | ((1 << _REST) - 1), of_seg=seg)
        for word, docs in rows:
            set_docs(uow, int(word), seg, bytes(docs), gone=[place])


def set_docs(
    uow: Write, word: int, seg: int, docs: bytes, *, added: Sequence[int] = (), gone: Sequence[int] = ()
) -> None:
    """In which posts of a segment a word stands from now on, given in which it stood."""
    changed = postings.with_places(docs, added, gone)
    if changed == docs:
        return
    if not docs:
        uow.insert(POSTING, word=word, seg=seg, docs=changed)
    elif changed:
        uow.run(_SET, of_word=word, of_seg=seg, new_docs=changed)
    else:
        uow.run(_UNSET, of_word=word, of_seg=seg)
