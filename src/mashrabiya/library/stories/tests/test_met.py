"""How readers meet experiences: marks, what they keep away, what they look for, and how it all ends."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.stories.tests.steps import NEW, named, reads, tell
from mashrabiya.library.stories.types import KEPT_DAYS, PAGE
from mashrabiya.people import flows
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.people.types import State, Voice, Wish
from mashrabiya.platform import retention
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse


def count(house: TestHouse, table: str = "story") -> int:
    return int(house.database.connection().execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0][0])


def mark(person: Person, path: str, **said: str) -> Page:
    return person.browser.submit(path, f"{path}/h", **said)


def settle(house: TestHouse) -> None:
    """Everything that was to happen has happened."""
    Worker(house.database, house.keys).drain()
    clock.offset += 20 * clock.DAY
    Staggered(house.database, house.keys.of("field")).all_now()
    clock.offset = 0.0
    Worker(house.database, house.keys).drain()


def test_one_of_each_a_person_under_all_her_names(house: TestHouse) -> None:
    alice, bob, hala = (house.person(name) for name in ("Alice", "Bob", "Hala"))
    path = tell(alice)
    for _ in range(2):
        mark(bob, path, same="1")
        mark(bob, path, helped="1")
    bob.new_persona("Another")
    mark(bob, path, same="1")
    mark(hala, path, same="1")
    text = hala.browser.get(path).text
    assert "Same for 2 other people" in text
    assert "Helped 1 person" in text
    mark(bob, path, same="0")
    assert "Same for 1 other person" in hala.browser.get(path).text


def test_nobody_marks_her_own_under_whichever_name(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    unnamed, by_name = tell(alice), named(alice)
    token = bob.browser.get(unnamed).form(f"{unnamed}/h").fields
    alice.new_persona("Rana")
    for path in (unnamed, by_name):
        assert f"{path}/h" not in alice.browser.get(path).text
        assert alice.browser.post(f"{path}/h", {**token, "same": "1"}).status == 403
    assert count(house, "story_mark") == 0


def test_what_is_kept_of_marks_names_nobody(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    first, second = tell(alice), tell(alice, question="Another?")
    for path in (first, second):
        mark(bob, path, same="1")
        mark(bob, path, helped="1")
    found = house.database.connection().execute("SELECT mnull FROM story_mark").fetchall()
    marks = {bytes(row[0]) for row in found}
    assert len(marks) == 4
    assert marks.isdisjoint({*bob.viewer.siblings, bob.viewer.account})


def test_two_unnamed_ones_of_one_teller_have_nothing_in_common(house: TestHouse) -> None:
    alice = house.person("Alice")
    for n in range(3):
        tell(alice, question=f"Which {n}?")
    found = house.database.connection().execute("SELECT pid, tok FROM story").fetchall()
    assert [row[0] for row in found] == [None] * 3
    assert len({bytes(row[1]) for row in found}) == 3


def test_whom_she_keeps_away_stands_in_no_list_of_hers_by_name(house: TestHouse) -> None:
    alice, bob, hala = (house.person(name) for name in ("Alice", "Bob", "Hala"))
    by_name, unnamed = named(alice), tell(alice)
    flows.block(house.site, bob.viewer, alice.viewer.pid, shared=True)
    flows.keep_away(house.site, hala.viewer, Voice(pid=alice.viewer.pid), Wish("mute", shared=True))
    for person in (bob, hala):
        text = person.browser.get("/y/e").text
        assert by_name not in text
        assert unnamed in text
        assert "<details" in person.browser.get(by_name).text


def test_hidden_words_and_notes_hold(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path, noted = tell(alice, was="A tale of kohlrabi."), tell(alice, question="Noted?", note_8="1")
    bob.browser.submit("/me/m", "/me/m", words="kohlrabi")
    listed = bob.browser.get("/y/e").text
    assert path not in listed
    assert noted in listed
    assert "We sat in the car." not in listed
    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], notes_hidden=8)
    assert noted not in bob.browser.get("/y/e").text
    assert "<details" in bob.browser.get(noted).text


@pytest.mark.parametrize("quiet", [False, True])
def test_a_name_that_is_away_is_nobodys(house: TestHouse, *, quiet: bool) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    by_name, unnamed = named(alice), tell(alice)
    state = int(State.AWAY | State.UNSEEN if quiet else State.AWAY)
    with house.database.write() as uow:
        uow._connection.execute(f"UPDATE persona SET state = {state} WHERE name = 'Alice'")
    assert reads(bob, by_name) is not quiet
    assert reads(bob, unnamed)
    assert "Alice" not in bob.browser.get("/y/e").text
    assert (by_name in bob.browser.get("/y/e").text) is not quiet


def test_whom_the_house_is_closed_to_tells_and_reads_nothing(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path = tell(alice)
    with house.database.write() as uow:
        set_guard(uow, "site", bob.viewer.pid, scope=b"", days=9, case=b"case")
    house.site.held.refresh()
    before = count(house)
    assert path not in bob.browser.get(path).text.replace(f'value="{path}"', "")
    bob.browser.post(NEW, {"was": "Still here.", "kind": "2"})
    assert count(house) == before


def test_found_by_situation_language_and_country(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    one = tell(alice, kind="4", country="JO", question="", was="كانت ليلة.", done="", came="")
    other = tell(alice, kind="5")
    for narrowed in (
        {"kind": "4"},
        {"country": "jo"},
        {"lang": "ar"},
        {"kind": "4", "lang": "ar", "country": "JO"},
    ):
        asked = [bob.browser.submit("/y/e", "/y/e", **narrowed) for _ in range(6)]
        found = asked[0]
        assert {each.status for each in asked} == {303}
        # Two letters stand in some sealed address by chance; what leaves them there leaves them in all.
        assert not all("JO" in each.location for each in asked)
        text = bob.browser.get(found.location).text
        assert one in text, narrowed
        assert other not in text, narrowed
    lengths = {
        len(bob.browser.submit("/y/e", "/y/e", **asked).location)
        for asked in ({"kind": "4"}, {"country": "JO"})
    }
    assert len(lengths) == 1
    for made_up in ("/y/e?k=abc", "/y/e?k=%00", "/y/e?g=7&s=x", "/y/e?after=zz"):
        assert bob.browser.get(made_up).status == 200


def test_a_long_list_goes_on_and_ends(house: TestHouse) -> None:
    house.site.rooms["limits"].on = False
    alice, bob = house.person("Alice"), house.person("Bob")
    told = {tell(alice, question=f"Which {n}?") for n in range(PAGE + 3)}
    first = bob.browser.get("/y/e").text
    after = first.split("after=")[1].split('"')[0]
    second = bob.browser.get(f"/y/e?after={after}").text
    assert {path for path in told if path in first} | {path for path in told if path in second} == told
    assert not {path for path in told if path in first and path in second}


def test_only_the_month_is_kept(house: TestHouse) -> None:
    tell(house.person("Alice"))
    ((day,),) = house.database.connection().execute("SELECT day FROM story").fetchall()
    assert clock.date(int(day)).day == 1


def test_it_goes_after_five_years_with_its_marks(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    mark(bob, tell(alice), same="1")
    clock.offset = (KEPT_DAYS - 40) * clock.DAY
    try:
        retention.sweep(house.database)
        assert count(house) == 1
        clock.offset = (KEPT_DAYS + 2) * clock.DAY
        retention.sweep(house.database)
    finally:
        clock.offset = 0.0
    assert (count(house), count(house, "story_mark")) == (0, 0)


@pytest.mark.parametrize("posts", ["remove", "leave"])
def test_a_named_one_goes_with_its_name_and_the_unnamed_stays(house: TestHouse, posts: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    by_name, unnamed = named(alice), tell(alice)
    mark(bob, by_name, helped="1")
    again = {"name": "Alice", "pass": alice.passphrase, "posts": posts}
    alice.browser.submit("/me/p/delete", "/me/p/delete", **again)
    settle(house)
    assert not reads(bob, by_name)
    assert reads(bob, unnamed)
    assert count(house, "story_mark") == 0


@pytest.mark.parametrize("too", ["", "1"])
def test_an_account_takes_the_unnamed_along_only_where_that_was_chosen(house: TestHouse, too: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    unnamed, of_bob = tell(alice), tell(bob)
    again = {"name": "Alice", "pass": alice.passphrase, "posts": "remove", "when": "now", "unnamed": too}
    assert alice.browser.submit("/me/delete", "/me/delete", **again).status == 200
    settle(house)
    assert reads(bob, unnamed) is not bool(too)
    assert reads(bob, of_bob)


def test_taken_back_it_is_gone_at_once_and_twice_is_once(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path = tell(alice)
    mark(bob, path, same="1")
    sheet = alice.browser.get(f"{path}/d").form(f"{path}/d").fields
    assert [alice.browser.post(f"{path}/d", sheet).status for _ in range(2)] == [303, 303]
    assert (count(house), count(house, "story_mark")) == (0, 0)
    assert "We sat in the car." not in bob.browser.get("/y/e").text


def test_nobody_takes_back_what_is_not_hers(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path, own = tell(alice), tell(bob)
    sheet = bob.browser.get(f"{own}/d").form(f"{own}/d").fields
    bob.browser.post(f"{path}/d", sheet)
    assert reads(alice, path)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_ask_little(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    path = tell(alice)
    for asked in ("/y/e", path, NEW, "/y/e/me"):
        house.database.trace = trace = list[str]()
        assert bob.browser.get(asked).status == 200
        house.database.trace = None
        assert len([sql for sql in trace if sql.lstrip().startswith("SELECT")]) <= 6, asked


def test_a_name_leads_to_its_page_where_that_is_there_for_the_reader(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path = named(alice)
    assert '"/p/' not in bob.browser.get(path).text, "they share no community"
    assert '"/p/' in alice.browser.get(path).text, "her own is there"
    assert '"/p/' not in house.browser().get(path).text
