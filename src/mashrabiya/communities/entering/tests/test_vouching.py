"""Two members who say yes."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.communities.entering import rules
from mashrabiya.communities.entering.tests.scene import Scene
from mashrabiya.communities.types import Entry
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.types import Grant
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

STAND = "/c/{cid:str}/asked/{asking:str}/v"


class Vouching(Scene):
    """Dina and four others are trusted members, so that hardly ever all are of one branch; Bob is a member and no more."""

    def __init__(self, house: TestHouse) -> None:
        super().__init__(house, Entry.OPEN)
        names = ("Dina", "Esra", "Farah", "Ghada", "Hind")
        self.trusted = [with_role(house.person(name), Grant.TRUSTED) for name in names]
        self.bob = house.person("Bob")
        for who in (*self.trusted, self.bob):
            self.post(who, f"{self.path}/in", "/c/{cid:str}/in")
        self.enter(Entry.VOUCH)

    def asking(self) -> str:
        row = self.house.database.connection().execute("SELECT id FROM asking").fetchone()
        return show_id(bytes(row[0]))

    def stand(self, who: Person, act: str = "yes") -> Page:
        return self.post(who, f"{self.path}/asked/{self.asking()}/v", STAND, act=act)

    def until_enough(self) -> None:
        """Two of one branch, drawn by chance, are not enough: then a third, and others."""
        for who in self.trusted:
            if self.rows("asking_voucher") or self.waits():
                if self.waits():
                    self.stand(who)

    def waits(self) -> bool:
        row = self.house.database.connection().execute("SELECT state FROM asking").fetchone()
        return row is not None and row[0] == 0


@pytest.fixture
def scene(house: TestHouse) -> Vouching:
    return Vouching(house)


def test_two_say_yes_and_she_enters(scene: Vouching) -> None:
    assert scene.ask(scene.alice).location == scene.path
    assert scene.stand(scene.trusted[0]).status == 303
    assert scene.post(scene.alice, f"{scene.path}/ask/in", "/c/{cid:str}/ask/in").status == 403
    assert scene.stand(scene.trusted[0]).status == 303
    assert scene.rows("asking_voucher") == 1, "one person is one"
    scene.until_enough()
    assert not scene.waits()
    assert scene.rows("asking_voucher") == 0
    assert "Two members vouch for this name" in scene.text(scene.alice)
    assert scene.alice.browser.submit(scene.path, f"{scene.path}/ask/in").location == scene.path
    assert scene.belongs(scene.alice)
    assert scene.rows("asking") == 0


def test_who_vouched_is_told_to_nobody(scene: Vouching) -> None:
    scene.ask(scene.alice)
    scene.stand(scene.trusted[0])
    text = scene.text(scene.mona, f"{scene.path}/asked")
    assert "Alice" in text
    assert "Dina" not in text
    assert "You vouch for this name" in scene.text(scene.trusted[0], f"{scene.path}/asked")
    assert "You vouch for this name" not in scene.text(scene.trusted[1], f"{scene.path}/asked")


def test_taken_back_it_is_gone(scene: Vouching) -> None:
    scene.ask(scene.alice)
    scene.stand(scene.trusted[0])
    assert scene.stand(scene.trusted[0], "pull").status == 303
    assert scene.rows("asking_voucher") == 0


def test_a_member_who_is_not_trusted_sees_no_name_and_says_no_yes(scene: Vouching) -> None:
    scene.ask(scene.alice)
    text = scene.text(scene.bob, f"{scene.path}/asked")
    assert "Alice" not in text
    assert "trusted members vouch" in text
    assert scene.stand(scene.bob).status == 403
    assert scene.rows("asking_voucher") == 0


def test_nobody_outside_says_yes(scene: Vouching) -> None:
    scene.ask(scene.alice)
    outside = with_role(scene.house.person("Mallory"), Grant.TRUSTED)
    assert scene.stand(outside).status == 404
    assert scene.rows("asking_voucher") == 0


def test_not_for_a_name_of_ones_own(scene: Vouching) -> None:
    dina = scene.trusted[0]
    dina.new_persona("Rana")
    scene.ask(dina)
    dina.as_persona(0)
    assert f"{scene.asking()}/v" not in scene.text(dina, f"{scene.path}/asked")
    assert scene.stand(dina).status == 403
    assert scene.rows("asking_voucher") == 0


def test_two_names_of_one_person_are_one_yes(scene: Vouching) -> None:
    scene.ask(scene.alice)
    dina = scene.trusted[0]
    scene.stand(dina)
    dina.new_persona("Rana")
    scene.post(dina, f"{scene.path}/in", "/c/{cid:str}/in")
    scene.stand(dina)
    assert scene.rows("asking_voucher") == 1


@pytest.mark.parametrize(
    ("branches", "enough"), [((), False), ((3,), False), ((3, 3, 3), False), ((3, 4), True)]
)
def test_two_of_different_branches_are_enough(branches: tuple[int, ...], enough: bool) -> None:
    assert rules.are_enough(branches) is enough


def test_where_one_enters_otherwise_now_nobody_vouches(scene: Vouching) -> None:
    scene.ask(scene.alice)
    scene.enter(Entry.QUESTION, question_1="Why?")
    assert scene.stand(scene.trusted[0]).status == 404, "members see no requests any more"
    assert scene.stand(scene.mona).status == 403


def test_who_runs_it_may_let_in_or_decline_too(scene: Vouching) -> None:
    scene.ask(scene.alice)
    scene.stand(scene.trusted[0])
    scene.decide("no")
    assert scene.rows("asking_voucher") == 0
    assert "The request was not accepted." in scene.text(scene.alice)
    assert scene.stand(scene.trusted[1]).status == 409


def test_an_open_way_closes_after_fourteen_days(scene: Vouching) -> None:
    scene.ask(scene.alice)
    for who in scene.trusted:
        if scene.waits():
            scene.stand(who)
    clock.offset += 15 * clock.DAY
    scene.sign_in(scene.alice)
    assert scene.post(scene.alice, f"{scene.path}/ask/in", "/c/{cid:str}/ask/in").status == 403
    assert not scene.belongs(scene.alice)
