"""Whom the house is closed to takes back what she told, by whichever of her names, and nobody learns anything there."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.staffed import accounts
from mashrabiya.home.tests.test_copies_closed import close
from mashrabiya.library.stories.tests.steps import named, reads, tell
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

AT = "/in/e"


def ask(house: TestHouse, by: Person, browser: Browser | None = None, /, **fields: str) -> Page:
    browser = browser or house.browser()
    return browser.submit(AT, AT, **{"name": by.name, "pass": by.passphrase, **fields})


def box(path: str) -> str:
    return f"tick_back_{path.rpartition('/')[2]}"


def kept(house: TestHouse) -> int:
    return int(house.database.connection().execute("SELECT COUNT(*) FROM story").fetchone()[0])


class Closed:
    """Mallory told three: by her first name, by her second, and unnamed. Bob told one of his own."""

    def __init__(self, house: TestHouse, language: str = "en") -> None:
        self.mallory, self.bob = house.person("Mallory", language=language), house.person("Bob")
        self.first = named(self.mallory, question="By the first?")
        self.unnamed = tell(self.mallory, question="By nobody?")
        self.mallory.new_persona("Zahra")
        self.second = named(self.mallory, question="By the second?")
        self.mallory.as_persona(0)
        self.others = (named(self.bob, question="Of Bob?"), tell(self.bob, question="Of somebody?"))
        close(house, self.mallory)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_of_her_case_leads_there_with_her_session_and_without(
    house: TestHouse, language: str
) -> None:
    scene = Closed(house, language)
    case = scene.mallory.browser.get("/y/e/me")
    assert case.status == 403
    assert f'href="{AT}"' in case.text
    for browser in (scene.mallory.browser, house.browser(language)):
        page = browser.get(AT)
        assert page.status == 200
        assert "library.stories" not in page.text
        for asked in ("By the first?", "By nobody?", "By the second?"):
            assert asked not in page.text, "an open session alone shows none of them"


def test_all_of_hers_and_none_of_others(house: TestHouse) -> None:
    scene = Closed(house)
    shown = ask(house, scene.mallory)
    assert shown.status == 200
    for asked in ("By the first?", "By nobody?", "By the second?"):
        assert asked in shown.text
    assert "Of Bob?" not in shown.text
    assert "Of somebody?" not in shown.text
    assert SESSION not in shown.header("set-cookie")
    assert shown.header("cache-control") == "no-store"


@pytest.mark.parametrize("which", ["first", "second", "unnamed"])
def test_she_takes_back_one_and_the_rest_stays(house: TestHouse, which: str) -> None:
    scene, path = Closed(house), ""
    path = getattr(scene, which)
    assert reads(scene.bob, path)
    before = accounts(house)
    browser = house.browser()
    ask(house, scene.mallory, browser)
    for _ in range(2):
        done = ask(house, scene.mallory, browser, **{box(path): "1"})
        assert done.status == 200
        assert "What was chosen is gone." in done.text
        assert box(path) not in done.text
    assert not reads(scene.bob, path)
    assert kept(house) == 4
    assert accounts(house) == before


def test_what_others_told_is_not_hers_to_take(house: TestHouse) -> None:
    scene = Closed(house)
    answer = ask(house, scene.mallory, **{box(path): "1" for path in scene.others})
    nothing = ask(
        house, scene.mallory, **{box("/y/e/" + "7" * 26): "1", "tick_back_": "1", "tick_back_x": "1"}
    )
    assert kept(house) == 5
    assert answer.status == nothing.status == 200
    for path in scene.others:
        assert reads(scene.bob, path)


def test_without_the_right_passphrase_nothing_is_shown_or_taken(house: TestHouse) -> None:
    scene = Closed(house)
    browser = house.browser()
    wrong = ask(house, scene.mallory, browser, **{"pass": "not these words", box(scene.first): "1"})
    assert wrong.status == 422
    assert kept(house) == 5
    assert "By the first?" not in wrong.text
    assert box(scene.first) in wrong.text, "what she chose stays chosen"
    assert "not these words" not in wrong.text
    sent = {**wrong.form(AT).fields, "pass": scene.mallory.passphrase}
    assert browser.post(AT, sent).status == 200
    assert kept(house) == 4


def test_nobody_else_is_told_anything_there(house: TestHouse) -> None:
    """A wrong passphrase, no such name, and a member whom nothing is closed to are one answer."""
    scene, browser = Closed(house), house.browser()
    chosen = {box(scene.others[0]): "1"}
    told = [
        ask(house, scene.mallory, browser, **{"pass": "not these words at all"}, **chosen),
        ask(house, scene.bob, browser, name=f"{scene.bob.name}x", **chosen),
        ask(house, scene.bob, browser, **chosen),
    ]
    plain = []
    for page in told:
        fields, text = page.form(AT).fields, page.text
        for hers in (fields["name"], fields["_f"]):
            text = text.replace(f'value="{hers}"', "")
        plain.append(text)
    assert [page.status for page in told] == [422] * 3
    assert len(set(plain)) == 1
    assert kept(house) == 5


def test_guesses_there_are_slowed(house: TestHouse) -> None:
    scene = Closed(house)
    answers = [ask(house, scene.mallory, **{"pass": f"guess {n} of many"}).status for n in range(30)]
    assert 429 in answers
    assert kept(house) == 5
