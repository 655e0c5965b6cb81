"""T24: having a case and handing it over, and notes among carers: who may, for how long, and what stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mashrabiya.care import commands, listeners
from mashrabiya.care.tests.desks import CARER, HOST, KEYS, Desk
from mashrabiya.care.tests.talking import (
    ASIDES,
    CLAIMS,
    SECRET,
    beside,
    give,
    hand,
    listed,
    note,
    rows,
    seen,
    take,
)
from mashrabiya.care.types import AS_CARE, CLAIM_HOURS, MOST_ASIDES, Act, Case, NewAside, Wish
from mashrabiya.communities.events import PersonaLeft
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona, person
from mashrabiya.communities.types import Role
from mashrabiya.discussions.tests.factories import answer, make_persona
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.types import State
from mashrabiya.platform import retention
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import KEPT_CLOSED_DAYS, Thing

DANA = person("Dana", CARE)
HELPER = person("Helper")


@pytest.fixture
def desk(database: Database) -> Desk:
    made = Desk(database)
    for one in (CARER, DANA, HELPER, MALLORY):
        make_persona(database, one)
    made.role(HELPER, Role.CARER)
    return made


@pytest.fixture
def case(desk: Desk) -> Case:
    """What Mallory wrote and Bob reported."""
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Near the old school.")
    return desk.report(placed)


ACTS: list[Callable[[Desk, Case, Viewer], None]] = [take, give, hand, note]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "who", [ALICE, BOB, CHARLIE, MALLORY, replace(CHARLIE, roles=frozenset({"host"}))], ids=str
)
def test_a_case_is_not_there_for_anybody_else(
    desk: Desk, case: Case, act: Callable[[Desk, Case, Viewer], None], who: Viewer
) -> None:
    """Neither for whoever reported it, nor for whoever was reported, nor for who runs the machine."""
    with pytest.raises(NotFound):
        act(desk, case, who)
    assert rows(desk, CLAIMS) == rows(desk, ASIDES) == []


@pytest.mark.parametrize("who", [HOST, HELPER, CARER], ids=str)
def test_each_of_those_who_decide_there_may_do_all_of_it(desk: Desk, case: Case, who: Viewer) -> None:
    for act in (take, give, take, hand, note):
        act(desk, case, who)
    assert rows(desk, CLAIMS) == []
    assert [one.words for one in beside(desk, case, who).asides] == [SECRET, SECRET]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_has_what_is_her_own(desk: Desk, act: Callable[[Desk, Case, Viewer], None]) -> None:
    """Of what the host wrote, and of the place she runs, others decide."""
    hers = desk.report(answer(desk.database, HOST, desk.thread.tid, "Mine."))
    desk.report_thing(Thing.COMMUNITY, desk.cid)
    place = next(one for one in desk.queue(CARER) if one.kind == Thing.COMMUNITY)
    for one, who in ((hers, HOST), (hers, other_persona(HOST)), (place, HOST), (place, HELPER)):
        with pytest.raises(NotFound):
            act(desk, one, who)
    take(desk, hers, HELPER)
    take(desk, place, CARER)


def test_whoever_stopped_running_the_place_reads_none_of_it(desk: Desk, case: Case) -> None:
    take(desk, case, HELPER)
    note(desk, case, HELPER)
    with desk.database.write() as uow:
        listeners.forget_taken(uow, PersonaLeft(desk.cid, HELPER.pid))
    desk_without = replace(HELPER, face=None)
    with pytest.raises(NotFound):
        beside(desk, case, desk_without)
    assert rows(desk, CLAIMS) == []


def test_whoever_runs_the_place_is_named_at_that_desk_and_a_carer_of_the_house_nowhere(
    desk: Desk, case: Case
) -> None:
    """Whoever founds a community would else learn which names the house's care team has."""
    take(desk, case, CARER)
    for who in (DANA, HOST, HELPER):
        for shown in (seen(desk, case, who), listed(desk, who)):
            assert shown.taken is not None
            assert (shown.taken.own, shown.taken.name, shown.taken.role) == (False, "", AS_CARE)
    give(desk, case, CARER)
    take(desk, case, HELPER)
    helped = seen(desk, case, HOST).taken
    outside = seen(desk, case, CARER).taken
    assert helped is not None
    assert outside is not None
    assert (helped.name, outside.name) == ("Helper", "")


def test_nothing_kept_says_which_carer_of_the_house_has_it(desk: Desk, case: Case) -> None:
    other = desk.report(answer(desk.database, MALLORY, desk.thread.tid, "More."))
    for one in (case, other):
        take(desk, one, CARER)
        mine = seen(desk, one, other_persona(CARER)).taken
        assert mine is not None
        assert mine.own
    kept = rows(desk, CLAIMS)
    assert [pid for pid, _ in kept] == [None, None]
    assert len({by for _, by in kept}) == 2, "nothing ties what one carer has"
    assert not {by for _, by in kept} & {*CARER.siblings}


def test_a_name_that_is_away_is_read_nowhere(desk: Desk, case: Case) -> None:
    take(desk, case, HELPER)
    with desk.database.write() as uow:
        uow._connection.execute(f"UPDATE persona SET state = {int(State.AWAY)} WHERE name = 'Helper'")
    taken = seen(desk, case, HOST).taken
    assert taken is not None
    assert taken.name == ""


def test_one_person_has_it_and_she_is_known_by_any_of_her_names(desk: Desk, case: Case) -> None:
    take(desk, case, CARER)
    take(desk, case, CARER)
    take(desk, case, other_persona(CARER))
    assert len(rows(desk, CLAIMS)) == 1
    with pytest.raises(Conflict, match=r"claim\.taken"):
        take(desk, case, DANA)
    give(desk, case, DANA)
    with pytest.raises(Conflict, match=r"claim\.not_yours"):
        hand(desk, case, DANA)
    assert len(rows(desk, CLAIMS)) == 1
    give(desk, case, other_persona(CARER))
    assert rows(desk, CLAIMS) == []


def test_it_keeps_nobody_from_deciding_and_ends_with_that(desk: Desk, case: Case) -> None:
    take(desk, case, CARER)
    note(desk, case, CARER, second=True)
    desk.decide(case, Act.KEEP, HOST)
    assert rows(desk, CLAIMS) == []
    assert [waits for _, waits, *_ in rows(desk, ASIDES)] == [0]
    with pytest.raises(Conflict, match=r"care\.meanwhile"):
        take(desk, case, CARER)
    with pytest.raises(Conflict, match=r"care\.meanwhile"):
        note(desk, case, CARER, second=True)


def test_it_ends_by_itself_and_the_row_goes(desk: Desk, case: Case) -> None:
    take(desk, case, CARER)
    clock.offset += (CLAIM_HOURS - 1) * clock.HOUR
    assert seen(desk, case, DANA).taken is not None
    clock.offset += clock.HOUR
    assert seen(desk, case, DANA).taken is None
    take(desk, case, DANA)
    clock.offset += (CLAIM_HOURS + 1) * clock.HOUR
    retention.sweep(desk.database)
    assert rows(desk, CLAIMS) == []


def test_handing_over_asks_for_somebody_else_until_there_is_one(desk: Desk, case: Case) -> None:
    take(desk, case, CARER)
    for wrong in ("", "  ", "x" * 201):
        with pytest.raises(Invalid):
            hand(desk, case, CARER, wrong)
    hand(desk, case, CARER)
    assert listed(desk, DANA).wish_key == "among.other"
    assert listed(desk, CARER).wish_key == "among.other_own"
    note(desk, case, DANA)
    assert seen(desk, case, DANA).wish == Wish.OTHER
    take(desk, case, HOST)
    assert seen(desk, case, DANA).wish == Wish.NONE


def test_a_second_opinion_is_another_persons(desk: Desk, case: Case) -> None:
    note(desk, case, CARER, "", second=True)
    note(desk, case, CARER)
    note(desk, case, other_persona(CARER))
    assert listed(desk, DANA).wish_key == "among.second"
    assert listed(desk, HOST).wish_key == ""
    assert listed(desk, other_persona(CARER)).wish_key == "among.second_own"
    note(desk, case, DANA, "Looks fine to me.")
    assert listed(desk, CARER).wish_key == ""


def test_notes_say_in_which_role_and_name_nobody(desk: Desk, case: Case) -> None:
    note(desk, case, CARER, "One.", shared=True)
    note(desk, case, HOST, "Two.", second=True)
    told = [(one.own, one.role, one.wish, one.words) for one in beside(desk, case, HOST).asides]
    assert told == [(False, "care", Wish.NONE, "One."), (True, "host", Wish.SECOND, "Two.")]
    other = desk.report(answer(desk.database, MALLORY, desk.thread.tid, "More."))
    note(desk, other, CARER)
    kept = rows(desk, ASIDES)
    assert len({by for *_, by in kept}) == 3, "nothing ties one carer's notes on two cases"
    for *_, words, by in kept:
        for value in (words, by):
            assert SECRET.encode() not in bytes(value)  # type: ignore[call-overload]
            assert bytes(value) not in CARER.siblings  # type: ignore[call-overload]


def test_a_note_needs_words_or_a_wish_and_a_case_takes_so_many(desk: Desk, case: Case) -> None:
    for wrong in ("", " \n", "x" * 1001):
        with pytest.raises(Invalid):
            note(desk, case, CARER, wrong)
    for _ in range(MOST_ASIDES):
        note(desk, case, CARER)
    with pytest.raises(Conflict, match=r"among\.full"):
        note(desk, case, HOST)
    take(desk, case, CARER)
    with pytest.raises(Conflict, match=r"among\.full"):
        hand(desk, case, CARER)
    give(desk, case, CARER)


def test_the_same_form_twice_is_one_note(desk: Desk, case: Case) -> None:
    new = NewAside(words="Once.", submission="ab" * 16)
    for _ in range(2):
        with desk.database.write() as uow:
            commands.write_aside(uow, CARER, KEYS, case.id, new=new)
    assert len(rows(desk, ASIDES)) == 1


def test_notes_live_as_long_as_their_case_and_no_longer(desk: Desk, case: Case) -> None:
    note(desk, case, CARER)
    desk.decide(case, Act.KEEP, HOST)
    clock.offset += KEPT_CLOSED_DAYS * clock.DAY
    retention.sweep(desk.database)
    assert [one.words for one in beside(desk, case, CARER).asides] == [SECRET]
    clock.offset += 2 * clock.DAY
    retention.sweep(desk.database)
    # The report goes in the sweep, its notes in the next at the latest.
    retention.sweep(desk.database)
    assert rows(desk, ASIDES) == []


def test_what_is_about_a_persona_goes_with_it_and_so_does_what_it_had(desk: Desk, case: Case) -> None:
    desk.report_thing(Thing.PERSONA, MALLORY.pid)
    about = next(one for one in desk.queue(CARER) if one.kind == Thing.PERSONA)
    take(desk, about, CARER)
    note(desk, about, CARER)
    take(desk, case, HELPER)
    with desk.database.write() as uow:
        commands.forget_among(uow, MALLORY.pid)
        commands.forget_among(uow, MALLORY.pid)
    assert rows(desk, ASIDES) == []
    assert [bytes(pid) for pid, _ in rows(desk, CLAIMS)] == [HELPER.pid]  # type: ignore[call-overload]
    with desk.database.write() as uow:
        commands.forget_among(uow, HELPER.pid)
    assert rows(desk, CLAIMS) == []
