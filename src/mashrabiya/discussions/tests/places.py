"""Communities for tests in a whole house."""

from __future__ import annotations

from dataclasses import replace

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import free_name
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.kernel.viewer import HOST
from mashrabiya.testing.house import Person, TestHouse


def open_place(house: TestHouse, *people: Person, audience: Audience = Audience.SIGNED_IN) -> bytes:
    """A community in which these people are members; the first one runs it."""
    name = free_name(house.database, people[0].viewer, "Night kitchen")
    new = NewCommunity(name=name, language="en", audience=audience, agreements="Be kind.")
    first = replace(people[0].viewer, roles=frozenset({HOST}))
    with house.database.write() as uow:
        cid = communities.found(uow, first, new)
    for person in people[1:]:
        with house.database.write() as uow:
            communities.join(uow, person.viewer, cid)
    return cid
