"""The copy of what is hers tells of her invitation that is open, and for whom she vouches; of one persona only whom that one meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.communities import commands as communities
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.home.tests.test_copies import copied
from mashrabiya.kernel import clock
from mashrabiya.people import commands as people
from mashrabiya.people import queries
from mashrabiya.people.types import INVITED_DAYS, CopyOf, Grant
from mashrabiya.safety.trust import commands
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture(autouse=True)
def on_time() -> Iterator[None]:
    yield
    clock.offset = 0.0


def anew(alice: Person, of: CopyOf = CopyOf.PERSONA) -> tuple[str, dict[str, Any]]:
    """As if no copy had been asked for before."""
    assert alice.browser.submit("/me/copy", "/me/copy/no").status == 303
    return copied(alice, of)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_tells_what_she_gave(house: TestHouse, language: str) -> None:
    alice = with_role(house.person("Alice", language=language), Grant.TRUSTED)
    mallory = house.person("Mallory")
    bob, charlie = house.person("Bob"), house.person("Charlie")
    open_place(house, mallory, alice, bob)
    away = open_place(house, mallory, charlie)
    met, unmet = bob.viewer.pid, charlie.viewer.pid
    page, told = copied(alice)
    assert told["given"] == {"invitation_until": "", "vouched": [], "others": 0}
    with house.database.write() as uow:
        people.invite(uow, alice.viewer, house.keys)
        for one in (met, unmet):
            commands.vouch(uow, alice.viewer, one)
        invited = queries.find_invited(uow, alice.viewer, house.keys)
    until = clock.iso(clock.day() + INVITED_DAYS)
    page, told = anew(alice)
    assert told["given"] == {"invitation_until": until, "vouched": ["Bob"], "others": 0}
    assert [until in page, "Bob" in page, "Charlie" in page] == [True, True, False]
    assert invited is not None
    assert invited.code not in page, "whoever finds the file would come in by it"
    alice.new_persona("Zahra")
    with house.database.write() as uow:
        communities.join(uow, alice.viewer, away)
    alice.as_persona(0)
    _, told = anew(alice)
    assert told["given"]["vouched"] == ["Bob"], "whom another name of hers meets stands in the copy of all"
    _, told = anew(alice, CopyOf.TOGETHER)
    assert (told["given"]["vouched"], told["given"]["others"]) == (["Bob", "Charlie"], 0)
