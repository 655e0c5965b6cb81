"""Whose name two could learn stands in the form that was sent, or nothing is taken."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from mashrabiya.care.tests.test_unmask_pages import Accountable, says
from mashrabiya.communities import commands as communities
from mashrabiya.discussions.tables import ANSWERABLE, POST
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.db import Statement
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

UNNAMED: Statement[None] = Statement(select(func.count()).where(POST.c.tok.is_not(None)))
KEPT: Statement[None] = Statement(select(func.count()).select_from(ANSWERABLE))
WORDS = {"title": "My very title", "body": "My very words", "unnamed": "1"}


@pytest.fixture
def two(house: TestHouse) -> Accountable:
    return Accountable(house)


def written(two: Accountable) -> tuple[int, int]:
    """How many unnamed posts there are, and of how many somebody could be learned."""
    with two.house.database.read() as db:
        return int(db.scalar(UNNAMED)), int(db.scalar(KEPT))


def sent_again(two: Accountable, page: Page, action: str) -> Page:
    form = page.form(action)
    return two.scene["alice"].browser.post(action, {**form.fields, **WORDS})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_form_from_before_it_was_agreed_opens_no_thread(house: TestHouse, language: str) -> None:
    two = Accountable(house, language)
    two.hold(two.mona, two.carla)
    alice, action = two.scene["alice"].browser, f"/c/{show_id(two.scene.cid)}/t"
    before = alice.get(action)
    two.agree()
    back = sent_again(two, before, action)
    assert back.status == 422
    for key in ("compose.accountable_first", "compose.accountable", "compose.accountable_name"):
        assert says(back, key, language), key
    assert "My very words" in back.text
    assert written(two) == (0, 0)
    assert sent_again(two, back, action).status == 303
    assert written(two) == (1, 1)


def test_by_name_such_a_form_is_as_good_as_any(two: Accountable) -> None:
    two.hold(two.mona, two.carla)
    alice, action = two.scene["alice"].browser, f"/c/{show_id(two.scene.cid)}/t"
    form = alice.get(action).form(action)
    two.agree()
    assert alice.post(action, {**form.fields, **WORDS, "unnamed": ""}).status == 303


def test_words_that_come_back_under_another_name_are_shown_that_name_first(two: Accountable) -> None:
    placed, alice = two.begin(), two.scene["alice"]
    action = f"/t/{show_id(placed.tid)}"
    alice.new_persona("Ink")
    with two.house.database.write() as uow:
        communities.join(uow, alice.viewer, two.scene.cid)
    form = alice.browser.get(placed.address).form(action)
    alice.as_persona(0)
    there = alice.browser.get(placed.address).form(action).fields
    assert alice.viewer.face is not None
    assert there["_learnable"] != form.fields["_learnable"]
    hers: dict[str, Any] = {**there, **WORDS, "_learnable": form.fields["_learnable"]}
    back = alice.browser.post(action, hers)
    assert back.status == 422
    assert says(back, "compose.accountable_first")
    assert written(two) == (1, 1)


def test_a_session_that_ended_keeps_the_words_and_not_what_was_said_of_the_name(two: Accountable) -> None:
    placed = two.begin()
    action = f"/t/{show_id(placed.tid)}"
    form = two.scene["alice"].browser.get(placed.address).form(action)
    page = two.house.browser().post(action, {**form.fields, **WORDS})
    assert "My very words" in page.text
    assert form.fields["_learnable"] not in page.text


def test_a_program_says_that_she_was_shown_it(two: Accountable) -> None:
    placed, alice = two.begin(), two.scene["alice"]
    program = Program(two.house, alice)
    address, words = f"/api/t/{show_id(placed.tid)}", {"body": "My very words", "unnamed": True}
    assert program.send(address, words).status == 422
    assert written(two) == (1, 1)
    assert alice.viewer.face is not None
    assert program.send(address, {**words, "learnable": alice.viewer.face.pub}).status == 201
    assert written(two) == (2, 2)
