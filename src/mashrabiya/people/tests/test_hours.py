"""T3: what is done to each of her names by itself is done at hours that lie apart: at one moment it would tie them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from mashrabiya.kernel import clock
from mashrabiya.people import flows
from mashrabiya.people.flows import freezing, turning
from mashrabiya.people.flows.freezing import Wish
from mashrabiya.people.sealed.freeze import How
from mashrabiya.people.tests.factories import PASSPHRASE, Person, person
from mashrabiya.people.tests.test_age import minor
from mashrabiya.testing.house import TestHouse

PEOPLE = 12
"""So many, that chance alone puts their names close together in no run that anybody will see."""


def _unlock(someone: Person) -> flows.entering.Unlocked:
    return flows.unlock(someone.house.site, someone.name, PASSPHRASE)


def leave(someone: Person) -> None:
    flows.delete_account(someone.house.site, _unlock(someone), remove=())


def take_back_unnamed(someone: Person) -> None:
    """Nothing of hers is kept by name: what is held back is what she wrote unnamed."""
    someone.house.site.rooms["unnamed"] = lambda _db, _work: [b"1" * 10, b"2" * 10]
    flows.delete_account(someone.house.site, _unlock(someone), remove=(), at_once=True, unnamed_too=True)


def freeze_slowly(someone: Person) -> None:
    slowly = Wish(how=How.SLOWLY)
    freezing.freeze(someone.house.site, freezing.add_code(someone.house.site, _unlock(someone), slowly))


def turn(someone: Person) -> None:
    who = _unlock(someone)
    turning.ask(someone.house.site, who.row.id, who.vault_key)
    clock.offset += turning.DAYS * clock.DAY
    someone.sign_in()
    clock.offset -= turning.DAYS * clock.DAY


@pytest.mark.parametrize(
    ("act", "comes", "days"),
    [(leave, person, 3), (take_back_unnamed, person, 14), (freeze_slowly, person, 3), (turn, minor, 3)],
)
def test_hours_lie_apart(
    house: TestHouse, act: Callable[[Person], None], comes: Callable[..., Person], days: int
) -> None:
    hours: list[int] = []
    for number in range(PEOPLE):
        someone = comes(house, f"Somebody {number}")
        someone.add(f"Somebody {number} again")
        before = _hours(house)
        act(someone)
        hers = list((Counter(_hours(house)) - Counter(before)).elements())
        assert len(hers) >= 2, "nothing was held back"
        hours += [max(hers) - min(hers)]
    assert sum(apart > clock.HOUR for apart in hours) > PEOPLE // 2
    assert max(hours) > days * clock.DAY // 8


def _hours(house: TestHouse) -> list[int]:
    rows = house.database.connection().execute("SELECT not_before FROM due").fetchall()
    return [int(row[0]) for row in rows]
