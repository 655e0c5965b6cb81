"""Archiving a place and closing it: who may, what follows, and how it is called off."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, found, join, other_persona
from mashrabiya.communities.tests.test_handing import hand_over
from mashrabiya.communities.tests.test_queries import exclude
from mashrabiya.communities.types import Audience, Search
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database


def archive(database: Database, viewer: Viewer, cid: bytes, *, on: bool = True) -> None:
    with database.write() as uow:
        commands.archive(uow, viewer, cid, on=on)


def close(database: Database, viewer: Viewer, cid: bytes) -> bool:
    with database.write() as uow:
        return commands.close(uow, viewer, cid)


def call_off(database: Database, viewer: Viewer, cid: bytes) -> None:
    with database.write() as uow:
        commands.call_off(uow, viewer, cid)


def state(database: Database, cid: bytes) -> tuple[bool, int]:
    with database.read() as db:
        facts = queries.get_community(db, MONA, cid)
    return facts.is_archived, facts.closes_in


def ripen(database: Database, days: int = 7) -> int:
    clock.offset += days * clock.DAY
    with database.write() as uow:
        return commands.close_ripe(uow)


def names(database: Database, viewer: Viewer, *, archived: bool = False) -> list[str]:
    with database.read() as db:
        return [card.name for card in queries.find(db, viewer, Search(archived=archived)).cards]


def test_who_runs_it_archives_and_opens_again(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    archive(database, MONA, cid)
    archive(database, MONA, cid)
    assert state(database, cid) == (True, 0)
    archive(database, MONA, cid, on=False)
    assert state(database, cid) == (False, 0)


@pytest.mark.parametrize("viewer", [BOB, CHARLIE])
def test_nobody_else_archives_or_closes(database: Database, viewer: Viewer) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    for act in (archive, close, call_off):
        with pytest.raises(NotFound):
            act(database, viewer, cid)


def test_nobody_joins_an_archived_place_and_its_members_stay(database: Database) -> None:
    cid = found(database, Audience.PUBLIC)
    join(database, BOB, cid)
    archive(database, MONA, cid)
    with pytest.raises(Refused, match=r"community\.archived"):
        join(database, CHARLIE, cid)
    join(database, BOB, cid)
    archive(database, MONA, cid, on=False)
    join(database, CHARLIE, cid)


def test_an_archived_place_is_found_by_its_filter_alone(database: Database) -> None:
    cid = found(database, Audience.PUBLIC)
    found(database, Audience.PUBLIC, "Balcony plants")
    archive(database, MONA, cid)
    assert names(database, CHARLIE) == ["Balcony plants"]
    assert names(database, CHARLIE, archived=True) == ["Night kitchen"]


def test_a_hidden_place_is_not_found_because_it_was_archived(database: Database) -> None:
    cid = found(database, Audience.HIDDEN)
    archive(database, MONA, cid)
    assert names(database, CHARLIE, archived=True) == []
    assert names(database, MONA, archived=True) == ["Night kitchen"]


def test_whoever_alone_runs_a_place_closes_it_after_a_notice(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    assert close(database, MONA, cid)
    assert close(database, MONA, cid)
    assert state(database, cid) == (True, 7)
    assert ripen(database, 6) == 0
    assert state(database, cid) == (True, 1)
    assert ripen(database, 1) == 1
    for viewer in (MONA, BOB, CHARLIE):
        with database.read() as db, pytest.raises(NotFound):
            queries.get_community(db, viewer, cid)
        assert names(database, viewer) == names(database, viewer, archived=True) == []
    with database.read() as db:
        assert queries.my_communities(db, BOB) == []
        assert queries.belongings(db, BOB) == []
        assert queries.count_run(db, MONA) == 0


def test_a_public_place_that_closed_is_nothing_to_a_visitor_either(database: Database) -> None:
    cid = found(database, Audience.PUBLIC)
    close(database, MONA, cid)
    ripen(database)
    with database.read() as db:
        assert queries.find_community(db, CHARLIE, cid) is None
        assert queries.public_communities(db, "en") == []


def test_closing_is_called_off_until_it_happened(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    close(database, MONA, cid)
    with pytest.raises(Refused, match=r"ending\.closing"):
        archive(database, MONA, cid, on=False)
    call_off(database, MONA, cid)
    assert state(database, cid) == (True, 0)
    assert ripen(database, 30) == 0
    archive(database, MONA, cid, on=False)
    assert state(database, cid) == (False, 0)


def both_run(database: Database, cid: bytes, other: Viewer, by: Viewer = MONA) -> None:
    hand_over(database, cid, other, by)


def test_where_others_run_it_a_second_person_agrees(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    both_run(database, cid, BOB)
    assert not close(database, MONA, cid)
    assert not close(database, MONA, cid)
    assert state(database, cid) == (False, 0)
    assert close(database, BOB, cid)
    assert state(database, cid) == (True, 7)


def test_two_names_of_one_person_are_not_two(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    both_run(database, cid, BOB)
    both_run(database, cid, other_persona(MONA))
    assert not close(database, MONA, cid)
    assert not close(database, other_persona(MONA), cid)
    assert close(database, BOB, cid)


def test_whoever_runs_it_under_two_names_alone_needs_nobody(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    both_run(database, cid, other_persona(MONA))
    assert close(database, MONA, cid)


def test_a_wish_to_close_ends_after_three_days(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    both_run(database, cid, BOB)
    close(database, MONA, cid)
    clock.offset += 73 * clock.HOUR
    assert not close(database, BOB, cid)
    assert close(database, MONA, cid)


@pytest.mark.parametrize("who", [MONA, BOB])
def test_a_wish_to_close_is_called_off_by_either(database: Database, who: Viewer) -> None:
    cid = found(database, Audience.SIGNED_IN)
    both_run(database, cid, BOB)
    close(database, MONA, cid)
    call_off(database, who, cid)
    assert not close(database, BOB, cid)


def test_whoever_runs_it_no_more_is_not_one_of_two(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    both_run(database, cid, BOB)
    both_run(database, cid, ALICE)
    close(database, MONA, cid)
    with database.write() as uow:
        commands.lay_down(uow, MONA, cid)
    assert not close(database, BOB, cid)
    assert close(database, ALICE, cid)


def test_whoever_was_excluded_is_not_one_of_two(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    both_run(database, cid, BOB)
    close(database, MONA, cid)
    exclude(database, MONA, cid)
    assert not close(database, BOB, cid)
    both_run(database, cid, ALICE, BOB)
    assert close(database, ALICE, cid)
    with pytest.raises(NotFound):
        call_off(database, MONA, cid)
