"""Deciding on a reported persona at the house's desk, by its pages."""

from __future__ import annotations

import pytest

from mashrabiya.care import queries
from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.seeing import seen
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.care.types import Act, Place
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import Person, TestHouse


def reported(house: TestHouse, scene: Scene, carer: Person) -> str:
    """Bob reports Mallory's name; where the carer decides on it."""
    scene.thread("mallory")
    face = scene["mallory"].viewer.face
    assert face is not None
    path = f"/r/p/{face.pub}"
    assert scene["bob"].browser.submit(path, path, reason="1", note="On her page.").status == 303
    with house.database.read() as db:
        ((case,), _) = queries.queue(db, carer.viewer, Place())
    return case.path


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_is_excluded_and_taken_back_at_the_desk(house: TestHouse, language: str) -> None:
    scene, carer = Scene(house, language=language), a_carer(house)
    path = reported(house, scene, carer)
    cid = show_id(scene.cid)
    assert f'value="{cid}"' in carer.browser.get(path).text
    fields = {"act": str(int(Act.EXCLUDE)), "days": "30", "words": WORDS, "place": cid}
    assert carer.browser.submit(path, path, **fields).location == "/care"
    house.site.held.refresh()
    mallory = scene["mallory"].browser
    assert WORDS in mallory.get(f"/c/{cid}/y").text
    assert WORDS in mallory.get("/me/closed").text
    for who in ("bob", "mona", "alice"):
        assert scene[who].browser.get("/me/closed").status == 404
    # Those who run the place read it in their list, and that the house decided it.
    assert WORDS in scene["mona"].browser.get(scene.desk).text
    (undo,) = [form.action for form in carer.browser.get("/care").forms if form.action.startswith("/care/u/")]
    assert scene["mona"].browser.submit(scene.desk, undo).status == 403
    assert carer.browser.submit("/care", undo).status == 303
    house.site.held.refresh()
    assert mallory.get("/me/closed").status == 404


@pytest.mark.parametrize("place", ["", "nonsense", "../..", "0" * 16, "\u0661" * 16])
def test_without_a_community_the_form_comes_back(house: TestHouse, place: str) -> None:
    scene, carer = Scene(house), a_carer(house)
    path = reported(house, scene, carer)
    fields = {"act": str(int(Act.EXCLUDE)), "days": "30", "words": WORDS, "place": place}
    back = carer.browser.submit(path, path, **fields)
    assert back.status == 422
    assert WORDS in back.text
    assert "Excluding needs a community" in back.text


def test_it_asks_no_more_than_six_questions(house: TestHouse) -> None:
    scene, carer = Scene(house), a_carer(house)
    path = reported(house, scene, carer)
    *_, trace = seen(house, carer, path)
    assert len(trace) <= 6, trace  # type: ignore[arg-type]
