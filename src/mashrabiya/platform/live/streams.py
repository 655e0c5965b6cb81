"""One open stream: what it watches, and what it says."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from typing import Any

from mashrabiya.platform.live.topics import Key, say_topics

Send = Callable[[Any], Awaitable[None]]

STEP = 256
"""Whatever is said is padded to so many bytes: beats and news are of one length on a watched line."""
LEAVE = 5.0
"""Seconds for the last words: whoever takes nothing is not waited for."""
COMES_BACK_SOON, COMES_BACK_LATE = 500, 8000
"""Milliseconds within which a browser comes back, drawn for each, so that many do not come at once."""


class Topic:
    """What some streams watch, and where it stands."""

    __slots__ = ("key", "n", "streams")

    def __init__(self, key: Key) -> None:
        self.key = key
        self.n = 0
        self.streams: set[Stream] = set()


class Stream:
    """One browser that listens. ``known`` is up to where it was told of each topic."""

    __slots__ = ("_beats", "_saying", "_send", "ended", "idles", "known", "sid", "slot", "task", "until")

    def __init__(self, send: Send, sid: bytes, *, until: float, idles: bool) -> None:
        self._send = send
        self._beats = False
        self._saying: asyncio.Task[None] | None = None
        self.sid = sid
        self.until = until
        self.idles = idles
        self.known: dict[Topic, int] = {}
        self.slot = 0
        self.ended = False
        self.task = asyncio.current_task()

    @property
    def is_behind(self) -> bool:
        """Whether there is something it was not told."""
        return any(topic.n > n for topic, n in self.known.items())

    @property
    def is_saying(self) -> bool:
        """Whether something is on its way out."""
        return self._saying is not None and not self._saying.done()

    def tell(self) -> None:
        """Say what is new, beside whatever else happens."""
        if not self.is_saying:
            self._saying = begin(self._say_all())

    def beat(self) -> None:
        """A sign of life, so that neither end takes the line for dead. Where the last one was not taken, the end."""
        if self._beats and self.is_saying:
            self.end()
        else:
            self._beats = True
            self.tell()

    def end(self) -> None:
        """The answer ends; the browser asks anew, and is let in or not."""
        if not self.ended and self.task is not None:
            self.ended = True
            self.task.cancel()

    async def take_leave(self) -> None:
        """The last words, where anybody takes them."""
        if self.is_saying:
            assert self._saying is not None
            self._saying.cancel()
        else:
            last = {"type": "http.response.body", "body": farewell(), "more_body": False}
            with suppress(TimeoutError, OSError):
                await asyncio.wait_for(self._send(last), LEAVE)

    async def _say_all(self) -> None:
        try:
            await self._say_what_is_new()
        except OSError:
            # It broke: that is the end of this one alone.
            self.end()

    async def _say_what_is_new(self) -> None:
        while self._beats or self.is_behind:
            # News are a sign of life too.
            body = padded(self._news()) if self.is_behind else _BEAT
            await self._send({"type": "http.response.body", "body": body, "more_body": True})
            self._beats = False

    def _news(self) -> str:
        # One at a time: so whatever is open, it is as long as a beat.
        new = next(topic for topic, n in self.known.items() if topic.n > n)
        self.known[new] = new.n
        now = say_topics((topic.key, n) for topic, n in self.known.items())
        return f"id: {now}\ndata: {say_topics([(new.key, new.n)])}\n\n"


def padded(text: str) -> bytes:
    """The words of an event behind a comment that makes them as long as any other."""
    words = text.encode()
    return b":" + b" " * (-(len(words) + 2) % STEP) + b"\n" + words


_BEAT = padded(":\n\n")


class _Begun:
    """The rest of something that had to wait."""

    def __init__(self, rest: Coroutine[Any, Any, None], waits: Any) -> None:
        self._rest, self._waits = rest, waits

    def __await__(self) -> Generator[Any, None, None]:
        while True:
            yield self._waits
            try:
                self._waits = self._rest.send(None)
            except StopIteration:
                return


def begin(act: Coroutine[Any, Any, None]) -> asyncio.Task[None] | None:
    """Do it now, and what has to wait as a task. Nearly always nothing has, and ten thousand tasks are spared."""
    try:
        waits = act.send(None)
    except StopIteration:
        return None
    return asyncio.ensure_future(_go_on(_Begun(act, waits)))


async def _go_on(rest: _Begun) -> None:
    await rest


def farewell() -> bytes:
    """When to come back, told last."""
    return padded(f"retry: {random.randint(COMES_BACK_SOON, COMES_BACK_LATE)}\n\n")  # noqa: S311
