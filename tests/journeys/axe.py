"""What axe finds on a page: it is brought into each page once, and tells of its faults alone."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What passes is a hundred times as much, and nobody reads it.
_FIND = """options => axe.run(document, {...options, resultTypes: ["violations"]}).then(
  found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`)
)"""


def axe_finds(page: Page, path: str, options: dict[str, object]) -> list[str]:
    """Every rule that the page breaks, in a line each."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_FIND, options)
    return [f"{path}: {line}" for line in found]
