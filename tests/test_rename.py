"""T34: the old name stands nowhere but where people typed it, and those places are listed to her, once."""

from __future__ import annotations

import re

import pytest

from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.discussions import queries
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.types import NewReply
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people import flows
from mashrabiya.platform.art.tile import tile
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.safety.types import Reason
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse
from tests.test_erasure import in_files, settle, standing

OLD, NEW = "Deadcanary", "Rana"


class Renaming:
    """Deadcanary writes, is answered and quoted, greets as a newcomer, runs a place; Bob and Charlie read."""

    def __init__(self, house: TestHouse, language: str = "en") -> None:
        self.house = house
        self.alice = house.person(OLD, language=language)
        self.bob, self.charlie = house.person("Bob"), house.person("Charlie")
        self.cid = open_place(house, self.alice, self.bob)
        self.tid = begin(house.database, self.alice.viewer, self.cid).tid
        self.quote(self.bob, "> quoted\n\nI agree.")
        self.mentioned = answer(house.database, self.bob.viewer, self.tid, f"Thank you, @{OLD}.").n
        self.opened = begin(house.database, self.bob.viewer, self.cid, body=f"Asking @{OLD} first.").tid
        answer(house.database, self.alice.viewer, self.tid, "Thank you.")
        self.desk: list[str] = ["/care"]
        self.pub = self.alice.viewer.face.pub if self.alice.viewer.face else ""

    def quote(self, person: Person, body: str) -> None:
        from mashrabiya.discussions import commands

        new = NewReply(body=body, to=1, submission=new_id().hex())
        with self.house.database.write() as uow:
            commands.reply(uow, person.viewer, self.tid, new)

    def call(self) -> Person:
        """Bob reports the opening, and somebody of the care team comes to the desk."""
        report = f"/r/t/{show_id(self.tid)}/1"
        self.bob.browser.submit(report, report, reason=str(int(Reason.OTHER)), note="Look at this.")
        carer = a_carer(self.house)
        (case,) = re.findall(
            r'href="(/care/[0-9a-z]{26})"', carer.browser.get("/care").text.replace("&#x2f;", "/")
        )
        self.desk = ["/care", case, f"/c/{show_id(self.cid)}/care"]
        return carer

    def rename(self, name: str = NEW) -> Page:
        return self.alice.browser.submit("/me/p/edit", "/me/p/name", name=name)

    def forms(self) -> list[str]:
        """Where Bob changes or takes back what he wrote."""
        text = self.bob.browser.get(f"/t/{show_id(self.tid)}").text.replace("&#x2f;", "/")
        return re.findall(r'href="(/t/\w+/[ed]/\w+)"', text)

    def pages(self) -> list[str]:
        cid, tid = show_id(self.cid), show_id(self.tid)
        return [
            "/", "/t", "/n", "/c", f"/c/{cid}", f"/c/{cid}/edit", f"/t/{tid}", f"/t/{tid}?to=1", f"/t/{tid}?quote=1",
            f"/r/t/{tid}/1", *self.desk, "/me", "/me/p", "/me/p/edit", "/me/notes", "/me/fading", "/me/copy",
            f"/t/{tid}?quote={self.mentioned}", f"/t/{show_id(self.opened)}", f"/api/t/{tid}", "/api/t", "/api/home",
            f"/r/t/{tid}/{self.mentioned}", f"/t/{tid}/m/1", "/me/m", *self.forms(),
        ]  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
def test_t34_the_old_name_is_on_no_page(house: TestHouse, language: str) -> None:
    life = Renaming(house, language)
    assert OLD in life.bob.browser.get(f"/t/{show_id(life.tid)}").text
    carer = life.call()
    assert OLD in carer.browser.get(life.desk[1]).text
    assert life.rename().status == 303
    assert [carer.browser.get(path).status for path in life.desk] == [200, 200, 200]
    assert NEW in carer.browser.get(life.desk[1]).text
    people = (life.alice, life.bob, life.charlie, carer)
    for browser in (*[one.browser for one in people], house.browser()):
        for path in life.pages():
            text = browser.get(path).text
            assert OLD not in text, path
    assert NEW in life.bob.browser.get(f"/t/{show_id(life.tid)}").text


def test_t34_the_old_name_is_in_no_row_and_no_file(house: TestHouse) -> None:
    life = Renaming(house)
    assert OLD.encode() in standing(house)
    life.rename()
    settle(house)
    assert OLD.encode() not in standing(house)
    assert OLD.encode() not in in_files(house.folder)
    assert OLD.lower().encode() not in in_files(house.folder)


def test_t34_what_others_edit_and_quote_has_the_new_name(house: TestHouse) -> None:
    life = Renaming(house)
    life.bob.browser.submit(f"/t/{show_id(life.tid)}/m/1", f"/t/{show_id(life.tid)}/m/1", act="mute")
    assert OLD in life.bob.browser.get("/me/m").text
    life.rename()
    edit = next(path for path in reversed(life.forms()) if "/e/" in path)
    assert f"Thank you, @{NEW}." in life.bob.browser.get(edit).text
    quoted = life.bob.browser.get(f"/t/{show_id(life.tid)}?quote={life.mentioned}").text
    assert f"&gt; Thank you, @{NEW}." in quoted
    assert NEW in life.bob.browser.get("/me/m").text
    assert OLD not in life.bob.browser.get("/me/m").text


def test_t34_a_form_that_was_open_meanwhile_brings_no_old_name_back(house: TestHouse) -> None:
    life = Renaming(house)
    path = f"/t/{show_id(life.tid)}"
    edit = next(path for path in reversed(life.forms()) if "/e/" in path)
    changing = life.bob.browser.get(edit).form(edit).fields
    quoting = life.bob.browser.get(f"{path}?quote={life.mentioned}").form(path).fields
    life.rename()
    body = quoting["body"].strip() + "\n\nYes."
    assert f"> Thank you, @{OLD}." in body
    for address, fields in (
        (edit, {**changing, "body": f"Again, @{OLD}."}),
        (path, {**quoting, "body": body}),
    ):
        # The check before posting does not know the name any more, and says so once.
        back = life.bob.browser.post(address, fields)
        again = {**back.form(address).fields, "_guarded": "keep"}
        assert life.bob.browser.post(address, again).status == 303
    text = life.bob.browser.get(path).text
    assert "Again, <a href" in text
    assert text.count(f"@<bdi>{NEW}</bdi>") == 2
    assert OLD not in text
    settle(house)
    assert OLD.encode() not in standing(house)


def test_t34_nobody_carries_a_name_of_another_away(house: TestHouse) -> None:
    life = Renaming(house)
    with house.database.read() as db:
        words = [post.body for post in queries.named_posts(db, life.bob.viewer)]
    assert {"Thank you, @….", "Asking @… first."} < set(words)
    clock.offset = 400 * clock.DAY - 35 * clock.DAY
    tid = show_id(life.opened)
    again = flows.sign_in(house.site, "Bob", life.bob.passphrase)
    life.bob.browser.cookies[SESSION] = again.text
    kept = life.bob.browser.submit("/me/fading", f"/me/fading/{tid}")
    assert kept.status == 303
    assert "Asking @… first." in life.bob.browser.get("/me/notes/0").text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_new_pronouns_and_another_tile_stand_at_once(house: TestHouse, language: str) -> None:
    life = Renaming(house, language)
    reader, path = life.bob.browser, f"/t/{show_id(life.tid)}"
    old = life.alice.viewer.face
    assert old is not None
    assert tile(old.seed) in reader.get(path).text
    life.alice.browser.submit("/me/p/edit", "/me/p/edit", pronouns="oldcanary", about="aboutcanary")
    assert "oldcanary" in reader.get(f"/p/{old.pub}").text
    life.alice.browser.submit("/me/p/edit", "/me/p/edit", pronouns="she, they", about="")
    life.alice.browser.submit("/me/p/edit", "/me/p/tile")
    new = life.alice.viewer.face
    assert new is not None
    page = reader.get(f"/p/{new.pub}").text
    assert "she, they" in page
    assert tile(new.seed) in page
    assert tile(new.seed) in reader.get(path).text
    for one in (life.alice, life.bob, life.charlie):
        for place in (*life.pages(), f"/p/{new.pub}"):
            text = one.browser.get(place).text
            assert "oldcanary" not in text, place
            assert "aboutcanary" not in text, place
            assert tile(old.seed) not in text, place
    settle(house)
    assert b"oldcanary" not in standing(house)
    assert old.seed not in standing(house)
    if house.database.dialect == "sqlite":
        assert b"oldcanary" not in in_files(house.folder)


def test_t34_its_old_address_is_an_address_of_nothing(house: TestHouse) -> None:
    life = Renaming(house)
    assert life.bob.browser.get(f"/p/{life.pub}").status == 200
    life.rename()
    for browser in (life.alice.browser, life.bob.browser, life.charlie.browser):
        gone, never = browser.get(f"/p/{life.pub}"), browser.get("/p/0000000000")
        assert (gone.status, gone.headers, gone.text) == (404, never.headers, never.text)


def test_t34_the_freed_name_is_refused_for_a_year_also_when_written_alike(house: TestHouse) -> None:
    life = Renaming(house)
    life.rename()
    for days, status in ((0, 422), (300, 422), (600, 303)):
        clock.offset = days * clock.DAY
        again = flows.sign_in(house.site, "Bob", life.bob.passphrase)
        life.bob.browser.cookies[SESSION] = again.text
        answered = life.bob.browser.submit("/me/p/edit", "/me/p/name", name="DEADCANARY")
        assert answered.status == status, days


def test_what_others_typed_is_listed_to_her_once_with_a_way_to_report(house: TestHouse) -> None:
    life = Renaming(house)
    typed = answer(house.database, life.bob.viewer, life.tid, f"As {OLD.upper()} said.")
    own = answer(house.database, life.alice.viewer, life.tid, f"I, {OLD}, agree.")
    answer(house.database, life.bob.viewer, life.tid, f"Not {OLD}ish at all.")
    answered = life.rename()
    assert answered.status == 200
    text = answered.text.replace("&#x2f;", "/")
    assert f'href="/r/t/{show_id(life.tid)}/{typed.n}"' in text
    assert f'href="/r/t/{show_id(life.tid)}/{own.n}"' not in text
    assert text.count('<li class="row">') == 2
    assert OLD not in text
    assert life.rename().status == 303


def test_what_she_may_not_read_is_not_listed(house: TestHouse) -> None:
    from mashrabiya.communities.types import Audience

    life = Renaming(house)
    inside = open_place(house, life.bob, audience=Audience.HIDDEN)
    begin(house.database, life.bob.viewer, inside, body=f"About {OLD}.")
    assert life.rename().status == 303


@pytest.mark.parametrize(
    ("name", "typed", "listed"),
    [
        ("ليلى سالم", "شكرًا لليلى سالم وليلىٰ سالم.", True),
        ("ليلى سالم", "قالت وليلى سالم ذلك", True),
        ("ليلى سالم", "ليلى وحدها", False),
        ("سلمى", "يا سَلْمى", True),
        ("سلمى", "سلمىان", False),
    ],
)
def test_a_name_is_found_as_it_is_typed(name: str, typed: str, listed: bool) -> None:
    from mashrabiya.discussions.rules import holds_name
    from mashrabiya.kernel.folding import fold

    assert holds_name(typed, fold(name)) is listed


@pytest.mark.parametrize(
    ("looked", "shown", "rows", "stopped"), [(3, 200, 0, 3), (4, 200, 1, 4), (99, 1, 1, 4)]
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_where_the_search_stops_it_says_so(
    house: TestHouse,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    looked: int,
    shown: int,
    rows: int,
    stopped: int,
) -> None:
    from mashrabiya.discussions.queries import typed

    alice, bob = house.person(OLD, language=language), house.person("Bob")
    tid = begin(house.database, bob.viewer, open_place(house, alice, bob)).tid
    # Three posts before it and three behind: from whichever end the search begins, it is the fourth.
    for words in ("Two.", "Three.", f"{OLD} four.", "Five.", "Six.", "Seven."):
        answer(house.database, bob.viewer, tid, words)
    monkeypatch.setattr(typed, "_LOOKED_AT", looked)
    monkeypatch.setattr(typed, "_SHOWN_AT_MOST", shown)
    with house.database.read() as db:
        assert typed.typed_name(db, alice.viewer, OLD).stopped == stopped
    page = alice.browser.submit("/me/p/edit", "/me/p/name", name=NEW)
    assert page.text.count('<li class="row">') == rows
    said = {"ar": "عدد المشاركات التي فُحصت", "en": "stopped after this number of posts"}[language]
    assert said in page.text


def test_where_all_was_looked_at_it_says_nothing(house: TestHouse) -> None:
    life = Renaming(house)
    answer(house.database, life.bob.viewer, life.tid, f"As {OLD} said.")
    assert "stopped after this number" not in life.rename().text
