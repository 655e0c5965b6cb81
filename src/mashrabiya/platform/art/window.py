"""The window of the landing page, and the light it throws on the floor."""

from __future__ import annotations

from functools import cache

from mashrabiya.platform.art.glass import HIGH, HUES, PANE, WIDE, arch, clear, crosses, placed, stars, uses
from mashrabiya.platform.art.star import cross, star

WIDTH, HEIGHT = WIDE * PANE, HIGH * PANE


def _lattice() -> str:
    half = PANE / 2
    knobs = "".join(
        f'<circle class="knob"{x}{y} r="3.2"/>'
        for x, y in (("", ' cy="22"'), (' cx="44"', ' cy="22"'), (' cx="22"', ""), (' cx="22"', ' cy="44"'))
    )
    return (
        f'<pattern id="lat" width="{PANE}" height="{PANE}" patternUnits="userSpaceOnUse">'
        f'<path class="wood" d="{star(half, half, half)}"/>'
        f'<circle class="bead" cx="{half:g}" cy="{half:g}" r="{PANE * 0.13:g}"/>{knobs}</pattern>'
    )


@cache
def window() -> str:
    """The lattice window with its medallion of coloured glass; once a page, since it carries ids."""
    half, outline = PANE / 2, arch()
    inner = f"translate({WIDTH * 0.022:g} {HEIGHT * 0.02:g})scale(.956 .972)"
    return (
        f'<svg class="win" viewBox="-10 -12 {WIDTH + 20} {HEIGHT + 34}" aria-hidden="true"><defs>'
        f'<path id="st" d="{star(half, half, half)}"/><path id="cr" d="{cross(PANE)}"/>'
        f'<clipPath id="arch"><path d="{outline}"/></clipPath>{_lattice()}</defs>'
        f'<g clip-path="url(#arch)"><path class="sky" d="{outline}"/>{uses(stars(), "st")}'
        f'<g class="dim">{uses(crosses(), "cr")}</g><path fill="url(#lat)" d="{outline}"/></g>'
        f'<path class="frame" d="{outline}"/><path class="frame in" d="{outline}" transform="{inner}"/>'
        f'<path class="sill" d="M-10 {HEIGHT + 4}H{WIDTH + 10}v14H-10z"/></svg>'
    )


def _filled(groups: str) -> str:
    for colour, hue in HUES.items():
        groups = groups.replace(f'class="g-{colour}"', f'fill="{hue}"')
    return groups


def light_file(sun: str = "#fff", strength: str = "0.8") -> str:
    """The window's light on the floor: clear panes are sun, coloured ones glass, the lattice shade."""
    half = PANE / 2
    starry, crossed = stars(), crosses()
    bright = placed(clear(starry, HIGH, WIDE), "s") + placed(clear(crossed, HIGH + 1, WIDE + 1), "c")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 420" preserveAspectRatio="xMaxYMin meet"><defs>'
        f'<path id="s" d="{star(half, half, PANE * 0.455)}"/><path id="c" d="{cross(PANE * 0.86)}"/>'
        f'<clipPath id="k"><path d="{arch()}"/></clipPath><linearGradient id="f" x2="0" y2="1">'
        '<stop stop-color="#fff"/><stop offset=".45" stop-color="#777"/><stop offset="1" stop-color="#000"/>'
        '</linearGradient><mask id="m"><path fill="url(#f)" d="M0 0h820v420H0z"/></mask></defs>'
        f'<g mask="url(#m)"><g transform="translate(424)skewX(-27)scale(1-.82)translate(0-{HEIGHT})">'
        f'<g clip-path="url(#k)"><g fill="{sun}" opacity="{strength}">{bright}</g>'
        f"{_filled(uses(starry, 's') + uses(crossed, 'c'))}</g></g></g></svg>"
    )
