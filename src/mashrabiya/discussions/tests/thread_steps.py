"""What the tests of one thread do, and where they look."""

from __future__ import annotations

import re
from typing import Any

from mashrabiya.discussions import commands
from mashrabiya.discussions.types import NewReply, NewThread, Placed
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse


def ask(house: TestHouse, person: Person, cid: bytes, **wishes: Any) -> Placed:
    with house.database.write() as uow:
        new = NewThread(title="Mint?", body="Shade.", **wishes)
        return commands.open_thread(uow, person.viewer, cid, new)


def say(house: TestHouse, person: Person, tid: bytes, body: str = "Sun.", **more: Any) -> Placed:
    with house.database.write() as uow:
        return commands.reply(uow, person.viewer, tid, NewReply(body=body, **more))


def article(page: Page, n: int) -> str:
    """What stands in the place of one post."""
    found = re.search(rf'<article class="\w+" id="n{n}">(.*?)</article>', page.text, re.DOTALL)
    assert found, page.text[:500]
    return found[1]


def help_button(page: Page, n: int) -> tuple[str, str, str]:
    """Where the button of a post leads, what it sends, and whether it is pressed."""
    found = re.search(
        r'formaction="([^"]+)" name="helped" value="(\d)" aria-pressed="(\w+)"', article(page, n)
    )
    return (found[1], found[2], found[3]) if found else ("", "", "")


def token_of(page: Page) -> str:
    """What proves that the buttons of this page are ours."""
    (token,) = re.findall(
        r'<form id="helping"[^>]*><input type="hidden" name="_f" value="([^"]+)"', page.text
    )
    return str(token)


def press(person: Person, page: Page, n: int) -> Page:
    """Press "This helped me" under a post, as a browser would."""
    (token,) = re.findall(
        r'<form id="helping"[^>]*><input type="hidden" name="_f" value="([^"]+)"', page.text
    )
    action, value, _ = help_button(page, n)
    return person.browser.post(action, {"_f": token, "helped": value})
