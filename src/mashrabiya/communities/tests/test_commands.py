"""What changes a community."""

from __future__ import annotations

import msgspec
import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    MALLORY,
    MONA,
    found,
    join,
    other_persona,
    without_persona,
)
from mashrabiya.communities.types import Audience, CommunityCard, NewCommunity, Role, Topic
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import house, submissions
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


def open_house(database: Database) -> None:
    with database.write() as uow:
        house.save(uow, open=True)


def try_to_found(database: Database, viewer: Viewer, name: str = NEW.name, **more: str) -> bytes:
    with database.write() as uow:
        return commands.found(uow, viewer, msgspec.structs.replace(NEW, name=name, **more))


def test_before_the_house_is_open_its_hosts_alone_found(database: Database) -> None:
    with pytest.raises(NotFound):
        try_to_found(database, ALICE)


def test_in_an_open_house_any_persona_founds_and_runs(database: Database) -> None:
    open_house(database)
    cid = try_to_found(database, ALICE)
    with database.read() as db:
        assert queries.get_community(db, ALICE, cid).hosts
        assert not queries.get_community(db, MONA, cid).belongs


def test_a_persona_runs_three_at_most_and_another_of_hers_may(database: Database) -> None:
    open_house(database)
    for number in range(3):
        try_to_found(database, ALICE, f"Place {number}")
    with pytest.raises(Refused, match=r"community\.runs_enough"):
        try_to_found(database, ALICE, "Place 3")
    assert try_to_found(database, other_persona(ALICE), "Place 3")


@pytest.mark.parametrize(
    "name", ["Balcony plants", "BALCONY  plants", "Balc\u00f3ny plants", "Ba1cony p1ants"]
)
def test_a_name_like_one_that_is_there_is_refused_and_says_which(database: Database, name: str) -> None:
    cid = try_to_found(database, MONA)
    with pytest.raises(Invalid) as refused:
        try_to_found(database, MONA, name)
    assert refused.value.fields == {"name": "community.name_taken"}
    namesake = refused.value.values["namesake"]
    assert isinstance(namesake, CommunityCard)
    assert namesake.id == cid


@pytest.mark.parametrize("audience", list(Audience))
def test_a_name_is_taken_only_where_the_founder_may_know(database: Database, audience: Audience) -> None:
    open_house(database)
    cid = try_to_found(database, MONA)
    with database.write() as uow:
        commands.edit(uow, MONA, cid, msgspec.structs.replace(NEW, audience=audience))
    if audience == Audience.HIDDEN:
        assert try_to_found(database, ALICE) != cid
        return
    with pytest.raises(Invalid):
        try_to_found(database, ALICE)


def test_editing_keeps_its_own_name_and_takes_no_other(database: Database) -> None:
    cid = try_to_found(database, MONA)
    try_to_found(database, MONA, "Roof plants")
    with database.write() as uow:
        commands.edit(uow, MONA, cid, msgspec.structs.replace(NEW, name="Balcony Plants"))
    with database.write() as uow, pytest.raises(Invalid, match="name_taken"):
        commands.edit(uow, MONA, cid, msgspec.structs.replace(NEW, name="roof plants"))


FORM = "ab" * 16


def test_founding_sent_twice_is_once_even_with_all_three_founded(database: Database) -> None:
    open_house(database)
    made = [try_to_found(database, ALICE, f"Place {number}", submission=FORM) for number in (0, 1, 2, 2)]
    assert made[2] == made[3]
    assert len(set(made)) == 3


def test_an_edit_sent_again_does_not_undo_what_came_after(database: Database) -> None:
    cid = try_to_found(database, MONA)
    first = msgspec.structs.replace(NEW, about="First.", submission=FORM)
    second = msgspec.structs.replace(NEW, about="Second.", submission="cd" * 16)
    for change in (first, second, first):
        with database.write() as uow:
            commands.edit(uow, MONA, cid, change)
    with database.read() as db:
        assert queries.get_community(db, MONA, cid).about == "Second."


@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.HIDDEN])
def test_leaving_sent_twice_is_once(database: Database, audience: Audience) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    with database.write() as uow:
        commands.edit(uow, MONA, cid, msgspec.structs.replace(NEW, audience=audience))
    for _ in range(2):
        with database.write() as uow:
            commands.leave(uow, BOB, cid, FORM)
    with database.read() as db:
        assert queries.my_communities(db, BOB) == []


def test_what_is_kept_of_a_form_to_leave_names_no_place(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    with database.write() as uow:
        commands.leave(uow, BOB, cid, FORM)
        assert submissions.claim(uow, FORM, b"again") == b""


def test_topics_and_wants_are_kept_and_changed(database: Database) -> None:
    chosen = int(Topic.FOOD | Topic.EXILE)
    with database.write() as uow:
        cid = commands.found(uow, MONA, msgspec.structs.replace(NEW, topics=chosen, wants=0))
    with database.read() as db:
        facts = queries.get_community(db, MONA, cid)
    assert (facts.topic_keys, facts.uses) == (("topic.food", "topic.exile"), [])
    with database.write() as uow:
        commands.edit(uow, MONA, cid, msgspec.structs.replace(NEW, topics=0, wants=5))
    with database.read() as db:
        facts = queries.get_community(db, MONA, cid)
    assert (facts.topic_keys, facts.uses) == ((), ["listening", "advice"])


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
