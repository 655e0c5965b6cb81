"""What the process gives back to the machine."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD = -3
_LARGE = 4 * 1024 * 1024
_M_ARENA_MAX, _ARENAS = -8, 2


def give_back_at_once() -> None:
    """Large pieces of memory are the machine's again the moment they are freed; where the C library knows how.

    glibc asks for a large piece by itself until the first one is freed; from then on it cuts pieces up to that
    size from what it holds, and keeps them. One sign-in, whose slow hash fills some tens of megabytes, was so kept
    for good: 25 MB in a house of five hundred. What lay in it leaves with it.

    And it gives each thread, up to eight for each processor, a heap of its own that keeps what it had at its fullest.
    The house's threads take turns as it is: two heaps save five megabytes and cost nothing that was measured.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """What lies free between pieces in use is the machine's again; where the C library knows how.

    glibc gives back the end of a heap alone. Writing the file anew each week takes as much memory as the file has,
    page by page; one small piece behind them, of a page that was drawn meanwhile, kept all of it: 30 to 45 MB in a
    house of fifty thousand posts.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
