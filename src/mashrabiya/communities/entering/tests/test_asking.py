"""Questions whose answers die with the decision."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.entering.tests.scene import ANSWERS, QUESTIONS, Scene
from mashrabiya.communities.types import Audience, Entry
from mashrabiya.kernel import clock
from mashrabiya.platform.db import metadata
from mashrabiya.testing.house import TestHouse

ASK, DECIDE = "/c/{cid:str}/ask", "/c/{cid:str}/asked/{asking:str}"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def everything(scene: Scene) -> bytes:
    """All that is kept, as bytes."""
    connection = scene.house.database.connection()
    rows = [connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in metadata.tables]
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for table in rows
        for row in table
        for value in row
    )


def test_the_place_says_before_how_one_enters(scene: Scene) -> None:
    text = scene.text(scene.alice)
    assert "Questions on joining" in text
    assert f"{scene.path}/ask" in text
    assert f'action="{scene.path}/in"' not in text
    assert "Questions on joining" in scene.text(scene.alice, "/c")


def test_asked_answered_and_let_in(scene: Scene) -> None:
    assert scene.ask(scene.alice).location == scene.path
    assert "The request to join is waiting." in scene.text(scene.alice)
    asked = scene.text(scene.mona, f"{scene.path}/asked")
    for words in ("Alice", *ANSWERS.values(), *QUESTIONS):
        assert words in asked
    assert not scene.belongs(scene.alice)
    assert scene.decide("in", "Welcome to the kitchen.").location == f"{scene.path}/asked"
    assert scene.belongs(scene.alice)
    assert "Welcome to the kitchen." in scene.text(scene.alice)
    assert "Nobody is waiting." in scene.text(scene.mona, f"{scene.path}/asked")
    scene.alice.browser.submit(scene.path, f"{scene.path}/ask/back")
    assert scene.rows("asking") == 0
    assert scene.belongs(scene.alice)


def test_let_in_without_a_word_leaves_no_row(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.decide("in")
    assert scene.belongs(scene.alice)
    assert scene.rows("asking") == 0


def test_no_word_of_it_stands_open(scene: Scene) -> None:
    scene.ask(scene.alice)
    kept = everything(scene)
    assert b"Quiet evenings" not in kept
    assert b"From a friend" not in kept
    assert QUESTIONS[0].encode() in kept
    scene.decide("no", "Perhaps another time.")
    assert b"Perhaps another" not in everything(scene)
    row = scene.house.database.connection().execute("SELECT answers FROM asking").fetchone()
    assert bytes(row[0]) == b"", "the answers ended with the decision"


def test_declined_she_is_told_and_may_ask_again_later(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.decide("no", "Perhaps another time.")
    text = scene.text(scene.alice)
    assert "The request was not accepted." in text
    assert "Perhaps another time." in text
    assert not scene.belongs(scene.alice)
    refused = scene.post(scene.alice, f"{scene.path}/ask", ASK, **ANSWERS)
    assert refused.status == 403
    assert "not accepted lately" in refused.text
    assert "Quiet evenings" in refused.text
    back = scene.post(scene.alice, f"{scene.path}/ask/back", f"{ASK}/back")
    assert back.status == 303
    assert scene.rows("asking") == 1, "else its days would count for nothing"
    clock.offset += 31 * clock.DAY
    scene.sign_in(scene.alice)
    scene.ask(scene.alice)
    assert "The request to join is waiting." in scene.text(scene.alice)


def test_what_is_over_is_gone_before_any_job_runs(scene: Scene) -> None:
    scene.ask(scene.alice)
    clock.offset += 15 * clock.DAY
    scene.sign_in(scene.mona)
    scene.sign_in(scene.alice)
    assert "Alice" not in scene.text(scene.mona, f"{scene.path}/asked")
    assert "is waiting" not in scene.text(scene.alice)
    scene.ask(scene.alice)
    assert scene.rows("asking") == 1


def test_taken_back(scene: Scene) -> None:
    scene.ask(scene.alice)
    assert scene.alice.browser.submit(scene.path, f"{scene.path}/ask/back").location == scene.path
    assert scene.rows("asking") == 0
    assert scene.post(scene.alice, f"{scene.path}/ask/back", f"{ASK}/back").status == 303


def test_sent_twice_is_once(scene: Scene) -> None:
    page = f"{scene.path}/ask"
    fields = scene.alice.browser.get(page).form(page).fields | ANSWERS
    assert [scene.alice.browser.post(page, fields).status for _ in range(2)] == [303, 303]
    assert scene.rows("asking") == 1
    again = scene.post(scene.alice, page, ASK, **ANSWERS)
    assert again.status == 403
    assert "asked already" in again.text


def test_two_who_decide_at_once_decide_once(scene: Scene) -> None:
    scene.ask(scene.alice)
    page = f"{scene.path}/asked"
    action = next(form.action for form in scene.mona.browser.get(page).forms if "/asked/" in form.action)
    assert scene.mona.browser.submit(page, action, act="in").status == 303
    late = scene.post(scene.mona, action, DECIDE, act="no", said="A kind word.")
    assert late.status == 409
    assert "waiting no more" in late.text
    assert "A kind word." in late.text
    assert scene.belongs(scene.alice)


@pytest.mark.parametrize("fields", [{"answer_1": " "}, {"answer_1": "x" * 801}])
def test_a_refused_form_comes_back_as_typed(scene: Scene, fields: dict[str, str]) -> None:
    back = scene.ask(scene.alice, **ANSWERS | fields)
    assert back.status == 422
    assert "From a friend." in back.text
    assert scene.rows("asking") == 0


def test_questions_that_changed_meanwhile_lose_no_word(scene: Scene) -> None:
    page = f"{scene.path}/ask"
    fields = scene.alice.browser.get(page).form(page).fields | ANSWERS
    assert scene.enter(Entry.QUESTION, question_1="Only this?", question_2="").location == scene.path
    back = scene.alice.browser.post(page, fields)
    assert back.status == 422
    assert "The questions were changed meanwhile" in back.text
    assert "Only this?" in back.text
    assert all(answer in back.text for answer in ANSWERS.values())
    sent = back.form(page).fields
    assert scene.alice.browser.post(page, sent).status == 303
    assert "Quiet evenings." in scene.text(scene.mona, f"{scene.path}/asked")


@pytest.mark.parametrize(
    ("entry", "said"), [(Entry.OPEN, "needs no request"), (Entry.INVITE, "joins here by invitation")]
)
def test_another_way_meanwhile_says_so_and_keeps_the_words(scene: Scene, entry: Entry, said: str) -> None:
    page = f"{scene.path}/ask"
    fields = scene.alice.browser.get(page).form(page).fields | ANSWERS
    scene.enter(entry)
    refused = scene.alice.browser.post(page, fields)
    assert refused.status == 403
    assert said in refused.text
    assert "Quiet evenings." in refused.text
    assert said in scene.text(scene.alice, page)


def test_joining_by_a_page_of_yesterday_says_that_one_asks_first(house: TestHouse) -> None:
    scene = Scene(house, Entry.OPEN)
    fields = scene.alice.browser.get(scene.path).form(f"{scene.path}/in").fields
    scene.enter(Entry.QUESTION, question_1="Why?")
    refused = scene.alice.browser.post(f"{scene.path}/in", fields)
    assert refused.status == 403
    assert "Here one asks before joining" in refused.text


def test_whoever_joins_by_an_open_door_asks_no_more(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.enter(Entry.OPEN)
    scene.post(scene.alice, f"{scene.path}/in", "/c/{cid:str}/in")
    assert scene.belongs(scene.alice)
    assert scene.rows("asking") == 0


def test_a_protected_place_takes_no_request_and_lets_nobody_in(scene: Scene) -> None:
    scene.ask(scene.alice)
    with scene.house.database.write() as uow:
        communities.protect(uow, scene.mona.viewer, scene.cid, 6)
    bob = scene.house.person("Bob")
    refused = scene.post(bob, f"{scene.path}/ask", ASK, **ANSWERS)
    assert refused.status == 403
    assert "protected for a while" in refused.text
    page = scene.mona.browser.get(f"{scene.path}/asked")
    action = next(form.action for form in page.forms if "/asked/" in form.action)
    assert "protected for a while" in page.text
    assert scene.post(scene.mona, action, DECIDE, act="in").status == 403
    assert not scene.belongs(scene.alice)
    assert scene.decide("no").status == 303


def test_a_place_that_is_hidden_now_forgets_who_asked(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.become(Audience.HIDDEN)
    assert scene.rows("asking") == 0
    assert scene.alice.browser.get(f"{scene.path}/ask").status == 404
    assert scene.post(scene.alice, f"{scene.path}/ask", ASK, **ANSWERS).status == 404
