"""What carers find in a sample: something decided either way, and something that waits."""

from __future__ import annotations

import pytest

from mashrabiya.care import queries as care
from mashrabiya.care.types import Act, AppealState, Joint
from mashrabiya.communities import queries as communities
from mashrabiya.discussions import queries as discussions
from mashrabiya.kernel import clock
from mashrabiya.platform import audit
from mashrabiya.platform.hosting import SampleSize
from mashrabiya.safety import queries as safety
from mashrabiya.safety.types import Act as Rule
from mashrabiya.stewardship.sample import Sample
from mashrabiya.stewardship.tests.sampled import sampled
from mashrabiya.stewardship.tests.test_sample import rows
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def sample(house: TestHouse) -> Sample:
    """The usual house, its carers at work."""
    return sampled(house)


def test_somebody_hid_and_somebody_removed(house: TestHouse, sample: Sample) -> None:
    decided = dict(rows(house, "SELECT act, words FROM decision"))
    assert set(decided) == set(Act) - {Act.KEEP, Act.SEAL, Act.CLOSE}
    assert all(decided.values())
    gone = rows(house, "SELECT state, html, body FROM post WHERE state IN (2, 3, 5)")
    assert {state for state, _, _ in gone} == {2, 3, 5}
    assert all(not html and body for _, html, body in gone)


def test_reports_wait_with_their_notes_at_the_desk(house: TestHouse, sample: Sample) -> None:
    carer = sample.personas["lantern"]
    with house.database.read() as db:
        waiting, _ = care.queue(db, carer, care.get_place(db, carer, b""))
        said = [one for case in waiting for one in safety.notices(db, house.keys, case.kind, case.object)]
    assert len(waiting) >= 2
    assert said
    assert all(one.note for one in said if not one.reason.is_call)
    assert [one for one in said if one.reason.is_call]


def test_without_carers_the_states_stand_all_the_same(house: TestHouse) -> None:
    sampled(house, decided=False)
    assert {row[0] for row in rows(house, "SELECT state FROM post")} >= {0, 1, 2, 3, 5}
    assert rows(house, "SELECT count(*) FROM decision") == [(0,)]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_decides_on_her_own_words_in_the_smallest_house(house: TestHouse, seed: int) -> None:
    size = SampleSize(seed, members=7, communities=12, threads=70, posts=400)
    sample = sampled(house, size)
    hosts = {key: members[0] for key, members in sample.members.items()}
    # To split a thread judges nobody's words.
    judged = f"SELECT object FROM decision WHERE act NOT IN ({Act.SPLIT:d}, {Act.WENT:d})"
    decided = {bytes(post) for (post,) in rows(house, judged)}
    for told, post in sample.told:
        deciding = {hosts[told.place]}
        if told.case.act in {"ask", "learn"}:
            deciding |= set(sample.communities[told.place][0].keepers)
        done = bool(told.case.act) and told.case.act != "ask"
        assert (told.post in decided) == (done and post.persona not in deciding)


def test_two_hold_keys_where_it_was_agreed_and_learned_once(house: TestHouse, sample: Sample) -> None:
    place, cid = sample.communities["letters-ar"]
    with house.database.read() as db:
        assert communities.count_keys(db, cid) == 2
        told = discussions.told(db, sample.personas["cloud"])
        assert [one.home_tid for one in told] == [tid for (tid,) in rows(house, "SELECT home_tid FROM told")]
        assert not discussions.told(db, sample.personas["thyme"])
    assert rows(house, "SELECT count(*) FROM thread WHERE anon_mode = 1") > [(3,)]
    # Whatever is unnamed there can be opened by two, as long as that is kept.
    kept = {bytes(post) for (post,) in rows(house, "SELECT post FROM answerable")}
    assert kept
    recent = int(clock.now()) - 20 * clock.DAY
    asked = f"SELECT id, home_tid FROM post WHERE cid = x'{cid.hex()}' AND pid IS NULL AND t > {recent} AND state <> 1"
    learned = told[0].home_tid
    assert {bytes(post) for post, tid in rows(house, asked) if tid != learned} <= kept
    for key in place.keepers:
        token = f"SELECT count(*) FROM post WHERE cid = x'{cid.hex()}' AND tok IS NOT NULL AND tok = x'%s'"
        for (tid,) in rows(house, f"SELECT DISTINCT home_tid FROM post WHERE cid = x'{cid.hex()}'"):
            assert rows(house, token % sample.personas[key].token(bytes(tid)).hex()) == [(0,)]


def test_one_proposal_waits_for_whoever_is_the_second(house: TestHouse, sample: Sample) -> None:
    ((thing,),) = rows(house, f"SELECT object FROM proposal WHERE kind = {Joint.LEARN}")
    carer = sample.personas["juniper"]
    with house.database.read() as db:
        waiting, _ = care.queue(db, carer, care.get_place(db, carer, b""))
        case = next(one for one in waiting if one.object == thing)
    assert case.post is not None
    assert case.post.is_accountable


def test_somebody_reads_why_something_is_closed_to_her(house: TestHouse, sample: Sample) -> None:
    house.site.held.refresh()
    guards = house.site.held["guards"]
    assert list(guards.all_cases(sample.personas["cloud"]).values()) == [True]
    assert list(guards.all_cases(sample.personas["pebble"]).values()) == [False]


def test_something_was_decided_from_the_thread(house: TestHouse, sample: Sample) -> None:
    found = rows(house, "SELECT report FROM decision WHERE act = 2")
    assert None in [report for (report,) in found]


def test_objections_wait_for_another_person_than_whoever_decided(house: TestHouse, sample: Sample) -> None:
    juniper, lantern = sample.personas["juniper"], sample.personas["lantern"]
    with house.database.read() as db:
        place = care.get_place(db, juniper, b"")
        by_her = care.waiting_appeals(db, juniper, house.keys, place)
        by_host = care.waiting_appeals(db, lantern, house.keys, place)
        answered = care.all_concerned(db, sample.personas["cloud"], house.keys, {}).rows
    assert {one.decision.act for one in by_her} == {Act.HIDE, Act.PAUSE}
    assert not any(one.own for one in by_her)
    assert [one.own for one in by_host if one.decision.act == Act.HIDE] == [True]
    assert [one.appeal.state for one in answered if one.appeal] == [AppealState.STANDS]


def test_a_pause_still_holds(house: TestHouse, sample: Sample) -> None:
    house.site.held.refresh()
    guards = house.site.held["guards"]
    (writer,) = (post.persona for told, post in sample.told if told.case.act == "pause")
    assert list(guards.paused_cases(sample.personas[writer]).values()) == [False]
    assert rows(house, "SELECT until_day - day FROM decision WHERE act = 23") == [(3,)]


def test_something_is_held_until_it_is_decided(house: TestHouse, sample: Sample) -> None:
    carer = sample.personas["lantern"]
    with house.database.read() as db:
        held = care.standing_at(db, carer, care.get_place(db, carer, b"")).held
    assert held
    assert all(one.left for one in held)


def test_a_role_waits_for_a_second_person(house: TestHouse, sample: Sample) -> None:
    ((role, words),) = rows(house, f"SELECT role, words FROM proposal WHERE kind = {Joint.GIVE_CARE}")
    assert role == "care"
    assert words


def test_house_and_communities_have_automatic_rules(house: TestHouse, sample: Sample) -> None:
    house.site.held.refresh()
    with house.database.read() as db:
        own = safety.precepts(db, house.keys, None)
        theirs = {key: safety.precepts(db, house.keys, cid) for key, (_, cid) in sample.communities.items()}
    assert {one.act for one in own} == {Rule.NOTE, Rule.NUDGE}
    assert {bool(one.on) for one in own} == {True, False}
    assert {key for key, found in theirs.items() if found} == {"kin-ar", "letters-ar", "bi-en"}


def test_the_log_holds_what_was_done_and_fits_together(house: TestHouse, sample: Sample) -> None:
    with house.database.read() as db:
        done = {kept.entry.action for kept in audit.entries(db, before=1000, most=200)}
        days = [kept.entry.day for kept in audit.entries(db, before=1000, most=200)]
        found = audit.examine(db)
    assert len(done) > 12
    assert days == sorted(days, reverse=True)
    assert any(action.startswith("precept:") for action in done)
    assert not found.broken
