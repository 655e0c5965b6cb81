"""Promises of the security core that this domain keeps: T2, T4, T14, T33."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mashrabiya.kernel.errors import Refused
from mashrabiya.people import flows
from mashrabiya.people.pages import routes
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, Person, account, fill, person
from mashrabiya.platform import proof_of_work
from mashrabiya.platform.db import Database
from mashrabiya.platform.web.ask import Visit
from mashrabiya.testing.house import TestHouse


def test_t2_twenty_at_once_use_one_code_and_one_of_them_comes_in(database_url: str, tmp_path: Path) -> None:
    house = TestHouse(tmp_path, Database(database_url))
    alice = account(house, "alice")

    def attempt(number: int) -> bool:
        try:
            flows.recover(house.site, alice.codes[0], f"new{number}", OTHER)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(12) as crowd:
        assert sum(crowd.map(attempt, range(20))) == 1
    house.close()


def account_rows(house: TestHouse) -> list[tuple[object, ...]]:
    rows = house.database.connection().execute("SELECT * FROM account").fetchall()
    return [tuple(row) for row in rows]


def keep_note(alice: Person) -> None:
    assert alice.browser().submit("/me/notes/new", "/me/notes", text="words").status == 303


def change_note(alice: Person) -> None:
    keep_note(alice)
    assert alice.browser().submit("/me/notes/0/edit", "/me/notes/0", text="others").status == 303


def delete_note(alice: Person) -> None:
    keep_note(alice)
    assert alice.browser().submit("/me/notes/0/delete", "/me/notes/0/delete").status == 303


def end_others(alice: Person) -> None:
    flows.sign_in(alice.house.site, alice.name, PASSPHRASE)
    assert alice.browser().submit("/me/in", "/me/in/others").status == 303


def delete_persona(alice: Person) -> None:
    again = {"name": alice.name, "pass": PASSPHRASE}
    assert alice.browser().submit("/me/p/delete", "/me/p/delete", **again).status == 303


PERSONA_ACTS: dict[str, Callable[[Person], object]] = {
    "add": lambda alice: alice.add("Zahra"),
    "switch": lambda alice: alice.use("Alice"),
    "describe": lambda alice: alice.browser().submit("/me/p/edit", "/me/p/edit", about="words"),
    "rename": lambda alice: alice.browser().submit("/me/p/edit", "/me/p/name", name="Rana"),
    "tile": lambda alice: alice.browser().submit("/me/p/edit", "/me/p/tile"),
    "delete": delete_persona,
    "sign in": lambda alice: alice.sign_in(),
    "write a note": keep_note,
    "change a note": change_note,
    "look at notes": lambda alice: alice.browser().get("/me/notes"),
    "delete a note": delete_note,
    "try a name": lambda alice: alice.browser().submit("/me/try", "/me/try", name="Rana"),
    "look at sign-ins": lambda alice: alice.browser().get("/me/in"),
    "end other sign-ins": end_others,
    "exit": lambda alice: alice.browser().post("/x"),
}


@pytest.mark.parametrize("act", list(PERSONA_ACTS))
def test_t4_no_act_of_a_persona_touches_the_account_row(house: TestHouse, act: str) -> None:
    alice = person(house, "Alice")
    before = account_rows(house)
    PERSONA_ACTS[act](alice)
    assert account_rows(house) == before


def grams(house: TestHouse, *tables: str) -> set[bytes]:
    """Every eight neighbouring bytes in these tables."""
    connection = house.database.connection()
    rows = [row for table in tables for row in connection.execute(f"SELECT * FROM {table}").fetchall()]
    values = [value for row in rows for value in row if isinstance(value, bytes)]
    return {value[at : at + 8] for value in values for at in range(len(value) - 7)}


def test_no_value_stands_on_both_sides(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    keep_note(alice)
    accounts = grams(house, "account", "recovery", "session")
    personas = grams(house, "persona", "spent", "held", "save")
    assert accounts
    assert personas
    assert accounts.isdisjoint(personas)


POSTS = [route for route in routes.all if route.method == "POST"]


FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "http://localhost.evil"},
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
)


@pytest.mark.parametrize("path", [route.path for route in POSTS])
def test_t14_nothing_is_taken_from_another_site(house: TestHouse, path: str) -> None:
    alice = person(house, "Alice")
    before, token = dump(house), alice.browser().get("/me").form("/me").fields["_f"]
    for headers in FOREIGN:
        assert alice.browser().post(path, {"_f": token}, **headers).status == 404
    assert dump(house) == before


@pytest.mark.parametrize("path", [route.path for route in POSTS if not route.tokenless])
def test_t14_a_form_without_its_own_token_changes_nothing(house: TestHouse, path: str) -> None:
    alice = person(house, "Alice")
    before = dump(house)
    of_another = alice.browser().get("/me").form("/me" if path != "/me" else "/me/out").fields["_f"]
    for token in ("", "0" * 64, of_another):
        answer = alice.browser().post(path, {"_f": token, "name": "Zahra", "about": "typed words"})
        assert answer.status == 403
        assert "typed words" in answer.text
    assert dump(house) == before


def dump(house: TestHouse) -> list[list[tuple[object, ...]]]:
    tables = ("account", "recovery", "session", "persona", "spent", "held", "invitation", "guard", "save")
    connection = house.database.connection()
    return [[tuple(row) for row in connection.execute(f"SELECT * FROM {t}").fetchall()] for t in tables]


@pytest.fixture
def one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody comes from one network, as a whole city may."""
    real = Visit.__init__

    def from_there(visit: Visit, *given: object, **named: object) -> None:
        real(visit, *given, **named)  # type: ignore[arg-type]
        visit.find_network = lambda: b"\xc0\xa8\x01"

    monkeypatch.setattr(Visit, "__init__", from_there)


@pytest.mark.usefixtures("one_address")
def test_t33_a_neighbour_who_used_everything_up_keeps_nobody_out(house: TestHouse) -> None:
    alice, bob = account(house, "alice"), account(house, "bob")
    mallory = house.browser()
    for number in range(21):
        mallory.submit("/in", "/in", name=f"guess{number}", **{"pass": OTHER})
    back = {"code": alice.codes[0], "name": "new", "pass": OTHER}
    assert house.browser().submit("/back", "/back", **back).status == 303
    browser = house.browser()
    asked = browser.submit("/in", "/in", name="bob", **{"pass": bob.passphrase})
    assert asked.status == 200
    sheet = asked.form("/in").fields
    sheet |= {"nonce": proof_of_work.solve(sheet["work"]), "pass": PASSPHRASE}
    assert browser.post("/in", sheet).status == 303


@pytest.mark.usefixtures("one_address")
def test_t33_and_those_without_javascript_wait(house: TestHouse) -> None:
    from mashrabiya.kernel import clock

    bob, browser = account(house, "bob"), house.browser()
    for number in range(21):
        asked = browser.submit("/in", "/in", name=f"guess{number}", **{"pass": OTHER})
    clock.offset += 120
    assert fill(browser, asked, "/in", name="bob", **{"pass": bob.passphrase}).status == 303


def test_no_page_says_whether_a_name_is_known(house: TestHouse) -> None:
    account(house, "nour")
    pages = []
    for name in ("nour", "nobody"):
        fields = {"code": "0" * 20, "name": name, "pass": OTHER}
        page = house.browser().submit("/back", "/back", **fields)
        pages.append(re.sub(r'value="[^"]*"|<bdi>[^<]*</bdi>', "", page.text))
    assert pages[0] == pages[1]
