"""T26, the one change: from under 18 to 18 or over, seven days after it was asked, and never back."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.people import flows, queries
from mashrabiya.people.commands import change_grant
from mashrabiya.people.commands.personas import turn
from mashrabiya.people.flows import second, turning
from mashrabiya.people.sealed.pending import Slip
from mashrabiya.people.tests.factories import PASSPHRASE, Person, person
from mashrabiya.people.tests.test_age import bands, minor
from mashrabiya.people.tests.test_flows import rows
from mashrabiya.people.types import Band, Grant
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.house import TestHouse

AGAIN = {"name": "young", "pass": PASSPHRASE}
WORDS = {
    "ar": ("سحب الطلب", "بعد ٧ أيام", "التغيير إلى ١٨ فأكثر", "لا تغيير آخر هنا."),
    "en": ("Take the request back", "after 7 days", "Change to 18 or over", "nothing else to change"),
}


def held(someone: Person) -> flows.entering.Unlocked:
    return flows.unlock(someone.house.site, someone.name, someone.passphrase)


def ask(someone: Person) -> None:
    who = held(someone)
    turning.ask(someone.house.site, who.row.id, who.vault_key)


def told(someone: Person) -> Band:
    """What her present session says."""
    with someone.house.database.read() as db:
        found = queries.find_core(db, someone.house.keys.of("sess"), someone.cookie)
    assert found is not None
    return found[1].band


def run_all(house: TestHouse) -> int:
    clock.offset += 73 * clock.HOUR
    return Staggered(house.database, house.keys.of("field")).all_now()


@pytest.mark.parametrize(("days", "expected"), [(6, Band.MINOR), (7, Band.ADULT), (90, Band.ADULT)])
def test_it_counts_from_the_first_sign_in_after_seven_days(
    house: TestHouse, days: int, expected: Band
) -> None:
    young = minor(house, "Young")
    ask(young)
    clock.offset += days * clock.DAY
    young.sign_in()
    assert (told(young), held(young).vault.band) == (expected, expected)


def test_without_a_sign_in_nothing_changes(house: TestHouse) -> None:
    young = minor(house, "Young")
    ask(young)
    clock.offset += 8 * clock.DAY
    assert held(young).vault.band is Band.MINOR
    assert rows(house, "due") == 0


def test_each_name_follows_at_an_hour_of_its_own(house: TestHouse) -> None:
    young = minor(house, "Young")
    young.add("Another")
    ask(young)
    clock.offset += 7 * clock.DAY
    young.sign_in()
    assert (bands(young), rows(house, "due")) == ([Band.MINOR] * 2, 2)
    assert run_all(house) == 2
    young.sign_in()
    assert (bands(young), rows(house, "due")) == ([Band.ADULT] * 2, 0)


def test_sign_ins_that_were_told_otherwise_end(house: TestHouse) -> None:
    """Else a name made in one of them would be under 18 for ever."""
    young = minor(house, "Young")
    ask(young)
    clock.offset += 6 * clock.DAY
    before = flows.sign_in(house.site, young.name, young.passphrase).text
    clock.offset += clock.DAY
    young.sign_in()
    with house.database.read() as db:
        assert queries.find_core(db, house.keys.of("sess"), before) is None
    run_all(house)
    young.sign_in()
    young.add("Later")
    assert bands(young) == [Band.ADULT] * 2


def test_asked_twice_the_days_run_as_before(house: TestHouse) -> None:
    young = minor(house, "Young")
    ask(young)
    clock.offset += 5 * clock.DAY
    ask(young)
    clock.offset += 2 * clock.DAY
    young.sign_in()
    assert told(young) is Band.ADULT


def test_taken_back_it_never_counts_until_asked_again(house: TestHouse) -> None:
    young = minor(house, "Young")
    ask(young)
    who = held(young)
    turning.take_back(house.site, who.row.id, who.vault_key)
    clock.offset += 30 * clock.DAY
    young.sign_in()
    assert told(young) is Band.MINOR
    ask(young)
    young.sign_in()
    assert told(young) is Band.MINOR


def test_whoever_is_18_or_over_cannot_ask_and_cannot_go_back(house: TestHouse) -> None:
    grown = person(house, "Grown")
    with pytest.raises(Refused):
        ask(grown)
    young = minor(house, "Young")
    ask(young)
    clock.offset += 7 * clock.DAY
    young.sign_in()
    with pytest.raises(Refused):
        ask(young)
    who = held(young)
    turning.take_back(house.site, who.row.id, who.vault_key)
    assert (held(young).vault.band, held(young).vault.turns) == (Band.ADULT, 0)


def test_the_rows_do_not_tell_who_asked(house: TestHouse) -> None:
    young = minor(house, "Young")
    person(house, "Grown")
    ask(young)
    sizes = house.database.connection().execute("SELECT LENGTH(vault) FROM account").fetchall()
    assert len({row[0] for row in sizes}) == 1
    clock.offset += 7 * clock.DAY
    young.sign_in()
    run_all(house)
    for table, column in (("account", "vault"), ("persona", "flags")):
        sizes = house.database.connection().execute(f"SELECT LENGTH({column}) FROM {table}").fetchall()
        assert len({row[0] for row in sizes}) == 1


def test_what_else_a_name_carries_stays_and_one_that_is_gone_is_no_trouble(house: TestHouse) -> None:
    young = minor(house, "Young")
    pid, key = young.viewer.pid, house.keys.of("field")
    with house.database.write() as uow:
        change_grant(uow, pid, add=Grant.CARE, keys=house.keys)
        turn(uow, pid, field_key=key)
        turn(uow, pid, field_key=key)
        turn(uow, bytes(16), field_key=key)
    viewer = young.viewer
    assert viewer.work is not None
    with house.database.read() as db:
        flags = queries.own_personas(db, viewer.work, viewer.siblings, key)[0].flags
    assert (flags.band, flags.grant, bool(flags.care_until)) == (Band.ADULT, Grant.CARE, True)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_she_asks_and_takes_back_on_her_pages(house: TestHouse, language: str) -> None:
    young = minor(house, "Young")
    back, wait, turned, _ = WORDS[language]
    browser = young.browser(language)
    assert 'href="/me/years"' in browser.get("/me").text
    first = browser.submit("/me/years", "/me/years", **AGAIN)
    assert turned in first.text
    assert back not in first.text
    asked = browser.post("/me/years/on", first.form("/me/years/on").fields)
    assert back in asked.text
    assert wait in asked.text
    assert held(young).vault.turns == clock.day() + 7
    again = browser.post("/me/years/off", asked.form("/me/years/off").fields)
    assert turned in again.text
    assert held(young).vault.turns == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_whoever_is_18_or_over_is_offered_nothing(house: TestHouse, language: str) -> None:
    house.change(adults_only=False)
    grown = person(house, "Grown")
    browser = grown.browser(language)
    noted = browser.submit("/me/years", "/me/years", name="grown", **{"pass": PASSPHRASE})
    assert WORDS[language][3] in noted.text
    assert WORDS[language][2] not in noted.text


def test_a_form_of_another_session_or_none_changes_nothing(house: TestHouse) -> None:
    young, mallory = minor(house, "Young"), minor(house, "Mallory")
    slip = second.slip_of(mallory.viewer, held(mallory))
    noted = young.browser().submit("/me/years", "/me/years", **AGAIN)
    fields = noted.form("/me/years/on").fields
    for wrong in (slip, "", "x" * 200):
        answer = young.browser().post("/me/years/on", {**fields, "slip": wrong})
        assert (answer.status, answer.location) == (303, "/me/years")
    stranger = Slip(held(mallory).vault_key).seal(young.viewer.key, clock.now())
    assert young.browser().post("/me/years/on", {**fields, "slip": stranger}).status == 404
    assert (held(young).vault.turns, held(mallory).vault.turns) == (0, 0)


def test_a_wrong_passphrase_tells_nothing(house: TestHouse) -> None:
    young = minor(house, "Young")
    answer = young.browser().submit("/me/years", "/me/years", name="young", **{"pass": "not this one at all"})
    assert answer.status == 422
    assert WORDS["en"][2] not in answer.text


def test_in_a_house_for_adults_the_settings_do_not_speak_of_it(house: TestHouse) -> None:
    grown, young = person(house, "Grown"), minor(house, "Young")
    house.change(adults_only=True)
    assert 'href="/me/years"' not in grown.browser().get("/me").text
    assert 'href="/me/years"' in young.browser().get("/me").text
