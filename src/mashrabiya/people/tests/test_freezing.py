"""Freezing everything, and coming back: T11, T2, T1 and T33 where they speak of it."""

import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.people import flows, jobs
from mashrabiya.people.flows import freezing
from mashrabiya.people.flows.freezing import Wish
from mashrabiya.people.sealed import freeze as sealed
from mashrabiya.people.sealed.freeze import How
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, Person, account, person
from mashrabiya.people.tests.test_flows import refused, rows
from mashrabiya.people.types import State
from mashrabiya.platform.crypto import panic_hash, return_hash, sign_in_hash
from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.house import TestHouse

assert jobs, "importing it registers who goes at an hour of its own"
WRONG_CODE = "0" * 16
WRONG_WORDS = "one two three four five six seven eight"


def code_of(house: TestHouse, who: Person, **wish: object) -> str:
    """A new freeze code of hers."""
    return freezing.add_code(
        house.site,
        flows.unlock(house.site, who.name, who.passphrase),
        Wish(**wish),  # type: ignore[arg-type]
    )


def states(house: TestHouse) -> list[State]:
    found = house.database.connection().execute("SELECT state FROM persona").fetchall()
    return [State(row[0]) for row in found]


# --- codes ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", ["letters", "words"])
def test_a_code_is_read_however_it_is_typed(kind: str, language: str) -> None:
    code = sealed.KINDS[kind](language)
    meant = sealed.read(code)
    spoken = code.replace(" ", "  ") if " " in code else sealed.shown(code)
    for typed in (code.upper(), f"  {spoken} ", spoken.replace("-", " "), code.replace(" ", "-")):
        assert sealed.read(typed) == meant
    assert len(meant) == 16 if kind == "letters" else len(code.split()) == 8


def test_an_order_is_348_bytes_whatever_it_says(house: TestHouse) -> None:
    alice = person(house, "Alice")
    for wish in ({}, {"days": 30, "how": How.QUIET | How.SLOWLY, "first": 3}, {"trusted": True}):
        code_of(house, alice, **wish)
    found = house.database.connection().execute("SELECT tag, blob FROM panic").fetchall()
    assert {(len(tag), len(blob)) for tag, blob in found} == {(16, sealed.ROW)} == {(16, 348)}


def test_six_codes_are_enough_and_each_is_taken_back_alone(house: TestHouse) -> None:
    alice = person(house, "Alice")
    made = [code_of(house, alice, trusted=bool(number)) for number in range(freezing.MOST)]
    with pytest.raises(Invalid):
        code_of(house, alice)
    who = flows.unlock(house.site, "alice", PASSPHRASE)
    gone = next(code for code in who.vault.panic if code.hint == sealed.hint(made[2]))
    assert freezing.drop_code(house.site, gone.tag)
    freezing.freeze(house.site, made[2])
    assert alice.viewer.is_member, "it freezes nothing any more"
    assert code_of(house, alice)
    freezing.freeze(house.site, made[3])
    refused(alice.sign_in, "signin.wrong")


# --- freezing ------------------------------------------------------------------------


def test_t11_all_slots_and_every_session_within_two_seconds(house: TestHouse) -> None:
    alice = person(house, "Alice")
    for season in range(5):
        clock.offset = season * 100 * clock.DAY
        alice.sign_in(own=True)
        alice.add(f"Name {season}")
    phone = alice.browser()
    alice.sign_in()
    bob = person(house, "Bob")
    code = code_of(house, alice)
    begun = time.monotonic()
    assert "it is done" in house.browser().submit("/s", "/s", code=code).text
    assert time.monotonic() - begun < 2
    ends = house.database.connection().execute("SELECT exp_h FROM session").fetchall()
    assert sum(hour > clock.hour() for (hour,) in ends) == 1, "Bob's"
    assert phone.get("/me").status == 404
    assert states(house).count(State.AWAY) == rows(house, "persona") - 1
    assert bob.viewer.is_member


def test_t11_right_and_wrong_codes_are_answered_alike_after_the_same_work(house: TestHouse) -> None:
    alice = person(house, "Alice")
    code, seen = code_of(house, alice), []
    for typed in (WRONG_CODE, code, WRONG_WORDS):
        browser, before = house.browser(), panic_hash.calls
        house.database.trace = []
        page = browser.post("/s", {"code": typed})
        trace, house.database.trace = house.database.trace, None
        seen.append((page.status, page.headers, page.body, trace, panic_hash.calls - before))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][4] == 1
    unformed = house.browser().post("/s", {"code": "what has no form"})
    assert (unformed.status, unformed.headers, unformed.body) == seen[0][:3]
    refused(alice.sign_in, "signin.wrong")


def masked(text: str) -> str:
    return re.sub(r'value="[^"]*"', "", text)


def test_t11_while_frozen_the_right_passphrase_is_a_wrong_one(house: TestHouse) -> None:
    alice = person(house, "Alice")
    freezing.freeze(house.site, code_of(house, alice))
    seen = []
    for passphrase in (PASSPHRASE, OTHER):
        browser, before = house.browser(), sign_in_hash.calls
        sheet = browser.get("/in").form("/in").fields
        house.database.trace = []
        page = browser.post("/in", {**sheet, "name": "alice", "pass": passphrase})
        trace, house.database.trace = house.database.trace, None
        seen.append((page.status, page.headers, masked(page.text), trace, sign_in_hash.calls - before))
    assert seen[0] == seen[1]


def test_t11_also_on_the_day_on_which_it_could_return(house: TestHouse) -> None:
    alice = person(house, "Alice")
    freezing.freeze(house.site, code_of(house, alice))
    clock.offset = 10 * clock.DAY
    refused(alice.sign_in, "signin.wrong")
    refused(lambda: flows.recover(house.site, alice.codes[0], "new", OTHER), "recovery.no_match")


def test_somebody_on_her_way_in_while_it_is_frozen_does_not_come_in(house: TestHouse) -> None:
    alice = person(house, "Alice")
    who, code = flows.unlock(house.site, "alice", PASSPHRASE), code_of(house, alice)
    freezing.freeze(house.site, code)
    refused(lambda: flows.enter(house.site, who), "signin.wrong")
    assert rows(house, "session") == 0


def test_a_second_freeze_never_makes_the_time_shorter(house: TestHouse) -> None:
    alice = person(house, "Alice")
    long, short = code_of(house, alice, days=20), code_of(house, alice, days=1, trusted=True)
    freezing.freeze(house.site, long)
    freezing.freeze(house.site, short)
    clock.offset = 19 * clock.DAY
    refused(lambda: freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0]), freezing.WRONG)
    clock.offset = 20 * clock.DAY
    assert freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0])


def writes(house: TestHouse, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[list[str]]:
    """The tables that each transaction of the act wrote to."""
    made: list[list[str]] = []
    real = Write._execute

    def noted(
        uow: Write, statement: Statement[object], values: dict[str, object], *, waits: bool = True
    ) -> object:
        verb, *rest = statement.on(house.database.dialect).sql.split()
        if verb != "SELECT":
            table = rest[0] if verb == "UPDATE" else rest[1]
            made.append([]) if uow is not last[0] else None
            last[0] = uow
            made[-1].append(table)
        return real(uow, statement, values, waits=waits)

    last: list[Write | None] = [None]
    monkeypatch.setattr(Write, "_execute", noted)
    act()
    return made


def test_no_transaction_writes_two_of_her_personas_or_both_sides(
    house: TestHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = person(house, "Alice")
    code, slow = code_of(house, alice), code_of(house, alice, how=How.SLOWLY)
    made = writes(house, monkeypatch, partial(freezing.freeze, house.site, code))
    assert made == [["account"], ["session"] * 32, *[["persona"]] * 16]
    made = writes(house, monkeypatch, partial(freezing.freeze, house.site, slow))
    assert sorted(made[2:]) == [["due"]] * 15 + [["persona"]]


def test_only_the_one_named_goes_at_once_and_the_others_at_hours_of_their_own(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    code = code_of(house, alice, days=1, how=How.SLOWLY | How.QUIET, first=alice.slots["Zahra"])
    freezing.freeze(house.site, code)
    assert sorted(states(house)) == [State.OPEN, State.AWAY | State.UNSEEN]
    assert rows(house, "due") == 15, "as many as there are slots: the number tells nothing"
    # The longest that may pass, and not an hour more: between 23 and 24 that hour would be another day.
    clock.offset = 72 * clock.HOUR
    Staggered(house.database, house.keys.of("field")).all_now()
    assert states(house) == [State.AWAY | State.UNSEEN] * 2
    refused(lambda: freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0]), freezing.WRONG)
    clock.offset = 4 * clock.DAY
    freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0])
    assert states(house) == [State.OPEN] * 2


def test_a_persona_whose_hour_comes_too_late_stays(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    freezing.freeze(house.site, code_of(house, alice, how=How.SLOWLY, first=0))
    clock.offset = 4 * clock.DAY
    freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0])
    Staggered(house.database, house.keys.of("field")).all_now()
    assert states(house) == [State.OPEN] * 2


# --- coming back ---------------------------------------------------------------------


def test_t11_returning_takes_the_delay_the_passphrase_and_paper(house: TestHouse) -> None:
    alice, mallory = person(house, "Alice"), account(house, "mallory", OTHER)
    code = code_of(house, alice)
    freezing.freeze(house.site, code)
    right = ("alice", PASSPHRASE, alice.codes[0])
    wrong = [
        ("alice", PASSPHRASE, WRONG_CODE),
        ("alice", OTHER, alice.codes[0]),
        ("alice", PASSPHRASE, mallory.codes[0]),
        ("nobody", PASSPHRASE, alice.codes[0]),
    ]
    seen = []
    for day, attempts in ((0, [right, *wrong]), (3, wrong)):
        clock.offset = day * clock.DAY
        for attempt in attempts:
            house.database.trace, before = [], return_hash.calls
            refused(partial(freezing.come_back, house.site, *attempt), freezing.WRONG)
            seen.append((tuple(house.database.trace), return_hash.calls - before))
            house.database.trace = None
    assert len(set(seen)) == 1
    who, new = freezing.come_back(house.site, *right)
    assert states(house) == [State.OPEN]
    assert flows.enter(house.site, who)
    assert alice.sign_in().is_member
    freezing.freeze(house.site, code)
    assert alice.viewer.is_member, "the old code freezes nothing any more"
    freezing.freeze(house.site, new)
    refused(alice.sign_in, "signin.wrong")
    clock.offset = 9 * clock.DAY
    refused(lambda: freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0]), freezing.WRONG)
    assert freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[1])


def test_paper_does_not_open_an_account_that_nobody_froze_by_that_door(house: TestHouse) -> None:
    alice = person(house, "Alice")
    refused(lambda: freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0]), freezing.WRONG)
    assert flows.recover(house.site, alice.codes[0], "new", OTHER)


def test_a_closed_page_is_closed_again_after_coming_back(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.browser().submit("/me/p/edit", "/me/p/edit", seen="nobody")
    freezing.freeze(house.site, code_of(house, alice, how=How.QUIET))
    clock.offset = 3 * clock.DAY
    freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0])
    assert states(house) == [State.CLOSED]


def test_a_deleted_account_leaves_no_code(house: TestHouse) -> None:
    alice = person(house, "Alice")
    code_of(house, alice)
    code_of(house, alice, trusted=True)
    flows.delete_account(house.site, flows.unlock(house.site, "alice", PASSPHRASE), remove=range(16))
    assert rows(house, "panic") == 0


def test_freezing_and_coming_back_on_both_databases(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = TestHouse(tmp_path, Database(database_url))
    alice = person(house, "Alice")
    trusted = code_of(house, alice, trusted=True, how=How.QUIET)
    slow = code_of(house, alice, how=How.SLOWLY, first=5)
    freezing.freeze(house.site, trusted)
    freezing.freeze(house.site, slow)
    refused(alice.sign_in, "signin.wrong")
    assert states(house) == [State.AWAY | State.UNSEEN]
    monkeypatch.setattr(clock, "offset", clock.offset + 4 * clock.DAY)
    freezing.come_back(house.site, "alice", PASSPHRASE, alice.codes[0])
    assert states(house) == [State.OPEN]
    assert alice.sign_in().is_member
    house.close()
