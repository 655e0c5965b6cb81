"""The sign of a community: a tile that fills a door."""

from __future__ import annotations

from mashrabiya.platform.art.tile import tile


def door(seed: bytes) -> str:
    """The ``<svg>`` inside ``.door``, cropped to it instead of shrunk."""
    return tile(seed).replace("<svg ", '<svg preserveAspectRatio="xMidYMid slice" ', 1)
