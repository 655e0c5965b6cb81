"""T29: PostgreSQL keeps with each row which transaction wrote it, also after freezing: no such group ties a person together.

Two names of one person in one group, or a name beside an account's row, would tell whoever holds the disk whose they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.platform.db import Database, metadata
from mashrabiya.testing.house import TestHouse
from tests.furnished import Furnished
from tests.test_account_row import ACCOUNT_SIDE, acts, before, go_through

Groups = dict[int, set[bytes | str]]
ACCOUNTS = "the account's side"
_COLUMNS = [
    (table.name, column)
    for table in metadata.sorted_tables
    for column in ("pid", "subject", "addr")
    if table.name not in ACCOUNT_SIDE and column in table.c
] + [("persona", "id"), *((table, "1") for table in sorted(ACCOUNT_SIDE))]
"""Where rows name a persona, and those of the account's side, whatever stands in them."""


@pytest.fixture
def house(postgres_url: str, tmp_path: Path) -> Iterator[TestHouse]:
    made = TestHouse(tmp_path, Database(postgres_url))
    made.site.rooms["limits"].on = False
    yield made
    made.close()
    clock.offset = 0.0


def written_together(database: Database) -> Groups:
    """By transaction: the names whose rows it wrote, and whether it wrote on the account's side."""
    groups: Groups = defaultdict(set)
    for table, column in _COLUMNS:
        asked = f"SELECT xmin::text::bigint, {column} FROM {table}"
        for wrote, name in database.connection().execute(asked).fetchall():
            if name is not None:
                groups[wrote].add(ACCOUNTS if table in ACCOUNT_SIDE else bytes(name))
    return groups


def tied(groups: Groups, people: list[set[bytes]]) -> list[set[bytes | str]]:
    """The groups that tie two names of one person, or a name to the account's side."""
    names = set().union(*people)
    return [
        group
        for group in groups.values()
        if any(len(group & hers) > 1 for hers in people) or (ACCOUNTS in group and group & names)
    ]


def names_of(furnished: Furnished) -> list[set[bytes]]:
    """All sixteen of each person, used or not."""
    works = [one.viewer.work for one in furnished.people.values()]
    return [{work.persona_id(slot) for slot in range(SLOTS)} for work in works if work is not None]


def test_t29_no_transaction_ties_a_person_together(house: TestHouse) -> None:
    furnished = Furnished(house)
    people, seen = names_of(furnished), set[bytes | str]()
    for act in acts(furnished):
        before(furnished, act)
        go_through(furnished, act)
        groups = written_together(house.database)
        assert tied(groups, people) == [], act
        seen |= set().union(*groups.values())
    assert ACCOUNTS in seen
    assert max(len(seen & hers) for hers in people) > 1, "nobody had two names"


def test_t29_one_that_did_would_be_seen(house: TestHouse) -> None:
    """Else the test above would have no power."""
    furnished = Furnished(house)
    alice = furnished.people["alice"]
    alice.new_persona("Rana")
    with house.database.write() as uow:
        uow._connection.execute("UPDATE persona SET about = about || '.' WHERE name IN ('Alice', 'Rana')")
    assert len(tied(written_together(house.database), names_of(furnished))) == 1
    with house.database.write() as uow:
        uow._connection.execute("UPDATE account SET seen_q = seen_q")
        uow._connection.execute("UPDATE persona SET about = about || '.' WHERE name = 'Bob'")
    assert len(tied(written_together(house.database), names_of(furnished))) == 2
