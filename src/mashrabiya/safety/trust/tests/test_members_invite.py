"""Hosts alone may invite: members read so, and links that they gave out stay or end, as hosts chose."""

from __future__ import annotations

import re

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.platform.web import tokens
from mashrabiya.safety.trust.tests.test_pages import HERE, LINK, Scene
from mashrabiya.stewardship.types import Step
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

DESK, DOOR = "/o/i", "/o/i/members"


class Hosted(Scene):
    """Hanna runs the house beside them."""

    def __init__(self, house: TestHouse, language: str = "en") -> None:
        super().__init__(house)
        self.hanna = with_role(house.person("Hanna", language=language), Grant.HOST)

    def switch(self, members: str, given: str = "stay", by: Person | None = None) -> Page:
        return self.post(by or self.hanna, DOOR, DOOR, members=members, given=given)

    def invites(self) -> str:
        """Mona makes an invitation; answers where its link leads."""
        self.mona.browser.submit(HERE, HERE)
        text = self.mona.browser.get(HERE).text.replace("&#x2f;", "/")
        return str(re.findall(rf"({LINK}[\w-]+)", text)[0])

    def opens(self, link: str) -> bool:
        return self.house.browser().get(link).status == 200

    def log(self) -> list[str]:
        with self.house.database.read() as db:
            return [one.entry.action for one in audit.entries(db, before=1 << 40, most=99)]


def test_while_off_members_make_none_and_read_so(house: TestHouse) -> None:
    scene = Hosted(house)
    assert scene.switch("off").status == 303
    page = scene.mona.browser.get(HERE)
    assert "switched off invitations by members" in page.text
    assert not [form for form in page.forms if form.action == HERE]
    refused = scene.post(scene.mona, HERE, HERE)
    assert [refused.status, "switched off" in refused.text] == [422, True]
    assert scene.rows("invitation") == 0
    assert HERE not in re.findall(r'href="([^"]*)"', scene.mona.browser.get("/me/can").text)
    assert scene.switch("on").status == 303
    assert scene.opens(scene.invites())


@pytest.mark.parametrize("given", ["stay", "end"])
def test_links_given_out_stay_or_end(house: TestHouse, given: str) -> None:
    scene = Hosted(house)
    link = scene.invites()
    made = scene.hanna.browser.submit(DESK, DESK, count="1", days="7").text.replace("&#x2f;", "/")
    of_house = re.findall(rf"({LINK}[\w-]+)", made)[0]
    assert scene.switch("off", given).status == 303
    assert [scene.opens(link), scene.opens(of_house)] == [given == "stay", True]
    text = scene.mona.browser.get(HERE).text
    assert ("Yours still opens the site" in text) is (given == "stay")
    assert "switched off invitations by members" in text
    assert scene.log().count("house:uninvited_members") == int(given == "end")


def test_twice_is_once_and_what_ends_comes_back_by_no_switch(house: TestHouse) -> None:
    scene = Hosted(house)
    link = scene.invites()
    for _ in range(2):
        scene.switch("off", "end")
    scene.switch("on", "end")
    assert not scene.opens(link)
    log = scene.log()
    assert [log.count("house:changed"), log.count("house:uninvited_members")] == [2, 1]


def test_only_hosts_switch_and_they_choose(house: TestHouse) -> None:
    scene = Hosted(house)
    for other in (scene.mona, scene.alice, with_role(scene.bob, Grant.CARE)):
        assert scene.switch("off", by=other).status == 404
    assert house.site.held["house"].members_invite
    back = scene.post(scene.hanna, DOOR, DOOR, members="perhaps", given="end")
    assert [back.status, 'value="end" checked' in back.text] == [422, True]
    token = tokens.make(house.keys, scene.hanna.viewer, DESK)
    assert scene.hanna.browser.post(DOOR, {"_f": token, "members": "off"}).status in {400, 403}


@pytest.mark.parametrize(
    ("language", "now"), [("en", "Members make no invitations now."), ("ar", "لا يُنشئ الأعضاء دعوات الآن.")]
)
def test_the_hosts_pages_say_what_holds(house: TestHouse, language: str, now: str) -> None:
    scene = Hosted(house, language)
    assert now not in scene.hanna.browser.get(DESK).text
    scene.switch("off")
    for path in (DESK, Step.ENTRY.path):
        assert now in scene.hanna.browser.get(path).text, path
