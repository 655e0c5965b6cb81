"""Writing: faults by line, conflicts, side by side, what lags, what a later shelf says."""

from __future__ import annotations

import re

import pytest

from mashrabiya.library.desk import queries
from mashrabiya.library.desk.tests.scene import AR, EN, Scene
from mashrabiya.library.desk.types import TEXT_LIMIT
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.types import NewEdition, Role
from mashrabiya.testing.house import TestHouse

LATER = EN.replace("Walk to the door.", "Walk slowly to the door.")
WRITE = "/y/d/{guide:str}/w/{lang:str}"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_a_text_with_faults_is_kept_and_says_its_lines(scene: Scene) -> None:
    broken = EN.replace("[SRC]", "[NOT-THERE]").replace("## unknown:", "## unknwon:")
    assert scene.write(broken).status == 303
    said = scene.text(scene.alice, f"{scene.at}/w/en?saved=1")
    assert "Kept as a draft" in said
    assert re.search(r"Line <bdi>9</bdi>:", said)
    assert "[NOT-THERE]" in said
    page = scene.put_out()
    assert page.status == 422
    assert "not in order yet" in page.text
    assert scene.volume.draft("en") is not None


@pytest.mark.parametrize("text", ["", "   \n ", "x" * (TEXT_LIMIT + 1)])
def test_nothing_and_too_much_come_back(scene: Scene, text: str) -> None:
    page = scene.write(text)
    assert page.status == 422
    assert scene.volume.draft("en") is None


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "# \u202e{{ 7*7 }}\n\x00", "\u200f" * 40, "## : \n###"]
)
def test_hostile_texts_are_kept_as_text(scene: Scene, text: str) -> None:
    page = scene.write(text)
    assert page.status in {303, 422}
    for path in (f"{scene.at}/w/en", scene.at, f"{scene.at}/x/en", f"{scene.at}/x/ar"):
        found = scene.alice.browser.get(path)
        assert found.status == 200
        assert "<script>alert" not in found.text


def test_what_turns_the_order_of_words_is_left_out(scene: Scene) -> None:
    """Else "do not go" reads as something else, in a guide or in the reason why one is gone."""
    turned = "Do \u202enot\u202c go."
    scene.write(EN.replace("Walk to the door.", turned))
    scene.put_out()
    visitor = scene.house.browser()
    page = f"/y/{scene.shown}/x"
    visitor.submit(page, page, what="1", step="0", text=turned)
    scene.bob.browser.submit(f"{scene.at}/en/2", f"{scene.at}/en/2/m", objection=turned)
    for text in (
        visitor.get(f"/y/{scene.shown}").text,
        scene.text(scene.alice, "/y/d"),
        scene.text(scene.alice, f"{scene.at}/w/en"),
    ):
        assert "Do not go." in text
        assert "\u202e" not in text
    scene.alice.browser.submit(scene.at, f"{scene.at}/z", wish="withdraw", reason_en=turned)
    gone = visitor.get(f"/y/{scene.shown}").text
    assert "Do not go." in gone
    assert "\u202e" not in gone


def test_sent_twice_it_is_one_draft(scene: Scene) -> None:
    sheet = scene.alice.browser.get(f"{scene.at}/w/en").form(f"{scene.at}/w/en")
    for _ in range(2):
        page = scene.alice.browser.post(f"{scene.at}/w/en", {**sheet.fields, "text": LATER})
        assert page.status == 303
    assert [line.n for line in scene.volume.lines if line.lang == "en"] == [2, 1]


def test_who_was_slower_loses_nothing_and_overwrites_knowingly(scene: Scene) -> None:
    page = f"{scene.at}/w/en"
    sheet = scene.charlie.browser.get(page).form(page)
    scene.write(LATER)
    mine = EN.replace("Breathe slowly.", "Breathe out.")
    answer = scene.charlie.browser.post(page, {**sheet.fields, "text": mine})
    assert answer.status == 409
    assert "Somebody else changed this text" in answer.text
    assert "Breathe out." in answer.text
    assert "slowly" in answer.text
    again = answer.form(page)
    assert again.fields["text"].strip() == mine.strip()
    assert scene.charlie.browser.post(page, again.fields).status == 303


def test_what_somebody_else_writes_meanwhile_is_not_put_out(scene: Scene) -> None:
    scene.write(LATER)
    page = f"{scene.at}/en/2"
    sheet = scene.alice.browser.get(page).form(f"{page}/o")
    scene.write(LATER + "- And?\n", who=scene.charlie)
    answer = scene.alice.browser.post(f"{page}/o", sheet.fields)
    assert answer.status == 422
    assert "Somebody else changed this text" in answer.text


def test_a_correction_marks_the_other_language_until_it_follows(scene: Scene) -> None:
    scene.write(LATER)
    scene.put_out(step="ahead")
    assert scene.volume.lags("ar")
    assert not scene.volume.lags("en")
    assert "Changed since in the other language" in scene.text(scene.charlie, scene.at)
    beside = scene.text(scene.charlie, f"{scene.at}/x/ar")
    assert "<ins>slowly</ins>" in beside.replace("<ins> slowly</ins>", "<ins>slowly</ins>").replace(
        "slowly </ins>", "slowly</ins>"
    )
    assert beside.count("Changed since") == 1
    fields = dict(scene.charlie.browser.get(f"{scene.at}/x/ar").form(f"{scene.at}/x/ar").fields)
    walk = next(name for name, text in fields.items() if "المشي إلى الباب" in text)
    fields[walk] = fields[walk].replace("المشي", "المشي بهدوء")
    assert scene.charlie.browser.post(f"{scene.at}/x/ar", fields).status == 303
    draft = scene.volume.draft("ar")
    assert draft is not None
    assert (draft.of_lang, draft.of_n) == ("en", 2)
    scene.put_out("ar", 2)
    assert not scene.volume.lags("ar")
    assert not scene.volume.lags("en")


def test_a_wording_that_changes_nothing_elsewhere(scene: Scene) -> None:
    scene.write(AR.replace("تنفّس بطيء", "تنفّس هادئ"), "ar")
    scene.put_out("ar", 2, step="ahead")
    assert scene.volume.lags("en")
    scene.alice.browser.submit(scene.at, scene.at, lang="en", wish="agree")
    assert not scene.volume.lags("en")
    assert not scene.volume.lags("ar")


def test_a_text_in_too_many_blocks_is_not_written_side_by_side(scene: Scene) -> None:
    """The form would keep the first eighty and lose the rest."""
    scene.write(EN + "".join(f"\n### Step {n}\nStill here.\n" for n in range(90)))
    page = scene.alice.browser.get(f"{scene.at}/x/en")
    assert page.status == 303
    assert page.location == f"{scene.at}/w/en"


def test_side_by_side_nothing_changed_gives_the_same_text(scene: Scene) -> None:
    page = f"{scene.at}/x/en"
    fields = scene.alice.browser.get(page).form(page).fields
    scene.alice.browser.post(page, fields)
    now = scene.volume.draft("en")
    if now is not None:
        with scene.house.database.read() as db:
            kept = queries.find_edition(db, now)
        assert kept is not None
        assert kept.text.split() == EN.split()


def test_history_compares_two_editions(scene: Scene) -> None:
    scene.write(LATER)
    scene.put_out()
    said = scene.text(scene.bob, f"{scene.at}/en/2")
    assert "Compared with edition <bdi>1</bdi>." in said
    assert "<ins>" in said
    assert "<del>" not in said
    assert "The first edition" in scene.text(scene.bob, f"{scene.at}/en/1")


def test_what_a_later_shelf_says_waits_and_is_taken_or_left(scene: Scene) -> None:
    with scene.house.database.write() as uow:
        guides.add_edition(uow, scene.gid, NewEdition("en", LATER, Role.SHELF))
    assert "Proposed by a newer version" in scene.text(scene.alice, "/y/d")
    assert scene.volume.published("en").n == 1  # type: ignore[union-attr]
    scene.alice.browser.submit(scene.at, scene.at, lang="en", wish="take")
    assert scene.volume.proposed("en") is None
    assert scene.volume.draft("en") is not None
    with scene.house.database.write() as uow:
        guides.add_edition(uow, scene.gid, NewEdition("en", LATER + "- More?\n", Role.SHELF))
    page = scene.alice.browser.submit(scene.at, scene.at, lang="en", wish="take")
    assert page.status == 422
    scene.alice.browser.submit(scene.at, scene.at, lang="en", wish="leave")
    assert scene.volume.proposed("en") is None


def test_a_draft_is_dropped_with_its_hands(scene: Scene) -> None:
    scene.write(LATER)
    assert scene.rows("desk_hand") == 1
    scene.alice.browser.submit(scene.at, scene.at, lang="en", wish="drop")
    assert scene.volume.draft("en") is None
    assert scene.rows("desk_hand") == 0


def test_an_address_that_is_none(scene: Scene) -> None:
    for path in ("/w/fr", "/x/fr", "/fr/1", "/en/0", "/en/x", "/en/99999999"):
        assert scene.alice.browser.get(scene.at + path).status == 404, path


def test_a_phone_number_is_shown_before_it_is_kept(scene: Scene) -> None:
    page = scene.write(LATER + "\nCall +961 3 123 456 now.\n")
    assert page.status == 422
    assert "+961 3 123 456" in page.text
    assert scene.volume.draft("en") is None


BEGUN = {
    "title": "A made-up title",
    "lang": "en",
    "topic": "2",
    "kind": "1",
    "months": "6",
    "tick_reader_5": "1",
}


def test_a_guide_is_begun_with_a_draft_alone(scene: Scene) -> None:
    sheet = scene.alice.browser.get("/y/d/new").form("/y/d/new")
    fields = {**sheet.fields, **BEGUN, "tick_reader_2": "1", "tick_note_arrest": "1"}
    page = scene.alice.browser.post("/y/d/new", fields)
    assert page.status == 303
    assert scene.alice.browser.post("/y/d/new", fields).location == page.location
    assert scene.rows("guide") == 2
    said = scene.text(scene.alice, page.location)
    assert "# A made-up title" in said
    assert "have to change before it can be put out" in said
    assert "A made-up title" not in scene.house.browser().get("/y").text
    assert "A made-up title" in scene.text(scene.bob, "/y/d")


def test_a_guide_without_two_readers_is_not_begun(scene: Scene) -> None:
    page = scene.alice.browser.submit("/y/d/new", "/y/d/new", **BEGUN)
    assert page.status == 422
    assert "Two roles at least" in page.text
    assert "A made-up title" in page.text
    assert scene.rows("guide") == 1
    assert scene.bob.browser.get("/y/d/new").status == 403
    assert scene.mallory.browser.get("/y/d/new").status == 404
