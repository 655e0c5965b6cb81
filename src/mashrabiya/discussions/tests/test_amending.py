"""Members propose wordings of what is agreed; those who run the place decide, and nobody else."""

from __future__ import annotations

from html import unescape

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_new_to_her import at_home
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, read_id, show_id
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

LINE = "No names of others."
WHY = "It happened last week."
DECIDE = "/c/{cid:str}/p/{tid:str}"


class Scene:
    """Mona and Dina run a place in which Be kind. is agreed; Alice and Bob are members, Charlie is outside."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.mona, self.alice, self.bob = (house.person(name) for name in ("Mona", "Alice", "Bob"))
        self.cid = open_place(house, self.mona, self.alice, self.bob)
        self.path = f"/c/{show_id(self.cid)}"

    def propose(self, who: Person, **fields: str) -> Page:
        page = f"{self.path}/p/new"
        return who.browser.submit(page, page, **{"which": "add", "title": LINE, "body": WHY, **fields})

    def proposed(self, who: Person, **fields: str) -> str:
        """The shown id of the thread that proposes it."""
        location = self.propose(who, **fields).location
        assert location.startswith("/t/"), location
        return location.removeprefix("/t/")

    def decide(self, tid: str, act: str = "agree", said: str = "", who: Person | None = None) -> Page:
        who = who or self.mona
        token = tokens.make(self.house.keys, who.viewer, DECIDE)
        return who.browser.post(f"{self.path}/p/{tid}", {"_f": token, "act": act, "said": said})

    def agreed(self, text: str) -> None:
        """Mona writes what is agreed by herself."""
        new = NewCommunity(name="Night kitchen", language="en", agreements=text)
        with self.house.database.write() as uow:
            communities.edit(uow, self.mona.viewer, self.cid, new)

    def text(self, who: Person, path: str = "/p") -> str:
        return unescape(who.browser.get(f"{self.path}{path}").text)

    def rows(self, table: str = "amendment") -> int:
        return int(self.house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def lines(self) -> list[str]:
        row = self.house.database.connection().execute("SELECT agreements FROM community").fetchone()
        return str(row[0]).splitlines()


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_a_member_proposes_people_vote_and_a_host_agrees(scene: Scene) -> None:
    tid = scene.proposed(scene.alice)
    page = scene.alice.browser.get(f"/t/{tid}").text
    assert "This is a proposal for what is agreed here." in page
    assert WHY in page
    assert "Close the vote" not in page
    assert "1 open proposal" in unescape(scene.text(scene.bob, "/a")).replace("\u2068", "").replace(
        "<bdi>", ""
    ).replace("</bdi>", "")
    for who in (scene.bob, scene.mona):
        assert who.browser.submit(f"/t/{tid}", f"/t/{tid}/p", vote="1").status == 303
    listed = scene.text(scene.bob)
    assert LINE in listed
    assert "for it" not in listed
    assert 'value="agree"' not in listed
    assert 'value="agree"' in scene.text(scene.mona)
    before = scene.mona.browser.get(f"{scene.path}/edit").form(f"{scene.path}/edit")
    assert scene.decide(tid).status == 303
    assert scene.lines() == ["Be kind.", LINE]
    for who, name in ((scene.bob, True), (scene.house.person("Charlie"), False)):
        told = scene.text(who, "/a")
        assert LINE in told
        assert ("Proposed by" in told and "Alice" in told) == name
    assert "Agreed" in scene.text(scene.bob)
    assert scene.rows("ballot") == 0
    assert scene.decide(tid).status == 303, "twice is once"
    assert scene.lines() == ["Be kind.", LINE]
    assert scene.decide(tid, "decline", "Too late.").status == 422
    # Mona's form from before, with what she had typed: she is told, and pressed again it is meant.
    edit = f"{scene.path}/edit"
    before.fields |= {"agreements": "Be kind.\nOf yesterday.", "about": "Recipes."}
    back = scene.mona.browser.post(edit, before.fields)
    assert back.status == 422
    assert "Of yesterday." in back.text
    assert "has changed since this page was opened" in back.text
    assert LINE in scene.lines()
    assert scene.mona.browser.post(edit, back.form(edit).fields).status == 303
    assert scene.lines() == ["Be kind.", "Of yesterday."]


def test_unnamed_it_says_of_nobody_and_a_line_may_change_meanwhile(scene: Scene) -> None:
    tid = scene.proposed(scene.alice, unnamed="1")
    assert "Alice" not in scene.text(scene.bob)
    scene.decide(tid)
    assert "A member proposed this." in scene.text(scene.bob, "/a")
    pids = [
        row[0] for row in scene.house.database.connection().execute("SELECT pid FROM agreement").fetchall()
    ]
    assert pids == [None, None]
    changed = scene.proposed(scene.alice, which="change", line="Be kind.", title="Be very kind.")
    gone = scene.proposed(scene.alice, which="remove", line="Be kind.", title="")
    scene.decide(changed)
    assert scene.lines() == ["Be very kind.", LINE]
    assert "has changed since it was proposed" in scene.text(scene.mona)
    stale = scene.decide(gone)
    assert stale.status == 422
    assert "has changed since it was proposed" in stale.text
    assert scene.lines() == ["Be very kind.", LINE]
    assert scene.decide(gone, "decline", "It reads otherwise now.").status == 303
    assert "It reads otherwise now." in scene.text(scene.bob)


WRONG: list[tuple[dict[str, str], str]] = [
    ({"title": ""}, "The wording is missing."),
    ({"title": "x" * 301}, "The wording is too long"),
    ({"title": "Be kind."}, "This is agreed already"),
    ({"which": "change", "line": "Be cruel."}, "does not stand so any more"),
    ({"which": "remove", "line": ""}, "does not stand so any more"),
    ({"body": " "}, "The reason is missing."),
]


def test_what_cannot_be_proposed_comes_back_with_all_that_was_typed(scene: Scene) -> None:
    for fields, said in WRONG:
        back = scene.propose(scene.alice, **fields)
        assert back.status == 422, fields
        assert said in unescape(back.text), fields
        for typed in {"title": LINE, "body": WHY, **fields}.values():
            assert typed.strip() in unescape(back.text)
    assert scene.rows() == scene.rows("thread") == 0
    tid = scene.proposed(scene.alice)
    assert "a reason is needed" in scene.decide(tid, "decline").text
    long = scene.decide(tid, "decline", "y" * 401)
    assert "y" * 401 in long.text
    assert "call me on 0961 2345678" in unescape(scene.decide(tid, "decline", "call me on 0961 2345678").text)
    assert "Not taken" not in scene.text(scene.bob)


def test_who_is_outside_excluded_or_no_host_does_nothing(scene: Scene) -> None:
    tid = scene.proposed(scene.alice)
    charlie = scene.house.person("Charlie")
    assert charlie.browser.get(f"{scene.path}/p/new").status == 303
    assert LINE in scene.text(charlie)
    for who in (charlie, scene.alice, scene.bob):
        assert scene.decide(tid, who=who).status == 404
    token = tokens.make(scene.house.keys, charlie.viewer, "/c/{cid:str}/p/new")
    back = charlie.browser.post(
        f"{scene.path}/p/new", {"_f": token, "which": "add", "title": "Mine.", "body": WHY}
    )
    assert back.status in {403, 422}
    assert "Mine." in back.text
    hidden = NewCommunity(name="Night kitchen", audience=Audience.HIDDEN, agreements="Be kind.")
    with scene.house.database.write() as uow:
        communities.edit(uow, scene.mona.viewer, scene.cid, hidden)
    for path in ("/p", "/p/new", "/a"):
        assert charlie.browser.get(f"{scene.path}{path}").status == 404
    assert scene.lines() == ["Be kind."]


def test_twice_is_once_archived_is_none_and_it_lapses(scene: Scene) -> None:
    page = scene.alice.browser.get(f"{scene.path}/p/new")
    sent = page.form(f"{scene.path}/p/new").fields | {"which": "add", "title": LINE, "body": WHY}
    one, two = (scene.alice.browser.post(f"{scene.path}/p/new", sent).location for _ in range(2))
    assert one == two
    assert scene.rows() == 1
    with scene.house.database.write() as uow:
        communities.archive(uow, scene.mona.viewer, scene.cid, on=True)
    back = scene.alice.browser.post(f"{scene.path}/p/new", sent | {"_s": new_id().hex(), "title": "More."})
    assert "More." in back.text
    assert scene.rows() == 1
    tid = one.removeprefix("/t/")
    clock.offset += 31 * clock.DAY
    for who in (scene.mona, scene.bob):
        at_home(who)
    assert "Its days ended without a decision." in scene.text(scene.bob)
    assert scene.decide(tid).status == 422
    assert scene.lines() == ["Be kind."]


def test_its_words_stay_as_they_were_read_and_it_goes_with_them(scene: Scene) -> None:
    tid = scene.proposed(scene.alice)
    page = scene.alice.browser.get(f"/t/{tid}").text
    edit = next(part for part in page.split('"') if "/e/" in part)
    back = scene.alice.browser.submit(edit, edit, body="Something else.")
    assert "A proposal stays as it was read" in back.text
    assert "Something else." in back.text
    assert scene.alice.browser.submit(edit, edit, note_1="1").status == 303
    scene.decide(tid)
    answer(scene.house.database, scene.bob.viewer, read_id(tid, 16), "Good.")
    delete = edit.replace("/e/", "/d/")
    assert scene.alice.browser.submit(delete, delete).status == 303
    assert scene.rows() == 0
    told = scene.text(scene.bob, "/a")
    assert LINE in told
    assert "Alice" not in told


def test_a_name_that_is_gone_and_what_is_hidden_or_moved(scene: Scene) -> None:
    scene.decide(scene.proposed(scene.alice))
    with scene.house.database.write() as uow:
        communities.forget_persona(uow, scene.alice.viewer.pid)
    rows = scene.house.database.connection().execute("SELECT pid FROM agreement").fetchall()
    assert {row[0] for row in rows} == {None}
    assert "A member proposed this." in scene.text(scene.bob, "/a")
    tid = scene.proposed(scene.bob, title="Another line.")
    scene.house.database.connection().execute("UPDATE thread SET audience = 2")
    scene.house.database.connection().commit()
    assert "fewer people saw this community" in unescape(scene.decide(tid).text)
    assert "Another line." not in scene.lines()
    rows = scene.house.database.connection().execute("SELECT tid, id FROM post").fetchall()
    post = next(bytes(post) for of, post in rows if bytes(of) == read_id(tid, 16))
    with scene.house.database.write() as uow:
        commands.hide(uow, post)
    assert "Another line." not in scene.text(scene.mona)
    assert scene.decide(tid).status == 422
    elsewhere = open_place(scene.house, scene.bob)
    with scene.house.database.write() as uow:
        commands.restore(uow, post)
        commands.move(uow, read_id(tid, 16), elsewhere, audience=1, days=90)
    assert "Another line." not in scene.text(scene.mona)


def test_a_form_sent_once_more_after_it_was_deleted_leaves_nothing_behind(scene: Scene) -> None:
    page = f"{scene.path}/p/new"
    fields = scene.alice.browser.get(page).form(page).fields
    fields |= {"which": "add", "title": LINE, "body": WHY}
    thread = scene.alice.browser.post(page, fields).location
    away = f"{thread}/d/{scene.alice.browser.get(thread).text.partition(f'{thread}/d/')[2].partition(chr(34))[0]}"
    scene.alice.browser.submit(away, away)
    assert scene.rows() == 0
    scene.alice.browser.post(page, fields)
    assert scene.rows() == 0
