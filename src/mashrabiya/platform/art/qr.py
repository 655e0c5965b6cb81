"""A square that a phone's camera reads, drawn here: no other service learns what it says."""

from __future__ import annotations

_QUIET = 4


def qr(text: str) -> str:
    """The square as SVG, black on white in every scheme: some cameras read it in no other way."""
    # Read where somebody is shown one: a second step is set up seldom.
    from segno import encoder

    matrix = encoder.encode(text, error="m", micro=False).matrix  # type: ignore[no-untyped-call]
    side = len(matrix) + 2 * _QUIET
    runs = "".join(_row(row, at + _QUIET) for at, row in enumerate(matrix))
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" width="220" height="220" shape-rendering="crispEdges" '
        f'aria-hidden="true"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{runs}"/></svg>'
    )


def _row(row: bytearray, y: int) -> str:
    """Dark modules that stand side by side, as one stroke of the pen each."""
    drawn, x = [], 0
    while x < len(row):
        width = 0
        while x + width < len(row) and row[x + width] == 1:
            width += 1
        if width:
            drawn.append(f"M{x + _QUIET} {y}h{width}v1h-{width}z")
        x += width or 1
    return "".join(drawn)
