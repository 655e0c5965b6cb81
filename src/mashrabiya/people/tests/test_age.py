"""T26: the age group is believed, sealed, one for all her names, and shown by nothing."""

from __future__ import annotations

import re

import pytest

from mashrabiya.people import flows, queries
from mashrabiya.people.tests.factories import PASSPHRASE, Person, join, person
from mashrabiya.people.tests.test_flows import rows
from mashrabiya.people.types import Band
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

REFUSED = {"en": "No account was made.", "ar": "لم يُنشأ حساب."}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_under_eighteen_is_refused_with_help_now_and_nothing_is_kept(house: TestHouse, language: str) -> None:
    browser = house.browser(language)
    answered = join(house, browser, age="under", name="Young", **{"pass": "short"})
    assert answered.status == 422
    assert REFUSED[language] in answered.text
    assert '<a class="btn stop" href="/h">' in answered.text
    assert "Young" not in answered.text
    assert rows(house, "account") == 0
    assert not browser.cookies


def test_and_may_have_ticked_it_by_mistake(house: TestHouse) -> None:
    browser = house.browser()
    join(house, browser, age="under")
    assert join(house, browser, age="over").status == 200
    assert rows(house, "account") == 1


def minor(house: TestHouse, name: str) -> Person:
    """Somebody under 18 in a house that is open to them."""
    house.change(adults_only=False)
    wish = flows.SignUp(name.casefold(), PASSPHRASE, Band.MINOR)
    new = flows.sign_up(house.site, wish)
    cookie = flows.enter(house.site, new.unlocked)
    made = Person(house, name.casefold(), PASSPHRASE, new.codes, cookie.text)
    made.add(name)
    return made


def bands(someone: Person) -> list[Band]:
    viewer = someone.viewer
    assert viewer.work is not None
    with someone.house.database.read() as db:
        live = queries.own_personas(db, viewer.work, viewer.siblings, someone.house.keys.of("field"))
    return [persona.flags.band for persona in live]


def test_it_is_one_for_all_her_names(house: TestHouse) -> None:
    young, grown = minor(house, "Young"), person(house, "Grown")
    for someone in (young, grown):
        someone.add(f"{someone.name} again")
    assert (bands(young), bands(grown)) == ([Band.MINOR] * 2, [Band.ADULT] * 2)
    young.sign_in()
    assert bands(young) == [Band.MINOR] * 2


def test_what_lies_in_the_rows_does_not_tell_it(house: TestHouse) -> None:
    minor(house, "Young")
    person(house, "Grown")
    sizes = house.database.connection().execute("SELECT LENGTH(flags) FROM persona").fetchall()
    assert len({row[0] for row in sizes}) == 1
    vaults = house.database.connection().execute("SELECT LENGTH(vault) FROM account").fetchall()
    assert len({row[0] for row in vaults}) == 1


def seen(browser: Browser, path: str, name: str, pub: str) -> tuple[int, str]:
    page = browser.get(path)
    text = re.sub(
        r'name="_f" value="[^"]*"|<svg class="t".*?</svg>|data-light="[^"]*"|data-live="b[^"]*"',
        "",
        page.text,
    )
    text = re.sub(r'<span class="av[^"]*">.*?</span>', "", text, flags=re.DOTALL)
    return page.status, text.replace(name, "NAME").replace(pub, "PUB")


def test_no_viewer_can_tell_the_page_of_a_minor_from_that_of_an_adult(house: TestHouse) -> None:
    """Also not those who share a community, and not herself."""
    from mashrabiya.communities import commands as communities
    from mashrabiya.communities.tests.factories import found
    from mashrabiya.communities.types import Audience

    young, grown, bob = minor(house, "Young"), person(house, "Grown"), person(house, "Bob")
    cid = found(house.database, Audience.SIGNED_IN)
    for someone in (young, grown, bob):
        with house.database.write() as uow:
            communities.join(uow, someone.viewer, cid)
    charlie = person(house, "Charlie")
    pubs = {someone.name: someone.face.pub for someone in (young, grown)}
    for browser in (bob.browser(), charlie.browser(), house.browser()):
        pages = [seen(browser, f"/p/{pubs[who.name]}", who.face.name, who.face.pub) for who in (young, grown)]
        assert pages[0] == pages[1]
    own = [
        seen(who.browser(), path, who.face.name, who.face.pub)
        for path in ("/me", "/me/p", "/")
        for who in (young, grown)
    ]
    assert own[0] == own[1]
    assert own[2] == own[3]
    assert own[4] == own[5]
    assert bob.browser().get(f"/p/{pubs['young']}").status == 200


def test_no_route_and_no_program_asks_for_it() -> None:
    from mashrabiya import main

    for route in main.ROUTES:
        assert not re.search(r"age|band|minor|young", route.path.replace("language", "")), route.path
