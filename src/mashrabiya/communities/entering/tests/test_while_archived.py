"""Nobody comes into an archived place, whichever way leads there; what was asked is still answered."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands
from mashrabiya.communities.entering.tests.scene import Scene
from mashrabiya.communities.entering.tests.test_inviting import make, opened
from mashrabiya.communities.types import Entry
from mashrabiya.testing.house import TestHouse


def archive(scene: Scene) -> None:
    with scene.house.database.write() as uow:
        commands.archive(uow, scene.mona.viewer, scene.cid, on=True)


@pytest.mark.parametrize("entry", list(Entry))
def test_nobody_asks_or_joins(house: TestHouse, entry: Entry) -> None:
    scene = Scene(house, entry)
    archive(scene)
    text = scene.text(scene.alice)
    assert f'action="{scene.path}/in"' not in text
    for path, route in (("/in", "/c/{cid:str}/in"), ("/ask", "/c/{cid:str}/ask")):
        scene.post(scene.alice, scene.path + path, route, answer_1="So.")
    assert not scene.belongs(scene.alice)
    assert scene.rows("asking") == 0


def test_whoever_asked_before_is_not_let_in(house: TestHouse) -> None:
    scene = Scene(house)
    scene.ask(scene.alice)
    archive(scene)
    assert 'value="in"' not in scene.text(scene.mona, f"{scene.path}/asked")
    scene.decide("in")
    assert not scene.belongs(scene.alice)
    assert scene.rows("asking") == 1, "what she wrote is not lost"
    assert scene.decide("no").status == 303


def test_a_link_says_so(house: TestHouse) -> None:
    scene = Scene(house, Entry.INVITE)
    code = make(scene, scene.mona)
    archive(scene)
    assert "archived" in opened(scene.alice, code).text
    assert scene.rows("place_invitation") == 1
    assert not scene.belongs(scene.alice)
