"""What a country's page leads to and from where it is led to; territories; foreigners; a second source; punishments in words."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.laws.rules.penalties import Punishment, punishments
from mashrabiya.library.laws.tests.atlas import (
    YEAR,
    a_host,
    acts,
    address,
    fact,
    known,
    on,
    plain,
    table,
    take,
)
from mashrabiya.library.laws.types.countries import names
from mashrabiya.library.laws.types.parents import parent_of, territories_of
from mashrabiya.library.services import commands as services
from mashrabiya.library.services.types import Channel, Method, NewCheck, Record, Way
from mashrabiya.library.stories.tests.steps import tell
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture(autouse=True)
def _in_2026() -> None:
    on(YEAR)


def write(host: Person, path: str, number: int, **fields: str) -> tuple[int, str]:
    here = f"{path}/d/{number}"
    sent = host.browser.post(here, {**host.browser.get(here).form(here).fields, **fields})
    return sent.status, unescape(sent.text)


def test_a_territory_leads_to_its_country_and_takes_nothing_from_it(house: TestHouse) -> None:
    host = a_host(house)
    assert write(host, address(house, "FR"), 1, value="legal", source="A source")[0] == 303
    above, below = (
        house.browser().get(address(house, "FR")).text,
        house.browser().get(address(house, "NC")).text,
    )
    assert f'href="{address(house, "NC")}"' in above
    assert f'href="{address(house, "FR")}"' in below
    assert "nothing is taken over" in plain(below)
    assert "Nothing about this place is confirmed here" in plain(below) or "not known" in plain(below)
    assert known(house, "NC").notes == {}
    assert all(
        one in names("en") for code in names("en") for one in (parent_of(code) or code, *territories_of(code))
    )


def test_what_differs_for_foreigners_and_a_second_source_stand_with_the_rest(house: TestHouse) -> None:
    take(house)
    host, path = a_host(house), address(house, "QMC")
    said = {
        "value": "criminal",
        "source": "First source",
        "foreign_ar": "يُبعَد غير المواطنين.",
        "also": "first SOURCE",
    }
    status, text = write(host, path, 1, **said)
    assert status == 422, "the same source is no second one"
    assert "يُبعَد غير المواطنين." in text
    assert write(host, path, 1, **said | {"source": "", "value": "", "also": "Second"})[0] == 422, (
        "nor is one alone"
    )
    assert write(host, path, 1, **said | {"also": "Second source"})[0] == 303
    shown = unescape(fact(house.browser().get(path).text, 1))
    for words in ("For people of another country:", "يُبعَد غير المواطنين.", 'lang="ar"', "First source", "Second source",
                  "Two sources say the same"):  # fmt: skip
        assert words in shown, words
    take(house)
    assert known(house, "QMC").notes["same_sex_acts"].also == "Second source", "an import never touches it"
    assert write(host, path, 2, foreign_en="x" * 1201)[0] == 422


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Imprisonment, 1-3 years; fine", [("fine", "", 0, 0), ("prison_span", "year", 1, 3)]),
        ("Up to 14 years", [("prison_most", "year", 0, 14)]),
        ("Death by stoning", [("death", "", 0, 0)]),
        ("100 lashes and life in prison", [("life", "", 0, 0), ("lashes", "", 0, 0)]),
        ("Jail", [("prison", "", 0, 0)]),
        ("10–2 yrs hard labour", [("labour", "", 0, 0), ("prison_span", "year", 2, 10)]),
        ("", []),
        ("Discretion of the court", []),
        ("0.5 years, 99999 years", []),
    ],
)
def test_what_can_be_said_in_every_language_is_read_from_the_text(
    text: str, said: list[tuple[str, str, int, int]]
) -> None:
    assert punishments(text) == [Punishment(*one) for one in said]


def test_in_arabic_the_punishment_is_said_and_its_english_is_marked(house: TestHouse, tmp_path: Path) -> None:
    rows = acts(
        "QMC", "0", "1", Max_Punishment="Imprisonment, 2 to 11 years; fine", Evidence_of_Enforcement=".5"
    )
    take(house, table(tmp_path / "laws.csv", [*rows, *acts("QMA", "1", "0")]))
    said = unescape(fact(house.browser("ar").get(address(house, "QMC")).text, 2))
    for words in (
        "غرامة",
        "من سنتين إلى ١١ سنة",
        '<bdi lang="en" dir="ltr">Imprisonment, 2 to 11 years; fine</bdi>',
    ):
        assert words in said or words in re.sub("<[^>]+>", "", said), words


def test_a_country_and_who_helps_there_and_what_was_lived_lead_to_each_other(
    house: TestHouse, alice: Person
) -> None:
    host = a_host(house)
    line = Channel(way=Way.CHAT, value="line.example")
    record = Record(name_en="A line", countries=("EG", "001"), channels=(line,), source_seen=clock.day())
    with house.database.write() as uow:
        which = services.add(uow, host.viewer, record)
        services.check(uow, host.viewer, which, NewCheck(role="host", method=Method.CALL))
    story, law = tell(alice, country="EG"), address(house, "EG")
    page = alice.browser.get(law).text
    for said in ("Everything that serves this country", "What people lived there"):
        path = unescape(re.findall(rf'<a href="([^"]+)">{said}</a>', page)[0])
        there = alice.browser.get(path).text
        assert ("A line" if "/y/s" in path else story) in there
        # What is sealed holds any two letters by chance: of forty and more of them, none stands for the country.
        assert "EG" not in re.sub(r"\bk=[\w-]{40,}", "", path)
    service = re.findall(r'href="(/y/s/[a-z0-9]{16})"', page)[0]
    for back in (service, story):
        assert f'href="{law}"' in alice.browser.get(back).text
    visitor = house.browser().get(law).text
    assert "What people lived there" not in visitor, "members alone may read it"
    assert "What people lived there" not in alice.browser.get(address(house, "FR")).text
