"""In which texts a word stands, of one segment of 32,768: numbers of two bytes, or one bit for each text.

Both ways say the same; what is shorter is kept. Empty bytes are no text.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

SEGMENT = 32_768
_WHOLE = SEGMENT // 8
_MOST = _WHOLE // 4
"""So many numbers are written out: half as long as a bit for each, and quicker to look up."""
_BITS = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]
_EVERY = (1 << SEGMENT) - 1
_PART = _WHOLE // 16
_SOUGHT, _WIDE = 16, 2
"""So many times fewer places are looked up one by one among those that are written out, each in so many bytes."""
_SOME = re.compile(rb"[^\0]+")


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
        return list(_downwards(int.from_bytes(packed, "little")))
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
    return bytes(whole) if count(whole) >= _MOST else pack(_downwards(int.from_bytes(whole, "little")))


def all_of(groups: Sequence[Sequence[bytes]]) -> Iterable[int]:
    """What stands in some part of each group, from the last place to the first; as far as it is asked for."""
    smallest, *others = sorted(groups, key=_size)
    if any(len(part) == _WHOLE for part in smallest):
        common = _as_bits(smallest)
        for group in others:
            common &= _as_bits(group)
        return _downwards(common)
    few: Collection[int] = unpack(smallest[0]) if len(smallest) == 1 else _written(smallest)
    # What is a bit for each is met in one step, and leaves fewer for what is not.
    bits, rest = _EVERY, list[Sequence[bytes]]()
    for group in others:
        if all(len(part) == _WHOLE for part in group):
            bits &= _as_bits(group)
        else:
            rest.append(group)
    if bits != _EVERY:
        few = _set_in(few, bits.to_bytes(_WHOLE, "little"))
    for group in rest:
        if few:
            few = _those_in(few, group)
    return sorted(few, reverse=True)


def together(parts: Sequence[bytes]) -> list[bytes]:
    """The same parts, all that are a bit for each in one."""
    wholes, lists = _apart(parts)
    return [*([_as_bits(wholes).to_bytes(_WHOLE, "little")] if wholes else ()), *lists]


def _those_in(few: Collection[int], group: Sequence[bytes]) -> Collection[int]:
    """Which of these places some part of a group has, not all of which are a bit for each."""
    wholes, lists = _apart(group)
    if not wholes and len(lists) == 1 and _SOUGHT * len(few) * _WIDE < len(lists[0]):
        return _looked_up(few, unpack(lists[0]))
    found = set(few).intersection(chain.from_iterable(map(unpack, lists)))
    for whole in wholes:
        found.update(_set_in(few, whole))
    return found


def _set_in(few: Collection[int], whole: bytes) -> list[int]:
    """Which of these places have their bit."""
    return [place for place in few if whole[place >> 3] >> (place & 7) & 1]


def _looked_up(few: Collection[int], written: Sequence[int]) -> list[int]:
    """Which of few places are among many that are written upwards."""
    last = len(written) - 1
    return [place for place in few if written[min(bisect_left(written, place), last)] == place]


def _written(lists: Sequence[bytes]) -> set[int]:
    return set(chain.from_iterable(map(unpack, lists)))


def _as_bits(group: Sequence[bytes]) -> int:
    """The places of all parts, a bit for each."""
    wholes, lists = _apart(group)
    bits = 0
    for whole in wholes:
        bits |= int.from_bytes(whole, "little")
    if not lists:
        return bits
    written = bytearray(_WHOLE)
    for place in chain.from_iterable(map(unpack, lists)):
        written[place >> 3] |= 1 << (place & 7)
    return bits | int.from_bytes(written, "little")


def _apart(parts: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Those of a bit each, and those of numbers."""
    return [part for part in parts if len(part) == _WHOLE], [part for part in parts if len(part) != _WHOLE]


def _size(group: Sequence[bytes]) -> int:
    """How many it may have at most, roughly: a bit for each stands for many."""
    return sum(SEGMENT if len(part) == _WHOLE else len(part) // 2 for part in group)


def _downwards(bits: int) -> Iterator[int]:
    """The places of these bits, the last first. Bytes without any are passed over by the hundred."""
    whole = bits.to_bytes(_WHOLE, "little")
    for begins in range(_WHOLE - _PART, -1, -_PART):
        found: list[int] = []
        for some in _SOME.finditer(whole, begins, begins + _PART):
            first = some.start() * 8
            for byte in some[0]:
                found += [first + bit for bit in _BITS[byte]]
                first += 8
        yield from reversed(found)
