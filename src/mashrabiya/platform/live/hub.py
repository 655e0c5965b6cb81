"""The streams of one process: one task looks where their topics stand, whenever something was written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from anyio import to_thread

from mashrabiya.platform.db import Database, Read
from mashrabiya.platform.house import Held
from mashrabiya.platform.live.bells import Bell
from mashrabiya.platform.live.streams import Stream, Topic
from mashrabiya.platform.live.topics import Key, Kind, Known
from mashrabiya.platform.trouble import note

MOST, MOST_OF_ONE = 20_000, 4
"""Streams of one process, and of one session: each tab might hold one where a browser cannot share it."""
TICK, GAP, LOOKS_ANYWAY = 0.5, 0.2, 60.0
BEAT = 50.0
_SLOTS = int(BEAT / TICK)
_AT_ONCE = 200
"""So many are told before others have their turn."""
SESSIONS = 500
"""Sessions asked about in one statement."""

Open = Callable[[Read, Sequence[bytes]], set[bytes]]
Awake = Callable[[bytes], bool]


class Hub:
    """Who listens to what. Everything but a look at the database happens on the loop's thread."""

    def __init__(
        self, database: Database, kinds: dict[str, Kind], held: Held, *, still_open: Open, awake: Awake
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._held = held
        self._still_open = still_open
        self._awake = awake
        self._topics: dict[Key, Topic] = {}
        self._of: dict[bytes, list[Stream]] = {}
        self._wheel: list[set[Stream]] = [set() for _ in range(_SLOTS)]
        self._turn = 0
        self._task: asyncio.Task[None] | None = None
        self._guards: object = None
        self._bell = Bell(database)
        self.closed = False

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    @property
    def excluded(self) -> object:
        """Who is excluded, as it is known now: another object once anybody else is."""
        return self._held["guards"]

    @property
    def is_full(self) -> bool:
        """Whether no more may come."""
        return self.closed or sum(map(len, self._wheel)) >= MOST

    def add(self, stream: Stream, known: Known) -> None:
        """Let it listen; an earlier one of the same session gives way where there are many."""
        for key, n in known.items():
            topic = self._topics.get(key)
            if topic is None:
                topic = self._topics[key] = Topic(key)
            topic.streams.add(stream)
            stream.known[topic] = n
        others = self._of.setdefault(stream.sid, [])
        others.append(stream)
        if len(others) > MOST_OF_ONE:
            others[0].end()
        self._turn += 1
        stream.slot = self._turn % _SLOTS
        self._wheel[stream.slot].add(stream)
        if self._task is None or self._task.done():
            self._guards = self._held["guards"]
            self._task = asyncio.ensure_future(self._run())
        # What came between the page and this moment is told at once.
        self._bell.ring()

    def drop(self, stream: Stream) -> None:
        """It listens no more. Twice is once."""
        for topic in stream.known:
            topic.streams.discard(stream)
            if not topic.streams:
                self._topics.pop(topic.key, None)
        # Somebody else may begin to watch the same before its last words are said.
        stream.known.clear()
        self._wheel[stream.slot].discard(stream)
        others = self._of.get(stream.sid, [])
        with suppress(ValueError):
            others.remove(stream)
        if not others:
            self._of.pop(stream.sid, None)

    def close(self) -> None:
        """End all: the house stops."""
        self.closed = True
        self._end(self._everybody())

    def _everybody(self) -> list[Stream]:
        return [stream for slot in self._wheel for stream in slot]

    async def _run(self) -> None:
        """As long as anybody listens."""
        loop = asyncio.get_running_loop()
        self._bell.begin(loop)
        looked, slot = -LOOKS_ANYWAY, 0
        try:
            while self._of:
                rung = await self._hear()
                if rung or loop.time() - looked > LOOKS_ANYWAY:
                    looked = loop.time()
                    await self._look_safely()
                    await asyncio.sleep(GAP)
                slot = (slot + 1) % _SLOTS
                self._pass(slot, loop.time())
        finally:
            self._bell.end()

    async def _hear(self) -> bool:
        """Whether something was written. Where that cannot be asked now, it may have been."""
        try:
            return await self._bell.wait(TICK)
        except Exception as trouble:
            note(trouble, "the bell")
            await asyncio.sleep(TICK)
            return True

    def _pass(self, slot: int, now: float) -> None:
        """A sign of life for those whose turn it is; an end for those whose time is over."""
        for stream in list(self._wheel[slot]):
            if now > stream.until or (stream.idles and not self._awake(stream.sid)):
                stream.end()
            else:
                stream.beat()

    async def _look_safely(self) -> None:
        try:
            await self._look()
        except Exception as trouble:
            note(trouble, "the streams")

    async def _look(self) -> None:
        """Where everything stands now, and who may still listen."""
        topics, sids = list(self._topics), list(self._of)
        numbers, opened, guards = await to_thread.run_sync(self._read, topics, sids)
        if guards is not self._guards:
            # Who is meant is known to nobody here: each comes back by herself, and one is not let in.
            self._guards = guards
            self._end(self._everybody())
            return
        self._end(stream for sid in sids if sid not in opened for stream in self._of.get(sid, ()))
        behind: set[Stream] = set()
        for key, n in numbers.items():
            topic = self._topics.get(key)
            if topic is not None and n > topic.n:
                topic.n = n
            if topic is not None:
                behind.update(stream for stream in topic.streams if stream.known[topic] < topic.n)
        for count, stream in enumerate(behind):
            stream.tell()
            if count % _AT_ONCE == _AT_ONCE - 1:
                await asyncio.sleep(0)

    def _read(self, topics: list[Key], sids: list[bytes]) -> tuple[dict[Key, int], set[bytes], object]:
        self._held.refresh()
        numbers: dict[Key, int] = {}
        with self._database.read() as db:
            for name, kind in self._kinds.items():
                keys = [key for one, key in topics if one == name]
                numbers.update({(name, key): n for key, n in kind.numbers(db, keys).items()})
            opened: set[bytes] = set()
            for at in range(0, len(sids), SESSIONS):
                opened |= self._still_open(db, sids[at : at + SESSIONS])
        return numbers, opened, self._held["guards"]

    def _end(self, streams: Iterable[Stream]) -> None:
        for stream in list(streams):
            stream.end()
