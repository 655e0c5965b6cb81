"""What was done with a thread that was moved: those who care for it where it stands now take it back."""

from __future__ import annotations

import pytest

from mashrabiya.care.commands import undo
from mashrabiya.care.tests.tending import back, decisions, tend
from mashrabiya.care.tests.test_moving import two_places
from mashrabiya.care.types import Act
from mashrabiya.communities.commands.marks import give_role
from mashrabiya.communities.types import Asked, Role
from mashrabiya.kernel.errors import Refused
from mashrabiya.testing.house import TestHouse


def test_what_was_done_with_it_is_taken_back_where_it_stands_now(house: TestHouse) -> None:
    both = two_places(house)
    scene = both.scene
    alice, charlie = scene["alice"].viewer.pid, scene["charlie"].viewer.pid
    with scene.house.database.write() as uow:
        give_role(uow, scene.cid, alice, Asked(Role.CARER, 0))
        give_role(uow, both.there, charlie, Asked(Role.CARER, 0))
    thread = scene.thread("bob")
    assert tend(scene, thread, Act.SHUT, "alice").status == 303
    shut = decisions(scene, thread)[0]
    assert both.move(thread) == 303
    with scene.house.database.write() as uow, pytest.raises(Refused) as refused:
        undo(uow, scene["alice"].viewer, shut.id)
    assert refused.value.why == "tend.moved_on"
    assert back(scene, thread, Act.SHUT, "charlie").status == 303
    assert [one.stands for one in decisions(scene, thread) if one.act == Act.SHUT] == [False]
