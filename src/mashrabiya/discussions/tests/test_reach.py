"""T6: a block changes what the blocked person may do, and on other pages nothing that anybody could read.

Pages with the secret and without it are compared byte for byte, one-time names apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pages import masked, new_thread
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import commands, flows
from mashrabiya.people.types import Voice, Wish
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

NOT_NOW = "Replies to this are not taken right now."


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    yield
    clock.offset = 0.0


class Stage:
    """Alice has asked and answered in Bob's place; Mallory has spoken by two names and unnamed; Charlie reads."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.alice, self.bob = house.person("Alice"), house.person("Bob")
        self.mallory, self.charlie = house.person("Mallory"), house.person("Charlie")
        self.cid = open_place(house, self.bob, self.alice, self.mallory, self.charlie)
        self.place = f"/c/{show_id(self.cid)}"
        self.first = self.mallory.viewer.pid
        self.thread = new_thread(self.bob, self.cid).location
        self.say(self.alice, "Alice by name.")
        self.say(self.mallory, "Mallory by name.")
        self.say(self.mallory, "Mallory unnamed.", unnamed="1")
        self.hers = new_thread(self.alice, self.cid, title="Alice asks").location

    def say(self, who: Person, body: str, *, thread: str = "", **fields: str) -> Page:
        address = thread or self.thread
        return who.browser.submit(address, address, body=body, **fields)

    def block(self, *, shared: bool = False) -> None:
        flows.block(self.house.site, self.alice.viewer, self.first, shared=shared)

    def second(self) -> None:
        """Mallory goes on as Heron, who belongs as well."""
        self.mallory.new_persona("Heron")
        self.mallory.browser.submit(f"{self.place}", f"{self.place}/in")

    def rest(self) -> None:
        """Alice takes no replies under her name now."""
        with self.house.database.write() as uow:
            commands.show_page_to(uow, self.alice.viewer, nobody=True, quiet=True, keys=self.house.keys)

    def seen_by(self, who: Person) -> list[bytes]:
        """Every page on which she meets the others."""
        paths = [self.thread, self.hers, self.place, "/t", "/", f"/api{self.thread}", "/api/t"]
        return [masked(who.browser.get(path)) for path in paths]


@pytest.fixture
def stage(house: TestHouse) -> Stage:
    return Stage(house)


def test_nobody_else_reads_anything_of_a_block(stage: Stage) -> None:
    readers = (stage.bob, stage.charlie, stage.mallory)
    before = [stage.seen_by(reader) for reader in readers]
    stage.block(shared=True)
    assert [stage.seen_by(reader) for reader in readers] == before


def test_the_blocker_sees_other_pages_only_where_the_blocked_name_wrote(stage: Stage) -> None:
    stage.second()
    stage.say(stage.mallory, "Heron is another name.", thread=stage.hers)
    before = stage.alice.browser.get(stage.thread).text, stage.alice.browser.get(stage.hers)
    stage.block()
    after = stage.alice.browser.get(stage.thread).text, stage.alice.browser.get(stage.hers)
    assert masked(before[1]) == masked(after[1])
    each = r'<article class="reply" id="n(\d+)">(.*?)</article>'
    was, now = (dict(re.findall(each, text, re.DOTALL)) for text in (before[0], after[0]))
    assert {n for n in was if was[n] != now[n]} == {"3"}
    assert "From a name you blocked" in now["3"]
    assert was.keys() == now.keys()


def test_the_blockers_other_name_sees_nothing_of_it(stage: Stage) -> None:
    stage.alice.new_persona("Second")
    stage.alice.browser.submit(stage.place, f"{stage.place}/in")
    before = stage.seen_by(stage.alice)
    stage.alice.as_persona(0)
    stage.block()
    stage.alice.as_persona(1)
    assert stage.seen_by(stage.alice) == before


def test_what_is_muted_for_all_her_names_folds_under_the_other_and_refuses_nobody(stage: Stage) -> None:
    stage.block(shared=True)
    stage.alice.new_persona("Second")
    stage.alice.browser.submit(stage.place, f"{stage.place}/in")
    assert "From somebody you muted" in stage.alice.browser.get(stage.thread).text
    other = new_thread(stage.alice, stage.cid, title="Second asks").location
    assert stage.say(stage.mallory, "Allowed.", thread=other).status == 303


def test_under_none_of_her_names_she_answers_the_blocker(stage: Stage) -> None:
    stage.block()
    tries = [{"to": "2"}, {"to": "2", "thread": stage.thread}]
    assert all(stage.say(stage.mallory, "Words.", **fields).status == 422 for fields in tries)
    assert stage.say(stage.mallory, "Words.", thread=stage.hers).status == 422
    assert stage.say(stage.mallory, "Words.", thread=stage.hers, unnamed="1").status == 422
    stage.second()
    refused = stage.say(stage.mallory, "Words of Heron.", thread=stage.hers)
    assert (refused.status, NOT_NOW in refused.text) == (422, True)
    assert "Words of Heron." in refused.text
    assert "block" not in refused.text.lower().replace("blockquote", "").replace("mute or block", "")


def test_where_the_blocker_is_not_meant_she_goes_on(stage: Stage) -> None:
    stage.block()
    assert stage.say(stage.mallory, "To the thread.").status == 303
    assert stage.say(stage.mallory, "To Bob.", to="1").status == 303
    assert stage.say(stage.charlie, "Charlie to Alice.", to="2").status == 303
    # And what the blocker wrote unnamed is nobody's.
    stage.say(stage.alice, "Alice unnamed.", unnamed="1")
    number = re.findall(r'id="n(\d+)"', stage.bob.browser.get(stage.thread).text)[-1]
    assert stage.say(stage.mallory, "To whom?", to=number).status == 303


def test_an_unnamed_voice_that_spoke_before_goes_on_speaking(stage: Stage) -> None:
    stage.say(stage.mallory, "Before.", thread=stage.hers, unnamed="1")
    stage.block()
    assert stage.say(stage.mallory, "After.", thread=stage.hers, unnamed="1").status == 303
    assert stage.say(stage.mallory, "To her.", to="2", unnamed="1").status == 303
    assert stage.say(stage.mallory, "By name.", thread=stage.hers, unnamed="").status == 422


def test_the_refusal_is_that_of_a_name_that_rests(stage: Stage) -> None:
    stage.block()
    blocked = _refused(stage)
    flows.unblock(stage.house.site, stage.alice.viewer, stage.first)
    stage.rest()
    resting = _refused(stage)
    assert blocked == resting
    assert NOT_NOW.encode() in blocked[1]
    assert blocked[2] == (403, b'{"error":"refused"}')


def _refused(stage: Stage) -> tuple[int, bytes, tuple[int, bytes]]:
    """By the page and by a program."""
    page = stage.say(stage.mallory, "The same.", thread=stage.hers, to="1")
    told = Program(stage.house, stage.mallory).send(f"/api{stage.hers}", {"body": "Same.", "to": 1})
    return page.status, masked(page), (told.status, told.body)


def test_under_a_resting_name_only_that_name_goes_on(stage: Stage) -> None:
    stage.rest()
    assert stage.say(stage.alice, "Herself.", thread=stage.hers).status == 303
    assert stage.say(stage.alice, "Unnamed.", thread=stage.hers, unnamed="1").status == 422
    stage.alice.new_persona("Second")
    stage.alice.browser.submit(stage.place, f"{stage.place}/in")
    assert stage.say(stage.alice, "Her other name.", to="2").status == 422


def test_her_page_is_not_there_for_the_blocked_as_for_those_who_never_met(stage: Stage) -> None:
    face = stage.alice.viewer.face
    assert face is not None
    path = f"/p/{face.pub}"
    assert stage.mallory.browser.get(path).status == 200
    stage.block()
    stranger = stage.house.person("Stranger")
    pages = [who.browser.get(path) for who in (stage.mallory, stranger)]
    pages += [stage.mallory.browser.get(f"{path}/m"), stage.mallory.browser.get("/p/nobody0000")]
    assert {(page.status, page.body) for page in pages} == {(404, pages[0].body)}
    stage.second()
    assert stage.mallory.browser.get(path).status == 404
    assert stage.charlie.browser.get(path).status == 200
    # What the blocker sees of the blocked stays as it was.
    assert stage.alice.browser.get(f"/p/{_pub(stage)}").status == 200


def _pub(stage: Stage) -> str:
    found = re.search(r"/p/(\w+)\">\s*<bdi>Mallory", stage.alice.browser.get(stage.thread).text)
    assert found is not None
    return found[1]


def test_the_same_work_whether_she_is_blocked_or_not(stage: Stage) -> None:
    face = stage.alice.viewer.face
    assert face is not None
    traces = []
    for path in (f"/p/{face.pub}", "/p/nobody0000", f"/p/{face.pub}"):
        stage.house.database.trace = []
        stage.mallory.browser.get(path)
        traces.append(stage.house.database.trace)
        stage.house.database.trace = None
        stage.block()
    assert traces[0] == traces[1] == traces[2]
    assert len(traces[0]) <= 6


def test_a_reply_asks_the_same_whether_she_is_blocked_or_not(stage: Stage) -> None:
    traces = []
    for _ in range(2):
        trace: list[str] = []
        stage.house.database.trace = trace
        stage.say(stage.mallory, "Once more.", thread=stage.hers)
        stage.house.database.trace = None
        at = next(place for place, sql in enumerate(trace) if "block" in sql)
        traces.append(trace[: at + 1])
        stage.block()
    assert traces[0] == traces[1]


def test_a_reply_costs_nine_statements(stage: Stage) -> None:
    form = stage.mallory.browser.get(stage.hers).form(stage.hers)
    trace: list[str] = []
    stage.house.database.trace = trace
    stage.mallory.browser.post(stage.hers, {**form.fields, "body": "Once more."})
    stage.house.database.trace = None
    # The last is the fact from which notices are told.
    assert len(trace) == 9, trace


def test_lifted_it_is_as_if_it_had_never_been(stage: Stage) -> None:
    before = [stage.seen_by(reader) for reader in (stage.alice, stage.mallory)]
    stage.block()
    flows.keep_away(stage.house.site, stage.alice.viewer, Voice(pid=stage.first), Wish("unblock"))
    assert [stage.seen_by(reader) for reader in (stage.alice, stage.mallory)] == before
    assert stage.say(stage.mallory, "Again.", thread=stage.hers).status == 303
