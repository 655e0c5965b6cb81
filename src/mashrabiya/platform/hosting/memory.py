"""What the process gives back to the machine."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD = -3
_LARGE = 4 * 1024 * 1024


def give_back_at_once() -> None:
    """Large pieces of memory are the machine's again the moment they are freed; where the C library knows how.

    glibc asks for a large piece by itself until the first one is freed; from then on it cuts pieces up to that
    size from what it holds, and keeps them. One sign-in, whose slow hash fills some tens of megabytes, was so kept
    for good: 25 MB in a house of five hundred. What lay in it leaves with it.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
