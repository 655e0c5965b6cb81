"""What a picture becomes, or why it does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 64_000_000
LONG_SIDES = (480, 1280)
"""The sizes that are shown, by their longer side. A picture is never made larger than it came."""
TINY_SIDE = 24
"""Small enough to be a blur: what stands where a content note covers the picture."""


class Reason(StrEnum):
    """Why a picture is not taken, by the text that says so."""

    KIND = "error.file"
    HEAVY = "picture.heavy"
    VAST = "picture.vast"
    BROKEN = "picture.broken"
    BUSY = "picture.busy"


@dataclass(frozen=True, slots=True)
class Refused:
    """Not taken, and why."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Picture:
    """One size, as a whole WebP file."""

    width: int
    height: int
    webp: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """The sizes that are shown, the smallest first, and the blur for content notes."""

    shown: tuple[Picture, ...]
    tiny: Picture
