"""Pictures in what was reported: looked at from its own desk, and from nowhere else."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.types import Act
from mashrabiya.discussions.tests.test_pictures import PNG, bring, shown
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import statements
from mashrabiya.safety.types import Reason
from mashrabiya.testing.house import TestHouse


def test_a_picture_is_judged_at_the_desk_while_it_is_hidden(house: TestHouse) -> None:
    scene = Scene(house)
    thread = scene.thread("mallory")
    assert bring(scene["mallory"], thread.address, PNG, alt_1="A door").status == 303
    (address,) = shown(scene["bob"].browser.get(thread.address))
    scene.report("bob", Placed(thread.tid, 2))
    path = scene.case().path
    at_desk = f"{path}{address.replace('small', 'large')}"
    assert at_desk in scene["mona"].browser.get(path).text
    scene.decide(Act.HIDE)
    for who, status in (("mona", 200), ("bob", 404), ("charlie", 404), ("mallory", 404)):
        assert scene[who].browser.get(at_desk).status == status, who
    assert scene["mona"].browser.get(address).status == 404
    assert scene["mallory"].browser.get(address).status == 200
    own = scene["mallory"].browser.get(f"{thread.address}/y/2")
    assert shown(own) == [address]


def test_only_pictures_of_that_case_are_served_there(house: TestHouse) -> None:
    scene = Scene(house)
    thread = scene.thread("mallory")
    bring(scene["mallory"], thread.address, PNG)
    (address,) = shown(scene["bob"].browser.get(thread.address))
    scene.report("bob", thread)
    assert scene["mona"].browser.get(f"{scene.case().path}{address}").status == 404


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The pictures stay closed."), ("ar", "تبقى الصور مغلقة.")]
)
def test_where_a_child_may_be_in_danger_nobody_opens_a_picture(
    house: TestHouse, language: str, said: str
) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread("mallory")
    bring(scene["mallory"], thread.address, PNG, alt_1="A door")
    (address,) = shown(scene["bob"].browser.get(thread.address))
    scene.report("alice", Placed(thread.tid, 2), Reason.SPAM)
    path, mona = scene.case().path, scene["mona"].browser
    at_desk = f"{path}{address.replace('small', 'large')}"
    assert mona.get(at_desk).status == 200
    assert said not in mona.get(path).text
    scene.report("bob", Placed(thread.tid, 2), Reason.MINOR)
    path = scene.case().path
    for which in (at_desk, f"{path}{address}"):
        assert mona.get(which).status == 404
    text = mona.get(path).text
    assert said in text
    assert address.rpartition("/")[2].partition(".")[0] not in text
    assert statements(scene["mona"], path) <= 6
