"""What may stand in an entry: no number without its source, no street where the law is no known safety."""

from __future__ import annotations

from html import unescape

import pytest
from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.services import commands, rules
from mashrabiya.library.services.tests.scene import NUMBER, Scene, record
from mashrabiya.library.services.types import EVERYWHERE, Channel, Record, Way
from mashrabiya.testing.house import TestHouse

STREET = Channel(way=Way.PERSON, value="Third door, Mint Street")


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def lawful(code: str) -> str:
    return {"DE": "legal", "EG": "criminal", "LB": "used_against"}.get(code, "unknown")


def test_no_number_without_a_source_goes_in(scene: Scene) -> None:
    with pytest.raises(Invalid) as wrong, scene.house.database.write() as uow:
        commands.add(uow, scene.hana.viewer, record(source_seen=0))
    assert wrong.value.fields == {"source_seen": "library.services.source_missing"}


def test_no_number_without_a_source_comes_out() -> None:
    assert rules.told(record(source_seen=0), lawful).channels == ()


def test_a_changed_number_wants_its_source_seen_anew(scene: Scene) -> None:
    path = scene.add()
    page = f"{path}/h"
    back = scene.hana.browser.submit(page, page, value_1="999-000")
    assert back.status == 422
    assert "A number stands only with its source seen" in back.text
    assert "999-000" in back.text, "nothing typed is lost"
    assert scene.hana.browser.submit(page, page, value_1="999-000", tick_seen="1").status == 303
    assert "999-000" in scene.text(path)


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(scene: Scene) -> None:
    path = scene.add()
    page = f"{path}/h"
    mine = scene.hana.browser.get(page).form(page).fields
    theirs = scene.hana.browser.submit(
        page, page, name_en="Dawn line", happens_ar="يردّ شخص", value_1="000-999", tick_seen="1"
    )
    assert theirs.status == 303
    mine |= {"name_en": "Dusk line", "retention": "a week", "pick_records_kept": "no", "countries": "Jordan"}
    back = scene.hana.browser.post(page, mine)
    text = unescape(back.text)
    assert back.status == 409
    for words in (
        "Somebody else changed this entry meanwhile",
        "Dawn line",
        "يردّ شخص",
        "000-999",
        "Egypt",
        "Dusk line",
        "a week",
    ):
        assert words in text, words
    assert "Dawn line" in scene.text(path)
    again = back.form(page).fields
    assert again["name_en"] == "Dusk line"
    assert again["countries"].strip() == "Jordan"
    kept = back.text.partition('name="pick_records_kept"')[2].partition("</select>")[0]
    assert '<option value="no" selected>' in kept
    done = scene.hana.browser.post(page, again | {"tick_seen": "1"})
    assert done.status == 303, "sent again it is meant"
    assert "Dusk line" in scene.text(path)
    assert scene.hana.browser.post(page, again | {"tick_seen": "1"}).status == 303, "sent twice is once"


def test_what_else_changes_keeps_its_source(scene: Scene) -> None:
    path = scene.add()
    page = f"{path}/h"
    assert scene.hana.browser.submit(page, page, name_en="Late line").status == 303
    assert "Late line" in scene.text(path)
    assert NUMBER in scene.text(path)


@pytest.mark.parametrize(("countries", "shown"), [(("DE",), True), (("EG",), False), (("LB",), False), (("JO",), False),
    (("DE", "EG"), False), ((EVERYWHERE,), False), ((), False)])  # fmt: skip
def test_streets_only_where_the_law_is_known_to_be_no_danger(countries: tuple[str, ...], shown: bool) -> None:
    made = record(countries=countries, channels=(STREET,))
    assert bool(rules.told(made, lawful).channels) is shown
    assert ("channels" in rules.wrong(made, clock.day(), lawful)) is not shown


def test_where_no_room_knows_the_law_there_is_no_street(scene: Scene) -> None:
    fields = {
        "name_en": "House", "countries": "Germany", "pick_way_1": "in_person", "value_1": STREET.value, "tick_seen": "1",
    }  # fmt: skip
    back = scene.hana.browser.submit("/y/s/h/new", "/y/s/h/new", **fields)
    assert back.status == 422
    assert "No street address" in back.text
    scene.house.site.rooms["law_of"] = lambda db, code: lawful(code)
    assert scene.hana.browser.submit("/y/s/h/new", "/y/s/h/new", **fields).status == 303
    path = scene.hana.browser.get("/y/s/h").text.split('href="')[1:]
    (one,) = {
        link.split('"')[0] for link in path if link.startswith("/y/s/") and link.split('"')[0].endswith("/c")
    }
    assert STREET.value in scene.text(one.removesuffix("/c"))
    scene.house.site.rooms["law_of"] = lambda db, code: "criminal"
    assert STREET.value not in scene.text(one.removesuffix("/c")), "the law changed meanwhile"


@pytest.mark.parametrize("typed", [
    {"pick_way_1": "phone", "value_1": "Third door, Mint Street"},
    {"pick_way_1": "chat", "value_1": "شارع النعناع"},
    {"pick_way_1": "form", "value_1": "https://maps.app.goo.gl/abc12"},
    {"pick_way_1": "email", "value_1": "12 Mint Street"},
    {"hours_1": "12 Mint Street, second floor"},
    {"zone_1": "Mint Street 12"},
    {"name_en": "House at 12 Mint Street"},
    {"name_ar": "بيت شارع النعناع رقم ١٢"},
    {"who": "12 Mint Street"},
    {"languages": "ar; 12 Mint Street"},
    {"happens_ar": "العنوان: شارع النعناع رقم ١٢"},
    {"advisory_en": "We are at 30.0444, 31.2357"},
    {"accessibility": "12 rue de la Menthe"},
    {"source_url": "https://maps.app.goo.gl/abc12"},
])  # fmt: skip
def test_no_street_comes_in_by_another_door(scene: Scene, typed: dict[str, str]) -> None:
    scene.house.site.rooms["law_of"] = lambda db, code: "criminal"
    path = scene.add()
    back = scene.hana.browser.submit(f"{path}/h", f"{path}/h", **typed, tick_seen="1")
    assert back.status == 422
    assert all(value in unescape(back.text) for value in typed.values()), "nothing typed is lost"


def test_words_with_a_street_do_not_outlive_its_law(scene: Scene) -> None:
    scene.house.site.rooms["law_of"] = lambda db, code: "legal"
    with scene.house.database.write() as uow:
        made = record(countries=("DE",), happens_en="Ring at 12 Mint Street.", name_en="12 Mint Street")
        which = commands.add(uow, scene.hana.viewer, made, law_of=lawful)
    scene.check(which)
    path = f"/y/s/{show_id(which)}"
    assert scene.text(path).count("12 Mint Street") == 2
    assert "Mint Street" not in scene.text("/y/s") + scene.text("/h")
    scene.house.site.rooms["law_of"] = lambda db, code: "unknown"
    assert "Mint Street" not in scene.text(path)
    assert "خط الليل" in scene.text(path), "the other name stands"
    assert scene.hana.browser.submit(f"{path}/h", f"{path}/h", retention="a week").status == 422


def test_a_street_never_stands_in_help_now(scene: Scene) -> None:
    scene.house.site.rooms["law_of"] = lambda db, code: "legal"
    with scene.house.database.write() as uow:
        phone = record().channels
        made = record(countries=("DE",), channels=(*phone, STREET))
        which = commands.add(uow, scene.hana.viewer, made, law_of=lawful)
    scene.check(which)
    assert NUMBER in scene.text("/h")
    assert STREET.value not in scene.text("/h")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name_ar": "", "name_en": ""}, "name_ar"),
        ({"countries": ()}, "countries"),
        ({"source_seen": 10**6}, "source_seen"),
        ({"age_min": 30, "age_max": 18}, "age_max"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"name_en": "x" * 121}, "name_en"),
        ({"happens_en": "x" * 601}, "happens_en"),
        ({"who": ("x",) * 13}, "who"),
        ({"retention": "x\u0007"}, "retention"),
        ({"channels": (Channel(way=Way.CHAT, value="x" * 201),)}, "channels"),
    ],
)
def test_what_is_wrong_is_said_by_field(more: dict[str, object], field: str) -> None:
    assert field in rules.wrong(record(**more), clock.day(), rules.no_law)


def test_what_nobody_asked_is_unknown() -> None:
    blank = Record()
    answers = [
        str(getattr(blank, name)) for name in ("anonymous", "calls_police", "records_kept", "conversion")
    ]
    assert answers == ["unknown"] * 4


def test_sent_twice_is_one(scene: Scene) -> None:
    fields = scene.hana.browser.get("/y/s/h/new").form("/y/s/h/new").fields | {
        "name_en": "Once", "countries": "EG", "pick_kind": "legal",
    }  # fmt: skip
    answers = [scene.hana.browser.post("/y/s/h/new", fields) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert scene.rows("service") == 1


def test_an_unknown_country_is_asked_back_and_nothing_is_lost(scene: Scene) -> None:
    fields = {"name_en": "Line", "countries": "Atlantis", "languages": "zz9", "happens_ar": "كلام طويل"}
    back = scene.hana.browser.submit("/y/s/h/new", "/y/s/h/new", **fields)
    assert back.status == 422
    for words in ("A country is not known", "A language is not known", "Atlantis", "كلام طويل"):
        assert words in unescape(back.text)


def test_hostile_words_stay_words(scene: Scene) -> None:
    path = scene.add(
        record(name_en="<script>alert(1)</script>", who=("{{ 7*7 }}", "'; DROP TABLE service;--"))
    )
    page = scene.house.browser().get(path).text
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in unescape(page)
    assert "<script>alert" not in scene.house.browser().get("/h").text


def test_names_stand_in_the_readers_language(scene: Scene) -> None:
    path = scene.add()
    assert "خط الليل" in scene.text(path, language="ar")
    assert "مصر" in scene.text(path, language="ar")
    only = scene.add(replace(record(), name_ar=""))
    assert "Night line" in scene.text(only, language="ar")
