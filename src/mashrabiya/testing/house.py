"""A real house in a temporary folder, with its fixed people."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mashrabiya import main
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.notifications.commands import outside
from mashrabiya.notifications.commands.subs import Subs
from mashrabiya.notifications.news import News
from mashrabiya.notifications.pushes import Pushes
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.commands.personas import Draft
from mashrabiya.people.flows.beginning import SignUp, sign_up
from mashrabiya.people.flows.entering import enter
from mashrabiya.people.flows.switching import add_persona, switch
from mashrabiya.people.queries import open_session
from mashrabiya.people.rules import passphrases
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.types import Band
from mashrabiya.platform import house as settings
from mashrabiya.platform.db import Database
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.push import Outward
from mashrabiya.platform.settings import Config
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Browser, Loop

CHEAP = {"argon_memory": 8192, "argon_time": 1}
# Judging a passphrase takes as long as all else of a sign-up, and thousands here have one of a few dozen.
passphrases._zxcvbn_score = lru_cache(maxsize=256)(passphrases._zxcvbn_score)


@dataclass(slots=True)
class Person:
    """Somebody of the tests, signed in with a browser of her own."""

    name: str
    passphrase: str
    codes: tuple[str, ...]
    browser: Browser
    house: TestHouse

    @property
    def viewer(self) -> Viewer:
        """As the house sees her now."""
        with self.house.database.read() as db:
            found = open_session(db, self.house.site, self.browser.cookies[SESSION], Tongue.of("en"))
        assert found is not None
        return found

    def new_persona(self, name: str) -> None:
        """One more persona, and the browser goes on as it."""
        shown = self.browser.cookies[SESSION]
        cookie = add_persona(self.house.site, self.viewer, shown, Draft(name))
        self.browser.cookies[SESSION] = cookie.text

    def as_persona(self, slot: int) -> None:
        """Go on as another of her personas."""
        shown = self.browser.cookies[SESSION]
        self.browser.cookies[SESSION] = switch(self.house.site, self.viewer, shown, slot).text


class TestHouse:
    """A house on an empty database. ``browser()`` is a visitor's."""

    __test__ = False

    def __init__(self, folder: Path, database: Database, **changes: Any) -> None:
        self.folder = folder
        self.database = database
        self.keys = ServerKeys(b"\x07" * 32)
        self._set({**CHEAP, "entry": "open", **changes})
        self.site = main.make_site(Config(data=folder), keys=self.keys, database=database)
        # Its people are as if they had been here for long; whoever tests newcomers switches it on.
        self.site.rooms["newcomers"].on = False
        # Written when a test says so: a database is another test's within a minute.
        self.site.rooms["marks"] = Marks(database, every=24 * clock.HOUR)
        self.site.rooms["subs"] = Subs(database, every=24 * clock.HOUR)
        self.send_by(Outward())
        self.app = main.build(self.site)
        self.runner = Loop()

    def send_by(self, outward: Outward) -> Pushes:
        """What is told outside the site goes this way, when a test says so."""
        day, rooms = 24.0 * clock.HOUR, self.site.rooms
        rooms["pushes"] = pushes = Pushes(self.database, self.keys, outward, every=day)
        outside.heard, outside.forget = pushes.heard, pushes.forget
        rooms["news"] = News(self.database, (rooms["subs"], pushes, rooms["stirs"]), soon=day, every=day)
        return pushes

    def _set(self, changes: dict[str, Any]) -> None:
        self.database.recorder = lambda uow, event: None
        with self.database.write() as uow:
            settings.save(uow, **changes)

    def change(self, **changes: Any) -> None:
        """Change settings, seen at once."""
        with self.database.write() as uow:
            settings.save(uow, **changes)
        self.site.held.refresh()

    def browser(self, language: str = "en") -> Browser:
        """A new visitor."""
        return Browser(self.app, self.runner, language)

    def visitor(self, language: str = "en") -> Viewer:
        return Viewer.visitor(Tongue.of(language))

    def person(self, name: str, *, language: str = "en") -> Person:
        """A signed-in person with one persona of that name."""
        passphrase = f"{name} walks by the quiet river"
        wish = SignUp(name, passphrase, Band.ADULT, preferences=Preferences(language=language))
        account = sign_up(self.site, wish)
        browser = self.browser(language)
        browser.cookies[SESSION] = enter(self.site, account.unlocked).text
        person = Person(name, passphrase, account.codes, browser, self)
        person.new_persona(name)
        return person

    def settle(self) -> None:
        """What is looked for beside a request is found: its statements are not those of the next page."""
        while self.site.rooms["newcomers"]._looking:
            time.sleep(0.01)

    def close(self) -> None:
        self._end_timers()
        self.runner.close()
        self.database.close()

    def _end_timers(self) -> None:
        """What a room of this house would write by and by: each is a thread that waits, for a day in tests."""
        rooms = [*self.site.rooms.values()]
        for thread in threading.enumerate():
            whose = getattr(getattr(thread, "function", None), "__self__", None)
            if isinstance(thread, threading.Timer) and any(whose is room for room in rooms):
                thread.cancel()
