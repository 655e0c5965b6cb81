"""What is shown of a cell and a note; how old is too old; what is hostile."""

from __future__ import annotations

import pytest

from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import CARE, HOST, Face, Viewer
from mashrabiya.library.laws import rules
from mashrabiya.library.laws.rules import finding
from mashrabiya.library.laws.types import FRESH_DAYS, NAMED, TOPICS, UNKNOWN, Cell, Level, Listed, Note, Tone
from mashrabiya.library.laws.types.countries import code_of, names
from mashrabiya.library.laws.types.records import is_made_up, year_end

ACTS = NAMED["same_sex_acts"]
DAY = year_end(2025) + 100
FACE = Face("Hanna", "x", b"s")


def cell(value: str, year: int = 2025) -> Cell:
    return Cell(value, year)


def note(value: str = "", *, day: int = DAY, disputed: bool = False, over: str = "") -> Note:
    return Note(value=value, source="A source", day=day, next=day + 1, disputed=disputed, over=over)


def test_what_is_older_than_twelve_months_is_not_known() -> None:
    for days, said in ((0, "legal"), (FRESH_DAYS, "legal"), (FRESH_DAYS + 1, UNKNOWN)):
        fact = rules.settle(ACTS, cell("legal"), Note(), year_end(2025) + days)
        assert (fact.value, fact.old) == (said, said == UNKNOWN)
        assert fact.tone is (Tone.PLAIN if said == "legal" else Tone.RISK)


def test_an_editor_who_found_it_so_today_keeps_it_known() -> None:
    later = year_end(2025) + FRESH_DAYS + 200
    assert rules.settle(ACTS, cell("criminal"), note("criminal", day=later - 5), later).value == "criminal"
    assert (
        rules.settle(ACTS, cell("criminal"), note("criminal", day=later - FRESH_DAYS - 1), later).value
        == UNKNOWN
    )


@pytest.mark.parametrize(
    ("imported", "written", "shown", "other"),
    [
        ("legal", "used_against", "used_against", "legal"),
        ("criminal", "legal", "criminal", "legal"),
        ("no_explicit_law", "used_against", "used_against", "no_explicit_law"),
        ("legal", UNKNOWN, UNKNOWN, "legal"),
        ("legal", "legal", "legal", ""),
        ("legal", "", "legal", ""),
        (UNKNOWN, "legal", "legal", ""),
    ],
)
def test_of_two_that_disagree_the_worse_stands_first(
    imported: str, written: str, shown: str, other: str
) -> None:
    fact = rules.settle(ACTS, cell(imported), note(written), DAY)
    assert (fact.value, fact.other, fact.disputed) == (shown, other, bool(other))


def test_what_is_disputed_never_looks_plain() -> None:
    assert rules.settle(ACTS, cell("legal"), note(disputed=True), DAY).tone is Tone.CAUTION
    assert rules.level([rules.settle(ACTS, cell("legal"), note(disputed=True), DAY)]) is Level.UNCLEAR


@pytest.mark.parametrize("value", ["", "nonsense", "banned"])
def test_what_is_no_value_of_the_topic_is_not_known(value: str) -> None:
    assert rules.settle(ACTS, cell(value), Note(), DAY).value == UNKNOWN


def test_unknown_and_used_against_look_as_serious_as_criminal() -> None:
    tones = {ACTS.tones[value] for value in (UNKNOWN, "used_against", "criminal", "criminal_not_enforced")}
    assert tones == {Tone.RISK}
    lights = {Listed("x", "x", level).light for level in (Level.UNKNOWN, Level.CRIMINAL)}
    assert lights == {"red"}
    assert all("green" not in tone.light and "olive" not in tone.light for tone in Tone)


def test_the_worst_stands_first_in_its_group() -> None:
    cells = {
        "same_sex_acts": cell("legal"),
        "age_of_consent": cell("no_explicit_law"),
        "max_penalty": cell("none"),
    }
    groups = dict(rules.grouped(rules.facts(cells, {}, DAY)))
    tones = [int(fact.tone) for fact in groups["crime"]]
    assert tones == sorted(tones)
    assert groups["crime"][0].is_unknown
    assert sum(len(facts) for facts in groups.values()) == len(TOPICS) == 22


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({}, Level.UNKNOWN),
        ({"same_sex_acts": "legal"}, Level.LEGAL),
        ({"same_sex_acts": "no_explicit_law"}, Level.UNCLEAR),
        ({"same_sex_acts": "varies"}, Level.CRIMINAL),
        ({"same_sex_acts": "criminal_not_enforced"}, Level.CRIMINAL),
        ({"same_sex_acts": "legal", "gender_expression_crime": "used_against"}, Level.CRIMINAL),
        ({"same_sex_acts": "legal", "indirect_laws": "used"}, Level.CRIMINAL),
        ({"indirect_laws": "not_recorded"}, Level.UNKNOWN),
    ],
)
def test_how_hostile_it_is(values: dict[str, str], level: Level) -> None:
    cells = {topic: cell(value) for topic, value in values.items()}
    assert rules.level(rules.facts(cells, {}, DAY)) is level


def test_how_hostile_it_is_is_known_until_what_it_rests_on_grows_old() -> None:
    cells = {"same_sex_acts": cell("legal")}
    assert rules.known_until(cells, {}, DAY) == year_end(2025) + FRESH_DAYS
    assert (
        rules.known_until(cells, {"indirect_laws": note("not_recorded", day=DAY - 300)}, DAY)
        == DAY - 300 + FRESH_DAYS
    )
    assert rules.known_until({}, {}, DAY) == rules.NEVER_STALE


def test_a_note_whose_value_changed_beneath_it_is_due() -> None:
    assert rules.settle(ACTS, cell("criminal"), note("legal", over="legal"), DAY).due
    assert not rules.settle(ACTS, cell("legal"), note("legal", over="legal"), DAY).due
    assert rules.settle(ACTS, cell("legal"), note("legal", over="legal"), DAY + 2).due


def test_who_may_edit_and_who_may_tell() -> None:
    host = Viewer(work=Work(b"m" * 32), roles=frozenset({HOST}), face=FACE)
    member = Viewer(work=Work(b"m" * 32), face=FACE)
    carer = Viewer(work=Work(b"m" * 32), roles=frozenset({CARE}), face=FACE)
    assert rules.may_edit(host).allowed
    for nobody in (Viewer(), member, carer, Viewer(work=Work(b"m" * 32), roles=frozenset({HOST}))):
        assert rules.may_edit(nobody) == rules.NOT_YOURS
    assert rules.may_tell(member).allowed
    assert rules.may_tell(Viewer()) == rules.SIGNED_OUT


def test_a_value_needs_a_source_and_belongs_to_its_topic() -> None:
    assert rules.wrong_note("same_sex_acts", Note(value="criminal")) == {
        "source": "library.laws.source_missing"
    }
    assert rules.wrong_note("same_sex_acts", Note(value=UNKNOWN)) == {}
    assert "value" in rules.wrong_note("same_sex_acts", Note(value="marriage", source="S"))
    assert "value" in rules.wrong_note("country", Note(value="criminal", source="S"))
    assert set(rules.wrong_note("country", Note(ar="x" * 1300, en="\x07"))) == {"ar", "en"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Egypt", "EG"), ("مصر", "EG"), ("egy", "EG"), ("eg", "EG"), ("الأردن", "JO"), ("اردن", "JO"), ("فلسطين", "PS"),
        ("Palestine", "PS"), ("Turkey", "TR"), ("turkiye", "TR"), ("cote d'ivoire", "CI"), ("Ivory", "CI"), ("كوسوفو", "XK"),
        ("South Africa", "ZA"), ("المغرب", "MA"), ("أمريكا", "US"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_names_in_either_language(words: str, code: str) -> None:
    assert finding.fits(finding.asked(words), code)
    assert not finding.fits(finding.asked("qwx"), code)
    assert not finding.fits(finding.asked(f"{words} qwx"), code)


def test_names_stand_under_their_letters() -> None:
    listed = [Listed(code, name, Level.UNKNOWN) for code, name in names("ar").items()]
    letters = dict(finding.by_letter(listed))
    assert "الأردن" in [one.name for one in letters["ا"]]
    assert "المغرب" in [one.name for one in letters["م"]]
    english = dict(
        finding.by_letter(
            [Listed("AX", "Åland Islands", Level.LEGAL), Listed("AF", "Afghanistan", Level.UNKNOWN)]
        )
    )
    assert [one.name for one in english["A"]] == ["Afghanistan", "Åland Islands"]


def test_narrowed_to_risk_what_is_unknown_stays() -> None:
    some = [Listed(level.word, level.word, level) for level in Level]
    assert [one.level for one in finding.with_risk(some)] == [Level.CRIMINAL, Level.UNKNOWN, Level.UNCLEAR]


@pytest.mark.parametrize(
    ("iso", "name", "code"),
    [
        ("AFG", "", "AF"), ("XKX", "Kosovo", "XK"), ("KSV", "", "XK"), ("PSE", "", "PS"), ("", "France", "FR"), ("qma", "", "QMA"),
        ("ZZZ", "Atlantis", ""), ("QMAA", "", ""), ("QM1", "", ""), ("EU", "", ""), ("001", "World", ""), ("TWN", "", "TW"),
    ],
)  # fmt: skip
def test_codes_of_files(iso: str, name: str, code: str) -> None:
    assert code_of(iso, name) == code
    assert is_made_up(code) == (code == "QMA")


def test_every_country_has_a_name_in_both_languages() -> None:
    assert names("ar").keys() == names("en").keys()
    assert len(names("en")) == 250
    assert all(name != names("en")[code] for code, name in names("ar").items())
