"""What a rule held, in a community's log."""

from __future__ import annotations

import pytest

from mashrabiya.care.commands.automatic import hold_for_rule
from mashrabiya.care.tests.desks import post_at
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.test_place_log import TOLD_DAYS, count, days_ago, log
from mashrabiya.communities.types import Audience
from mashrabiya.safety.types import Standing
from mashrabiya.testing.house import TestHouse


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "A post held by an automatic rule"), ("ar", "تأجيل ظهور مشاركة بقاعدة تلقائية")],
)
def test_what_a_rule_held_is_told_as_such(house: TestHouse, language: str, said: str) -> None:
    scene = Scene(house, Audience.PUBLIC)
    with days_ago(TOLD_DAYS):
        for _ in range(3):
            post = scene.thread("alice")
            with scene.house.database.write() as uow:
                hold_for_rule(Standing(sentence="Not told."), uow, scene.cid, post_at(uow, post))
    count(scene)
    told = log(scene, language=language)
    assert (told.count('class="row"'), said in told, "Not told." in told) == (1, True, False)
