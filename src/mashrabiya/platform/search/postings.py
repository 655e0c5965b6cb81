"""In which texts a word stands, of one segment of 32,768: numbers of two bytes, or one bit for each text.

Both ways say the same; what is shorter is kept. Empty bytes are no text.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
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


def count(packed: bytes | bytearray) -> int:
    """How many they are."""
    return int.from_bytes(packed, "little").bit_count() if len(packed) == _WHOLE else len(packed) // 2


def with_places(packed: bytes, added: Iterable[int], gone: Iterable[int] = ()) -> bytes:
    """The same with some more, and without others."""
    if len(packed) != _WHOLE:
        return pack(set(chain(unpack(packed), added)).difference(gone))
    whole = bytearray(packed)
    for place in added:
        whole[place >> 3] |= 1 << (place & 7)
    for place in gone:
        whole[place >> 3] &= ~(1 << (place & 7))
    return bytes(whole) if count(whole) >= _MOST else pack(_downwards(whole))


def any_of(parts: Sequence[bytes]) -> bytes:
    """What stands in at least one of them."""
    if len(parts) == 1:
        return parts[0]
    wholes, lists = _apart(parts)
    if not wholes:
        return pack(chain.from_iterable(map(unpack, lists)))
    return with_places(_either(wholes), chain.from_iterable(map(unpack, lists)))


def all_of(groups: Sequence[Sequence[bytes]]) -> Iterator[int]:
    """What stands in some part of each group, from the last place to the first."""
    ordered = sorted(groups, key=_size)
    smallest, *others = ordered
    if any(len(part) == _WHOLE for part in smallest):
        common = int.from_bytes(any_of(smallest), "little")
        while others and len(others[0]) == 1 and len(others[0][0]) == _WHOLE:
            common &= int.from_bytes(others.pop(0)[0], "little")
        kept = common.to_bytes(_WHOLE, "little")
        return _downwards(kept) if not others else _meeting(_downwards(kept), others)
    few = set(chain.from_iterable(map(unpack, smallest)))
    rest: list[Sequence[bytes]] = []
    for group in others:
        if len(group) > 1:
            rest.append(group)
        elif len(group[0]) != _WHOLE:
            few.intersection_update(unpack(group[0]))
        else:
            [whole] = group
            few = {place for place in few if whole[place >> 3] >> (place & 7) & 1}
    return _meeting(sorted(few, reverse=True), rest)


def _meeting(places: Iterable[int], groups: Sequence[Sequence[bytes]]) -> Iterator[int]:
    """Those of these places that each group has, in their order: looked for as they are asked for."""
    sought = [_looked_up(group) for group in groups]
    for place in places:
        at, bit = place >> 3, 1 << (place & 7)
        for wholes, few in sought:
            if place not in few and not any(whole[at] & bit for whole in wholes):
                break
        else:
            yield place


def _looked_up(group: Sequence[bytes]) -> tuple[Sequence[bytes], Container[int]]:
    wholes, lists = _apart(group)
    whole = [_either(wholes)] if len(wholes) > 1 else wholes
    return whole, frozenset(chain.from_iterable(map(unpack, lists)))


def _apart(parts: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Those of a bit each, and those of numbers."""
    return [part for part in parts if len(part) == _WHOLE], [part for part in parts if len(part) != _WHOLE]


def _either(wholes: Sequence[bytes]) -> bytes:
    bits = 0
    for whole in wholes:
        bits |= int.from_bytes(whole, "little")
    return bits.to_bytes(_WHOLE, "little")


def _size(group: Sequence[bytes]) -> int:
    """How many it may have at most, roughly: a bit for each stands for many."""
    return sum(SEGMENT if len(part) == _WHOLE else len(part) // 2 for part in group)


def _downwards(whole: bytes | bytearray) -> Iterator[int]:
    for at in range(_WHOLE - 1, -1, -1):
        for bit in _BITS[whole[at]]:
            yield at * 8 + bit
