"""``python -m mashrabiya.platform.art`` draws the picture files of platform/assets anew."""

from __future__ import annotations

from pathlib import Path

from mashrabiya.platform.art.mark import NOTES, WOOD_AT_NIGHT, lattice_file, mark, mark_file
from mashrabiya.platform.art.window import light_file

PLATFORM = Path(__file__).parents[1]


def drawings() -> dict[str, str]:
    """Every drawn file of the platform, by its path inside it."""
    return {
        "assets/mark.svg": mark_file(),
        "assets/mark-dark.svg": mark_file(WOOD_AT_NIGHT),
        "assets/discreet.svg": NOTES,
        "assets/lattice.svg": lattice_file(),
        "assets/light.svg": light_file(),
        "assets/light-dark.svg": light_file(sun="#b9a6e8", strength="0.16"),
        "templates/_mark.html": f'<svg viewBox="0 0 64 64" aria-hidden="true">{mark()}</svg>\n',
    }


if __name__ == "__main__":
    for path, drawing in drawings().items():
        (PLATFORM / path).write_text(drawing, encoding="utf-8")
