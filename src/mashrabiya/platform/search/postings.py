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
_FEW = 16
"""So many times it is quicker to go through what is written out than to make a set of it."""
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
        return pack(set(unpack(packed)).union(added).difference(gone))
    whole = bytearray(packed)
    for place in added:
        whole[place >> 3] |= 1 << (place & 7)
    for place in gone:
        whole[place >> 3] &= ~(1 << (place & 7))
    return bytes(whole) if count(whole) >= _MOST else pack(_downwards(whole))


def all_of(groups: Sequence[Sequence[bytes]]) -> Iterable[int]:
    """What stands in some part of each group, from the last place to the first."""
    smallest, *others = sorted(groups, key=_size)
    if any(len(part) == _WHOLE for part in smallest):
        common = _as_bits(smallest)
        for group in others:
            common &= _as_bits(group)
        return _downwards(common.to_bytes(_WHOLE, "little"))
    few = sorted(set(chain.from_iterable(map(unpack, smallest))), reverse=True)
    for group in others:
        if not few:
            break
        few = _those_in(few, group)
    return few


def _those_in(few: list[int], group: Sequence[bytes]) -> list[int]:
    """Which of these places some part of a group has."""
    wholes, lists = _apart(group)
    written = _written(lists, len(few))
    if not wholes:
        return [place for place in few if place in written]
    whole = _either(wholes)
    return [place for place in few if whole[place >> 3] >> (place & 7) & 1 or place in written]


def _written(lists: Sequence[bytes], asked: int) -> Container[int]:
    """The places that are written out in one of these, to be asked for so often."""
    if not lists:
        return ()
    if len(lists) == 1 and asked <= _FEW:
        return unpack(lists[0])
    return frozenset(chain.from_iterable(map(unpack, lists)))


def _as_bits(group: Sequence[bytes]) -> int:
    """The places of all parts, a bit for each."""
    wholes, lists = _apart(group)
    if not lists:
        return int.from_bytes(_either(wholes), "little")
    bits = bytearray(_either(wholes))
    for place in chain.from_iterable(map(unpack, lists)):
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def _apart(parts: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Those of a bit each, and those of numbers."""
    return [part for part in parts if len(part) == _WHOLE], [part for part in parts if len(part) != _WHOLE]


def _either(wholes: Sequence[bytes]) -> bytes:
    if len(wholes) == 1:
        return wholes[0]
    bits = 0
    for whole in wholes:
        bits |= int.from_bytes(whole, "little")
    return bits.to_bytes(_WHOLE, "little")


def _size(group: Sequence[bytes]) -> int:
    """How many it may have at most, roughly: a bit for each stands for many."""
    return sum(SEGMENT if len(part) == _WHOLE else len(part) // 2 for part in group)


def _downwards(whole: bytes | bytearray) -> Iterator[int]:
    for at in range(_WHOLE - 1, -1, -1):
        if whole[at]:
            for bit in _BITS[whole[at]]:
                yield at * 8 + bit
