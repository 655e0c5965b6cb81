"""Writing what a persona keeps. Nothing here reads or writes the account, or names the persona."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress

from sqlalchemy import LargeBinary, bindparam, delete, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.rules.notes import check_note
from mashrabiya.people.sealed.saved import MOST, Kind, Saved, SaveKeys
from mashrabiya.people.tables import SAVE
from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.markdown.text import harmless

_TAG = SAVE.c.tag == bindparam("which", type_=LargeBinary)
_REWRITE: Statement[None] = Statement(
    update(SAVE).where(_TAG).values(blob=bindparam("new_blob"), until_q=bindparam("new_until_q"))
)
_PUT_OFF: Statement[None] = Statement(
    update(SAVE)
    .where(_TAG, SAVE.c.until_q < bindparam("new_until_q"))
    .values(until_q=bindparam("new_until_q"))
)
_DROP: Statement[None] = Statement(delete(SAVE).where(_TAG))
_DROP_AS_IT_LAY: Statement[None] = Statement(
    delete(SAVE).where(_TAG, SAVE.c.blob == bindparam("lay", type_=LargeBinary))
)
_DROP_ALL: Statement[None] = Statement(
    delete(SAVE).where(SAVE.c.tag.in_([bindparam(f"tag{n}", type_=LargeBinary) for n in range(MOST)]))
)


def write_note(uow: Write, viewer: Viewer, text: str) -> int:
    """A new private note in the first place that is free; answers its number.

    The same words twice on one day are one note: a form sent twice makes no second
    one, and no row has to remember that it was sent.
    """
    keys, tidied = queries.save_keys(viewer), _checked(text)
    rows = queries.saved_rows(uow, keys)
    for note in queries.private_notes(keys, rows):
        if note.text == tidied and note.day == clock.day():
            return note.number
    number = next((free for free in range(MOST) if free not in rows), None)
    if number is None:
        raise Refused("private.full")
    tag = keys.tag(number)
    blob = keys.seal(Saved(Kind.NOTE, clock.day(), tidied.encode()), tag)
    uow.insert(SAVE, tag=tag, blob=blob, until_q=queries.kept_until(keys, number))
    return number


def rewrite_note(uow: Write, viewer: Viewer, number: int, text: str, *, version: str) -> None:
    """Other words in place of a note's; its day stays.

    ``version`` is what the form was made from: a row that was written meanwhile, or
    was deleted and used again, is not written over.
    """
    keys, tidied = queries.save_keys(viewer), _checked(text)
    current = queries.get_private_note(uow, viewer, number)
    if current.text == tidied:
        return
    if current.version != version:
        raise Conflict("private.changed")
    tag = keys.tag(number)
    blob = keys.seal(Saved(Kind.NOTE, current.day, tidied.encode()), tag)
    rewrite_saved(uow, tag, blob, queries.kept_until(keys, number))


def rewrite_saved(uow: Write, tag: bytes, blob: bytes, until_q: int) -> None:
    """What lies in this row from now on."""
    uow.run(_REWRITE, which=tag, new_blob=blob, new_until_q=until_q)


def delete_note(uow: Write, viewer: Viewer, number: int, *, version: str) -> None:
    """The row is gone now; asked twice, it stays so. What the page did not show is not deleted."""
    current = queries.find_private_note(uow, viewer, number)
    if current is None:
        return
    if current.version != version:
        raise Conflict("private.changed")
    uow.run(_DROP, which=queries.save_keys(viewer).tag(number))


def drop_all_saved(uow: Write, keys: SaveKeys) -> None:
    """Everything one persona keeps, now."""
    uow.run(_DROP_ALL, **{f"tag{number}": tag for number, tag in enumerate(keys.tags())})


def drop_saved(uow: Write, tags: Iterable[bytes]) -> None:
    """These rows, whosever they are. Safe to run twice."""
    for tag in tags:
        uow.run(_DROP, which=tag)


def _checked(text: str) -> str:
    tidied = harmless(text).strip()
    why = check_note(tidied)
    if why:
        raise Invalid({"text": why})
    return tidied


class Keeping:
    """Rows whose person looked at them, to be kept longer: gathered, and written shuffled a little later.

    The page that shows them waits for no write. Memory holds tags and quarters, no key. What is over goes the same way.

    What two snapshots of the disk show: the rows whose quarter moved in between were
    looked at in between, and probably by few people. So each row moves at a moment of
    its own in the quarter (a share that only its key gives), only about half of those
    that could move do so at one visit, each in a transaction of its own, and what is
    two quarters behind moves at once, since it must not be lost. A snapshot does not
    show whose the rows are: no tag is joined to a persona, and two personas of one
    person move apart like those of two.
    """

    _SURE = 2

    def __init__(self, database: Database, every: float = 60.0) -> None:
        self._database = database
        self._every = every
        self._waiting: dict[bytes, int] = {}
        self._over: dict[bytes, bytes] = {}
        self._lock = threading.Lock()

    def put_off(self, rows: Mapping[bytes, tuple[int, int]]) -> None:
        """Tags, each with the quarter its row has and the one it should have."""
        chosen = {
            tag: wanted
            for tag, (has, wanted) in rows.items()
            if wanted - has >= self._SURE or secrets.randbelow(2)
        }
        self._gather(chosen, {})

    def let_go(self, over: Mapping[bytes, bytes]) -> None:
        """Rows whose time is over, as they lay there when she looked: what was written since stays."""
        self._gather({}, over)

    def _gather(self, chosen: Mapping[bytes, int], over: Mapping[bytes, bytes]) -> None:
        if not chosen and not over:
            return
        with self._lock:
            first = not (self._waiting or self._over)
            self._waiting |= chosen
            self._over |= over
        if first:
            timer = threading.Timer(self._every, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write what has gathered."""
        with self._lock:
            waiting, self._waiting = list(self._waiting.items()), {}
            over, self._over = list(self._over.items()), {}
        random.shuffle(waiting)
        random.shuffle(over)
        for tag, quarter in waiting:
            # What cannot be written now is put off at her next visit.
            with suppress(Exception), self._database.write() as uow:
                uow.run(_PUT_OFF, which=tag, new_until_q=quarter)
        for tag, blob in over:
            with suppress(Exception), self._database.write() as uow:
                uow.run(_DROP_AS_IT_LAY, which=tag, lay=blob)
