"""What a carer chooses for herself, as she does it."""

from __future__ import annotations

from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person

HERE, REST = "/me/desk", "/me/desk/rest"
BOXES = ("plain", "no_keys", *(f"day_{number}" for number in range(7)))


def choose(person: Person, **ticked: str) -> Page:
    """Her choices, and only these."""
    sheet = person.browser.get(HERE).form(HERE)
    kept = {name: value for name, value in sheet.fields.items() if name not in BOXES}
    # As lists send what stands in them.
    return person.browser.post(HERE, {**kept, "begins": "8", "ends": "20", **ticked})


def rest(person: Person, hours: str) -> Page:
    """A break."""
    sheet = person.browser.get(HERE).form(REST)
    return person.browser.post(REST, {**sheet.fields, "hours": hours})
