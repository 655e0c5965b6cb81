"""The picture of a persona: a lattice tile drawn from eight random bytes.

The seed is made with the persona and replaced on request; it is never derived from an
id, a name or a time, so that two tiles say nothing about each other.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2s
from math import cos, pi, sin

# the same seven hues of glass, thick / lit / pale; the index is the hue
DEEP = ("5a3a1e", "7a2f20", "641f43", "322f6b", "17324f", "0d4c50", "404a1e")
LIT = ("e6a537", "e5795a", "d65a82", "8d7bd0", "6fa9d6", "3fa7a3", "a3ad4f")
PALE = ("fce6b8", "fbd3c2", "f7ccd8", "dcd6f5", "d2e6f5", "c3e7e1", "e7eabf")

# the nearest of the five lights to each hue, for what is tinted while she writes
LIGHTS = ("amber", "rose", "rose", "iris", "nile", "nile", "olive")

REMEMBERED = 4096


def _point(radius: float, angle: float) -> str:
    return f"{round(radius * sin(angle))} {-round(radius * cos(angle))}"


def _star(folds: int, outer: float, inner: float, turn: float = 0.0) -> str:
    corners = (_point(inner if i % 2 else outer, turn + pi * i / folds) for i in range(2 * folds))
    return "M" + " ".join(corners).replace(" -", "-") + "z"


def _strap(folds: int, skip: int, turn: float) -> str:
    """Straight bands from each corner to the one ``skip`` further on."""
    step = 2 * pi / folds
    bands = (f"M{_point(46, turn + step * i)} {_point(46, turn + step * (i + skip))}" for i in range(folds))
    return "".join(bands).replace(" -", "-")


def _core(style: int, folds: int, turn: float) -> str:
    if style == 0:
        return _star(folds, 25, 17, turn + pi / folds)
    if style == 1:
        return _star(folds // 2, 27, 13, turn)
    if style == 2:
        return _star(4, 26, 18, turn)
    return "M0-20a20 20 0 1 0 .1 0z"


def _grain(seed: bytes) -> bytes:
    return blake2s(seed, digest_size=8, person=b"lattice1").digest()


def _hues(grain: bytes) -> tuple[int, int, int]:
    """Three hues, neighbours kept at least two apart."""
    first = grain[1] % 7
    second = (first + 2 + grain[2] % 4) % 7
    return first, second, (second + 2 + grain[3] % 4) % 7


@lru_cache(maxsize=REMEMBERED)
def tile(seed: bytes) -> str:
    """The whole ``<svg>`` for a seed, at most 700 bytes, the same for ever."""
    grain = _grain(seed)
    folds = (8, 10, 12)[grain[0] % 3]
    a, b, c = _hues(grain)
    night = grain[4] & 1
    wall, glass, heart = (DEEP[a], LIT[b], PALE[c]) if night else (PALE[a], DEEP[b], LIT[c])
    turn = pi / folds if grain[4] & 2 else 0.0
    sharpness = (30, 36, 24)[grain[5] % 3]
    strap = _strap(folds, folds // 2 - 1 - (grain[6] & 1), turn)
    return (
        '<svg viewBox="-50 -50 100 100" aria-hidden="true">'
        f'<path fill="#{wall}" d="M-50-50h100v100h-100z"/>'
        f'<path fill="#{glass}" d="{_star(folds, 47, sharpness, turn)}"/>'
        f'<path stroke="#{wall}" stroke-width="2.5" d="{strap}"/>'
        f'<path fill="#{heart}" d="{_core(grain[7] % 4, folds, turn)}"/>'
        f'<circle r="7" fill="#{glass}"/></svg>'
    )


def light(seed: bytes) -> str:
    """Which of the five lights tints the bar and the composer of this persona."""
    grain = _grain(seed)
    a, b, _ = _hues(grain)
    return LIGHTS[b if grain[4] & 1 else a]
