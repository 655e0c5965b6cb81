"""The templates that all pages extend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[1] / "templates").glob("*.html"))
# Said the same in every language.
WORDLESS = {"404", "…"}


def words_in(source: str) -> set[str]:
    """What a reader would see that did not come from a catalogue."""
    seen = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    seen = re.sub(r"<[^>]*>", " ", seen)
    return {word for word in seen.split() if re.search(r"\w", word)} - WORDLESS


def names(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_templates_speak_through_the_catalogue(path: Path) -> None:
    assert words_in(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_templates_hold_no_style_and_no_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|<script(?! src=)|\son\w+=|javascript:|data:", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_templates_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 100


def test_neutral_pages_do_not_name_the_house() -> None:
    for name in ("bare", "missing", "typed", "gone", "_close", "_kept"):
        source = (TEMPLATES[0].parent / f"{name}.html").read_text(encoding="utf-8")
        assert "site_name" not in source
        assert "_mark" not in source


def test_where_quick_exit_lands_nothing_fades_over() -> None:
    """Our sheet asks for soft page changes, which would show the last page for a moment."""
    assert "stylesheet" not in (TEMPLATES[0].parent / "gone.html").read_text(encoding="utf-8")


def test_a_choice_that_comes_back_is_no_box_with_a_word_in_it() -> None:
    folder = TEMPLATES[0].parent
    kept = (folder / "_kept.html").read_text(encoding="utf-8")
    unseen = set(re.findall(r'"(\w+)"', kept.partition("set choices =")[2].partition("]")[0]))
    beginnings = tuple(re.findall(r'startingwith\("(\w+)"\)', kept))
    pages = "".join(path.read_text(encoding="utf-8") for path in folder.parents[1].glob("*/templates/*.html"))
    asked = set(re.findall(r'(?:type="(?:radio|checkbox)" name="|tick\(")(\w+)"', pages))
    assert len(asked) > 30
    assert {
        name for name in asked if name not in unseen | {"device"} and not name.startswith(beginnings)
    } == set()
