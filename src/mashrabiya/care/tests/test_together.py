"""How unnamed writing is in a community: changed by two, for threads begun afterwards, unless the house forbids it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.accountable import Two, accountable
from mashrabiya.care.tests.desks import CARER, HOST
from mashrabiya.care.types import Act, Joint, NewMode
from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona, person
from mashrabiya.communities.types import AnonMode, Role
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import answer, make_persona
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import COMMUNITY, SITE
from mashrabiya.platform import house
from mashrabiya.platform.db import Database
from mashrabiya.platform.retention import sweep
from mashrabiya.safety.types import Thing

ACCOUNTABLE, SEALED = AnonMode.ACCOUNTABLE, AnonMode.SEALED


@pytest.fixture
def desk(database: Database) -> Iterator[Two]:
    """A place with two keys, sealed as every place is at first."""
    two = Two(database)
    two.hold(HOST, CARER)
    yield two
    clock.offset = 0.0


def mode_of(desk: Two, tid: bytes) -> int:
    with desk.database.read() as db:
        return posts.get_thread(db, ALICE, tid).anon_mode


def forbid(database: Database) -> None:
    with database.write() as uow:
        house.save(uow, sealed_only=True)
        communities.seal_everywhere(uow)


def test_two_people_change_it_and_it_is_written_down(desk: Two) -> None:
    assert desk.state(HOST).mode == SEALED
    proposal = desk.propose(ACCOUNTABLE, words="Somebody outs people here.")
    assert desk.state(HOST).mode == SEALED
    desk.agree(proposal)
    assert desk.state(HOST).mode == ACCOUNTABLE
    with desk.database.read() as db:
        noted = queries.on_thing(db, Thing.COMMUNITY, desk.cid)[0]
    assert (noted.act, noted.words, noted.may_be_undone) == (Act.ACCOUNT, "Somebody outs people here.", False)
    desk.become(SEALED)
    assert desk.state(HOST).mode == SEALED


def test_whoever_proposes_is_not_the_second_under_any_name(desk: Two) -> None:
    proposal = desk.propose(ACCOUNTABLE)
    for name in (HOST, replace(other_persona(HOST), roles=frozenset({CARE}))):
        with pytest.raises(Refused) as refused:
            desk.agree(proposal, by=name)
        assert refused.value.why == "together.other_person"
    assert desk.state(HOST).mode == SEALED


@pytest.mark.parametrize("who", [ALICE, BOB, CHARLIE])
def test_for_others_there_is_no_such_door(desk: Two, who: Viewer) -> None:
    proposal = desk.propose(ACCOUNTABLE)
    with pytest.raises(NotFound):
        desk.agree(proposal, by=who)
    with pytest.raises(NotFound):
        desk.propose(ACCOUNTABLE, by=who)
    with pytest.raises(NotFound):
        desk.hold(who)


def test_a_place_is_not_made_accountable_over_the_heads_of_those_who_run_it(desk: Two) -> None:
    make_persona(desk.database, other := person("Dana", CARE))
    proposal = desk.propose(ACCOUNTABLE, by=CARER)
    with pytest.raises(Refused) as refused:
        desk.agree(proposal, by=other)
    assert refused.value.why == "unmask.nobody_runs"
    desk.agree(proposal, by=HOST)
    # To seal it again, two of the house's care team are enough.
    desk.agree(desk.propose(SEALED, by=CARER), by=other)
    assert desk.state(HOST).mode == SEALED


def test_a_proposal_waits_three_days_and_no_longer(desk: Two) -> None:
    proposal = desk.propose(ACCOUNTABLE)
    clock.offset = 72 * 3600.0
    with pytest.raises(NotFound):
        desk.agree(proposal)
    again = desk.propose(ACCOUNTABLE, by=CARER)
    assert again.id != proposal.id
    clock.offset += 73 * 3600.0
    sweep(desk.database)
    assert desk.waiting(Joint.ANON_MODE, desk.cid) is None


def test_what_somebody_proposed_who_no_longer_runs_the_place_is_not_agreed_to(desk: Two) -> None:
    desk.role(other := person("Dana"), Role.CARER)
    make_persona(desk.database, other)
    proposal = desk.propose(ACCOUNTABLE, by=other)
    with desk.database.write() as uow:
        communities.leave(uow, other, desk.cid)
    with pytest.raises(Refused) as refused:
        desk.agree(proposal)
    assert refused.value.why == "together.gone"
    # Nor does it keep others from proposing.
    assert desk.propose(ACCOUNTABLE) != proposal


@pytest.mark.parametrize("kind", [COMMUNITY, SITE])
def test_what_somebody_proposed_who_was_excluded_since_is_not_agreed_to(desk: Two, kind: str) -> None:
    desk.role(other := person("Dana"), Role.CARER)
    make_persona(desk.database, other)
    proposal = desk.propose(ACCOUNTABLE, by=other)
    with desk.database.write() as uow:
        scope = desk.cid if kind == COMMUNITY else b""
        people.set_guard(uow, kind, other.pid, scope=scope, days=7, case=b"c" * 16)
    with pytest.raises(Refused) as refused:
        desk.agree(proposal)
    assert refused.value.why == "together.gone"
    assert desk.state(HOST).mode == SEALED
    # Nor does it keep others from proposing.
    assert desk.propose(ACCOUNTABLE) != proposal


def test_one_thing_waits_once(desk: Two) -> None:
    proposal = desk.propose(ACCOUNTABLE)
    assert desk.propose(ACCOUNTABLE).id == proposal.id
    with pytest.raises(Conflict):
        desk.propose(ACCOUNTABLE, by=CARER)
    with pytest.raises(NotFound), desk.database.write() as uow:
        commands.withdraw(uow, CARER, proposal.id)
    with desk.database.write() as uow:
        commands.withdraw(uow, HOST, proposal.id)
    assert desk.waiting(Joint.ANON_MODE, desk.cid) is None


def test_what_is_so_already_is_not_proposed(desk: Two) -> None:
    with pytest.raises(Conflict):
        desk.propose(SEALED)
    with pytest.raises(Invalid):
        desk.propose(ACCOUNTABLE, words=" ")


def test_with_fewer_than_two_keys_it_is_refused(desk: Two) -> None:
    proposal = desk.propose(ACCOUNTABLE)
    with desk.database.write() as uow:
        communities.give_key_back(uow, HOST, desk.cid)
    with pytest.raises(Refused) as refused:
        desk.agree(proposal)
    assert refused.value.why == "unmask.too_few_keys"
    with desk.database.write() as uow:
        commands.withdraw(uow, HOST, proposal.id)
    with pytest.raises(Refused):
        desk.propose(ACCOUNTABLE)


def test_older_threads_stay_as_they_were_begun(desk: Two) -> None:
    """T32: no act opens, or could open, what was written before it."""
    before = desk.unnamed().tid
    desk.become()
    during = desk.unnamed().tid
    desk.become(SEALED)
    after = desk.unnamed().tid
    assert [mode_of(desk, tid) for tid in (before, during, after)] == [SEALED, ACCOUNTABLE, SEALED]
    with desk.database.read() as db:
        opened = [bool(posts.author_boxes(db, first_post(db, tid))) for tid in (before, during, after)]
    assert opened == [False, True, False]
    # Also what is written there now.
    for tid, kept in ((before, False), (during, True)):
        placed = answer(desk.database, BOB, tid, unnamed=True)
        with desk.database.read() as db:
            assert bool(posts.author_boxes(db, post_id(db, placed.tid, placed.n))) is kept


def test_what_the_house_forbids_it_forbids_for_good(desk: Two) -> None:
    desk.become()
    forbid(desk.database)
    assert desk.state(HOST).mode == SEALED
    assert mode_of(desk, desk.unnamed().tid) == SEALED
    with pytest.raises(Refused) as refused:
        desk.propose(ACCOUNTABLE)
    assert refused.value.why == "unmask.forbidden"
    with pytest.raises(ValueError, match="for good"), desk.database.write() as uow:
        house.save(uow, sealed_only=False)


def test_what_waited_when_the_house_forbade_it_is_not_agreed_to(desk: Two) -> None:
    proposal = desk.propose(ACCOUNTABLE)
    forbid(desk.database)
    with pytest.raises(Refused) as refused:
        desk.agree(proposal)
    assert refused.value.why == "unmask.forbidden"


def test_five_people_hold_a_key_and_each_holds_one(desk: Two) -> None:
    for name in ("Dana", "Esra", "Farah"):
        make_persona(desk.database, carer := person(name, CARE))
        desk.hold(carer)
    make_persona(desk.database, sixth := person("Ghada", CARE))
    with pytest.raises(Refused) as refused:
        desk.hold(sixth)
    assert refused.value.why == "unmask.keys_enough"
    desk.hold(HOST)
    assert desk.state(HOST).held == 5


def test_a_key_ends_with_what_it_belongs_to(desk: Two) -> None:
    make_persona(desk.database, host := person("Dana"))
    desk.role(host, Role.CARER)
    desk.hold(host)
    assert desk.state(HOST).held == 3
    with desk.database.write() as uow:
        people.set_guard(uow, COMMUNITY, host.pid, scope=desk.cid, days=7, case=b"c" * 16)
    assert desk.state(HOST).held == 2
    with desk.database.write() as uow:
        communities.forget_persona(uow, CARER.pid)
    assert desk.state(HOST).held == 1
    with desk.database.write() as uow:
        communities.forget_persona(uow, HOST.pid)
    assert desk.state(HOST).held == 0


def test_unnamed_words_are_refused_where_nobody_could_keep_the_promise(database: Database) -> None:
    desk = accountable(database)
    tid = desk.unnamed().tid
    with database.write() as uow:
        communities.give_key_back(uow, CARER, desk.cid)
    with pytest.raises(Refused) as refused:
        answer(database, ALICE, tid, unnamed=True)
    assert refused.value.why == "compose.unopenable"
    with pytest.raises(Refused):
        desk.unnamed()
    assert answer(database, ALICE, tid).n == 2


def test_a_carer_writes_unnamed_only_where_two_others_could_open_it(database: Database) -> None:
    desk = accountable(database)
    tid = desk.unnamed().tid
    with pytest.raises(Refused) as refused:
        answer(database, HOST, tid, unnamed=True)
    assert refused.value.why == "compose.unopenable"
    make_persona(database, third := person("Dana", CARE))
    desk.hold(third)
    assert answer(database, HOST, tid, unnamed=True).n == 2


def test_there_the_persona_in_use_belongs(database: Database) -> None:
    """In a sealed thread any name of hers is enough; here it is the one that could be learned."""
    desk = accountable(database)
    make_persona(database, again := other_persona(MALLORY))
    with pytest.raises(Refused):
        answer(database, again, desk.unnamed().tid, unnamed=True)
    assert answer(database, again, desk.thread.tid, unnamed=True).n == 2


def first_post(db: object, tid: bytes) -> bytes:
    return post_id(db, tid, 1)


def post_id(db: object, tid: bytes, n: int) -> bytes:
    return posts.get_shown(db, ALICE, tid, n)[1].id  # type: ignore[arg-type]


def test_the_state_is_told_with_the_community(desk: Two) -> None:
    desk.become()
    with desk.database.read() as db:
        for viewer, keys in ((ALICE, 2), (HOST, 1), (CHARLIE, 2)):
            facts = community_queries.get_community(db, viewer, desk.cid)
            assert (facts.is_accountable, facts.keys) == (True, keys)


def test_a_mode_is_never_proposed_twice_over(desk: Two) -> None:
    with desk.database.write() as uow:
        commands.propose_mode(uow, HOST, desk.cid, NewMode(int(ACCOUNTABLE), "We wish it so."))
        commands.propose_mode(uow, HOST, desk.cid, NewMode(int(ACCOUNTABLE), "We wish it so."))
    proposal = desk.waiting(Joint.ANON_MODE, desk.cid)
    assert proposal is not None
    desk.agree(proposal)
    with pytest.raises(NotFound):
        desk.agree(proposal)
