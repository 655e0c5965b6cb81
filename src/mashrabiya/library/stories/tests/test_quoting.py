"""A passage stands in a guide where its teller agreed to it, and goes at once when she does so no longer."""

from __future__ import annotations

import re

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.stories import queries
from mashrabiya.library.stories.tests.steps import ALL_LAYERS, named, reads, tell
from mashrabiya.library.stories.tests.test_consent import a_host, agree, furnish
from mashrabiya.library.stories.types import ASKED_DAYS, QUOTES_MOST
from mashrabiya.people import flows
from mashrabiya.people.types import Voice, Wish
from mashrabiya.platform import retention
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

ASKED = {"tick_1": "1", "tick_8": "1"}
PASSAGE = "I said it in one sentence."
MARK = "From an experience"


def ask(editor: Person, path: str, guide: str, passage: str = PASSAGE, step: str = "1") -> Page:
    return editor.browser.submit(f"{path}/q", f"{path}/q", passage=passage, guide=guide, step=step)


def doors(person: Person, path: str) -> list[str]:
    """Where she answers what stands on the page of an experience."""
    return [one.action for one in person.browser.get(path).forms if f"{path}/q/" in one.action]


def answer(person: Person, path: str, wish: str) -> None:
    for door in doors(person, path):
        assert person.browser.submit(path, door, wish=wish).status == 303


def kept(house: TestHouse) -> int:
    return int(house.database.connection().execute("SELECT COUNT(*) FROM story_quote").fetchone()[0])


def test_it_stands_when_its_teller_agrees_without_her_name_and_leads_there(house: TestHouse) -> None:
    guide, alice, bob, hanna = furnish(house), house.person("Alice"), house.person("Bob"), a_host(house)
    at, path = f"/y/{guide}", named(alice, **ASKED)
    assert ask(hanna, path, guide).status == 303
    assert ask(hanna, path, guide).status == 303
    assert kept(house) == 1, "the same is asked once"
    assert PASSAGE not in bob.browser.get(at).text
    assert doors(bob, path) == []
    assert "A guide asks for a passage" in alice.browser.get("/b").text
    assert "1 passage is asked for" in alice.browser.get("/y/e/me").text
    assert "A guide asks" not in bob.browser.get("/b").text
    answer(alice, path, "1")
    text = bob.browser.get(at).text
    assert [PASSAGE in text, MARK in text, path in text, "Alice" in text] == [True, True, True, False]
    assert re.search(r'<div class="[^"]*\bnoprint\b[^"]*"[^>]*><blockquote class="story', text), "nor printed"
    assert text.index('id="n1"') < text.index(PASSAGE) < text.index('id="n2"')
    assert PASSAGE not in house.browser().get(at).text, "who may not read it, is not told of it"
    assert PASSAGE not in bob.browser.get(f"{at}/p").text, "on paper it could not be taken back"
    assert "A guide asks" not in alice.browser.get("/b").text
    assert hanna.browser.get(path).text.count("Stands in the guide") == 1


@pytest.mark.parametrize("how", ["no", "later", "consent", "back", "words", "hidden", "editor"])
def test_it_goes_at_once(house: TestHouse, how: str) -> None:
    guide, alice, bob, hanna = furnish(house), house.person("Alice"), house.person("Bob"), a_host(house)
    at, path = f"/y/{guide}", tell(alice, **ASKED)
    ask(hanna, path, guide)
    if how != "no":
        answer(alice, path, "1")
        assert PASSAGE in bob.browser.get(at).text
    if how in {"no", "later"}:
        answer(alice, path, "0")
    elif how == "consent":
        agree(alice, path, tick_1="1")
    elif how == "back":
        alice.browser.submit(f"{path}/d", f"{path}/d")
    elif how == "words":
        alice.browser.submit(f"{path}/e", f"{path}/e", kind="2", done="I said it in two sentences.")
    elif how == "hidden":
        agree(alice, path, tick_8="1")
    else:
        answer(hanna, path, "off")
    assert PASSAGE not in bob.browser.get(at).text
    assert kept(house) == int(how == "hidden"), "of what nobody reads it lies with her, and stands nowhere"
    if how == "consent":
        agree(alice, path, **ASKED)
        assert PASSAGE not in bob.browser.get(at).text


def test_only_her_yes_lets_it_stand_and_only_editors_ask(house: TestHouse) -> None:
    guide, alice, bob, hanna = furnish(house), house.person("Alice"), house.person("Bob"), a_host(house)
    at, path, by_name = f"/y/{guide}", tell(alice, **ASKED), named(alice, **ASKED)
    shut, lies = tell(alice), tell(alice, tick_1="", tick_8="1")
    for one in (path, by_name):
        assert ask(hanna, one, guide).status == 303
    (door,) = doors(hanna, path)
    token = hanna.browser.get(path).form(door).fields
    for wish in ("1", "0"):
        assert bob.browser.post(door, {**token, "wish": wish}).status in {403, 404}
        assert hanna.browser.submit(path, door, wish=wish).status == 404, "an editor does not answer for her"
    assert bob.browser.get(f"{path}/q").status == 404
    assert bob.browser.post(f"{path}/q", {"passage": PASSAGE, "guide": guide}).status in {403, 404}
    assert bob.browser.submit(by_name, f"{by_name}/h", same="1").status == 303
    assert kept(house) == 2
    assert PASSAGE not in bob.browser.get(at).text
    assert hanna.browser.get(f"{shut}/q").status == 403
    assert f"{shut}/q" not in hanna.browser.get(shut).text
    assert hanna.browser.get(f"{lies}/q").status == 404
    alice.new_persona("Rana")
    assert "A guide asks" in alice.browser.get("/b").text, "of what is unnamed she is told under any name"
    (hers,) = doors(alice, path)
    named_door = doors(hanna, by_name)[0]
    own = alice.browser.get(path).form(hers).fields
    assert alice.browser.post(named_door, {**own, "wish": "1"}).status == 404, "it is not this name's"
    assert alice.browser.post(named_door.replace(by_name, path), {**own, "wish": "0"}).status == 303
    assert kept(house) == 2, "another experience's passage is not hers to answer by this one"


def test_it_stands_there_word_for_word(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = tell(alice, done="I said it  in\none sentence. قلتُها «مرّة» واحدة.", **ASKED)
    wrong = {
        "": "There is no passage yet.",
        "I never said it.": "do not stand there",
        "aid it in one": "do not stand there",
        "said it in one sent": "do not stand there",
        "x" * 301: "longer than 300",
    }
    for passage, said in wrong.items():
        answered = ask(hanna, path, guide, passage)
        assert answered.status == 422
        assert said in answered.text
        assert passage[:20] in answered.text, "what was typed is there"
    assert ask(hanna, path, guide, step="77").status == 422
    assert ask(hanna, path, show_id(b"7" * 16)).status == 422
    steps = hanna.browser.submit(f"{path}/q", f"{path}/q", passage="Kept.", guide=guide, steps="1")
    assert [steps.status, 'name="step"' in steps.text, "Kept." in steps.text] == [200, True, True]
    assert ask(hanna, path, guide, "قلتُها «مرّة»").status == 303
    assert ask(hanna, path, guide, "said it in one sentence").status == 303
    assert kept(house) == 2


def test_three_of_one_experience_and_three_at_one_step(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    one, other = tell(alice, **ASKED), tell(alice, **ASKED)
    passages = ["We sat in the car.", PASSAGE, "She asked what we would eat.", "She asked"]
    answers = [ask(hanna, one, guide, passage) for passage in passages]
    assert [answer.status for answer in answers] == [303] * QUOTES_MOST + [422]
    assert "that is the most" in answers[-1].text
    assert ask(hanna, other, guide).status == 422
    assert ask(hanna, other, guide, step="2").status == 303


def test_what_she_does_not_answer_is_asked_no_longer(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    asked, stands = tell(alice, **ASKED), tell(alice, tick_2="1", **ASKED)
    ask(hanna, stands, guide)
    answer(alice, stands, "1")
    ask(hanna, asked, guide)
    viewer = alice.viewer
    clock.offset += (ASKED_DAYS + 1) * clock.DAY
    try:
        with house.database.read() as db:
            assert queries.asked_of_her(db, viewer) == {}
        retention.sweep(house.database)
    finally:
        clock.offset = 0.0
    assert kept(house) == 1
    assert PASSAGE in house.browser().get(f"/y/{guide}").text


def test_nobody_meets_what_she_keeps_away_and_notes_fold(house: TestHouse) -> None:
    guide, alice, bob, hanna = furnish(house), house.person("Alice"), house.person("Bob"), a_host(house)
    at, path = f"/y/{guide}", named(alice, note_1="1", **ASKED)
    ask(hanna, path, guide)
    answer(alice, path, "1")
    text = bob.browser.get(at).text
    folded = re.search(
        r"<details class=.fold.>(?:(?!</details>).)*I said it in one sentence", text, re.DOTALL
    )
    assert folded, "it waits to be opened, like the experience"
    flows.keep_away(house.site, bob.viewer, Voice(pid=alice.viewer.pid), Wish("mute", shared=True))
    assert PASSAGE not in bob.browser.get(at).text


def test_no_consent_is_asked_for_that_nothing_uses(house: TestHouse) -> None:
    guide, alice = furnish(house), house.person("Alice")
    free, tied = tell(alice), tell(alice, guide=guide, step="1", **ALL_LAYERS)
    assert 'name="tick_4"' not in alice.browser.get(free).text
    assert 'name="tick_4"' in alice.browser.get(tied).text
    assert reads(alice, free)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_speak_both_languages(house: TestHouse, language: str) -> None:
    guide, hanna = furnish(house), a_host(house)
    alice = house.person("Alice", language=language)
    path = tell(alice, **ASKED)
    ask(hanna, path, guide)
    for page in (alice.browser.get(path), alice.browser.get("/y/e/me"), alice.browser.get("/b")):
        assert page.status == 200
        assert not re.search(r"library\.stories\.\w|notice\.quoted", page.text)
    assert hanna.browser.get(f"{path}/q?lang={language}").status == 200
