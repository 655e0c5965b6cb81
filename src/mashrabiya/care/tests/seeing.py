"""What somebody can tell from an answer."""

from __future__ import annotations

import re

from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

MADE_UP = show_id(new_id())


def seen(house: TestHouse, person: Person, path: str, *, post: bool = False) -> tuple[object, ...]:
    """Everything she can tell: status, headers, body, and the work it cost."""
    told: list[str] = []
    house.site.held.refresh()
    house.database.trace = told
    answer = person.browser.post(path, {"words": "typed"}) if post else person.browser.get(path)
    house.database.trace = None
    return answer.status, answer.headers, plain(answer), told


def plain(page: Page) -> str:
    return re.sub(r'value="[0-9a-f.]{32,}"', "", page.text)
