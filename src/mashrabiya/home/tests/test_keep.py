"""``What we keep`` is the whole truth: no table of the house goes unmentioned."""

from __future__ import annotations

import pytest

from mashrabiya import main
from mashrabiya.platform.db import metadata
from mashrabiya.platform.languages import catalogue
from mashrabiya.testing.house import TestHouse

# Which words of the page speak of which table. A new table needs its line on the page first.
SAID = {
    "account": "keep.account",
    "block": "keep.blocks",
    "community": "keep.communities",
    "decision": "keep.decisions",
    "due": "keep.tasks",
    "guard": "keep.decisions",
    "held": "keep.deleted",
    "invitation": "keep.invitations",
    "job": "keep.tasks",
    "membership": "keep.belonging",
    "once": "keep.twice",
    "panic": "keep.freeze",
    "outbox": "keep.tasks",
    "persona": "keep.persona",
    "picture": "keep.pictures",
    "post": "keep.posts",
    "reaction": "keep.helped",
    "recovery": "keep.codes",
    "report": "keep.reports",
    "save": "keep.own",
    "session": "keep.session",
    "spent": "keep.deleted",
    "submission": "keep.twice",
    "thread": "keep.posts",
    "welcome": "keep.welcome",
}
# Of no person: what the hosts chose, and counters of changes.
OF_NOBODY = {"alembic_version", "generation", "house", "schedule"}
# Nothing writes there yet; their lines come with what does.
EMPTY = {"passkey"}


def test_every_table_is_spoken_of() -> None:
    assert main.ROUTES, "importing main has declared every table"
    assert set(metadata.tables) - SAID.keys() - OF_NOBODY - EMPTY == set()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_line_is_on_the_page(house: TestHouse, language: str) -> None:
    text = house.browser(language).get("/k").text
    for key in set(SAID.values()):
        assert catalogue(language).texts[key, "n"].replace("'", "&#x27;") in text, key
