"""Inviting and vouching as members meet them: who finds which door, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.communities import commands as communities
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel import clock
from mashrabiya.people import flows
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.people.types import Grant
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

HERE, LIST = "/me/i", "/me/v"
LINK = "/join/"


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


class Scene:
    """Mona is trusted by the house; Alice and Bob share a community with her; Charlie shares none."""

    def __init__(self, house: TestHouse) -> None:
        house.change(open=True)
        self.house = house
        self.mona = with_role(house.person("Mona"), Grant.TRUSTED)
        self.alice, self.bob = house.person("Alice"), house.person("Bob")
        self.charlie = house.person("Charlie")
        open_place(house, self.alice, self.mona, self.bob)

    def page_of(self, who: Person) -> str:
        face = who.viewer.face
        assert face is not None
        return f"/p/{face.pub}"

    def post(self, who: Person, path: str, route: str, **fields: str) -> Page:
        """As a form would, also where none is shown to her."""
        token = tokens.make(self.house.keys, who.viewer, route)
        return who.browser.post(path, {"_f": token, **fields})

    def vouch(self, who: Person, whom: Person, act: str = "vouch") -> Page:
        return self.post(who, f"{self.page_of(whom)}/v", "/p/{pub:str}/v", act=act)

    def rows(self, table: str) -> int:
        return int(self.house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def seen(page: Page) -> str:
    """What is shown, without what is drawn anew for every page."""
    return re.sub(r'data-light="\w+"|value="[0-9a-f]{26,}"', "", page.text)


def code_of(page: Page) -> str:
    return unescape(page.text).split(LINK)[1].split("<")[0]


@pytest.mark.parametrize(("language", "word"), [("en", "Make an invitation"), ("ar", "إنشاء دعوة")])
def test_somebody_known_makes_an_invitation_and_withdraws_it(scene: Scene, language: str, word: str) -> None:
    mona = scene.mona.browser
    mona.get(f"/me?lang={language}")
    flows.alter_preferences(scene.house.site, mona.cookies["__Host-v"], language=language)
    assert word in mona.get(HERE).text
    assert mona.submit(HERE, HERE).location == HERE
    page = mona.get(HERE)
    code = code_of(page)
    assert scene.house.browser().get(f"{LINK}{code}").status == 200
    assert mona.submit(HERE, "/me/i/end").location == HERE
    assert scene.house.browser().get(f"{LINK}{code}").status == 404
    assert word in mona.get(HERE).text


def test_whoever_comes_by_it_needs_neither_wait_nor_question_in_a_protected_house(scene: Scene) -> None:
    scene.mona.browser.submit(HERE, HERE)
    code = code_of(scene.mona.browser.get(HERE))
    scene.house.change(protected_h=clock.hour() + 10)
    guest = scene.house.browser()
    assert "needs an invitation" in guest.get("/join").text
    fields = {"name": "guest", "pass": "quiet lantern words over roofs", "age": "over"}
    assert guest.submit(f"{LINK}{code}", "/join", **fields).status == 200
    # Used, it says no more than that it is over.
    page = scene.mona.browser.get(HERE)
    assert "opens nothing any more" in page.text
    assert scene.house.browser().get(f"{LINK}{code}").status == 404


def test_in_a_protected_house_members_invite_as_ever(scene: Scene) -> None:
    scene.house.change(protected_h=clock.hour() + 10)
    scene.mona.browser.submit(HERE, HERE)
    assert LINK in unescape(scene.mona.browser.get(HERE).text)


def test_a_house_that_takes_nobody_makes_no_invitations(scene: Scene) -> None:
    scene.house.change(entry="closed")
    page = scene.mona.browser.get(HERE)
    assert "takes no new accounts" in page.text
    assert scene.post(scene.mona, HERE, HERE).status == 422
    assert scene.rows("invitation") == 0


def test_somebody_new_is_told_kindly_and_cannot(scene: Scene) -> None:
    page = scene.alice.browser.get(HERE)
    assert "Inviting comes with time" in page.text
    assert page.text.count("<form") == scene.alice.browser.get("/me/can").text.count("<form")
    answer = scene.post(scene.alice, HERE, HERE)
    assert answer.status == 422
    assert scene.rows("invitation") == scene.rows("invited") == 0
    for word in ("level", "point", "T2", "score"):
        assert word not in page.text.casefold()


def test_under_a_new_name_nobody_sees_that_she_may(scene: Scene) -> None:
    scene.mona.new_persona("Maha")
    assert scene.post(scene.mona, HERE, HERE).status == 422
    assert scene.mona.browser.get(f"{scene.page_of(scene.alice)}/v").status == 404
    scene.mona.as_persona(0)
    assert scene.post(scene.mona, HERE, HERE).status == 303
    scene.mona.as_persona(1)
    # What stands is hers under every name.
    assert LINK in unescape(scene.mona.browser.get(HERE).text)


def test_a_visitor_and_whoever_has_no_persona_find_nothing(scene: Scene) -> None:
    assert scene.house.browser().get(HERE).status == 404
    assert scene.house.browser().get(f"{scene.page_of(scene.alice)}/v").status == 404


def test_vouching_is_found_on_the_page_of_a_persona_by_whoever_may(scene: Scene) -> None:
    link = f'href="{scene.page_of(scene.alice)}/v"'
    assert link in scene.mona.browser.get(scene.page_of(scene.alice)).text
    assert link not in scene.bob.browser.get(scene.page_of(scene.alice)).text
    own = scene.mona.browser.get(scene.page_of(scene.mona)).text
    assert "/v" not in own.split("<main")[1].split("</main")[0]


def test_to_vouch_and_to_take_it_back(scene: Scene) -> None:
    path = f"{scene.page_of(scene.alice)}/v"
    mona = scene.mona.browser
    for _ in range(2):
        assert scene.vouch(scene.mona, scene.alice).location == path
    assert scene.rows("voucher") == 1
    assert "You vouch for this name" in mona.get(path).text
    assert "Alice" in mona.get(LIST).text
    assert mona.submit(path, path, act="pull").status == 303
    assert scene.rows("voucher") == 0
    assert "You vouch for this name" not in mona.get(path).text


def test_who_is_vouched_for_reads_it_kindly_and_not_by_whom(scene: Scene) -> None:
    before = unescape(scene.alice.browser.get("/me/can").text)
    scene.vouch(scene.mona, scene.alice)
    after = unescape(scene.alice.browser.get("/me/can").text)
    assert "vouches for this name" in after
    assert "vouches for this name" not in before
    assert "Mona" not in after
    # Under her other name it does not stand, and nobody else sees it.
    scene.alice.new_persona("Amal")
    assert "vouches for this name" not in unescape(scene.alice.browser.get("/me/can").text)


def test_nobody_else_sees_that_somebody_is_vouched_for(scene: Scene) -> None:
    paths = [scene.page_of(scene.alice), "/", "/me/can", HERE, "/c", "/d"]
    before = [seen(scene.bob.browser.get(path)) for path in paths]
    scene.vouch(scene.mona, scene.alice)
    assert [seen(scene.bob.browser.get(path)) for path in paths] == before


def test_a_stranger_a_blocked_and_somebody_away_are_no_page(scene: Scene) -> None:
    missing = scene.mona.browser.get(f"/p/{'7' * 10}/v")
    away, blocker = scene.bob, scene.alice
    with scene.house.database.write() as uow:
        send_away(uow, away.viewer.pid, quiet=False)
    flows.block(scene.house.site, blocker.viewer, scene.mona.viewer.pid, shared=False)
    for whom in (scene.charlie, away, blocker):
        page = scene.mona.browser.get(f"{scene.page_of(whom)}/v")
        assert (page.status, page.body) == (404, missing.body), whom.name
        assert scene.vouch(scene.mona, whom).status == 404
    assert scene.rows("voucher") == 0


def test_whoever_blocks_her_cannot_keep_her_from_taking_it_back(scene: Scene) -> None:
    scene.vouch(scene.mona, scene.alice)
    flows.block(scene.house.site, scene.alice.viewer, scene.mona.viewer.pid, shared=False)
    assert scene.vouch(scene.mona, scene.alice, "pull").status == 404
    assert scene.mona.browser.submit(LIST, "/me/v/end").location == LIST
    assert scene.rows("voucher") == 0


def test_in_her_list_a_name_she_does_not_meet_any_more_is_not_told(scene: Scene) -> None:
    scene.vouch(scene.mona, scene.alice)
    with scene.house.database.write() as uow:
        send_away(uow, scene.alice.viewer.pid, quiet=False)
    page = scene.mona.browser.get(LIST)
    assert "shares no community with you now" in page.text
    assert "Alice" not in page.text


def test_a_forged_mark_takes_nothing_back(scene: Scene) -> None:
    scene.vouch(scene.mona, scene.alice)
    mark = scene.mona.browser.get(LIST).form("/me/v/end").fields["mark"]
    for who, sent in ((scene.mona, "0" * 16), (scene.mona, ""), (scene.bob, mark)):
        assert scene.post(who, "/me/v/end", "/me/v/end", mark=sent).status == 303
    assert scene.rows("voucher") == 1


def test_a_name_of_her_own_is_refused_to_herself_alone(scene: Scene) -> None:
    scene.mona.new_persona("Maha")
    scene.mona.as_persona(0)
    (cid,) = scene.house.database.connection().execute("SELECT id FROM community LIMIT 1").fetchone()
    scene.mona.as_persona(1)
    with scene.house.database.write() as uow:
        communities.join(uow, scene.mona.viewer, bytes(cid))
    path = scene.page_of(scene.mona)
    scene.mona.as_persona(0)
    assert "one of your own names" in scene.mona.browser.get(f"{path}/v").text
    refused = scene.post(scene.mona, f"{path}/v", "/p/{pub:str}/v", act="vouch")
    assert refused.status == 403
    assert scene.rows("voucher") == 0
    carer = with_role(scene.bob, Grant.TRUSTED)
    assert carer.browser.get(f"{path}/v").status == 200


def test_what_can_be_done_names_it_only_for_the_name_that_may(scene: Scene) -> None:
    mona, alice = scene.mona.browser.get("/me/can").text, scene.alice.browser.get("/me/can").text
    assert 'href="/me/i"' in mona
    assert 'href="/me/i"' not in alice
    assert "Vouch for somebody" in mona
    assert 'href="/me/i"' in scene.alice.browser.get("/me").text, "which says kindly what it needs"


def test_pages_ask_little(scene: Scene) -> None:
    scene.vouch(scene.mona, scene.alice)
    scene.mona.browser.submit(HERE, HERE)
    for who, path in ((scene.mona, HERE), (scene.mona, LIST), (scene.bob, HERE), (scene.mona, f"{scene.page_of(scene.alice)}/v"), (scene.bob, scene.page_of(scene.alice))):  # fmt: skip
        trace: list[str] = []
        scene.house.database.trace = trace
        assert who.browser.get(path).status == 200
        scene.house.database.trace = None
        assert len([one for one in trace if one.lstrip().startswith("SELECT")]) <= 6, (path, trace)
