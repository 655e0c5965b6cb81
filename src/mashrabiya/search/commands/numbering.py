"""Beside the requests: new rows are numbered once their six hours are over, and the index is made anew.

Each write takes some milliseconds. What is done halfway is found all the same, and done again without harm: a row counts
as numbered from the moment that it has its number, which comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    LargeBinary,
    bindparam,
    delete,
    literal_column,
    select,
    update,
)

from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.search import postings, ranking
from mashrabiya.platform.search.words import CODE_BYTES, keys_of
from mashrabiya.search.commands.keeping import mark_of, purge, put_words, set_docs, unset
from mashrabiya.search.queries import index, kept
from mashrabiya.search.queries.kept import Entry, Pending
from mashrabiya.search.tables import INDEXED, PENDING, POSTING

_ROWS, _WORDS = 4_096, 250
"""So many rows are numbered together; so many words are written in one transaction."""
_IDS, _TOGETHER = 500, 20

_NUMBER: Statement[None] = Statement(
    update(INDEXED)
    .where(INDEXED.c.id == bindparam("post", type_=LargeBinary))
    .values(num=bindparam("new_num", type_=BigInteger))
)
_NOT_PENDING: Statement[None] = Statement(
    delete(PENDING).where(
        PENDING.c.id == bindparam("post", type_=LargeBinary),
        PENDING.c.words == bindparam("was", type_=LargeBinary),
    )
)
_STEP: ColumnElement[int] = literal_column("2000")
_AWAY: tuple[Statement[None], ...] = (
    Statement(delete(POSTING).where(POSTING.c.word.in_(select(POSTING.c.word).limit(_STEP)))),
    Statement(delete(PENDING).where(PENDING.c.id.in_(select(PENDING.c.id).limit(_STEP)))),
    Statement(delete(INDEXED).where(INDEXED.c.id.in_(select(INDEXED.c.id).limit(_STEP)))),
)
"""Some rows at a time, until none is left."""


def number_ripe(database: Database, *, all_of_them: bool = False) -> int:
    """Number what was written before these six hours; answers how many."""
    now = clock.six_hours()
    with database.read() as db:
        waiting = [entry for entry in kept.pending(db) if all_of_them or entry.t < now]
        last = kept.last_number(db)
    waiting.sort(key=lambda entry: (entry.t // clock.SIX_HOURS, entry.id))
    for begins in range(0, len(waiting), _ROWS):
        _number(database, waiting[begins : begins + _ROWS], last + 1 + begins)
    return len(waiting)


def _number(database: Database, entries: Sequence[Pending], first: int) -> None:
    places: dict[tuple[int, int], list[int]] = {}
    for number, entry in enumerate(entries, first):
        seg, place = divmod(number, postings.SEGMENT)
        for key in ranking.keys_in(entry.keys):
            places.setdefault((index.number_of(key), seg), []).append(place)
    ordered = iter(sorted(places))
    while some := list(islice(ordered, _WORDS)):
        with database.write() as uow:
            for word, seg in some:
                set_docs(uow, word, seg, kept.docs_of(uow, word, seg), added=places[word, seg])
    numbered = list(enumerate(entries, first))
    for begins in range(0, len(numbered), _IDS):
        _give_numbers(database, numbered[begins : begins + _IDS])


def _give_numbers(database: Database, numbered: Sequence[tuple[int, Pending]]) -> None:
    with database.write() as uow:
        for number, entry in numbered:
            if uow.run(_NOT_PENDING, post=entry.id, was=entry.keys):
                uow.run(_NUMBER, post=entry.id, new_num=number)
            else:
                # It changed or went meanwhile: its words do not lead to this number any more.
                unset(uow, number, (key[:CODE_BYTES] for key in ranking.keys_in(entry.keys)))


def sweep(database: Database) -> int:
    """Let rows go whose post is gone, should a fact have been lost; answers how many."""
    gone = 0
    while orphans := _orphans(database):
        for begins in range(0, len(orphans), _TOGETHER):
            _purge(database, orphans[begins : begins + _TOGETHER])
        gone += len(orphans)
    return gone


def _orphans(database: Database) -> list[Entry]:
    with database.read() as db:
        return kept.orphans(db)


def _purge(database: Database, entries: Sequence[Entry]) -> None:
    with database.write() as uow:
        for entry in entries:
            purge(uow, entry)


def is_missing(database: Database) -> bool:
    """Whether posts stand and nothing of them is in the index: in a house from before there was one."""
    with database.read() as db:
        return not kept.any_entry(db) and bool(kept.written_after(db, b""))


def rebuild(database: Database) -> int:
    """Make the index anew from what stands; answers of how many posts.

    While it runs, what was not looked at yet is not found.
    """
    for some in _AWAY:
        while _run(database, some):
            pass
    done, after = 0, b""
    while True:
        with database.read() as db:
            written = kept.written_after(db, after)
        if not written:
            break
        rows = [
            (one.id, *ranking.write(keys_of(one.title), keys_of(one.body), mark_of(one.tid)))
            for one in written
        ]
        with database.write() as uow:
            for post, words, keys in rows:
                # Written meanwhile, it is there already, or was changed: then the fact of that puts it right.
                put_words(uow, post, words, keys)
        done, after = done + len(written), written[-1].id
    number_ripe(database)
    return done


def _run(database: Database, statement: Statement[None]) -> int:
    with database.write() as uow:
        return uow.run(statement)
