"""Random ids and how they look in an address."""

from __future__ import annotations

import secrets
from functools import lru_cache

from mashrabiya.kernel.errors import NotFound

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}


def new_id(size: int = 16) -> bytes:
    """Random bytes: an id tells nothing of order, time or owner."""
    return secrets.token_bytes(size)


@lru_cache(maxsize=8192)
def show_id(raw: bytes) -> str:
    """The id as lower-case Crockford base 32, without padding. For what stands in addresses: no secrets."""
    value, letters = int.from_bytes(raw, "big"), shown_length(len(raw))
    # Two letters at a time: lists of threads show dozens of ids a page.
    pairs = [_PAIRS[value >> place & 1023] for place in range((letters - 1) // 2 * 10, -1, -10)]
    return "".join(pairs)[letters & 1 :]


def shown_length(size: int) -> int:
    """How many letters an id of so many bytes takes."""
    return (size * 8 + 4) // 5


def read_id(shown: str, size: int) -> bytes:
    """The id behind the letters. Anything that is no id is simply not found."""
    if len(shown) != shown_length(size):
        raise NotFound
    value = 0
    for letter in shown:
        digit = _VALUE.get(letter)
        if digit is None:
            raise NotFound
        value = value << 5 | digit
    if value >> (size * 8):
        raise NotFound
    return value.to_bytes(size, "big")


def short_code(length: int) -> str:
    """A random code of Crockford letters: 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
