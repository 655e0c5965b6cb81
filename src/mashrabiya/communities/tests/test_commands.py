"""What changes a community."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    MALLORY,
    MONA,
    found,
    join,
    without_persona,
)
from mashrabiya.communities.types import Audience, NewCommunity, Role
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform.db import Database

NEW = NewCommunity(name="Balcony plants", about="Mint.", language="en")


def test_who_founds_runs(database: Database) -> None:
    with database.write() as uow:
        cid = commands.found(uow, MONA, NEW)
    with database.read() as db:
        facts = queries.get_community(db, MONA, cid)
    assert (facts.name, facts.role, facts.audience) == ("Balcony plants", Role.HOST, Audience.SIGNED_IN)
    assert facts.retention_days == 365
    assert len(facts.seed) == 8


def test_founding_is_for_hosts_of_the_house(database: Database) -> None:
    with database.write() as uow, pytest.raises(NotFound):
        commands.found(uow, ALICE, NEW)


def test_joining_twice_is_once(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    join(database, BOB, cid)
    with database.read() as db:
        assert [card.id for card in queries.my_communities(db, BOB)] == [cid]


def test_who_runs_it_does_not_lose_that_by_joining(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, MONA, cid)
    with database.read() as db:
        assert queries.get_community(db, MONA, cid).hosts


def test_joining_needs_a_persona(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    with database.write() as uow, pytest.raises(Refused, match=r"community\.no_persona"):
        commands.join(uow, without_persona(BOB), cid)


@pytest.mark.parametrize("hidden", [True, False])
def test_hidden_and_made_up_are_joined_alike(database: Database, hidden: bool) -> None:
    cid = found(database, Audience.HIDDEN) if hidden else new_id()
    with database.write() as uow, pytest.raises(NotFound):
        commands.join(uow, MALLORY, cid)


def test_leaving_ends_membership(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    with database.write() as uow:
        commands.leave(uow, BOB, cid)
    with database.read() as db:
        assert not queries.get_community(db, BOB, cid).kin_belongs


def test_who_runs_it_cannot_leave(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    with database.write() as uow, pytest.raises(Refused, match="host_stays"):
        commands.leave(uow, MONA, cid)


def test_a_member_does_not_edit(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    with database.write() as uow, pytest.raises(NotFound):
        commands.edit(uow, BOB, cid, NEW)


def test_editing_changes_words_and_doors(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    changed = NewCommunity(name="Roof plants", audience=Audience.PUBLIC, retention_days=90)
    with database.write() as uow:
        commands.edit(uow, MONA, cid, changed)
    with database.read() as db:
        facts = queries.get_community(db, BOB, cid)
    assert (facts.name, facts.audience, facts.retention_days) == ("Roof plants", Audience.PUBLIC, 90)


def test_a_deleted_persona_is_a_member_nowhere(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    for _ in range(2):
        with database.write() as uow:
            commands.forget_persona(uow, BOB.pid)
    with database.read() as db:
        assert queries.my_communities(db, BOB) == []
