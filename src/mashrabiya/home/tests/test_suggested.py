"""Reading by a tag across places, following one, and what the first page shows because of it: that, and nothing else."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import update

from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries
from mashrabiya.communities.types import Audience, NewCommunity, PlaceTag
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions import commands
from mashrabiya.discussions.queries.tagged import SUGGESTED_DAYS
from mashrabiya.discussions.tables import TAGGED
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.tagging import COOKING, NIGHT, offer, press, tagged
from mashrabiya.discussions.tests.test_lists import mark
from mashrabiya.discussions.types import SUGGESTED, Placed
from mashrabiya.home.tests.test_home import statements, titles
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import commands as people
from mashrabiya.people.flows import alter_preferences
from mashrabiya.people.queries import find_lists, followed_tags
from mashrabiya.people.queries.private import MOST_PASSED, MOST_TAGS
from mashrabiya.people.types import Voice
from mashrabiya.platform.db import Statement
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

STRIP = "From other communities"


class Scene:
    """Alice runs places and writes there; Bob is in none of them but one, where nothing has a tag."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.alice, self.bob = house.person("Alice"), house.person("Bob")
        self.here = open_place(house, self.bob)
        self.kitchen = open_place(house, self.alice, audience=Audience.PUBLIC)
        self.cooking, self.night = offer(house.database, self.alice.viewer, self.kitchen, COOKING, NIGHT)

    def thread(self, title: str = "Mint?", *tags: PlaceTag, who: Person | None = None) -> Placed:
        author = who or self.alice
        return tagged(
            self.house.database, author.viewer, self.kitchen, *(tags or (self.cooking,)), title=title
        )

    def follow(self, tag: PlaceTag | None = None, who: Person | None = None) -> None:
        path = (tag or self.cooking).path
        assert press(who or self.bob, path, f"{path}/f", on="1").location == path

    def strip(self, who: Person | None = None) -> list[str]:
        """The threads that are suggested on her first page."""
        text = (who or self.bob).browser.get("/").text
        if STRIP not in text:
            return []
        return titles(text.split(STRIP)[1].partition("</section>")[0])


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def shown(*placed: Placed) -> list[str]:
    return [show_id(one.tid) for one in placed]


def test_followed_suggested_passed_over_and_stopped_right_there(scene: Scene) -> None:
    bob, house = scene.bob, scene.house
    first = scene.thread("Shade?")
    assert scene.strip() == []
    before = [repr(row) for row in house.database.connection().execute("SELECT * FROM account").fetchall()]
    scene.follow()
    scene.follow(PlaceTag(1, "الطبخ", ""))
    assert [
        repr(row) for row in house.database.connection().execute("SELECT * FROM account").fetchall()
    ] == before
    second, other = scene.thread("Sun?"), scene.thread("Owls?", scene.night)
    assert set(scene.strip()) == set(shown(first, second))
    text = unescape(bob.browser.get("/").text)
    assert 'Because you follow <bdi><bdi lang="en">Cooking</bdi></bdi>' in text
    assert "Stop following" in text
    assert show_id(other.tid) not in text
    assert statements(bob, "/") <= 6
    assert len(followed_tags(bob.viewer)) == 1, "one that shares a name is followed already"
    ref = show_id(followed_tags(bob.viewer)[0])
    for _ in range(2):
        sheet = bob.browser.get("/").form(f"/l/{ref}/x").fields
        assert bob.browser.post(f"/l/{ref}/x", {**sheet, "tid": show_id(second.tid)}).location == "/"
    assert scene.strip() == shown(first)
    assert set(titles(bob.browser.get(scene.cooking.path).text)) == set(shown(first, second))
    assert press(bob, "/", f"/l/{ref}/f").location == "/"
    assert scene.strip() == []
    assert followed_tags(bob.viewer) == ()
    assert "No tag is followed yet" in bob.browser.get("/l").text


def test_a_page_of_one_tag_has_all_that_she_may_read(scene: Scene) -> None:
    house, alice, bob = scene.house, scene.alice, scene.bob
    made = [scene.thread(f"Public {number}") for number in range(2)]
    places = {}
    for audience in (Audience.SIGNED_IN, Audience.MEMBERS, Audience.HIDDEN):
        cid = open_place(house, alice)
        # Called in one language only, or in the other: it is the same tag by either name.
        name = NewTag(en="cooking") if audience == Audience.SIGNED_IN else NewTag(ar="الطبخ")
        (tag,) = offer(house.database, alice.viewer, cid, name)
        places[audience] = tagged(house.database, alice.viewer, cid, tag, title=f"In {int(audience)}")
        mark(house.database, places[audience].tid, audience=int(audience))
        _narrow(scene, cid, audience)
    path = scene.cooking.path
    assert set(titles(house.browser().get(path).text)) == set(shown(*made))
    assert set(titles(bob.browser.get(path).text)) == set(shown(*made, places[Audience.SIGNED_IN]))
    assert set(titles(alice.browser.get(path).text)) == set(shown(*made, *places.values()))
    # By the Arabic name alone it leads to those that have that name.
    only = PlaceTag(1, "طبخ", "").path
    assert set(titles(bob.browser.get(only).text)) == set(shown(*made))
    for browser in (alice.browser, bob.browser, house.browser()):
        text = browser.get(f"{path}?only=waiting&in=en").text
        assert set(titles(text)) >= set(shown(*made))
        assert titles(browser.get(f"{path}?in=ar").text) == []
    assert statements(bob, path) <= 6
    assert scene.strip() == []
    scene.follow()
    assert set(scene.strip()) == set(shown(*made, places[Audience.SIGNED_IN]))
    assert len(scene.strip()) == SUGGESTED


def test_what_only_hidden_places_have_is_no_tag(scene: Scene) -> None:
    house, alice, bob = scene.house, scene.alice, scene.bob
    pages = []
    for audience in (Audience.MEMBERS, Audience.HIDDEN):
        cid = open_place(house, alice)
        (tag,) = offer(house.database, alice.viewer, cid, NewTag(en=f"Secret {int(audience)}"))
        tagged(house.database, alice.viewer, cid, tag)
        _narrow(scene, cid, audience)
        pages.append(tag.path)
    nothing = bob.browser.get(PlaceTag(1, "", "Nobody has this").path)
    token = bob.browser.get(scene.cooking.path).form(f"{scene.cooking.path}/f").fields
    for path in pages:
        assert alice.browser.get(path).status == 200
        hidden = bob.browser.get(path)
        assert (hidden.status, hidden.body) == (nothing.status, nothing.body)
        assert house.browser().get(path).status == 404
        assert bob.browser.post(f"{path}/f", {**token, "on": "1"}).status == 404
    assert nothing.status == 404
    for odd in ("/l/x", f"/l/{'z' * 26}", "/l/" + "0" * 26):
        assert bob.browser.get(odd).status == 404
    assert followed_tags(bob.viewer) == ()


def test_nothing_at_rest_says_who_follows_what(scene: Scene) -> None:
    bob, house = scene.bob, scene.house
    thread = scene.thread()
    sizes = house.database.connection().execute("SELECT length(priv) FROM persona").fetchall()
    scene.follow()
    with house.database.write() as uow:
        commands.pass_over(uow, bob.viewer, thread.tid)
    rows = house.database.connection().execute("SELECT priv FROM persona").fetchall()
    ref = scene.cooking.ref
    assert not any(part in bytes(row[0]) for row in rows for part in (ref, ref[:8], ref[8:], thread.tid))
    with house.database.read() as db:
        lists = find_lists(db, bob.viewer)
    assert (lists.tags, lists.passed) == ((ref,), (thread.tid,))
    bob.new_persona("Other")
    assert followed_tags(bob.viewer) == ()
    assert STRIP not in bob.browser.get("/").text
    bob.as_persona(0)
    assert followed_tags(bob.viewer) == (ref,)
    assert len(sizes) > 1
    for number in range(MOST_TAGS + 3):
        with house.database.write() as uow:
            people.pass_over(uow, bob.viewer, bytes([number]) * 16)
    with house.database.read() as db:
        assert len(find_lists(db, bob.viewer).passed) <= MOST_PASSED
    for number in range(MOST_TAGS - 1):
        with house.database.write() as uow:
            people.follow_tag(uow, bob.viewer, PlaceTag(1, "", f"Tag {number}").ref)
    full = press(bob, scene.night.path, f"{scene.night.path}/f", on="1")
    assert full.status in {403, 409, 422}
    assert "Twenty tags" in full.text


def test_nothing_is_suggested_that_she_would_not_meet(scene: Scene) -> None:
    house, alice, bob = scene.house, scene.alice, scene.bob
    scene.follow()
    plain = scene.thread("Plain?")
    old, noted = scene.thread("Old?"), scene.thread("Noted?")
    scene.thread("Rutabaga?")
    mark(house.database, noted.tid, notes=int(Note.LOSS))
    past = clock.ten_minutes() - (SUGGESTED_DAYS + 2) * clock.DAY
    mark(house.database, old.tid, pos=past)
    older: Statement[None] = Statement(update(TAGGED).where(TAGGED.c.tid == old.tid).values(pos=past))
    with house.database.write() as uow:
        uow.run(older)
    with house.database.write() as uow:
        people.hide_words(uow, bob.viewer, ["rutabaga"], shared=False)
    assert scene.strip() == shown(plain)
    # Her own, under whichever name, is nothing to suggest; and where she belongs it stands in her list already.
    with house.database.write() as uow:
        communities.join(uow, bob.viewer, scene.kitchen)
    own = scene.thread("Mine?", who=bob)
    assert scene.strip() == []
    with house.database.write() as uow:
        communities.leave(uow, bob.viewer, scene.kitchen)
    assert show_id(own.tid) not in scene.strip()
    assert scene.strip() == shown(plain)
    with house.database.write() as uow:
        people.mute(uow, bob.viewer, Voice(pid=alice.viewer.pid))
    assert scene.strip() == []
    with house.database.write() as uow:
        people.unmute(uow, bob.viewer, Voice(pid=alice.viewer.pid))
    assert scene.strip() == shown(plain)


def test_nothing_is_suggested_from_a_place_that_is_out_of_the_lists_or_lets_the_tag_go(scene: Scene) -> None:
    house, alice, bob = scene.house, scene.alice, scene.bob
    scene.follow()
    plain = scene.thread("Plain?")
    assert scene.strip() == shown(plain)
    alter_preferences(house.site, bob.browser.cookies[SESSION], discreet=True)
    assert show_id(plain.tid) not in bob.browser.get("/").text
    alter_preferences(house.site, bob.browser.cookies[SESSION], discreet=False)
    with house.database.write() as uow:
        communities.unlist(uow, scene.kitchen, clock.day() + 7)
    assert scene.strip() == []
    assert bob.browser.get(scene.cooking.path).status == 404
    assert "In all communities" not in bob.browser.get(f"/c/{show_id(scene.kitchen)}?tag=1").text
    with house.database.write() as uow:
        communities.list_again(uow, scene.kitchen, clock.day() + 7)
    assert scene.strip() == shown(plain)
    with house.database.write() as uow:
        communities.retire_tag(uow, alice.viewer, scene.kitchen, 1)
    assert scene.strip() == []
    assert "no community you may read uses now" in bob.browser.get("/l").text
    ref = show_id(scene.cooking.ref)
    assert press(bob, "/l", f"/l/{ref}/f").location == "/l"
    assert followed_tags(bob.viewer) == ()


def test_not_from_where_she_is_excluded_or_kept_away(scene: Scene) -> None:
    house, bob = scene.house, scene.bob
    scene.follow()
    plain = scene.thread("Plain?")
    assert scene.strip() == shown(plain)
    with house.database.write() as uow:
        people.set_guard(uow, "comm", bob.viewer.pid, scope=scene.kitchen, days=7, case=bytes(16))
    house.site.held.refresh()
    assert scene.strip() == []


def test_who_follows_nothing_pays_nothing_and_who_does_a_run_of_thirty_days(scene: Scene) -> None:
    bob, house = scene.bob, scene.house
    scene.thread()
    trace: list[str] = []
    house.database.trace = trace
    text = bob.browser.get("/").text
    house.database.trace = None
    assert STRIP not in text
    assert not [sql for sql in trace if "tag_name" in sql or "tagged" in sql]
    scene.follow()
    house.database.trace = trace
    bob.browser.get("/")
    house.database.trace = None
    if house.database.dialect == "sqlite":
        (sql,) = {sql for sql in trace if "tagged" in sql and "thread.excerpt" in sql and "LIMIT 12" in sql}
        rows = house.database.connection().execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))
        runs = [str(row[-1]) for row in rows.fetchall() if "tagged_cid_n_pos_tid" in str(row[-1])]
        # From the newest down to the oldest that may be suggested, and never through all that a tag ever had.
        assert len(runs) == 2
        assert all("n=? AND pos>?" in run for run in runs), runs


def _narrow(scene: Scene, cid: bytes, audience: Audience) -> None:
    """Let it be read by fewer from now on."""
    alice, database = scene.alice.viewer, scene.house.database
    with database.read() as db:
        name = queries.get_community(db, alice, cid).name
    with database.write() as uow:
        communities.edit(uow, alice, cid, NewCommunity(name=name, language="en", audience=audience))
