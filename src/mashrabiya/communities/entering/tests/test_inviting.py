"""A link that lets in once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.care import queries as care
from mashrabiya.care.rules import week_of
from mashrabiya.communities import commands as communities
from mashrabiya.communities.entering import commands
from mashrabiya.communities.entering.forms import SLIP_LETTERS, code_in
from mashrabiya.communities.entering.tests.scene import Scene
from mashrabiya.communities.types import Audience, Entry
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

INVITE = "/c/{cid:str}/i"
OVER = "This invitation opens nothing."


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house, Entry.INVITE, Audience.HIDDEN)


def make(scene: Scene, who: Person) -> str:
    """A new link; answers its code."""
    page = f"{scene.path}/i"
    before = set(codes(scene, who))
    assert who.browser.submit(page, page).location == page
    return next(code for code in codes(scene, who) if code not in before)


def codes(scene: Scene, who: Person) -> list[str]:
    return re.findall(r"/i/([0-9a-z]{16})<", unescape(who.browser.get(f"{scene.path}/i").text))


def opened(who: Person, code: str) -> Page:
    return who.browser.follow(who.browser.get(f"/i/{code}"))


def use(who: Person, code: str) -> Page:
    page = opened(who, code)
    return who.browser.post("/i", page.form("/i").fields)


def test_a_link_shows_a_hidden_place_and_lets_in_once(scene: Scene) -> None:
    code = make(scene, scene.mona)
    assert scene.alice.browser.get(scene.path).status == 404
    shown = opened(scene.alice, code).text
    assert "Night kitchen" in shown
    assert "Be kind." in shown
    assert use(scene.alice, code).location == scene.path
    assert scene.belongs(scene.alice)
    assert scene.rows("place_invitation") == 0
    bob = scene.house.person("Bob")
    assert OVER in opened(bob, code).text
    assert "Night kitchen" not in opened(bob, code).text
    assert codes(scene, scene.mona) == []


def test_the_code_stays_in_no_address_title_or_row(scene: Scene) -> None:
    code = make(scene, scene.mona)
    moved = scene.alice.browser.get(f"/i/{code}")
    assert moved.status == 303
    assert code not in moved.location
    text = opened(scene.alice, code).text
    title = text[text.index("<title>") : text.index("</title>")]
    assert code not in text
    assert "Night kitchen" not in title
    row = scene.house.database.connection().execute("SELECT * FROM place_invitation").fetchone()
    kept = b"".join(bytes(value) for value in row if isinstance(value, bytes | memoryview))
    assert code.encode() not in kept
    assert scene.mona.viewer.pid not in kept


def test_an_address_from_a_history_opens_nothing_after_two_days(scene: Scene) -> None:
    shown = scene.alice.browser.get(f"/i/{make(scene, scene.mona)}").location.removeprefix("/i/")
    assert code_in(scene.house.keys, shown)
    clock.offset += 2 * clock.DAY
    assert code_in(scene.house.keys, shown) == ""


@pytest.mark.parametrize("shown", ["", "x", "a" * 120, "é", "_" * 120])
def test_a_forged_address_opens_nothing(scene: Scene, shown: str) -> None:
    assert code_in(scene.house.keys, shown) == ""
    if len(shown) == SLIP_LETTERS:
        assert OVER in scene.text(scene.alice, f"/i/{shown}")


def test_a_visitor_reads_nothing_of_the_place_and_comes_back_after_signing_in(scene: Scene) -> None:
    browser = scene.house.browser()
    page = browser.follow(browser.get(f"/i/{make(scene, scene.mona)}"))
    made_up = browser.follow(browser.get(f"/i/{'7' * 16}"))
    assert page.status == made_up.status == 200
    assert "Night kitchen" not in page.text
    onward = unescape(re.findall(r'href="(/in\?next=/i[^"]*)"', page.text)[0])
    form = browser.get(onward).form("/in").fields
    assert form["next"].startswith("/i/")


def test_wrong_used_withdrawn_over_and_excluded_read_the_same(scene: Scene) -> None:
    bob = scene.house.person("Bob")
    used, withdrawn, standing = (make(scene, scene.mona) for _ in range(3))
    use(bob, used)
    page = f"{scene.path}/i"
    forms = [form for form in scene.mona.browser.get(page).forms if "mark" in form.fields]
    beside = dict(zip(codes(scene, scene.mona), forms, strict=True))
    scene.mona.browser.post(f"{page}/end", beside[withdrawn].fields)
    assert codes(scene, scene.mona) == [standing]
    seen = {without_slip(opened(scene.alice, code).text) for code in (used, withdrawn, "7" * 16)}
    assert len(seen) == 1
    with scene.house.database.write() as uow:
        set_guard(uow, "comm", scene.alice.viewer.pid, scope=scene.cid, days=9, case=new_id())
    scene.alice.new_persona("Rana")
    assert OVER in opened(scene.alice, standing).text


def without_slip(text: str) -> str:
    return re.sub(r'(name="_f" value="[^"]*"|next=/i/[\w-]+)', "", text)


def test_of_two_at_once_one_enters_and_the_other_reads_a_sentence(scene: Scene) -> None:
    code = make(scene, scene.mona)
    bob = scene.house.person("Bob")
    first, second = (opened(who, code).form("/i").fields for who in (scene.alice, bob))
    assert scene.alice.browser.post("/i", first).location == scene.path
    late = bob.browser.post("/i", second)
    assert late.status == 422
    assert OVER in late.text
    assert scene.belongs(scene.alice)
    assert not scene.belongs(bob)


def test_a_member_who_opens_it_leaves_it_for_somebody_else(scene: Scene) -> None:
    code = make(scene, scene.mona)
    assert "a member here already" in opened(scene.mona, code).text
    page = opened(scene.alice, code).form("/i").fields
    moved = scene.post(scene.mona, "/i", "/i", invitation=page["invitation"])
    assert moved.location == scene.path
    assert scene.rows("place_invitation") == 1


def test_it_ends_after_fourteen_days(scene: Scene) -> None:
    code = make(scene, scene.mona)
    clock.offset += 15 * clock.DAY
    for who in (scene.mona, scene.alice):
        scene.sign_in(who)
    assert OVER in opened(scene.alice, code).text
    assert codes(scene, scene.mona) == []


def test_a_protected_place_lets_nobody_in_and_the_link_stays(scene: Scene) -> None:
    code = make(scene, scene.mona)
    fields = opened(scene.alice, code).form("/i").fields
    with scene.house.database.write() as uow:
        communities.protect(uow, scene.mona.viewer, scene.cid, 6)
    refused = scene.alice.browser.post("/i", fields)
    assert refused.status == 422
    assert "protected for a while" in refused.text
    assert scene.rows("place_invitation") == 1
    assert not scene.belongs(scene.alice)


def test_members_invite_where_the_place_lets_them(scene: Scene) -> None:
    use(scene.alice, make(scene, scene.mona))
    assert "Only those who run this place invite" in scene.text(scene.alice, f"{scene.path}/i")
    assert scene.post(scene.alice, f"{scene.path}/i", INVITE).status == 422
    assert f'href="{scene.path}/i"' not in scene.text(scene.alice)
    scene.enter(Entry.INVITE, tick_members_invite="1")
    code = make(scene, scene.alice)
    assert f'href="{scene.path}/i"' in scene.text(scene.alice)
    bob = scene.house.person("Bob")
    assert "Night kitchen" in opened(bob, code).text
    page = f"{scene.path}/edit/entry"
    fields = scene.mona.browser.get(page).form(page).fields
    fields.pop("tick_members_invite")
    scene.mona.browser.post(page, fields)
    assert OVER in opened(bob, code).text


def test_so_many_are_open_at_most(scene: Scene) -> None:
    scene.house.site.rooms["limits"].on = False
    for _ in range(5):
        make(scene, scene.mona)
    assert "Enough links are open" in scene.text(scene.mona, f"{scene.path}/i")
    assert scene.post(scene.mona, f"{scene.path}/i", INVITE).status == 422
    assert scene.rows("place_invitation") == 5


def test_made_once_where_it_is_sent_twice(scene: Scene) -> None:
    page = f"{scene.path}/i"
    fields = scene.mona.browser.get(page).form(page).fields
    assert [scene.mona.browser.post(page, fields).status for _ in range(2)] == [303, 303]
    assert scene.rows("place_invitation") == 1


def test_only_whoever_made_it_finds_and_withdraws_it(scene: Scene) -> None:
    scene.enter(Entry.INVITE, tick_members_invite="1")
    use(scene.alice, make(scene, scene.mona))
    code = make(scene, scene.mona)
    mark = next(
        f.fields["mark"] for f in scene.mona.browser.get(f"{scene.path}/i").forms if "mark" in f.fields
    )
    assert codes(scene, scene.alice) == []
    for forged in (mark, "", "x" * 500):
        answer = scene.post(scene.alice, f"{scene.path}/i/end", f"{INVITE}/end", mark=forged)
        assert answer.status in {303, 404}
    assert codes(scene, scene.mona) == [code]
    scene.mona.new_persona("Other")
    assert scene.mona.browser.get(f"{scene.path}/i").status == 404


def test_who_runs_the_place_ends_every_link(scene: Scene) -> None:
    scene.enter(Entry.INVITE, tick_members_invite="1")
    use(scene.alice, make(scene, scene.mona))
    make(scene, scene.alice)
    make(scene, scene.mona)
    scene.post(scene.mona, f"{scene.path}/i/end", f"{INVITE}/end")
    assert scene.rows("place_invitation") == 0


def test_whoever_leaves_leaves_no_link(scene: Scene) -> None:
    scene.enter(Entry.INVITE, tick_members_invite="1")
    use(scene.alice, make(scene, scene.mona))
    make(scene, scene.alice)
    page = f"{scene.path}/out"
    scene.alice.browser.submit(page, page)
    assert scene.rows("place_invitation") == 0


def test_a_code_of_the_house_opens_no_place_and_one_of_a_place_no_house(scene: Scene) -> None:
    from mashrabiya.people import commands as people

    with scene.house.database.write() as uow:
        code = people.issue_invitation(uow, scene.house.keys)
        with pytest.raises(Refused):
            commands.enter_invited(uow, scene.alice.viewer, scene.house.keys, code)
    assert scene.house.browser().get(f"/join/{make(scene, scene.mona)}").status == 404


def test_a_link_counts_for_the_log_without_a_name(scene: Scene) -> None:
    for name in ("Bob", "Charlie", "Dina"):
        use(scene.house.person(name), make(scene, scene.mona))
    rows = scene.house.database.connection().execute("SELECT what, n FROM way_count").fetchall()
    assert {tuple(row) for row in rows} == {("invited", 3), ("entered", 3)}
    week = week_of(clock.day())
    with scene.house.database.read() as db:
        told = {(one.what, one.shown) for one in care.weekly(db, week - 1, week) if one.cid == scene.cid}
    assert told == {("invited", 3), ("entered", 3)}


def test_whoever_enters_by_a_link_asks_no_more(house: TestHouse) -> None:
    scene = Scene(house)
    scene.ask(scene.alice)
    use(scene.alice, make(scene, scene.mona))
    assert scene.belongs(scene.alice)
    assert scene.rows("asking") == 0
