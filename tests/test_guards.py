"""T5: what closes a door to one persona closes it to the person, and tells nobody who she also is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewReply, NewThread, Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Failure
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.people.flows.switching import drop_persona
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

CASE = b"case000001"


def as_host(viewer: Viewer) -> Viewer:
    return replace(viewer, roles=frozenset({HOST}))


class Scene:
    """Mona runs a place; Mallory and Bob are in it; Mallory has a second persona."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.mona, self.mallory, self.bob = (house.person(n) for n in ("mona", "mallory", "bob"))
        self.mallory.new_persona("Other Face")
        self.mallory.as_persona(0)
        new = NewCommunity(name="Garden", audience=Audience.MEMBERS)
        with house.database.write() as uow:
            self.cid = communities.found(uow, as_host(self.mona.viewer), new)
        for person in (self.mallory, self.bob):
            self.join(person)
        self.tid = self.thread()

    def join(self, person: Person) -> None:
        with self.house.database.write() as uow:
            communities.join(uow, person.viewer, self.cid)

    def thread(self) -> bytes:
        with self.house.database.write() as uow:
            new = NewThread(title="Water", body="How often?")
            placed = discussions.open_thread(uow, self.mona.viewer, self.cid, new)
        assert placed is not None
        return placed.tid

    def write(self, person: Person, *, unnamed: bool = False, tid: bytes = b"") -> Placed:
        with self.house.database.write() as uow:
            new = NewReply(body="Once a week", unnamed=unnamed)
            return discussions.reply(uow, person.viewer, tid or self.tid, new)

    def close(self, kind: str, subject: bytes, scope: bytes = b"") -> None:
        with self.house.database.write() as uow:
            set_guard(uow, kind, subject, scope=scope, days=365, case=CASE)
        self.house.site.held.refresh()

    def token(self, person: Person) -> bytes:
        return person.viewer.token(self.tid)


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def refused(act: object) -> bool:
    try:
        act()  # type: ignore[operator]
    except Failure:
        return True
    return False


def test_a_community_is_closed_to_every_name_of_hers(scene: Scene) -> None:
    scene.close("comm", scene.mallory.viewer.siblings[0], scene.cid)
    for slot in (0, 1):
        scene.mallory.as_persona(slot)
        assert refused(lambda: scene.join(scene.mallory))
        assert refused(lambda: scene.write(scene.mallory))
    clock.offset += 100 * clock.DAY
    scene.house.site.held.refresh()
    again = scene.house.browser()
    sheet = again.get("/in").form("/in")
    again.post("/in", {**sheet.fields, "name": "mallory", "pass": scene.mallory.passphrase})
    scene.mallory.browser = again
    scene.mallory.new_persona("Third Face")
    assert refused(lambda: scene.join(scene.mallory))


def test_it_is_closed_to_a_name_made_after_the_closed_one_was_deleted(scene: Scene) -> None:
    mallory = scene.mallory
    scene.close("comm", mallory.viewer.siblings[0], scene.cid)
    shown = mallory.browser.cookies[SESSION]
    cookie = drop_persona(scene.house.site, mallory.viewer, shown, remove_posts=False)
    mallory.browser.cookies[SESSION] = cookie.text
    assert refused(lambda: scene.join(mallory))


def test_others_come_and_go_as_before(scene: Scene) -> None:
    scene.close("comm", scene.mallory.viewer.siblings[0], scene.cid)
    assert not refused(lambda: scene.write(scene.bob))


def test_the_whole_house_is_closed_to_the_person_at_once(scene: Scene) -> None:
    scene.close("site", scene.mallory.viewer.siblings[1])
    met = scene.mallory.browser.get("/me")
    assert (met.status, show_id(CASE) in met.text) == (403, True)
    again = scene.house.browser()
    sheet = again.get("/in").form("/in")
    answer = again.post("/in", {**sheet.fields, "name": "mallory", "pass": scene.mallory.passphrase})
    assert answer.status == 403
    assert show_id(CASE) in answer.text


def test_nothing_shows_on_the_pages_of_her_other_names(scene: Scene) -> None:
    scene.write(scene.mallory)
    other = scene.mallory.viewer
    scene.mallory.as_persona(1)
    pub = scene.mallory.viewer.face.pub  # type: ignore[union-attr]
    scene.mallory.as_persona(0)
    path = f"/t/{show_id(scene.tid)}"
    before = [scene.bob.browser.get(f"/p/{pub}").status, _unmasked(scene.bob.browser.get(path).text)]
    scene.close("site", other.siblings[0])
    after = [scene.bob.browser.get(f"/p/{pub}").status, _unmasked(scene.bob.browser.get(path).text)]
    assert before == after


def test_unnamed_writing_is_taken_without_saying_from_whom(scene: Scene) -> None:
    scene.write(scene.mallory, unnamed=True)
    scene.close("anon_comm", scene.tid + scene.token(scene.mallory), scene.cid)
    tid = scene.thread()
    assert refused(lambda: scene.write(scene.mallory, unnamed=True, tid=tid))
    # By name she goes on writing: else "who fell silent?" would unmask her.
    assert not refused(lambda: scene.write(scene.mallory, tid=tid))
    assert not refused(lambda: scene.write(scene.bob, unnamed=True, tid=tid))


def test_the_house_can_be_closed_to_whoever_wrote_an_unnamed_post(scene: Scene) -> None:
    scene.write(scene.mallory, unnamed=True)
    scene.close("anon_site", scene.tid + scene.token(scene.mallory))
    assert scene.mallory.browser.get("/me").status == 403
    assert scene.bob.browser.get("/me").status == 200


def _unmasked(text: str) -> str:
    import re

    return re.sub(r'value="[0-9a-f.]{32,}"', "", text)
