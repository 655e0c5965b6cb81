"""The doors of objections, as people without JavaScript go through them."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.seeing import MADE_UP, seen
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.care.types import Act, Decision
from mashrabiya.communities.types import Audience
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import TestHouse

WHY = "There is no such school."
SAID = "Looked again: there is none."
SAYS = {
    "en": ("Object to the decision", "Objection being read", "The decision was taken back."),
    "ar": ("الاعتراض على القرار", "الاعتراض ينتظر القراءة", "أُلغي القرار"),
}


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def path_of(decision: Decision) -> str:
    return f"/me/o/{decision.shown}"


def hide(scene: Scene) -> Decision:
    scene.report("bob", scene.thread())
    return scene.decide(Act.HIDE)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_from_the_hidden_post_to_the_answer(house: TestHouse, language: str) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    scene.report("bob", thread)
    decision = scene.decide(Act.HIDE)
    way, waits, back = SAYS[language]
    alice, path = scene["alice"].browser, path_of(decision)
    assert f'href="{path}"' in alice.get(f"/t/{show_id(thread.tid)}/y/1").text
    assert way in alice.get(path).text
    assert alice.submit(path, path, words=WHY).location == path
    read = alice.get(path).text
    assert waits in read
    assert WHY in read
    carer = a_carer(house)
    desk = carer.browser.get("/care").text
    assert 'href="/care/o"' in desk
    (link,) = [part for part in carer.browser.get("/care/o").text.split('"') if part.startswith("/care/o/")]
    assert WHY in carer.browser.get(link).text
    assert WORDS in carer.browser.get(link).text
    assert carer.browser.submit(link, link, act="reverse", words=SAID).location == f"{scene.desk}/o"
    answered = alice.get(path).text
    assert SAID in answered
    assert back in answered
    assert path in alice.get("/me/o").text
    assert "Is it the water" in scene.page("bob", thread)


@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.HIDDEN])
def test_an_excluded_person_objects_where_she_finds_nothing_else(
    house: TestHouse, audience: Audience
) -> None:
    scene = Scene(house, audience=audience)
    placed = scene.reply("mallory", scene.thread().tid)
    scene.report("bob", placed)
    decision = scene.decide(Act.EXCLUDE, days=30)
    mallory, path = scene["mallory"], path_of(decision)
    mallory.new_persona("Ink")
    assert path in mallory.browser.get("/me/closed").text
    assert mallory.browser.submit(path, path, words=WHY).location == path
    carer = a_carer(house).browser
    (link,) = [part for part in carer.get("/care/o").text.split('"') if part.startswith("/care/o/")]
    carer.submit(link, link, act="reverse", words=SAID)
    assert mallory.browser.get("/me/closed").status == 404
    assert SAID in mallory.browser.get(path).text
    assert path in mallory.browser.get("/me/o").text
    if audience != Audience.HIDDEN:
        assert mallory.browser.get(f"/c/{show_id(scene.cid)}").status == 200


def test_to_everybody_else_it_is_not_there(house: TestHouse, scene: Scene) -> None:
    decision = hide(scene)
    path, made_up = path_of(decision), f"/me/o/{MADE_UP}"
    for who in ("bob", "charlie", "mallory", "mona"):
        assert seen(house, scene[who], path) == seen(house, scene[who], made_up)
        assert seen(house, scene[who], path, post=True) == seen(house, scene[who], made_up, post=True)
        assert decision.shown not in scene[who].browser.get("/me/o").text
    scene["alice"].browser.submit(path, path, words=WHY)
    (appeal,) = house.database.connection().execute("SELECT id FROM appeal").fetchall()
    found = f"/care/o/{show_id(bytes(appeal[0]))}"
    for who in ("alice", "bob", "charlie"):
        assert seen(house, scene[who], found) == seen(house, scene[who], f"/care/o/{MADE_UP}")
        assert scene[who].browser.get(f"{scene.desk}/o").status == 404
        assert scene[who].browser.get("/care/o").status == 404
    visitor, nothing = house.browser(), house.browser().get("/nowhere").text
    for address in (path, "/me/o", "/care/o", found, f"{scene.desk}/o"):
        assert visitor.get(address).text == nothing


def test_whoever_decided_is_told_that_another_answers(scene: Scene) -> None:
    path = path_of(hide(scene))
    scene["alice"].browser.submit(path, path, words=WHY)
    mona = scene["mona"].browser
    assert "One objection waits" in mona.get(scene.desk).text
    listed = mona.get(f"{scene.desk}/o").text
    assert "Another person answers" in listed
    assert "/care/o/" not in listed


def test_the_desk_says_when_an_answer_is_late(house: TestHouse, scene: Scene) -> None:
    path = path_of(hide(scene))
    scene["alice"].browser.submit(path, path, words=WHY)
    assert "Answer within 7 days" in scene["mona"].browser.get(scene.desk).text
    try:
        clock.offset = 9 * clock.DAY
        carer = a_carer(house).browser
        assert "2 days late" in carer.get("/care").text
        assert "2 days late" in carer.get("/care/o").text
    finally:
        clock.offset = 0.0


def test_what_is_wrong_is_said_and_what_was_typed_stands(house: TestHouse, scene: Scene) -> None:
    path = path_of(hide(scene))
    alice = scene["alice"].browser
    back = alice.submit(path, path, words="x" * 1001)
    assert back.status == 422
    assert back.form(path).fields["words"].strip() == "x" * 1001
    assert alice.submit(path, path, words=" ").status == 422
    alice.submit(path, path, words=WHY)
    carer = a_carer(house).browser
    (link,) = [part for part in carer.get("/care/o").text.split('"') if part.startswith("/care/o/")]
    back = carer.submit(link, link, words="Kept reason")
    assert back.status == 422
    assert back.form(link).fields["words"].strip() == "Kept reason"


def test_every_page_asks_few_questions(house: TestHouse, scene: Scene) -> None:
    path = path_of(hide(scene))
    scene["alice"].browser.submit(path, path, words=WHY)
    carer = a_carer(house)
    (link,) = [part for part in carer.browser.get("/care/o").text.split('"') if part.startswith("/care/o/")]
    for person, address in (
        (scene["alice"], path),
        (scene["alice"], "/me/o"),
        (carer, "/care/o"),
        (carer, link),
        (carer, "/care"),
        (scene["mona"], scene.desk),
    ):
        assert statements(person, address) <= 6, address
