"""What people of these tests do, by the forms of the pages."""

from __future__ import annotations

from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person

NEW = "/y/e/new"
SAID = {
    "kind": "2",
    "question": "How did I tell my sister?",
    "was": "We sat in the car.",
    "done": "I said it in one sentence.",
    "came": "She asked what we would eat.",
}
ALL_LAYERS = {"tick_1": "1", "tick_2": "1", "tick_4": "1", "tick_8": "1"}


def send(person: Person, **fields: str) -> Page:
    """The form, filled and sent; unnamed unless told otherwise."""
    return person.browser.submit(NEW, NEW, **{**SAID, **fields})


def tell(person: Person, **fields: str) -> str:
    """Tell one; answers where it stands."""
    told = send(person, **fields)
    assert told.status == 303, told.text
    return told.location


def named(person: Person, **fields: str) -> str:
    """Tell one under the persona in use."""
    return tell(person, unnamed="", **fields)


def reads(person: Person, path: str) -> bool:
    return person.browser.get(path).status == 200
