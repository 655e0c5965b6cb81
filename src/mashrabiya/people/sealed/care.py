"""Who wrote an unnamed post, closed so that only two of a care team together open it.

key      one X25519 pair a carer and community, from her persona's own key: no vault is written
inner    SealedBox(second, pid16 post10) 74
outer    SealedBox(first, inner) 122
boxes    twenty of them, shuffled: both orders of every pair of five, the rest nobody's

Every row is as long as every other, and no box says whose it is: a carer tries hers on all.
The post stands inside, so that a box moved to another post opens for nobody.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from itertools import permutations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mashrabiya.kernel.keys import Work, mac
from mashrabiya.people.sealed.lock import open_box, seal_box
from mashrabiya.people.types import KEY_HOLDERS
from mashrabiya.platform.crypto import Unopenable

_PID, _POST, _BOX_OVERHEAD = 16, 10, 48
INNER = _PID + _POST + _BOX_OVERHEAD
OUTER = INNER + _BOX_OVERHEAD
PLACES = KEY_HOLDERS * (KEY_HOLDERS - 1)
SIZE = PLACES * OUTER


def care_key(work: Work, slot: int, cid: bytes) -> X25519PrivateKey:
    """The private half: hers as the persona of that slot, in that community alone."""
    return X25519PrivateKey.from_private_bytes(mac(work.persona_key(slot), b"care", cid))


def care_public(work: Work, slot: int, cid: bytes) -> bytes:
    """The half that stands in the database."""
    return _public(care_key(work, slot, cid))


def seal_author(holders: Sequence[bytes], pid: bytes, post: bytes) -> bytes:
    """The persona behind a post, for every two of these holders in either order."""
    boxes = [
        seal_box(first, seal_box(second, pid + post))
        for first, second in permutations(holders[:KEY_HOLDERS], 2)
    ]
    boxes += [_nobodys() for _ in range(PLACES - len(boxes))]
    random.SystemRandom().shuffle(boxes)
    return b"".join(boxes)


def open_first(private: X25519PrivateKey, boxes: bytes) -> bytes:
    """What the first of two makes of it: boxes that each open for one of the others. Empty, where none is hers."""
    tried = (_opened(private, boxes[at : at + OUTER]) for at in range(0, len(boxes), OUTER))
    return b"".join(inner for inner in tried if inner)


def open_second(private: X25519PrivateKey, inner: bytes, post: bytes) -> bytes:
    """The persona behind that post, from what the first of two left; empty where it opens nothing for her."""
    for at in range(0, len(inner), INNER):
        plain = _opened(private, inner[at : at + INNER])
        if plain and plain[_PID:] == post:
            return plain[:_PID]
    return b""


def _opened(private: X25519PrivateKey, box: bytes) -> bytes:
    try:
        return open_box(private, box)
    except Unopenable:
        return b""


def _nobodys() -> bytes:
    """A box that nobody opens, and that looks like the others."""
    return _public(X25519PrivateKey.generate()) + secrets.token_bytes(OUTER - 32)


def _public(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
