"""What hosts write of countries, and what people notice."""

from __future__ import annotations

from html import unescape

import pytest

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.kernel import clock
from mashrabiya.library.laws.commands.telling import MOST
from mashrabiya.library.laws.tests.atlas import (
    YEAR,
    a_host,
    address,
    fact,
    known,
    law_of,
    mistakes,
    on,
    plain,
    take,
)
from mashrabiya.library.laws.types import MISTAKE_DAYS
from mashrabiya.people.types import Grant
from mashrabiya.platform.retention import sweep
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture(autouse=True)
def _in_2026() -> None:
    on(YEAR)


def test_nobody_but_hosts_opens_what_editors_write(house: TestHouse, alice: Person) -> None:
    take(house)
    path, host = address(house, "QMC"), a_host(house)
    for browser in (house.browser(), alice.browser):
        for door in ("/y/w/d", f"{path}/d", f"{path}/d/1"):
            assert browser.get(door).status == 404, door
        assert f"{path}/d" not in unescape(browser.get(path).text)
    form = host.browser.get(f"{path}/d/1").form(f"{path}/d/1").fields
    assert alice.browser.post(f"{path}/d/1", {**form, "value": "legal", "source": "S"}).status in {403, 404}
    assert known(house, "QMC").notes == {}


def write(host: Person, path: str, number: int, **fields: str) -> str:
    here = f"{path}/d/{number}"
    form = host.browser.get(here).form(here)
    sent = host.browser.post(here, {**form.fields, **fields})
    assert sent.status == 303, plain(sent.text)
    return sent.location


def test_a_host_writes_and_everybody_reads_it_in_the_language_there_is(house: TestHouse) -> None:
    take(house)
    host, path = a_host(house), address(house, "QMA")
    write(host, path, 1, value="used_against", ar="تُستعمل تهم أخرى هنا.", source="A report, June 2026")
    text = fact(house.browser("en").get(path).text, 1)
    for words in (
        "people are charged",
        "A report, June 2026",
        "تُستعمل تهم أخرى هنا.",
        'lang="ar"',
        "Disputed",
        "no explicit law",
    ):
        assert words in text, words
    assert "Written by those who run this site" in text
    assert "Hanna" not in text
    assert law_of(house, "QMA") == "criminal"
    write(host, path, 0, en="Courts are closed in August.")
    assert "Courts are closed in August." in house.browser().get(path).text
    # What says nothing any more is taken away.
    write(host, path, 1, value="", ar="", source="")
    assert "no explicit law" in fact(house.browser().get(path).text, 1)
    assert set(known(house, "QMA").notes) == {"country"}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "A note on a country page"), ("ar", "كتابة ملاحظة في صفحة بلد")]
)
def test_what_a_host_writes_stands_in_the_log_of_acts(house: TestHouse, language: str, said: str) -> None:
    host = a_host(house)
    write(host, address(house, "EG"), 5, value="used", source="S")
    carer = with_role(house.person("Caro", language=language), Grant.CARE)
    assert said in carer.browser.get("/care/log").text


def test_a_host_can_say_something_of_a_country_that_nobody_imported(house: TestHouse) -> None:
    host, path = a_host(house), address(house, "EG")
    write(host, path, 5, value="used", en="It is.", source="S")
    assert "used" in fact(house.browser().get(path).text, 5)
    assert law_of(house, "EG") == "criminal"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": "legal"}, "Every value has a source"),
        ({"value": "marriage", "source": "S"}, "none of this topic"),
        ({"en": "x" * 1201}, "longer than there is room for"),
        ({"source": "x" * 301}, "longer than there is room for"),
        ({"en": "bell\x07"}, "no keyboard types"),
    ],
)
def test_what_a_host_writes_is_refused_in_a_sentence_and_nothing_is_lost(
    house: TestHouse, fields: dict[str, str], said: str
) -> None:
    take(house)
    host, here = a_host(house), address(house, "QMA") + "/d/1"
    form = host.browser.get(here).form(here)
    sent = host.browser.post(here, {**form.fields, "ar": "كلام", **fields})
    assert sent.status == 422
    assert said in unescape(sent.text)
    assert "كلام" in sent.text
    assert known(house, "QMA").notes == {}


def test_what_was_written_meanwhile_is_not_written_over_unseen(house: TestHouse) -> None:
    take(house)
    host, path = a_host(house), address(house, "QMA")
    here = f"{path}/d/1"
    old = host.browser.get(here).form(here).fields
    write(host, path, 1, en="First.", source="S")
    sent = host.browser.post(here, {**old, "en": "Second."})
    assert sent.status == 422
    assert "changed meanwhile" in sent.text
    assert "Second." in sent.text
    again = sent.form(here).fields
    assert host.browser.post(here, again).status == 303
    assert known(house, "QMA").notes["same_sex_acts"].en == "Second."


@pytest.mark.parametrize("number", ["23", "-1", "x", "01x", "٣", "999"])
def test_a_topic_that_is_none_is_not_found(house: TestHouse, number: str) -> None:
    host = a_host(house)
    assert (
        host.browser.get(
            f"{address(house, 'EG')}/d/{number.encode('ascii', 'ignore').decode() or 'z'}"
        ).status
        == 404
    )


def test_a_note_that_leads_to_somebody_is_shown_before_it_is_kept(house: TestHouse) -> None:
    host, here = a_host(house), address(house, "EG") + "/d/0"
    form = host.browser.get(here).form(here)
    sent = host.browser.post(here, {**form.fields, "en": "Call +20 100 123 4567"})
    assert sent.status == 422
    assert "4567" in sent.text
    assert known(house, "EG").notes == {}


def test_somebody_says_that_something_is_wrong(house: TestHouse, alice: Person) -> None:
    take(house)
    host, path = a_host(house), address(house, "QMC")
    assert house.browser().get(f"{path}/m").status == 404
    form = alice.browser.get(f"{path}/m").form(f"{path}/m")
    for _ in range(2):  # sent twice is one
        sent = alice.browser.post(
            f"{path}/m", {**form.fields, "which": "1", "text": "It was repealed.\r\nIn May."}
        )
        assert sent.location == f"{path}?told=1"
    assert "It has arrived" in alice.browser.get(sent.location).text
    (kept,) = mistakes(house)
    assert kept[1:] == ("QMC", "same_sex_acts", "It was repealed.\nIn May.", clock.day())
    desk = host.browser.get("/y/w/d")
    assert "It was repealed." in desk.text
    assert "Alice" not in desk.text
    (action,) = [one.action for one in desk.forms if one.action.startswith("/y/w/d/")]
    assert alice.browser.post(action, desk.form(action).fields).status in {403, 404}
    assert host.browser.post(action, desk.form(action).fields).location == "/y/w/d"
    assert mistakes(house) == []
    assert host.browser.post(action, desk.form(action).fields).status == 404


@pytest.mark.parametrize("words", ["", "   ", "x" * 1201, "\x01\x02"])
def test_what_is_no_note_of_a_mistake_comes_back(house: TestHouse, alice: Person, words: str) -> None:
    path = address(house, "EG")
    form = alice.browser.get(f"{path}/m").form(f"{path}/m")
    assert alice.browser.post(f"{path}/m", {**form.fields, "text": words}).status == 422
    assert mistakes(house) == []


@pytest.mark.parametrize("words", NAUGHTY)
def test_hostile_words_are_shown_as_words(house: TestHouse, alice: Person, words: str) -> None:
    host, path = a_host(house), address(house, "EG")
    form = alice.browser.get(f"{path}/m").form(f"{path}/m")
    sent = alice.browser.post(f"{path}/m", {**form.fields, "text": words, "which": words, "_guarded": "keep"})
    assert sent.status in {303, 422}
    assert "<script>alert" not in host.browser.get("/y/w/d").text


def test_only_so_many_wait_and_none_for_ever(house: TestHouse, alice: Person) -> None:
    house.site.rooms["limits"].on = False
    path = address(house, "EG")
    for n in range(MOST + 1):
        form = alice.browser.get(f"{path}/m").form(f"{path}/m")
        sent = alice.browser.post(f"{path}/m", {**form.fields, "text": f"Number {n} is wrong."})
    assert sent.status == 403
    assert len(mistakes(house)) == MOST
    clock.offset += (MISTAKE_DAYS + 1) * clock.DAY
    sweep(house.database)
    assert mistakes(house) == []
