"""A large sample, for measuring: as many members, threads and posts as asked, written in bulk.

Rows have the shape that the commands give them. They are written straight into
the tables, since a bench that waits for fifty thousand commands is not run.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.people import commands
from mashrabiya.people.commands import Draft
from mashrabiya.people.types import Band, Flags
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Database, Statement, Write, metadata
from mashrabiya.platform.web.site import Site
from mashrabiya.stewardship.sample.script import Place, read_places, read_pool

_DAYS = 90
_AT_ONCE = 500
_LONG_THREAD = 520
_PAGE = 20
_UNNAMED = 0.12
_LETTERS = {"ar": "ابتثجحدرزسشصطعفقكلمنهوي", "en": "abcdefghijklmnopqrstuvwxyz"}


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was made, by ids: the longest thread, and one of twenty posts that all may read."""

    members: int
    threads: int
    posts: int
    long: bytes
    fresh: bytes


def make_large(
    site: Site, *, members: int = 500, threads: int = 5000, posts: int = 50000, seed: int = 7
) -> Crowd:
    """Add a crowd to a sample house that ``inhabit`` has filled."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    crowd = [_member(site, number, chance) for number in range(members)]
    return _Bulk(site.database, crowd, chance).write(threads, posts)


def _member(site: Site, number: int, chance: random.Random) -> Viewer:
    language = "ar" if number % 2 else "en"
    work = Work.of_seed(new_id(32))
    viewer = Viewer(work=work, siblings=work.persona_ids(), tongue=Tongue.of(language))
    name = "".join(chance.choice(_LETTERS[language]) for _ in range(9))
    with site.database.write() as uow:
        commands.create_persona(uow, viewer, Draft(name), keys=site.keys, flags=Flags(Band.ADULT))
    return viewer


class _Bulk:
    """Writes threads with their posts, some hundreds in a transaction."""

    def __init__(self, database: Database, crowd: list[Viewer], chance: random.Random) -> None:
        self._database = database
        self._crowd = crowd
        self._chance = chance
        self._cids = self._communities()
        self._bodies = _bodies()
        self._community, self._membership = metadata.tables["community"], metadata.tables["membership"]
        self._thread, self._post = metadata.tables["thread"], metadata.tables["post"]

    def _communities(self) -> list[tuple[bytes, str, int]]:
        """Those of the texts that anybody with an account may read."""
        table = metadata.tables["community"]
        asked: Statement[Any] = Statement(
            select(table.c.id, table.c.language, table.c.audience)
            .where(table.c.audience < 2)
            .order_by(table.c.name)
        )
        with self._database.read() as db:
            return [(cid, language, audience) for cid, language, audience in db.tuples(asked)]

    def write(self, threads: int, posts: int) -> Crowd:
        lengths = self._lengths(threads, posts)
        with self._database.write() as uow:
            for number, viewer in enumerate(self._crowd):
                for cid, _, _ in self._cids[number % 2 :: 2]:
                    self._join(uow, cid, viewer)
        ids = [new_id() for _ in lengths]
        for begin in range(0, len(ids), _AT_ONCE):
            with self._database.write() as uow:
                for number in range(begin, min(begin + _AT_ONCE, len(ids))):
                    self._write_thread(uow, ids[number], lengths[number], number / len(ids))
        fresh = next(
            tid for tid, length in zip(reversed(ids), reversed(lengths), strict=True) if length >= 20
        )
        return Crowd(len(self._crowd), len(ids), sum(lengths), ids[0], fresh)

    def _lengths(self, threads: int, posts: int) -> list[int]:
        """One long thread first, most short, some of hundreds; all together as many as asked."""
        lengths = [1] * threads
        lengths[0] = min(_LONG_THREAD, max(posts - threads, 1))
        left = posts - sum(lengths)
        while left > 0:
            place = self._chance.randrange(threads)
            more = min(left, int(self._chance.paretovariate(1.1)), _LONG_THREAD // 2)
            lengths[place] += more
            left -= more
        return lengths

    def _join(self, uow: Write, cid: bytes, viewer: Viewer) -> None:
        uow.insert_once(self._membership, cid=cid, pid=viewer.pid, role=0, month=clock.month())

    def _write_thread(self, uow: Write, tid: bytes, length: int, age: float) -> None:
        cid, language, audience = self._chance.choice(self._cids)
        begun = int(clock.now() - _DAYS * clock.DAY * (1 - age))
        title, _ = self._chance.choice(self._bodies[language])
        body, html = self._chance.choice(self._bodies[language])
        ended = min(int(clock.now()), begun + length * 7 * clock.HOUR)
        rows, labels = self._posts(tid, cid, language, length=length, begun=begun, ended=ended)
        uow.insert(
            self._thread,
            id=tid,
            cid=cid,
            title=title[:60],
            excerpt=markdown.excerpt(body, 180),
            lang=language,
            audience=audience,
            retention_days=365,
            pos=begun - begun % clock.TEN_MINUTES,
            n=length,
            labels=labels,
            last_day=ended // clock.DAY,
            wants=0,
            spare=0,
            notes=0,
            helped=0,
        )
        rows[0] |= {"body": body, "html": html}  # what the list shows is what opens the thread
        for row in rows:
            uow.insert(self._post, **row)

    def _posts(
        self, tid: bytes, cid: bytes, language: str, *, length: int, begun: int, ended: int
    ) -> tuple[list[dict[str, Any]], int]:
        """The rows of a thread's posts, and how many labels it gave out."""
        rows: list[dict[str, Any]] = []
        labels: dict[bytes, int] = {}
        few = self._chance.sample(self._crowd, min(len(self._crowd), 2 + length // 2))
        for n in range(1, length + 1):
            viewer = self._chance.choice(few)
            unnamed = self._chance.random() < _UNNAMED
            at = begun + (ended - begun) * (n - 1) // length
            rows.append(
                self._row(tid, n, cid, viewer, unnamed=unnamed, at=at, language=language, labels=labels)
            )
        return rows, max(labels.values(), default=0)

    def _row(
        self,
        tid: bytes,
        n: int,
        cid: bytes,
        viewer: Viewer,
        *,
        unnamed: bool,
        at: int,
        language: str,
        labels: dict[bytes, int],
    ) -> dict[str, Any]:
        body, html = self._chance.choice(self._bodies[language])
        token = viewer.token(tid) if unnamed else None
        if token is not None and token not in labels:
            labels[token] = 0 if n == 1 else max(labels.values(), default=0) + 1
        step = clock.SIX_HOURS if unnamed else clock.TEN_MINUTES
        return {
            "tid": tid,
            "n": n,
            "id": new_id(10),
            "home_tid": tid,
            "cid": cid,
            "pid": None if unnamed else viewer.pid,
            "tok": token,
            "label": None if token is None else labels[token],
            "state": 0,
            "kind": 0,
            "lang": language,
            "t": at - at % step,
            "edited": 0,
            "to_n": None,
            "notes": 0,
            "helped": 0,
            "newcomer": 0,
            "welcomed": 0,
            "html": html,
            "body": body,
        }


def _bodies() -> dict[str, list[tuple[str, str]]]:
    """Every text of the sample, rendered once."""
    found = {language: list(words) for language, words in read_pool().items()}
    for place in read_places():
        found[place.language] += _texts(place)
    return {language: [(text, markdown.render(text)) for text in texts] for language, texts in found.items()}


def _texts(place: Place) -> list[str]:
    return [line.body for story in place.stories for line in (story.opening, *story.replies)]
