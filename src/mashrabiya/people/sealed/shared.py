"""A text that some personas open, each by her own key, and nobody else whatever keys they hold.

key      32 bytes, fresh for each text
boxes    eight SealedBox(public half of a persona, key) of 80, shuffled; those left over are nobody's
text     AEAD(key, padded text; what it is bound to)

Neither whose the boxes are nor how many of them are real is to be seen, and the text's length shows in steps only.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mashrabiya.kernel.keys import Work
from mashrabiya.people.sealed.blocks import private_half
from mashrabiya.people.sealed.lock import open_box, seal_box
from mashrabiya.platform.crypto import Unopenable, padded, seal, unpadded, unseal

READERS = 8
_KEY = 32
_BOX = _KEY + 48
_STEPS = (1024, 4096, 40960)


def seal_shared(publics: Iterable[bytes], text: str, bound: bytes) -> bytes:
    """Close a text for these personas, by the public halves of their rows; eight of them at most."""
    key, plain = secrets.token_bytes(_KEY), text.encode()
    boxes = [box for public in list(publics)[:READERS] if (box := _box(public, key))]
    boxes += [_nobodys() for _ in range(READERS - len(boxes))]
    random.SystemRandom().shuffle(boxes)
    size = next(step for step in _STEPS if len(plain) <= step - 2)
    return b"".join(boxes) + seal(key, padded(plain, size), bound)


def open_shared(work: Work, slot: int, sealed: bytes, bound: bytes) -> str | None:
    """The text, if the persona of that slot is one of those it was closed for."""
    private, rest = private_half(work, slot), sealed[READERS * _BOX :]
    for at in range(0, READERS * _BOX, _BOX):
        try:
            return unpadded(unseal(open_box(private, sealed[at : at + _BOX]), rest, bound)).decode()
        except Unopenable:
            continue
    return None


def _box(public: bytes, key: bytes) -> bytes:
    try:
        return seal_box(public, key)
    except Unopenable:
        # A public half that is none: such a persona opens nothing.
        return b""


def _nobodys() -> bytes:
    """Made like a real one, for a half that nobody keeps."""
    public = X25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return seal_box(public, secrets.token_bytes(_KEY))
