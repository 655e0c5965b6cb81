"""T24: a room of the carers' own: entered by what one does, left with it, and to everybody else not there."""

from __future__ import annotations

import pytest

from mashrabiya.care.tables import ROOM_LINE
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.staffed import Staff, accounts, with_role
from mashrabiya.care.types.room import MOST_IN_ROOM, ROOM_DAYS, ROOM_LIMIT
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.platform.db import Write
from mashrabiya.platform.retention import sweep
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.safety.types import Reason
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

HERE = "/care/m"
WORDS = "That one stayed with me."


@pytest.fixture
def staff(house: TestHouse) -> Staff:
    return Staff(house)


def say(who: Person, words: str = WORDS, at: str = HERE, **more: str) -> Page:
    return who.browser.submit(at, at, words=words, **more)


def rows(house: TestHouse) -> list[tuple[object, ...]]:
    found = house.database.connection().execute("SELECT * FROM room_line ORDER BY n").fetchall()
    return [tuple(row) for row in found]


def act(who: Person, house: TestHouse, wish: str, at: str = HERE, route: str = "/care/m/{line:str}") -> Page:
    line = show_id(bytes(house.database.connection().execute("SELECT id FROM room_line").fetchone()[0]))
    token = tokens.make(house.keys, who.viewer, route)
    return who.browser.post(f"{at}/{line}", {"_f": token, "wish": wish})


def test_carers_of_the_house_talk_there_and_nothing_names_them(staff: Staff) -> None:
    before = accounts(staff.house)
    assert say(staff.carla).status == 303
    page = staff.dana.browser.get(HERE).text
    assert WORDS in page
    assert "Voice" in page
    assert "Carla" not in page
    (row,) = rows(staff.house)
    held = b"".join(bytes(value) for value in row if isinstance(value, bytes))
    assert WORDS.encode() not in held
    assert not any(pid in held for pid in staff.carla.viewer.siblings)
    assert accounts(staff.house) == before
    with staff.house.database.read() as db:
        assert not audit.entries(db, before=1 << 40, most=99)


def test_to_everybody_else_it_is_not_there(staff: Staff) -> None:
    say(staff.carla)
    nothing = staff.alice.browser.get("/nowhere")
    for who in (staff.alice, staff.mallory, staff.hanna):
        for path in (HERE, f"{HERE}/{'7' * 26}"):
            answer = who.browser.get(path)
            assert answer.status == 404, path
        assert WORDS not in who.browser.get(HERE).text
        assert act(who, staff.house, "delete").status == 404
    got = staff.alice.browser.get(HERE)
    assert (got.status, got.body) == (nothing.status, nothing.body)
    visitor, gone = staff.house.browser().get(HERE), staff.house.browser().get("/nowhere")
    assert (visitor.status, visitor.body) == (gone.status, gone.body)
    assert len(rows(staff.house)) == 1


def test_whoever_loses_the_role_loses_the_room_at_once(staff: Staff) -> None:
    say(staff.carla)
    assert staff.dana.browser.get(HERE).status == 200
    with staff.house.database.write() as uow:
        people.change_grant(uow, staff.dana.viewer.pid, end=Grant.CARE, keys=staff.house.keys)
    assert staff.dana.browser.get(HERE).status == 404
    assert staff.dana.browser.get("/care").status == 404


def test_one_wishes_to_talk_and_another_is_here(staff: Staff) -> None:
    assert say(staff.carla, "", wish="1").status == 303
    assert "would like to talk" in staff.dana.browser.get("/care").text
    assert "would like to talk" not in staff.carla.browser.get("/care").text
    assert act(staff.carla, staff.house, "here").status == 404, "she meets herself"
    for _ in range(2):
        assert act(staff.dana, staff.house, "here").status == 303
    assert "would like to talk" not in staff.dana.browser.get("/care").text
    assert "somebody is here" in staff.carla.browser.get(HERE).text


def test_each_deletes_her_own_alone(staff: Staff) -> None:
    say(staff.carla)
    assert act(staff.dana, staff.house, "delete").status == 404
    staff.carla.new_persona("Another name")
    with_role(staff.carla, Grant.CARE)
    assert act(staff.carla, staff.house, "delete").status == 303
    assert not rows(staff.house)


def test_what_cannot_be_taken_comes_back_filled(staff: Staff) -> None:
    assert say(staff.carla, "").status == 422
    long = say(staff.carla, "a" * (ROOM_LIMIT + 1))
    assert long.status == 422
    assert "a" * ROOM_LIMIT in long.text
    assert not rows(staff.house)


def test_sent_twice_it_is_said_once_and_a_full_room_says_so(staff: Staff) -> None:
    page = staff.carla.browser.get(HERE)
    fields = {**page.form(HERE).fields, "words": WORDS}
    for _ in range(2):
        assert staff.carla.browser.post(HERE, fields).status == 303
    assert len(rows(staff.house)) == 1
    connection = staff.house.database.connection()
    with staff.house.database.write() as uow:
        for number in range(MOST_IN_ROOM):
            _copy(uow, number)
    assert connection.execute("SELECT count(*) FROM room_line").fetchone()[0] > MOST_IN_ROOM
    assert say(staff.carla).status == 409


def _copy(uow: Write, number: int) -> None:
    more = {"wish": 0, "waits": 0, "day": clock.day(), "until_day": clock.day() + ROOM_DAYS}
    uow.insert(ROOM_LINE, id=new_id(), cid=b"", n=number + 2, by=new_id(), words=b"", **more)


def test_what_is_said_fades(staff: Staff) -> None:
    say(staff.carla)
    clock.offset += (ROOM_DAYS - 1) * clock.DAY
    sweep(staff.house.database)
    assert rows(staff.house)
    clock.offset += 2 * clock.DAY
    sweep(staff.house.database)
    assert not rows(staff.house)


def test_another_week_is_another_voice(staff: Staff) -> None:
    say(staff.carla)
    clock.offset += 8 * clock.DAY
    carla = staff.carla
    carla.browser.cookies[SESSION] = flows.sign_in(staff.house.site, carla.name, carla.passphrase).text
    say(carla)
    one, other = (row[3] for row in rows(staff.house))
    assert one != other


def test_a_community_has_a_room_of_those_who_run_it(house: TestHouse) -> None:
    scene = Scene(house)
    carla = with_role(house.person("Carla"), Grant.CARE)
    at = f"{scene.desk}/m"
    assert say(scene["mona"], at=at).status == 303
    assert at in scene["mona"].browser.get(scene.desk).text.replace("&#x2f;", "/")
    assert WORDS in scene["mona"].browser.get(at).text
    for who in ("alice", "bob", "charlie", "mallory"):
        assert scene[who].browser.get(at).status == 404
    assert carla.browser.get(at).status == 404, "the house's team reads along"
    assert house.browser().get(at).status == 404
    route = "/c/{cid:str}/care/m/{line:str}"
    assert act(carla, house, "delete", at, route).status == 404
    assert act(scene["mona"], house, "delete", at, route).status == 303
    assert carla.browser.get(HERE).status == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_costs_few_statements(house: TestHouse, language: str) -> None:
    carla = with_role(house.person("Carla", language=language), Grant.CARE)
    say(carla, wish="1")
    assert statements(carla, HERE) <= 6
    assert statements(carla, "/care") <= 6


def test_after_a_hard_case_the_desk_offers_to_talk(house: TestHouse) -> None:
    scene = Scene(house)
    scene.report("bob", scene.thread(), Reason.OUTING)
    assert "Talk about it" not in scene["mona"].browser.get(scene.desk).text
    scene["mona"].browser.get(scene.case().path)
    assert "Talk about it" in scene["mona"].browser.get(scene.desk).text
