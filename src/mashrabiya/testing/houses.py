"""The ``house`` fixture: a whole house on an empty database, and who is always there.

On SQLite in the ordinary suite; ``./dev test --full`` runs the same tests on PostgreSQL too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database
from mashrabiya.testing.databases import BOTH
from mashrabiya.testing.house import Person, TestHouse

KINDS = BOTH if os.environ.get("MASHRABIYA_FULL") == "1" else BOTH[:1]


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestHouse]:
    """An open house without people, at the cheap test cost of Argon2."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    made = TestHouse(tmp_path, Database(str(request.getfixturevalue(name))))
    yield made
    made.close()
    clock.offset = 0.0


@pytest.fixture
def alice(house: TestHouse) -> Person:
    """Who writes."""
    return house.person("Alice")


@pytest.fixture
def bob(house: TestHouse) -> Person:
    """Who is a member."""
    return house.person("Bob")
