"""T23: whoever alters, drops, reorders, puts in or cuts off what stands in the log of acts is noticed, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mashrabiya.kernel import clock
from mashrabiya.platform import audit
from mashrabiya.platform.audit.chain import Entry, detail_mac, hashed
from mashrabiya.platform.audit.log import AUDIT, AUDIT_DETAIL
from mashrabiya.platform.db import Database
from mashrabiya.platform.retention import sweep

WORDS = "Agreed between two."


@pytest.fixture
def log(database: Database) -> Iterator[Database]:
    """Ten acts on three days."""
    for number in range(10):
        clock.offset = number // 4 * float(clock.DAY)
        act(database, number)
    yield database
    clock.offset = 0.0


def act(database: Database, number: int = 0) -> None:
    with database.write() as uow:
        audit.record(uow, "decision:hide", role="care", thing=bytes([number]) * 16, detail=WORDS)


def run(database: Database, sql: str) -> None:
    """As somebody who has the database in her hands."""
    with database.outside() as connection:
        connection.execute(sql)


def looked(database: Database, *seen: str) -> audit.Examined:
    with database.read() as db:
        return audit.examine(db, seen)


def head(database: Database) -> str:
    last = looked(database).last
    assert last is not None
    return last.h32.hex()


def entry(database: Database, n: int) -> Entry:
    with database.read() as db:
        return next(one.entry for one in audit.entries(db, before=n + 1, most=1))


def test_t23_what_was_only_added_to_is_whole(log: Database) -> None:
    found = looked(log, head(log))
    assert (found.broken, found.unseen, found.entries, found.details) == ("", [], 10, 10)


def test_numbers_have_no_gap_and_an_act_that_fails_leaves_none(log: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _fails(log)
    act(log)
    assert looked(log).broken == ""
    assert entry(log, 11).n == 11


def _fails(log: Database) -> None:
    with log.write() as uow:
        audit.record(uow, "decision:hide", role="care")
        uow.record(1 // 0)  # type: ignore[arg-type]


ZERO = {"sqlite": "zeroblob(32)", "postgresql": "decode(repeat('00', 32), 'hex')"}
TAMPERING: dict[str, tuple[str, str]] = {
    "another act": ("UPDATE audit SET action = 'decision:keep' WHERE n = 5", "entry 5 .* was altered"),
    "another day": ("UPDATE audit SET day = day - 1 WHERE n = 5", "entry 5 .* was altered"),
    "another role": ("UPDATE audit SET role = 'house' WHERE n = 1", "entry 1 .* was altered"),
    "another rule": ("UPDATE audit SET rule = 'spam' WHERE n = 10", "entry 10 .* was altered"),
    "another thing": ("UPDATE audit SET object = {zero} WHERE n = 5", "entry 5 .* was altered"),
    "another mac": ("UPDATE audit SET detail_mac = {zero} WHERE n = 5", "entry 5 .* was altered"),
    "another hash": ("UPDATE audit SET h32 = {zero} WHERE n = 5", "entry 5 .* was altered"),
    "another hash before": ("UPDATE audit SET prev32 = {zero} WHERE n = 5", "entry 5 .* does not follow entry 4"),
    "one dropped": ("DELETE FROM audit WHERE n = 5", "entry 5 is missing"),
    "the first dropped": ("DELETE FROM audit WHERE n < 3", "before entry 3 .* is missing"),
    "the first dropped and renumbered": (
        "DELETE FROM audit WHERE n = 1; UPDATE audit SET n = -n; UPDATE audit SET n = -n - 1",
        "entry 1 .* was altered",
    ),
    "one dropped and renumbered": (
        "DELETE FROM audit WHERE n = 5; UPDATE audit SET n = -n WHERE n > 5; UPDATE audit SET n = -n - 1 WHERE n < 0",
        "entry 5 .* does not follow entry 4",
    ),
    "two reordered": (
        "UPDATE audit SET n = 99 WHERE n = 5; UPDATE audit SET n = 5 WHERE n = 6; UPDATE audit SET n = 6 WHERE n = 99",
        "entry 5 .* does not follow entry 4",
    ),
    "one put in": (
        ("UPDATE audit SET n = -n WHERE n > 5; UPDATE audit SET n = 1 - n WHERE n < 0; "
        "INSERT INTO audit SELECT 6, day, role, action, object, rule, detail_mac, h32, {zero} FROM audit WHERE n = 5"),
        "entry 6 .* was altered",
    ),
    "another detail": ("UPDATE audit_detail SET text = 'Other words.' WHERE n = 5", "the detail of entry 5 .* was altered"),
    "another salt": ("UPDATE audit_detail SET salt = {zero} WHERE n = 5", "the detail of entry 5 .* was altered"),
    "a detail dropped": ("DELETE FROM audit_detail WHERE n = 5", "the detail of entry 5 .* missing before its time"),
    "two details exchanged": (
        ("UPDATE audit_detail SET n = 99 WHERE n = 5; UPDATE audit_detail SET n = 5 WHERE n = 6; "
        "UPDATE audit_detail SET n = 6 WHERE n = 99"),
        "the detail of entry 5 .* was altered",
    ),
    "a detail put in": (
        "INSERT INTO audit_detail SELECT 11, day, salt, text FROM audit_detail WHERE n = 5",
        "a detail belongs to entry 11",
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERING)
def test_t23_tampering_is_noticed_and_its_first_place_named(log: Database, how: str) -> None:
    sql, fault = TAMPERING[how]
    for one in sql.format(zero=ZERO[log.dialect]).split("; "):
        run(log, one)
    assert re.search(fault, looked(log).broken), looked(log).broken


def test_t23_an_end_that_is_cut_off_shows_only_to_whoever_has_seen_it(log: Database) -> None:
    seen = head(log)
    run(log, "DELETE FROM audit WHERE n > 8")
    run(log, "DELETE FROM audit_detail WHERE n > 8")
    assert looked(log).broken == ""
    assert looked(log, seen).unseen == [seen]
    # Written on again, it is still not what was seen.
    act(log)
    act(log)
    assert looked(log, seen).unseen == [seen]
    assert looked(log, entry(log, 8).h32.hex()).unseen == []


def test_t23_a_log_written_anew_is_whole_in_itself_and_not_what_was_seen(log: Database) -> None:
    """Nothing in the chain is a secret: whoever has the database can make another. The head is what stands against it."""
    seen = head(log)
    with log.read() as db:
        kept = [one.entry for one in reversed(audit.entries(db, before=99, most=99))]
    run(log, "DELETE FROM audit")
    run(log, "DELETE FROM audit_detail")
    before = bytes(32)
    with log.write() as uow:
        for one in kept:
            salt = bytes(32)
            new = Entry(
                one.n, one.day, one.role, "decision:keep", one.object, "", detail_mac(salt, ""), before, b""
            )
            before = hashed(new)
            values = {name: getattr(new, name) for name in Entry.__struct_fields__}
            uow.insert(AUDIT, **{**values, "h32": before})
            uow.insert(AUDIT_DETAIL, n=one.n, day=one.day, salt=salt, text="")
    assert looked(log).broken == ""
    assert looked(log, seen).unseen == [seen]


def test_details_go_sooner_and_the_chain_holds(log: Database) -> None:
    seen = head(log)
    clock.offset = (audit.DETAIL_DAYS + 5) * float(clock.DAY)
    sweep(log)
    found = looked(log, seen)
    assert (found.broken, found.unseen, found.entries, found.details) == ("", [], 10, 0)
    act(log)
    assert (looked(log, seen).broken, looked(log, seen).details) == ("", 1)


def test_of_a_detail_that_is_gone_nothing_can_be_guessed(log: Database) -> None:
    """The same words twice leave nothing that is the same."""
    assert entry(log, 1).detail_mac != entry(log, 2).detail_mac
    assert len({entry(log, n).detail_mac for n in range(1, 11)}) == 10


def test_the_oldest_entries_go_and_an_entry_says_so(log: Database) -> None:
    clock.offset = (audit.KEPT_DAYS + 1) * float(clock.DAY)
    act(log)
    sweep(log)
    found = looked(log, head(log))
    assert found.broken == ""
    assert found.first is not None
    assert (found.first.n, found.entries) == (11, 2)
    sweep(log)
    assert looked(log).entries == 2
    # Without that entry it is a gap like any other.
    run(log, "DELETE FROM audit WHERE action = 'log:let_go'")
    run(log, "DELETE FROM audit_detail WHERE n = 12")
    assert "is missing, and no entry says" in looked(log).broken


def test_a_log_in_which_nothing_happened_for_years_still_stands(log: Database) -> None:
    clock.offset = 5000.0 * clock.DAY
    sweep(log)
    found = looked(log)
    assert (found.broken, found.entries) == ("", 1)
    clock.offset += 5000.0 * clock.DAY
    sweep(log)
    assert (looked(log).broken, looked(log).entries) == ("", 1)
    act(log)
    assert (looked(log).broken, looked(log).entries) == ("", 2)


def test_the_public_head_is_of_a_day_that_is_over(log: Database) -> None:
    with log.read() as db:
        shown = audit.public_head(db)
    assert shown is not None
    assert shown == entry(log, 8)
    clock.offset += clock.DAY
    with log.read() as db:
        assert audit.public_head(db) == entry(log, 10)


def test_a_new_house_has_no_head_and_an_empty_log_is_whole(database: Database) -> None:
    with database.read() as db:
        assert audit.public_head(db) is None
    assert looked(database).broken == ""


def test_who_writes_at_once_leaves_one_chain(log: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: act(log, number), range(8)))
    assert (looked(log).broken, looked(log).entries) == ("", 18)
