"""What looks like a raid: many who join at once, the same words or links from several who are new.

It lies in the memory of one process for an hour and is never written down: for each place a few
hashes, under a key of this process, of who joined and of what was posted. No address of a reader is
looked at. It does nothing by itself: those who may protect the place are told that it can be done.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import defaultdict
from enum import StrEnum

from mashrabiya.kernel import clock
from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.viewer import Viewer

_HOST = re.compile(r"https?://([^\s/?#]+)", re.IGNORECASE)
_LENGTH = 12
"""Folded texts shorter than this are said by many: «مرحبا», "thank you"."""
_MANY = 20_000


class Sign(StrEnum):
    """What was noticed."""

    JOINS = "joins"
    WORDS = "words"
    LINKS = "links"

    @property
    def key(self) -> str:
        """Its sentence in the catalogues."""
        return f"protect.sign_{self}"


TAKES = {Sign.JOINS: 12, Sign.WORDS: 4, Sign.LINKS: 4}
"""So many different people within an hour."""


_Seen = tuple[Sign, bytes, bytes]


def likeness(sign: Sign, text: str) -> set[str]:
    """What of a text is compared with that of others: its folded words, unless they are few; or the hosts it names."""
    if sign == Sign.LINKS:
        return {found.casefold() for found in _HOST.findall(text)}
    words = fold(text)
    return {words} if len(words) >= _LENGTH else set()


class Bursts:
    """The bursts that one process has noticed."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._people: dict[_Seen, dict[bytes, float]] = defaultdict(dict)

    def joined(self, place: bytes, viewer: Viewer) -> None:
        """Somebody joined there."""
        self._note(Sign.JOINS, place, b"", viewer)

    def wrote(self, place: bytes, viewer: Viewer, text: str) -> None:
        """Somebody who is new wrote there."""
        for sign in (Sign.WORDS, Sign.LINKS):
            for what in likeness(sign, text):
                self._note(sign, place, what.encode(), viewer)

    def signs(self, place: bytes) -> list[Sign]:
        """What is noticed there now."""
        since = clock.now() - clock.HOUR
        with self._lock:
            many = {
                sign
                for (sign, where, _what), people in self._people.items()
                if where == place and sum(1 for last in people.values() if last > since) >= TAKES[sign]
            }
        return [sign for sign in Sign if sign in many]

    def _note(self, sign: Sign, place: bytes, what: bytes, viewer: Viewer) -> None:
        if viewer.work is None:
            return
        seen = (sign, place, mac(self._key, what)[:8])
        person = mac(self._key, viewer.work.budget_key())[:8]
        with self._lock:
            self._people[seen][person] = clock.now()
            if len(self._people) > _MANY:
                self._forget()

    def _forget(self) -> None:
        since = clock.now() - clock.HOUR
        self._people = defaultdict(
            dict, {seen: people for seen, people in self._people.items() if max(people.values()) > since}
        )
        if len(self._people) > _MANY:
            self._people.clear()
