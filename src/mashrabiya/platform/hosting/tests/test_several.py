"""Two processes, one house: what protects it is pressed in the one and holds in the other."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from mashrabiya.communities.tests.test_protect import named
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_newcomers import begin
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.types import Grant
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting.tests.conftest import BOTH, MakeConfig
from mashrabiya.platform.hosting.tests.test_serve import Running, running
from mashrabiya.platform.settings import Config
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

_FORM, _HELD_BACK, _WRITTEN = 'name="pass"', "Not posted yet", 303


@pytest.fixture(params=BOTH)
def shared(request: pytest.FixtureRequest, make_config: MakeConfig) -> Config:
    """A house whose key the tests know, once on each kind of database."""
    made = make_config("house", str(request.param))
    key = Path(made.key_file)
    key.parent.mkdir()
    key.write_text((b"\x07" * 32).hex())
    making.init(made)
    if made.database:
        _silence(made.database)
    return made


def _silence(url: str) -> None:
    """A house does not open where the database would write down what people send it."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("log_parameter_max_length", "log_parameter_max_length_on_error"):
            connection.execute(f'ALTER DATABASE "{connection.info.dbname}" SET {setting} = 0'.encode())


@pytest.fixture
def here(shared: Config) -> Iterator[TestHouse]:
    """The one process: this one."""
    house = TestHouse(shared.data, Database(shared.database_url), open=True)
    yield house
    house.close()


@pytest.fixture
def there(here: TestHouse, shared: Config) -> Iterator[Running]:
    """The other, by the real command, on the same database."""
    assert here
    with running(shared, *(["--database", shared.database] if shared.database else [])) as served:
        yield served


def ask(there: Running, path: str, person: Person | None = None, **typed: str) -> tuple[int, str]:
    """What the other process answers; with words, to the form that leads there."""
    headers = {"cookie": f"{SESSION}={person.browser.cookies[SESSION]}"} if person else {}
    body = None
    if typed:
        page = html.unescape(ask(there, path, person)[1])
        form = next(one for one in page.split("<form") if f'action="{path}"' in one and 'name="_f"' in one)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        body = urlencode({**hidden, **typed})
        headers["content-type"] = "application/x-www-form-urlencoded"
    with closing(HTTPConnection("127.0.0.1", there.port, timeout=60)) as line:
        line.request("POST" if typed else "GET", path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def until(holds: Callable[[], bool]) -> None:
    """Wait for what must come. How soon it comes is measured by ./dev bench --raid."""
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not hold in the other process")


def test_the_switch_of_the_house_holds_in_the_other_process_and_ends_there(
    here: TestHouse, there: Running
) -> None:
    mona, alice, bob = (here.person(name) for name in ("Mona", "Alice", "Bob"))
    named(here, mona, Grant.HOST)
    place = f"/c/{show_id(open_place(here, alice, bob))}"
    thread = begin(alice, place).location
    assert _FORM in ask(there, "/join")[1]
    assert ask(there, thread, bob, body="Before.")[0] == _WRITTEN
    assert mona.browser.submit("/protect", "/protect", hours="6").location == "/protect"
    until(lambda: _FORM not in ask(there, "/join")[1])
    status, page = ask(there, thread, bob, body="Meanwhile, with care.")
    assert status == 422
    assert _HELD_BACK in page
    assert "Meanwhile, with care." in page
    assert mona.browser.submit("/protect", "/protect", hours="0").location == "/protect"
    until(lambda: _FORM in ask(there, "/join")[1])
    assert ask(there, thread, bob, body="Afterwards.")[0] == _WRITTEN


def test_the_switch_of_a_place_holds_in_the_other_process_with_its_next_request(
    here: TestHouse, there: Running
) -> None:
    alice, bob, charlie = (here.person(name) for name in ("Alice", "Bob", "Charlie"))
    place = f"/c/{show_id(open_place(here, alice, bob))}"
    thread = begin(alice, place).location
    assert f'action="{place}/in"' in html.unescape(ask(there, place, charlie)[1])
    alice.browser.submit(f"{place}/protect", f"{place}/protect", hours="6")
    assert f'action="{place}/in"' not in html.unescape(ask(there, place, charlie)[1])
    status, page = ask(there, thread, bob, body="Meanwhile, with care.")
    assert status == 422
    assert _HELD_BACK in page
    alice.browser.submit(f"{place}/protect", f"{place}/protect", hours="0")
    assert ask(there, thread, bob, body="Afterwards.")[0] == _WRITTEN
