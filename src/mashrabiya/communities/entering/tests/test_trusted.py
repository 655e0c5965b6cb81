"""A place for trusted members: every way in asks whether the house trusts the name in use."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.communities.entering.tests.scene import Scene
from mashrabiya.communities.entering.tests.test_inviting import make, opened, use
from mashrabiya.communities.types import Audience, Entry
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import Person, TestHouse

JOIN, ENTER = "/c/{cid:str}/in", "/c/{cid:str}/ask/in"
LATER = "is for names that the site trusts"


class Trusting(Scene):
    """Mona and Dina are trusted by the house; Alice is not; Bob was a member before trust was asked for."""

    def __init__(self, house: TestHouse) -> None:
        super().__init__(house, Entry.OPEN)
        with_role(self.mona, Grant.TRUSTED)
        self.dina = with_role(house.person("Dina"), Grant.TRUSTED)
        self.bob = house.person("Bob")
        self.join(self.bob)
        self.become(Audience.TRUSTED)

    def join(self, who: Person) -> str:
        return self.post(who, f"{self.path}/in", JOIN).text


@pytest.fixture
def scene(house: TestHouse) -> Trusting:
    return Trusting(house)


def test_by_the_open_door(scene: Trusting) -> None:
    text = scene.text(scene.alice)
    assert "Night kitchen" in text
    assert "Only members read the threads here." in text
    assert "It is no guarantee" in text
    assert LATER in scene.join(scene.alice)
    assert (
        scene.join(scene.alice).split("<main")[1] == scene.join(scene.house.person("Esra")).split("<main")[1]
    )
    assert not scene.belongs(scene.alice)
    assert scene.belongs(scene.bob), "whoever is in stays in"
    scene.join(scene.bob)
    scene.join(scene.dina)
    assert scene.belongs(scene.dina)


def test_another_name_of_a_trusted_person_is_another_name(scene: Trusting) -> None:
    scene.dina.new_persona("Rana")
    assert LATER in scene.join(scene.dina)
    assert not scene.belongs(scene.dina)


def test_by_questions_it_is_said_before_anything_is_typed(scene: Trusting) -> None:
    scene.enter(Entry.QUESTION, question_1="Why?")
    text = scene.text(scene.alice, f"{scene.path}/ask")
    assert LATER in text
    assert "answer_1" not in text
    back = scene.post(scene.alice, f"{scene.path}/ask", "/c/{cid:str}/ask", answer_1="Quiet evenings.")
    assert back.status == 403
    assert "Quiet evenings." in back.text
    assert scene.rows("asking") == 0
    scene.ask(scene.dina, answer_1="Quiet evenings.")
    scene.decide("in")
    assert scene.belongs(scene.dina)


def test_a_link_does_not_replace_trust_and_stays_open(scene: Trusting) -> None:
    assert "A link does not replace" in scene.text(scene.mona, f"{scene.path}/i")
    code = make(scene, scene.mona)
    assert opened(scene.alice, code).form("/i").fields
    assert LATER in use(scene.alice, code).text
    assert not scene.belongs(scene.alice)
    assert scene.rows("place_invitation") == 1
    use(scene.dina, code)
    assert scene.belongs(scene.dina)


def test_who_was_vouched_for_before_needs_it_too_when_she_enters(house: TestHouse) -> None:
    scene = Scene(house, Entry.VOUCH)
    with_role(scene.mona, Grant.TRUSTED)
    scene.ask(scene.alice)
    house.database.connection().execute("UPDATE asking SET state = 3")
    house.database.connection().commit()
    scene.become(Audience.TRUSTED)
    assert scene.post(scene.alice, f"{scene.path}/ask/in", ENTER).status == 403
    assert not scene.belongs(scene.alice)


def test_who_asked_before_asks_anew(house: TestHouse) -> None:
    scene = Scene(house)
    with_role(scene.mona, Grant.TRUSTED)
    scene.ask(scene.alice)
    scene.become(Audience.TRUSTED)
    assert scene.rows("asking") == 0


def test_only_whom_the_house_trusts_opens_such_a_place(house: TestHouse) -> None:
    scene = Scene(house)
    page = f"{scene.path}/edit"
    back = scene.mona.browser.submit(page, page, audience="3")
    assert back.status == 422
    assert "Somebody whose persona the site trusts" in back.text
    assert "trusted" not in scene.text(scene.alice).lower()
    with_role(scene.mona, Grant.TRUSTED)
    assert scene.mona.browser.submit(page, page, audience="3").status == 303
