"""A house of many posts with words as often as languages have them, for measuring search. Put in at once, indexed by the product."""

from __future__ import annotations

import random
import secrets
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

from sqlalchemy import LargeBinary, Table, bindparam, select
from sqlalchemy.schema import CreateIndex, DropIndex

from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.tests.talk import Talk
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.db.statements import dialect_of
from mashrabiya.testing.house import TestHouse

WORDS = 40
"""So many words a post has."""
_VOCABULARY, _SLOPE, _BEGIN = 200_000, 1.1, 2.7
"""So many words of each language, as often as Zipf and Mandelbrot say: the commonest is one of twenty-five."""
_THREAD, _STEP, _PLACES, _PEOPLE, _DAYS = 10, 500, 200, 5_000, 330
_AUDIENCES = (Audience.PUBLIC, Audience.SIGNED_IN, Audience.SIGNED_IN, Audience.MEMBERS)
_LETTERS = {"en": ("btrdlsmnkpfgvw", "aeiou"), "ar": ("بترسلمنكدفقعجحش", "ايو")}
_COMMONEST = 200

_ROWS = {
    table.name: Statement[None](select(*table.c).where(table.c.id == bindparam("id", type_=LargeBinary)))
    for table in (THREAD, PERSONA, COMMUNITY)
}
_OPENING: Statement[None] = Statement(
    select(*POST.c).where(POST.c.tid == bindparam("tid", type_=LargeBinary))
)
_SOMEBODY: Statement[None] = Statement(
    select(*PERSONA.c).where(PERSONA.c.id == bindparam("id", type_=LargeBinary))
)
_MEMBERSHIPS: Statement[None] = Statement(
    select(*MEMBERSHIP.c).where(MEMBERSHIP.c.cid == bindparam("cid", type_=LargeBinary))
)


class Language:
    """The made-up words of a language, and texts of them."""

    def __init__(self, name: str) -> None:
        self._consonants, self._vowels = _LETTERS[name]
        self.words = [self._word(rank) for rank in range(_VOCABULARY)]
        self.weights = list(accumulate((rank + _BEGIN) ** -_SLOPE for rank in range(1, _VOCABULARY + 1)))

    def _word(self, rank: int) -> str:
        """Common words are short; no two are alike."""
        said, left = "", rank + (0 if rank < _COMMONEST else 3 * _COMMONEST)
        while True:
            left, at = divmod(left, len(self._consonants) * len(self._vowels))
            said += self._consonants[at // len(self._vowels)] + self._vowels[at % len(self._vowels)]
            if not left:
                return said + self._consonants[rank % len(self._consonants)]

    def some(self, chance: random.Random, count: int) -> list[str]:
        """Words as they come, each as often as it is said."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def bar(done: int, whole: int, what: str) -> None:
    """How far it is, where somebody looks."""
    share = done * 40 // max(1, whole)
    if sys.stdout.isatty() or done >= whole:
        print(f"\r{what} [{'#' * share}{'.' * (40 - share)}] {done:,} of {whole:,}", end="", flush=True)
    if done >= whole:
        print(flush=True)


def fill(house: TestHouse, posts: int, languages: Sequence[str] = ("en", "ar")) -> None:
    """Threads of ten posts of forty words over eleven months, in places of every audience, half of them by name."""
    chance = random.Random(7)
    talk = Talk(house, Audience.SIGNED_IN)
    model = _models(house.database, talk)
    spoken = {name: Language(name) for name in languages}
    with house.database.write() as uow:
        places = [secrets.token_bytes(len(talk.cid)) for _ in range(_PLACES)]
        for number, cid in enumerate(places):
            audience = int(_AUDIENCES[number % len(_AUDIENCES)])
            uow.insert(COMMUNITY, **{**model["community"], "id": cid, "audience": audience})
        people = [_person(uow, model["persona"]) for _ in range(_PEOPLE)]
    threads = sorted(secrets.token_bytes(16) for _ in range(max(1, posts // _THREAD)))

    def begin(uow: Any, tid: bytes) -> None:
        where, lang = chance.randrange(_PLACES), chance.choice(languages)
        about = (places[where], int(_AUDIENCES[where % len(_AUDIENCES)]), lang)
        _thread(uow, model, (tid, *about), _texts(chance, spoken[lang], people))

    with at_once(house.database, THREAD, POST):
        for begins in range(0, len(threads), _STEP):
            some = threads[begins : begins + _STEP]
            with house.database.write() as uow:
                deque((begin(uow, tid) for tid in some), maxlen=0)
            bar(min(posts, (begins + _STEP) * _THREAD), posts, "posts")


@contextmanager
def at_once(database: Database, *tables: Table) -> Iterator[None]:
    """Their indexes are made when all rows are there; the file is not waited for."""
    dialect: Any = dialect_of(database.dialect)
    each = [index for table in tables for index in table.indexes]
    run = database.connection().execute
    if database.dialect == "sqlite":
        for pragma in ("synchronous=OFF", "cache_size=-300000", "foreign_keys=OFF", "secure_delete=OFF"):
            run(f"PRAGMA {pragma}").close()
    for index in each:
        run(str(DropIndex(index).compile(dialect=dialect)))
    yield
    for index in each:
        run(str(CreateIndex(index).compile(dialect=dialect)))
    if database.dialect == "sqlite":
        for pragma in ("synchronous=NORMAL", "cache_size=-2048", "foreign_keys=ON", "secure_delete=ON"):
            run(f"PRAGMA {pragma}").close()


def _models(database: Database, talk: Talk) -> dict[str, dict[str, Any]]:
    """A row of each kind as the house itself writes it."""
    tid = read_id(talk.thread.removeprefix("/t/"), 16)
    with database.read() as db:
        opening = dict(zip(POST.c.keys(), db.tuples(_OPENING, tid=tid)[0], strict=True))
        found = {"post": opening}
        for table, at in ((THREAD, tid), (COMMUNITY, talk.cid), (PERSONA, talk.bob.viewer.pid)):
            found[table.name] = _row(table, db.tuples(_ROWS[table.name], id=at))
        found["membership"] = _row(MEMBERSHIP, db.tuples(_MEMBERSHIPS, cid=talk.cid))
    return found


def _row(table: Table, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    return dict(zip(table.c.keys(), rows[0], strict=True))


def _person(uow: Any, model: dict[str, Any]) -> bytes:
    pid, name = secrets.token_bytes(len(model["id"])), secrets.token_hex(6)
    uow.insert(PERSONA, **{**model, "id": pid, "name": name, "name_key": name, "pub": name})
    return pid


def _texts(chance: random.Random, spoken: Language, people: list[bytes]) -> Iterator[dict[str, Any]]:
    """The posts of a thread: what each says, by whom, when."""
    t = (clock.day() - chance.randrange(2, _DAYS)) * clock.DAY
    words = spoken.some(chance, WORDS * _THREAD)
    for n in range(1, _THREAD + 1):
        body = " ".join(words[(n - 1) * WORDS : n * WORDS])
        t += chance.randrange(clock.DAY // _THREAD)
        named = chance.random() < 0.5
        who = {"pid": chance.choice(people), "tok": None, "label": None}
        if not named:
            who = {"pid": None, "tok": secrets.token_bytes(16), "label": n - 1}
        at = t if named else t - t % clock.SIX_HOURS
        yield {**who, "n": n, "t": at, "kind": chance.randrange(6), "body": body, "html": f"<p>{body}</p>"}


def _thread(uow: Any, model: dict[str, Any], about: tuple[Any, ...], texts: Iterator[dict[str, Any]]) -> None:
    tid, cid, audience, lang = about
    thread = {"id": tid, "cid": cid, "audience": audience, "lang": lang, "n": _THREAD, "labels": _THREAD}
    uow.insert(THREAD, **{**model["thread"], **thread, "title": "", "excerpt": ""})
    for text in texts:
        ids = {"tid": tid, "home_tid": tid, "id": secrets.token_bytes(len(model["post"]["id"])), "cid": cid}
        uow.insert(POST, **{**model["post"], **ids, "lang": lang, **text})


def belong(house: TestHouse, pid: bytes, most: int) -> None:
    """Let somebody be a member of so many places."""
    statement: Statement[None] = Statement(select(COMMUNITY.c.id).order_by(COMMUNITY.c.id))
    with house.database.write() as uow:
        found = [bytes(cid) for (cid,) in uow.tuples(statement)]
        for cid in found[:most]:
            some = uow.tuples(_MEMBERSHIPS_ANY)
            row = dict(zip(MEMBERSHIP.c.keys(), some[0], strict=True))
            uow.insert_once(MEMBERSHIP, **{**row, "cid": cid, "pid": pid, "role": 0})


_MEMBERSHIPS_ANY: Statement[None] = Statement(select(*MEMBERSHIP.c).limit(1))
