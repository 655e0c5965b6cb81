"""The mark of the software, its neutral stand-in, and the lattice for covers and print."""

from __future__ import annotations

from math import cos, pi, sin

from mashrabiya.platform.art.star import EIGHTFOLD, point, star

MIDDLE = 32
RADIUS = 29
HEART = 11
LIT = ("#e6a537", "#d65a82", "#8d7bd0", "#3fa7a3")

WOOD = "#563a2d"
WOOD_AT_NIGHT = "#d9b99c"

NOTES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect x="12" y="8" width="40" height="48" rx="5" fill="#f3f3f3" stroke="#777" stroke-width="3"/>'
    '<path stroke="#777" stroke-width="3" stroke-linecap="round" d="M21 22h22M21 32h22M21 42h13"/></svg>'
)


def _at(radius: float, angle: float) -> str:
    return point(MIDDLE + radius * sin(angle), MIDDLE - radius * cos(angle))


def _pane(index: int) -> str:
    """One kite between the inner octagon and a point of the star."""
    angle, half, waist = pi * index / 4, pi / 8, RADIUS * EIGHTFOLD
    corners = (
        _at(RADIUS, angle),
        _at(waist, angle + half),
        _at(HEART, angle + half),
        _at(HEART, angle - half),
        _at(waist, angle - half),
    )
    return f'<path fill="{LIT[index]}" d="M{" ".join(corners)}z"/>'


def mark(wood: str = "currentColor") -> str:
    """Eight panes of a window, four of them lit: what stands inside the ``<svg>``."""
    angles = [pi * (i + 0.5) / 4 for i in range(8)]
    heart = "M" + " ".join(_at(HEART, angle) for angle in angles) + "z"
    spokes = "".join(f"M{_at(HEART, angle)} {_at(RADIUS * EIGHTFOLD, angle)}" for angle in angles)
    return (
        "".join(_pane(i) for i in range(len(LIT)))
        + f'<path fill="none" stroke="{wood}" stroke-width="4" stroke-linejoin="round" '
        f'd="{star(MIDDLE, MIDDLE, RADIUS)}{heart}{spokes}"/>'
    )


def mark_file(wood: str = WOOD) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{mark(wood)}</svg>'


def lattice_file(stroke: str = "#8a6a55", size: int = 48) -> str:
    """One repeat of the lattice."""
    half, bead = size / 2, size * 0.14
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">'
        f'<path fill="none" stroke="{stroke}" stroke-width="1.6" d="{star(half, half, half)}'
        f'M{half:g} {size * 0.36:g}a{bead:g} {bead:g} 0 1 0 .1 0z"/></svg>'
    )
