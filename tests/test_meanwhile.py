"""A rule, a door or a place changes while somebody writes or reads: each has a sentence, and nothing typed is lost.

T32 of a door that opens: what was written under the narrower one is not shown behind the wider.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.tending import tend
from mashrabiya.care.types import Act
from mashrabiya.communities import commands as communities
from mashrabiya.communities.entering.tests import scene as asking
from mashrabiya.communities.entering.tests.test_inviting import OVER, make, opened
from mashrabiya.communities.types import Audience, Entry, NewCommunity
from mashrabiya.communities.types.words import Receiving
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.test_new_to_her import at_home
from mashrabiya.discussions.types import ID_SIZE, Kind, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.people import flows
from mashrabiya.people.commands import issue_invitation
from mashrabiya.people.types import Band
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

LONG = "Half a page that took her an evening."
USUAL = {"name": "Night kitchen", "language": "en", "agreements": "Be kind.", "wants": 2**6 - 2}


class Writing:
    """Bob writes in Alice's thread, or begins one, while Mona changes the place."""

    def __init__(self, house: TestHouse) -> None:
        self.scene = Scene(house)
        self.house, self.bob = house, self.scene["bob"].browser
        self.place = f"/c/{show_id(self.scene.cid)}"
        self.become(retention_days=90)
        self.thread = self.scene.thread()
        self.path = f"/t/{show_id(self.thread.tid)}"

    def become(self, **how: object) -> None:
        new = NewCommunity(**{**USUAL, "retention_days": 90, "audience": Audience.SIGNED_IN, **how})  # type: ignore[arg-type]
        with self.house.database.write() as uow:
            communities.edit(uow, self.scene["mona"].viewer, self.scene.cid, new)
            commands.hold_community(uow, self.scene.cid)

    def receive(self, *, notes: int = 0, slow: int = 0) -> None:
        with self.house.database.write() as uow:
            communities.change_receiving(
                uow, self.scene["mona"].viewer, self.scene.cid, Receiving(notes=notes, slow=slow)
            )

    def archive(self) -> None:
        with self.house.database.write() as uow:
            communities.archive(uow, self.scene["mona"].viewer, self.scene.cid, on=True)

    def while_she_proposes(self, change: Callable[[], object]) -> Page:
        door = f"{self.place}/p/new"
        form = self.bob.get(door).form(door).fields
        change()
        return self.bob.post(door, {**form, "which": "add", "title": "No shouting.", "body": LONG})

    def after_a_preview(self, change: Callable[[], object]) -> Page:
        """What she saw meanwhile told her nothing of it."""
        door = f"{self.place}/t"
        form = self.bob.get(door).form(door).fields
        change()
        seen = self.bob.post(door, {**form, "title": "An evening", "body": LONG, "preview": "1"})
        return self.bob.post(door, {**seen.form(door).fields, "title": "An evening", "body": LONG})

    def after_she_entered_anew(self, change: Callable[[], object]) -> Page:
        """Her session was over when she sent it: her words wait, and are sent again."""
        door, me = f"{self.place}/t", self.scene["bob"]
        form = self.bob.get(door).form(door).fields
        change()
        self.bob.cookies.clear()
        asked = self.bob.post(door, {**form, "title": "An evening", "body": LONG})
        sheet = asked.form("/in").fields
        back = self.bob.post("/in", {**sheet, "name": me.name, "pass": me.passphrase})
        return self.bob.post(door, back.form(door).fields)

    def while_she_begins(self, change: Callable[[], object], **fields: str) -> Page:
        door = f"{self.place}/t"
        form = self.bob.get(door).form(door).fields
        change()
        return self.bob.post(door, {**form, "title": "An evening", "body": LONG, **fields})

    def while_she_answers(self, change: Callable[[], object], **fields: str) -> Page:
        form = self.bob.get(self.path).form(self.path).fields
        change()
        return self.bob.post(self.path, {**form, "body": LONG, **fields})

    def made(self, page: Page) -> ThreadFacts:
        assert page.status == 303, page.text
        tid = read_id(page.location.partition("?")[0].rpartition("/")[2], ID_SIZE)
        with self.house.database.read() as db:
            return queries.get_thread(db, self.scene["bob"].viewer, tid)


def said(page: Page, *words: str) -> None:
    assert page.status == 422, page.status
    for one in (*words, LONG):
        assert one in unescape(page.text), one


def test_a_door_that_opens_while_she_writes_is_told_before_anything_is_shown(house: TestHouse) -> None:
    writing = Writing(house)
    for wider in ({"audience": Audience.PUBLIC}, {"retention_days": 365}):
        refused = writing.while_she_begins(lambda how=wider: writing.become(**how))  # type: ignore[misc]
        said(refused, "more people read it now", "An evening")
        # Pressed again she has been told, and it is as she wished.
        door = f"{writing.place}/t"
        again = {**refused.form(door).fields, "title": "An evening", "body": LONG}
        assert writing.bob.post(door, again).status == 303
        writing.become()
    # Also where she proposes what is agreed, and where her words waited until she had entered anew.
    for way in (writing.after_a_preview, writing.after_she_entered_anew, writing.while_she_proposes):
        said(way(lambda: writing.become(audience=Audience.PUBLIC)), "more people read it now")
        writing.become()
    # What was written before stays behind its door, whoever answers in it.
    answered = writing.while_she_answers(lambda: writing.become(audience=Audience.PUBLIC))
    assert answered.status == 303
    assert house.browser().get(writing.path).status == 404
    writing.become()
    narrower = writing.while_she_begins(lambda: writing.become(audience=Audience.MEMBERS, retention_days=30))
    found = writing.made(narrower)
    assert (found.begun_for, found.retention_days) == (Audience.MEMBERS, 30)


def test_a_rule_that_changes_while_she_writes_loses_nothing(house: TestHouse) -> None:
    writing = Writing(house)
    noted = writing.made(writing.while_she_begins(lambda: writing.receive(notes=int(Note.LOSS))))
    assert noted.notes == int(Note.LOSS)
    no_kinds = {"want_1": "1", "asks": "1"}
    kinds = writing.made(writing.while_she_begins(lambda: writing.become(wants=0), **no_kinds))
    assert kinds.wants == 0
    writing.become()
    kind = {"kind": str(int(Kind.ADVICE))}
    assert writing.while_she_answers(lambda: writing.become(wants=0), **kind).status == 303
    agreed = writing.while_she_answers(lambda: writing.become(agreements="Be kind.\nNo names of schools."))
    assert agreed.status == 303
    assert "No names of schools." in writing.bob.get(writing.path).text
    # Slow from now on: the first answer stands, and the next comes back whole.
    assert writing.while_she_answers(lambda: writing.receive(slow=60)).status == 303
    said(writing.while_she_answers(lambda: None), "minutes")
    writing.receive()
    shut = writing.while_she_answers(lambda: tend(writing.scene, writing.thread, Act.SHUT))
    said(shut, "closed")
    other = writing.scene.thread("mona")
    writing.path = f"/t/{show_id(other.tid)}"
    said(writing.while_she_answers(writing.archive), "This community is archived.")


def test_a_place_closed_while_it_is_read_leads_to_a_kind_page(house: TestHouse) -> None:
    writing = Writing(house)
    writing.scene.reply("alice", writing.thread.tid)
    reply = writing.bob.get(writing.path).form(writing.path).fields
    begun = writing.bob.get(f"{writing.place}/t").form(f"{writing.place}/t").fields
    with house.database.write() as uow:
        communities.close(uow, writing.scene["mona"].viewer, writing.scene.cid)
    # From the notice on nothing new is written, and what was half written comes back with that.
    for path, fields in ((writing.path, reply), (f"{writing.place}/t", begun)):
        said(writing.bob.post(path, {**fields, "title": "An evening", "body": LONG}), "clos")
    # The notice is over, and Bob reads there still.
    clock.offset += 7 * clock.DAY
    writing.bob = at_home(writing.scene["bob"]).browser
    opened = [writing.bob.get(path) for path in (writing.path, writing.place)]
    links = {
        unescape(link).partition("#")[0]
        for page in opened
        for link in re.findall(r'href="(/[tc]/[^"]+)"', page.text)
        if not link.startswith("/c/new")
    }
    with house.database.write() as uow:
        assert communities.close_ripe(uow) == 1
    house.site.held.refresh()
    assert len(links) > 8
    for link in links:
        page = writing.bob.get(link)
        assert page.status == 404, link
        assert "There is nothing here." in page.text, link
    for path, fields in ((writing.path, reply), (f"{writing.place}/t", begun)):
        kept = writing.bob.post(path, {**fields, "title": "An evening", "body": LONG})
        assert kept.status in {403, 404, 422}
        assert LONG in kept.text


def test_an_invitation_used_twice_at_once_lets_one_in(house: TestHouse) -> None:
    """By its link into a hidden place, and by its code into the house: in two tabs that send together."""
    scene = asking.Scene(house, Entry.INVITE, Audience.HIDDEN)
    code = make(scene, scene.mona)
    two = [scene.alice, house.person("Bob")]
    forms = [opened(who, code).form("/i").fields for who in two]
    with ThreadPoolExecutor(2) as tabs:
        answers = list(tabs.map(lambda one: one[0].browser.post("/i", one[1]), zip(two, forms, strict=True)))
    assert sorted(answer.status for answer in answers) == [303, 422]
    assert sum(scene.belongs(who) for who in two) == 1
    assert OVER in next(answer.text for answer in answers if answer.status == 422)
    house.change(entry="invitation")
    with house.database.write() as uow:
        code = issue_invitation(uow, house.keys)

    def sign_up(name: str) -> bool:
        try:
            flows.sign_up(
                house.site, flows.SignUp(name, f"{name} walks by the quiet river", Band.ADULT, code)
            )
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(2) as tabs:
        assert sorted(tabs.map(sign_up, ("eve", "nour"))) == [False, True]
