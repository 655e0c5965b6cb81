"""What the numbers of the data set mean, and what they never mean."""

from __future__ import annotations

import pytest

from mashrabiya.library.laws.rules.mapping import READ, Line, cells_of
from mashrabiya.library.laws.rules.penalties import penalty_of, sexes_of
from mashrabiya.library.laws.types import NAMED, TOPICS, UNKNOWN, Row, Tone

NONE_DROPPED = frozenset[tuple[str, str]]()
ACTS = "Same-Sex Acts"


def lines(law: str, **shares: float | None) -> dict[tuple[str, str], Line]:
    return {
        (law, status): Line(Row(law, status, 2025, str(share), ""), share) for status, share in shares.items()
    }


def value(topic: str, *some: dict[tuple[str, str], Line]) -> str:
    together = {key: line for one in some for key, line in one.items()}
    cells, _ = cells_of(together, NONE_DROPPED)
    return cells[topic].value if topic in cells else UNKNOWN


@pytest.mark.parametrize(
    ("legal", "illegal", "said"),
    [
        (0, 0, "no_explicit_law"),
        (1, 0, "legal"),
        (0, 1, "criminal"),
        (1, 1, "varies"),
        (0.4, 0.6, "varies"),
        (1, 0.01, "varies"),
        (0.99, 0, "varies"),
        (None, 0, "unknown"),
        (1, None, "unknown"),
        (None, None, "unknown"),
        (None, 1, "criminal"),
    ],
)
def test_two_directions(legal: float | None, illegal: float | None, said: str) -> None:
    assert value("same_sex_acts", lines(ACTS, Legal=legal, Illegal=illegal)) == said


def test_a_direction_that_is_missing_is_not_zero() -> None:
    assert value("same_sex_acts", lines(ACTS, Legal=1)) == UNKNOWN
    assert value("same_sex_acts", {}) == UNKNOWN


def test_both_directions_zero_is_no_plain_value_anywhere() -> None:
    """Nothing found in the text stands with what one must be careful with, whichever topic it is."""
    for name in ("same_sex_acts", "age_of_consent", "intersex_surgery"):
        assert NAMED[name].tones["no_explicit_law"] is not Tone.PLAIN
    for topic in TOPICS:
        for word in ("none_found", "neither_coded", "no_ban_found", "not_recognised", "not_recorded"):
            assert topic.tones.get(word, Tone.CAUTION) is not Tone.PLAIN, (topic.id, word)
        assert next(iter(topic.tones)) == UNKNOWN
        assert topic.tones[UNKNOWN] is Tone.RISK


@pytest.mark.parametrize(
    ("enforcement", "said", "practice"),
    [
        (0, "criminal_not_enforced", "dead_letter_documented"),
        (0.25, "criminal", "some_cases"),
        (0.75, "criminal", "some_cases"),
        # What stands also where nothing was coded says nothing.
        (1, "criminal", "no_information"),
        (None, "criminal", "no_information"),
    ],
)
def test_enforcement(enforcement: float | None, said: str, practice: str) -> None:
    coded = lines(ACTS, Legal=0, Illegal=1)
    coded[ACTS, "Illegal"] = Line(Row(ACTS, "Illegal", 2025, "1", ""), 1, enforcement)
    assert (value("same_sex_acts", coded), value("enforcement", coded)) == (said, practice)


@pytest.mark.parametrize(
    ("share", "said"), [(0, "none_found"), (1, "restricted"), (0.5, "varies"), (None, UNKNOWN)]
)
def test_one_direction(share: float | None, said: str) -> None:
    assert value("association", lines("LGBTQ+ Civil Society Restrictions", Legal=share)) == said


@pytest.mark.parametrize(
    ("orientation", "identity", "said"),
    [
        (1, 1, "both"),
        (1, 0, "so_only"),
        (0, 1, "gi_only"),
        (0, 0, "none_found"),
        (1, 0.5, "varies"),
        (1, None, UNKNOWN),
    ],
)
def test_what_is_coded_twice(orientation: float | None, identity: float | None, said: str) -> None:
    law = "Employment Discrimination"
    found = value(
        "employment",
        lines(f"{law} - Sexual Orientation", Illegal=orientation),
        lines(f"{law} - Gender Identity", Illegal=identity),
    )
    assert found == said


@pytest.mark.parametrize(
    ("marriage", "ban", "union", "said"),
    [
        (1, 0, 0, "marriage"),
        (0, 1, 1, "union_only"),
        (0, 0, 1, "union_only"),
        (0, 1, 0, "barred"),
        (0, 0, 0, "none_found"),
        (0, 0, 0.5, "varies"),
        (1, 1, 0, "varies"),
        (0.5, 0, 1, "varies"),
        (0, 0, None, UNKNOWN),
    ],
)
def test_partnership(marriage: float, ban: float, union: float | None, said: str) -> None:
    found = value(
        "partnership",
        lines("Marriage Equality", Legal=marriage, Illegal=ban),
        lines("Civil Unions", Legal=union),
    )
    assert found == said


@pytest.mark.parametrize(
    ("requirement", "said"),
    [
        ("Self-ID", "self_declaration"),
        ("Medical/Psychological", "diagnosis"),
        ("Mixed (Surgery + Medical/Psychological)", "surgery"),
        ("Surgery+Sterilization", "surgery_sterilisation"),
        ("", "possible_requirement_unknown"),
        ("Something new", "possible_requirement_unknown"),
    ],
)
def test_what_papers_require(requirement: str, said: str) -> None:
    key = ("Gender Marker Change", "Legal")
    assert value("legal_gender", {key: Line(Row(*key, 2025, "1", ""), 1, requirement=requirement)}) == said


def test_a_placeholder_of_the_whole_file_is_no_direction_of_a_law() -> None:
    cells, rows = cells_of(lines(ACTS, Legal=1, Illegal=0), frozenset({(ACTS, "Illegal")}))
    assert cells["same_sex_acts"].value == "legal"
    assert [one.status for one in rows["same_sex_acts"]] == ["Legal"]
    cells, _ = cells_of(
        lines("Conversion Therapies", Illegal=0), frozenset({("Conversion Therapies", "Illegal")})
    )
    assert "conversion" not in cells


@pytest.mark.parametrize(
    ("text", "fine", "said"),
    [
        ("Death", "", "death_possible"),
        ("Mandatory death penalty", "", "death_certain"),
        ("Life imprisonment", "", "prison_gt10_life"),
        ("Up to 14 years", "", "prison_gt10_life"),
        ("3-10 years", "", "prison_3_10"),
        ("10 years", "", "prison_3_10"),
        ("3 years", "", "prison_1_3"),
        ("6 months", "", "prison_lt1"),
        ("100 lashes", "", "corporal"),
        ("", "500 USD", "fine"),
        ("", "", UNKNOWN),
        ("See the code", "", UNKNOWN),
    ],
)
def test_the_heaviest_penalty(text: str, fine: str, said: str) -> None:
    assert penalty_of(text, fine) == said


def test_where_death_is_in_the_text_no_prison_hides_it() -> None:
    coded = lines(ACTS, Legal=0, Illegal=1) | lines("Death Penalty", Legal=0.2)
    coded[ACTS, "Illegal"] = Line(Row(ACTS, "Illegal", 2025, "1", ""), 1, punishment="2 years")
    assert value("max_penalty", coded) == "death_possible"
    unread = coded | lines("Death Penalty", Legal=None)
    assert value("max_penalty", unread) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "said"), [("Men", "men"), ("Both", "all"), ("Men & women", "all"), ("?", UNKNOWN)]
)
def test_whom_a_law_names(text: str, said: str) -> None:
    assert sexes_of(text) == said


def test_every_value_that_is_read_belongs_to_its_topic() -> None:
    """Whatever two shares there are, nothing comes out that a page has no word for."""
    shares = (None, 0.0, 0.5, 1.0)
    keys = [key for one in (_every_line(share) for share in shares) for key in one]
    assert set(READ) <= set(NAMED)
    for first in shares:
        for second in shares:
            some = _every_line(first)
            some |= {key: line for place, (key, line) in enumerate(_every_line(second).items()) if place % 2}
            for topic, cell in cells_of(some, NONE_DROPPED)[0].items():
                assert cell.value in NAMED[topic].tones, (topic, cell.value)
    assert keys


def _every_line(share: float | None) -> dict[tuple[str, str], Line]:
    from mashrabiya.library.laws.dataset import READ_LAWS, STATUSES

    return {
        (law, status): Line(Row(law, status, 2025, str(share), ""), share)
        for law in sorted(READ_LAWS)
        for status in sorted(STATUSES)
    }
