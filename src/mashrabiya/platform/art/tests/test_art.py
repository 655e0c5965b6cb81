"""Drawings are pure, small, and carry nothing that a strict policy would refuse."""

from __future__ import annotations

import random
import re

import pytest

from mashrabiya.platform.art import door, icon, light, sprite, tile, window
from mashrabiya.platform.art.__main__ import PLATFORM, drawings
from mashrabiya.platform.art.icons import FLIPPED, SYMBOLS
from mashrabiya.platform.art.tile import REMEMBERED

SEEDS = [random.Random(n).randbytes(8) for n in range(500)]


def test_a_tile_is_drawn_from_its_seed_alone() -> None:
    first = [tile(seed) for seed in SEEDS]
    tile.cache_clear()
    assert [tile(seed) for seed in SEEDS] == first


def test_tiles_differ() -> None:
    assert len({tile(seed) for seed in SEEDS}) > 480


@pytest.mark.parametrize("draw", [tile, door])
def test_a_tile_is_small_and_plain(draw: object) -> None:
    assert callable(draw)
    for seed in SEEDS:
        drawing = draw(seed)
        assert len(drawing) <= 760
        assert drawing.startswith("<svg ")
        assert not re.search(r"\bid=|style=|href|<script|on\w+=", drawing)


def test_tiles_stay_within_700_bytes() -> None:
    assert max(len(tile(seed)) for seed in SEEDS) <= 700


def test_only_so_many_tiles_are_remembered() -> None:
    assert tile.cache_info().maxsize == REMEMBERED


def test_each_persona_has_one_of_the_five_lights() -> None:
    assert {light(seed) for seed in SEEDS} == {"amber", "rose", "iris", "nile", "olive"}


def test_the_window_is_drawn_once_and_needs_no_style() -> None:
    drawing = window()
    assert "style=" not in drawing
    ids = re.findall(r'\bid="([^"]+)"', drawing)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', drawing)) <= set(ids)


@pytest.mark.parametrize("path", drawings())
def test_the_files_are_what_the_code_draws(path: str) -> None:
    """Change the drawing, then run ``python -m mashrabiya.platform.art``."""
    assert (PLATFORM / path).read_text(encoding="utf-8") == drawings()[path]


def test_a_sprite_holds_each_used_icon_once() -> None:
    markup = sprite(["exit", "lamp", "exit"])
    assert re.findall(r'<symbol id="(\w+)"', markup) == ["exit", "lamp"]


def test_an_icon_that_nobody_drew_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("heart")


def test_only_icons_that_point_somewhere_turn() -> None:
    assert set(SYMBOLS) >= FLIPPED
    assert "flip" in icon("exit")
    assert "flip" not in icon("lamp")
