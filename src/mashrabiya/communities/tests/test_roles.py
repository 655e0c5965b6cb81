"""Roles for a term: nobody holds one without her own yes, nobody longer than its day, and each may what it names."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.entering import queries as ways
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, join, other_persona
from mashrabiya.communities.tests.test_handing import ask, lay_down, make, place
from mashrabiya.communities.tests.test_queries import exclude
from mashrabiya.communities.types import POWERS, Asked, Audience, CommunityFacts, NewCommunity, Power, Role
from mashrabiya.communities.types.roles import TOLD_OVER_DAYS
from mashrabiya.communities.types.words import OtherWords, Texts
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import audit
from mashrabiya.platform.db import Database

TEXTS = Texts(about="Soup.", agreements="Be kind.", welcome="Come in.", wants=1)
LOWER = (Role.CARER, Role.FACILITATOR, Role.KEEPER, Role.TRANSLATOR)


def offer(
    database: Database, cid: bytes, role: int, days: int = 180, *, by: Viewer = MONA, to: str = "Bob"
) -> None:
    with database.write() as uow:
        commands.offer(uow, by, cid, to, asked=Asked(int(role), days))


def take(database: Database, viewer: Viewer, cid: bytes, role: int, days: int = 180) -> None:
    with database.write() as uow:
        commands.take_over(uow, viewer, cid, Asked(int(role), days))


def give(database: Database, cid: bytes, role: int, days: int = 180) -> None:
    offer(database, cid, role, days)
    take(database, BOB, cid, role, days)


def end(database: Database, cid: bytes, name: str = "Bob", *, by: Viewer = MONA) -> None:
    with database.write() as uow:
        commands.end_early(uow, by, cid, name)


def facts(database: Database, viewer: Viewer, cid: bytes) -> CommunityFacts:
    with database.read() as db:
        return queries.get_community(db, viewer, cid)


def named(database: Database, cid: bytes, viewer: Viewer = ALICE) -> list[tuple[str, int]]:
    with database.read() as db:
        return [(one.name, one.role) for one in queries.holders(db, viewer, cid)]


def night(database: Database) -> int:
    with database.write() as uow:
        return commands.end_terms(uow)


@pytest.mark.parametrize("role", LOWER)
def test_a_role_begins_with_a_yes_may_what_it_names_and_ends_on_its_day_everywhere(
    database: Database, role: Role
) -> None:
    cid = place(database, BOB)
    offer(database, cid, role, 30)
    assert facts(database, BOB, cid).role == Role.MEMBER
    take(database, BOB, cid, role, 30)
    take(database, BOB, cid, role, 30)
    now = facts(database, BOB, cid)
    assert {power for power in Power if rules.may(BOB, now, power).allowed} == POWERS[role] != frozenset()
    assert named(database, cid) == [("Mona", Role.HOST), ("Bob", role)]
    assert not now.ends_soon_key
    with database.read() as db:
        (own,) = queries.belongings(db, BOB)
        assert (own.role, len(own.until)) == (role, len("2026-11-29"))
    clock.offset += 30 * clock.DAY
    assert facts(database, BOB, cid).role == role
    assert facts(database, BOB, cid).ends_soon_key == role.key
    clock.offset += clock.DAY
    # No job has run: the row itself says so.
    after = facts(database, BOB, cid)
    assert (after.role, after.over) == (Role.MEMBER, role)
    assert all(rules.may(BOB, after, power) == rules.OVER for power in POWERS[role])
    assert not any(rules.may(BOB, after, power) == rules.OVER for power in Power if power not in POWERS[role])
    assert named(database, cid) == [("Mona", Role.HOST)]
    assert night(database) == 1
    assert night(database) == 0
    assert facts(database, BOB, cid).over == role
    clock.offset += (TOLD_OVER_DAYS + 1) * clock.DAY
    night(database)
    assert facts(database, BOB, cid).over is None


def write_texts(database: Database, cid: bytes) -> None:
    with database.write() as uow:
        commands.change_texts(uow, BOB, cid, TEXTS)


def write_second(database: Database, cid: bytes) -> None:
    with database.write() as uow:
        commands.change_other(uow, BOB, cid, OtherWords(language="ar", name="مطبخ", about=""))


def test_each_role_reaches_its_own_texts_and_no_other(database: Database) -> None:
    cid = place(database, BOB)
    for role in (Role.FACILITATOR, Role.CARER):
        give(database, cid, role)
        for writes in (write_texts, write_second):
            with pytest.raises(NotFound):
                writes(database, cid)
    give(database, cid, Role.KEEPER)
    write_texts(database, cid)
    with pytest.raises(NotFound):
        write_second(database, cid)
    give(database, cid, Role.TRANSLATOR)
    write_second(database, cid)
    # She held the other until today: it was replaced, and did not run out.
    with pytest.raises(NotFound):
        write_texts(database, cid)
    with database.read() as db:
        community, words = queries.get_words(db, BOB, cid)
        assert community.agreements == queries.versions(db, BOB, cid)[0].text == "Be kind."
    assert (words.about, words.welcome, words.other_name) == ("Soup.", "Come in.", "مطبخ")


def test_nobody_gives_a_role_but_who_runs_the_place_and_nobody_takes_what_was_not_offered(
    database: Database,
) -> None:
    cid = place(database, BOB, ALICE)
    give(database, cid, Role.CARER)
    for viewer, to in ((BOB, "Bob"), (BOB, "Alice"), (ALICE, "Alice"), (CHARLIE, "Alice")):
        with pytest.raises(NotFound):
            offer(database, cid, Role.HOST, 0, by=viewer, to=to)
        with pytest.raises(NotFound):
            end(database, cid, by=viewer)
    # She runs it, and makes herself neither more nor less.
    with pytest.raises(Invalid):
        offer(database, cid, Role.CARER, to="Mona")
    with pytest.raises(Refused, match=r"hand\.no_offer"):
        take(database, ALICE, cid, Role.KEEPER)
    offer(database, cid, Role.KEEPER, to="Alice")
    with pytest.raises(Refused, match=r"hand\.no_offer"):
        take(database, BOB, cid, Role.KEEPER)
    # What she says yes to is what she has read, and nothing that was put in its place.
    offer(database, cid, Role.CARER, 90, to="Alice")
    for role, days in ((Role.KEEPER, 180), (Role.HOST, 90), (Role.CARER, 365)):
        with pytest.raises(Conflict, match=r"caring\.asked_otherwise"):
            take(database, ALICE, cid, role, days)
    take(database, ALICE, cid, Role.CARER, 90)
    assert facts(database, ALICE, cid).until_day == clock.day() + 90


@pytest.mark.parametrize(
    ("role", "days", "field"),
    [(0, 180, "role"), (9, 180, "role"), (-1, -1, "role"), (4, 0, "term"), (2, 31, "term")],
)
def test_a_role_is_one_that_there_is_and_has_an_end(
    database: Database, role: int, days: int, field: str
) -> None:
    cid = place(database, BOB)
    with pytest.raises(Invalid) as wrong:
        offer(database, cid, role, days)
    assert field in wrong.value.fields


def test_whoever_is_excluded_or_gone_is_not_asked_and_what_she_held_rests(database: Database) -> None:
    cid = place(database, BOB, ALICE)
    give(database, cid, Role.CARER)
    offer(database, cid, Role.KEEPER, to="Alice")
    with database.write() as uow:
        commands.leave(uow, ALICE, cid)
    join(database, ALICE, cid)
    with pytest.raises(Refused):
        take(database, ALICE, cid, Role.KEEPER)
    exclude(database, BOB, cid)
    assert named(database, cid) == [("Mona", Role.HOST)]
    for viewer in (BOB, other_persona(BOB)):
        with database.read() as db:
            known = queries.find_community(db, viewer, cid)
        assert known is None
    with pytest.raises(Invalid) as wrong:
        offer(database, cid, Role.KEEPER)
    assert wrong.value.fields == {"name": "hand.nobody"}


def test_a_hidden_place_names_its_holders_to_those_inside(database: Database) -> None:
    cid = place(database, BOB)
    give(database, cid, Role.KEEPER)
    with database.write() as uow:
        hidden = NewCommunity(name="Night kitchen", about="x", agreements="y", audience=Audience.HIDDEN)
        commands.edit(uow, MONA, cid, hidden)
    with database.read() as db:
        assert queries.find_community(db, CHARLIE, cid) is None
    assert facts(database, BOB, cid).role == Role.KEEPER
    for acts in (commands.take_over, commands.decline, commands.lay_down):
        with database.write() as uow, pytest.raises(NotFound):
            acts(uow, CHARLIE, cid)


def test_it_is_ended_early_or_given_back_once_and_counted_and_logged(database: Database) -> None:
    cid = place(database, BOB)
    give(database, cid, Role.FACILITATOR)
    end(database, cid)
    end(database, cid)
    over = facts(database, BOB, cid)
    assert (over.role, over.over, over.until_day) == (Role.MEMBER, Role.FACILITATOR, clock.day())
    # A former holder's old form.
    with pytest.raises(Refused, match=r"hand\.no_offer"):
        take(database, BOB, cid, Role.FACILITATOR)
    give(database, cid, Role.KEEPER)
    lay_down(database, BOB, cid)
    lay_down(database, BOB, cid)
    assert (facts(database, BOB, cid).role, facts(database, BOB, cid).over) == (Role.MEMBER, None)
    with database.read() as db:
        counted = {what: n for _, _, what, n in ways.counts(db, 0)}
        acts = [(one.entry.action, one.entry.rule) for one in audit.entries(db, before=1 << 62, most=50)]
    assert counted == {"role_given": 2, "role_ended": 2}
    for act, rule in (
        ("offered", "keeper"),
        ("taken", "keeper"),
        ("back", "keeper"),
        ("ended", "facilitator"),
    ):
        assert acts.count((f"place:role_{act}", rule)) == 1


def test_another_term_is_asked_and_begins_with_the_yes(database: Database) -> None:
    cid = place(database, BOB)
    give(database, cid, Role.CARER, 30)
    clock.offset += 20 * clock.DAY
    offer(database, cid, Role.CARER, 90)
    clock.offset += 15 * clock.DAY
    night(database)
    # It ended meanwhile, and the question stands.
    assert facts(database, BOB, cid).over == Role.CARER
    take(database, BOB, cid, Role.CARER, 90)
    assert facts(database, BOB, cid).until_day == clock.day() + 90


def test_two_names_of_one_person_hold_roles_apart(database: Database) -> None:
    """Nothing of one says anything of the other: neither what it may nor that it was asked."""
    cid, again = place(database, BOB), other_persona(BOB)
    make(database, again)
    join(database, again, cid)
    give(database, cid, Role.CARER)
    known = facts(database, again, cid)
    assert (known.role, known.until_day, known.over) == (Role.MEMBER, 0, None)
    assert not any(rules.may(again, known, power).allowed for power in Power)
    with database.read() as db:
        assert [one.own for one in queries.holders(db, again, cid) if one.name == "Bob"] == [0]


def test_so_many_hold_a_role_or_are_asked_and_no_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    cid = place(database, BOB, ALICE)
    monkeypatch.setattr("mashrabiya.communities.rules.powers.MOST_HOLDERS", 2)
    ask(database, MONA, cid, "Bob")
    with pytest.raises(Invalid) as wrong:
        offer(database, cid, Role.KEEPER, to="Alice")
    assert wrong.value.fields == {"name": "caring.enough"}
