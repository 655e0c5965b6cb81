"""T5 and T24 by the pages: two carers close the house to somebody, and what she and everybody else find then."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.seeing import MADE_UP, plain
from mashrabiya.care.tests.staffed import accounts, with_role
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.types import Grant
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

WHY, WHY_TOO = "Names of people were read out.", "Read, and seen the same way."


@dataclass
class Closed:
    """Mallory has two names, and wrote by the first or unnamed; Carla and Dana are of the care team."""

    house: TestHouse
    language: str = "en"

    def __post_init__(self) -> None:
        self.house.change(open=True, agreements={"ar": "لا أسماء.", "en": "No names."})
        self.scene = Scene(self.house, language=self.language)
        self.carla, self.dana = (
            with_role(self.house.person(name, language=self.language), Grant.CARE)
            for name in ("Carla", "Dana")
        )
        self.mallory = self.scene["mallory"]
        self.mallory.new_persona("Other Face")
        self.mallory.as_persona(0)

    def reported(self, *, unnamed: bool = False) -> str:
        thread = self.scene.thread("alice")
        self.scene.report("bob", self.scene.reply("mallory", thread.tid, "Names.", unnamed=unnamed))
        return f"{self.scene.case().path}/x"

    def propose(self, path: str, by: Person, **more: str) -> Page:
        return by.browser.submit(path, path, **{"words": WHY, "days": "30", "agreement": "1", **more})

    def agree(self, path: str, by: Person) -> Page:
        return by.browser.submit(path, path, words=WHY_TOO)

    def close(self, *, unnamed: bool = False) -> None:
        path = self.reported(unnamed=unnamed)
        assert self.propose(path, self.carla).status == 303
        assert self.agree(path, self.dana).status == 303

    def sign_in(self) -> Page:
        browser = self.house.browser(self.language)
        sheet = browser.get("/in").form("/in")
        return browser.post(
            "/in", {**sheet.fields, "name": self.mallory.name, "pass": self.mallory.passphrase}
        )


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("unnamed", [False, True])
def test_t5_by_two_the_house_is_closed_to_the_person(
    house: TestHouse, language: str, *, unnamed: bool
) -> None:
    closed = Closed(house, language)
    closed.close(unnamed=unnamed)
    for slot in (0, 1):
        met = closed.mallory.browser.get("/")
        assert met.status == 403, slot
    signed_in = closed.sign_in()
    assert signed_in.status == 403
    for words in (WHY, WHY_TOO, "لا أسماء." if language == "ar" else "No names.", 'href="/in/copy"'):
        assert words in signed_in.text
    assert "/in/delete" in [form.action for form in signed_in.forms]
    assert SESSION not in signed_in.header("set-cookie")
    # The others come and go.
    assert closed.scene["bob"].browser.get("/").status == 200


def test_t4_no_account_row_knows_that_the_house_is_closed_to_it(house: TestHouse) -> None:
    closed = Closed(house)
    before = accounts(house)
    closed.close()
    assert closed.sign_in().status == 403
    assert accounts(house) == before


def test_t5_one_alone_closes_nothing(house: TestHouse) -> None:
    closed = Closed(house)
    path = closed.reported()
    assert closed.propose(path, closed.carla).status == 303
    shown = closed.carla.browser.get(path)
    assert "Take the proposal back" in shown.text
    assert closed.mallory.browser.get("/").status == 200
    # By a forged form she is refused, also under another name of hers.
    proposal = shown.form(path).fields["proposal"]
    forged = {**shown.form(path).fields, "words": WHY_TOO, "proposal": proposal}
    assert closed.carla.browser.post(path, forged).status == 403
    closed.carla.new_persona("Carla by night")
    with_role(closed.carla, Grant.CARE)
    assert closed.carla.browser.submit(path, path, words=WHY_TOO).status == 403
    assert closed.mallory.browser.get("/").status == 200


def test_t5_nothing_shows_on_the_pages_of_her_other_names(house: TestHouse) -> None:
    closed = Closed(house)
    path, bob = closed.reported(), closed.scene["bob"].browser
    closed.mallory.as_persona(1)
    assert closed.mallory.viewer.face
    pages = [f"/p/{closed.mallory.viewer.face.pub}", "/", f"/c/{show_id(closed.scene.cid)}", "/k"]
    closed.mallory.as_persona(0)
    before = [plain(bob.get(page)) for page in pages]
    closed.propose(path, closed.carla)
    assert [plain(bob.get(page)) for page in pages] == before
    closed.agree(path, closed.dana)
    assert [plain(bob.get(page)) for page in pages] == before


def test_one_of_the_team_opens_it_again_and_it_ends_by_itself(house: TestHouse) -> None:
    closed = Closed(house)
    closed.close()
    desk = closed.dana.browser.get("/care")
    undo = next(form for form in desk.forms if form.action.startswith("/care/u/"))
    assert closed.dana.browser.post(undo.action, undo.fields).status == 303
    assert closed.mallory.browser.get("/").status == 200
    closed.close()
    assert closed.sign_in().status == 403
    clock.offset = 31.0 * clock.DAY
    house.site.held.refresh()
    assert closed.sign_in().status == 303


def test_who_is_of_no_care_team_finds_no_such_page(house: TestHouse) -> None:
    closed = Closed(house)
    path = closed.reported()
    nothing = closed.scene["mona"].browser.get("/nowhere")
    for who in ("mona", "alice", "mallory", "charlie"):
        browser: Browser = closed.scene[who].browser
        there = browser.get(path)
        assert (there.status, there.body) == (404, browser.get(f"/care/{MADE_UP}/x").body)
    assert nothing.status == 404
    assert "/x" not in re.findall(r'href="(/care/[^"]*)"', closed.scene["mona"].browser.get(path[:-2]).text)


def test_the_desk_of_the_house_shows_what_waits(house: TestHouse) -> None:
    closed = Closed(house)
    path = closed.reported()
    closed.propose(path, closed.carla)
    assert f'href="{path}"' in closed.dana.browser.get("/care").text
    assert f'href="{path}"' in closed.dana.browser.get(path[:-2]).text
    wrong = closed.dana.browser.submit(path, path, words="")
    assert wrong.status == 422
    assert closed.carla.browser.submit(path, path, wish="withdraw").status == 303
    assert closed.carla.browser.submit(path, path, days="", words="Words that stay.").status == 422


def test_no_page_asks_more_than_six_times(house: TestHouse) -> None:
    closed = Closed(house)
    path = closed.reported()
    closed.propose(path, closed.carla)
    for shown in ("/care", path, path[:-2], "/care/log", "/care/roles", "/k"):
        trace: list[str] = []
        house.site.held.refresh()
        house.database.trace = trace
        assert closed.dana.browser.get(shown).status == 200
        house.database.trace = None
        assert len(trace) <= 6, shown
