"""T28: no name speaks for those who run the house, stands as one of its labels, or is nothing that can be seen."""

from __future__ import annotations

import re

import pytest

from mashrabiya.people.rules import is_ours
from mashrabiya.platform import house as settings
from mashrabiya.testing.house import TestHouse


@pytest.mark.parametrize(
    "name",
    [
        "Admin", "ADM1N", "Care team", "care-team", "The Care Team", "Moderators", "Thread starter", "Unnamed",
        "Unnamed 2", "Unnamed 15", "UNNAMED ٣", "الإدارة", "الاداره", "فريق الرعاية", "فريق الرّعايه", "أدمن", "دون اسم",
        "دون اسم ٢", "دون اسم 10", "من فتح الموضوع", "Mashrabiya", "مشربيّة",
    ],
)  # fmt: skip
def test_no_name_speaks_for_the_house_or_stands_as_its_label(name: str) -> None:
    assert is_ours(name)


@pytest.mark.parametrize(
    "name", ["Unnamed Sea", "Adminda", "Hostel", "Model", "تيسير", "دون كيشوت", "إدارة الوقت", "رعد"]
)
def test_other_names_are_free(name: str) -> None:
    assert not is_ours(name)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", ["Care team", "فريق الرعاية", "Unnamed 2", "دون اسم ٢"])
def test_no_persona_is_called_like_the_team_or_like_a_label(
    house: TestHouse, language: str, name: str
) -> None:
    browser = house.person("alice", language=language).browser
    for page, action in (("/me/p/new", "/me/p/new"), ("/me/p/edit", "/me/p/name")):
        back = browser.submit(page, action, name=name)
        assert back.status == 422
        assert back.form(action).fields["name"] == name, "nothing typed is lost"
        assert ("taken for the team" if language == "en" else "لفريق الموقع") in back.text
    browser.submit("/me/p/new", "/me/p/new", name="Ink")
    assert browser.submit("/me/p/edit", "/me/p/edit", pronouns="she").status == 303


@pytest.mark.parametrize(
    "name", ["Blue Window", "blue window", "B1ue-Wind0w", "النافذة الزرقاء", "النافذه الزرقاء"]
)
def test_no_persona_is_called_as_its_house_calls_itself(house: TestHouse, name: str) -> None:
    browser = house.person("alice").browser
    with house.database.write() as uow:
        settings.save(uow, name={"en": "Blue Window", "ar": "النافذة الزرقاء"})
    for page, action in (("/me/p/new", "/me/p/new"), ("/me/p/edit", "/me/p/name")):
        back = browser.submit(page, action, name=name)
        assert back.status == 422
        assert back.form(action).fields["name"] == name, "nothing typed is lost"
    assert browser.submit("/me/p/new", "/me/p/new", name="Blue Windows").status == 303


def test_a_name_of_one_s_own_is_not_kept_away(house: TestHouse) -> None:
    alice = house.person("alice")
    own = alice.browser.get("/me/p")
    assert own.status == 200
    pub = re.search(r"\"/p/(\w{10})\"", own.text)
    assert pub
    assert alice.browser.get(f"/p/{pub[1]}").status == 200
    assert alice.browser.get(f"/p/{pub[1]}/m").status == 404
