"""Another passphrase takes away the passkeys that sign in by themselves, unless she says that they stay."""

from __future__ import annotations

import pytest

from mashrabiya.people.tests.factories import OTHER
from mashrabiya.people.tests.lone_owner import Owner
from mashrabiya.people.tests.test_passkeys import AGAIN
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def owner(house: TestHouse) -> Owner:
    return Owner(house)


@pytest.mark.parametrize("kept", [False, True])
def test_another_passphrase_takes_it_away_unless_she_keeps_it(owner: Owner, kept: bool) -> None:
    """Whoever knew the old one may have added it."""
    owner.add()
    fields = AGAIN | {"new_pass": OTHER} | ({"keep_keys": "1"} if kept else {})
    assert owner.browser.submit("/me/pass", "/me/pass", **fields).status == 303
    assert len(owner.rows()) == kept
    assert bool(owner.comes_in()) is kept
