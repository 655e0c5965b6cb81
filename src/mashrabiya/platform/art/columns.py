"""Charts: columns over time and bars in a row, as SVG without a word, a script or a style.

What stands beside them says the same in words, so they are hidden from whoever listens. A number too small to be
told is an outline of one height, whatever it is.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDE, HIGH = 240, 100
_FEW_HIGH = 3
_GAP = 0.28
_STEPS = (10, 20, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 5000, 10000)


def top_of(series: Sequence[Sequence[int]]) -> int:
    """A round number that no column is higher than."""
    highest = max((max(one, default=0) for one in series), default=0)
    return next((step for step in _STEPS if step >= highest), highest)


def columns(series: Sequence[Sequence[int]], *, rtl: bool = False) -> str:
    """One group of columns a month, one column a series; the oldest where reading begins. Nought: too small to tell."""
    top, count = top_of(series), max((len(one) for one in series), default=0)
    lines = "".join(f'<path class="at" d="M0 {y}H{WIDE}"/>' for y in (0, HIGH // 2, HIGH))
    slot = WIDE / max(count, 1)
    width = slot * (1 - _GAP) / max(len(series), 1)
    drawn = []
    for number, one in enumerate(series):
        for month, value in enumerate(one):
            start = slot * month + slot * _GAP / 2 + width * number
            x = WIDE - start - width if rtl else start
            drawn.append(_rect(number, value, top, x=x, width=width))
    return (
        f'<svg class="columns" viewBox="0 -1 {WIDE} {HIGH + 2}" preserveAspectRatio="none" aria-hidden="true">'
        f"{lines}{''.join(drawn)}</svg>"
    )


def bar(value: int, top: int, *, rtl: bool = False) -> str:
    """One bar, from where reading begins."""
    width = WIDE * value / max(top, 1) if value else _FEW_HIGH
    x = WIDE - width if rtl else 0.0
    few = "" if value else " few"
    return (
        f'<svg class="bar1" viewBox="0 0 {WIDE} 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="s0{few}" x="{x:.4g}" y="1" width="{width:.4g}" height="8"/></svg>'
    )


def _rect(number: int, value: int, top: int, *, x: float, width: float) -> str:
    height = HIGH * value / top if value else float(_FEW_HIGH)
    few = "" if value else " few"
    return (
        f'<rect class="s{number}{few}" x="{x:.4g}" y="{HIGH - height:.4g}" '
        f'width="{width:.4g}" height="{height:.4g}"/>'
    )
