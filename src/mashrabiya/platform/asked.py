"""Words that somebody looks for, sealed for an address: browsers keep addresses, and these say nothing.

Every one is as long as any other, and opens today and tomorrow.
"""

from __future__ import annotations

import base64
import binascii

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac
from mashrabiya.platform.crypto import OVERHEAD, Unopenable, padded, seal, unpadded, unseal
from mashrabiya.platform.keys import ServerKeys

ASKED_LIMIT = 80
_SEALED = 256


def sealed(keys: ServerKeys, words: str) -> str:
    """The words of a search for an address: its length does not show."""
    plain = words.strip()[:ASKED_LIMIT].encode("utf-8", "ignore")[: _SEALED - 2]
    today = clock.day()
    box = seal(_day_key(keys, today), padded(plain, _SEALED), b"query" + today.to_bytes(4, "big"))
    return base64.urlsafe_b64encode(box).decode().rstrip("=")


def opened(keys: ServerKeys, shown: str) -> str:
    """The words behind an address; none where it is too old or made up."""
    try:
        box = base64.b64decode(shown + "=" * (-len(shown) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return ""
    if len(box) != _SEALED + OVERHEAD:
        return ""
    for day in (clock.day(), clock.day() - 1):
        try:
            plain = unseal(_day_key(keys, day), box, b"query" + day.to_bytes(4, "big"))
        except Unopenable:
            continue
        return unpadded(plain).decode("utf-8", "ignore")
    return ""


def _day_key(keys: ServerKeys, day: int) -> bytes:
    return mac(keys.of("query"), day.to_bytes(4, "big"))
