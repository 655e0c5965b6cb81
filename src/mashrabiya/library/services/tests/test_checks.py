"""Checking: by whom, for how long, and what two people in two roles find."""

from __future__ import annotations

import pytest

from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.library.services import commands, queries, rules
from mashrabiya.library.services.tests.scene import NUMBER, Scene, record, somebody
from mashrabiya.library.services.types import Check, Doubt, Kind, Lived, Method, NewCheck, Said
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import TestHouse

ROUTE = "/y/s/{service:str}"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def found(day: int, role: str, said: Said, by: bytes) -> Check:
    return Check(day, role, "call", said, by, "")


def test_two_people_in_two_roles_make_it_certain() -> None:
    host, care = found(2, "host", Said.YES, b"h"), found(1, "care", Said.YES, b"c")
    assert rules.affirming([host]) is Said.UNKNOWN
    assert rules.half_affirming([host])
    assert rules.affirming([host, care]) is Said.YES
    assert rules.affirming([host, found(1, "host", Said.YES, b"x")]) is Said.UNKNOWN, "two people, one role"
    assert rules.affirming([host, found(1, "care", Said.YES, b"h")]) is Said.UNKNOWN, "two roles, one person"


def test_whoever_finds_otherwise_is_heard() -> None:
    host, care = found(2, "host", Said.YES, b"h"), found(1, "care", Said.YES, b"c")
    assert rules.affirming([found(3, "care", Said.NO, b"x"), host, care]) is Said.NO
    assert (
        rules.affirming([found(4, "care", Said.YES, b"x"), found(3, "care", Said.NO, b"x"), host]) is Said.YES
    )
    assert rules.affirming([found(3, "host", Said.UNKNOWN, b"h"), host, care]) is Said.YES


def test_kindness_on_the_page_takes_two(scene: Scene) -> None:
    path = scene.add()
    scene.check(scene.id(path), affirming=Said.YES)
    assert "two people in two roles have found so" not in scene.text(path)
    assert "a second in another role is missing" in scene.text(f"{path}/c", scene.caro)
    scene.check(scene.id(path), scene.caro, affirming=Said.YES)
    assert "two people in two roles have found so" in scene.text(path)


def test_one_person_with_two_roles_is_one(scene: Scene) -> None:
    path, both = scene.add(), somebody(scene.house, "Both", Grant.HOST | Grant.CARE)
    for role in ("host", "care"):
        with scene.house.database.write() as uow:
            new = NewCheck(role=role, method=Method.CALL, affirming=Said.YES)
            commands.check(uow, both.viewer, scene.id(path), new)
    assert "two people in two roles have found so" not in scene.text(path)


@pytest.mark.parametrize(("kind", "days"), [(Kind.CRISIS, 90), (Kind.SUICIDE, 90), (Kind.LEGAL, 180)])
def test_a_line_leaves_help_now_the_day_its_check_ends(scene: Scene, kind: Kind, days: int) -> None:
    scene.add(record(kind=kind))
    scene.later(days)
    assert NUMBER in scene.text("/h")
    scene.later(1)
    assert NUMBER not in scene.text("/h")
    assert NUMBER not in scene.text("/h?all=1")


def test_whoever_keeps_it_is_warned_before(scene: Scene) -> None:
    scene.add()
    assert "to be checked" not in scene.text("/y/s/h", scene.hana)
    scene.later(77, scene.hana, scene.caro)
    for who in (scene.hana, scene.caro):
        text = scene.text("/y/s/h", who)
        assert "One is to be checked." in text
        assert "due soon" in text
    scene.later(30, scene.hana)
    assert "overdue: out of help now" in scene.text("/y/s/h", scene.hana)


def test_checked_again_it_stands_again(scene: Scene) -> None:
    path = scene.add()
    scene.later(120, scene.hana)
    page = f"{path}/c"
    assert (
        scene.hana.browser.submit(page, page, pick_method="message", note="Answers until two.").status == 303
    )
    assert NUMBER in scene.text("/h")
    text = scene.text(page, scene.hana)
    assert "Answers until two." in text
    assert text.count("by writing") >= 1
    assert scene.rows("service_check") == 2


def test_twice_on_a_day_is_once(scene: Scene) -> None:
    path = scene.add()
    scene.check(scene.id(path))
    scene.check(scene.id(path), scene.caro)
    assert scene.rows("service_check") == 2


def test_what_is_missing_of_a_check_is_said(scene: Scene) -> None:
    path = scene.add()
    assert "How it was checked is not chosen yet" in scene.hana.browser.submit(f"{path}/c", f"{path}/c").text
    both = somebody(scene.house, "Both", Grant.HOST | Grant.CARE)
    back = scene.post(both, f"{path}/c", f"{ROUTE}/c", pick_method="call", note="Kept words.")
    assert back.status == 422
    assert "The role is not chosen yet" in back.text
    assert "Kept words." in back.text


def test_a_role_that_she_has_not_is_not_hers(scene: Scene) -> None:
    path = scene.add()
    with pytest.raises(Invalid), scene.house.database.write() as uow:
        commands.check(uow, scene.caro.viewer, scene.id(path), NewCheck(role="host", method=Method.CALL))


@pytest.mark.parametrize("door", ["/h", "/c"])
def test_members_find_no_door_of_keepers(scene: Scene, door: str) -> None:
    path = scene.add()
    assert scene.alice.browser.get(path + door).status == 404
    assert scene.house.browser().get(path + door).status == 404
    for closed in ("/y/s/h", "/y/s/h/new", "/y/s/h/csv", "/y/s/h/in"):
        assert scene.alice.browser.get(closed).status == 404


def test_members_change_nothing_by_sending(scene: Scene) -> None:
    path = scene.add()
    doors = {"/c": {"pick_method": "call"}, "/q": {}, "/p": {"act": "remove"}, "/h": {"name_en": "Mine"}}
    for door, fields in doors.items():
        assert scene.post(scene.alice, path + door, ROUTE + door, **fields).status == 404
    assert "Night line" in scene.text(path)


def test_carers_check_and_hosts_keep(scene: Scene) -> None:
    path = scene.add()
    assert scene.caro.browser.get(f"{path}/c").status == 200
    assert scene.caro.browser.get(f"{path}/h").status == 404
    assert scene.post(scene.caro, f"{path}/p", f"{ROUTE}/p", act="closed").status == 404
    with pytest.raises(NotFound), scene.house.database.write() as uow:
        commands.remove(uow, scene.caro.viewer, scene.id(path))


def test_removed_it_takes_everything_along(scene: Scene) -> None:
    path = scene.add()
    which = scene.id(path)
    with scene.house.database.write() as uow:
        commands.tell_lived(uow, scene.alice.viewer, which, Lived(respect=3))
        commands.doubt(uow, scene.alice.viewer, which, Doubt.SILENT, words="Silent.")
    assert scene.post(scene.hana, f"{path}/p", f"{ROUTE}/p", act="remove").location == "/y/s/h"
    for table in ("service", "service_check", "service_lived", "service_doubt"):
        assert scene.rows(table) == 0
    assert scene.house.browser().get(path).status == 404


def test_no_check_says_whose_it_is(scene: Scene) -> None:
    one, two = scene.add(), scene.add(record(name_en="Other line"))
    with scene.house.database.read() as db:
        marks = {check.by for path in (one, two) for check in queries.checks(db, scene.id(path))}
    assert len(marks) == 2, "like no other of hers"
    assert scene.hana.viewer.pid not in marks
