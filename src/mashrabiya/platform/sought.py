"""What somebody looks for, sealed for an address: browsers keep addresses, and none of ours holds a word."""

from __future__ import annotations

import base64
import binascii

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac
from mashrabiya.platform.crypto import OVERHEAD, Unopenable, padded, seal, unpadded, unseal
from mashrabiya.platform.keys import ServerKeys

SEARCH_LIMIT = 80
_SEALED, _WORDS = 256, b"query"


def sealed(keys: ServerKeys, words: str) -> str:
    """The words of a search for an address: its length does not show.

    It opens today and tomorrow.
    """
    plain = words.strip()[:SEARCH_LIMIT].encode("utf-8", "ignore")[: _SEALED - 2]
    return seal_asked(keys, plain, purpose=_WORDS, size=_SEALED)


def opened(keys: ServerKeys, shown: str) -> str:
    """The words behind an address; none where it is too old or made up."""
    plain = open_asked(keys, shown, purpose=_WORDS, size=_SEALED)
    return (plain or b"").decode("utf-8", "ignore")[:SEARCH_LIMIT]


def seal_asked(keys: ServerKeys, plain: bytes, *, purpose: bytes, size: int) -> str:
    """Whatever is asked of a list, for an address of that list alone: all of one ``size`` are equally long.

    ``plain`` is two bytes shorter than ``size`` at the most.
    """
    today = clock.day()
    box = seal(_day_key(keys, today), padded(plain, size), _bound(purpose, today))
    return base64.urlsafe_b64encode(box).decode().rstrip("=")


def open_asked(keys: ServerKeys, shown: str, *, purpose: bytes, size: int) -> bytes | None:
    """The same, today and tomorrow; None where it is older, made up, or another list's."""
    try:
        box = base64.b64decode(shown + "=" * (-len(shown) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(box) != size + OVERHEAD:
        return None
    for day in (clock.day(), clock.day() - 1):
        try:
            return unpadded(unseal(_day_key(keys, day), box, _bound(purpose, day)))
        except Unopenable:
            continue
    return None


def _bound(purpose: bytes, day: int) -> bytes:
    return purpose + day.to_bytes(4, "big")


def _day_key(keys: ServerKeys, day: int) -> bytes:
    return mac(keys.of("query"), day.to_bytes(4, "big"))
