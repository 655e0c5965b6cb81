"""What a post is looked up by beside its words, as a word of its own: so that what narrows is asked before the newest are cut.

Each says what stands beside the post in its own row, or its thread's: nothing of a person, of a time, or of order.
"""

from __future__ import annotations

from hashlib import blake2b

from mashrabiya.communities.types import Audience
from mashrabiya.platform.search.words import KEY_BYTES

WIDE = (Audience.PUBLIC, Audience.SIGNED_IN)
"""Threads that one reads without belonging there."""


def of_thread(tid: bytes) -> bytes:
    """The posts of a thread go together."""
    return _mark(b"thread", tid)


def of_place(cid: bytes) -> bytes:
    return _mark(b"place", cid)


def of_closed(cid: bytes) -> bytes:
    """What only those read who belong there. Of most places it is little, and of many nothing."""
    return _mark(b"closed", cid)


def of_audience(audience: int) -> bytes:
    return _mark(b"audience", bytes([audience]))


def of_language(language: str) -> bytes:
    return _mark(b"language", language.encode())


def of_kind(kind: int) -> bytes:
    return _mark(b"kind", bytes([kind]))


def of_opening() -> bytes:
    """It opens its thread."""
    return _mark(b"opening", b"")


def of_help() -> bytes:
    """Somebody was helped by it."""
    return _mark(b"helped", b"")


def _mark(what: bytes, which: bytes) -> bytes:
    return blake2b(which, digest_size=KEY_BYTES, person=what).digest()
