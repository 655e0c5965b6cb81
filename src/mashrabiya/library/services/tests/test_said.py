"""What members say: what they found, under no name and told from five; and that something is wrong."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.services import queries, rules
from mashrabiya.library.services.tests.scene import Scene, record
from mashrabiya.library.services.types import ASPECTS, Lived, Risk
from mashrabiya.platform import retention
from mashrabiya.testing.house import TestHouse

LIVED, WRONG = "/y/s/{service:str}/e", "/y/s/{service:str}/w"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_nothing_is_told_of_four_people() -> None:
    assert rules.lived_by_all([Lived(respect=5)] * 4) == {}
    assert rules.lived_by_all([Lived(respect=5)] * 4 + [Lived(cost=1)]) == {}, "by aspect, not by person"


def test_of_five_the_nearest_word_is_told() -> None:
    rows = [Lived(respect=word) for word in (1, 2, 2, 2, 5)]
    assert rules.lived_by_all(rows) == {"respect": 2}
    assert rules.lived_by_all([*rows, *[Lived(respect=5)] * 5]) == {"respect": 4}


def test_on_the_page_from_five_on(scene: Scene) -> None:
    path = scene.add()
    people = [scene.house.person(name) for name in ("Dina", "Eman", "Faris", "Ghada", "Hadi")]
    for number, who in enumerate(people, 1):
        assert scene.post(who, f"{path}/e", LIVED, pick_respect="4", pick_waiting="2").status == 303
        told = re.search(r"<dt>Respect</dt><dd>(.*?)</dd>", scene.text(path))
        assert bool(told) is (number >= 5)
    assert told
    assert told[1] == "much"


def test_one_a_person_under_all_her_names(scene: Scene) -> None:
    path = scene.add()
    scene.post(scene.alice, f"{path}/e", LIVED, pick_respect="1")
    scene.alice.new_persona("Rana")
    scene.post(scene.alice, f"{path}/e", LIVED, pick_respect="5", pick_cost="2")
    assert scene.rows("service_lived") == 1
    text = scene.text(path, scene.alice)
    assert "What I said" in text
    with scene.house.database.read() as db:
        assert queries.own_lived(db, scene.alice.viewer, scene.id(path)) == Lived(respect=5, cost=2)


def test_she_takes_it_away(scene: Scene) -> None:
    path = scene.add()
    scene.post(scene.alice, f"{path}/e", LIVED, pick_respect="1")
    for _ in range(2):
        assert scene.post(scene.alice, f"{path}/e", LIVED, forget="1", pick_respect="1").status == 303
        assert scene.rows("service_lived") == 0


def test_no_row_says_who_found_it(scene: Scene) -> None:
    paths = [scene.add(), scene.add(record(name_en="Other"))]
    for path in paths:
        scene.post(scene.alice, f"{path}/e", LIVED, pick_respect="1")
        scene.post(scene.alice, f"{path}/w", WRONG, pick_what="silent")
    connection = scene.house.database.connection()
    marks = [
        bytes(row[0])
        for table in ("service_lived", "service_doubt")
        for row in connection.execute(f"SELECT mark FROM {table}").fetchall()
    ]
    assert len(set(marks)) == 4, "one person, four rows, nothing in common"
    assert not set(marks) & set(scene.alice.viewer.siblings)


def test_it_goes_after_two_years(scene: Scene) -> None:
    path = scene.add()
    scene.post(scene.alice, f"{path}/e", LIVED, pick_respect="1")
    clock.offset += 850 * clock.DAY
    with scene.house.database.read() as db:
        assert queries.all_lived(db, scene.id(path)) == (Lived(), [])
    retention.sweep(scene.house.database)
    assert scene.rows("service_lived") == 0


@pytest.mark.parametrize("value", ["0", "6", "-1", "five", "٥", ""])
def test_what_is_no_word_is_nothing(scene: Scene, value: str) -> None:
    path = scene.add()
    scene.post(scene.alice, f"{path}/e", LIVED, **{f"pick_{aspect}": value for aspect in ASPECTS})
    assert scene.rows("service_lived") == 0


def test_the_word_for_all_does_not_follow_one_person(scene: Scene) -> None:
    """Whoever changes her own word would reckon out those of four others."""
    path = scene.add()
    people = [scene.house.person(name) for name in ("Dina", "Eman", "Faris", "Ghada")]
    for who in (*people, scene.alice):
        scene.post(who, f"{path}/e", LIVED, pick_respect="3")
    shown = set()
    for word in "12345":
        scene.post(scene.alice, f"{path}/e", LIVED, pick_respect=word)
        shown |= set(re.findall(r"<dt>Respect</dt><dd>(.*?)</dd>", scene.text(path)))
    assert shown == {"in part"}
    scene.post(scene.alice, f"{path}/e", LIVED, forget="1")
    assert "<dt>Respect</dt>" not in scene.text(path), "four are told of never"
    scene.post(scene.alice, f"{path}/e", LIVED, pick_respect="5", pick_cost="1")
    assert re.findall(r"<dt>Respect</dt><dd>(.*?)</dd>", scene.text(path)) == ["in part"]
    for who in people:
        scene.post(who, f"{path}/e", LIVED, pick_respect="5")
    assert re.findall(r"<dt>Respect</dt><dd>(.*?)</dd>", scene.text(path)) == ["full"], (
        "five said something new"
    )
    assert "<dt>Cost</dt>" not in scene.text(path), "by aspect"


def test_a_doubt_marks_the_page_and_nobody(scene: Scene) -> None:
    path = scene.add()
    assert "reported as doubtful" not in scene.text(path) + scene.text("/y/s") + scene.text("/h")
    scene.post(scene.alice, f"{path}/w", WRONG, pick_what="police", words="It called my brother.")
    then = clock.date(clock.day())
    for who in (None, scene.alice, scene.hana):
        text = scene.text(path, who)
        assert "Something here is reported as doubtful." in text
        assert re.search(rf"Under review since <bdi>\w+ {then.year}</bdi>", text)
        assert "brother" not in text
    assert "reported as doubtful" in scene.text("/y/s")
    assert "reported as doubtful" in scene.text("/h")
    scene.post(scene.hana, f"{path}/q", "/y/s/{service:str}/q")
    assert "reported as doubtful" not in scene.text(path) + scene.text("/y/s") + scene.text("/h")


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-31", "2026-09-30", "2026-12-31", "2028-02-29"])
def test_of_a_doubt_the_month_is_kept(day: str) -> None:
    today = (date.fromisoformat(day) - date(1970, 1, 1)).days
    first = date.fromisoformat(day).replace(day=1)
    assert rules.doubted_since(rules.doubt_kept_until(today)) == (first - date(1970, 1, 1)).days


def test_visitors_say_nothing(scene: Scene) -> None:
    path = scene.add()
    text = scene.text(path)
    assert f'action="{path}/e"' not in text
    assert f"{path}/w" not in text
    for door in ("/e", "/w"):
        assert (
            scene.house.browser().post(path + door, {"pick_respect": "1", "pick_what": "silent"}).status
            != 303
        )
    assert scene.rows("service_lived") + scene.rows("service_doubt") == 0


def test_nobody_speaks_of_what_she_may_not_see(scene: Scene) -> None:
    path = scene.add(record(risk=Risk.TRUSTED))
    assert scene.post(scene.alice, f"{path}/e", LIVED, pick_respect="1").status == 404
    assert scene.post(scene.alice, f"{path}/w", WRONG, pick_what="silent").status == 404
    assert scene.alice.browser.get(f"{path}/w").status == 404


def test_what_is_wrong_opens_a_check(scene: Scene) -> None:
    path = scene.add()
    page = f"{path}/w"
    done = scene.alice.browser.submit(page, page, pick_what="police", words="It called my brother.")
    assert done.location == path
    assert "one says that something is wrong" in scene.text("/y/s/h", scene.hana)
    for who in (scene.hana, scene.caro):
        text = scene.text(f"{path}/c", who)
        assert "It called the police, family or the state" in text
        assert "It called my brother." in text
        assert "Alice" not in text
    assert "brother" not in scene.text(path)
    settled = scene.hana.browser.submit(f"{path}/c", f"{path}/q")
    assert settled.status == 303
    assert scene.rows("service_doubt") == 0


def test_one_doubt_a_person_and_it_can_be_withdrawn(scene: Scene) -> None:
    path = scene.add()
    for words in ("One.", "Two."):
        scene.post(scene.alice, f"{path}/w", WRONG, pick_what="other", words=words)
    assert scene.rows("service_doubt") == 1
    assert "Two." in scene.text(f"{path}/w", scene.alice)
    scene.post(scene.alice, f"{path}/w", WRONG, forget="1")
    assert scene.rows("service_doubt") == 0


def test_words_come_back_where_something_is_missing(scene: Scene) -> None:
    path = scene.add()
    for fields in ({"words": "Kept words."}, {"words": "Kept words." * 40, "pick_what": "other"}):
        back = scene.post(scene.alice, f"{path}/w", WRONG, **fields)
        assert back.status == 422
        assert "Kept words." in back.text


def test_a_number_in_it_is_asked_about(scene: Scene) -> None:
    path = scene.add()
    back = scene.post(scene.alice, f"{path}/w", WRONG, pick_what="other", words="Call me: +961 71 123 456")
    assert back.status == 422
    assert scene.rows("service_doubt") == 0


def test_it_goes_after_the_third_month(scene: Scene) -> None:
    path = scene.add()
    scene.post(scene.alice, f"{path}/w", WRONG, pick_what="silent")
    until = rules.doubt_kept_until(clock.day())
    assert 89 <= until - clock.day() <= 123
    scene.later(until - clock.day(), scene.hana)
    assert "says that something is wrong" in scene.text("/y/s/h", scene.hana)
    assert "Something here is reported as doubtful." in scene.text(path)
    scene.later(1, scene.hana)
    assert "Something here is reported as doubtful." not in scene.text(path)
    assert "says that something is wrong" not in scene.text("/y/s/h", scene.hana)
    retention.sweep(scene.house.database)
    assert scene.rows("service_doubt") == 0
