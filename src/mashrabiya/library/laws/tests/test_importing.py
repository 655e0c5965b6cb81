"""Reading a file into the house."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.events import Event
from mashrabiya.library.laws import commands, queries, rules
from mashrabiya.library.laws.dataset import NEEDED, USED, gather
from mashrabiya.library.laws.events import LawChanged
from mashrabiya.library.laws.flows import told
from mashrabiya.library.laws.tests.atlas import (
    EXAMPLE,
    MENDING,
    YEAR,
    a_host,
    acts,
    cell,
    known,
    law_of,
    on,
    quietly,
    row,
    table,
    take,
)
from mashrabiya.library.laws.types import Note, Written
from mashrabiya.platform.terminal import CannotBeDone
from mashrabiya.testing.house import TestHouse


@pytest.fixture(autouse=True)
def _in_2026() -> None:
    on(YEAR)


def rows(house: TestHouse) -> list[tuple[object, ...]]:
    found = house.database.connection().execute("SELECT * FROM law ORDER BY code").fetchall()
    return [tuple(one) for one in found]


def test_the_example_has_every_trap(house: TestHouse) -> None:
    report = take(house, corrections=MENDING)
    assert (report.found, report.made_up, report.rows) == (6, True, 394)
    said = {
        code: cell(house, code, "same_sex_acts").value for code in ("QMA", "QMB", "QMC", "QMD", "QME", "QMF")
    }
    assert said == {
        "QMA": "no_explicit_law",
        "QMB": "legal",
        "QMC": "criminal",
        "QMD": "varies",
        "QME": "varies",
        "QMF": "criminal_not_enforced",
    }
    assert cell(house, "QMD", "same_sex_acts").marks == ("changed",)
    assert cell(house, "QMC", "enforcement").value == "no_information"
    assert cell(house, "QMF", "enforcement").value == "dead_letter_documented"
    assert cell(house, "QME", "same_sex_acts").region == "Northern regions (made up)"
    assert cell(house, "QMC", "max_penalty").penalty == "Up to 10 years imprisonment"
    # Three laws and directions are 0 in all of it, as placeholders are.
    assert report.placeholders == 3
    assert report.passed_over == 12
    # A row without a year is no row; one that is old is, and grows old.
    assert "third_gender" not in known(house, "QMF").cells
    assert report.values == {"Year: –": 2}
    assert cell(house, "QMF", "age_of_consent").year == 2024
    # The known mistake is put right, and it says so.
    assert cell(house, "QMB", "legal_gender").value == "self_declaration"
    assert cell(house, "QMB", "legal_gender").marks == ("corrected",)
    assert "incitement" in cell(house, "QMB", "hate_crime").marks


def test_provenance_is_kept_for_each_cell(house: TestHouse) -> None:
    take(house)
    with house.database.read() as db:
        origin = queries.origin(db, "QMC")
    legal, illegal = origin.rows["same_sex_acts"]
    assert (legal.status, legal.year, legal.proportion) == ("Legal", 2025, "0")
    assert (illegal.proportion, illegal.enforcement) == ("1", "")
    assert illegal.sources == ("Made up for this example: no law of any country",)
    assert origin.rows.keys() == known(house, "QMC").cells.keys()


def test_twice_is_once(house: TestHouse) -> None:
    take(house)
    before = rows(house)
    on(YEAR, 8)
    again = take(house)
    assert (again.changed, again.same) == (0, 6)
    assert rows(house) == before


def test_what_editors_wrote_stays(house: TestHouse) -> None:
    take(house)
    host = a_host(house)
    note = Note(value="used_against", en="People are charged.", source="A report, 2026", disputed=True)
    with house.database.write() as uow:
        written = Written(note=note, seen=rules.print_of(Note()))
        commands.write_note(uow, host.viewer, "QMA", written, name="same_sex_acts")
    before = known(house, "QMA").notes
    assert law_of(house, "QMA") == "criminal"
    take(house, corrections=MENDING)
    assert known(house, "QMA").notes == before
    assert before["same_sex_acts"].over == "no_explicit_law"
    assert law_of(house, "QMA") == "criminal"


def test_a_value_that_changes_is_a_fact_and_its_note_is_due(house: TestHouse, tmp_path: Path) -> None:
    facts: list[Event] = []
    take(house, table(tmp_path / "a.csv", acts("QMA", "1", "0") + acts("QMB", "0", "1")))
    host = a_host(house)
    house.database.recorder = lambda _uow, fact: facts.append(fact)
    with house.database.write() as uow:
        written = Written(note=Note(en="So it is.", source="S"), seen=rules.print_of(Note()))
        commands.write_note(uow, host.viewer, "QMA", written, name="same_sex_acts")
    assert facts == []
    take(house, table(tmp_path / "b.csv", acts("QMA", "0", "1") + acts("QMB", "0", "1")))
    assert LawChanged("QMA", "same_sex_acts") in facts
    assert not [one for one in facts if isinstance(one, LawChanged) and one.country == "QMB"]
    now = known(house, "QMA")
    due = [fact.topic.id for fact in rules.facts(now.cells, now.notes, clock.day()) if fact.due]
    assert due == ["same_sex_acts"]


def test_an_editor_who_changes_what_is_shown_is_a_fact_too(house: TestHouse) -> None:
    take(house)
    host, facts = a_host(house), list[Event]()
    house.database.recorder = lambda _uow, fact: facts.append(fact)
    with house.database.write() as uow:
        written = Written(note=Note(value="used", source="S"), seen=rules.print_of(Note()))
        commands.write_note(uow, host.viewer, "QMB", written, name="indirect_laws")
    assert facts == [LawChanged("QMB", "indirect_laws")]
    assert law_of(house, "QMB") == "criminal"


def test_countries_of_which_a_file_says_nothing_stay(house: TestHouse, tmp_path: Path) -> None:
    take(house)
    report = take(house, table(tmp_path / "a.csv", acts("QMA", "1", "0")))
    assert (report.found, report.absent) == (1, 5)
    assert cell(house, "QMC", "same_sex_acts").value == "criminal"


@pytest.mark.parametrize("share", ["", "NA", "nan", "x", "-1", "1.2", "0,5"])
def test_what_cannot_be_read_is_not_known(house: TestHouse, tmp_path: Path, share: str) -> None:
    report = take(house, table(tmp_path / "a.csv", acts("QMA", "1", share) + acts("QMB", "0", "1")))
    assert cell(house, "QMA", "same_sex_acts").value == "unknown"
    assert law_of(house, "QMA") == "unknown"
    assert bool(report.values) == (share not in {"", "NA", "nan"})


@pytest.mark.parametrize("year", ["", "x", "-5", "2099", "20255"])
def test_a_row_without_a_year_that_can_be_is_no_row(house: TestHouse, tmp_path: Path, year: str) -> None:
    some = acts("QMA", "1", "0") + acts("QMB", "0", "1")
    for one in some[:2]:
        one["Year"] = year
    report = take(house, table(tmp_path / "a.csv", some))
    assert report.found == 1 or "same_sex_acts" not in known(house, "QMA").cells
    assert law_of(house, "QMA") == "unknown"


def test_the_newest_year_counts_in_whatever_order(house: TestHouse, tmp_path: Path) -> None:
    some = [
        {
            **one,
            "Year": str(year),
            "Proportion": "1" if (one["Status"] == "Illegal") == (year == 2025) else "0",
        }
        for year in range(2000, 2026)
        for one in acts("QMA", "0", "0")
    ]
    random.Random(4).shuffle(some)
    take(house, table(tmp_path / "a.csv", some))
    assert cell(house, "QMA", "same_sex_acts").value == "criminal"
    assert cell(house, "QMA", "same_sex_acts").year == 2025


def test_two_rows_of_a_year_that_disagree_say_nothing(house: TestHouse, tmp_path: Path) -> None:
    some = [*acts("QMA", "1", "0"), row("QMA", "Same-Sex Acts", "Illegal", "1"), *acts("QMB", "0", "1")]
    report = take(house, table(tmp_path / "a.csv", some))
    assert report.contradictions == 1
    assert cell(house, "QMA", "same_sex_acts").value == "unknown"


def test_columns_are_found_by_name_and_none_is_refused(house: TestHouse, tmp_path: Path) -> None:
    some = [{**one, "Brand_New": "x"} for one in acts("QMA", "0", "1", Max_Punishment="2 years")]
    columns = ["Brand_New", *reversed(NEEDED), "Max_Punishment"]
    report = take(house, table(tmp_path / "a.csv", some, columns))
    assert report.unknown_columns == ["Brand_New"]
    assert set(USED) - {*NEEDED, "Max_Punishment"} <= set(report.missing_columns)
    assert cell(house, "QMA", "same_sex_acts").value == "criminal"
    assert any("Brand_New" in line for line in told(report))


def test_what_could_not_be_mapped_is_told(house: TestHouse, tmp_path: Path) -> None:
    some = [
        *acts("QMA", "0", "1"),
        {**row("ZZZ", "Same-Sex Acts", "Legal", "1"), "Country": "Atlantis"},
        row("QMA", "A law of tomorrow", "Legal", "1"),
        row("QMA", "Same-Sex Acts", "Perhaps", "1"),
        row("QMA", "Blood Donations", "Legal", "1"),
    ]
    report = take(house, table(tmp_path / "a.csv", some))
    assert report.countries == {"Atlantis (ZZZ)": 1}
    assert report.laws == {"A law of tomorrow": 1}
    assert report.statuses == {"Perhaps": 1}
    assert report.passed_over == 1
    said = "\n".join(told(report))
    assert "Atlantis" in said
    assert "A law of tomorrow" in said


def test_known_mistakes_are_put_right_only_while_they_stand(house: TestHouse, tmp_path: Path) -> None:
    marker, hatred = "Gender Marker Change", "Incitement to Hatred"
    some = [
        row("FRA", marker, "Legal", "1", Gender_Change_Requirement="Medical/Psychological"),
        row("GRC", marker, "Legal", "1", Gender_Change_Requirement="Self-ID"),
        row("MEX", hatred, "Legal", "0"),
        row("MEX", hatred, "Illegal", "1"),
        row("MEX", "Hate Crime Protections - Sexual Orientation", "Legal", "1"),
        row("MEX", "Hate Crime Protections - Gender Identity", "Legal", "1"),
    ]
    report = take(house, table(tmp_path / "a.csv", some))
    assert cell(house, "FR", "legal_gender").value == "self_declaration"
    assert cell(house, "GR", "legal_gender").marks == ()
    assert cell(house, "MX", "hate_crime").marks == ("incitement", "corrected")
    assert (report.corrections["applied"], report.corrections["mended"]) == (2, 1)
    assert known(house, "FR").licence == "CC BY 4.0"
    assert not report.made_up


def test_an_example_never_stands_under_the_name_of_real_data(house: TestHouse) -> None:
    take(house)
    assert (known(house, "QMA").dataset, known(house, "QMA").licence) == ("", "")
    assert known(house, "QMA").made_up


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lacks the columns"),
        ("a,b\n1,2\n", "lacks the columns Country, ISO"),
        (",".join(NEEDED) + "\n", "says nothing of any country"),
        (",".join(NEEDED) + '\n"' + "x" * 2_000_000, "cannot be read past line"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(CannotBeDone, match=said):
        gather(path, latest=YEAR, tell=quietly)


@pytest.mark.parametrize(
    "text",
    ["[[correction]]\niso = 'ZZZ'", "x", "[[correction]]\niso='QMA'\nlaw='L'\nstatus='S'\ncolumn='Nothing'"],
)
def test_corrections_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.toml"
    path.write_text(text)
    with pytest.raises(CannotBeDone, match="corrections"):
        gather(EXAMPLE, latest=YEAR, corrections=path, tell=quietly)


def test_hostile_bytes_do_no_harm(house: TestHouse, tmp_path: Path) -> None:
    some = acts(
        "QMA", "0", "1", Max_Punishment="<script>alert(1)</script> 3 years", Country="'; DROP TABLE law; --"
    )
    path = table(tmp_path / "a.csv", [*some, row("QMA", "Death Penalty", "Legal", "0")])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\xff\xfe,\x00,;'\nshort\n")
    take(house, path)
    assert cell(house, "QMA", "max_penalty").value == "prison_1_3"


def test_progress_is_told_while_reading(tmp_path: Path) -> None:
    some = [one for n in range(6000) for one in acts("QMA", "0", "1", Year=str(1990 + n % 30))]
    said: list[tuple[str, int, int]] = []
    gather(table(tmp_path / "a.csv", some), latest=YEAR, tell=lambda *step: said.append(step))
    assert len(said) >= 3
    assert said[-1][1] <= said[-1][2]


def test_in_time_everything_imported_becomes_unknown(house: TestHouse) -> None:
    take(house)
    assert law_of(house, "QMB") == "legal"
    assert law_of(house, "qmb") == "legal"
    on(2027, 1, 2)
    assert law_of(house, "QMB") == "unknown"
    now = replace(known(house, "QMB"))
    assert all(fact.is_unknown for fact in rules.facts(now.cells, now.notes, clock.day()))


def test_a_house_without_data_knows_nothing_of_any_place(house: TestHouse) -> None:
    for code in ("EG", "FR", "QMA", "nonsense", ""):
        assert law_of(house, code) == "unknown"
