"""What editors do with members' words stands in the log of acts; nothing that a member does, and no word of hers."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.stories.tests.steps import ALL_LAYERS, tell
from mashrabiya.library.stories.tests.test_consent import a_host, agree, furnish, pick
from mashrabiya.library.stories.tests.test_quoting import ASKED, PASSAGE, answer, ask, doors
from mashrabiya.library.stories.types import ID_SIZE
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.platform.audit import Kept
from mashrabiya.platform.web import tokens
from mashrabiya.testing.house import Person, TestHouse


def log(house: TestHouse) -> list[Kept]:
    """The entries about experiences, in their order; the whole chain holds."""
    with house.database.read() as db:
        assert audit.examine(db).broken == ""
        found = audit.entries(db, before=1 << 40, most=99)
    return [one for one in reversed(found) if one.entry.action.startswith("story:")]


def acts(house: TestHouse) -> list[str]:
    return [one.entry.action.removeprefix("story:") for one in log(house)]


def press(house: TestHouse, who: Person, path: str, route: str, **fields: str) -> None:
    """As a form would, where none is shown to her; it is refused."""
    token = tokens.make(house.keys, who.viewer, route)
    assert who.browser.post(path, {"_f": token, **fields}).status in {403, 404}


def test_choosing_and_letting_go_once_each(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = tell(alice, guide=guide, step="1", **ALL_LAYERS)
    for on in ("1", "1", "", ""):
        assert pick(hanna, path, on) == 303
    assert acts(house) == ["picked", "unpicked"]


def test_asking_for_a_passage_and_taking_it_out_once_each(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = tell(alice, **ASKED)
    for _ in range(2):
        assert ask(hanna, path, guide).status == 303
    (door,) = doors(hanna, path)
    fields = hanna.browser.get(path).form(door).fields
    for _ in range(2):
        assert hanna.browser.post(door, {**fields, "wish": "off"}).status == 303
    assert acts(house) == ["quote_asked", "quote_off"]


def test_it_names_the_guide_and_neither_the_experience_nor_a_word_of_it(house: TestHouse) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = tell(alice, guide=guide, step="1", **ALL_LAYERS)
    pick(hanna, path)
    ask(hanna, path, guide)
    told = read_id(path.rpartition("/")[2], ID_SIZE)
    assert acts(house) == ["picked", "quote_asked"]
    for kept in log(house):
        entry = kept.entry
        assert entry.object == read_id(guide, ID_SIZE)
        assert [entry.role, entry.rule, kept.detail] == ["desk", "", ""]
        assert told not in entry.object
    carer = with_role(house.person("Carla"), Grant.CARE)
    text = carer.browser.get("/care/log").text
    assert [PASSAGE in text, path in text, "An experience chosen" in text] == [False, False, True]


@pytest.mark.parametrize("wish", ["1", "0"])
def test_what_its_teller_answers_is_not_in_it(house: TestHouse, wish: str) -> None:
    """An entry with its day would say when an unnamed voice was there (decision 0062 keeps no day of her yes)."""
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = tell(alice, guide=guide, step="1", **ALL_LAYERS)
    pick(hanna, path)
    ask(hanna, path, guide)
    before = acts(house)
    answer(alice, path, wish)
    agree(alice, path, tick_1="1")
    alice.browser.submit(f"{path}/d", f"{path}/d")
    assert acts(house) == before


def test_what_is_refused_leaves_no_entry(house: TestHouse) -> None:
    guide, alice, bob, hanna = furnish(house), house.person("Alice"), house.person("Bob"), a_host(house)
    path = tell(alice, guide=guide, step="1")
    press(house, hanna, f"{path}/p", "/y/e/{story:str}/p", on="1")
    assert ask(hanna, tell(alice, **ASKED), guide, "Never said.").status == 422
    press(house, bob, f"{path}/p", "/y/e/{story:str}/p", on="1")
    assert acts(house) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_log_says_it_in_both_languages(house: TestHouse, language: str) -> None:
    guide, alice, hanna = furnish(house), house.person("Alice"), a_host(house)
    path = tell(alice, guide=guide, step="1", **ALL_LAYERS)
    pick(hanna, path)
    pick(hanna, path, "")
    ask(hanna, path, guide)
    (door,) = doors(hanna, path)
    hanna.browser.submit(path, door, wish="off")
    carla = with_role(house.person("Carla", language=language), Grant.CARE)
    text = carla.browser.get("/care/log").text
    assert len(acts(house)) == 4
    assert "log.story" not in text
