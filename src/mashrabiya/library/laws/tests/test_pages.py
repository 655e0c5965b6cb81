"""What visitors see of countries, and what hosts write."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.kernel import clock
from mashrabiya.library.laws.tests.atlas import MENDING, YEAR, a_host, address, fact, on, plain, take
from mashrabiya.library.laws.types import TOPICS
from mashrabiya.library.services import commands as services
from mashrabiya.library.services.types import Channel, Method, NewCheck, Record, Way
from mashrabiya.people.flows import alter_preferences
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

LIST = "/y/w"


@pytest.fixture(autouse=True)
def _in_2026() -> None:
    on(YEAR)


@pytest.mark.parametrize(
    ("language", "nothing", "name"),
    [("en", "Nothing is known here yet", "Egypt"), ("ar", "لا معلومات هنا بعد", "مصر")],
)
def test_a_house_without_data_says_so_and_every_country_has_a_page(
    house: TestHouse, language: str, nothing: str, name: str
) -> None:
    browser = house.browser(language)
    text = browser.get(LIST).text
    assert nothing in text
    assert name in text
    assert len(set(re.findall(r"/y/w/[0-9a-z]{16}", unescape(text)))) == 250
    page = browser.get(address(house, "EG"))
    assert page.status == 200
    assert nothing in page.text
    assert name in page.text
    assert page.text.count('class="state red"') == len(TOPICS)


def test_hosts_are_told_how_to_import_and_nobody_else_is(house: TestHouse) -> None:
    host = a_host(house)
    assert 'href="/y/w/d"' in unescape(host.browser.get(LIST).text)
    assert "mashrabiya library import-laws" in host.browser.get("/y/w/d").text
    assert 'href="/y/w/d"' not in unescape(house.browser().get(LIST).text)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Testland C",
                "it describes no real one",
                "High legal risk",
                "criminal",
                "prison, 3 to 10 years",
                "as of 2025",
            ],
        ),
        (
            "ar",
            [
                "Testland C",
                "لا يصف أي بلد حقيقي",
                "خطر قانوني مرتفع",
                "مجرَّم",
                "سجن بين ٣ و١٠ سنوات",
                "حتى ٢٠٢٥",
            ],
        ),
    ],
)
def test_a_country(house: TestHouse, language: str, said: list[str]) -> None:
    take(house)
    text = plain(house.browser(language).get(address(house, "QMC")).text)
    for words in said:
        assert words in text, words


def test_a_page_is_one_statement_and_one_each_for_who_helps_and_what_was_lived(house: TestHouse) -> None:
    take(house)
    browser = house.browser()
    for path, most in ((address(house, "QMC"), 3), (LIST, 1), (address(house, "QMC") + "/q", 1)):
        browser.get(path)
        house.database.trace = []
        browser.get(path)
        asked = [sql for sql in house.database.trace or [] if sql.startswith("SELECT")]
        house.database.trace = None
        assert len(asked) == most, asked


@pytest.mark.parametrize(("language", "title"), [("en", "Library"), ("ar", "المكتبة")])
def test_no_title_and_no_address_names_a_country(house: TestHouse, language: str, title: str) -> None:
    take(house)
    for path in (LIST, address(house, "QMC"), address(house, "QMC") + "/q"):
        assert f"<title>{title}</title>" in house.browser(language).get(path).text
        assert "QM" not in path


def test_an_address_that_was_made_up_is_none(house: TestHouse) -> None:
    for shown in ("7" * 16, "qma", "QMA", "eg", "x" * 40):
        assert house.browser().get(f"/y/w/{shown}").status == 404
    # An example that nobody imported is nowhere; once it is, it is in the list.
    assert house.browser().get(address(house, "QMC")).status == 404
    assert house.browser().get(address(house, "QMC") + "/q").status == 404
    take(house)
    assert "Testland C" in house.browser().get(LIST).text


def test_unknown_looks_as_serious_as_criminal(house: TestHouse) -> None:
    take(house)
    text = house.browser().get(address(house, "QMC")).text
    criminal, unknown = fact(text, 1), fact(text, 5)
    assert "criminal" in criminal
    assert "not known: assume risk" in unknown
    for one in (criminal, unknown):
        assert 'class="state red"' in one
        assert 'href="#warn"' in one
    assert "olive" not in text.partition("<main")[2]


def test_what_grew_old_is_unknown_on_the_page(house: TestHouse) -> None:
    take(house)
    path = address(house, "QMB")
    assert "not criminal in text" in fact(house.browser().get(path).text, 1)
    on(2027, 1, 2)
    text = fact(house.browser().get(path).text, 1)
    assert "not known: assume risk" in text
    assert "too old" in text
    assert "not criminal" not in text


def test_where_it_comes_from_is_shown_row_by_row(house: TestHouse) -> None:
    take(house, corrections=MENDING)
    text = plain(house.browser().get(address(house, "QMB") + "/q").text)
    assert "Same-Sex Acts · Illegal" in text
    assert "Made up for this example" in text
    assert "Made-up example" in text
    assert "CC BY" not in text
    assert "A known mistake of the data set was put right." in plain(
        house.browser().get(address(house, "QMB")).text
    )


@pytest.mark.parametrize(
    ("language", "words", "there", "gone"),
    [("en", "مصر", "Egypt", "France"), ("ar", "Egypt", "مصر", "فرنسا"), ("ar", "الاردن", "الأردن", "مصر")],
)
def test_a_search_leaves_no_word_in_the_address(
    house: TestHouse, language: str, words: str, there: str, gone: str
) -> None:
    browser = house.browser(language)
    sent = browser.submit(LIST, LIST, q=words)
    assert sent.status == 303
    assert re.fullmatch(r"/y/w\?k=[\w-]+", sent.location)
    text = plain(browser.get(sent.location).text)
    assert there in text
    assert gone not in text


def test_searches_of_different_length_look_alike_and_open_words_answer_too(house: TestHouse) -> None:
    browser = house.browser()
    places = [browser.submit(LIST, LIST, q=words).location for words in ("a", "a much longer name")]
    assert len({len(place) for place in places}) == 1
    text = browser.get(f"{LIST}?q=Egypt").text
    assert "Egypt" in plain(text)
    assert "q=Egypt" not in "".join(re.findall(r'class="chip" href="([^"]*)"', text))


@pytest.mark.parametrize("words", NAUGHTY)
def test_no_search_fails(house: TestHouse, words: str) -> None:
    browser = house.browser()
    sent = browser.submit(LIST, LIST, q=words)
    assert sent.status == 303
    assert browser.get(sent.location).status == 200


def test_narrowed_to_risk_what_is_unknown_stays_and_only_what_is_legal_goes(house: TestHouse) -> None:
    take(house)
    text = plain(house.browser().get(f"{LIST}?r=1").text)
    assert "Testland B" not in text
    for name in ("Testland A", "Testland C", "Testland E", "Egypt", "France"):
        assert name in text
    sent = house.browser().submit(f"{LIST}?r=1", LIST, q="Testland")
    assert "r=1" in sent.location


def test_opening_a_country_writes_nothing(house: TestHouse, alice: Person) -> None:
    take(house)
    before = house.database.connection().execute("SELECT * FROM law").fetchall()
    for browser in (house.browser(), alice.browser):
        browser.get(address(house, "QMC"))
        browser.get(LIST)
    assert house.database.connection().execute("SELECT * FROM law").fetchall() == before
    assert "No country page you opened is kept" in house.browser().get(address(house, "QMC")).text


def test_who_helps_there_is_asked_of_the_room_that_knows(house: TestHouse) -> None:
    line = Channel(way=Way.CHAT, value="line.example")
    record = Record(
        name_en="A line of an example", countries=("EG",), channels=(line,), source_seen=clock.day()
    )
    host = a_host(house).viewer
    with house.database.write() as uow:
        which = services.add(uow, host, record)
        services.check(uow, host, which, NewCheck(role="host", method=Method.CALL))
    shown = house.browser().get(address(house, "EG")).text
    assert "A line of an example" in shown
    assert "may call the police" in shown
    assert "No service for this country" in house.browser().get(address(house, "FR")).text


def test_in_the_neutral_look_it_stands_closed(house: TestHouse, alice: Person) -> None:
    take(house)
    alter_preferences(house.site, alice.browser.cookies[SESSION], discreet=True)
    for path in (LIST, address(house, "QMC")):
        text = alice.browser.get(path).text
        assert "data-discreet" in text
        assert "<title>Notes</title>" in text
        before, _, inside = text.partition('<details class="note"')
        assert "Testland" not in before
        assert "Testland" in inside


def test_the_list_is_drawn_once_and_no_search_is_kept(house: TestHouse) -> None:
    browser = house.browser("en")
    whole = browser.get("/y/w").text
    assert browser.get("/y/w?q=jordan").text != whole
    assert browser.get("/y/w").text == whole
    kept = house.site.rooms["laws_sheets"]
    assert {risk for _, risk in kept} == {False}
    assert len(kept) == 1
    # What becomes known changes it at once.
    take(house)
    assert browser.get("/y/w").text != whole
