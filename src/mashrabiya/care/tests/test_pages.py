"""The doors of the desks: who finds them, and what they show."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import Scene, report_path
from mashrabiya.care.tests.seeing import MADE_UP, seen
from mashrabiya.care.types import Act
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import commands as people
from mashrabiya.people.flows.beginning import SignUp, sign_up
from mashrabiya.people.flows.entering import enter
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

ROLES = ("visitor", "outside", "member", "host", "carer")


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def a_carer(house: TestHouse) -> Person:
    """Somebody of the house's care team, in no community."""
    carer = house.person("Carla")
    with house.database.write() as uow:
        code = people.issue_invitation(uow, house.keys, grant=Grant.CARE)
    wish = SignUp("carla2", carer.passphrase, Band.ADULT, code, Preferences(language="en"))
    carer.browser.cookies[SESSION] = enter(house.site, sign_up(house.site, wish).unlocked).text
    carer.new_persona("Carla two")
    return carer


@pytest.mark.parametrize("who", ["alice", "bob", "charlie"])
def test_a_desk_is_not_there_for_anybody_else(house: TestHouse, scene: Scene, who: str) -> None:
    thread = scene.thread("mallory")
    scene.report("bob", thread)
    case = scene.case()
    decision = scene.decide(Act.HIDE)
    person = scene[who]
    assert seen(house, person, scene.desk) == seen(house, person, f"/c/{MADE_UP}/care")
    assert seen(house, person, case.path) == seen(house, person, f"/care/{MADE_UP}")
    for path in (scene.desk, case.path, "/care", f"/t/{show_id(thread.tid)}/y/1", f"{scene.desk[:-4]}y"):
        answer = person.browser.get(path)
        assert (answer.status, answer.text) == (404, person.browser.get("/nowhere").text), path
    for path, made_up in (
        (case.path, f"/care/{MADE_UP}"),
        (f"/care/u/{decision.shown}", f"/care/u/{MADE_UP}"),
    ):
        assert seen(house, person, path, post=True) == seen(house, person, made_up, post=True)


def test_a_visitor_finds_none_of_it(house: TestHouse, scene: Scene) -> None:
    thread = scene.thread()
    scene.report("bob", thread)
    case, visitor = scene.case(), house.browser()
    nothing = visitor.get("/nowhere").text
    for path in (scene.desk, case.path, "/care", "/r", report_path(thread), f"/r/c/{show_id(scene.cid)}"):
        assert visitor.get(path).text == nothing
    for path in (case.path, report_path(thread), "/care/u/" + MADE_UP):
        typed = visitor.post(path, {"note": "my words"})
        assert "my words" in typed.text
        assert typed.status == visitor.post("/nowhere", {"note": "my words"}).status


@pytest.mark.parametrize(
    ("method", "path", "open_to"),
    [
        ("GET", "{report}", {"outside", "member", "host", "carer"}),
        ("GET", "/r/c/{cid}", {"outside", "member", "host", "carer"}),
        ("GET", "/r", {"outside", "member", "host", "carer"}),
        ("GET", "/c/{cid}/care", {"host", "carer"}),
        ("GET", "/care/{case}", {"host", "carer"}),
        ("GET", "/care", {"carer"}),
        ("GET", "/t/{tid}/y/1", set()),
        ("GET", "/c/{cid}/y", set()),
    ],
)
def test_each_door_opens_to_its_roles_alone(
    house: TestHouse, scene: Scene, method: str, path: str, open_to: set[str]
) -> None:
    thread = scene.thread()
    scene.report("mallory", thread)
    carer = a_carer(house)
    browsers = {
        "visitor": house.browser(),
        "outside": scene["charlie"].browser,
        "member": scene["bob"].browser,
        "host": scene["mona"].browser,
        "carer": carer.browser,
    }
    address = path.format(
        report=report_path(thread),
        cid=show_id(scene.cid),
        tid=show_id(thread.tid),
        case=scene.case().path.removeprefix("/care/"),
    )
    assert {role for role in ROLES if browsers[role].get(address).status == 200} == open_to


def test_the_desk_shows_no_tile_code_or_name_of_an_unnamed_author(scene: Scene) -> None:
    thread = scene.thread("bob")
    placed = scene.reply("mallory", thread.tid, unnamed=True)
    scene.report("alice", placed, note="my note")
    mona, viewer = scene["mona"].browser, scene["mallory"].viewer
    for path in (scene.desk, scene.case().path):
        text = mona.get(path).text
        main = text[text.index("<main") :]
        assert "Unnamed" in main
        assert "Mallory" not in main
        assert 'class="av' not in main
        token = viewer.token(thread.tid)
        for secret in (viewer.pid, token, viewer.siblings[1]):
            assert secret.hex() not in text
            assert show_id(secret) not in text
        assert "Alice" not in main


def test_no_page_asks_more_than_six_questions(house: TestHouse, scene: Scene) -> None:
    thread = scene.thread()
    for number in range(3):
        placed = scene.reply("mallory", thread.tid, f"Reply {number}")
        scene.report("bob", placed, note="said")
        scene.report("alice", placed, note="said too")
    path = scene.case().path
    scene.decide(Act.HIDE)
    for who, address in (("mona", scene.desk), ("mona", path), ("bob", report_path(thread))):
        *_, trace = seen(house, scene[who], address)
        assert len(trace) <= 6, (address, trace)  # type: ignore[arg-type]


def test_a_form_that_lacks_its_reason_comes_back(scene: Scene) -> None:
    scene.report("bob", scene.thread())
    path, mona = scene.case().path, scene["mona"].browser
    back = mona.submit(path, path, act="1", words=" ")
    assert back.status == 422
    assert "A written reason is needed." in back.text
    assert back.form(path).fields["act"] == "1"
    back = mona.submit(path, path, words="Kept reason")
    assert "What to do has to be chosen." in back.text
    assert back.form(path).fields["words"].strip() == "Kept reason"


def test_a_late_decision_keeps_its_words(scene: Scene) -> None:
    scene.report("bob", scene.thread())
    case, mona = scene.case(), scene["mona"].browser
    sheet = mona.get(case.path).form(case.path)
    scene.decide(Act.KEEP)
    late = mona.post(case.path, {**sheet.fields, "act": "2", "words": "My long reason"})
    assert late.status == 409
    assert "Somebody else has decided" in late.text
    assert "My long reason" in late.text


def test_only_who_runs_the_place_sees_the_way_to_its_desk(scene: Scene) -> None:
    place = f"/c/{show_id(scene.cid)}"
    assert scene.desk in scene["mona"].browser.get(place).text
    for who in ("bob", "charlie"):
        assert scene.desk not in scene[who].browser.get(place).text
        assert "/care" not in scene[who].browser.get("/").text
