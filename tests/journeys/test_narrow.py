"""Every page that anybody can reach, on a screen of 320 px: nothing scrolls sideways, nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse
from tests.test_every_link import Walk, kind_of, people

from .conftest import NewPage

pytestmark = pytest.mark.browser

# A title's link covers its whole row: whatever else is pressed there has to stand above it.
COVERED = """() => [...document.querySelectorAll(".row :is(button, .btn, .meta a)")].filter((one) => {
  if (!one.checkVisibility()) return false;
  one.scrollIntoView({ block: "center" });
  const box = one.getClientRects()[0];
  return !one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
}).slice(0, 2).map((one) => "covered by its title: " + one.outerHTML.slice(0, 160))"""

# All that folds is opened first. What is cut on purpose, or scrolls in a strip of its own, is let be.
WIDE = """() => {
  for (const one of document.querySelectorAll("details")) { one.removeAttribute("name"); one.open = true; }
  const wide = document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [];
  const past = [...document.body.querySelectorAll("*")].filter((one) => {
    if (one.closest("svg, .vh, .skip, .cast, .scroll, .mark span, .other span, .chip input")) return false;
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (box.left < -1 || box.right > innerWidth + 1);
  });
  const lines = [...document.querySelectorAll(".act")].filter((row) => {
    const tops = [...row.children].map((one) => one.getBoundingClientRect().top).filter((top) => top);
    return tops.some((top) => Math.abs(top - tops[0]) > 4);
  });
  wide.push(...lines.slice(0, 1).map((row) => "acts on two lines: " + row.innerText));
  return wide.concat(past.slice(0, 3).map((one) => "past the edge: " + one.outerHTML.slice(0, 160)));
}"""


def reached(house: TestHouse, language: str) -> Iterator[tuple[dict[str, str], str]]:
    """One page of each kind that is shown to somebody, with what opens her session."""
    met: set[str] = set()
    for who, opens in people(house).items():
        cookies = opens()
        browser = house.browser(language)
        browser.cookies = dict(cookies)
        browser.get(f"/?lang={language}")
        walk = Walk(browser, language, most=2)
        walk.everything()
        for path in walk.opened:
            kind = f"{who == 'visitor'} {kind_of(path)}"
            if kind not in met:
                met.add(kind)
                yield browser.cookies, path


def wide(page: Page, path: str) -> list[str]:
    page.goto(path)
    return [f"{path}: {fault}" for fault in page.evaluate(COVERED) + page.evaluate(WIDE)]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_is_wider_than_the_narrowest_phone(
    house: TestHouse, new_page: NewPage, language: str
) -> None:
    house.site.rooms["limits"].on = False
    page = new_page(language, javascript=False, width=320)
    page.goto("/h")
    found, seen = [], 0
    for cookies, path in reached(house, language):
        page.context.clear_cookies()
        page.context.add_cookies(
            [
                {"name": name, "value": value, "domain": "127.0.0.1", "path": "/", "secure": name == SESSION}
                for name, value in cookies.items()
            ]
        )
        found += wide(page, path)
        seen += 1
    assert seen > 60
    assert not found, "\n".join(found)
