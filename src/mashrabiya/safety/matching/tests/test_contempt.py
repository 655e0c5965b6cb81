"""What the nudge asks about, and what it is silent about, measured by function in both languages.

The cases stand in ``contempt.txt``, in code: no word of them is shown here or in what a failing test says, which
names functions alone. How they were made: about three hundred sentences, seven or eight for each of 21 functions
and each language, each filled in three ways with identities, names and words of the register. Every second
sentence of a function is held back (``h``): all of them were written before the judge was, and the judge was
mended by what the others (``d``) showed. Yet one hand wrote sentences and judge, nobody of the communities meant has
read either, and a few rules were added because that hand knew what it had written: the figures flatter. They say that nothing
broke, not how good it is. Forty-two sentences more (``free_…``) were written afterwards, without templates: at first 16 of 24
were asked about and 3 of 18 harmless ones alarmed, which is nearer to what a house will see. Texts of the sample and of the house's own pages were read through it as well.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from msgspec import Struct

from mashrabiya.safety.matching import Reading
from mashrabiya.safety.matching.coded import coded, opened
from mashrabiya.safety.matching.contempt import judged

HARMLESS = (
    "identity_neutral", "identity_positive", "reclaimed", "quoted_hate", "countered_hate", "negation", "own_story", "question",
    "law_and_guides", "other_meanings", "things_disliked", "own_pain",
)  # fmt: skip
DIRECT = ("direct_slur", "direct_predicate")
LEAST_ASKED = {
    "implied_contempt": 0.6,
    "cure_offer": 0.6,
    "spelling_gaps": 0.6,
    "spelling_letters": 0.7,
    "outing": 0.7,
}
FREE = ("free_harmless", "free_contempt")
URGENT = ("death_wish", "threat_of_telling")
"""These weigh for the care team, and ask nothing by themselves."""


class Case(Struct, frozen=True):
    function: str
    language: str
    held: bool
    text: str


def _cases() -> list[Case]:
    lines = (Path(__file__).parent / "contempt.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|", 4) for line in lines]
    return [
        Case(function, language, half == "h", opened(words, arabic=script == "b"))
        for function, language, half, script, words in rows
    ]


CASES = _cases()
OF = [
    (function, language)
    for function in dict.fromkeys(case.function for case in CASES)
    for language in ("en", "ar")
]


def shares(function: str, language: str) -> dict[str, float]:
    """How many cases are asked about, and how many are urgent: all, and those held back."""
    asked: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for case in CASES:
        if (case.function, case.language) == (function, language):
            found = judged(Reading(case.text))
            met = bool(found.asks), found.weight == 3
            asked["all"].append(met)
            asked["held" if case.held else "seen"].append(met)
    return {
        f"{half} {what}": sum(one[place] for one in met) / len(met)
        for half, met in asked.items()
        for place, what in enumerate(("asked", "urgent"))
    }


def test_there_are_enough_cases_of_each() -> None:
    assert {function for function, _ in OF} == {*HARMLESS, *DIRECT, *LEAST_ASKED, *URGENT, *FREE}
    for function, language in OF:
        if function in FREE:
            continue
        texts = {case.text for case in CASES if (case.function, case.language) == (function, language)}
        assert len(texts) >= 20, (function, language)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("function", [*HARMLESS, "free_harmless"])
def test_no_alarm_on_what_is_harmless(function: str, language: str) -> None:
    found = shares(function, language)
    assert not found["all asked"], f"{function} ({language}): asked about {found['all asked']:.0%}"
    assert not found["all urgent"], f"{function} ({language}): called urgent {found['all urgent']:.0%}"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("function", [*DIRECT, "free_contempt"])
def test_direct_contempt_is_asked_about(function: str, language: str) -> None:
    found = shares(function, language)
    for half in ("all asked", "held asked") if function in DIRECT else ("all asked",):
        assert found[half] >= 0.7, f"{function} ({language}): {half} {found[half]:.0%}"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("function", LEAST_ASKED)
def test_most_of_what_is_hidden_or_implied_is_asked_about(function: str, language: str) -> None:
    found = shares(function, language)["all asked"]
    assert found >= LEAST_ASKED[function], f"{function} ({language}): asked about {found:.0%}"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("function", URGENT)
def test_threats_and_wishes_of_death_weigh_most(function: str, language: str) -> None:
    found = shares(function, language)["all urgent"]
    assert found >= 0.7, f"{function} ({language}): urgent {found:.0%}"


@pytest.mark.parametrize(
    "text",
    [
        "Our friend who is trans is ill this week and needs soup.",
        "Trans people often get ill when clinics refuse them.",
        "Gay men were killed in the war and nobody wrote their names.",
        "LGBT people hide because they are afraid, and I understand it.",
        "Gay people deserve a normal life like everybody.",
        "Hormone treatment for trans women costs too much here.",
        "I hate the way trans people are treated on television.",
        "The shop of the gay couple was burned last night, please help.",
        "Our society is destroying gay people's lives.",
        "Two gay men from my street died of the cold.",
        "Sara is gay and we love her.",
        "أختنا العابرة مريضة هذا الأسبوع وتحتاج شوربة.",
        "قُتل مثليون في الحرب ولم يكتب أحد أسماءهم.",
        "المثليون يختبئون لأنهم خائفون.",
        "من حق المثليين حياة طبيعية مثل كل الناس.",
        "العلاج الهرموني للعابرات غالٍ هنا.",
        "بعرف طبيب بيعالج العابرين باحترام.",
        "حرقوا محل الشابين المثليين ليلة أمس.",
        "ya jama3a ana ta3ban, 7ada b ye3raf doctor mni7?",
    ],
)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    found = judged(Reading(text))
    assert not found.asks
    assert found.weight < 3


def test_code_leads_both_ways() -> None:
    for words, arabic in (("> يا أحمد، «هنا» 12 $n~\nثم", True), ("Line\nand \\ line", False)):
        assert opened(coded(words, arabic=arabic), arabic=arabic) == words
        assert "\n" not in coded(words, arabic=arabic)


def test_the_register_lies_in_code() -> None:
    text = (Path(__file__).parent.parent / "words" / "contempt.txt").read_text(encoding="utf-8")
    assert text.isascii()
