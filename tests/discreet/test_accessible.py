"""axe finds nothing in the neutral look either, with every note opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from mashrabiya.people.flows import alter_preferences
from mashrabiya.testing.chromium import PATIENCE_MS
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served
from tests.journeys.axe import axe_finds
from tests.journeys.test_accessible import RULES, Scene, sign_in

# A menu lies over what is below it, as menus do: they are opened last, and what they cover is not measured then.
OPEN = """(menus) => {
  for (const one of document.querySelectorAll("details")) one.removeAttribute("name");
  for (const one of document.querySelectorAll("details")) one.open = menus || !one.matches(".acts");
}"""
SMALL_ITEMS = """() => [...document.querySelectorAll("details.acts .menu a, details.acts .menu button")]
  .filter((one) => one.getBoundingClientRect().height < 24).length"""
COVERED = {**RULES, "rules": {"target-size": {"enabled": False}}}
LOOKS = [("ar", 320, False), ("ar", 1280, True), ("en", 320, True), ("en", 1280, False)]


@pytest.fixture
def address(house: TestHouse) -> Iterator[str]:
    with served(house) as url:
        yield url


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
def test_axe_finds_nothing(
    house: TestHouse, chromium: Browser, address: str, language: str, width: int, dark: bool
) -> None:
    scene = Scene(house)
    alter_preferences(house.site, scene.alice.browser.cookies["__Host-v"], discreet=True, language=language)
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": 844},
        color_scheme="dark" if dark else "light",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    sign_in(page, scene.alice)
    found: list[str] = []
    for path in (
        "/",
        "/c",
        scene.place,
        scene.thread,
        f"{scene.place}/t",
        "/t",
        "/me",
        "/me/p",
        "/e",
        "/e/d",
        "/k",
    ):
        page.goto(path)
        for moment in ("closed", "open", "menus"):
            if moment != "closed":
                page.evaluate(OPEN, moment == "menus")
            found += axe_finds(page, f"{path} {moment}", COVERED if moment == "menus" else RULES)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                found.append(f"{path} {moment}: scrolls sideways")
        if page.evaluate(SMALL_ITEMS):
            found.append(f"{path}: small things in a menu")
    context.close()
    assert found == []
