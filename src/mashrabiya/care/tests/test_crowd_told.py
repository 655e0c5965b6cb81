"""More accounts than usual: those who can protect the whole house read it where they work, and nobody else does."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.communities.tests.test_protect import named
from mashrabiya.people.types import Grant
from mashrabiya.platform.limits import SITE_SIGN_UPS
from mashrabiya.testing.house import Person, TestHouse

SAID = {"en": "More accounts than usual", "ar": "حسابات أكثر من المعتاد"}


def crowd(house: TestHouse) -> None:
    for _ in range(SITE_SIGN_UPS.acts):
        house.site.rooms["limits"].count_sign_up()


def of_role(house: TestHouse, role: str) -> tuple[Person, str]:
    if role == "care":
        return a_carer(house), "/care"
    host = house.person("Alice")
    named(house, host, Grant.HOST)
    return host, "/o"


@pytest.mark.parametrize("role", ["care", "host"])
def test_it_is_told_while_nothing_protects_the_house(house: TestHouse, role: str) -> None:
    house.change(open=True)
    person, desk = of_role(house, role)
    assert SAID["en"] not in person.browser.get(desk).text
    crowd(house)
    page = person.browser.get(desk).text
    assert SAID["en"] in page
    assert 'href="/protect"' in page
    assert SAID["en"] in person.browser.get("/protect").text
    assert person.browser.submit("/protect", "/protect", hours="6").location == "/protect"
    assert SAID["en"] not in person.browser.get(desk).text, "it is done"


def test_it_speaks_arabic_too_and_nobody_else_reads_it(house: TestHouse, bob: Person) -> None:
    carer, _ = of_role(house, "care")
    crowd(house)
    assert SAID["ar"] in carer.browser.get("/care?lang=ar").text
    for page in ("/", "/c", "/me"):
        assert SAID["en"] not in bob.browser.get(page).text
