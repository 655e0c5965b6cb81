"""T7 and T9: what is to be posted at a set time is in no page, list, count, answer or address of anybody else before its time."""

from __future__ import annotations

import re

from mashrabiya import main
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.planning import CANARY, pass_by, plan, waiting
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import Person, TestHouse
from tests.addresses import filled, known

TITLE = "Nobody knows of this yet"
# What is another in every page that is made: tokens of forms, names of sendings.
_DRAWN = re.compile(r'(?:value|nonce)="[0-9a-f.]{16,}"')


def pages(house: TestHouse, person: Person | None, paths: list[str]) -> dict[str, tuple[int, str]]:
    """Everything she may ask for, with what differs by chance taken out."""
    browser = browser_of(house, person)
    found: dict[str, tuple[int, str]] = {}
    for path in paths:
        page = browser.get(path)
        found[path] = (page.status, _DRAWN.sub("", page.text))
    return found


def browser_of(house: TestHouse, person: Person | None) -> Browser:
    """Signed in anew: among all pages there are some that end a sign-in."""
    if person is None:
        return house.browser()
    person.browser.cookies[SESSION] = flows.sign_in(house.site, person.name, person.passphrase).text
    return person.browser


def test_nobody_else_meets_anything_of_it_before_its_time(house: TestHouse) -> None:
    house.site.rooms["limits"].on = False
    alice, bob, carl = (house.person(name) for name in ("Alice", "Bob", "Carl"))
    cid = open_place(house, alice, bob, carl, audience=Audience.PUBLIC)
    place = f"/c/{show_id(cid)}"
    readers = {"runs it": alice, "belongs": carl, "nobody": None}
    routes = [route for route in main.ROUTES if route.method == "GET"]
    paths = sorted({path for route in routes for path in filled(route.path, known(house.database))})
    paths += [f"/c?q={TITLE.replace(' ', '+')}", "/api/t", f"{place}?x=1"]
    before = {who: pages(house, person, paths) for who, person in readers.items()}
    again = {who: pages(house, person, paths) for who, person in readers.items()}
    # Some draw something anew each time: a suggestion, a picture, a search that is closed into its address.
    steady = {
        who: {path for path in paths if again[who][path] == found[path]} for who, found in before.items()
    }
    assert all(len(paths) - len(some) < 12 for some in steady.values())
    assert sum(status == 200 for status, _ in before["belongs"].values()) > 25
    assert plan(bob, f"{place}/t", title=TITLE).status == 303
    (row,) = waiting(house, bob.viewer)
    for who, person in readers.items():
        after, browser = pages(house, person, paths), browser_of(house, person)
        changed = {path for path in steady[who] if after[path] != before[who][path]}
        assert changed == set(), who
        # A search says what was looked for.
        said = {path for path, (_, text) in after.items() if TITLE in text or CANARY in text}
        assert all(path.startswith("/c?q=") for path in said), said
        for address in (f"{place}/t?instead={row.shown}", f"/t/{row.shown}", f"/api/t/{row.shown}"):
            found, other = browser.get(address), browser.get(address.replace(row.shown, "7" * 26))
            assert (found.status, len(found.text)) == (other.status, len(other.text))
            assert TITLE not in found.text
            assert CANARY not in found.text
    # Nor is it told by another of her own names, or by any number of the database that is shown.
    bob.new_persona("Other")
    for path in ("/me/later", f"{place}/t?instead={row.shown}", "/me/drafts", "/"):
        text = bob.browser.get(path).text
        assert TITLE not in text, path
        assert CANARY not in text, path
    # So the test can fail: at its time they all meet it.
    pass_by(house)
    assert TITLE in house.browser().get(place).text
