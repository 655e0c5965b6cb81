"""What is met with a kind word before posting, and what is left alone, measured by function in both languages.

The cases stand in ``harm.txt``, in code, so that nobody meets them in a file; what a failing test says names functions
alone. 23 functions with ten or more sentences each and language, none filled in from a template. Sentences and
judge come from one hand, and the judge was mended by what the sentences showed: the figures say that nothing
broke, not how good it is. ``free_…`` were written after it: of 24 direct ones it met 6 at first (25 %), none of 24 harmless;
then it was mended by these too. Lists and set want a clinician who works in Arabic, and people of each region.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from mashrabiya.safety.matching import Reading
from mashrabiya.safety.matching.coded import opened
from mashrabiya.safety.matching.harm import Harm, harm_in

HARMLESS = (
    "idiom_laughing", "idiom_love", "idiom_tired", "negation", "past_overcome", "about_friend", "support", "songs_films",
    "quoted", "grief", "guides", "accident", "other_ends", "fear_of_others", "figurative", "method_harmless", "free_harmless",
)  # fmt: skip
DIRECT = ("direct_wish", "direct_plan", "not_living", "self_injury", "free_direct")
LEAST_MET = {"implied": 0.5, "spelling": 0.7}
WAY = "method"
LANGUAGES = ("en", "ar")


def _cases() -> dict[tuple[str, str], list[str]]:
    cases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in (Path(__file__).parent / "harm.txt").read_text(encoding="utf-8").splitlines():
        function, language, script, words = line.split("|", 3)
        cases[function, language].append(opened(words, arabic=script == "b"))
    return cases


CASES = _cases()
OF_HARM = list(CASES)


def share_met(function: str, language: str, *kinds: Harm) -> float:
    """How much of it is met as one of these."""
    cases = CASES[function, language]
    return sum(1 for text in cases if any(harm_in(Reading(text)) & kind for kind in kinds)) / len(cases)


def test_there_are_enough_cases_of_each() -> None:
    assert {function for function, _ in CASES} == {*HARMLESS, *DIRECT, *LEAST_MET, WAY}
    for of, cases in CASES.items():
        assert len(set(cases)) >= 10, of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("function", HARMLESS)
def test_nothing_is_said_of_what_is_harmless(function: str, language: str) -> None:
    assert not share_met(function, language, Harm.OWN, Harm.WAY), f"{function} ({language})"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("function", DIRECT)
def test_what_is_said_directly_is_met(function: str, language: str) -> None:
    assert share_met(function, language, Harm.OWN) >= 0.7, f"{function} ({language})"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("function", LEAST_MET)
def test_most_of_what_is_implied_or_spelled_otherwise_is_met(function: str, language: str) -> None:
    assert share_met(function, language, Harm.OWN) >= LEAST_MET[function], f"{function} ({language})"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_way_is_met_as_a_way(language: str) -> None:
    assert share_met(WAY, language, Harm.WAY) >= 0.7


def test_patterns_and_cases_lie_in_code() -> None:
    for place in (Path(__file__).parent / "harm.txt", Path(__file__).parent.parent / "words" / "harm.txt"):
        assert not re.search("[\u0621-\u064a]|\\bdie\\b", place.read_text(encoding="utf-8"))
