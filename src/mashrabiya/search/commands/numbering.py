"""Beside the requests: new rows are numbered once their six hours are over, and the index is made anew.

Each write takes some milliseconds. What is done halfway is found all the same, and done again without harm: a row counts
as numbered from the moment that it has its number, which comes last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, LargeBinary, bindparam, delete, literal_column, select

from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.search import postings, ranking
from mashrabiya.platform.search.words import CODE_BYTES
from mashrabiya.search.commands.keeping import purge, row_of, set_docs, unset
from mashrabiya.search.queries import index, kept
from mashrabiya.search.queries.kept import Entry, Pending
from mashrabiya.search.tables import INDEXED, PENDING, POSTING

_ROWS, _WORDS = 8_192, 256
"""So many rows are numbered together; so many words are written in one transaction."""
_IDS, _TOGETHER = 256, 20
CROWD = 20_000
"""Where more wait, they are numbered at once: among so many it says nothing which half of six hours one is of, and each
question would look through all of them.
"""

_NOT_PENDING: Statement[None] = Statement(
    delete(PENDING).where(
        PENDING.c.id == bindparam("post", type_=LargeBinary),
        PENDING.c.words == bindparam("was_words", type_=LargeBinary),
        PENDING.c.sought == bindparam("was_keys", type_=LargeBinary),
    )
)
_NO_LONGER: Statement[None] = Statement(
    delete(PENDING).where(PENDING.c.id == bindparam("post", type_=LargeBinary))
)
_STEP: ColumnElement[int] = literal_column("2000")
_AWAY: tuple[Statement[None], ...] = (
    Statement(delete(POSTING).where(POSTING.c.word.in_(select(POSTING.c.word).limit(_STEP)))),
    Statement(delete(PENDING).where(PENDING.c.id.in_(select(PENDING.c.id).limit(_STEP)))),
    Statement(delete(INDEXED).where(INDEXED.c.num.in_(select(INDEXED.c.num).limit(_STEP)))),
)
"""Some rows at a time, until none is left."""

Stands = Callable[[Write, Sequence[Pending]], Sequence[bool]]
"""Which of these rows are still as they were read."""


def number_ripe(database: Database, *, all_of_them: bool = False) -> int:
    """Number what was written before these six hours, or all where that is a crowd; answers how many."""
    now = clock.six_hours()
    with database.read() as db:
        waiting = kept.waiting(db)
    ripe = [(t, post) for t, post in waiting if all_of_them or t < now]
    if len(waiting) - len(ripe) > CROWD:
        ripe = waiting
    for some, first in _in_turn(database, ripe):
        with database.read() as db:
            rows = {row.id: row for row in kept.pending(db, some)}
        _number(database, [rows[post] for post in some if post in rows], first, _was_pending)
    return len(ripe)


def _in_turn(database: Database, posts: list[tuple[int, bytes]]) -> list[tuple[list[bytes], int]]:
    """Some posts at a time, and the first number for them: by their six hours, and in these in the order of chance."""
    with database.read() as db:
        first = kept.last_number(db) + 1
    ordered = [post for _, post in sorted((t // clock.SIX_HOURS, post) for t, post in posts)]
    return [(ordered[at : at + _ROWS], first + at) for at in range(0, len(ordered), _ROWS)]


def _number(database: Database, entries: Sequence[Pending], first: int, stands: Stands) -> None:
    for seg, words in _places(entries, first).items():
        _add(database, seg, words)
    numbered = list(enumerate(entries, first))
    for begins in range(0, len(numbered), _IDS):
        _give_numbers(database, numbered[begins : begins + _IDS], stands)


def _places(entries: Sequence[Pending], first: int) -> dict[int, dict[bytes, list[int]]]:
    """Of each segment in which of its places each word stands, upwards."""
    places: dict[int, dict[bytes, list[int]]] = {}
    for number, entry in enumerate(entries, first):
        seg, place = divmod(number, postings.SEGMENT)
        words = places.setdefault(seg, defaultdict(list))
        for key in ranking.keys_in(entry.keys):
            words[key].append(place)
    return places


def _add(database: Database, seg: int, words: dict[bytes, list[int]]) -> None:
    """More places of a segment for these words."""
    ordered = sorted(words)
    for begins in range(0, len(ordered), _WORDS):
        some = {index.number_of(key): words[key] for key in ordered[begins : begins + _WORDS]}
        with database.write() as uow:
            known = kept.docs_of(uow, list(some), seg)
            new = [
                {"word": word, "seg": seg, "docs": postings.pack(places)}
                for word, places in some.items()
                if word not in known
            ]
            uow.insert_all(POSTING, new)
            for word, docs in known.items():
                set_docs(uow, word, seg, docs, added=some[word])


def _give_numbers(database: Database, numbered: Sequence[tuple[int, Pending]], stands: Stands) -> None:
    with database.write() as uow:
        kept_ = stands(uow, [entry for _, entry in numbered])
        each = list(zip(numbered, kept_, strict=True))
        rows = [
            {"num": number, "id": one.id, "words": one.words, "marks": one.marks}
            for (number, one), as_it_was in each
            if as_it_was
        ]
        uow.insert_all(INDEXED, rows)
        # It changed or went meanwhile: its words do not lead to this number any more.
        unset(
            uow,
            [
                (number, [key[:CODE_BYTES] for key in ranking.keys_in(one.keys)])
                for (number, one), as_it_was in each
                if not as_it_was
            ],
        )


def _was_pending(uow: Write, entries: Sequence[Pending]) -> list[bool]:
    return [
        bool(uow.run(_NOT_PENDING, post=one.id, was_words=one.words, was_keys=one.keys)) for one in entries
    ]


def _was_written(uow: Write, entries: Sequence[Pending]) -> list[bool]:
    """Of posts that had no row: they stand, and no fact came first. What comes later finds the row and puts it right."""
    ids = [one.id for one in entries]
    there = kept.unnumbered(uow, ids) - {one.id for one in kept.pending(uow, ids)}
    return [one.id in there for one in entries]


def sweep(database: Database) -> int:
    """Let rows go whose post is gone, should a fact have been lost; answers how many."""
    gone = 0
    while True:
        with database.read() as db:
            orphans, new = kept.orphans(db), kept.new_orphans(db)
        if not orphans and not new:
            return gone
        for at in range(0, max(len(orphans), len(new)), _TOGETHER):
            _let_go(database, orphans[at : at + _TOGETHER], new[at : at + _TOGETHER])
        gone += len(orphans) + len(new)


def _let_go(database: Database, orphans: Sequence[Entry], new: Sequence[bytes]) -> None:
    with database.write() as uow:
        purge(uow, orphans)
        for post in new:
            uow.run(_NO_LONGER, post=post)


def is_missing(database: Database) -> bool:
    """Whether posts stand and nothing of them is in the index: in a house from before there was one."""
    with database.read() as db:
        return kept.is_missing(db)


def rebuild(database: Database, *, tell: Callable[[int, int], None] = lambda _done, _of: None) -> int:
    """Make the index anew from what stands; answers of how many posts, and tells meanwhile how far it is.

    While it runs, what was not looked at yet is not found.
    """
    for some_rows in _AWAY:
        while _run(database, some_rows):
            pass
    with database.read() as db:
        posts = kept.every_post(db)
    now, done, ripe = clock.six_hours(), 0, posts
    new = [post for t, post in posts if t >= now]
    if len(new) <= CROWD:
        _put(database, new)
        ripe = [(t, post) for t, post in posts if t < now]
    for some, first in _in_turn(database, ripe):
        _number(database, _rows(database, some), first, _was_written)
        done += len(some)
        tell(done, len(ripe))
    return len(posts)


def _rows(database: Database, posts: Sequence[bytes]) -> list[Pending]:
    with database.read() as db:
        written = {one.id: one for one in kept.written_of(db, posts)}
    return [Pending(post, *row_of(written[post])) for post in posts if post in written]


def _put(database: Database, posts: Sequence[bytes]) -> None:
    """What is new comes without a number, as when it is written."""
    for begins in range(0, len(posts), _IDS):
        rows = _rows(database, posts[begins : begins + _IDS])
        with database.write() as uow:
            new = [one for one, stands in zip(rows, _was_written(uow, rows), strict=True) if stands]
            for one in new:
                uow.insert(PENDING, id=one.id, words=one.words, marks=one.marks, sought=one.keys)


def _run(database: Database, statement: Statement[None]) -> int:
    with database.write() as uow:
        return uow.run(statement)
