"""Each act of care is an entry of the log of acts, made with the act; none names who acted, who reported, or whom it met."""

from __future__ import annotations

import pytest

from mashrabiya.care.commands.logged import parted
from mashrabiya.care.tests.accountable import WHY, WHY_TOO, Two, accountable
from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.types import Act, Case
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY
from mashrabiya.communities.types import AnonMode
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Failure
from mashrabiya.platform import audit
from mashrabiya.platform.audit import Kept
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import Reason


def log(database: Database) -> list[Kept]:
    with database.read() as db:
        assert audit.examine(db).broken == ""
        return list(reversed(audit.entries(db, before=1 << 40, most=99)))


def reported(desk: Desk, *, unnamed: bool = False) -> Case:
    return desk.report(answer(desk.database, MALLORY, desk.thread.tid, "Names.", unnamed=unnamed))


@pytest.mark.parametrize("act", [Act.KEEP, Act.HIDE, Act.REMOVE, Act.EXCLUDE])
def test_a_decision_and_its_undoing_are_two_entries(database: Database, act: Act) -> None:
    desk = Desk(database)
    decision = desk.decide(reported(desk), act)
    desk.undo(decision)
    desk.undo(decision)
    first, second = log(database)
    assert (first.entry.action, second.entry.action) == (f"decision:{act.name.lower()}", "decision:undone")
    assert {first.entry.object, second.entry.object} == {decision.id}
    assert (first.entry.role, first.entry.rule) == ("community", Reason.OUTING.name.lower())
    assert (first.detail or "").startswith("We agreed on this.")


def test_the_day_on_which_it_ends_is_told_apart_from_what_was_said(database: Database) -> None:
    desk = Desk(database)
    desk.decide(reported(desk), Act.HIDE, words="One.\nTwo.")
    desk.decide(reported(desk), Act.EXCLUDE, words="One.\nTwo.")
    without_end, lasting = (parted(one.detail or "") for one in log(database))
    assert lasting[0].startswith("One.\nTwo.")
    assert "→" not in lasting[0]
    assert lasting[1] > clock.iso(clock.day())
    assert without_end[0].startswith("One.\nTwo.")
    assert without_end[1] == ""


def test_what_was_refused_or_sent_twice_leaves_no_entry(database: Database) -> None:
    desk = Desk(database)
    case = reported(desk)
    with pytest.raises(Failure):
        desk.decide(case, Act.HIDE, words=" ")
    with pytest.raises(Failure):
        desk.decide(case, Act.HIDE, by=BOB)
    desk.decide(case, Act.HIDE, by=CARER)
    assert [(one.entry.action, one.entry.role) for one in log(database)] == [("decision:hide", "care")]


def test_both_openings_of_what_was_accountable_are_entries(database: Database) -> None:
    desk: Two = accountable(database)
    case = desk.report(desk.unnamed(MALLORY))
    desk.learn(case, desk.ask(case))
    assert [one.entry.action for one in log(database)] == [
        "proposed:anon_mode",
        "decision:account",
        "proposed:learn",
        "decision:learn",
    ]
    assert [one.detail for one in log(database)][-2:] == [WHY, f"{WHY}\n\n{WHY_TOO}"]
    desk.become(AnonMode.SEALED)
    assert log(database)[-1].entry.action == "decision:seal"


@pytest.mark.parametrize("unnamed", [False, True])
def test_no_entry_names_anybody(database: Database, *, unnamed: bool) -> None:
    desk = Desk(database)
    desk.decide(reported(desk, unnamed=unnamed), Act.EXCLUDE)
    everybody = (ALICE, BOB, CHARLIE, MALLORY, HOST, CARER)
    ids = {pid for viewer in everybody for pid in viewer.siblings}
    ids |= {viewer.token(desk.thread.tid) for viewer in everybody}
    for table in ("audit", "audit_detail"):
        for row in database.connection().execute(f"SELECT * FROM {table}").fetchall():
            held = b"|".join(bytes(value) for value in row if isinstance(value, bytes | memoryview))
            assert not [one for one in ids if one in held]
