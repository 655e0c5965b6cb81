"""Who sees a picture, and when it goes."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.tests.factories import ALICE
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pictures import PNG, bring, kept, shown
from mashrabiya.discussions.tests.thread_steps import article, ask, press
from mashrabiya.discussions.types import NewPicture
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import new_id, read_id, show_id
from mashrabiya.platform.db import Database
from mashrabiya.platform.media import Prepared, keeping, prepare
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import Person, TestHouse


def settle(house: TestHouse) -> None:
    """Let every fact be told."""
    Worker(house.database, house.keys).drain()


def test_pictures_stand_in_their_order_with_their_post_and_go_with_it(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE)).tid
    answer(database, ALICE, tid)
    with database.read() as db:
        post = queries.thread_page(db, ALICE, tid).posts[1].id
    pictures = [NewPicture(new_id(16), alt, 60, 40) for alt in ("one", "two")]
    with database.write() as uow:
        hang(uow, post, pictures)
    with database.read() as db:
        found = queries.thread_page(db, ALICE, tid).pictures
        queries.authorise_picture(db, ALICE, pictures[1].name)
        assert [row.alt for row in queries.pictures_of(db, post)] == ["one", "two"]
    assert [(n, [row.alt for row in rows]) for n, rows in found.items()] == [(2, ["one", "two"])]
    with database.write() as uow:
        commands.delete_post(uow, ALICE, tid, post)
        assert uow.recorded == 3
    with database.read() as db:
        assert queries.thread_page(db, ALICE, tid).pictures == {}
        with pytest.raises(NotFound):
            queries.authorise_picture(db, ALICE, pictures[1].name)


def test_a_picture_is_read_where_its_post_is(house: TestHouse, alice: Person, bob: Person) -> None:
    hidden = ask(house, alice, open_place(house, alice, audience=Audience.HIDDEN)).address
    public = ask(house, alice, open_place(house, alice, audience=Audience.PUBLIC)).address
    for thread in (hidden, public):
        bring(alice, thread, PNG)
    (inside,), (outside,) = shown(alice.browser.get(hidden)), shown(alice.browser.get(public))
    made_up = f"/m/{show_id(new_id(16))}.small"
    for browser in (bob.browser, house.browser()):
        assert browser.get(outside).status == 200
        traces = []
        for path in (inside, made_up):
            house.database.trace = []
            page = browser.get(path)
            traces.append((page.status, page.headers, page.body, list(house.database.trace)))
        house.database.trace = None
        assert traces[0] == traces[1]
        assert traces[0][0] == 404


def test_what_is_withheld_is_seen_by_its_author_alone(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    bring(bob, thread, PNG)
    (address,) = shown(alice.browser.get(thread))
    with house.database.read() as db:
        post = queries.thread_page(db, alice.viewer, read_id(thread[3:], 16)).posts[1].id
    for act in (commands.hide, commands.remove):
        with house.database.write() as uow:
            assert act(uow, post)
        assert not shown(alice.browser.get(thread))
        assert (alice.browser.get(address).status, bob.browser.get(address).status) == (404, 200)
    with house.database.write() as uow:
        assert commands.restore(uow, post)
    assert alice.browser.get(address).status == 200
    with house.database.write() as uow:
        commands.remove(uow, post)
        assert commands.blank(uow, post)
    settle(house)
    assert bob.browser.get(address).status == 404
    assert kept(house) == set()


@pytest.mark.parametrize("way", ["post", "thread", "persona", "fading"])
def test_pictures_go_with_what_they_stand_in(house: TestHouse, alice: Person, bob: Person, way: str) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    bring(bob, thread, PNG, PNG)
    assert len(kept(house)) == 2
    if way == "post":
        (delete,) = re.findall(rf'href="({thread}/d/\w+)"', bob.browser.get(thread).text)
        bob.browser.submit(delete, delete)
    elif way == "persona":
        with house.database.write() as uow:
            commands.forget_persona(uow, bob.viewer.pid, remove=True)
    else:
        with house.database.write() as uow:
            commands.drop_thread(uow, read_id(thread[3:], 16))
    settle(house)
    assert kept(house) == set()
    assert keeping.sweep(house.database) == 0


def test_left_without_a_name_they_stay(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    bring(bob, thread, PNG)
    with house.database.write() as uow:
        commands.forget_persona(uow, bob.viewer.pid, remove=False)
    settle(house)
    assert len(shown(alice.browser.get(thread))) == 1


def test_under_a_note_they_wait_with_the_words(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice), notes=int(Note.LOSS)).address
    bring(alice, thread, PNG, note_256="1")
    text = article(alice.browser.get(thread), 2)
    assert text.index("<details") < text.index("See.") < text.index("</details>") < text.index(".small")
    assert text.index('<details class="fold blurred">') < text.index(".small")


def test_a_page_with_pictures_and_marks_asks_no_more_than_six_times(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    bring(bob, thread, PNG)
    assert press(alice, alice.browser.get(thread), 2).status == 303
    house.database.trace = []
    page = alice.browser.get(thread)
    asked, house.database.trace = house.database.trace, None
    assert len(asked) <= 6
    assert (len(shown(page)), 'aria-pressed="true"' in page.text) == (1, True)


def test_strays_are_swept_and_a_folder_that_is_elsewhere_is_not(
    house: TestHouse, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    bring(alice, thread, PNG, PNG)
    store = keeping.store_of(house.folder)
    prepared = prepare(PNG)
    assert isinstance(prepared, Prepared)
    stray = store.put(prepared)
    assert keeping.sweep(house.database) == 0, "it might be on its way"
    monkeypatch.setattr(keeping, "SETTLED", -1.0)
    lost = min(kept(house) - {stray})
    store.drop(lost)
    assert keeping.sweep(house.database) == 2
    assert keeping.sweep(house.database) == 0
    assert len(shown(alice.browser.get(thread))) == 1
    for name in kept(house):
        store.drop(name)
    assert keeping.sweep(house.database) == 0
    assert len(shown(alice.browser.get(thread))) == 1


@pytest.mark.parametrize(("language", "told"), [("en", "2 pictures"), ("ar", "صورتان")])
def test_in_the_neutral_look_they_wait_for_a_press_of_their_own(
    house: TestHouse, language: str, told: str
) -> None:
    alice = house.person("Alice", language=language)
    thread = ask(house, alice, open_place(house, alice)).address
    bring(alice, thread, PNG, PNG)
    alice.browser.cookies["l"] = f"{language}.n"
    text = article(alice.browser.get(thread), 2)
    assert text.index("<details") < text.index(told) < text.index("<img") < text.index("</details>")
    assert len(shown(alice.browser.get(thread))) == 2
