"""What a first visit carries: light, without directions that break in Arabic, without danger."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[1] / "assets"
SHEETS = sorted(ASSETS.glob("*.css"))
SCRIPTS = sorted(ASSETS.glob("*.js"))

# DESIGN §5: templates and other people's checks call these names.
FIXED = """
    btn chip call card stack bar cols scroll head as who av door ring list row wait slot wants fold
    reply side compose read steps story toc checked facts state when talk msg gone day send phase
    say veil blur ballot meter dot codes pick picks field tiles gate empty pop more cn meta tabs top
    foot shell aside crumb sec act helped post draft skip mark
""".split()  # noqa: SIM905 (a list of words is read as words)

_PHYSICAL = re.compile(
    r"(?<![\w-])(?:left|right)(?![\w-])|(?:margin|padding|border|inset)-(?:left|right|top|bottom)|"
    r"text-align:\s*(?:left|right)|float:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)"
)
_FOUR_SIDES = re.compile(
    r"(?<![\w-])(?:margin|padding|inset|border-width):\s*([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+)\s*[;}]"
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def weight(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheets_know_no_left_or_right(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", read(path), flags=re.DOTALL).replace("safe-area-inset-bottom", "")
    assert _PHYSICAL.findall(rules) == []
    for sides in _FOUR_SIDES.findall(read(path)):
        assert sides[1] == sides[3], sides


def test_all_sheets_together_stay_within_14_kb() -> None:
    assert weight(*SHEETS) <= 14 * 1024


def test_a_first_visit_fetches_two_sheets() -> None:
    assert [path.name for path in SHEETS] == ["app.css", "dark.css"]


def test_the_core_script_stays_within_10_kb_and_tools_within_8() -> None:
    assert weight(ASSETS / "core.js") <= 3 * 1024
    assert weight(ASSETS / "work.js") <= 8 * 1024


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_never_turn_text_into_markup_or_code(path: Path) -> None:
    """The policy of the house demands trusted types: such a line would break the page."""
    dangerous = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.src\s*=|DOMParser"
    )
    assert re.findall(dangerous, read(path)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_nothing_in_the_browser(path: Path) -> None:
    assert re.findall(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.", read(path)) == []


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert re.findall(r"https?://|data:|@import|@font-face", read(path)) == []


@pytest.mark.parametrize("name", FIXED)
def test_the_fixed_class_names_are_there(name: str) -> None:
    assert re.search(rf"\.{name}(?![\w-])", read(ASSETS / "app.css"))


def test_dark_is_a_change_of_one_attribute() -> None:
    """No rule of the sheets asks for the scheme; the link's media attribute decides."""
    assert all("prefers-color-scheme" not in re.sub(r"/\*.*?\*/", "", read(path)) for path in SHEETS)
