"""Marks of what was read: gathered in memory, and written together a little later."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import bindparam
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.kernel.keys import SLOTS, Work, mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.marks import Marked, read_keys
from mashrabiya.people.tables import MARK
from mashrabiya.platform.db import Adding, Database, Statement, upserting

_ROOM = 20_000
"""So many marks wait at most; what moves beyond that is not remembered."""


def _setting(adding: Adding) -> ClauseElement:
    columns = ("tag", "blob", "until_q")
    adding = adding.values({name: bindparam(name, type_=MARK.c[name].type) for name in columns})
    again = {name: adding.excluded[name] for name in columns[1:]}
    return adding.on_conflict_do_update(index_elements=[MARK.c.tag], set_=again)


_SET: Statement[None] = upserting(MARK, _setting)


class Marks:
    """What was read since the last writing: tags, sealed places and quarters, and no key.

    Nothing is written while a page is read. All that moved within a minute, whosever it is, is
    written shuffled in one transaction. Whoever leaves takes along what is not written yet: so that it
    can be found, it lies under a name that the key to her sessions and a secret of this process give. Two
    personas of one person lie apart.
    """

    def __init__(self, database: Database, every: float = 60.0) -> None:
        self._database = database
        self._every = every
        self._secret = secrets.token_bytes(32)
        self._waiting: dict[bytes, dict[bytes, tuple[bytes, int]]] = {}
        self._count = 0
        self._lock = threading.Lock()

    def move(self, viewer: Viewer, tid: bytes, n: int) -> None:
        """She has read that thread up to this post; whether that is further than before, the caller knows."""
        keys, whose = read_keys(viewer), self._whose(viewer)
        tag, kept = keys.tag(tid), (keys.seal(tid, n), keys.until(tid))
        with self._lock:
            first = not self._waiting
            is_new = tag not in self._waiting.get(whose, {})
            if is_new and self._count >= _ROOM:
                return
            self._count += is_new
            self._waiting.setdefault(whose, {})[tag] = kept
        if first:
            timer = threading.Timer(self._every, self.write)
            timer.daemon = True
            timer.start()

    def known(self, viewer: Viewer, tids: Iterable[bytes]) -> Marked:
        """What of these threads is not written yet, by thread."""
        if not self._waiting:
            return {}
        keys = read_keys(viewer)
        with self._lock:
            hers = dict(self._waiting.get(self._whose(viewer), {}))
        if not hers:
            return {}
        found = ((tid, hers.get(keys.tag(tid))) for tid in tids)
        return {tid: keys.open(tid, kept[0]) for tid, kept in found if kept}

    def drop(self, work: Work) -> None:
        """Whoever leaves leaves nothing of this behind, under any of her names."""
        self.drop_of(work.group_key())

    def drop_of(self, group_key: bytes) -> None:
        """The same, for somebody who holds the key to her sessions and nothing else."""
        with self._lock:
            for slot in range(SLOTS):
                self._count -= len(self._waiting.pop(self._name(group_key, slot), {}))

    def write(self) -> None:
        """Write what has gathered."""
        with self._lock:
            gathered, self._waiting, self._count = self._waiting, {}, 0
        moved = [(tag, *kept) for hers in gathered.values() for tag, kept in hers.items()]
        random.shuffle(moved)
        # What cannot be written is a place that she finds again by herself.
        with suppress(Exception), self._database.write() as uow:
            for tag, blob, until_q in moved:
                uow.run(_SET, tag=tag, blob=blob, until_q=until_q)

    def _whose(self, viewer: Viewer) -> bytes:
        assert viewer.work is not None
        return self._name(viewer.work.group_key(), viewer.slot)

    def _name(self, group_key: bytes, slot: int) -> bytes:
        return mac(self._secret, group_key, bytes([slot]))[:16]
