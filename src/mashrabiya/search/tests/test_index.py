"""The index follows what happens: who finds what while posts are hidden, moved, closed or gone; and how much each write does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.people.events import PersonaErased
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Database
from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.ranking import holds_all
from mashrabiya.platform.worker import Worker
from mashrabiya.search import commands
from mashrabiya.search.commands import keeping
from mashrabiya.search.queries import asked, finding
from mashrabiya.search.tests.test_finding import left, look, number, rows
from mashrabiya.testing.house import TestHouse

SOON = 60.0
"""So long a test waits for what takes a moment in a house: who waits longer waits for nothing."""


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


@pytest.fixture
def either(database: Database, tmp_path: Path) -> Iterator[Scene]:
    """The same on both databases."""
    house = TestHouse(tmp_path, database)
    yield Scene(house)
    house.close()


def post_ids(scene: Scene, said: str) -> list[bytes]:
    """The posts whose words begin so."""
    found = scene.house.database.connection().execute(f"SELECT id FROM post WHERE body LIKE '{said}%'")
    return [bytes(row[0]) for row in found.fetchall()]


def set_post(scene: Scene, what: str, said: str) -> None:
    connection = scene.house.database.connection()
    connection.execute(f"UPDATE post SET {what} WHERE body LIKE '{said}%'")
    if scene.house.database.dialect == "sqlite":
        connection.commit()


def test_posted_and_found_by_the_worker_alone(either: Scene) -> None:
    """Nobody tells the index anything here: the worker of the house hears it."""
    worker = Worker(either.house.database, either.house.keys)
    worker.start()
    try:
        either.say(either.alice, "A gooseberry, just now.")
        until = time.monotonic() + SOON
        while not (found := look(either.bob.browser, "gooseberry")) and time.monotonic() < until:
            time.sleep(0.05)
        assert found == ["A gooseberry, just now."]
    finally:
        worker.stop()


def test_both_databases_find_the_same_in_the_same_order(either: Scene) -> None:
    for said in (
        "quince and pear and plum", "pear", "a pear plum", "plum plum plum", "quince", "nothing of it",
        "السفرجل والكمثرى", "quince " + "and other words " * 8,
    ):  # fmt: skip
        either.say(either.alice, said)
    expected = ["quince and pear and plum", "quince", f"quince {'and other words ' * 8}".strip()]
    either.tell()
    assert look(either.bob.browser, "quince") == [expected[1], expected[0], expected[2]]
    fresh = [look(either.bob.browser, words) for words in ("pear plum", "quince pear", "سفرجل quince")]
    number(either)
    assert [
        look(either.bob.browser, words) for words in ("pear plum", "quince pear", "سفرجل quince")
    ] == fresh
    assert fresh[0][:2] == ["a pear plum", "quince and pear and plum"]
    assert set(fresh[0][2:]) == {"pear", "plum plum plum"}


def test_of_more_than_are_ranked_the_newest_stay(either: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no number yet is newer than what has one; the oldest goes, not what the database named last."""
    for n in range(3):
        either.say(either.alice, f"Medlar, {n}.")
        number(either)
    either.say(either.alice, "Medlar, new.")
    either.tell()
    for module in (asked, finding):
        monkeypatch.setattr(module, "RANKED", 3)
    assert set(look(either.bob.browser, "medlar")) == {"Medlar, 1.", "Medlar, 2.", "Medlar, new."}


def test_a_rare_kind_is_found_behind_many_newer_posts(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (asked, finding):
        monkeypatch.setattr(module, "RANKED", 2)
    monkeypatch.setattr(asked, "_ROUNDS", 1)
    scene.say(scene.alice, "Fennel, as I lived it.", kind="2")
    scene.say(scene.alice, "Fennel, and who helped.", kind="3")
    number(scene)
    [helped] = post_ids(scene, "Fennel, and who")
    set_post(scene, "helped = 1", "Fennel, and who")
    for _ in range(2):
        with scene.house.database.write() as uow:
            commands.note_helped(uow, helped)
    for n in range(5):
        scene.say(scene.bob, f"Fennel again, {n}.", kind="3")
        number(scene)
    assert look(scene.bob.browser, "fennel", d="2") == ["Fennel, as I lived it."]
    assert look(scene.bob.browser, "fennel", h="1") == ["Fennel, and who helped."]
    assert look(scene.bob.browser, "fennel", l="ar") == []
    _thread(scene, read_id(scene.place.removeprefix("/c/"), 16), "Fennel begins it.")
    number(scene)
    for n in range(3):
        scene.say(scene.bob, f"Fennel once more, {n}.")
        number(scene)
    assert look(scene.bob.browser, "fennel", a="1") == ["Fennel begins it."]
    set_post(scene, "helped = 0", "Fennel, and who")
    assert look(scene.bob.browser, "fennel", h="1") == [], "the mark leads there, the post decides"


def test_what_is_closed_to_her_takes_no_place_among_the_newest(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newer posts in a place for its members: she finds the older one that is for her, and nothing says that they are there."""
    for module in (asked, finding):
        monkeypatch.setattr(module, "RANKED", 2)
    monkeypatch.setattr(asked, "_ROUNDS", 1)
    hidden = open_place(scene.house, scene.alice, audience=Audience.HIDDEN)
    scene.say(scene.alice, "Tamarind for everybody.")
    scene.say(scene.alice, "Juniper for everybody.")
    number(scene)
    closed = _thread(scene, hidden)
    for n in range(4):
        scene.say(scene.alice, f"Tamarind behind a door, {n}.", thread=closed)
        number(scene)
    assert len(look(scene.alice.browser, "tamarind")) == 2
    for other in (scene.bob, scene.charlie):
        assert look(other.browser, "tamarind") == ["Tamarind for everybody."]
    page, like = (scene.bob.browser.get(f"/q?q={word}").text for word in ("tamarind", "juniper"))
    assert page.count('class="row"') == like.count('class="row"') == 1
    assert "2" not in "".join(part.split("</p>")[0] for part in page.split('role="status"')[1:])


def _thread(scene: Scene, cid: bytes, body: str = "Inside.") -> str:
    return new_thread(scene.alice, cid, title="Inside", body=body).location


def test_a_thread_that_moves_is_found_where_it_stands(scene: Scene) -> None:
    other = open_place(scene.house, scene.bob, scene.alice)
    scene.say(scene.alice, "Cardamom in the tea.")
    number(scene)
    tid = read_id(scene.thread.removeprefix("/t/"), 16)
    here, there = scene.place.removeprefix("/c/"), show_id(other)
    assert len(look(scene.bob.browser, "cardamom", c=here)) == 1
    with scene.house.database.write() as uow:
        discussions.move(uow, tid, other, audience=int(Audience.MEMBERS), days=30)
    assert look(scene.charlie.browser, "cardamom") == [], "at once, before anything is told"
    scene.tell()
    for _ in range(2):
        assert look(scene.bob.browser, "cardamom", c=here) == []
        assert look(scene.bob.browser, "cardamom", c=there) == ["Cardamom in the tea."]
        number(scene)


@pytest.mark.parametrize("numbered", [False, True])
def test_withheld_erased_excluded(scene: Scene, numbered: bool) -> None:
    scene.say(scene.alice, "Saffron by Alice.")
    scene.say(scene.mallory, "Saffron by Mallory.")
    scene.say(scene.mallory, "Saffron unnamed.", unnamed="1")
    scene.tell()
    if numbered:
        number(scene)
    assert len(look(scene.bob.browser, "saffron")) == 3
    [post] = post_ids(scene, "Saffron by Alice")
    for act, many in ((discussions.hide, 2), (discussions.restore, 3)):
        with scene.house.database.write() as uow:
            assert act(uow, post)
        assert len(look(scene.bob.browser, "saffron")) == 2, "at once, or not before it is told"
        scene.tell()
        assert len(look(scene.bob.browser, "saffron")) == many
    before = left(scene)[0]
    with scene.house.database.write() as uow:
        uow.record(PersonaErased(scene.mallory.viewer.pid, 1))
    scene.tell()
    assert set(look(scene.bob.browser, "saffron")) == {"Saffron by Alice.", "Saffron unnamed."}
    assert left(scene)[0] == before - 1, "its words went as well"
    _exclude(scene)
    assert look(scene.charlie.browser, "saffron") == []
    assert len(look(scene.bob.browser, "saffron")) == 2


def _exclude(scene: Scene) -> None:
    viewer = scene.charlie.viewer
    with scene.house.database.write() as uow:
        uow.insert(
            GUARD, kind="comm", scope=scene.cid, subject=viewer.pid, until_day=clock.day() + 9, case_id=b"c"
        )
    scene.house.site.held.refresh()


def test_a_large_thread_goes_in_small_writes(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 3)
    for n in range(8):
        scene.say(scene.alice, f"Rhubarb, number {n}.")
        if n == 4:
            number(scene)
    scene.tell()
    before = left(scene)[0]
    with scene.house.database.write() as uow:
        discussions.drop_thread(uow, read_id(scene.thread.removeprefix("/t/"), 16))
    assert look(scene.bob.browser, "rhubarb") == []
    steps, database = [left(scene)[0]], scene.house.database
    worker = Worker(database, scene.house.keys)
    monkeypatch.setattr("mashrabiya.platform.outbox.delivery._TOGETHER", -1.0)
    while worker._delivery.step():
        steps.append(left(scene)[0])
    gone = [earlier - later for earlier, later in pairwise(steps)]
    assert max(gone) == 3
    assert sum(gone) == 9, "with its opening"
    assert left(scene)[0] == before - 9
    assert commands.sweep(database) == 0


def test_many_new_posts_are_looked_through_in_the_database(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more of them come out of it than hold what was asked."""
    for n in range(6):
        scene.say(scene.alice, f"Parsnip, number {n}." if n % 3 else f"Turnip and parsnip, {n}.")
    scene.tell()
    seen: list[bytes] = []

    def holds(words: bytes, question: Question) -> bool:
        seen.append(words)
        return holds_all(words, question)

    monkeypatch.setattr(asked, "holds_all", holds)
    assert len(rows(scene.bob.browser, "turnip")) == 2
    assert len(seen) == 2
    assert len(rows(scene.bob.browser, "parsnip turnip")) == 6
    assert len(rows(scene.bob.browser, " ".join(f"parsnip{n}" for n in range(40)) + " turnip")) == 0
    assert len(rows(scene.bob.browser, " ".join(f"parsnip{n}" for n in range(30)) + " turnip")) == 2


def test_a_page_of_search_asks_little_of_the_database(scene: Scene) -> None:
    for said in ("sorrel", "sorrel and dock", "dock alone"):
        scene.say(scene.alice, said)
    number(scene)
    scene.say(scene.alice, "sorrel, new")
    scene.tell()
    # A member's session, face and places beside what a visitor costs; two more where little is found, and it is asked otherwise.
    for who, most in ((scene.bob.browser, 10), (scene.house.browser(), 7)):
        for words in ("sorrel", "sorrel+dock", "sorrel+nowhere"):
            who.get(f"/q?q={words}")
            scene.house.database.trace = []
            assert who.get(f"/q?q={words}").status == 200
            statements, scene.house.database.trace = scene.house.database.trace, None
            assert len(statements) <= most, statements
    with scene.house.database.write() as uow:
        [post] = post_ids(scene, "sorrel, new")
        scene.house.database.trace = []
        commands.put(uow, post)
        statements, scene.house.database.trace = scene.house.database.trace, None
        assert len(statements) == 2, "what a reply costs beside the requests"


def test_a_phrase_of_common_words_is_found_behind_the_newest_that_hold_them_apart(
    either: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, number_ in (
        (asked, "LOOKED", 2), (asked, "RANKED", 4), (asked, "_SATISFIED", 1), (finding, "RANKED", 4),
        (finding, "_LIKELY", 2), (finding, "_SOME", 4),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, number_)
    either.say(either.alice, "Of bread hazel has none.")
    for n in range(10):
        either.say(either.alice if n % 2 else either.mallory, f"Hazel and bread, {n}.")
    number(either)
    assert look(either.bob.browser, '"bread hazel"') == ["Of bread hazel has none."]
    assert look(either.bob.browser, '"hazel bread"') == []
