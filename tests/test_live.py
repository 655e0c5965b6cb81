"""What a stream says, to whom, and when it ends: that it is no second way into anything."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import LargeBinary, bindparam, update

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask, say
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.people.queries.idle import IDLE_SECONDS
from mashrabiya.people.tests.test_locking import with_pin
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.live.hub import MOST_OF_ONE
from mashrabiya.platform.live.streams import STEP
from mashrabiya.platform.web.ask import Visit
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.databases import BOTH
from mashrabiya.testing.house import Person, TestHouse
from mashrabiya.testing.served import served

from .lines import PATIENCE, Line, listening, refused

_ONE_MORE: Statement[None] = Statement(
    update(THREAD).where(THREAD.c.id == bindparam("tid", type_=LargeBinary)).values(n=THREAD.c.n + 1)
)
WORDS = "Basil wants shade at noon"


@dataclass(slots=True)
class Scene:
    """Alice asked in a place where Bob is a member and Charlie is not, and reads her thread."""

    house: TestHouse
    address: str
    alice: Person
    bob: Person
    charlie: Person
    tid: bytes

    @property
    def topic(self) -> str:
        return f"t.{show_id(self.tid)}"


@pytest.fixture(params=BOTH)
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    house = TestHouse(tmp_path, Database(str(request.getfixturevalue(name))))
    alice, bob, charlie = (house.person(one) for one in ("alice", "bob", "charlie"))
    cid = open_place(house, alice, bob, audience=Audience.MEMBERS)
    tid = ask(house, alice, cid).tid
    with served(house) as address:
        yield Scene(house, address, alice, bob, charlie, tid)
    house.close()


def test_it_says_numbers_and_no_word(scene: Scene) -> None:
    with listening(scene.address, scene.alice, f"{scene.topic}.1") as line:
        for n in (2, 3):
            assert say(scene.house, scene.bob, scene.tid, WORDS).n == n
            assert line.news() == f"{scene.topic}.{n}"
        assert line.all.isascii()
        assert "basil" not in line.all.decode().lower()
        assert "bob" not in line.all.decode().lower()
        # Beats and news are of one length on a watched line.
        assert set(line.sizes) == {STEP}


def test_what_came_between_is_told_to_whoever_comes_back(scene: Scene) -> None:
    for _ in range(3):
        say(scene.house, scene.bob, scene.tid)
    with listening(scene.address, scene.alice, f"{scene.topic}.1") as line:
        assert line.news() == f"{scene.topic}.4"
    say(scene.house, scene.bob, scene.tid)
    # What the browser says of itself counts more than the address, which is as old as the page.
    with listening(scene.address, scene.alice, f"{scene.topic}.1", last=f"{scene.topic}.4") as line:
        assert line.news() == f"{scene.topic}.5"


def test_it_goes_through_a_proxy_that_asks_as_of_old(scene: Scene) -> None:
    """nginx asks as HTTP/1.0 unless it is told otherwise, and takes the answer in pieces: they come at once."""
    where = urlsplit(scene.address)
    with socket.create_connection((str(where.hostname), where.port or 80), PATIENCE) as line:
        cookie = f"cookie: {SESSION}={scene.alice.browser.cookies[SESSION]}"
        line.sendall(
            f"GET /live?t={scene.topic}.1 HTTP/1.0\r\nhost: {where.netloc}\r\n{cookie}\r\n\r\n".encode()
        )
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += line.recv(4096)
        say(scene.house, scene.bob, scene.tid, WORDS)
        while f"data: {scene.topic}.2\n".encode() not in heard:
            heard += line.recv(4096)


def test_what_another_process_writes_is_told(scene: Scene) -> None:
    other = Database(scene.house.database.url)
    with listening(scene.address, scene.alice, f"{scene.topic}.1") as line:
        with other.write() as uow:
            uow.run(_ONE_MORE, tid=scene.tid)
        assert line.news() == f"{scene.topic}.2"
    other.close()


def test_that_she_was_told_something_is_heard_and_of_others_nothing(scene: Scene) -> None:
    stirs = scene.house.site.rooms["stirs"]
    hers, his, theirs = (str(stirs.topic(who.viewer)) for who in (scene.alice, scene.bob, scene.charlie))

    def another(own: str) -> str:
        # Of 4,096 buckets two people have the same one now and then.
        return str(next(topic for topic in (hers, his, theirs) if topic != own))

    assert refused(scene.address, scene.charlie, f"{another(theirs)}.0") == 404
    with listening(scene.address, scene.alice, f"{hers}.0") as line:
        say(scene.house, scene.bob, scene.tid, WORDS)
        Worker(scene.house.database, scene.house.keys).drain()
        assert line.news() == f"{hers}.1"
        assert set(line.sizes) == {STEP}
    assert refused(scene.address, scene.alice, f"{another(hers)}.0") == 404


def test_where_nothing_may_be_heard_there_is_nothing(scene: Scene) -> None:
    """A visitor, somebody outside, a thread that is none, no thread at all: as if there were no such address."""
    house, made_up = scene.house, f"t.{show_id(new_id())}.0"
    for person in (scene.charlie, scene.alice):
        asked = [
            person.browser.get(f"/live?t={made_up}"),
            person.browser.get("/live"),
            person.browser.get("/lives"),
        ]
        if person is scene.charlie:
            asked.append(person.browser.get(f"/live?t={scene.topic}.0"))
        assert {page.status for page in asked} == {404}
        assert len({_without_chance(page.text) for page in asked}) == 1
    visitor = house.browser()
    pages = [visitor.get(f"/live?t={scene.topic}.0"), visitor.get("/live"), visitor.get("/lives")]
    assert len({(page.status, _without_chance(page.text)) for page in pages}) == 1
    assert scene.alice.browser.post("/live").status == scene.alice.browser.post("/lives").status


def _without_chance(text: str) -> str:
    """Without what differs on any two pages."""
    return re.sub(r'value="[^"]*"', "", text).replace("/lives", "/live")


def test_of_several_threads_only_those_she_may_read_are_told(scene: Scene) -> None:
    cid = open_place(scene.house, scene.charlie, audience=Audience.HIDDEN)
    hidden = ask(scene.house, scene.charlie, cid).tid
    with listening(scene.address, scene.alice, f"t.{show_id(hidden)}.0,{scene.topic}.0") as line:
        assert line.news() == f"{scene.topic}.1"
        say(scene.house, scene.charlie, hidden)
        say(scene.house, scene.bob, scene.tid)
        assert line.news() == f"{scene.topic}.2"
        assert show_id(hidden) not in line.all.decode()


def test_it_ends_with_the_session(scene: Scene) -> None:
    with listening(scene.address, scene.alice, f"{scene.topic}.1") as line:
        scene.alice.browser.post("/x")
        line.end()
    assert refused(scene.address, scene.alice, f"{scene.topic}.1") == 404


def test_it_ends_when_the_session_is_locked(scene: Scene) -> None:
    made = with_pin(scene.house, "Dana")
    browser = made.browser()
    dana = Person("Dana", "", (), browser, scene.house)
    tid = ask(scene.house, dana, open_place(scene.house, dana)).tid
    topic = f"t.{show_id(tid)}.0"
    with listening(scene.address, dana, topic) as line:
        assert browser.submit("/me", "/me/lock/now").status == 303
        line.end()
    refused(scene.address, dana, topic)


def test_it_ends_for_whoever_is_excluded_and_others_come_back(scene: Scene) -> None:
    with (
        listening(scene.address, scene.alice, f"{scene.topic}.1") as hers,
        listening(scene.address, scene.bob, f"{scene.topic}.1") as his,
    ):
        with scene.house.database.write() as uow:
            set_guard(uow, "site", scene.bob.viewer.pid, scope=b"", days=30, case=b"case000001")
        hers.end()
        his.end()
        assert re.search(rb"retry: \d+\n", hers.all)
    refused(scene.address, scene.bob, f"{scene.topic}.1")
    with listening(scene.address, scene.alice, f"{scene.topic}.0") as again:
        assert again.news() == f"{scene.topic}.1"


def test_listening_is_no_use_of_a_session(scene: Scene) -> None:
    """It neither keeps a session from asking for its number, nor makes it longer."""
    made = with_pin(scene.house, "Dana")
    dana = Person("Dana", "", (), made.browser(), scene.house)
    topic = f"t.{show_id(ask(scene.house, dana, open_place(scene.house, dana)).tid)}.0"
    idle = scene.house.site.rooms["idle"]
    sid = dana.viewer.sid
    before = idle._used[sid]
    renewals = scene.house.site.rooms["renewals"]
    renewals.add = lambda shown: pytest.fail("renewed by listening")
    with listening(scene.address, dana, topic):
        assert idle._used[sid] == before
    # As long as that after she did something, whatever listened meanwhile.
    idle._used[sid] = before - IDLE_SECONDS - 60
    refused(scene.address, dana, topic)


def test_the_fifth_line_of_a_session_ends_the_first(scene: Scene) -> None:
    lines = [Line(scene.address, scene.alice, f"{scene.topic}.1") for _ in range(MOST_OF_ONE + 1)]
    lines[0].end()
    say(scene.house, scene.bob, scene.tid)
    assert {line.news() for line in lines[1:]} == {f"{scene.topic}.2"}
    for line in lines:
        line.close()


def test_nothing_of_a_line_that_broke_remains(scene: Scene) -> None:
    hub = scene.house.site.rooms["live"].hub
    with listening(scene.address, scene.alice, f"{scene.topic}.0") as line:
        line.news()
        assert len(hub) == 1
    with listening(scene.address, scene.bob, f"{scene.topic}.0") as line:
        line.news()
        # Bob's own news came after Alice's line was taken down.
        say(scene.house, scene.bob, scene.tid)
        line.news()
        assert set(hub._of) == {scene.bob.viewer.sid}


def test_a_program_hears_nothing_by_its_token(scene: Scene) -> None:
    token = scene.alice.browser.cookies[SESSION]
    scene.alice.browser.cookies[SESSION] = "m" + token
    assert refused(scene.address, scene.alice, f"{scene.topic}.1") == 404


def test_a_look_that_fails_ends_no_looking(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that cannot be read for a moment: the line is told afterwards, and ends with its session."""
    hub, failed = scene.house.site.rooms["live"].hub, threading.Event()
    heard = hub._bell._is_written_elsewhere

    def busy() -> bool:
        if failed.is_set():
            return bool(heard())
        failed.set()
        raise OSError("busy")

    with listening(scene.address, scene.alice, f"{scene.topic}.1") as line:
        say(scene.house, scene.bob, scene.tid)
        assert line.news() == f"{scene.topic}.2"
        monkeypatch.setattr(hub._bell, "_is_written_elsewhere", busy)
        assert failed.wait(PATIENCE)
        say(scene.house, scene.bob, scene.tid)
        assert line.news() == f"{scene.topic}.3"
        scene.alice.browser.post("/x")
        line.end()


def test_whoever_is_excluded_while_she_is_let_in_does_not_stay(scene: Scene) -> None:
    live = scene.house.site.rooms["live"]
    opens = live._opens

    def excluded(visit: Visit) -> Viewer | None:
        met: Viewer | None = opens(visit)
        with scene.house.database.write() as uow:
            set_guard(uow, "site", scene.bob.viewer.pid, scope=b"", days=30, case=b"case000002")
        scene.house.site.held.refresh()
        live._opens = opens
        return met

    live._opens = excluded
    with listening(scene.address, scene.bob, f"{scene.topic}.1") as line:
        line.end()
