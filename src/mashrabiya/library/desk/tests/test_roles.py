"""Who holds a role at the desk, who finds it, and who may do what there."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.library.desk import commands, queries
from mashrabiya.library.desk.tests.scene import EDITION, EN, Scene
from mashrabiya.library.guides.types import Role
from mashrabiya.platform import audit
from mashrabiya.testing.house import Person, TestHouse

GUIDE = "/y/d/{guide:str}"
PATHS = ["/y/d", "/y/d/s", "{at}", "{at}/w/en", "{at}/x/en", "{at}/en/1"]


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_whoever_holds_no_role_finds_no_desk(scene: Scene) -> None:
    missing = scene.mallory.browser.get("/y/d/" + show_id(new_id())).body
    for path in PATHS:
        found = scene.mallory.browser.get(path.format(at=scene.at))
        assert found.status == 404
        assert len(found.body) == len(missing)


def test_another_name_of_an_editor_finds_none_either(scene: Scene) -> None:
    scene.alice.new_persona("Shams")
    assert scene.alice.browser.get("/y/d").status == 404
    scene.alice.as_persona(0)
    assert scene.alice.browser.get("/y/d").status == 200


def test_posts_of_strangers_are_sent_to_nobody(scene: Scene) -> None:
    posts = [
        (f"{scene.at}/w/en", GUIDE + "/w/{lang:str}", {"text": EN, "seen": ""}),
        (f"{scene.at}/x/en", GUIDE + "/x/{lang:str}", {"block_0": EN}),
        (f"{scene.at}/en/1", EDITION, {"role": str(int(Role.LAWYER))}),
        (f"{scene.at}/en/1/m", EDITION + "/m", {"objection": "No."}),
        (f"{scene.at}/en/1/o", EDITION + "/o", {}),
        (scene.at, GUIDE, {"lang": "en", "wish": "drop"}),
        (f"{scene.at}/z", GUIDE + "/z", {"reason_en": "No."}),
        ("/y/d/s", "/y/d/s", {"source": "SRC", "says": "yes"}),
        ("/y/d/r", "/y/d/r", {"role": "1"}),
        ("/o/d", "/o/d", {"name": "Mallory", "role": "1", "term": "90"}),
    ]
    for path, route, fields in posts:
        assert scene.post(scene.mallory, path, route, **fields).status == 404, path
    assert scene.rows("desk_duty") == 4
    assert scene.rows("desk_hand") == 0


def test_a_visitor_is_asked_to_sign_in_and_finds_nothing_else(scene: Scene) -> None:
    assert scene.house.browser().get("/y/d").status in {303, 404}
    assert scene.house.browser().get("/o/d").status in {303, 404}


def test_hosts_give_and_take_and_the_log_names_nobody(scene: Scene) -> None:
    page = scene.mona.browser.submit(
        "/o/d", "/o/d", name="Mallory", role=str(int(Role.FAITH)), term="90", wish="give"
    )
    assert page.status == 303
    assert scene.mallory.browser.get("/y/d").status == 200
    scene.post(scene.mona, "/o/d", "/o/d", name="Mallory", role=str(int(Role.FAITH)), wish="end")
    assert scene.mallory.browser.get("/y/d").status == 404
    with scene.house.database.read() as db:
        said = [kept.entry.action for kept in audit.entries(db, before=1 << 40, most=9)]
    assert said[:2] == ["desk:role_ended", "desk:role_given"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "Nobody At All"}, "No persona has this name."),
        ({"role": "14"}, "Choose a role."),
        ({"role": "99"}, "Choose a role."),
        ({"term": "4000"}, "Choose a term."),
    ],
)
def test_what_cannot_be_given_comes_back_as_typed(scene: Scene, fields: dict[str, str], words: str) -> None:
    given = {"name": "Mallory", "role": "8", "term": "90", "wish": "give", **fields}
    page = scene.post(scene.mona, "/o/d", "/o/d", **given)
    assert page.status == 422
    assert words in page.text
    assert given["name"] in page.text


def test_a_role_ends_with_its_day(scene: Scene) -> None:
    scene.give(scene.mallory, Role.FAITH, days=90)
    with scene.house.database.read() as db:
        viewer = scene.mallory.viewer
        assert queries.find_desk(db, viewer).duties
        clock.offset += 91 * clock.DAY
        assert not queries.find_desk(db, viewer).duties


def test_holders_are_shown_to_hosts_only(scene: Scene) -> None:
    assert "Bob" in scene.text(scene.mona, "/o/d")
    scene.read(scene.bob, Role.LAWYER)
    for path in ("/y/d", scene.at, f"{scene.at}/en/1"):
        assert "Bob" not in scene.text(scene.alice, path)
    assert scene.alice.browser.get("/o/d").status == 404


def test_a_role_is_laid_down_and_goes_with_its_persona(scene: Scene) -> None:
    scene.bob.browser.submit("/y/d", "/y/d/r")
    assert scene.bob.browser.get("/y/d").status == 404
    with scene.house.database.write() as uow:
        commands.forget_person(uow, scene.rana.viewer.pid)
        commands.forget_person(uow, scene.rana.viewer.pid)
    assert scene.rana.browser.get("/y/d").status == 404
    assert scene.rows("desk_duty") == 2


def reads(scene: Scene, who: Person, role: Role) -> str:
    page = scene.read(who, role)
    return "" if page.status == 303 else page.text


def test_nobody_reads_what_she_wrote_under_any_name(scene: Scene) -> None:
    scene.write(EN + "- More?\n")
    scene.alice.new_persona("Shams")
    scene.give(scene.alice, Role.LAWYER)
    page = scene.read(scene.alice, Role.LAWYER, n=2)
    assert page.status == 422
    assert "under one of your names" in page.text


def test_nobody_reads_her_own_words_in_a_later_edition_that_another_touched(scene: Scene) -> None:
    """Until others have read them: then what is new in it is another's."""
    scene.write(EN.replace("Breathe", "Please breathe"))
    scene.put_out()
    scene.write(EN.replace("Breathe", "Please, breathe"), who=scene.charlie)
    scene.alice.new_persona("Shams")
    scene.give(scene.alice, Role.LAWYER)
    page = scene.read(scene.alice, Role.LAWYER, n=3)
    assert page.status == 422
    assert "in an earlier edition" in page.text
    assert "in an earlier edition" in scene.text(scene.alice, f"{scene.at}/en/3")
    scene.read(scene.bob, Role.LAWYER, n=2)
    scene.read(scene.rana, Role.COMMUNITY, n=2)
    assert scene.read(scene.alice, Role.LAWYER, n=3).status == 303


def test_what_a_doubted_reader_read_counts_no_more(scene: Scene) -> None:
    """Whose reading it was stays unknown: hosts let all of that language be read again, others cannot."""
    scene.review()
    scene.post(scene.mona, "/o/d", "/o/d", name="Bob", role=str(int(Role.LAWYER)), wish="end")
    assert scene.state().code == "reviewed"
    assert scene.post(scene.charlie, scene.at, GUIDE, lang="en", wish="anew").status == 422
    assert scene.state().code == "reviewed"
    for _ in range(2):
        assert scene.post(scene.mona, scene.at, GUIDE, lang="en", wish="anew").status == 303
    assert scene.state().code == "first"
    assert not scene.volume.guide.checked_day
    assert scene.rows("desk_hand") == 2
    assert "Have it read again" in scene.text(scene.mona, scene.at)
    assert "Have it read again" not in scene.text(scene.charlie, scene.at)


def test_a_press_without_a_wish_does_nothing(scene: Scene) -> None:
    scene.write(EN + "- More?\n")
    assert scene.post(scene.alice, scene.at, GUIDE, lang="en", wish="burn").status == 404
    assert scene.post(scene.alice, scene.at, GUIDE, lang="en").status == 404


def test_one_person_does_not_stand_for_two_roles(scene: Scene) -> None:
    assert not reads(scene, scene.bob, Role.LAWYER)
    scene.give(scene.bob, Role.COMMUNITY)
    assert "someone else" in reads(scene, scene.bob, Role.COMMUNITY)
    scene.bob.new_persona("Wave")
    scene.give(scene.bob, Role.COMMUNITY)
    assert "someone else" in reads(scene, scene.bob, Role.COMMUNITY)
    assert (
        len(scene.volume.hands_of(scene.volume.lines[0])) + len(scene.volume.hands_of(scene.volume.lines[1]))
        == 1
    )


def test_a_role_that_is_not_hers_or_not_asked_for_reads_nothing(scene: Scene) -> None:
    assert "does not ask" in reads(scene, scene.mallory, Role.LAWYER) or scene.rows("desk_hand") == 0
    assert "does not ask" in reads(scene, scene.bob, Role.FAITH)
    assert scene.read(scene.bob, Role.LAWYER, n=9).status == 404
    assert scene.rows("desk_hand") == 0


def test_read_twice_is_once_and_can_be_taken_back(scene: Scene) -> None:
    scene.read(scene.bob, Role.LAWYER)
    scene.read(scene.bob, Role.LAWYER)
    assert scene.rows("desk_hand") == 1
    scene.bob.browser.submit(f"{scene.at}/en/1", f"{scene.at}/en/1", wish="back")
    assert scene.rows("desk_hand") == 0


def test_where_one_role_is_asked_for_an_editor_is_the_other(house: TestHouse) -> None:
    scene = Scene(house, reviewers="lawyer")
    for lang in ("ar", "en"):
        scene.read(scene.bob, Role.LAWYER, lang)
    assert scene.state().code == "first"
    for lang in ("ar", "en"):
        scene.read(scene.alice, Role.EDITOR, lang)
    assert scene.state().code == "reviewed"


def test_translators_write_and_do_not_put_out(scene: Scene) -> None:
    assert scene.write(EN + "- More?\n", who=scene.charlie).status == 303
    page = scene.post(scene.charlie, f"{scene.at}/en/2/o", EDITION + "/o")
    assert page.status == 422
    assert "Editors do this." in page.text
    assert scene.post(scene.bob, f"{scene.at}/w/en", GUIDE + "/w/{lang:str}", text=EN).status == 403
