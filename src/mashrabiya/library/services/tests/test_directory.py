"""The directory: what stands where, for whom, and until when."""

from __future__ import annotations

import pytest

from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.library.services import commands
from mashrabiya.library.services.tests.scene import NUMBER, Scene, record
from mashrabiya.library.services.types import ID_SIZE, Kind, Risk, Stance, Status
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_a_house_begins_empty_and_says_where_numbers_are_found(scene: Scene) -> None:
    assert "No services are entered here yet" in scene.text("/y/s")
    assert "befrienders.org" not in scene.text("/y/s")
    assert "befrienders.org" in scene.text("/y/s", scene.hana)
    assert 'href="http' not in scene.text("/y/s", scene.hana), "names, not links"


def test_one_journey_from_form_to_help_now(scene: Scene) -> None:
    fields = {
        "name_en": "Night line", "countries": "Egypt\nلبنان", "languages": "ar; Egyptian; 18-24\nfr",
        "pick_kind": "crisis", "pick_way_1": "phone", "value_1": NUMBER, "pick_cost_1": "free",
        "source_url": "https://night.example", "tick_seen": "1",
    }  # fmt: skip
    made = scene.hana.browser.submit("/y/s/h/new", "/y/s/h/new", **fields)
    assert made.status == 303, made.text
    assert NUMBER not in scene.text("/h"), "nobody has checked it yet"
    done = scene.hana.browser.submit(made.location, made.location, pick_method="call")
    assert done.status == 303, done.text
    help_now = scene.text("/h")
    for words in (NUMBER, "Night line", "Egypt", "Lebanon", "may call the police", "French"):
        assert words in help_now, words
    path = made.location.removesuffix("/c")
    one = scene.text(path)
    for words in (NUMBER, "Not known: may call the police", "not known, assume risk", "by calling", "free"):
        assert words in one, words
    assert 'href="tel:' not in one, "nothing calls by a press"


def test_titles_and_addresses_tell_nothing(scene: Scene) -> None:
    path = scene.add()
    for page in ("/y/s", path):
        text = scene.text(page)
        assert "<title>Library</title>" in text, page


def test_what_nobody_checked_for_a_year_stands_apart_with_a_warning(scene: Scene) -> None:
    path = scene.add()
    scene.later(181)
    assert path in scene.text("/y/s")
    assert "next check is overdue" in scene.text("/y/s")
    scene.later(190)
    assert path not in scene.text("/y/s")
    asked = scene.house.browser().post("/y/s", {"tick_old": "1"})
    old = scene.text(asked.location)
    assert path in old
    assert "Nobody looked for a year or more" in old
    assert "Nobody looked for a year or more" in scene.text(path)


def test_never_checked_is_not_checked_lately(scene: Scene) -> None:
    assert scene.add(checked=False) not in scene.text("/y/s")
    assert "Not checked lately: 1" in scene.text("/y/s")


@pytest.mark.parametrize(("risk", "visitor", "member"), [("public", True, True), ("members", False, True), ("trusted", False, False)])  # fmt: skip
def test_who_sees_what(scene: Scene, risk: str, visitor: bool, member: bool) -> None:
    path = scene.add(record(risk=Risk(risk)))
    seen = {True: 200, False: 404}
    assert scene.house.browser().get(path).status == seen[visitor]
    assert scene.alice.browser.get(path).status == seen[member]
    assert scene.hana.browser.get(path).status == 200
    assert (path in scene.text("/y/s")) is visitor
    assert (path in scene.text("/y/s", scene.alice)) is member
    assert (NUMBER in scene.text("/h")) is visitor
    assert (NUMBER in scene.text("/h", scene.alice)) is member


def test_hidden_is_missing(scene: Scene) -> None:
    path = scene.add(record(risk=Risk.TRUSTED))
    there, missing = (scene.alice.browser.get(one) for one in (path, f"/y/s/{show_id(new_id(ID_SIZE))}"))
    assert (there.status, there.body) == (missing.status, missing.body)


def test_what_practises_conversion_is_never_listed(scene: Scene) -> None:
    path = scene.add(record(conversion=Stance.PRACTISES))
    for who in (None, scene.alice):
        assert "Night line" not in scene.text("/y/s", who)
        assert "Night line" not in scene.text("/h", who)
    assert scene.alice.browser.get(path).status == 404
    assert "never listed" in scene.text("/y/s/h", scene.hana)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED, Status.UNKNOWN])
def test_what_does_not_answer_leaves_help_now(scene: Scene, status: Status) -> None:
    path = scene.add()
    with scene.house.database.write() as uow:
        commands.set_status(uow, scene.hana.viewer, scene.id(path), status)
    assert NUMBER not in scene.text("/h")
    assert (path in scene.text("/y/s")) is (status is not Status.CLOSED)


def test_narrowing_leaves_nothing_in_the_address(scene: Scene) -> None:
    egypt = scene.add()
    legal = scene.add(record(name_en="Law office", kind=Kind.LEGAL, countries=("TN",)))
    for fields, there, away in (
        ({"pick_country": "EG"}, egypt, legal),
        ({"pick_kind": "legal"}, legal, egypt),
        ({"pick_country": "TN", "pick_language": "fr"}, legal, egypt),
    ):
        asked = [scene.house.browser().post("/y/s", fields) for _ in range(6)]
        assert {one.status for one in asked} == {303}
        # Two letters stand in some sealed address by chance; what leaves them there leaves them in all.
        assert not any(all(text in one.location for one in asked) for text in fields.values())
        text = scene.text(asked[0].location)
        assert there in text
        assert away not in text


def test_all_narrowed_addresses_are_equally_long(scene: Scene) -> None:
    asked = [{"pick_country": "EG"}, {"pick_kind": "trauma_rehab", "pick_language": "ar", "tick_old": "1"}]
    lengths = {len(scene.house.browser().post("/y/s", fields).location) for fields in asked}
    assert len(lengths) == 1


def test_an_address_made_up_asks_for_everything(scene: Scene) -> None:
    path = scene.add()
    for made_up in ("/y/s?k=x", "/y/s?k=" + "A" * 224, "/y/s?k=%00"):
        assert path in scene.text(made_up)


def test_six_statements_at_most(scene: Scene) -> None:
    path = scene.add()
    for who in (None, scene.alice):
        for page in ("/y/s", path, "/h"):
            browser = who.browser if who else scene.house.browser()
            trace: list[str] = []
            scene.house.database.trace = trace
            browser.get(page)
            scene.house.database.trace = None
            assert sum(sql.startswith("SELECT") for sql in trace) <= 6, page
