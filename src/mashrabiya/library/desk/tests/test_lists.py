"""What waits: what readers find wrong, sources, what hosts are told, what stands where a guide was."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.desk import queries
from mashrabiya.library.desk.tests.scene import EDITION, Scene
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.types import NewWrong, Wrong
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def found_wrong(scene: Scene) -> str:
    with scene.house.database.write() as uow:
        new = NewWrong(what=int(Wrong.FACT), step=1, text="The report is older.", submission="")
        guides.doubt(uow, scene.mallory.viewer, scene.gid, new, lang="en")
    with scene.house.database.read() as db:
        return f"/y/d/m/{show_id(queries.open_reports(db)[0].id)}"


def test_what_a_reader_found_wrong_is_answered_once(scene: Scene) -> None:
    path = found_wrong(scene)
    assert "The report is older." in scene.text(scene.alice, "/y/d")
    assert scene.alice.browser.submit(path, path, answer="").status == 422
    assert scene.alice.browser.submit(path, path, answer="x" * 1001).status == 422
    sheet = scene.alice.browser.get(path).form(path)
    for _ in range(2):
        assert (
            scene.alice.browser.post(path, {**sheet.fields, "answer": "The year was mended."}).status == 303
        )
    assert "The year was mended." in scene.text(scene.alice, path)
    assert "The report is older." not in scene.text(scene.alice, "/y/d")
    assert scene.rows("desk_answer") == 1


def test_who_reads_for_the_house_does_not_answer(scene: Scene) -> None:
    path = found_wrong(scene)
    assert "Answer and close" not in scene.text(scene.bob, path)
    assert scene.post(scene.bob, path, "/y/d/m/{wrong:str}", answer="No.").status == 403
    assert scene.mallory.browser.get(path).status == 404


def test_who_reads_says_what_has_to_change_first(scene: Scene) -> None:
    at = f"{scene.at}/en/1"
    assert scene.bob.browser.submit(at, f"{at}/m", objection="").status == 422
    sheet = scene.bob.browser.get(at).form(f"{at}/m")
    for _ in range(2):
        scene.bob.browser.post(f"{at}/m", {**sheet.fields, "objection": "The law is another one now."})
    assert scene.rows("guide_wrong") == 1
    assert "The law is another one now." in scene.text(scene.alice, "/y/d")
    assert scene.post(scene.bob, f"{scene.at}/en/7/m", EDITION + "/m", objection="No.").status == 404


def test_a_source_is_opened_by_a_person(scene: Scene) -> None:
    assert "Nobody here has opened it" in scene.text(scene.alice, "/y/d/s")
    scene.alice.browser.submit("/y/d/s", "/y/d/s", says="yes")
    said = scene.text(scene.alice, "/y/d/s")
    assert clock.iso(clock.day()) in said
    assert "Nobody here has opened it" not in said
    scene.mona.browser.submit("/y/d/s", "/y/d/s", says="gone")
    assert "is not there" in scene.text(scene.alice, "/y/d/s")
    assert "1 source is broken" in scene.text(scene.mona, "/o")


def test_what_a_source_says_is_said_by_editors_and_hosts(scene: Scene) -> None:
    assert scene.post(scene.bob, "/y/d/s", "/y/d/s", source="SRC", says="yes").status == 403
    assert scene.post(scene.alice, "/y/d/s", "/y/d/s", source="NONE", says="yes").status == 404
    page = scene.post(scene.alice, "/y/d/s", "/y/d/s", source="SRC", says="perhaps")
    assert page.status == 422


def test_hosts_are_told_before_something_is_due(scene: Scene) -> None:
    scene.review()
    assert "due" not in scene.text(scene.mona, "/o")
    with scene.house.database.write() as uow:
        guides.change_guide(uow, scene.volume.guide, next_day=clock.day() + 5)
    assert "1 guide is due within 30 days" in scene.text(scene.mona, "/o")
    assert "Due soon" in scene.text(scene.mona, "/y/d")
    with scene.house.database.write() as uow:
        guides.change_guide(uow, scene.volume.guide, next_day=clock.day() - 1)
    assert "1 guide is due" in scene.text(scene.mona, "/o")


def test_where_a_guide_was_its_reason_stands_for_everybody(scene: Scene) -> None:
    scene.house.site.held.refresh()
    at, visitor = f"/y/{scene.shown}", scene.house.browser()
    assert visitor.get(at).status == 200
    scene.alice.browser.submit(scene.at, f"{scene.at}/z", reason_en="A law changed.", reason_ar="تغيّر قانون.")
    found = visitor.get(at)
    assert found.status == 200
    assert "A law changed." in found.text
    assert "Sit down" not in found.text
    assert "تغيّر قانون." in scene.house.browser("ar").get(at).text
    with scene.house.database.write() as uow:
        guides.change_guide(uow, scene.volume.guide, open=0)
    assert visitor.get(at).status == 404


def test_a_reason_that_is_too_long_comes_back(scene: Scene) -> None:
    page = scene.post(scene.alice, f"{scene.at}/z", "/y/d/{guide:str}/z", reason_en="x" * 601)
    assert page.status == 422
    assert "x" * 601 in page.text
    assert scene.post(scene.bob, f"{scene.at}/z", "/y/d/{guide:str}/z", reason_en="No.").status == 403


def test_the_librarys_front_page_leads_to_the_desk_whoever_finds_it(scene: Scene) -> None:
    assert 'href="/y/d"' in scene.text(scene.bob, "/y")
    assert 'href="/y/d"' not in scene.text(scene.mallory, "/y")
    assert 'href="/y/d"' not in scene.house.browser().get("/y").text


@pytest.mark.parametrize("path", ["/y/d", "/y/d/s", "{at}", "{at}/w/en", "{at}/x/en", "{at}/en/1", "/o/d"])
def test_pages_cost_few_statements_in_both_languages(scene: Scene, path: str) -> None:
    for lang in ("en", "ar"):
        scene.house.database.trace = []
        who = scene.mona if path == "/o/d" else scene.alice
        assert who.browser.get(f"{path.format(at=scene.at)}?lang={lang}").status == 200
        assert len(scene.house.database.trace) <= 6
        scene.house.database.trace = None
