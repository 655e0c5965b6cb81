"""Which pane of the window holds which glass: symmetric, calm, mostly clear."""

from __future__ import annotations

from collections.abc import Callable

Panes = dict[str, list[tuple[int, int]]]

WIDE = 9
HIGH = 12
PANE = 44

HUES = {"a": "#eba83a", "r": "#dd5f88", "i": "#8470d6", "n": "#37a9a4"}

_RINGS = {0: "a", 2: "r", 4: "i", 6: "n", 8: "a"}


def _star_glass(x: int, y: int) -> str | None:
    dx, dy = abs(x - (WIDE - 1) // 2), abs(y - round(HIGH * 0.42))
    if y == HIGH - 1:
        return {0: "n", 2: "i"}.get(dx % 4)
    ring = dx + dy
    if ring in (2, 4) and dx == dy:
        return {2: "a", 4: "r"}[ring]
    if ring == 6 and dx in (1, 5):
        return None
    return _RINGS.get(ring)


def _cross_glass(x: int, y: int) -> str | None:
    dx, dy = abs(x - 0.5 - (WIDE - 1) / 2), abs(y - 0.5 - round(HIGH * 0.42))
    ring = dx + dy
    if ring == 1:
        return "a"
    if ring == 3 and dx != dy:
        return "r"
    if ring == 5 and abs(dx - dy) < 2:
        return "i"
    if ring == 7 and abs(dx - dy) == 1:
        return "n"
    return None


def stars() -> Panes:
    """The coloured stars of the window, by colour."""
    return _collect(HIGH, WIDE, _star_glass)


def crosses() -> Panes:
    """The coloured crosses between them, by colour."""
    return _collect(HIGH + 1, WIDE + 1, _cross_glass)


def _collect(rows: int, columns: int, glass: Callable[[int, int], str | None]) -> Panes:
    panes: Panes = {}
    for y in range(rows):
        for x in range(columns):
            colour = glass(x, y)
            if colour:
                panes.setdefault(colour, []).append((x, y))
    return panes


def clear(panes: Panes, rows: int, columns: int) -> list[tuple[int, int]]:
    """The places that hold no coloured glass."""
    taken = {place for places in panes.values() for place in places}
    return [(x, y) for y in range(rows) for x in range(columns) if (x, y) not in taken]


def uses(panes: Panes, shape: str) -> str:
    """The panes as groups ``g-a`` … that repeat one shape."""
    return "".join(
        f'<g class="g-{colour}">{placed(places, shape)}</g>' for colour, places in sorted(panes.items())
    )


def placed(places: list[tuple[int, int]], shape: str) -> str:
    return "".join(f'<use href="#{shape}" x="{x * PANE}" y="{y * PANE}"/>' for x, y in places)


def arch(wide: int = WIDE * PANE, high: int = HIGH * PANE) -> str:
    """The outline of the window."""
    return (
        f"M0 {high}V{high * 0.36:g}C0 {high * 0.17:g} {wide * 0.26:g} {high * 0.1:g} {wide / 2:g} 0"
        f"C{wide * 0.74:g} {high * 0.1:g} {wide} {high * 0.17:g} {wide} {high * 0.36:g}V{high}z"
    )
