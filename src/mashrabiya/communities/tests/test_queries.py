"""What each viewer finds. What is hidden is missing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Integer, bindparam, select

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MONA,
    VISITOR,
    found,
    join,
    other_persona,
    person,
)
from mashrabiya.communities.types import SMALL, Audience, NewCommunity
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Database, Statement


def knows(database: Database, viewer: Viewer, cid: bytes) -> bool:
    with database.read() as db:
        return queries.find_community(db, viewer, cid) is not None


def exclude(database: Database, viewer: Viewer, cid: bytes, *, until: int | None = None) -> None:
    with database.write() as uow:
        uow.insert(
            GUARD,
            kind="comm",
            scope=cid,
            subject=viewer.pid,
            until_day=clock.day() + 30 if until is None else until,
            case_id=b"",
        )


DOORS = {
    # audience: (visitor, signed in, member, sibling of the member)
    Audience.PUBLIC: (True, True, True, True),
    Audience.SIGNED_IN: (False, True, True, True),
    Audience.MEMBERS: (False, True, True, True),
    Audience.TRUSTED: (False, True, True, True),
    Audience.HIDDEN: (False, False, True, False),
}


@pytest.mark.parametrize("audience", list(Audience))
def test_whose_door_it_is(database: Database, audience: Audience) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    reopen(database, cid, audience)
    viewers = (VISITOR, CHARLIE, BOB, other_persona(BOB))
    assert tuple(knows(database, viewer, cid) for viewer in viewers) == DOORS[audience]
    with database.read() as db:
        listed = tuple(bool(queries.listing(db, viewer)) for viewer in viewers)
    assert listed == DOORS[audience]


def reopen(database: Database, cid: bytes, audience: Audience) -> None:
    with database.write() as uow:
        commands.edit(uow, MONA, cid, NewCommunity(name="Night kitchen", audience=audience))


def test_hidden_and_made_up_are_the_same(database: Database) -> None:
    hidden = found(database, Audience.HIDDEN)
    for cid in (hidden, new_id()):
        with database.read() as db, pytest.raises(NotFound):
            queries.get_community(db, CHARLIE, cid)


def test_a_find_is_one_statement(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    database.trace = []
    assert knows(database, ALICE, cid)
    assert len(database.trace) == 1


def test_facts_tell_persona_and_person_apart(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    with database.read() as db:
        inside = queries.get_community(db, BOB, cid)
        beside = queries.get_community(db, other_persona(BOB), cid)
        outside = queries.get_community(db, CHARLIE, cid)
    assert (inside.belongs, inside.kin_belongs, inside.hosts) == (True, True, False)
    assert (beside.belongs, beside.kin_belongs) == (False, True)
    assert (outside.belongs, outside.kin_belongs) == (False, False)


@pytest.mark.parametrize("audience", list(Audience))
def test_exclusion_holds_for_every_persona(database: Database, audience: Audience) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    reopen(database, cid, audience)
    exclude(database, BOB, cid)
    for viewer in (BOB, other_persona(BOB)):
        assert knows(database, viewer, cid) == (audience == Audience.PUBLIC)
        with database.read() as db:
            assert queries.my_communities(db, viewer) == []


def test_exclusion_ends_by_date(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    exclude(database, BOB, cid, until=clock.day() - 1)
    assert knows(database, BOB, cid)


def test_an_excluded_reader_of_a_public_page_stands_outside(database: Database) -> None:
    cid = found(database, Audience.PUBLIC)
    join(database, BOB, cid)
    exclude(database, BOB, cid)
    with database.read() as db:
        facts = queries.get_community(db, BOB, cid)
    assert (facts.belongs, facts.kin_belongs, facts.hosts) == (False, False, False)


@pytest.mark.parametrize("begun_under", list(Audience))
@pytest.mark.parametrize("now_under", list(Audience))
def test_old_words_keep_the_narrower_door(
    database: Database, begun_under: Audience, now_under: Audience
) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    reopen(database, cid, now_under)
    thread = bindparam("begun_under", int(begun_under), type_=Integer)
    reading: Statement[Any] = Statement(
        select(COMMUNITY.c.id).where(
            COMMUNITY.c.id == bindparam("cid"),
            queries.visible(thread, COMMUNITY.c.audience, cid=COMMUNITY.c.id),
        )
    )
    narrower = max(begun_under, now_under)
    with database.read() as db:
        reads = [
            db.scalar(reading, cid=cid, **queries.sight(viewer)) is not None
            for viewer in (VISITOR, CHARLIE, BOB)
        ]
    assert reads == [narrower == Audience.PUBLIC, narrower <= Audience.SIGNED_IN, True]


def test_public_communities_are_the_same_for_everybody(database: Database) -> None:
    found(database, Audience.SIGNED_IN, "Beside")
    found(database, Audience.PUBLIC, "Open")
    with database.read() as db:
        assert [card.name for card in queries.public_communities(db, "en", 5)] == ["Open"]


def test_public_communities_begin_with_those_in_the_language_of_the_page(database: Database) -> None:
    for name, language in (("A balcony", "en"), ("مطبخ", "ar"), ("Chess", "en")):
        found(database, Audience.PUBLIC, name, language=language)
    with database.read() as db:
        shown = {lang: [card.name for card in queries.public_communities(db, lang)] for lang in ("ar", "en")}
    assert shown == {"ar": ["مطبخ", "A balcony", "Chess"], "en": ["A balcony", "Chess", "مطبخ"]}


def test_few_members_are_few(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    with database.read() as db:
        assert queries.is_small(db, cid)
    for number in range(SMALL):
        join(database, _somebody(number), cid)
    with database.read() as db:
        assert not queries.is_small(db, cid)


def _somebody(number: int) -> Viewer:
    return person(f"Somebody {number}")


def test_sharing_a_community_is_of_the_personas_in_use(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    join(database, ALICE, cid)
    with database.read() as db:
        shares = [
            queries.share_community(db, viewer, BOB.pid)
            for viewer in (ALICE, CHARLIE, other_persona(ALICE), VISITOR)
        ]
    assert shares == [True, False, False, False]
