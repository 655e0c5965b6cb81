"""The twenty-two topics and what can be said of each, caution first.

The order of a topic's values is the order of caution: of two that disagree, the one that stands first is shown.
``unknown`` stands first everywhere.
"""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

UNKNOWN = "unknown"
DISPUTED = "disputed"


class Tone(IntEnum):
    """How a value looks. There is none that says "safe"."""

    RISK = 0
    CAUTION = 1
    PLAIN = 2

    @property
    def light(self) -> str:
        """The name of its colour in the style sheet."""
        return ("red", "amber", "")[self]


class Topic(Struct, frozen=True):
    """One topic: its word in the code and in files, its number in addresses, and its values with their tones."""

    id: str
    number: int
    group: str
    tones: dict[str, Tone]

    @property
    def key(self) -> str:
        return f"library.laws.topic.{self.id}"

    @property
    def values(self) -> tuple[str, ...]:
        """All that can be said of it, caution first."""
        return tuple(self.tones)

    def worse(self, one: str, other: str) -> str:
        """Of two values the one that stands nearer to caution."""
        values = self.values
        return min(one, other, key=values.index)


_GROUPED: dict[str, dict[str, tuple[str, str, str]]] = {
    # group: topic: values that are a risk, those to be careful with, and the rest.
    "crime": {
        "same_sex_acts": (
            "used_against criminal criminal_not_enforced",
            "no_explicit_law varies",
            "legal",
        ),
        "max_penalty": (
            "death_certain death_possible prison_gt10_life corporal prison_3_10 prison_1_3 prison_lt1 fine",
            "varies",
            "none not_applicable",
        ),
        "who_is_covered": ("all men women", "", "not_applicable"),
        "enforcement": ("recent_cases some_cases", "no_information dead_letter_documented", "not_applicable"),
        "indirect_laws": ("used", "used_in_past not_recorded", ""),
        "gender_expression_crime": ("used_against criminal", "no_explicit_law varies", "legal"),
        "age_of_consent": ("unequal", "no_explicit_law varies", "equal"),
    },
    "papers": {
        "legal_gender": (
            "impossible surgery_sterilisation surgery",
            "none_found varies possible_requirement_unknown diagnosis",
            "self_declaration",
        ),
        "legal_name": ("impossible", "none_found varies conditions", "possible"),
        "third_gender": ("", "not_recognised varies", "recognised"),
    },
    "care": {
        "trans_care_adults": ("restricted", "neither_coded varies available_not_covered", "covered"),
        "trans_care_minors": ("restricted", "neither_coded varies available_not_covered", "covered"),
        "intersex_surgery": ("permitted", "no_explicit_law varies partly_banned", "banned"),
        "conversion": ("", "no_ban_found varies partly_banned", "banned"),
    },
    "protection": {
        "employment": ("", "none_found varies so_only gi_only", "both"),
        "goods_services": ("", "none_found varies so_only gi_only", "both"),
        "hate_crime": ("", "none_found varies so_only gi_only", "both"),
        "constitution": ("", "none_found varies so_only gi_only", "both"),
    },
    "speech": {
        "expression": ("restricted restricted_not_enforced", "none_found varies", ""),
        "association": ("restricted", "none_found varies", ""),
    },
    "family": {
        "partnership": ("barred", "none_found varies union_only", "marriage"),
        "parenting": ("barred", "none_found varies", "allowed"),
    },
}


def _topics() -> tuple[Topic, ...]:
    found: list[Topic] = []
    for group, topics in _GROUPED.items():
        for name, lists in topics.items():
            tones = {UNKNOWN: Tone.RISK}
            for tone, values in zip(Tone, lists, strict=True):
                tones |= dict.fromkeys(values.split(), tone)
            found.append(Topic(name, len(found) + 1, group, tones))
    return tuple(found)


TOPICS = _topics()
GROUPS = tuple(_GROUPED)
NAMED = {topic.id: topic for topic in TOPICS}
