"""T9: what is hidden from somebody answers exactly like what does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from mashrabiya import main
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.commands.endings import fade_threads
from mashrabiya.discussions.types import NewThread, NewTranslation
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.library.stories import commands as stories
from mashrabiya.people import flows
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.routes import Route
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse
from tests.addresses import fill, filled
from tests.furnished import Furnished

Seen = tuple[int, tuple[tuple[str, str], ...], str, list[str]]


class Hidden:
    """Alice runs a hidden place with one thread; the others do not belong to it."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        alice = house.person("alice")
        viewer = replace(alice.viewer, roles=frozenset({HOST}))
        with house.database.write() as uow:
            new = NewCommunity(name="Under the stairs", audience=Audience.HIDDEN)
            self.cid = communities.found(uow, viewer, new)
            placed = discussions.open_thread(
                uow, viewer, self.cid, NewThread(title="Only us", body="Between us")
            )
        assert placed is not None
        self.tid, self.pub = placed.tid, viewer.face.pub if viewer.face else ""
        self.browsers: dict[str, Browser] = {"visitor": house.browser()}
        self.browsers["bob"] = house.person("bob").browser
        mallory = house.person("mallory")
        self.browsers["excluded"] = mallory.browser
        with house.database.write() as uow:
            pid = mallory.viewer.pid
            set_guard(uow, "comm", pid, scope=self.cid, days=9, case=b"case")
        house.site.held.refresh()

    def seen(self, who: str, ask: Callable[[Browser], Page]) -> Seen:
        """Everything this viewer can tell: status, headers, body, and the work it cost."""
        trace: list[str] = []
        self.house.site.held.refresh()
        self.house.database.trace = trace
        answer = ask(self.browsers[who])
        self.house.database.trace = None
        return answer.status, answer.headers, _masked(answer.text), trace


def _masked(text: str) -> str:
    text = re.sub(r'name="_f" value="[^"]*"', "", text)
    return re.sub(r'name="kept_path" value="[^"]*"', "", text)


@pytest.fixture
def hidden(house: TestHouse) -> Hidden:
    return Hidden(house)


WHO = ("visitor", "bob", "excluded")
MADE_UP = show_id(new_id())


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "path",
    ["/t/{tid}", "/t/{tid}?n=3", "/c/{cid}", "/c/{cid}/in", "/c/{cid}/out", "/c/{cid}/t", "/c/{cid}/edit"],
)
def test_reading_what_is_hidden_is_reading_what_is_not_there(hidden: Hidden, who: str, path: str) -> None:
    real = path.format(tid=show_id(hidden.tid), cid=show_id(hidden.cid))
    made_up = path.format(tid=MADE_UP, cid=MADE_UP)
    there = hidden.seen(who, lambda b: b.get(real))
    assert there == hidden.seen(who, lambda b: b.get(made_up))
    assert there[0] == 404


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("path", ["/t/{tid}", "/c/{cid}/in", "/c/{cid}/t", "/c/{cid}/out"])
def test_writing_to_what_is_hidden_is_writing_to_what_is_not_there(
    hidden: Hidden, who: str, path: str
) -> None:
    def send(to: str) -> Callable[[Browser], Page]:
        return lambda b: b.post(to, {"body": "hello", "title": "hello"})

    real = path.format(tid=show_id(hidden.tid), cid=show_id(hidden.cid))
    made_up = path.format(tid=MADE_UP, cid=MADE_UP)
    assert hidden.seen(who, send(real)) == hidden.seen(who, send(made_up))


def test_without_a_session_any_path_takes_the_words_alike(hidden: Hidden) -> None:
    real = hidden.seen("visitor", lambda b: b.post(f"/t/{show_id(hidden.tid)}", {"body": "words"}))
    made_up = hidden.seen("visitor", lambda b: b.post(f"/q/{MADE_UP}", {"body": "words"}))
    assert real == made_up
    assert "words" in real[2]


@pytest.mark.parametrize("who", WHO)
def test_a_persona_one_shares_nothing_with_is_not_there(hidden: Hidden, who: str) -> None:
    there = hidden.seen(who, lambda b: b.get(f"/p/{hidden.pub}"))
    assert there == hidden.seen(who, lambda b: b.get("/p/0000000000"))


def test_a_used_invitation_is_not_there(hidden: Hidden) -> None:
    real = hidden.seen("visitor", lambda b: b.get("/join/" + "0" * 16))
    assert real[0] == 404
    assert real[2] == hidden.seen("visitor", lambda b: b.get("/nowhere"))[2]


def test_lists_hold_nothing_of_it(hidden: Hidden) -> None:
    for who in WHO:
        for path in ("/", "/c", "/t"):
            assert "Only us" not in hidden.browsers[who].get(path).text
            assert "Under the stairs" not in hidden.browsers[who].get(path).text


class Secret:
    """A hidden place with something of every kind in it, and those who are not to know that it is there."""

    def __init__(self, house: TestHouse) -> None:
        house.site.rooms["limits"].on = False
        self.house, self.furnished = house, Furnished(house, Audience.HIDDEN)
        self.there = self.furnished.known()
        faces = [self.furnished.people[name].viewer.face for name in ("alice", "bob", "mona")]
        self.there.others["pub"] = [face.pub for face in faces if face]
        alice, mallory = self.furnished.people["alice"], self.furnished.people["mallory"]
        # Excluded, and kept away by Alice: Mallory once belonged there.
        flows.block(house.site, alice.viewer, mallory.viewer.pid, shared=True)
        with house.database.write() as uow:
            set_guard(uow, "comm", mallory.viewer.pid, scope=self.furnished.scene.cid, days=9, case=new_id())
            stories.agree(uow, alice.viewer, self.furnished.story, 0)
        house.site.held.refresh()

    def told(self, who: str, route: Route, path: str) -> Seen:
        """Everything she can tell of an address: status, headers, body, and the work it cost."""
        browser, trace = self.furnished.browser(who), list[str]()
        self.house.site.held.refresh()
        self.house.database.trace = trace
        try:
            answer = (
                browser.get(path) if route.method == "GET" else browser.post(path, self._form(who, route))
            )
        finally:
            self.house.database.trace = None
        text = _masked(answer.text)
        for value in sorted(set(PLACE_VALUES.findall(path)), key=len, reverse=True):
            text = text.replace(value, "ID")
        headers = tuple((name, SEALED.sub("SEALED", value)) for name, value in answer.headers)
        return answer.status, headers, text, trace

    def _form(self, who: str, route: Route) -> dict[str, str]:
        """The route's own hidden field, so that the door itself is reached."""
        if who == "visitor":
            return {"body": "words"}
        viewer = self.furnished.people[who].viewer
        return {"_f": tokens.make(self.house.keys, viewer, route.path), "body": "words"}


# Sealed anew for each who asks, and always as long.
SEALED = re.compile(r"(?<=^/i/)[0-9a-f]{120}$")
PLACE_VALUES = re.compile(r"[0-9a-z]{10,}")
# What is asked of somebody's own, by its number, is hidden from nobody else: it is not there for them.
OWN = {"/me/notes/{number:str}", "/o/{number:int}"}
# Guides are of no place: closed ones are held in library/guides/tests/test_pages.py.
OWN |= {"/y/{guide:str}", "/o/y/{guide:str}"}
# Countries are hidden from nobody: every one has a page. Services, concepts, experiences and the desk are of no place.
OPEN = {
    "/y/w/{country:str}",
    "/y/s/{service:str}",
    "/y/v/{concept:str}",
    "/y/e/{story:str}",
    "/y/d/{guide:str}",
}


# Whoever is excluded reads why, there and nowhere else.
READS_WHY = ("mallory", "/c/{cid:str}/y")


def hiding(route: Route) -> bool:
    return "{" in route.path and not route.api and not any(route.path.startswith(own) for own in OWN | OPEN)


@pytest.mark.parametrize("who", ["visitor", "charlie", "mallory", "nobody yet", "host"])
def test_t9_every_address_of_what_is_hidden_is_an_address_of_nothing(house: TestHouse, who: str) -> None:
    """Rooms, threads, posts, pictures, names, reports, decisions, used-up invitations: whatever any route names.

    Also the doors to write at: their answers, and the statements they run.
    """
    secret = Secret(house)
    asked = 0
    for route in filter(hiding, main.ROUTES):
        if (who, route.path) == READS_WHY:
            continue
        made_up = secret.told(who, route, fill(route.path))
        for path in filled(route.path, secret.there):
            assert secret.told(who, route, path) == made_up, (route.method, path)
            asked += 1
    assert asked > 60


def test_t9_a_translation_there_is_one_of_nothing(house: TestHouse) -> None:
    secret = Secret(house)
    alice, bob = (secret.furnished.people[name].viewer for name in ("alice", "bob"))
    asked = "SELECT tid FROM post WHERE n = 1 AND state = 0"
    (tid,) = {bytes(row[0]) for row in house.database.connection().execute(asked).fetchall()}
    new = NewTranslation(title="سؤال", body="كلمات.", lang="ar")
    with house.database.write() as uow:
        n = discussions.translate(uow, bob, tid, 1, new=new).n
        discussions.wish_translated(uow, alice, tid, 1, lang="ar", wish=True)
    for route in (route for route in filter(hiding, main.ROUTES) if "{n:str}" in route.path):
        there, never = (
            route.path.replace("{tid:str}", shown).replace("{n:str}", str(n))
            for shown in (show_id(tid), "7" * 26)
        )
        for who in ("visitor", "charlie", "mallory"):
            assert secret.told(who, route, there) == secret.told(who, route, never), (who, route.path)
    assert secret.furnished.browser("bob").get(f"/t/{show_id(tid)}/v/{n}").status == 200


def test_t9_who_belongs_there_finds_it(house: TestHouse) -> None:
    """Else everything would be an address of nothing."""
    secret = Secret(house)
    paths = [path for route in filter(hiding, main.ROUTES) for path in filled(route.path, secret.there)]
    found = {path.split("/")[1] for path in paths if secret.furnished.browser("bob").get(path).status == 200}
    assert found == {"c", "l", "me", "p", "r", "t"}


def test_t9_a_thread_that_faded_is_one_that_never_was(house: TestHouse) -> None:
    furnished = Furnished(house, Audience.PUBLIC)
    there = furnished.known()
    shown = furnished.browser("visitor").get(f"/t/{there.posts[0][0]}")
    clock.offset = 800 * clock.DAY
    with house.database.write() as uow:
        fade_threads(uow)
    browser = furnished.browser("visitor")
    paths = [
        path for tid, n, post in there.posts for path in (f"/t/{tid}", f"/t/{tid}?n={n}", f"/api/t/{tid}")
    ]
    paths += [f"/m/{there.others['file'][0]}"]
    assert shown.status == 200
    for path in paths:
        never = browser.get(PLACE_VALUES.sub(lambda found: "7" * len(found[0]), path))
        gone = browser.get(path)
        assert (gone.status, gone.headers, gone.body) == (404, never.headers, never.body), path


def test_t9_whom_the_house_is_closed_to_finds_one_page_whatever_she_asks_for(house: TestHouse) -> None:
    """Bob belongs to the hidden place, and finds of it, and of everything else, what he finds of nothing."""
    secret = Secret(house)
    pid = secret.furnished.people["bob"].viewer.pid
    with house.database.write() as uow:
        set_guard(uow, "site", pid, days=9, case=new_id())
    house.site.held.refresh()
    asked = 0
    for route in filter(hiding, main.ROUTES):
        if route.path.startswith("/h/"):
            continue
        for path in filled(route.path, secret.there):
            never = secret.told("bob", route, PLACE_VALUES.sub(lambda found: "7" * len(found[0]), path))
            assert secret.told("bob", route, path) == never, (route.method, path)
            if route.method == "GET":
                assert (never[0], "This site is closed to this account" in never[2]) == (403, True), path
            asked += 1
    assert asked > 60
    # Nor by any door that has no place in its address: help now, her copy, taking back and her objection are open, and leaving ends it.
    doors = {route.path for route in main.ROUTES if route.method == "GET" and not route.api} - {"/g"}
    for path in sorted(path for path in doors if "{" not in path):
        closed = secret.furnished.browser("bob").get(path).status == 403
        assert closed is not (path in {"/in/copy", "/in/e", "/in/o"} or (path + "/").startswith("/h/")), path
