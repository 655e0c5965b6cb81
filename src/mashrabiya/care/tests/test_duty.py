"""Hours of duty, breaks and the count of hard cases: hers alone, and nothing for whoever reads the disk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mashrabiya.care import rules
from mashrabiya.care.queries import Exposure
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.on_duty import HERE, choose, rest
from mashrabiya.care.tests.seeing import plain
from mashrabiya.care.types import Duty
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.people import flows
from mashrabiya.platform.db import metadata
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.safety.types import Reason
from mashrabiya.testing.house import Person, TestHouse

SUNDAY = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp()) // clock.HOUR
ALL = {f"day_{number}": "1" for number in range(7)}
OFF = {"en": "You are off duty: nothing waits for you.", "ar": "خارج المناوبة: لا شيء ينتظرك."}


@pytest.mark.parametrize(
    ("duty", "hour", "off"),
    [
        (Duty(), SUNDAY, 0),
        (Duty(days=1, begins=8, ends=20), SUNDAY, 8),
        (Duty(days=1, begins=8, ends=20), SUNDAY + 8, 0),
        (Duty(days=1, begins=8, ends=20), SUNDAY + 19, 0),
        (Duty(days=1, begins=8, ends=20), SUNDAY + 20, 6 * 24 + 12),
        (Duty(days=1, begins=22, ends=6), SUNDAY + 21, 1),
        (Duty(days=1, begins=22, ends=6), SUNDAY + 24 + 5, 0),
        (Duty(days=1, begins=22, ends=6), SUNDAY + 24 + 6, 5 * 24 + 16 + 24),
        (Duty(days=64, begins=22, ends=6), SUNDAY + 5, 0),
        (Duty(days=127, begins=0, ends=23), SUNDAY + 23, 1),
    ],
)
def test_she_is_off_outside_her_hours(duty: Duty, hour: int, off: int) -> None:
    assert rules.off_for(duty, 0, hour) == off


def test_after_a_break_she_is_on_again_in_her_next_hours() -> None:
    duty = Duty(days=127, begins=8, ends=20)
    assert rules.off_for(Duty(), SUNDAY + 4, SUNDAY) == 4
    assert rules.off_for(Duty(), SUNDAY - 1, SUNDAY) == 0
    assert rules.off_for(duty, SUNDAY + 10, SUNDAY + 9) == 1
    assert rules.off_for(duty, SUNDAY + 21, SUNDAY + 9) == 24 - 1


@pytest.mark.parametrize(
    "duty", [Duty(), Duty(plain=True), Duty(no_keys=True), Duty(days=127, begins=23, ends=22)]
)
def test_what_she_chose_comes_back(duty: Duty) -> None:
    assert Duty.read(duty.kept) == duty
    assert len(duty.kept) <= 8


@pytest.mark.parametrize("kept", ["", "x", "1", "00zz0820", "007f08-1", "٠٠7f0820", "007f082000"])
def test_what_does_not_read_is_as_if_nothing_was_chosen(kept: str) -> None:
    assert Duty.read(kept) == Duty()


def test_hours_without_a_length_are_refused() -> None:
    rules.check_duty(Duty())
    with pytest.raises(Invalid):
        rules.check_duty(Duty(days=1, begins=8, ends=8))


@pytest.mark.parametrize("hours", [None, -1, 2, 169, 10**6])
def test_a_break_has_one_of_the_lengths_offered(hours: int | None) -> None:
    with pytest.raises(Invalid):
        rules.check_rest(hours)


def others(house: TestHouse) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the house."""
    connection = house.database.connection()
    return {
        name: sorted(map(tuple, connection.execute(f'SELECT * FROM "{name}"').fetchall()), key=repr)
        for name in metadata.tables
    }


def reported(scene: Scene, *reasons: Reason) -> list[str]:
    """A case each; their pages."""
    paths = list[str]()
    for reason in reasons:
        thread = scene.thread("mallory")
        scene.report("bob", thread, reason)
        paths.append(path_of(scene, thread))
    return paths


def path_of(scene: Scene, thread: Placed) -> str:
    text = scene["mona"].browser.get(f"{thread.address}/c/1")
    return text.location


HARD_ONES = (Reason.HATE, Reason.EXTORT, Reason.SELF_HARM)


def at(hour: int) -> None:
    """The house's clock stands there, before anybody has come in."""
    clock.offset += (hour - clock.hour() % 24) * clock.HOUR
    assert clock.hour() % 24 == hour


@pytest.mark.parametrize("language", ["ar", "en"])
def test_after_three_hard_cases_a_break_is_offered(house: TestHouse, language: str) -> None:
    scene = Scene(house, language=language)
    mona = scene["mona"].browser
    said = {"en": "A break is possible; the list waits.", "ar": "الاستراحة ممكنة، والقائمة تنتظر."}[language]
    *first, last = reported(scene, *HARD_ONES)
    for path in (*first, first[0], first[0]):
        assert said not in mona.get(path).text
    text = mona.get(last).text
    assert said in text
    assert 'href="/h"' in text
    assert said in mona.get(scene.desk).text


def test_what_is_not_hard_does_not_count(house: TestHouse) -> None:
    scene = Scene(house)
    for path in reported(scene, Reason.SPAM, Reason.ADVICE, Reason.MEDICAL, Reason.OTHER):
        scene["mona"].browser.get(path)
    assert "hard report" not in scene["mona"].browser.get(scene.desk).text


def count(scene: Scene, who: str, path: str = "") -> str:
    text = scene[who].browser.get(path or scene.desk).text
    return "one hard" if "one hard report today" in text else "2 hard" if "2 hard reports" in text else ""


def test_the_count_is_of_a_person_and_of_a_day_and_is_written_nowhere(house: TestHouse) -> None:
    scene = Scene(house)
    one, two = reported(scene, Reason.HATE, Reason.EXTORT)
    carla = house.person("Carla")
    before = others(house)
    scene["mona"].browser.get(one)
    scene["mona"].browser.get(two)
    assert others(house) == before, "a row that changes with a case would tell who reads them"
    assert count(scene, "mona") == "2 hard"
    assert "hard report" not in carla.browser.get(HERE).text
    # Signed in anew it is still her day; tomorrow it is another one.
    mona = scene["mona"]
    mona.browser.cookies[SESSION] = flows.sign_in(house.site, mona.name, mona.passphrase).text
    assert count(scene, "mona") == "2 hard"
    clock.offset += clock.DAY
    mona.browser.cookies[SESSION] = flows.sign_in(house.site, mona.name, mona.passphrase).text
    assert count(scene, "mona") == ""


def test_nobody_without_her_session_finds_her_in_memory(house: TestHouse) -> None:
    scene = Scene(house)
    (path,) = reported(scene, Reason.HATE)
    scene["mona"].browser.get(path)
    kept = house.site.rooms["exposure"]
    assert isinstance(kept, Exposure)
    viewer, told = scene["mona"].viewer, repr(vars(kept))
    assert viewer.work
    for known in (*viewer.siblings, viewer.account, viewer.sid, scene.case().object, scene.case().id):
        assert repr(bytes(known)) not in told
    assert kept.count(viewer) == 1
    assert kept.count(scene["alice"].viewer) == kept.count(house.visitor()) == 0
    kept.note(house.visitor(), b"x" * 16)


def test_whoever_finds_no_case_counts_none(house: TestHouse) -> None:
    scene = Scene(house)
    (path,) = reported(scene, Reason.HATE)
    assert scene["alice"].browser.get(path).status == 404
    assert house.site.rooms["exposure"].count(scene["alice"].viewer) == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_off_duty_a_desk_shows_nothing_that_waits_and_a_way_in(house: TestHouse, language: str) -> None:
    at(9)
    scene = Scene(house, language=language)
    (path,) = reported(scene, Reason.HATE)
    mona = scene["mona"]
    assert choose(mona, **ALL, begins="10", ends="12").location == f"{HERE}?saved=1"
    text = mona.browser.get(scene.desk).text
    assert OFF[language] in text
    assert path not in text
    assert f'href="{scene.desk}?in=1"' in text
    assert path in mona.browser.get(f"{scene.desk}?in=1").text
    assert mona.browser.get(path).status == 200
    assert statements(mona, scene.desk) <= 6
    clock.offset += clock.HOUR
    assert path in mona.browser.get(scene.desk).text


def test_who_is_off_duty_finds_no_desk_that_is_not_hers(house: TestHouse) -> None:
    at(12)
    scene = Scene(house)
    for who in ("alice", "charlie"):
        choose(scene[who], **ALL, begins="8", ends="10")
        for desk in (scene.desk, "/care", f"/c/{'7' * 26}/care"):
            answer = scene[who].browser.get(desk)
            assert (answer.status, answer.text) == (404, scene[who].browser.get("/nowhere").text), desk


def test_a_break_ends_by_itself_or_earlier(house: TestHouse) -> None:
    scene = Scene(house)
    (path,) = reported(scene, Reason.HATE)
    mona = scene["mona"]
    assert rest(mona, "1").location == f"{HERE}?rest=1"
    assert OFF["en"] in mona.browser.get(scene.desk).text
    clock.offset += 1.5 * clock.HOUR
    # On a shared device her sign-in is over by then.
    mona.browser.cookies[SESSION] = flows.sign_in(house.site, mona.name, mona.passphrase).text
    assert path in mona.browser.get(scene.desk).text
    rest(mona, "24")
    assert OFF["en"] in mona.browser.get(scene.desk).text
    assert rest(mona, "0").location == f"{HERE}?saved=1"
    assert path in mona.browser.get(scene.desk).text


def test_a_break_outlives_other_choices_and_this_sign_in(house: TestHouse) -> None:
    mona = house.person("Mona")
    rest(mona, "12")
    until = mona.viewer.rest_until
    assert 12 <= until - clock.hour() <= 13
    choose(mona, plain="1")
    assert mona.viewer.rest_until == until
    assert Duty.read(mona.viewer.desk).plain
    mona.browser.cookies[SESSION] = flows.sign_in(house.site, mona.name, mona.passphrase).text
    assert mona.viewer.rest_until == until
    assert Duty.read(mona.viewer.desk).plain


def sheet_of(person: Person, **fields: str) -> dict[str, str]:
    return {**person.browser.get(HERE).form(HERE).fields, "begins": "8", "ends": "20", **fields}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"begins": "8", "ends": "8"}, "The end has to be another hour"),
        ({"begins": "24"}, "The hour has to be chosen"),
        ({"ends": ""}, "The hour has to be chosen"),
        ({"ends": "1e3"}, "The hour has to be chosen"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_as_typed(
    house: TestHouse, fields: dict[str, str], said: str
) -> None:
    mona = house.person("Mona")
    answer = mona.browser.post(HERE, sheet_of(mona, plain="1", day_3="1", **fields))
    assert (answer.status, said in answer.text) == (422, True)
    again = answer.form(HERE).fields
    assert (again["plain"], again["day_3"], "day_2" in again) == ("1", "1", False)
    assert mona.viewer.desk == ""


@pytest.mark.parametrize("hours", ["", "2", "-1", "x", "99999999999", "٤"])
def test_a_break_of_another_length_is_refused(house: TestHouse, hours: str) -> None:
    mona = house.person("Mona")
    answer = rest(mona, hours)
    assert (answer.status, "How long the break lasts" in answer.text) == (422, True)
    assert mona.viewer.rest_until == 0


def test_nobody_reads_her_hours(house: TestHouse) -> None:
    """The pages of others stay as they were, and the row has the size of every other."""
    scene = Scene(house)
    carla = house.person("Carla")
    sizes = {
        tuple(len(bytes(cell)) for cell in row if isinstance(cell, bytes)) for row in others(house)["account"]
    }
    assert len(sizes) == 1
    pages = (scene.desk.removesuffix("/care"), HERE)
    before = [plain(carla.browser.get(path)) for path in pages]
    choose(scene["mona"], plain="1", **ALL, begins="22", ends="6")
    rest(scene["mona"], "168")
    assert [plain(carla.browser.get(path)) for path in pages] == before
    assert {
        tuple(len(bytes(cell)) for cell in row if isinstance(cell, bytes)) for row in others(house)["account"]
    } == sizes
