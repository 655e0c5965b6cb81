"""Stars and crosses, the two shapes every drawing of the house is made of."""

from __future__ import annotations

from math import cos, pi, sin

# inner radius of an eight-fold star whose edges run on as straight straps
EIGHTFOLD = 0.7654


def point(x: float, y: float) -> str:
    return f"{round(x, 1):g} {round(y, 1):g}"


def _path(points: list[str]) -> str:
    """A closed path; a minus sign also parts two numbers, so the space before it may go."""
    return "M" + " ".join(points).replace(" -", "-") + "z"


def star(cx: float, cy: float, radius: float, inner: float = EIGHTFOLD) -> str:
    """An eight-pointed star around a centre, as path text."""
    lengths = [radius if corner % 2 == 0 else radius * inner for corner in range(16)]
    return _path(
        [
            point(cx + length * sin(pi * corner / 8), cy - length * cos(pi * corner / 8))
            for corner, length in enumerate(lengths)
        ]
    )


def cross(size: float) -> str:
    """The cross that stars of the same size leave between them, around 0 0."""
    half = size / 2
    arm = half * 0.2929
    corners = [(0, -half), (arm, -arm), (half, 0), (arm, arm)]
    return _path([point(x, y) for x, y in corners + [(-x, -y) for x, y in corners]])
