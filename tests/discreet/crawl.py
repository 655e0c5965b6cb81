"""Every page that somebody reaches by links, each kind of page a few times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin

from mashrabiya.testing.browser import Browser, Page

from .sight import Sight

OF_A_KIND = 4
MOST = 400
_ID = re.compile(r"(?<=/)[0-9a-z]{16,}(?=/|$)")


def kind_of(path: str) -> str:
    """The address without what names one thing among many."""
    bare, _, query = path.partition("?")
    asked = "&".join(sorted(part.split("=")[0] for part in query.split("&") if part))
    return f"{_ID.sub('*', bare)}?{asked}"


def crawl(browser: Browser, *beginnings: str) -> Iterator[tuple[str, Page, Sight]]:
    """Address, answer and what is seen."""
    waiting, known, kinds = list(beginnings), set(beginnings), Counter[str]()
    visited = 0
    while waiting and visited < MOST:
        path = waiting.pop(0)
        kinds[kind_of(path)] += 1
        if kinds[kind_of(path)] > OF_A_KIND:
            continue
        visited += 1
        page = browser.get(path)
        if not page.header("content-type").startswith("text/html"):
            continue
        sight = Sight(page.text)
        if page.location:
            # Nobody sees it: it leads on at once.
            assert not page.text, path
        else:
            yield path, page, sight
        found = sight.links | ({page.location} if page.location else set())
        for link in sorted(urljoin(path, one).split("#")[0] for one in found):
            if link.startswith("/") and not link.startswith(("/g", "/away")) and link not in known:
                known.add(link)
                waiting.append(link)
