"""What follows from facts told elsewhere."""

from __future__ import annotations

from mashrabiya.communities import queries
from mashrabiya.communities.listeners import forget_member
from mashrabiya.communities.tests.factories import BOB, found, join
from mashrabiya.communities.types import Audience
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Database


def test_an_erased_persona_is_a_member_nowhere_told_twice(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    for _ in range(2):
        with database.write() as uow:
            forget_member(uow, PersonaErased(BOB.pid))
    with database.read() as db:
        assert queries.my_communities(db, BOB) == []
