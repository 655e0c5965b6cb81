"""One post comes into the index or goes, in the transaction of the fact that tells of it. All of it may be done twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    BigInteger,
    ClauseElement,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    delete,
    select,
    update,
)

from mashrabiya.platform.db import Adding, Statement, Write, upserting
from mashrabiya.platform.search import postings, ranking
from mashrabiya.platform.search.words import CODE_BYTES, KEY_BYTES, keys_of
from mashrabiya.search import marks
from mashrabiya.search.events import ThreadLeft, ThreadMoved
from mashrabiya.search.queries import index, kept
from mashrabiya.search.queries.kept import Entry, Row, Written
from mashrabiya.search.tables import INDEXED, PENDING, POSTING

AT_ONCE = 20
"""So many posts of a thread go in one step: whoever writes meanwhile waits for some milliseconds."""
_REST = 8 * (KEY_BYTES - CODE_BYTES)


def _upsert(adding: Adding) -> ClauseElement:
    named = {column.name: bindparam(column.name, type_=column.type) for column in PENDING.c}
    adding = adding.values(named)
    others = {name: adding.excluded[name] for name in named if name != "id"}
    return adding.on_conflict_do_update(index_elements=["id"], set_=others)


_PUT: Statement[None] = upserting(PENDING, _upsert)


def _drop(of: Table) -> Statement[None]:
    return Statement(delete(of).where(of.c.id == bindparam("post", type_=LargeBinary)))


_DROP, _NOT_PENDING = _drop(INDEXED), _drop(PENDING)
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
_MARK: Statement[None] = Statement(
    update(INDEXED)
    .where(INDEXED.c.id == bindparam("post", type_=LargeBinary))
    .values(marks=bindparam("new_marks", type_=LargeBinary))
)


def row_of(written: Written) -> Row:
    """What the index keeps of a post."""
    words, keys = ranking.write(keys_of(written.title), keys_of(written.body), marks.of_thread(written.tid))
    said = [
        marks.of_place(written.cid),
        marks.of_audience(written.audience)
        if written.audience in marks.WIDE
        else marks.of_closed(written.cid),
        marks.of_language(written.lang),
        *([marks.of_kind(written.kind)] if written.kind else ()),
        *([marks.of_opening()] if written.n == 1 else ()),
        *([marks.of_help()] if written.helped > 0 else ()),
    ]
    codes = b"".join(mark[:CODE_BYTES] for mark in said)
    return Row(words, codes, keys + b"".join(said))


def put(uow: Write, post: bytes) -> None:
    """Let a post be found as it stands now; one that does not stand is found no more."""
    written = kept.find_written(uow, post)
    if written is None:
        drop(uow, post)
        return
    if written.num is not None:
        _drop_numbered(uow, [post])
    words, codes, keys = row_of(written)
    uow.do(_PUT, id=post, words=words, marks=codes, sought=keys)


def drop(uow: Write, post: bytes) -> None:
    """Let nothing of a post stay in the index."""
    if not uow.run(_NOT_PENDING, post=post):
        _drop_numbered(uow, [post])


def _drop_numbered(uow: Write, posts: Iterable[bytes]) -> None:
    purge(uow, [entry for post in posts if (entry := kept.find_entry(uow, post)) is not None])


def drop_thread(uow: Write, tid: bytes) -> None:
    """Look again at the posts that were of a thread: those that are gone go, the others are put where they stand now.

    Some at a time: the next are told of as a fact.
    """
    mark = marks.of_thread(tid)
    waiting = kept.new_of(uow, mark[:CODE_BYTES], AT_ONCE + 1)
    for number in index.numbers_of(uow, mark):
        if len(waiting) > AT_ONCE:
            break
        entry = kept.find_numbered(uow, number)
        if entry is not None:
            waiting.append(entry.id)
    some, gone = waiting[:AT_ONCE], []
    for post in some:
        if kept.find_written(uow, post) is not None:
            put(uow, post)
        elif not uow.run(_NOT_PENDING, post=post):
            gone.append(post)
    _drop_numbered(uow, gone)
    if len(waiting) > AT_ONCE:
        uow.record(ThreadLeft(tid))


def take_along(uow: Write, tid: bytes, past: int = 0) -> None:
    """Put the posts of a thread where they stand now, from a number on. Some at a time, as above."""
    written = kept.written_in(uow, tid, past)
    for one in written[:AT_ONCE]:
        put(uow, one.id)
    if len(written) > AT_ONCE:
        uow.record(ThreadMoved(tid, written[AT_ONCE - 1].n))


def note_helped(uow: Write, post: bytes) -> None:
    """From the first time on it is looked up as one that helped. It keeps its number: when it helped, is told by none."""
    mark = marks.of_help()
    entry = kept.find_entry(uow, post)
    if entry is None:
        if kept.is_pending(uow, post):
            put(uow, post)
        return
    if mark[:CODE_BYTES] in ranking.codes_in(b"\0" + entry.marks):
        return
    uow.run(_MARK, post=post, new_marks=entry.marks + mark[:CODE_BYTES])
    word, (seg, place) = index.number_of(mark), divmod(entry.num, postings.SEGMENT)
    docs = kept.docs_of(uow, [word], seg)
    set_docs(uow, word, seg, docs.get(word, b""), added=[place])


def purge(uow: Write, entries: Sequence[Entry]) -> None:
    """Rows of the index, and their places in each of their words."""
    unset(uow, [(one.num, ranking.codes_in(one.words + one.marks)) for one in entries])
    for one in entries:
        uow.run(_DROP, post=one.id)


def unset(uow: Write, numbers: Iterable[tuple[int, Iterable[bytes]]]) -> None:
    """Take numbers out of these words. Few words begin alike; those that do lose what they never had."""
    gone: dict[tuple[bytes, int], set[int]] = {}
    for number, codes in numbers:
        seg, place = divmod(number, postings.SEGMENT)
        for code in codes:
            gone.setdefault((code, seg), set()).add(place)
    for (code, seg), places in gone.items():
        least = int.from_bytes(code, "big") << _REST
        rows = uow.tuples(_STANDS_IN, least=least, most=least | ((1 << _REST) - 1), of_seg=seg)
        for word, docs in rows:
            set_docs(uow, int(word), seg, bytes(docs), gone=places)


def set_docs(
    uow: Write, word: int, seg: int, docs: bytes, *, added: Sequence[int] = (), gone: Iterable[int] = ()
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
