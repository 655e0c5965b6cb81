"""A thread in Arabic, and people who translate in it."""

from __future__ import annotations

from dataclasses import replace

from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.types import NewTranslation, Placed, ThreadPage, Translated, Translations
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform.db import Database

TITLE, BODY = "أي نعناع ينمو في الظل؟", "نعناعي يصفرّ. هل السبب كثرة الماء؟"
REPLY = "شمس الصباح تكفيه، ثم الظل."
IN_ENGLISH = "The morning sun is enough, then shade."


def reading(viewer: Viewer, language: str) -> Viewer:
    """The same person, whose pages speak that language."""
    return replace(viewer, tongue=Tongue.of(language))


def arabic(database: Database, cid: bytes, opener: Viewer, other: Viewer, *, unnamed: bool = False) -> bytes:
    """A thread in Arabic with a reply in Arabic, of another person."""
    tid = begin(database, opener, cid, title=TITLE, body=BODY, unnamed=unnamed).tid
    answer(database, other, tid, REPLY)
    return tid


def translate(
    database: Database, viewer: Viewer, tid: bytes, number: int = 2, body: str = IN_ENGLISH, **more: str
) -> Placed:
    asked = {"body": body, "lang": "en", "submission": new_id().hex(), **more}
    new = NewTranslation(**asked)
    with database.write() as uow:
        return commands.translate(uow, viewer, tid, number, new=new)


def page(database: Database, viewer: Viewer, tid: bytes) -> ThreadPage:
    with database.read() as db:
        return queries.thread_page(db, viewer, tid)


def beside(database: Database, viewer: Viewer, tid: bytes, number: int = 2) -> Translated:
    return page(database, viewer, tid).translated.get(number, Translated())


def everything(database: Database, viewer: Viewer, tid: bytes, number: int = 2) -> Translations:
    with database.read() as db:
        return queries.translations(db, viewer, tid, number)


def wish(
    database: Database, viewer: Viewer, tid: bytes, number: int = 2, *, into: str = "en", on: bool = True
) -> None:
    with database.write() as uow:
        commands.wish_translated(uow, viewer, tid, number, lang=into, wish=on)


def post_id(database: Database, tid: bytes, number: int) -> bytes:
    with database.read() as db:
        found = queries.find_as_read(db, tid, number)
    assert found is not None
    return found.id
