"""Every link and every asking form of a sample house, followed by everyone whom it is shown to.

T27: no page names another host, holds anything inline, or lets anything in by its policy.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

import pytest

from mashrabiya.people.flows import sign_in
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.stewardship.sample import credentials
from mashrabiya.stewardship.tests.sampled import SMALL, sampled
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse
from tests.pages_read import Reader, faults_read

WHO = ("visitor", "new", "member", "carer", "host")
# More than there are of any kind of thing in so small a house: only combinations of filters reach it.
MOST_OF_A_KIND = 40
# The names of sections; whatever else stands in a title would stand in the history of a browser.
# The last says nothing at all: pages that are not to say whose they are.
# What covers the house says nothing that could be turned into another language.
OF_ONE_LANGUAGE = {"/s", "/s/back"}
HASH = re.compile(r"'sha256-")
SECTIONS = {"Mashrabiya", "مشربيّة", "Guide", "دليل", "Library", "المكتبة", "Settings", "الإعدادات", "…"}


def people(house: TestHouse) -> dict[str, Callable[[], dict[str, str]]]:
    """Everyone who sees other links than the rest, and what opens a session of hers."""
    sample = sampled(house, SMALL)
    found: dict[str, Callable[[], dict[str, str]]] = {"visitor": dict}
    for one in credentials(house.database, sample)["members"]:
        role = "new" if (one["role"], one["standing"]) == ("member", "new") else one["role"]
        found.setdefault(role, partial(session, house, one["sign_in_name"], one["passphrase"]))
    assert set(found) == set(WHO)
    return found


def session(house: TestHouse, name: str, passphrase: str) -> dict[str, str]:
    return {SESSION: sign_in(house.site, name, passphrase).text}


class Walk:
    """One person's way through everything that she is shown."""

    def __init__(self, browser: Browser, language: str, most: int = MOST_OF_A_KIND) -> None:
        self.browser, self.language, self.most = browser, language, most
        self.opened: dict[str, Page] = {}
        self.wrong: list[str] = []
        self.kinds: Counter[str] = Counter()
        self._seen: dict[str, set[str] | None] = {}
        self._ahead: list[tuple[str, str]] = [("/", "the beginning")]

    def everything(self) -> None:
        """Until nothing new is shown."""
        for address, shown_on in self._next():
            path, _, place = address.partition("#")
            if path not in self._seen:
                self._seen[path] = self._open(path, shown_on)
            ids = self._seen[path]
            if place and ids is not None and place not in ids:
                self.wrong.append(f"{address}: no such place, from {shown_on}")

    def _next(self) -> Iterator[tuple[str, str]]:
        while self._ahead:
            yield self._ahead.pop()

    def _open(self, path: str, shown_on: str) -> set[str] | None:
        kind = kind_of(path)
        self.kinds[kind] += 1
        if self.kinds[kind] > self.most:
            return None
        page = self.browser.get(path)
        if page.status == 303:
            self._ahead.append((page.location, path))
            return None
        if page.status != 200:
            self.wrong.append(f"{path}: {page.status}, from {shown_on}")
            return None
        if not page.header("content-type").startswith("text/html"):
            return set()
        read = Reader(page.text)
        wrong = faults_read(read, language=self.language, site_words=SECTIONS)
        self.wrong += [f"{path}: {fault}" for fault in wrong]
        self.wrong += [f"{path}: {fault}" for fault in unguarded(page)]
        if "hreflang=" not in page.text and path not in OF_ONE_LANGUAGE:
            self.wrong.append(f"{path}: offers no other language")
        self.opened[path] = page
        self._ahead += [(address, path) for address in read.onward(path) if "lang=" not in address]
        return set(read.ids)


def unguarded(page: Page) -> list[str]:
    """What its policy would let in beside what is this house's own."""
    policy = dict(
        part.strip().partition(" ")[::2] for part in page.header("content-security-policy").split(";")
    )
    usual = policy.get("default-src")
    for sheet in re.findall("<style[^>]*>(.*?)</style>", page.text, re.DOTALL):
        hashed = b64encode(sha256(sheet.encode()).digest()).decode()
        if f"'sha256-{hashed}'" not in policy.get("style-src", ""):
            return ["a sheet that its policy does not know"]
    found = [] if usual in {"'none'", "'self'"} else [f"by default from {usual}"]
    for name in (
        "script-src",
        "style-src",
        "img-src",
        "connect-src",
        "font-src",
        "form-action",
        "frame-ancestors",
    ):
        allowed = set(policy.get(name, usual or "*").split()) - {"'self'", "'none'", "data:"}
        found += (
            [f"{name}: {sorted(allowed)}"] if allowed and not all(HASH.match(one) for one in allowed) else []
        )
    return found


def kind_of(path: str) -> str:
    """Addresses that differ in ids, names and filters alone are of one kind."""
    parts = urlsplit(path)
    names = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return re.sub(r"/[0-9a-z]{10,}", "/*", parts.path) + "?" + names


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_link_that_is_shown_leads_nowhere(house: TestHouse, language: str) -> None:
    for who, opens in people(house).items():
        browser = house.browser(language)
        browser.cookies = opens()
        browser.get(f"/?lang={language}")
        walk = Walk(browser, language)
        walk.everything()
        assert walk.wrong == [], (who, walk.wrong)
        assert len(walk.kinds) > 12
