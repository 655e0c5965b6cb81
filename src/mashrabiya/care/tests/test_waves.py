"""Cleaning up after a wave: what is found alike, hidden together, told, and shown again together."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.desks import CARER, HOST, KEYS
from mashrabiya.care.tests.raided import BAIT, NEW, WHY, Raided
from mashrabiya.care.types import Act
from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MALLORY,
    MONA,
    found,
    join,
    other_persona,
    person,
)
from mashrabiya.communities.types import Audience, NewCommunity, Role
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.types import Placed, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform import audit
from mashrabiya.platform.db import Database
from mashrabiya.platform.markdown import links_lead_through
from mashrabiya.platform.markdown.tests.test_links import unsealed
from mashrabiya.safety import commands as safety
from mashrabiya.safety.trust.bursts import Sign
from mashrabiya.safety.types import NewReport, Reason, Thing


@pytest.fixture
def sealed_links() -> Iterator[None]:
    """As in a house: what leads out leads through its page."""
    with unsealed():
        links_lead_through(lambda address: f"/away?u={address}&m=0")
        yield


@pytest.fixture
def desk(database: Database) -> Raided:
    return Raided(database)


def placed(desk: Raided, post: bytes) -> Placed:
    with desk.database.read() as db:
        found = posts.find_judged(db, post)
    assert found is not None
    return Placed(found.tid, found.n)


def log(desk: Raided) -> list[str]:
    with desk.database.read() as db:
        assert audit.examine(db).broken == ""
        return [one.entry.action for one in reversed(audit.entries(db, before=1 << 40, most=99))]


@pytest.mark.parametrize("unnamed", [False, True])
@pytest.mark.parametrize("sign", [Sign.WORDS, Sign.LINKS])
def test_what_four_who_are_new_have_in_common_is_found(desk: Raided, sign: Sign, *, unnamed: bool) -> None:
    few = desk.raid(3, unnamed=unnamed)
    assert desk.found(sign=sign) == set()
    last = desk.says(desk.puppet(9), BAIT if sign == Sign.LINKS else BAIT.upper(), unnamed=unnamed)
    assert desk.found(sign=sign) == {*few, last}


def test_one_who_says_it_often_is_no_wave(desk: Raided) -> None:
    alone = desk.puppet(1)
    for _ in range(9):
        desk.says(alone)
    assert desk.found() == desk.found(sign=Sign.LINKS) == set()


def test_short_words_are_said_by_many(desk: Raided) -> None:
    for number in range(6):
        desk.says(desk.puppet(number), "Welcome!")
    assert desk.found() == set()


def test_whoever_wrote_there_on_three_days_is_not_new(desk: Raided) -> None:
    for _ in range(3):
        desk.says(BOB, "Some words of another day altogether.")
        clock.offset += clock.DAY
    raid = set(desk.raid(4))
    # The same words, to warn of them.
    desk.says(BOB)
    assert desk.found() == desk.found(sign=Sign.LINKS) == raid


def test_an_unnamed_voice_whose_link_leads_is_of_nobody_new(desk: Raided, sealed_links: None) -> None:
    raid = set(desk.raid(4, unnamed=True))
    desk.says(MALLORY, unnamed=True, allowed=replace(NEW, shows_unnamed=True))
    assert desk.found() == desk.found(sign=Sign.LINKS) == raid


def test_what_is_older_than_the_hours_is_not_there(desk: Raided) -> None:
    raid = set(desk.raid(4))
    clock.offset += 5 * clock.HOUR
    assert desk.found(hours=1) == set()
    assert desk.found(hours=6) == raid
    clock.offset += 60 * clock.HOUR
    assert desk.found(hours=48) == set()


def test_never_by_a_number_of_reports(desk: Raided) -> None:
    said = desk.says(desk.puppet(0), "Words that a hundred do not like.")
    for number in range(100):
        with desk.database.write() as uow:
            new = NewReport(kind=Thing.POST, object=said, place=desk.cid, reason=Reason.SPAM, note="")
            safety.report(uow, person(f"Reporter {number}"), KEYS, new)
    assert desk.found() == set()


def test_together_they_are_hidden_and_each_author_is_told(desk: Raided) -> None:
    raid = desk.raid(5)
    spared = raid[2]
    batch = desk.hide(set(raid) - {spared})
    assert [desk.hidden(post) for post in raid] == [True, True, False, True, True]
    decided = desk.batch(batch)
    assert {one.words for one in decided} == {WHY}
    assert {one.agreement for one in decided} == {"Be kind."}
    assert len({one.by for one in decided}) == 4, "no two show that they are one carer's"
    with desk.database.read() as db:
        for number in (0, 1, 3, 4):
            (told,) = queries.all_concerned(db, person(f"Puppet {number}"), KEYS, {}).rows
            assert (told.decision.words, told.decision.act) == (WHY, Act.HIDE)
        assert queries.all_concerned(db, person("Puppet 2"), KEYS, {}).rows == []
    assert log(desk) == ["wave:hidden"]


def test_shown_again_in_one_press_or_one_by_one(desk: Raided) -> None:
    raid = desk.raid(6)
    batch = desk.hide(set(raid))
    first = next(one for one in desk.batch(batch) if one.object == raid[3])
    desk.undo(first)
    assert [desk.hidden(post) for post in raid] == [True, True, True, False, True, True]
    desk.show_again(batch)
    desk.show_again(batch)
    assert not any(desk.hidden(post) for post in raid)
    assert log(desk) == ["wave:hidden", "decision:undone", "wave:undone"]
    with desk.database.read():
        rows = desk.database.connection().execute("SELECT html FROM post WHERE state = 0").fetchall()
    assert sum("Win a phone" in str(row[0]) for row in rows) == 6


def test_sent_twice_it_is_one_batch_and_goes_on_where_it_stopped(desk: Raided) -> None:
    raid, form = set(desk.raid(5)), new_id().hex()
    wave = desk.wave()
    batch = desk.begin(wave, raid, submission=form)
    # The first sending stopped after two; the second carries on.

    with desk.database.write() as uow:
        commands.hide_together(uow, HOST, wave, batch, posts=batch.posts[:2])
    again = desk.hide(raid, submission=form)
    assert again == batch.id
    assert desk.hide(raid, submission=form) == batch.id
    assert len(desk.batch(batch.id)) == 5
    assert log(desk) == ["wave:hidden"]
    with pytest.raises(Conflict):
        desk.hide(raid, submission=new_id().hex())


def test_only_what_is_alike_can_be_picked(desk: Raided) -> None:
    raid = desk.raid(4)
    other = desk.says(ALICE, "Words of another kind, by somebody else.")
    desk.hide({raid[0], other, b"\x07" * 10})
    assert desk.hidden(raid[0])
    assert not desk.hidden(other)
    with pytest.raises(Conflict):
        desk.hide({other})


def test_a_reason_is_asked_for_and_something_picked(desk: Raided) -> None:
    raid, wave = set(desk.raid(4)), desk.wave()
    with pytest.raises(Invalid, match="pick"):
        desk.begin(wave, set())
    assert not any(desk.hidden(post) for post in raid)


def test_who_does_not_care_for_the_place_finds_nothing(desk: Raided) -> None:
    raid = set(desk.raid(4))
    batch = desk.hide(raid)
    raid |= set(desk.raid(4))
    for who in (ALICE, BOB, MALLORY, CHARLIE, other_persona(HOST)):
        for attempt in (
            lambda who=who: desk.wave(who),
            lambda who=who: desk.batch(batch, who),
            lambda who=who: desk.show_again(batch, who),
            lambda who=who: desk.begin(desk.wave(), raid, who),
        ):
            with pytest.raises(NotFound):
                attempt()
    with pytest.raises(NotFound):
        desk.wave(HOST, b"")


def test_a_host_hides_in_her_own_community_alone(desk: Raided) -> None:
    raid, elsewhere = set(desk.raid(4)), copy(desk)
    elsewhere.cid = found(desk.database, Audience.SIGNED_IN, name="Day kitchen")
    elsewhere.thread = begin(desk.database, MONA, elsewhere.cid)
    there = set(elsewhere.raid(4))
    desk.role(CHARLIE, Role.CARER)
    assert desk.found(CHARLIE) == raid
    with pytest.raises(NotFound):
        elsewhere.wave(CHARLIE)
    assert desk.found(CARER, cid=b"") == raid | there
    desk.hide(raid | there, CHARLIE)
    assert [desk.hidden(post) for post in (*raid, *there)] == [True] * 4 + [False] * 4


def test_nobody_hides_what_is_her_own(desk: Raided) -> None:
    raid = desk.raid(4)
    join(desk.database, MALLORY, desk.cid)
    hers = desk.says(MALLORY)
    desk.role(MALLORY, Role.CARER)
    assert desk.found() == {*raid, hers}
    assert desk.found(replace(MALLORY, roles=frozenset({CARE}))) == set(raid)


def test_a_carer_finds_nothing_of_a_place_that_is_hidden_from_her(desk: Raided) -> None:

    raid = set(desk.raid(4))
    hidden = NewCommunity(name="Night kitchen", audience=Audience.HIDDEN, agreements="Be kind.")
    with desk.database.write() as uow:
        communities.edit(uow, MONA, desk.cid, hidden)
    assert desk.found(CARER, cid=b"") == set()
    with pytest.raises(NotFound):
        desk.wave(CARER)
    assert desk.found(HOST) == raid


def test_what_care_hid_a_community_does_not_show_again(desk: Raided) -> None:
    raid = set(desk.raid(4))
    batch = desk.hide(raid, CARER)
    with pytest.raises(Refused, match="undo_care"):
        desk.show_again(batch, HOST)
    assert all(desk.hidden(post) for post in raid)
    desk.show_again(batch, CARER)
    assert not any(desk.hidden(post) for post in raid)


def test_what_was_removed_or_deleted_meanwhile_stays_so(desk: Raided) -> None:
    raid = desk.raid(5)
    wave = desk.wave()
    case = desk.report(placed(desk, raid[0]), reason=Reason.SPAM)
    desk.decide(case, Act.REMOVE)
    batch = desk.begin(wave, set(raid))

    with desk.database.write() as uow:
        commands.hide_together(uow, HOST, wave, batch, posts=batch.posts)
    assert len(desk.batch(batch.id)) == 4
    assert desk.state(case) == PostState.REMOVED
    desk.show_again(batch.id)
    assert desk.state(case) == PostState.REMOVED


def test_the_desk_lists_a_batch_once_and_closes_its_reports(desk: Raided) -> None:
    raid = desk.raid(5)
    for number in (0, 1):
        desk.report(placed(desk, raid[number]), reason=Reason.SPAM)
    desk.hide(set(raid))
    assert desk.queue(HOST) == []
    with desk.database.read() as db:
        listed = queries.decided(db, HOST, queries.get_place(db, HOST, desk.cid)).rows
    assert [one.together for one in listed] == [5]


def test_at_most_so_many_at_once_and_the_rest_is_said(desk: Raided, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mashrabiya.care.rules.waves.MOST", 4)
    raid = set(desk.raid(6))
    wave = desk.wave()
    assert (len(wave.posts), wave.more) == (4, True)
    desk.hide({post.id for post in wave.posts})
    # The two that are left are found, although two alone would be no wave.
    assert (len(desk.found()), desk.wave().more) == (2, False)
    desk.hide(desk.found())
    assert all(desk.hidden(post) for post in raid)
