"""The bar at the bottom of a phone: five at most, each as large as a finger, and the rest by one press or key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mashrabiya.people import commands as people
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import Person, TestHouse

from .conftest import NewPage
from .hands import Hands
from .test_accessible import sign_in

pytestmark = pytest.mark.browser

# What stands in the bar, and whether a word is cut, lies beside its place, or is too small to be met.
FAULTS = """() => [...document.querySelectorAll(".tabs a, .tabs summary")].filter((one) => one.checkVisibility()).map((one) => {
  const box = one.getBoundingClientRect(), word = one.querySelector("span").getBoundingClientRect();
  if (box.width < 44 || box.height < 44) return "small: " + one.innerText;
  if (box.left < -1 || box.right > innerWidth + 1 || box.top < 0) return "past the edge: " + one.innerText;
  return word.left < box.left - 1 || word.right > box.right + 1 ? "wider than its place: " + one.innerText : "";
}).filter((fault) => fault)"""


def keeper(house: TestHouse, language: str, *grants: Grant) -> Person:
    person = house.person("Mona", language=language)
    for grant in grants:
        with house.database.write() as uow:
            people.change_grant(uow, person.viewer.pid, add=grant, keys=house.keys)
    return person


def shown(page: Page) -> int:
    return page.locator(".tabs > :is(a, details)").filter(visible=True).count()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_whoever_runs_a_house_and_cares_for_it_has_five_and_the_rest_unfold(
    house: TestHouse, new_page: NewPage, language: str
) -> None:
    mona = keeper(house, language, Grant.HOST, Grant.CARE)
    for width in (320, 390, 430):
        hands = Hands(new_page(language, javascript=False, width=width))
        page = hands.page
        sign_in(page, mona)
        page.goto("/")
        assert shown(page) == 5
        hands.to(".rest > summary")
        page.keyboard.press("Enter")
        expect(page.locator(".rest a[href='/o']")).to_be_visible()
        assert page.evaluate(FAULTS) == []
        assert page.locator(".rest a").count() == 3
        hands.press(".rest a[href='/care']")
        assert page.url.endswith("/care")
        assert page.locator(".rest summary").evaluate("one => getComputedStyle(one).fontWeight") == "600"
        assert hands.wrong == []


def test_nobody_else_has_anything_to_unfold_and_beside_a_wide_page_all_stands_open(
    house: TestHouse, new_page: NewPage
) -> None:
    nour = house.person("Nour")
    page = new_page("en", width=320)
    sign_in(page, nour)
    page.goto("/")
    assert (shown(page), page.locator(".rest").count()) == (5, 0)
    assert page.evaluate(FAULTS) == []
    wide = new_page("en", width=1280)
    sign_in(wide, keeper(house, "en", Grant.HOST, Grant.CARE))
    wide.goto("/")
    assert (shown(wide), wide.locator(".rest").is_visible()) == (7, False)
