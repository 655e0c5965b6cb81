"""What a first visit carries: light, without directions that break in Arabic, without danger."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[1] / "assets"
SHEETS = sorted(ASSETS.glob("*.css"))
SCRIPTS = sorted(ASSETS.glob("*.js"))

# What a template says in `class="…"`, and what drawings and scripts name.
_PACKAGE = Path(__file__).parents[2]
_SAID = re.compile(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', re.DOTALL)
_SHELL = re.compile(r"\{% block shell %\}(.*?)\{% endblock %\}", re.DOTALL)
_DRAWN = re.compile(r'class="([^"]*)"|"( flip)"')
_STYLED = re.compile(r"\.([a-z][\w-]*)")

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
    # Leaving quickly empties the store, whatever a page kept there by her choice (0049).
    keeping = r"localStorage(?!\.clear\(\))|sessionStorage|indexedDB|document\.cookie"
    assert re.findall(keeping, read(path)) == []
    stored = re.findall(r"caches\.(\w+)", read(path))
    # But for one page, the same for everybody (docs/decisions/0047): kept by the worker, let go by its own page.
    allowed = {"sw.js": {"open", "keys", "delete"}, "install.js": {"keys", "delete"}}
    # And the words that a notice shows there, chosen when it was switched on (0048): they are gone with it.
    allowed["push.js"] = {"open", "delete"}
    allowed["core.js"] = {"keys", "delete"}
    assert set(stored) <= allowed.get(path.name, set())


def test_one_page_is_kept_and_no_other() -> None:
    worker = next(read(path) for path in SCRIPTS if path.name == "sw.js")
    assert re.findall(r"\.(?:put|add|addAll)\((\w*)", worker) == ["PAGE"]
    assert 'PAGE = "/h"' in worker


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert re.findall(r"https?://|data:|@import|@font-face", read(path)) == []


def test_every_class_of_the_sheets_stands_on_some_page() -> None:
    """What nothing wears is carried by every first visit."""
    rules = re.sub(r"/\*.*?\*/", "", "".join(map(read, SHEETS)), flags=re.DOTALL)
    styled = set(_STYLED.findall(re.sub(r"\{[^{}]*\}", "{}", rules)))
    worn = {name for said in _worn() for name in re.findall(r"[a-z][\w-]*", said)}
    # The panes of a window are named by their colour.
    panes = {name for name in styled if re.fullmatch(r"g-[a-z]", name)}
    assert styled - worn - panes == set()


def _worn() -> Iterator[str]:
    for path in _PACKAGE.rglob("templates/**/*.html"):
        yield from _SAID.findall(read(path))
        yield from _SHELL.findall(read(path))
    # What is drawn without a template: pictures, and the words of the glossary in a text.
    for path in (*(_PACKAGE / "platform" / "art").glob("*.py"), _PACKAGE / "library" / "terms" / "room.py"):
        yield from ("".join(found) for found in _DRAWN.findall(read(path)))


def test_dark_is_a_change_of_one_attribute() -> None:
    """No rule of the sheets asks for the scheme; the link's media attribute decides."""
    assert all("prefers-color-scheme" not in re.sub(r"/\*.*?\*/", "", read(path)) for path in SHEETS)
