"""T26: who is under 18 can be told from an adult by nobody, at no door, under none of her names, and not at rest.

The same happens in two houses by the same chance; in one of them Young is an adult, in
the other she is not. Every page, and every answer to a form, is held against the same
in the other house: for herself under both her names, whoever shares a place with her,
whoever runs it, the care team, somebody outside, a visitor.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from mashrabiya import main
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel import clock
from mashrabiya.people import flows
from mashrabiya.people.commands import sessions
from mashrabiya.people.flows import turning
from mashrabiya.people.types import Band
from mashrabiya.platform.db import Database, metadata
from mashrabiya.platform.db.schema import create_all
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.web.routes import Route
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse
from tests.addresses import filled, known
from tests.furnished import PASSPHRASE, somebody
from tests.oracles import chance as chances
from tests.oracles.chance import Chance
from tests.oracles.looking import Seen, differences, told

UNLIKE_ADULTS = {
    "under 18": "",
    "has asked": "asked",
    "signs in on the day": "came",
    "all her names follow": "followed",
}
"""Who is not like every adult, and how far on her way to 18: whoever makes a band, or a way from one, adds it here."""

# What is sealed has a fixed size, and its key, nonce and mark.
LIKE_ANYTHING_HELD_BACK = 256 + 28
# These end the session that asks, or ask for minutes of work; what they answer is held elsewhere (T1, T8, T11).
ENDING = {"/x", "/me/out", "/me/end", "/me/delete", "/me/p/delete", "/me/in/others", "/u", "/s"}
MOST = 100 if os.environ.get("MASHRABIYA_FULL") == "1" else 2
"""So many things of one kind are asked for at every door."""
LOOKING = ("a visitor", "Young", "Younger", "Bob", "Mona", "Carla", "Charlie")


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chance]:
    yield chances.hold(monkeypatch)
    clock.offset = 0.0


Shape = dict[str, list[tuple[object, ...]]]


class House:
    """Mona runs a place; Young, who is of this band, belongs to it by two names, and writes by both and unnamed."""

    def __init__(self, folder: Path, chance: Chance, band: Band) -> None:
        self.chance, self.band = chance, band
        chance.begin("the house")
        database = Database(str(folder / "house.db"))
        create_all(database)
        self.house = TestHouse(folder, database, adults_only=False, open=True)
        self.house.site.rooms["limits"].on = False
        self.people = {name: self._arrive(name) for name in ("Mona", "Bob", "Charlie", "Carla")}
        self.people["Young"] = self._arrive("Young", band)
        self.cid = open_place(
            self.house,
            self.people["Mona"],
            self.people["Bob"],
            self.people["Young"],
            audience=Audience.PUBLIC,
        )
        self._speak()

    def _arrive(self, name: str, band: Band = Band.ADULT) -> Person:
        self.chance.begin(f"{name} arrives")
        if band is Band.ADULT:
            return somebody(self.house, name)
        new = flows.sign_up(self.house.site, flows.SignUp(name, PASSPHRASE, band))
        browser = self.house.browser()
        browser.cookies[SESSION] = flows.enter(self.house.site, new.unlocked).text
        made = Person(name, PASSPHRASE, new.codes, browser, self.house)
        made.new_persona(name)
        return made

    def _speak(self) -> None:
        database, young = self.house.database, self.people["Young"]
        self.chance.begin("talk")
        hers = begin(database, young.viewer, self.cid, title="Hers").tid
        bobs = begin(database, self.people["Bob"].viewer, self.cid, title="Bob's").tid
        answer(database, young.viewer, bobs, "By name.")
        answer(database, young.viewer, bobs, "Unnamed.", unnamed=True)
        answer(database, self.people["Bob"].viewer, hers, "To her.")
        young.new_persona("Younger")
        with database.write() as uow:
            communities.join(uow, young.viewer, self.cid)
        begin(database, young.viewer, self.cid, title="By her other name")

    def pass_days(self, way: str) -> None:
        """The same days in every house: in one of them Young is as far on her way to 18 as this."""
        young = self.people["Young"]
        if way and self.band is Band.MINOR:
            self.chance.begin("she asks")
            who = flows.unlock(self.house.site, young.name, young.passphrase)
            turning.ask(self.house.site, who.row.id, who.vault_key)
        if way in {"came", "followed"}:
            self._come_again(turning.DAYS * clock.DAY)
        if way == "followed":
            self._come_again(turning.WITHIN[1] + clock.HOUR)

    def _come_again(self, after: int) -> None:
        """Everybody signs in again, and Young ends what else was open of hers, as every adult may."""
        clock.offset += after
        self.chance.begin(f"what was held back, after {after}")
        Staggered(self.house.database, self.house.keys.of("field")).all_now()
        for name, person in self.people.items():
            self.chance.begin(f"{name} signs in again after {after}")
            who = flows.unlock(self.house.site, person.name, person.passphrase)
            if name == "Young":
                with self.house.database.write() as uow:
                    sessions.end_everywhere(uow, who.vault.work)
            person.browser.cookies[SESSION] = flows.enter(self.house.site, who).text

    def as_(self, who: str) -> Person | None:
        """Whoever asks now; Young under one of her names."""
        if who in {"Young", "Younger"}:
            self.chance.begin(f"as {who}")
            self.people["Young"].as_persona(int(who == "Younger"))
            return self.people["Young"]
        return self.people.get(who)

    def seen(self, *looking: str) -> Seen:
        """Every page, and then the answer of every door to an empty form, for each of them."""
        found: Seen = {}
        there = known(self.house.database)
        rows = self.house.database.connection().execute("SELECT pub FROM persona WHERE name LIKE 'Young%'")
        there.others["pub"] = sorted(str(row[0]) for row in rows.fetchall())
        routes = [route for route in main.ROUTES if not route.api and route.path not in {*ENDING, "/g"}]
        asked = [(route, path) for route in routes for path in islice(filled(route.path, there), MOST)]
        for who in looking:
            person = self.as_(who)
            browser = person.browser if person else self.house.browser()
            for route, path in asked:
                self.chance.begin(f"{who} at {route.method} {path}")
                page = (
                    browser.get(path) if route.method == "GET" else self._send(browser, person, route, path)
                )
                found[who, f"{route.method} {path}"] = told(page)
        return found

    def _send(self, browser: Browser, person: Person | None, route: Route, path: str) -> Page:
        """An empty form, with its token."""
        viewer = person.viewer if person else self.house.visitor()
        return browser.post(path, {"_f": tokens.make(self.house.keys, viewer, route.path)})

    def shape(self) -> Shape:
        """Every row of every table, of what is sealed its length."""
        connection = self.house.database.connection()
        return {
            name: sorted(
                tuple(len(value) if isinstance(value, bytes) else value for value in row)
                for row in connection.execute(f'SELECT * FROM "{name}"').fetchall()
            )
            for name in metadata.tables
        }


def seen_of(
    folder: Path, chance: Chance, band: Band, *looking: str, way: str = "", marked: bool = False
) -> tuple[Seen, Shape]:
    folder.mkdir()
    clock.offset = 0.0
    made = House(folder, chance, band)
    made.pass_days(way)
    if marked:
        made.house.database.connection().execute("UPDATE persona SET about = 'Y' WHERE name = 'Younger'")
    try:
        return made.seen(*looking), made.shape()
    finally:
        made.house.close()


@pytest.mark.parametrize("who", UNLIKE_ADULTS)
def test_t26_no_door_answers_anybody_otherwise(chance: Chance, tmp_path: Path, who: str) -> None:
    way = UNLIKE_ADULTS[who]
    of_band, kept = seen_of(tmp_path / "one", chance, Band.MINOR, *LOOKING, way=way)
    of_adult, adult_kept = seen_of(tmp_path / "other", chance, Band.ADULT, *LOOKING, way=way)
    assert sum(status == 200 for status, _, _ in of_band.values()) > 200
    assert differences(of_band, of_adult) == []
    waits, _ = kept.pop("due"), adult_kept.pop("due")
    assert kept == adult_kept
    assert len(waits) == 2 * (way == "came")
    assert {size for _, size, _ in waits} <= {LIKE_ANYTHING_HELD_BACK}


def test_t26_a_band_that_showed_would_be_seen(chance: Chance, tmp_path: Path) -> None:
    """Planted: a sign beside one of her names."""
    seen = [
        seen_of(tmp_path / band.name, chance, band, "Bob", marked=band is Band.MINOR)[0]
        for band in (Band.MINOR, Band.ADULT)
    ]
    assert differences(*seen)
