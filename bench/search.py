"""How well search ranks, on questions of which each has one paragraph that answers it; on both databases.

The questions are read from files in SQuAD's form, named ``xquad.ar.json`` and ``xquad.en.json``, which are not part of
this repository: the folder is given by ``--data`` or MASHRABIYA_XQUAD; else it is ``shared/data/xquad`` beside the
checkout, where that is. Nothing here looks at single answers.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import log2
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.tests.talk import Talk
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.db.schema import create_all
from mashrabiya.platform.search.asking import read_question
from mashrabiya.search import commands, queries
from mashrabiya.search.wish import Wish
from mashrabiya.testing.house import TestHouse

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "xquad"
MUST = {"ar": 0.93, "en": 0.955}
APART = 0.02
_BEST = 10
_TID = bindparam("tid", type_=LargeBinary)
_THREAD: Statement[None] = Statement(select(*THREAD.c).where(THREAD.c.id == _TID))
_OPENING: Statement[None] = Statement(select(*POST.c).where(POST.c.tid == _TID))


def search(folder: str) -> dict[str, Any]:
    """The figures, and which of them are short."""
    data = Path(folder or os.environ.get("MASHRABIYA_XQUAD") or _BESIDE)
    found: dict[str, Any] = {"ndcg10": {}, "postgresql": {"ndcg10": {}}}
    for language in MUST:
        texts, asked = _read(data / f"xquad.{language}.json")
        for name, kept in (("sqlite", found), ("postgresql", found["postgresql"])):
            with _house(name) as house:
                kept["ndcg10"][language] = _judged(house, texts, asked, language)
            print(language, name, kept["ndcg10"][language], flush=True)
    return {**found, "short": _short(found)}


def _short(found: dict[str, Any]) -> list[str]:
    short = []
    for language, least in MUST.items():
        here, there = found["ndcg10"][language], found["postgresql"]["ndcg10"][language]
        for what, holds in (
            (f"nDCG@10 {language}: {here} (at least {least})", here >= least),
            (
                f"nDCG@10 {language}, PostgreSQL: {there} (within {APART} of SQLite)",
                abs(here - there) <= APART,
            ),
        ):
            print(f"{'holds' if holds else 'SHORT'}  {what}")
            if not holds:
                short.append(what)
    return short


def _read(file: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """The paragraphs, and each question with the place of its own."""
    if not file.is_file():
        raise SystemExit(f"bench: no {file.name} there; say where with --data or MASHRABIYA_XQUAD")
    texts: list[str] = []
    asked: list[tuple[str, int]] = []
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            asked += [(one["question"], len(texts)) for one in paragraph["qas"]]
            texts.append(paragraph["context"])
    return texts, asked


@contextmanager
def _house(kind: str) -> Iterator[TestHouse]:
    """An empty house on either database."""
    with tempfile.TemporaryDirectory() as folder:
        cluster = None
        if kind == "postgresql":
            from mashrabiya.testing.postgres import Postgres

            (Path(folder) / "cluster").mkdir()
            cluster = Postgres(Path(folder) / "cluster")
        url = cluster.create() if cluster else str(Path(folder) / "house.db")
        database = Database(url)
        try:
            create_all(database)
            yield TestHouse(Path(folder), database)
        finally:
            database.close()
            if cluster:
                cluster.stop()


def _judged(house: TestHouse, texts: list[str], asked: list[tuple[str, int]], language: str) -> float:
    """How high the right paragraph stands among the first ten: 1 where it is always first."""
    posts = _fill(house, texts, language)
    commands.rebuild(house.database)
    commands.number_ripe(house.database, all_of_them=True)
    viewer, gained, begins = Viewer.visitor(Tongue.of(language)), 0.0, time.process_time()
    with house.database.read() as db:
        for question, right in asked:
            best = queries.ranked(db, viewer, Wish(text=question, question=read_question(question))).ids
            place = best[:_BEST].index(posts[right]) if posts[right] in best[:_BEST] else None
            gained += 0.0 if place is None else 1 / log2(place + 2)
    spent = (time.process_time() - begins) * 1000 / len(asked)
    print(f"{language}: {spent:.1f} ms of this process a question", flush=True)
    return round(gained / len(asked), 4)


def _fill(house: TestHouse, texts: list[str], language: str) -> list[bytes]:
    """A thread of one post for each paragraph, in a public place; answers their ids."""
    talk = Talk(house, Audience.PUBLIC)
    tid = read_id(talk.thread.removeprefix("/t/"), 16)
    with house.database.read() as db:
        thread = dict(zip(THREAD.c.keys(), db.tuples(_THREAD, tid=tid)[0], strict=True))
        opening = dict(zip(POST.c.keys(), db.tuples(_OPENING, tid=tid)[0], strict=True))
    ids = []
    with house.database.write() as uow:
        for number, text in enumerate(texts):
            new = number.to_bytes(16, "big")
            post = number.to_bytes(len(bytes(opening["id"])), "big")
            uow.insert(THREAD, **{**thread, "id": new, "title": "", "excerpt": "", "lang": language})
            uow.insert(
                POST,
                **{
                    **opening,
                    "tid": new,
                    "home_tid": new,
                    "id": post,
                    "body": text,
                    "html": "",
                    "lang": language,
                },
            )
            ids.append(post)
    return ids
