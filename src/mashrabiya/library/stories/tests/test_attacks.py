"""Everybody at every door of members in the library: what she may write, mark or choose there, and that nothing else moves.

Each sends what a form would send, also where none is shown to her; the rows of the library say what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.library.desk.tests.scene import Scene
from mashrabiya.library.laws.queries import page_of
from mashrabiya.library.services import commands as services
from mashrabiya.library.services.tests.scene import record
from mashrabiya.library.stories import queries
from mashrabiya.library.stories.tests.steps import ALL_LAYERS, SAID, named, tell
from mashrabiya.library.stories.tests.test_consent import pick
from mashrabiya.library.stories.tests.test_quoting import ask
from mashrabiya.library.stories.types import ID_SIZE
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.flows import freezing
from mashrabiya.people.flows.beginning import SignUp, sign_up
from mashrabiya.people.flows.entering import enter, unlock
from mashrabiya.people.sealed.freeze import How
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.types import Band, Grant, Voice, Wish
from mashrabiya.platform.db import metadata
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

ROOMS = ("story", "guide", "service", "law", "desk", "audit", "term")
ANYBODY = {"something is wrong with a guide"}
WITHOUT_A_NAME = ANYBODY | {"tell", "same here", "a guide helped", "something is wrong with a country"}
MEMBERS = WITHOUT_A_NAME | {"tell by name", "what a service is like", "something is wrong with a service"}
EDITORS = MEMBERS | {"choose", "ask for a passage", "take a passage out"}
VISITOR = Viewer.visitor(Tongue.of("en"))
HERS = {"say yes", "say no", "change the words", "change consent", "take it back"}


class Library(Scene):
    """The guide of the desk with a service and two experiences of Talia's, one by name, both open to everything."""

    def __init__(self, house: TestHouse) -> None:
        super().__init__(house)
        self.talia = house.person("Talia")
        tied = {"guide": self.shown, "step": "1", **ALL_LAYERS}
        self.told = {"named": named(self.talia, **tied), "unnamed": tell(self.talia, **tied)}
        with house.database.write() as uow:
            self.service = show_id(services.add(uow, self.mona.viewer, record()))
        for path in self.told.values():
            assert ask(self.mona, path, self.shown).status == 303

    def doors(self, which: str) -> dict[str, tuple[str, str, dict[str, str]]]:
        """What can be tried, by the path and the route of its door."""
        story, one = self.told[which], "/y/e/{story:str}"
        with self.house.database.read() as db:
            (quote,) = queries.quotes_of(db, read_id(story.rpartition("/")[2], ID_SIZE))
        answer = (f"{story}/q/{quote.shown}", f"{one}/q/{{quote:str}}")
        asked = {"guide": self.shown, "step": "2", "passage": "We sat in the car."}
        lived = {f"pick_{aspect}": "3" for aspect in ("listening", "privacy")}
        country = page_of(self.house.keys, "EG")
        return {
            "something is wrong with a guide": (f"/y/{self.shown}/x", "/y/{guide:str}/x", {"what": "1", "step": "1", "text": "Not so."}),
            "tell": ("/y/e/new", "/y/e/new", {**SAID, "unnamed": "1", "tick_1": "1"}),
            "tell by name": ("/y/e/new", "/y/e/new", {**SAID, "tick_1": "1"}),
            "same here": (f"{story}/h", f"{one}/h", {"same": "1"}),
            "a guide helped": (f"/y/{self.shown}/k", "/y/{guide:str}/k", {"helped": "1"}),
            "something is wrong with a country": (f"{country}/m", "/y/w/{country:str}/m", {"which": "0", "text": "Not so any more."}),
            "what a service is like": (f"/y/s/{self.service}/e", "/y/s/{service:str}/e", lived),
            "something is wrong with a service": (f"/y/s/{self.service}/w", "/y/s/{service:str}/w", {"pick_what": "silent", "words": "Nobody answers."}),
            "choose": (f"{story}/p", f"{one}/p", {"on": "1"}),
            "ask for a passage": (f"{story}/q", f"{one}/q", asked),
            "say yes": (*answer, {"wish": "1"}),
            "say no": (*answer, {"wish": "0"}),
            "take a passage out": (*answer, {"wish": "off"}),
            "change the words": (f"{story}/e", f"{one}/e", {**SAID, "done": "Something else."}),
            "change consent": (f"{story}/l", f"{one}/l", {"tick_2": "1"}),
            "take it back": (f"{story}/d", f"{one}/d", {}),
        }  # fmt: skip

    def rows(self, table: str = "") -> Any:
        """All that the rooms of the library hold."""
        connection = self.house.database.connection()
        names = [name for name in metadata.tables if name.startswith(ROOMS)]
        return {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}").fetchall())) for name in names
        }

    def moved(self, browser: Browser, viewer: Viewer, which: str) -> set[str]:
        """What changes something, tried one after the other; what did is not undone."""
        found = set[str]()
        for name, (path, route, fields) in self.doors(which).items():
            before = self.rows()
            answer = self.send(browser, viewer, path, route, fields)
            assert answer.status < 500, (name, answer.status)
            if self.rows() != before:
                found.add(name)
        return found

    def send(self, browser: Browser, viewer: Viewer, path: str, route: str, fields: dict[str, str]) -> Page:
        token = tokens.make(self.house.keys, viewer, route)
        return browser.post(path, {"_f": token, **fields})


State = Callable[[Library, Person], None]


def plain(scene: Library, bob: Person) -> None:
    pass


def blocked(scene: Library, bob: Person) -> None:
    flows.block(scene.house.site, scene.talia.viewer, bob.viewer.pid, shared=True)


def blocking(scene: Library, bob: Person) -> None:
    flows.block(scene.house.site, bob.viewer, scene.talia.viewer.pid, shared=True)


def muting(scene: Library, bob: Person) -> None:
    flows.keep_away(
        scene.house.site, bob.viewer, Voice(pid=scene.talia.viewer.pid), Wish("mute", shared=True)
    )


def paused(scene: Library, bob: Person) -> None:
    guard(scene, bob, "pause")


def limited(scene: Library, bob: Person) -> None:
    guard(scene, bob, "slow")


def excluded_from_a_place(scene: Library, bob: Person) -> None:
    guard(scene, bob, "comm")


def guard(scene: Library, who: Person, kind: str) -> None:
    scope = b"" if kind == "site" else b"c" * 16
    with scene.house.database.write() as uow:
        people.set_guard(uow, kind, who.viewer.pid, scope=scope, days=9, case=b"case")
    scene.house.site.held.refresh()


@pytest.mark.parametrize("which", ["named", "unnamed"])
@pytest.mark.parametrize("state", [plain, blocked, blocking, muting, paused, limited, excluded_from_a_place])
def test_a_member_does_what_members_do_and_nothing_that_is_the_tellers(
    house: TestHouse, state: State, which: str
) -> None:
    """What is decided in a community, and whom two keep away from each other, moves no door of the library."""
    scene, wanda = Library(house), house.person("Wanda")
    state(scene, wanda)
    assert scene.moved(wanda.browser, wanda.viewer, which) == MEMBERS


@pytest.mark.parametrize("which", ["named", "unnamed"])
def test_a_visitor_says_that_a_guide_is_wrong_and_nothing_else(house: TestHouse, which: str) -> None:
    scene = Library(house)
    assert scene.moved(house.browser(), VISITOR, which) == ANYBODY


@pytest.mark.parametrize("which", ["named", "unnamed"])
@pytest.mark.parametrize("as_visitor", [False, True])
def test_whom_the_house_is_closed_to_moves_nothing(house: TestHouse, which: str, *, as_visitor: bool) -> None:
    """With her open session, by the forms she had and by those that a visitor is given."""
    scene, wanda = Library(house), house.person("Wanda")
    viewer = VISITOR if as_visitor else wanda.viewer
    guard(scene, wanda, "site")
    assert scene.moved(wanda.browser, viewer, which) == set()


def test_whom_the_house_is_closed_to_does_not_even_answer_for_her_own(house: TestHouse) -> None:
    scene = Library(house)
    viewer = scene.talia.viewer
    guard(scene, scene.talia, "site")
    for form_of in (viewer, VISITOR):
        assert scene.moved(scene.talia.browser, form_of, "unnamed") == set()


@pytest.mark.parametrize("which", ["named", "unnamed"])
def test_an_account_that_is_away_is_a_visitor(house: TestHouse, which: str) -> None:
    """Her browser's session ended with it; and nobody chooses, or asks for, what a name that is unseen told."""
    scene = Library(house)
    viewer, talia = scene.talia.viewer, scene.talia
    wish = freezing.Wish(how=How.QUIET)
    code = freezing.add_code(house.site, unlock(house.site, talia.name, talia.passphrase), wish)
    freezing.freeze(house.site, code)
    house.site.held.refresh()
    assert scene.moved(talia.browser, viewer, which) == set()
    assert scene.moved(talia.browser, VISITOR, which) == ANYBODY
    gone = {"same here", "choose", "ask for a passage", "take a passage out"} if which == "named" else set()
    assert scene.moved(scene.mona.browser, scene.mona.viewer, which) == EDITORS - gone


def test_an_account_without_a_name(house: TestHouse) -> None:
    scene = Library(house)
    account = sign_up(house.site, SignUp("Nona", "Nona walks by the quiet river", Band.ADULT))
    browser = house.browser()
    browser.cookies[SESSION] = enter(house.site, account.unlocked).text
    nona = Person("Nona", "Nona walks by the quiet river", account.codes, browser, house)
    assert scene.moved(browser, nona.viewer, "named") == WITHOUT_A_NAME


def test_age_opens_and_shuts_nothing_here_and_shows_nowhere(house: TestHouse) -> None:
    scene = Library(house)
    house.change(adults_only=False)
    account = sign_up(
        house.site,
        SignUp("Mira", "Mira walks by the quiet river", Band.MINOR, preferences=Preferences(language="en")),
    )
    browser = house.browser()
    browser.cookies[SESSION] = enter(house.site, account.unlocked).text
    mira = Person("Mira", "Mira walks by the quiet river", account.codes, browser, house)
    mira.new_persona("Mira")
    assert scene.moved(browser, mira.viewer, "named") == MEMBERS
    hers, others = named(mira), named(house.person("Wanda"))
    shown = [house.person(f"Reader{n}").browser.get(path).text for n, path in enumerate((hers, others))]
    said = [re.sub(r"<[^>]*>", " ", text.partition("<main")[2].partition("</main>")[0]) for text in shown]
    assert said[0].replace("Mira", "Wanda").split() == said[1].split()
    assert [("Mira" in text, "Wanda" in text) for text in shown] == [(True, False), (False, True)]


@pytest.mark.parametrize("which", ["named", "unnamed"])
def test_an_editor_chooses_and_asks_and_answers_for_nobody(house: TestHouse, which: str) -> None:
    scene = Library(house)
    assert scene.moved(scene.mona.browser, scene.mona.viewer, which) == EDITORS


def test_its_teller_does_what_is_hers(house: TestHouse) -> None:
    scene = Library(house)
    # A no takes the question away; it cannot be answered otherwise then.
    moved = scene.moved(scene.talia.browser, scene.talia.viewer, "unnamed")
    assert moved == (MEMBERS - {"same here"}) | HERS


@pytest.mark.parametrize("unnamed", ["", "1"])
@pytest.mark.parametrize("other_name", [False, True])
def test_nobody_chooses_her_own(house: TestHouse, unnamed: str, *, other_name: bool) -> None:
    scene = Library(house)
    mona = scene.mona
    path = tell(mona, unnamed=unnamed, guide=scene.shown, step="1", **ALL_LAYERS)
    if other_name:
        mona.new_persona("Mona Two")
        with house.database.write() as uow:
            people.change_grant(uow, mona.viewer.pid, add=Grant.HOST, keys=house.keys)
    before = scene.rows()
    assert f"{path}/p" not in mona.browser.get(path).text
    answer = scene.send(mona.browser, mona.viewer, f"{path}/p", "/y/e/{story:str}/p", {"on": "1"})
    assert answer.status in {403, 404}
    assert scene.rows() == before
    other = house.person("Olga")
    with house.database.write() as uow:
        people.change_grant(uow, other.viewer.pid, add=Grant.HOST, keys=house.keys)
    assert pick(other, path) == 303
