"""T9: what is hidden from somebody answers exactly like what does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewThread
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

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
