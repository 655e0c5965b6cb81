"""Sessions: how long they live, what they open, how they end."""

import pytest
from sqlalchemy import func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import flows
from mashrabiya.people.commands.sessions import Renewals, end, end_everywhere
from mashrabiya.people.flows import switching
from mashrabiya.people.queries import find_core, open_session
from mashrabiya.people.sealed.core import Cookie, Core
from mashrabiya.people.tables import SESSION
from mashrabiya.people.tests.factories import Person, account, person
from mashrabiya.platform.db import Statement
from mashrabiya.platform.web.site import Site
from mashrabiya.testing.house import TestHouse


def is_open(someone: Person) -> bool:
    with someone.house.database.read() as db:
        return (
            open_session(db, someone.house.site, someone.cookie, someone.house.visitor().tongue) is not None
        )


def renew(house: TestHouse) -> None:
    renewals: Renewals = house.site.rooms["renewals"]
    renewals.write()


def test_an_unused_session_ends_after_two_hours(house: TestHouse) -> None:
    alice = account(house, "alice")
    clock.offset = 0.9 * clock.HOUR
    assert is_open(alice)
    clock.offset = 5 * clock.HOUR
    assert not is_open(alice)


def test_a_session_in_use_lives_on_for_a_day_and_no_longer(house: TestHouse) -> None:
    alice = account(house, "alice")
    for hour in range(1, 24):
        clock.offset = hour * clock.HOUR
        assert is_open(alice), hour
        renew(house)
    clock.offset = 24 * clock.HOUR
    assert not is_open(alice)


def test_her_own_device_keeps_it_for_two_weeks_at_most(house: TestHouse) -> None:
    alice = account(house, "alice")
    alice.sign_in(own=True)
    for day in range(1, 14):
        clock.offset = day * clock.DAY
        assert is_open(alice), day
        renew(house)
    clock.offset = 14 * clock.DAY
    assert not is_open(alice)


def test_a_renewal_does_not_bring_back_what_ended(house: TestHouse) -> None:
    alice = account(house, "alice")
    clock.offset = 1.5 * clock.HOUR
    is_open(alice)
    alice.browser().post("/x")
    renew(house)
    assert not is_open(alice)


def test_sessions_of_one_day_share_a_group_and_those_of_two_days_do_not(house: TestHouse) -> None:
    alice = account(house, "alice")
    alice.sign_in()
    clock.offset = clock.DAY
    alice.sign_in()
    rows = house.database.connection().execute("SELECT grp FROM session").fetchall()
    assert len(rows) == 3
    assert len({bytes(row[0]) for row in rows}) == 2


def test_a_session_row_says_nothing_but_its_hour(house: TestHouse) -> None:
    alice = person(house, "Alice")
    viewer = alice.viewer
    assert viewer.work is not None
    rows = house.database.connection().execute("SELECT sid, grp, blob FROM session").fetchall()
    for row in rows:
        stored = b"".join(bytes(value) for value in row)
        for secret in (viewer.account, viewer.pid, viewer.work.secret, b"Alice"):
            assert secret not in stored


@pytest.mark.parametrize("shown", ["", "x", "A" * 43, "m" + "A" * 43, "é" * 43])
def test_anything_else_opens_nothing(house: TestHouse, shown: str) -> None:
    with house.database.read() as db:
        assert open_session(db, house.site, shown, house.visitor().tongue) is None


def test_a_token_is_no_cookie_and_a_cookie_no_token(house: TestHouse) -> None:
    alice = person(house, "Alice")
    token = flows.sign_in(house.site, alice.name, alice.passphrase, narrow=True).text
    key = house.keys.of("sess")
    with house.database.read() as db:
        assert find_core(db, key, "m" + token) is not None
        assert find_core(db, key, token) is None
        assert find_core(db, key, alice.cookie) is not None
        assert find_core(db, key, "m" + alice.cookie) is None


def test_t30_one_statement_for_the_session_and_one_for_the_name(house: TestHouse) -> None:
    alice = person(house, "Alice")
    house.site.held.refresh()
    house.database.trace = []
    alice.viewer  # noqa: B018
    assert len(house.database.trace) == 2
    house.database.trace = None


def test_a_viewer_never_shows_her_keys(house: TestHouse) -> None:
    viewer: Viewer = person(house, "Alice").viewer
    assert viewer.work is not None
    shown = repr(viewer)
    assert repr(viewer.work.secret) not in shown
    assert repr(viewer.key) not in shown


@pytest.mark.parametrize("leaves", ["exit", "everywhere"])
def test_who_leaves_while_switching_stays_gone(
    house: TestHouse, monkeypatch: pytest.MonkeyPatch, leaves: str
) -> None:
    alice = person(house, "Alice")
    viewer, opened = alice.viewer, switching._current

    def meanwhile(site: Site, shown: str) -> tuple[Cookie, Core]:
        found = opened(site, shown)
        assert viewer.work is not None
        with site.database.write() as uow:
            if leaves == "exit":
                end(uow, viewer.sid)
            else:
                end_everywhere(uow, viewer.work)
        return found

    monkeypatch.setattr(switching, "_current", meanwhile)
    with pytest.raises(NotFound):
        flows.switch(house.site, viewer, alice.cookie, viewer.slot)
    with house.database.read() as db:
        assert db.scalar(Statement(select(func.count()).select_from(SESSION))) == 0
