"""Learning which persona wrote an unnamed post: by two, with their reasons, told to whoever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from mashrabiya.care import commands, queries
from mashrabiya.care.listeners import forget_half_opened
from mashrabiya.care.tests.accountable import WHY, WHY_TOO, Two, accountable
from mashrabiya.care.tests.desks import CARER, HOST, post_at
from mashrabiya.care.types import Act, Case, Joint, LearnedFace, NewLearning
from mashrabiya.communities import commands as communities
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.communities.types import AnonMode, Role
from mashrabiya.communities.types.roles import ENDLESS
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as discussions_queries
from mashrabiya.discussions.events import PostDeleted
from mashrabiya.discussions.tables import ANSWERABLE, TOLD
from mashrabiya.discussions.tests.factories import answer, begin, make_persona
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import COMMUNITY, SITE
from mashrabiya.people.sealed.care import care_key, open_first
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.retention import sweep

assert ALICE.face is not None
ALICE_FACE = ALICE.face
KEPT: Statement[None] = Statement(select(func.count()).select_from(ANSWERABLE))
ALL_TOLD: Statement[None] = Statement(select(TOLD.c.home_tid, TOLD.c.tok, TOLD.c.post))


@pytest.fixture
def desk(database: Database) -> Iterator[Two]:
    yield accountable(database)
    clock.offset = 0.0


@pytest.fixture
def case(desk: Two) -> Case:
    """Alice opened a thread unnamed, and Bob reported it."""
    return desk.report(desk.unnamed())


def kept(desk: Two) -> int:
    with desk.database.read() as db:
        return int(db.scalar(KEPT))


def refusal(desk: Two, case: Case, by: Viewer, words: str = WHY_TOO) -> str:
    try:
        desk.learn(case, desk.waiting(Joint.LEARN, case.object), by=by, words=words)
    except (Refused, Conflict) as refused:
        return refused.why
    pytest.fail("it was learned")


@pytest.mark.parametrize(("first", "second"), [(HOST, CARER), (CARER, HOST)])
def test_two_learn_it_together_whoever_begins(desk: Two, case: Case, first: Viewer, second: Viewer) -> None:
    face = desk.learn(case, desk.ask(case, first), second)
    assert face == LearnedFace("Alice", ALICE_FACE.pub, ALICE_FACE.seed)
    with desk.database.read() as db:
        decision = queries.on_thing(db, case.kind, case.object)[0]
    assert (decision.act, decision.words) == (Act.LEARN, f"{WHY}\n\n{WHY_TOO}")
    assert not decision.may_be_undone
    with pytest.raises(Refused) as refused:
        desk.undo(decision, by=second)
    assert refused.value.why == "together.not_undone"


def test_the_first_alone_learns_nothing(desk: Two, case: Case) -> None:
    proposal = desk.ask(case)
    assert proposal is not None
    assert ALICE.pid not in proposal.carry
    assert refusal(desk, case, HOST) == "together.other_person"
    with desk.database.read() as db:
        assert queries.on_thing(db, case.kind, case.object) == []
        assert discussions_queries.told(db, ALICE) == []


def test_nobody_is_her_own_second_under_another_name(desk: Two, case: Case) -> None:
    other = replace(other_persona(HOST), roles=frozenset({CARE}))
    make_persona(desk.database, other)
    with pytest.raises(Refused) as refused:
        desk.hold(other)
    assert refused.value.why == "unmask.one_key"
    desk.ask(case)
    assert refusal(desk, case, other) == "unmask.no_key"
    # Nor with a key that found its way there.
    with desk.database.write() as uow:
        communities.give_key_back(uow, HOST, desk.cid)
    desk.hold(other)
    assert refusal(desk, case, other) == "together.other_person"


@pytest.mark.parametrize("kind", [COMMUNITY, SITE])
def test_nobody_is_one_of_two_who_was_excluded_since(desk: Two, case: Case, kind: str) -> None:
    desk.ask(case)
    with desk.database.write() as uow:
        scope = desk.cid if kind == COMMUNITY else b""
        people.set_guard(uow, kind, HOST.pid, scope=scope, days=7, case=b"c" * 16)
    assert refusal(desk, case, CARER) == "together.gone"
    with desk.database.read() as db:
        assert discussions_queries.told(db, ALICE) == []


def test_a_third_who_came_later_opens_nothing(desk: Two, case: Case) -> None:
    third = replace(BOB, roles=frozenset({CARE}))
    desk.hold(third)
    desk.ask(case)
    assert refusal(desk, case, third) == "unmask.not_yours"
    face = desk.learn(case, desk.waiting(Joint.LEARN, case.object))
    assert face == LearnedFace("Alice", ALICE_FACE.pub, ALICE_FACE.seed)


@pytest.mark.parametrize("who", [ALICE, BOB, CHARLIE])
def test_to_everybody_else_there_is_nothing(desk: Two, case: Case, who: Viewer) -> None:
    with pytest.raises(NotFound):
        desk.ask(case, by=who)
    first = desk.ask(case)
    with pytest.raises(NotFound):
        desk.learn(case, first, by=who)


def test_whoever_wrote_it_is_not_one_of_the_two(desk: Two) -> None:
    desk.role(CARER, Role.MEMBER)
    desk.hold(replace(BOB, roles=frozenset({CARE})))
    placed = answer(desk.database, CARER, desk.unnamed().tid, unnamed=True)
    with desk.database.write() as uow:
        boxes = discussions_queries.author_boxes(uow, post_at(uow, placed))
    assert CARER.work is not None
    assert HOST.work is not None
    assert open_first(care_key(CARER.work, 0, desk.cid), boxes) == b""
    assert open_first(care_key(HOST.work, 0, desk.cid), boxes) != b""


@pytest.mark.parametrize("words", ["", " \n", "x" * 1001])
def test_each_of_the_two_says_why(desk: Two, case: Case, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.ask(case, words=words)
    assert list(refused.value.fields) == ["words"]
    first = desk.ask(case)
    with pytest.raises(Invalid):
        desk.learn(case, first, words=words)
    assert kept(desk) == 1


def test_the_person_is_told_and_nobody_else(desk: Two, case: Case) -> None:
    desk.learn(case, desk.ask(case))
    assert case.post is not None
    with desk.database.read() as db:
        assert [one.post for one in discussions_queries.told(db, ALICE)] == [case.object]
        assert (
            discussions_queries.get_told(db, other_persona(ALICE), case.post.home_tid)[0].post == case.object
        )
        for other in (BOB, HOST, CARER, CHARLIE):
            assert discussions_queries.told(db, other) == []
            with pytest.raises(NotFound):
                discussions_queries.get_told(db, other, case.post.home_tid)
        rows = db.tuples(ALL_TOLD)
    assert [bytes(tok) for _, tok, _ in rows] == [case.post.tok]


def test_a_voice_is_learned_once_so_that_two_names_are_never_seen_as_one(desk: Two) -> None:
    again = other_persona(ALICE)
    make_persona(desk.database, again)
    desk.role(again, Role.MEMBER)
    opened = desk.unnamed()
    other = answer(desk.database, again, opened.tid, unnamed=True)
    first, second = desk.report(opened), desk.report(other)
    assert kept(desk) == 2
    desk.learn(first, desk.ask(first))
    assert kept(desk) == 0
    with pytest.raises(Refused) as refused:
        desk.ask(second)
    assert refused.value.why == "unmask.nothing_left"
    # And of what she writes afterwards nothing is kept any more.
    answer(desk.database, again, opened.tid, "Later.", unnamed=True)
    assert kept(desk) == 0


def test_a_carer_who_left_opens_nothing(desk: Two, case: Case) -> None:
    second = replace(BOB, roles=frozenset())
    desk_runs = Statement[None](
        MEMBERSHIP.update()
        .where(MEMBERSHIP.c.cid == desk.cid, MEMBERSHIP.c.pid == BOB.pid)
        .values(role=int(Role.CARER), until_day=ENDLESS)
    )
    with desk.database.write() as uow:
        uow.run(desk_runs)
    desk.hold(second)
    case = desk.report(desk.unnamed(), MALLORY)
    desk.ask(case, by=second)
    with desk.database.write() as uow:
        communities.leave(uow, second, desk.cid)
    # She alone finds no desk any more, and what she had begun is not ended by the others.
    with pytest.raises(NotFound):
        desk.ask(case, by=second)
    assert refusal(desk, case, CARER) == "together.gone"


def test_after_thirty_days_nothing_can_be_opened(desk: Two, case: Case) -> None:
    clock.offset = 29 * 86400.0
    desk.ask(case)
    clock.offset = 30 * 86400.0
    assert refusal(desk, case, CARER) == "unmask.nothing_left"
    sweep(desk.database)
    assert kept(desk) == 0


def test_the_second_has_three_days(desk: Two, case: Case) -> None:
    first = desk.ask(case)
    clock.offset = 72 * 3600.0
    with pytest.raises(Conflict) as late:
        desk.learn(case, first)
    assert late.value.why == "together.gone"
    sweep(desk.database)
    assert desk.waiting(Joint.LEARN, case.object) is None
    assert desk.learn(case, desk.ask(case)) is not None


def test_what_stands_behind_a_post_goes_with_it(desk: Two, case: Case) -> None:
    assert case.post is not None
    answer(desk.database, BOB, case.post.tid)
    desk.ask(case)
    with desk.database.write() as uow:
        discussions.delete_post(uow, ALICE, case.post.tid, case.object)
        forget_half_opened(uow, PostDeleted(case.post.tid, case.object))
    assert kept(desk) == 0
    assert desk.waiting(Joint.LEARN, case.object) is None
    tid = desk.unnamed().tid
    answer(desk.database, ALICE, tid, unnamed=True)
    assert kept(desk) == 2
    with desk.database.write() as uow:
        discussions.drop_thread(uow, tid)
    assert kept(desk) == 0


def test_a_persona_that_is_gone_is_not_named(desk: Two, case: Case) -> None:
    first = desk.ask(case)
    with desk.database.write() as uow:
        uow.run(Statement[None](PERSONA.delete().where(PERSONA.c.id == ALICE.pid)))
    assert desk.learn(case, first) is None


def test_sealed_threads_have_nothing_to_learn(desk: Two) -> None:
    desk.become(AnonMode.SEALED)
    before = kept(desk)
    case = desk.report(desk.unnamed(), MALLORY)
    assert kept(desk) == before
    with pytest.raises(NotFound):
        desk.ask(case)


def test_named_posts_have_nothing_to_learn(desk: Two) -> None:
    case = desk.report(begin(desk.database, ALICE, desk.cid))
    assert kept(desk) == 0
    with pytest.raises(NotFound):
        desk.ask(case)


def test_sent_twice_it_is_asked_and_learned_once(desk: Two, case: Case) -> None:
    first = desk.ask(case)
    assert desk.ask(case) == first
    with pytest.raises(Conflict):
        desk.ask(case, by=CARER)
    desk.learn(case, first)
    assert refusal_after(desk, case) == "unmask.nothing_left"


def refusal_after(desk: Two, case: Case) -> str:
    with pytest.raises(Refused) as refused, desk.database.write() as uow:
        commands.learn(uow, CARER, case.id, NewLearning(WHY, b"x" * 16))
    return refused.value.why


def test_what_a_first_asked_who_holds_no_key_any_more_keeps_nobody_from_asking(desk: Two, case: Case) -> None:
    third = replace(BOB, roles=frozenset({CARE}))
    desk.hold(third)
    own = desk.report(desk.unnamed(), MALLORY)
    desk.ask(own, HOST)
    with desk.database.write() as uow:
        communities.give_key_back(uow, HOST, desk.cid)
    first = desk.ask(own, third)
    assert first is not None
    assert first.pid == third.pid
    assert desk.learn(own, first, CARER) == LearnedFace("Alice", ALICE_FACE.pub, ALICE_FACE.seed)
