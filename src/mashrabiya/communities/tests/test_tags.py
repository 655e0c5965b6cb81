"""The tags of a place: what they may be called, how many there are, and what makes two of them one."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tables import TAG_NAME
from mashrabiya.communities.tests.factories import ALICE, MONA, VISITOR, found, join
from mashrabiya.communities.types import CLOSING_DAYS, Audience, CommunityFacts, PlaceTag, alike
from mashrabiya.communities.types.tags import TAG_LIMIT, TAGS, TAGS_KEPT, NewTag, tag_key
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement

COOKING = NewTag(ar="طبخ", en="Cooking")


def facts(database: Database, cid: bytes) -> CommunityFacts:
    with database.read() as db:
        return queries.get_community(db, MONA, cid)


def names(database: Database, cid: bytes) -> list[str]:
    return [tag.en or tag.ar for tag in facts(database, cid).tags]


def add(database: Database, cid: bytes, *tags: NewTag, who: Viewer = MONA) -> None:
    for tag in tags:
        with database.write() as uow:
            commands.add_tag(uow, who, cid, tag)


def keys(database: Database) -> set[tuple[bytes, int]]:
    """What leads to the tags of a place, as it lies there."""
    asked: Statement[None] = Statement(TAG_NAME.select().with_only_columns(TAG_NAME.c.key, TAG_NAME.c.n))
    with database.read() as db:
        return {(bytes(key), n) for key, n in db.tuples(asked)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cooking", "  cooking"),
        ("طبخ", "الطبخ"),
        ("كتابة", "كتابه"),
        ("قراءة وكتابة", "القراءة وكتابة"),
        ("CAFÉ", "cafe"),
    ],
)
def test_what_is_read_alike_is_one_tag(one: str, other: str) -> None:
    assert tag_key(one) == tag_key(other)
    assert alike([PlaceTag(1, "", one)], PlaceTag(7, other, "Other").ref) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("cooking", "cook"), ("طبخ", "مطبخ"), ("الم", "م"), ("نص", "قصص")]
)
def test_what_is_not_stays_apart(one: str, other: str) -> None:
    assert tag_key(one) != tag_key(other)


def test_a_name_missing_is_stood_in_for() -> None:
    tag = PlaceTag(1, "طبخ", "")
    assert (tag.name("en"), tag.lang("en")) == ("طبخ", "ar")
    both = PlaceTag(1, "طبخ", "Cooking")
    assert (both.name("en"), both.lang("en"), both.name("ar"), both.lang("ar")) == (
        "Cooking",
        "en",
        "طبخ",
        "ar",
    )
    assert PlaceTag(1, "", "Lego").keys == PlaceTag(2, "Lego", "").keys


def test_added_ordered_renamed_retired_and_used_again(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    add(database, cid, COOKING, NewTag(en="Bread"), NewTag(ar="ليل"), COOKING)
    assert names(database, cid) == ["Cooking", "Bread", "ليل"]
    assert len(keys(database)) == 4
    with database.write() as uow:
        for _ in range(2):
            commands.put_tag(uow, MONA, cid, 3, at=0)
    assert names(database, cid) == ["ليل", "Cooking", "Bread"]
    with database.write() as uow:
        was = facts(database, cid).tags[2].ref
        for _ in range(2):
            commands.rename_tag(uow, MONA, cid, 2, new=NewTag(en="Loaves"), was=was)
        with pytest.raises(Conflict):
            commands.rename_tag(uow, MONA, cid, 2, new=NewTag(en="Rolls"), was=was)
    with database.write() as uow:
        for _ in range(2):
            commands.retire_tag(uow, MONA, cid, 1)
    assert names(database, cid) == ["ليل", "Loaves"]
    assert [tag.n for tag in facts(database, cid).all_tags if tag.retired] == [1]
    assert {n for _, n in keys(database)} == {2, 3}
    # By any of its names it is the one that was there, with its number and its threads.
    add(database, cid, NewTag(en="cooking"))
    assert [(tag.n, tag.ar, tag.en) for tag in facts(database, cid).tags][-1] == (1, "", "cooking")
    with database.write() as uow:
        commands.retire_tag(uow, MONA, cid, 1)
        commands.retire_tag(uow, MONA, cid, 1, on=False)
    assert len(facts(database, cid).tags) == 3


@pytest.mark.parametrize(
    ("new", "field", "why"),
    [
        (NewTag(), "ar", "tags.name_missing"),
        (NewTag(en="x" * (TAG_LIMIT + 1)), "en", "community.too_long"),
        (NewTag(ar="\u202eطبخ"), "ar", "community.bad_signs"),
        (NewTag(en="!!"), "en", "community.name_letters"),
        (NewTag(en="cооking"), "en", "community.name_scripts"),
        (NewTag(ar="الطبخ"), "ar", "tags.name_taken"),
        (NewTag(ar="جديد", en="COOKING"), "en", "tags.name_taken"),
    ],
)
def test_what_is_no_name_is_said_at_its_field(database: Database, new: NewTag, field: str, why: str) -> None:
    cid = found(database, Audience.SIGNED_IN)
    add(database, cid, COOKING, NewTag(en="Bread"))
    with pytest.raises(Invalid) as trouble, database.write() as uow:
        commands.add_tag(uow, MONA, cid, new)
    assert trouble.value.fields == {field: why}
    with pytest.raises(Invalid), database.write() as uow:
        commands.rename_tag(uow, MONA, cid, 2, new=new)
    assert names(database, cid) == ["Cooking", "Bread"]


def test_there_is_room_for_so_many(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    add(database, cid, *(NewTag(en=f"Tag {number}") for number in range(TAGS)))
    with pytest.raises(Invalid, match=r"tags\.full"):
        add(database, cid, NewTag(en="One more"))
    for number in range(1, TAGS_KEPT - TAGS + 1):
        with database.write() as uow:
            commands.retire_tag(uow, MONA, cid, number)
        add(database, cid, NewTag(en=f"Later {number}"))
    assert len(facts(database, cid).tags) == TAGS
    with database.write() as uow:
        commands.retire_tag(uow, MONA, cid, TAGS_KEPT)
    with pytest.raises(Invalid, match=r"tags\.kept_full"):
        add(database, cid, NewTag(en="One more"))
    add(database, cid, NewTag(en=f"Later {TAGS_KEPT - TAGS}"))
    with pytest.raises(Invalid, match=r"tags\.full"), database.write() as uow:
        commands.retire_tag(uow, MONA, cid, 1, on=False)


def test_nobody_else_changes_them(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    add(database, cid, COOKING)
    join(database, ALICE, cid)
    for who in (ALICE, VISITOR):
        with database.write() as uow:
            with pytest.raises((NotFound, Refused)):
                commands.add_tag(uow, who, cid, NewTag(en="Bread"))
            with pytest.raises((NotFound, Refused)):
                commands.rename_tag(uow, who, cid, 1, new=NewTag(en="Bread"))
            with pytest.raises((NotFound, Refused)):
                commands.put_tag(uow, who, cid, 1, at=0)
            with pytest.raises((NotFound, Refused)):
                commands.retire_tag(uow, who, cid, 1)
    with pytest.raises(NotFound), database.write() as uow:
        commands.retire_tag(uow, MONA, cid, 9)
    assert names(database, cid) == ["Cooking"]


def test_a_place_that_closes_leaves_none(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    add(database, cid, COOKING)
    with database.write() as uow:
        assert commands.close(uow, MONA, cid)
    clock.offset += (CLOSING_DAYS + 1) * clock.DAY
    try:
        with database.write() as uow:
            assert commands.close_ripe(uow) == 1
    finally:
        clock.offset = 0
    assert keys(database) == set()


def test_a_tag_is_found_through_places_that_she_may_read_alone(database: Database) -> None:
    places = {audience: found(database, audience, f"Place {int(audience)}") for audience in Audience}
    for audience, cid in places.items():
        add(database, cid, NewTag(ar="طبخ" if audience == Audience.PUBLIC else "", en=f"Of {int(audience)}"))
    refs = {audience: facts(database, cid).tags[0].ref for audience, cid in places.items()}
    with database.read() as db:
        seen = {
            who: {audience for audience, ref in refs.items() if queries.offered_tags(db, viewer, [ref])}
            for who, viewer in (("visitor", VISITOR), ("alice", ALICE), ("mona", MONA))
        }
    assert seen["visitor"] == {Audience.PUBLIC}
    assert seen["alice"] == {Audience.PUBLIC, Audience.SIGNED_IN}
    assert seen["mona"] == set(Audience)
