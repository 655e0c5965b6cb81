"""A house with something of every kind in it: for tests that walk the whole table of routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mashrabiya.care.commands import say_in_room
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.types import Act
from mashrabiya.care.types.room import NewLine
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.types import NewPicture
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.guides import flows as guides
from mashrabiya.library.laws.queries import address_of
from mashrabiya.library.services import commands as services
from mashrabiya.library.services.types import Channel, Method, NewCheck, Record, Way
from mashrabiya.library.stories import commands as stories
from mashrabiya.library.stories.types import ALL_LAYERS, Told
from mashrabiya.people import commands as people
from mashrabiya.people.commands import write_note
from mashrabiya.people.flows.beginning import SignUp, sign_up
from mashrabiya.people.flows.entering import enter
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.db import Write
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.safety.commands import add_precept
from mashrabiya.safety.types import Standing
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import Person, TestHouse
from tests.addresses import Known, known

PASSPHRASE = "somebody walks by the quiet river"


def somebody(house: TestHouse, name: str, grant: Grant = Grant.NONE, *, persona: bool = True) -> Person:
    """Somebody with these roles in the house; without a persona, where she made none yet."""
    code = ""
    if grant:
        with house.database.write() as uow:
            code = people.issue_invitation(uow, house.keys, grant=grant)
    wish = SignUp(name, PASSPHRASE, Band.ADULT, code, Preferences(language="en"))
    account = sign_up(house.site, wish)
    browser = house.browser()
    browser.cookies[SESSION] = enter(house.site, account.unlocked).text
    made = Person(name, PASSPHRASE, account.codes, browser, house)
    if persona:
        made.new_persona(name)
    return made


class Furnished:
    """Alice writes by name and unnamed, with a picture and notes, in a place that Mona runs; there are
    reports, an experience, a decision, a line in the room of its carers, an automatic rule and a used-up invitation; a host, a carer, and somebody who has no persona yet.
    """

    def __init__(self, house: TestHouse, audience: Audience = Audience.SIGNED_IN) -> None:
        house.change(open=True)
        self.house, self.scene = house, Scene(house, audience)
        guides.furnish(house.database, only=("questioning",))
        self.people = dict(self.scene.people)
        self.people["host"] = somebody(house, "hostess", Grant.HOST)
        self.people["carer"] = somebody(house, "Caro", Grant.CARE)
        self.people["nobody yet"] = somebody(house, "nobody yet", persona=False)
        thread = self.scene.thread("alice")
        self.scene.reply("alice", thread.tid, "Unnamed words.", unnamed=True)
        bobs = self.scene.thread("bob")
        self.scene.report("mallory", bobs)
        self.scene.decide(Act.HIDE)
        self.scene.report("bob", thread)
        with house.database.write() as uow:
            write_note(uow, self.people["alice"].viewer, "A private note.")
            self.used = people.issue_invitation(uow, house.keys)
            communities.add_tag(uow, self.people["mona"].viewer, self.scene.cid, NewTag(en="Sorrel"))
            add_precept(uow, house.keys, Standing(cid=self.scene.cid, text="kohlrabi"))
        with house.database.write() as uow:
            mona = self.people["mona"].viewer
            say_in_room(uow, mona, house.keys, self.scene.cid, new=NewLine("Among those who care."))
        with house.database.write() as uow:
            people.redeem_invitation(uow, house.keys, self.used)
        self._hang_picture()
        self._enter_service()
        self.story = self._tell()

    def _enter_service(self) -> None:
        line = Channel(way=Way.CHAT, value="line.example")
        told = Record(name_en="A line", countries=("EG",), channels=(line,), source_seen=clock.day())
        with self.house.database.write() as uow:
            which = services.add(uow, self.people["host"].viewer, told)
            new = NewCheck(role="host", method=Method.CALL)
            services.check(uow, self.people["host"].viewer, which, new)

    def _tell(self) -> bytes:
        """What Alice lived, unnamed, chosen for a step of some guide."""
        alice = self.people["alice"].viewer
        lived = Told(about=2, unnamed=True, was="It was so.", guide=b"g" * 16, step=1, may=int(ALL_LAYERS))
        with self.house.database.write() as uow:
            told = stories.tell(uow, alice, lived)
            stories.pick(uow, self.people["host"].viewer, told.id, wish=True)
        return told.id

    def _hang_picture(self) -> None:
        post = next(post for _, n, post in self.known().posts if n == "1")
        picture = NewPicture(bytes(range(16)), "A window.", 60, 40)
        with self.house.database.write() as uow:
            hang(uow, read_id(post, 10), [picture])

    def known(self) -> Known:
        """What can stand in its addresses."""
        return known(self.house.database, code=[self.used], country=[address_of(self.house.keys, "EG")])

    def browser(self, who: str) -> Browser:
        """A browser of hers, or a visitor's."""
        browser = self.house.browser()
        if who in self.people:
            browser.cookies = dict(self.people[who].browser.cookies)
        return browser

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is kept."""
        from mashrabiya.platform.db import metadata

        connection = self.house.database.connection()
        return {
            name: sorted(
                (tuple(row) for row in connection.execute(f'SELECT * FROM "{name}"').fetchall()), key=repr
            )
            for name in metadata.tables
        }


WRITTEN = re.compile(r"^(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) \"?(\w+)")


def watch_writes(house: TestHouse, patch: pytest.MonkeyPatch) -> list[set[str]]:
    """The tables that each transaction writes, one after the other."""
    written, database = list[set[str]](), house.database
    real = database.write

    @contextmanager
    def write() -> Iterator[Write]:
        trace: list[str] = []
        database.trace = trace
        try:
            with real() as uow:
                yield uow
        finally:
            database.trace = None
        written.append({found[1] for sql in trace if (found := WRITTEN.match(sql))})

    patch.setattr(database, "write", write)
    return written
