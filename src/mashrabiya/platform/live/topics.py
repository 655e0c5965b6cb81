"""What a page can be told of: a topic's kind, its key, and the number at which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read

MOST = 5
"""Topics of one stream: one browser has few pages open that are read. What is said of so many is as long as a beat."""
_MOST_LETTERS = 60
_MOST_NUMBER = 9

Key = tuple[str, bytes]
Known = dict[Key, int]
"""Topics, and up to which number each is known."""


class Kind(Protocol):
    """One kind of topic, as the room that owns it tells it. ``size`` is that of its keys, in bytes."""

    size: int

    def readable(self, db: Read, viewer: Viewer, keys: Sequence[bytes]) -> set[bytes]:
        """Those of the keys that this viewer may be told of."""

    def numbers(self, db: Read, keys: Sequence[bytes]) -> dict[bytes, int]:
        """Where each stands now; of what is gone, nothing."""


def read_topics(said: str, sizes: dict[str, int]) -> Known:
    """``kind.key.number`` by spaces or commas, as a page says it. What is no topic is passed over."""
    known: Known = {}
    for word in said.replace(",", " ").split()[:MOST]:
        kind, _, rest = word[:_MOST_LETTERS].partition(".")
        shown, _, number = rest.partition(".")
        if kind not in sizes or not (number.isascii() and number.isdigit() and len(number) <= _MOST_NUMBER):
            continue
        try:
            known[kind, read_id(shown, sizes[kind])] = int(number)
        except NotFound:
            continue
    return known


def say_topics(known: Iterable[tuple[Key, int]]) -> str:
    """The same, for a page to say again when it comes back."""
    return " ".join(f"{kind}.{show_id(key)}.{number}" for (kind, key), number in known)
