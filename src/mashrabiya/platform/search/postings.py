"""In which texts a word stands, of one segment of 32,768: numbers of two bytes, or one bit for each text.

Both ways say the same; what is shorter is kept. Empty bytes are no text.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

SEGMENT = 32_768
_WHOLE = SEGMENT // 8
_MOST = _WHOLE // 4
"""So many numbers are written out: half as long as a bit for each, and quicker to look up."""
_BITS = [[bit for bit in range(7, -1, -1) if byte >> bit & 1] for byte in range(256)]


def pack(places: Iterable[int]) -> bytes:
    """These places of a segment."""
    each = sorted(set(places))
    if len(each) < _MOST:
        numbers = array("H", each)
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers.tobytes()
    whole = bytearray(_WHOLE)
    for place in each:
        whole[place >> 3] |= 1 << (place & 7)
    return bytes(whole)


def unpack(packed: bytes) -> Sequence[int]:
    """The places, in no order that is promised."""
    if len(packed) == _WHOLE:
        return list(_downwards(packed))
    numbers = array("H")
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def count(packed: bytes) -> int:
    """How many they are."""
    return int.from_bytes(packed, "little").bit_count() if len(packed) == _WHOLE else len(packed) // 2


def with_places(packed: bytes, added: Iterable[int], gone: Iterable[int] = ()) -> bytes:
    """The same with some more, and without others."""
    return pack(set(chain(unpack(packed), added)).difference(gone))


def any_of(parts: Sequence[bytes]) -> bytes:
    """What stands in at least one of them."""
    if len(parts) == 1:
        return parts[0]
    return pack(chain.from_iterable(map(unpack, parts)))


def all_of(parts: Sequence[bytes]) -> Iterator[int]:
    """What stands in each of them, from the last place to the first."""
    lists = sorted((part for part in parts if len(part) != _WHOLE), key=len)
    wholes = [part for part in parts if len(part) == _WHOLE]
    if not lists:
        return _downwards(_common(wholes))
    kept = set(unpack(lists[0]))
    for part in lists[1:]:
        kept.intersection_update(unpack(part))
    for whole in wholes:
        kept = {place for place in kept if whole[place >> 3] >> (place & 7) & 1}
    return iter(sorted(kept, reverse=True))


def _common(wholes: Sequence[bytes]) -> bytes:
    bits = int.from_bytes(wholes[0], "little")
    for whole in wholes[1:]:
        bits &= int.from_bytes(whole, "little")
    return bits.to_bytes(_WHOLE, "little")


def _downwards(whole: bytes) -> Iterator[int]:
    for at in range(_WHOLE - 1, -1, -1):
        for bit in _BITS[whole[at]]:
            yield at * 8 + bit
