"""Tags of a thread: ticked in writing, shown under its title, found by, changed, and gone with it."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, PlaceTag
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions import commands
from mashrabiya.discussions.tables import TAGGED
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.tagging import BREAD, COOKING, NIGHT, offer, tagged, ticked
from mashrabiya.discussions.tests.test_lists import mark
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.discussions.types import PAGE
from mashrabiya.home.tests.test_home import statements, titles
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform.db import Statement
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def cid(house: TestHouse, alice: Person, bob: Person) -> bytes:
    return open_place(house, alice, bob)


@pytest.fixture
def tags(house: TestHouse, alice: Person, cid: bytes) -> list[PlaceTag]:
    return offer(house.database, alice.viewer, cid, COOKING, BREAD, NIGHT)


def rows(house: TestHouse) -> list[tuple[bytes, int, bytes, int]]:
    columns = (TAGGED.c.tid, TAGGED.c.n, TAGGED.c.cid, TAGGED.c.pos)
    asked: Statement[None] = Statement(TAGGED.select().with_only_columns(*columns))
    with house.database.read() as db:
        return sorted((bytes(tid), n, bytes(cid), pos) for tid, n, cid, pos in db.tuples(asked))


def chips(text: str) -> list[str]:
    """The tags under a title or in rows, as links."""
    return [part.partition('"')[0] for part in text.split('class="chip"><a class="inh" href="')[1:]]


def test_ticked_shown_and_found(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    cooking, bread, night = tags
    place = f"/c/{show_id(cid)}"
    form = bob.browser.get(f"{place}/t").text
    for name in ("Cooking", "Bread", "ليل"):
        assert name in form
    one = new_thread(bob, cid, **ticked(cooking, night)).location
    other = new_thread(bob, cid, title="Loaf?", unnamed="1", **ticked(bread)).location
    plain = new_thread(bob, cid, title="Sage?").location
    thread = alice.browser.get(one).text
    assert chips(thread) == [f"{place}?tag={cooking.n}", f"{place}?tag={night.n}"]
    assert "<bdi>Cooking</bdi>" in thread
    assert 'lang="ar"><bdi>ليل</bdi>' in thread
    house_ar = house.person("Rana", language="ar")
    assert "<bdi>طبخ</bdi>" in house_ar.browser.get(one).text
    assert chips(alice.browser.get(plain).text) == []
    for number, found in ((cooking.n, [one]), (bread.n, [other]), (night.n, [one])):
        text = alice.browser.get(f"{place}?tag={number}").text
        assert titles(text) == [thread.removeprefix("/t/") for thread in found]
        assert 'aria-current="true" href="?tag=' in text
    assert set(titles(alice.browser.get(f"{place}?tag=9").text)) == {
        thread.removeprefix("/t/") for thread in (one, other, plain)
    }
    home = alice.browser.get("/").text
    assert f"{place}?tag={cooking.n}" in home
    assert statements(alice, "/") <= 6
    assert statements(alice, f"{place}?tag={cooking.n}") <= 6
    assert statements(alice, one) <= 6


def test_a_tag_narrows_together_with_what_narrows_already(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    cooking = tags[0]
    first, second = (tagged(house.database, bob.viewer, cid, cooking) for _ in range(2))
    begin(house.database, bob.viewer, cid)
    answer(house.database, alice.viewer, first.tid)
    mark(house.database, second.tid, lang="ar", wants=2)
    path = f"/c/{show_id(cid)}?tag={cooking.n}"
    for more, found in (
        ("&only=waiting", [second]),
        ("&only=clear", [second, first]),
        ("&only=experience", [second]),
        ("&in=en", [first]),
        ("&in=ar&only=waiting", [second]),
        ("&in=en&only=waiting", []),
    ):
        text = alice.browser.get(path + more).text
        assert set(titles(text)) == {show_id(one.tid) for one in found}, more
        assert f"?only=news{'&amp;in=' + more.split('in=')[1][:2] if 'in=' in more else ''}&amp;tag=1" in text


def test_it_goes_on_where_it_left_off(
    house: TestHouse, alice: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    made = {show_id(tagged(house.database, alice.viewer, cid, tags[0]).tid) for _ in range(PAGE + 3)}
    begin(house.database, alice.viewer, cid)
    path, seen = f"/c/{show_id(cid)}?tag=1", list[str]()
    while path:
        page = alice.browser.get(path)
        seen += titles(page.text)
        path = page.text.split('rel="next" href="')[1].partition('"')[0] if 'rel="next"' in page.text else ""
        path = path.replace("&amp;", "&").replace("&#x2f;", "/")
        assert not path or "tag=1&" in path
    assert len(seen) == len(set(seen))
    assert set(seen) == made


def test_what_is_none_of_its_tags_is_said_and_nothing_is_lost(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    cooking, bread, night = tags
    more = offer(house.database, alice.viewer, cid, NewTag(en="Soup"), NewTag(en="Tea"))[3:]
    elsewhere = open_place(house, alice, bob)
    (foreign,) = offer(house.database, alice.viewer, elsewhere, NewTag(en="Chess"))
    address = f"/c/{show_id(cid)}/t"
    sheet = bob.browser.get(address).form(address).fields
    words = {"title": "My own title", "body": "My own words."}
    with house.database.write() as uow:
        communities.retire_tag(uow, alice.viewer, cid, bread.n)
        communities.rename_tag(uow, alice.viewer, cid, night.n, new=NewTag(en="Politics"))
    for boxes, why in (
        (ticked(cooking, *more, bread, night), "Four tags at most"),
        (ticked(cooking, bread), "was retired meanwhile"),
        (ticked(cooking, night), "renamed meanwhile"),
        (ticked(cooking) | {"tag_2": foreign.shown}, "not this community"),
        (ticked(cooking) | {"tag_2": "<script>"}, "not this community"),
    ):
        page = bob.browser.post(address, {**sheet, **words, **boxes})
        assert page.status == 422
        assert why in page.text
        typed = page.form(address).fields
        assert typed["title"] == words["title"]
        assert typed["body"].strip() == words["body"]
        assert typed["tag_1"] == cooking.shown
        # What means something else now is not ticked unseen.
        assert "tag_3" not in typed
    assert rows(house) == []
    assert bob.browser.post(address, {**sheet, **words, **ticked(cooking)}).status == 303
    assert [row[1] for row in rows(house)] == [cooking.n]


def test_its_author_changes_them(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    cooking, bread, night = tags
    thread = tagged(house.database, bob.viewer, cid, cooking, bread)
    page = bob.browser.get(thread.address).text
    edit = page.split(f'href="{thread.address}/e/')[1].partition('"')[0]
    path = f"{thread.address}/e/{edit}"
    sheet = bob.browser.get(path).form(path).fields
    assert {name: sheet[name] for name in sheet if name.startswith("tag_")} == ticked(cooking, bread)
    with house.database.write() as uow:
        communities.retire_tag(uow, alice.viewer, cid, cooking.n)
    # What is offered no longer stays where it stood, and can be taken off, not put on.
    assert bob.browser.submit(path, path, tag_3=night.shown).status == 303
    assert [row[1] for row in rows(house)] == [1, 2, 3]
    without = {**bob.browser.get(path).form(path).fields}
    del without["tag_1"], without["tag_2"]
    assert bob.browser.post(path, without).status == 303
    assert [row[1] for row in rows(house)] == [3]
    assert bob.browser.submit(path, path, tag_1=cooking.shown).status == 422
    # An old form without the field leaves them.
    bare = {name: text for name, text in without.items() if not name.startswith("tag")}
    assert bob.browser.post(path, {**bare, "mark": ""}).status == 303
    assert [row[1] for row in rows(house)] == [3]
    assert alice.browser.get(path).status == 404


def test_in_an_archived_place_a_tag_comes_off_and_none_is_added(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    thread = tagged(house.database, bob.viewer, cid, tags[0], tags[1])
    with house.database.write() as uow:
        communities.archive(uow, alice.viewer, cid, on=True)
    edit = bob.browser.get(thread.address).text.split(f'href="{thread.address}/e/')[1].partition('"')[0]
    path = f"{thread.address}/e/{edit}"
    assert bob.browser.submit(path, path, tag_3=tags[2].shown).status == 422
    fields = bob.browser.get(path).form(path).fields
    del fields["tag_1"]
    assert bob.browser.post(path, fields).status == 303
    assert [row[1] for row in rows(house)] == [2]


def test_renamed_and_retired_it_stands_under_its_threads(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    thread = tagged(house.database, bob.viewer, cid, tags[1])
    place = f"/c/{show_id(cid)}"
    with house.database.write() as uow:
        communities.rename_tag(uow, alice.viewer, cid, 2, new=NewTag(en="Loaves"))
        communities.retire_tag(uow, alice.viewer, cid, 2)
    assert "<bdi>Loaves</bdi>" in bob.browser.get(thread.address).text
    text = bob.browser.get(f"{place}?tag=2").text
    assert titles(text) == [show_id(thread.tid)]
    assert "In all communities" not in text
    assert "Loaves" not in bob.browser.get(f"{place}/t").text


def test_they_go_with_its_first_post_and_come_back_with_it(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    thread = tagged(house.database, bob.viewer, cid, tags[0], tags[2])
    answer(house.database, alice.viewer, thread.tid)
    post = bob.browser.get(thread.address).text.split(f'href="{thread.address}/d/')[1].partition('"')[0]
    path = f"{thread.address}/d/{post}"
    bob.browser.submit(path, path, keep="1")
    assert rows(house) == []
    assert chips(alice.browser.get(thread.address).text) == []
    taken = bob.browser.get("/me/undo").form("/me/undo").fields
    assert bob.browser.post("/me/undo", taken).status == 303
    assert [row[1] for row in rows(house)] == [1, 3]
    assert len(chips(alice.browser.get(thread.address).text)) == 2
    with house.database.write() as uow:
        commands.drop_thread(uow, thread.tid)
    assert rows(house) == []


def test_what_lists_go_by_is_as_coarse_as_the_thread(
    house: TestHouse, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    thread = tagged(house.database, bob.viewer, cid, tags[0])
    ten = clock.ten_minutes()
    assert rows(house) == [(thread.tid, 1, cid, ten)]
    clock.offset += 4 * clock.DAY
    with house.database.write() as uow:
        commands.coarsen_times(uow)
    assert rows(house) == [(thread.tid, 1, cid, ten - ten % clock.DAY)]


def test_moved_it_keeps_what_the_other_place_has_too(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    thread = tagged(house.database, bob.viewer, cid, tags[0], tags[1])
    to = open_place(house, alice, bob)
    there = offer(house.database, alice.viewer, to, NewTag(en="Tea"), NewTag(ar="الطبخ"))
    with house.database.write() as uow:
        commands.move(uow, thread.tid, to, audience=int(Audience.SIGNED_IN), days=30)
    assert [(n, place) for _, n, place, _ in rows(house)] == [(there[1].n, to)]
    text = bob.browser.get(f"/c/{show_id(to)}?tag={there[1].n}").text
    assert titles(text) == [show_id(thread.tid)]
    assert titles(bob.browser.get(f"/c/{show_id(cid)}?tag=1").text) == []


def test_one_page_is_one_run_along_the_index(
    house: TestHouse, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    if house.database.dialect != "sqlite":
        pytest.skip("the plan is SQLite's")
    tagged(house.database, bob.viewer, cid, tags[0])
    for path in (f"/c/{show_id(cid)}?tag=1", tags[0].path):
        trace: list[str] = []
        house.database.trace = trace
        bob.browser.get(path)
        house.database.trace = None
        sql = next(one for one in trace if "tagged" in one and "thread.excerpt" in one)
        asked = f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?")
        steps = [str(row[-1]) for row in house.database.connection().execute(*asked).fetchall()]
        assert any("tagged_cid_n_pos_tid" in step for step in steps), steps
        assert not [step for step in steps if step.startswith("SCAN thread") or step == "SCAN tagged"], steps
        if "?tag" in path:
            assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_programs_are_told(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, tags: list[PlaceTag]
) -> None:
    thread = tagged(house.database, bob.viewer, cid, tags[0], tags[1])
    opening = b'{"sign_in_name":"%s","passphrase":"%s"}' % (bob.name.encode(), bob.passphrase.encode())
    session = house.browser().send("/api/session", opening, content_type="application/json").text
    bearer = {"authorization": "Bearer " + session.split('"token":"')[1].split('"')[0]}
    first, second = (f'{{"id":"{tag.shown}","ar":"{tag.ar}","en":"{tag.en}"}}' for tag in (tags[0], tags[1]))
    told = f'"tags":[{first},{second}]'
    for path in (f"/api/t/{show_id(thread.tid)}", "/api/t", "/api/home", f"/api{tags[1].path}"):
        page = house.browser().send(path, b"", method="GET", **bearer)
        assert page.status == 200
        assert told in page.text, path
    unknown = PlaceTag(1, "", "Nobody has this").path
    assert house.browser().send(f"/api{unknown}", b"", method="GET", **bearer).status == 404
    assert read_id(tags[0].shown, 16) == tags[0].ref
