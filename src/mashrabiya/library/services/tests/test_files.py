"""The directory as a file: out and in again, and a report of what could not be read."""

from __future__ import annotations

import csv
import io
from html import unescape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mashrabiya.kernel import clock
from mashrabiya.library.services import commands, files, places, queries, rules
from mashrabiya.library.services.tests.scene import NUMBER, Scene, record
from mashrabiya.library.services.types import (
    Channel,
    Cost,
    Method,
    NewCheck,
    Police,
    Record,
    Risk,
    Said,
    Service,
    Spoken,
    Stance,
    Way,
    packed,
)
from mashrabiya.testing.house import TestHouse

LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Zl", "Zp"], exclude_characters="\u0085"), min_size=1, max_size=30).map(str.strip).filter(bool)  # fmt: skip
MAYBE = st.one_of(st.just(""), LINE)
LINES = st.lists(LINE, max_size=3).map(tuple)


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def full() -> Record:
    """Everything is said, with every sign that means something in a file."""
    return record(
        name_ar="خط؛ الليل، «إصغاء»",
        name_en='=Night; line, "listening" | here\\there',
        who=("trans people", "a|b;c\\d", "+all"),
        age_min=16,
        age_max=25,
        channels=(
            Channel(way=Way.PHONE, value="+000 111", hours="18–02; daily", zone="UTC+2", cost=Cost.FREE),
            Channel(way=Way.FORM, value="https://night.example/?a=1|2", cost=Cost.UNKNOWN),
        ),
        languages=(Spoken(code="ar", dialect="Levantine", hours="18–24"), Spoken(code="ckb")),
        calls_police=Police.IMMINENT,
        caller_id_seen=Said.NO,
        documents=("none",),
        conversion=Stance.REJECTS,
        happens_ar="يُسأل أولًا:\nهل أنت في أمان؟",
        happens_en="First:\n'are you safe?'",
        conflicts=("two hours named",),
        advisory_en="-- Ask first",
        risk=Risk.MEMBERS,
    )


def copied(text: str) -> str:
    """As a browser sends what was pasted."""
    return text.replace("\r\n", "\n")


def test_a_round_trip_loses_nothing(scene: Scene) -> None:
    path = scene.add(full())
    scene.add(record(name_en="Second"), checked=False)
    browser = scene.hana.browser
    text = browser.get("/y/s/h/csv").body.decode("utf-8-sig")
    with scene.house.database.read() as db:
        before = queries.everything(db, scene.hana.viewer)
    with scene.house.database.write() as uow:
        for service, _ in before:
            commands.remove(uow, scene.hana.viewer, service.id)
    done = browser.submit("/y/s/h/in", "/y/s/h/in", file=copied(text))
    assert done.status == 200
    assert "2 are new." in unescape(done.text)
    assert "What could not be taken" not in done.text, "nothing to report"
    with scene.house.database.read() as db:
        assert queries.everything(db, scene.hana.viewer) == before
    assert scene.hana.browser.get("/y/s/h/csv").body.decode("utf-8-sig") == text
    assert "First:" in scene.text(path, scene.hana)


def test_read_in_again_changes_nothing(scene: Scene) -> None:
    scene.add(full())
    text = scene.hana.browser.get("/y/s/h/csv").body.decode("utf-8-sig")
    done = scene.hana.browser.submit("/y/s/h/in", "/y/s/h/in", file=copied(text))
    assert "0 are new. 0 were changed." in unescape(done.text)


@given(name=LINE, who=LINES, value=LINE, hours=MAYBE, text=MAYBE, dialect=MAYBE)
def test_whatever_was_typed_comes_back(
    name: str, who: tuple[str, ...], value: str, hours: str, text: str, dialect: str
) -> None:
    made = record(
        name_en=name,
        who=who,
        channels=(Channel(way=Way.CHAT, value=value, hours=hours),),
        languages=(Spoken(code="ar", dialect=dialect),),
        retention=text,
    )
    # A street is no chat, in no door: what never stood in a record need not come back.
    assume(all(map(places.is_reached_by, made.channels)))
    service = Service(
        b"\0" * 10, "active", "public", 0, "unknown", clock.day(), "host", "call", 0, packed(made)
    )
    rows, faults = files.read_file(files.written([(service, made)]))
    assert faults == []
    assert [row.record for row in rows] == [made]


def test_no_cell_is_a_formula(scene: Scene) -> None:
    scene.add(full())
    text = scene.hana.browser.get("/y/s/h/csv").body.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
    assert any(cell.startswith("'=Night") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


def test_what_could_not_be_read_is_told_by_row_and_column(scene: Scene) -> None:
    text = (
        "name_en,kind,countries,channels,languages,calls_police,source_seen,age_min,checked_on,affirming,colour,risk\n"
        "Good line,crisis,Egypt | LB,phone; 1; ; ; free,ar; Egyptian,no,2026-03-04,16,,,blue,\n"
        "Odd line,krisis,Egypt | Atlantis,phone; 2 | pigeon; 3,ar | zz9,perhaps,yesterday,x,2026-03-04,yes,,everybody\n"
        ",crisis,EG,,,,,,,,,\n"
    )
    done = scene.hana.browser.submit("/y/s/h/in", "/y/s/h/in", file=text)
    said = unescape(done.text)
    rows, faults = files.read_file(text)
    assert [row.record.name_en for row in rows] == ["Good line", "Odd line"]
    found = {(fault.row, fault.column) for fault in faults}
    assert found == {
        (1, "colour"), (3, "kind"), (3, "countries"), (3, "channels"), (3, "languages"), (3, "calls_police"),
        (3, "source_seen"), (3, "age_min"), (3, "checked_on"), (3, "affirming"), (3, "risk"), (4, "name_ar"),
    }  # fmt: skip
    for fault in faults:
        assert f'<bdi dir="ltr">{fault.column}</bdi>' in said
    odd = rows[1].record
    assert odd.calls_police is Police.UNKNOWN
    assert odd.channels == (), "no number without its source seen"
    assert odd.risk is Risk.TRUSTED, "what cannot be read of who sees it is seen by the fewest"
    assert rows[1].checked_day == 0


def test_streets_stay_out_of_files_as_well() -> None:
    text = 'name_en,countries,channels,source_seen\nHouse,EG,"phone; 1 | in_person; Mint Street",2026-03-04\n'
    (row,), faults = files.read_file(text, lambda _code: "criminal")
    assert [one.way for one in row.record.channels] == [Way.PHONE]
    assert [(fault.row, fault.column) for fault in faults] == [(2, "channels")]


def test_kindness_is_not_taken_over(scene: Scene) -> None:
    path = scene.add()
    for who in (scene.hana, scene.caro):
        with scene.house.database.write() as uow:
            role = "host" if who is scene.hana else "care"
            new = NewCheck(role=role, method=Method.CALL, affirming=Said.YES)
            commands.check(uow, who.viewer, scene.id(path), new)
    text = scene.hana.browser.get("/y/s/h/csv").body.decode("utf-8-sig")
    with scene.house.database.write() as uow:
        commands.remove(uow, scene.hana.viewer, scene.id(path))
    done = scene.hana.browser.submit("/y/s/h/in", "/y/s/h/in", file=copied(text))
    assert "was not taken over" in unescape(done.text)
    assert "two people in two roles have found so" not in scene.text(path)


def test_an_older_check_does_not_hide_ours(scene: Scene) -> None:
    path = scene.add()
    text = scene.hana.browser.get("/y/s/h/csv").body.decode("utf-8-sig")
    scene.later(30, scene.hana)
    scene.check(scene.id(path))
    scene.hana.browser.submit("/y/s/h/in", "/y/s/h/in", file=copied(text))
    with scene.house.database.read() as db:
        (service, _), *_ = queries.everything(db, scene.hana.viewer)
    assert service.checked_day == clock.day()


def test_no_file_makes_a_check_hold_longer_than_ours() -> None:
    today = clock.iso(clock.day())
    text = f"name_en,kind,countries,checked_on,checked_by_role,check_method,next_check\nA,crisis,EG,{today},host,call,2099-01-01\n"
    (row,), _ = files.read_file(text)
    assert row.checked_day == clock.day()
    assert rules.holds_for(row.record.kind) == 90


@pytest.mark.parametrize(
    "text", ["", "hello", 'name_en\n"open', "a,b\n1,2\n", "x" * 200_001, "\0", "name_en\n" + "\n" * 50]
)
def test_what_is_no_file_is_said(scene: Scene, text: str) -> None:
    done = scene.hana.browser.submit("/y/s/h/in", "/y/s/h/in", file=text)
    assert done.status == 422
    assert scene.rows("service") == 0


def test_more_than_fits_is_said() -> None:
    rows, faults = files.read_file("name_en,countries\n" + "Line,EG\n" * 501)
    assert len(rows) == 500
    assert [(fault.row, fault.why) for fault in faults] == [(502, "library.services.csv_too_many")]


def test_the_file_says_nothing_of_members(scene: Scene) -> None:
    path = scene.add()
    scene.post(scene.alice, f"{path}/e", "/y/s/{service:str}/e", pick_respect="1")
    scene.post(scene.alice, f"{path}/w", "/y/s/{service:str}/w", pick_what="other", words="Kept apart.")
    text = scene.hana.browser.get("/y/s/h/csv").text
    assert NUMBER in text
    assert "Kept apart" not in text
    assert "listening" not in text
