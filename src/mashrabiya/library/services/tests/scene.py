"""A house with a directory: Hana runs it, Caro is of its care team, Alice is a member."""

from __future__ import annotations

from html import unescape
from typing import Any

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.library.services import commands
from mashrabiya.library.services.types import (
    ID_SIZE,
    Channel,
    Cost,
    Kind,
    Method,
    NewCheck,
    Police,
    Record,
    Risk,
    Said,
    Spoken,
    Way,
)
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.flows.beginning import SignUp, sign_up
from mashrabiya.people.flows.entering import enter
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

NUMBER = "000-111-222"


def record(**more: Any) -> Record:
    """A line that says what it does; the number is nobody's."""
    usual: dict[str, Any] = {
        "kind": Kind.CRISIS,
        "name_ar": "خط الليل",
        "name_en": "Night line",
        "countries": ("EG", "LB"),
        "channels": (Channel(way=Way.PHONE, value=NUMBER, hours="18–02", zone="UTC+2", cost=Cost.FREE),),
        "languages": (Spoken(code="ar", dialect="Egyptian"), Spoken(code="fr")),
        "anonymous": Said.YES,
        "calls_police": Police.NO,
        "source_url": "https://night.example/contact",
        "source_seen": clock.day(),
        "risk": Risk.PUBLIC,
    }
    return Record(**(usual | more))


def somebody(house: TestHouse, name: str, grant: Grant) -> Person:
    """Somebody with a role in the house."""
    with house.database.write() as uow:
        code = people.issue_invitation(uow, house.keys, grant=grant)
    wish = SignUp(name, f"{name} walks by the quiet river", Band.ADULT, code, Preferences(language="en"))
    account = sign_up(house.site, wish)
    browser = house.browser()
    browser.cookies[SESSION] = enter(house.site, account.unlocked).text
    made = Person(name, f"{name} walks by the quiet river", account.codes, browser, house)
    made.new_persona(name)
    return made


class Scene:
    """Entries are made through commands; whoever tests a door goes through it."""

    def __init__(self, house: TestHouse) -> None:
        house.change(open=True)
        self.house = house
        self.hana = somebody(house, "Hana", Grant.HOST)
        self.caro = somebody(house, "Caro", Grant.CARE)
        self.alice = house.person("Alice")

    def add(self, made: Record | None = None, *, checked: bool = True) -> str:
        """An entry; answers its address."""
        with self.house.database.write() as uow:
            which = commands.add(uow, self.hana.viewer, made or record())
        if checked:
            self.check(which)
        return f"/y/s/{show_id(which)}"

    def check(self, which: bytes, who: Person | None = None, affirming: Said = Said.UNKNOWN) -> None:
        """Somebody looks at it today."""
        who = who or self.hana
        role = "care" if who is self.caro else "host"
        with self.house.database.write() as uow:
            commands.check(
                uow, who.viewer, which, NewCheck(role=role, method=Method.CALL, affirming=affirming)
            )

    def id(self, path: str) -> bytes:
        return read_id(path.removeprefix("/y/s/"), ID_SIZE)

    def later(self, days: int, *people: Person) -> None:
        """Time goes by, and these sign in anew."""
        clock.offset += days * clock.DAY
        for who in people:
            who.browser.cookies[SESSION] = flows.sign_in(self.house.site, who.name, who.passphrase).text

    def text(self, path: str, who: Person | None = None, language: str = "en") -> str:
        """What a page says to her, or to a visitor."""
        browser = who.browser if who else self.house.browser(language)
        return unescape(browser.get(path).text)

    def post(self, who: Person, path: str, route: str, **fields: str) -> Page:
        """As a form would, also where none is shown to her."""
        return who.browser.post(path, {"_f": tokens.make(self.house.keys, who.viewer, route), **fields})

    def rows(self, table: str) -> int:
        return int(self.house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])
