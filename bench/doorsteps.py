"""A small house, and the pairs of questions whose times must not differ, asked through a socket as anybody would."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewThread
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.people.commands.accounts import alter_vault
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.people.flows import unlock
from mashrabiya.platform.db import Database
from mashrabiya.platform.db.schema import create_all
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

Ask = Callable[[], object]
Question = tuple[str, Ask, Ask]
NEW_DOOR = {"name": "a new name", "pass": "quiet lantern river almond"}
MANY = 60


class Doorsteps:
    """Alice, in a place that nobody else knows of; Bob outside; Mallory excluded; Karim locked; Nour with a second step."""

    def __init__(self, folder: Path) -> None:
        database = Database(str(folder / "house.db"))
        create_all(database)
        self.house = TestHouse(folder, database)
        # Each question is asked some thousand times: what slows guessing would be all that is measured.
        self.house.site.rooms["limits"].on = False
        self.alice, self.bob, mallory = (self.house.person(name) for name in ("alice", "bob", "mallory"))
        self.excluded = mallory.browser
        self.locked, self.careful = self.house.person("karim"), self.house.person("nour")
        self._hide()
        with database.write() as uow:
            set_guard(uow, "comm", mallory.viewer.pid, scope=self.cid, days=9, case=b"case")
        self._lock()
        self._ask_nour_for_a_code()
        self._fill()
        self.house.site.held.refresh()
        self._serving = served(self.house)
        self._line = HTTPConnection(urlsplit(self._serving.__enter__()).netloc, timeout=60)

    def _hide(self) -> None:
        host = replace(self.alice.viewer, roles=frozenset({HOST}))
        with self.house.database.write() as uow:
            self.cid = communities.found(uow, host, NewCommunity(name="Stairs", audience=Audience.HIDDEN))
            placed = discussions.open_thread(uow, host, self.cid, NewThread(title="Us", body="Between us"))
        self.tid, self.pub = placed.tid, host.face.pub if host.face else ""

    def _lock(self) -> None:
        account, until = self.locked.viewer.account, clock.day() + 9
        self.house.database.connection().execute(
            "UPDATE account SET lock_day = ? WHERE id = ?", (until, account)
        )

    def _ask_nour_for_a_code(self) -> None:
        who = unlock(self.house.site, self.careful.name, self.careful.passphrase)
        with self.house.database.write() as uow:
            alter_vault(uow, who.row.id, who.vault_key, totp=secrets.token_bytes(20))

    def _fill(self) -> None:
        """Enough rows that what is there and what is not lie at the same depth of a table."""
        for number in range(MANY):
            self.house.person(f"arrival {number}")

    def pairs(self) -> Iterator[Question]:
        """Every pair."""
        yield from self._signing_in()
        yield from self._coming_back()
        yield from self._hidden()

    def _signing_in(self) -> Iterator[Question]:
        wrong = "not what she chose at all"
        unknown = self._sign_in("alina", wrong)
        yield "sign in: unknown name, wrong passphrase", unknown, self._sign_in("alice", wrong)
        locked = self._sign_in("karim", self.locked.passphrase)
        yield "sign in: wrong passphrase, locked account's right one", self._sign_in("karim", wrong), locked
        yield (
            "sign in by API: unknown name, wrong passphrase",
            self._open("alina", wrong),
            self._open("alice", wrong),
        )
        yield (
            "sign in by API: wrong passphrase, right one without its code",
            self._open("nour", wrong),
            self._open("nour", self.careful.passphrase),
        )

    def _coming_back(self) -> Iterator[Question]:
        used = self.bob.codes[0]
        self._come_back(used)()
        made_up = secrets.token_hex(10)
        yield "recovery: a code that never was, one used up", self._come_back(made_up), self._come_back(used)
        locked = self._come_back(self.locked.codes[0])
        yield "recovery: a code that never was, one of a locked account", self._come_back(made_up), locked
        yield (
            "recovery: right shape, wrong shape",
            self._come_back(made_up),
            self._come_back("not a code at all !!"),
        )

    def _hidden(self) -> Iterator[Question]:
        visitors = {"visitor": self.house.browser(), "outsider": self.house.person("dana").browser}
        for who, browser in {**visitors, "excluded": self.excluded}.items():
            for path, real in (("/t/", show_id(self.tid)), ("/c/", show_id(self.cid)), ("/p/", self.pub)):
                made_up = show_id(new_id()) if path != "/p/" else "0" * len(real)
                yield (
                    f"{who}: {path} made up, hidden",
                    self._get(browser, path + made_up),
                    self._get(browser, path + real),
                )
        visitor, words = self.house.browser(), {"body": "words of hers"}
        real, made_up = f"/t/{show_id(self.tid)}", f"/t/{show_id(new_id())}"
        yield (
            "no session: words sent to what is made up, hidden",
            self._post(visitor, made_up, words),
            self._post(visitor, real, words),
        )

    def _sign_in(self, name: str, passphrase: str) -> Ask:
        browser = self.house.browser()
        form = browser.get("/in").form("/in").fields
        return self._post(browser, "/in", {**form, "name": name, "pass": passphrase})

    def _come_back(self, code: str) -> Ask:
        browser = self.house.browser()
        form = browser.get("/back").form("/back").fields
        return self._post(browser, "/back", {**form, **NEW_DOOR, "code": code})

    def _open(self, name: str, passphrase: str) -> Ask:
        body = json.dumps({"sign_in_name": name, "passphrase": passphrase}).encode()
        return lambda: self._ask("POST", "/api/session", body, {})

    def _get(self, browser: Browser, path: str) -> Ask:
        headers = _headers(browser)
        return lambda: self._ask("GET", path, b"", headers)

    def _post(self, browser: Browser, path: str, fields: dict[str, str]) -> Ask:
        headers = {**_headers(browser), "content-type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        return lambda: self._ask("POST", path, body, headers)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        self._line.request(method, path, body or None, headers)
        self._line.getresponse().read()

    def close(self) -> None:
        """The line, the server, the house."""
        self._line.close()
        self._serving.__exit__(None, None, None)
        self.house.close()


def _headers(browser: Browser) -> dict[str, str]:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return {"cookie": cookies} if cookies else {}
