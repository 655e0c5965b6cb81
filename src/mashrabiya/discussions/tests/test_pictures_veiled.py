"""Pictures under a content note: a blur until one press, nothing at all where she hides that note. And for programs."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pictures import PNG, bring
from mashrabiya.discussions.tests.thread_steps import article, ask
from mashrabiya.kernel.content import Note
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

LOSS = int(Note.LOSS)
TOLD = {"ar": "صورتان", "en": "2 pictures"}


def noted(house: TestHouse, person: Person, audience: Audience = Audience.SIGNED_IN) -> str:
    """A thread with a reply of hers that has two pictures under a content note."""
    thread = ask(house, person, open_place(house, person, audience=audience)).address
    assert bring(person, thread, PNG, PNG, alt_1="A pot", **{f"note_{LOSS}": "1"}).status == 303
    return thread


def prefer(house: TestHouse, person: Person, **notes: int) -> None:
    flows.alter_preferences(house.site, person.browser.cookies[SESSION], **notes)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_blur_stands_there_and_one_press_shows_them(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    text = article(bob.browser.get(noted(house, alice)), 2)
    veil = re.search(r'<details class="fold blurred">(.*?)</summary>(.*?)</details>', text, re.DOTALL)
    assert veil
    covered, behind = veil.groups()
    assert TOLD[language] in covered
    assert re.findall(r"<img[^>]*alt=\"([^\"]*)\"", covered) == ["", ""], "what it shows is not told either"
    blurs = re.findall(r'src="(/m/\w+)\.tiny"', covered)
    assert re.findall(r'src="(/m/\w+)\.small"', behind) == blurs
    assert ".small" not in covered
    assert "A pot" in behind
    assert " open" not in text.split("<details", 1)[1].split(">", 1)[0]
    blur, small = (bob.browser.get(f"{blurs[0]}.{size}") for size in ("tiny", "small"))
    assert (blur.status, blur.header("content-type")) == (200, "image/webp")
    assert len(blur.body) < len(small.body)


def test_whoever_wants_that_note_open_meets_no_blur(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = noted(house, alice)
    prefer(house, bob, notes_shown=LOSS)
    text = article(bob.browser.get(thread), 2)
    assert ".tiny" not in text
    assert text.count(".small") == 2


def test_whoever_hides_that_note_meets_not_even_a_blur(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = noted(house, alice)
    prefer(house, bob, notes_hidden=LOSS)
    text = article(bob.browser.get(thread), 2)
    assert ".tiny" not in text
    assert text.index("<details") < text.index("<img") < text.index("</details>")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nor_in_the_neutral_look(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    thread = noted(house, alice)
    bob.browser.cookies["l"] = f"{language}.n"
    text = article(bob.browser.get(thread), 2)
    assert ".tiny" not in text
    assert text.count(".small") == 2


def test_the_blur_is_read_where_its_post_is(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = noted(house, alice, Audience.HIDDEN)
    page = alice.browser.get(thread)
    (name, _) = re.findall(r'src="(/m/\w+)\.small"', page.text)
    assert alice.browser.get(f"{name}.tiny").status == 200
    assert bob.browser.get(f"{name}.tiny").status == 404
    assert house.browser().get(f"{name}.tiny").status == 404


def test_programs_are_told_of_pictures_and_fetch_them_by_the_same_rule(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = noted(house, alice, Audience.HIDDEN)
    hers, his, nobodys = Program(house, alice), Program(house, bob), Program(house)
    opening, reply = hers.read(f"/api{thread}")["posts"]
    assert opening["pictures"] == []
    first, second = reply["pictures"]
    assert (first["alt"], second["alt"], first["width"], first["height"]) == ("A pot", "", 60, 40)
    assert reply["notes"] == ["loss"]
    for size in ("small", "large"):
        found = hers.get(first[size])
        assert (found.status, found.header("content-type")) == (200, "image/webp")
        assert found.header("content-security-policy") == "sandbox; default-src 'none'"
        for other in (his, nobodys):
            assert other.get(first[size]).status == 404
            made_up = other.get(f"/api/m/{'0' * 26}.{size}")
            assert made_up.body == other.get(first[size]).body
    # A cookie opens no JSON door, and a token no page.
    assert alice.browser.get(first["small"]).status == 404
    assert hers.get(first["small"].removeprefix("/api")).status == 404


def test_of_a_post_that_is_gone_programs_are_told_of_none(house: TestHouse) -> None:
    alice = house.person("Alice")
    thread = noted(house, alice)
    program = Program(house, alice)
    picture = program.read(f"/api{thread}")["posts"][1]["pictures"][0]["small"]
    (delete,) = re.findall(rf'href="({thread}/d/\w+)"', article(alice.browser.get(thread), 2))
    alice.browser.submit(delete, delete)
    answered = program.read(f"/api{thread}")["posts"]
    assert [post["pictures"] for post in answered if "pictures" in post] == [[]] * len(answered)
    assert program.get(picture).status == 404
