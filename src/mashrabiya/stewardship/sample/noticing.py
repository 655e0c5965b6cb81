"""What the fixed people are told of: the newest that was written where they are, as if it had just been recorded."""

from __future__ import annotations

from collections import Counter

from mashrabiya.discussions.events import PostWritten
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.people import fixed_people
from mashrabiya.stewardship.sample.writing import Written

_RECENT, _THREADS, _NEWEST = 25, 4, 3


class Noticing:
    """Keeps for each of the fixed people some threads in which they spoke, and in the end records their newest posts."""

    def __init__(self) -> None:
        self._left = Counter(
            {name.key: _THREADS for somebody in fixed_people() for name in somebody.personas}
        )
        self._facts: list[PostWritten] = []

    def see(self, written: Written) -> None:
        """Look at a thread that was written: its last words come from somebody else, and lately."""
        posts = written.thread.posts
        last = posts[-1]
        there = {post.persona for post in posts[:-1]} - {last.persona}
        if last.at > _RECENT or not any(self._left[key] > 0 for key in there):
            return
        self._left.subtract(there & self._left.keys())
        self._facts += [PostWritten(written.tid, post) for post in written.posts[1:][-_NEWEST:]]

    def record(self, database: Database) -> None:
        """They are told once the house runs."""
        with database.write() as uow:
            for fact in self._facts:
                uow.record(fact)
