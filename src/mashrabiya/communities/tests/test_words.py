"""What a community may be called and say."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.communities import rules
from mashrabiya.communities.types import ABOUT_LIMIT, AGREEMENTS_LIMIT, NAME_LIMIT, NewCommunity, Topic

GOOD = NewCommunity(name="Night kitchen", about="Recipes.", agreements="Be kind.")


def wrong(**changes: object) -> dict[str, str]:
    return rules.wrong_words(msgspec.structs.replace(GOOD, **changes))


@pytest.mark.parametrize(
    "name",
    [
        "Night kitchen",
        "مطبخ الليل",
        "Tamurt · ⵜⴰⵎⵓⵔⵜ",
        "كوير & queer",
        "می\u200cخواهم",
        "٧ أيام",
        "Ça va? 🌿",
        "x" * 60,
    ],
)
def test_names_as_people_give_them(name: str) -> None:
    assert wrong(name=name) == {}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "community.name_missing"),
        ("…", "community.name_letters"),
        ("🌿🌿", "community.name_letters"),
        ("\u3164\u3164", "community.name_letters"),
        ("x" * (NAME_LIMIT + 1), "community.too_long"),
        ("Night\u202ekitchen", "community.bad_signs"),
        ("Night\u2066kitchen", "community.bad_signs"),
        ("Night\u200bkitchen", "community.bad_signs"),
        ("Night \u200d kitchen", "community.bad_signs"),
        ("\u200cNight", "community.bad_signs"),
        ("Night\x00kitchen", "community.bad_signs"),
        ("N" + "\u0335" * 9, "community.bad_signs"),
        ("Nіght kitchen", "community.name_scripts"),
    ],
)
def test_names_that_hide_something_are_refused(name: str, why: str) -> None:
    assert wrong(name=name) == {"name": why}


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"about": ""}, "about", "community.about_missing"),
        ({"about": "…"}, "about", "community.about_missing"),
        ({"about": "x" * (ABOUT_LIMIT + 1)}, "about", "community.too_long"),
        ({"about": "turned \u202e round"}, "about", "community.bad_signs"),
        ({"agreements": ""}, "agreements", "community.agreements_missing"),
        ({"agreements": "x" * (AGREEMENTS_LIMIT + 1)}, "agreements", "community.too_long"),
        ({"topics": sum(list(Topic)[:5])}, "topics", "community.topics_many"),
    ],
)
def test_what_is_missing_or_too_much_is_said_beside_its_field(
    changes: dict[str, object], field: str, why: str
) -> None:
    assert wrong(**changes) == {field: why}


@given(st.text(max_size=80))
def test_no_name_fails(name: str) -> None:
    rules.wrong_words(msgspec.structs.replace(GOOD, name=rules.tidy_name(name), about=name, agreements=name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Night kitchen", "night   KITCHEN"),
        ("Night kitchen", "Nlght kltchen"),
        ("مطبخ الليل", "مَطبخ الليـــل"),
        ("مثلية", "مثليه"),
        ("داعم", "داعم\u0301"),
        ("Café", "Cafe"),
    ],
)
def test_names_that_look_alike_share_a_line(one: str, other: str) -> None:
    assert rules.name_line(one) == rules.name_line(other)


def test_names_that_differ_do_not() -> None:
    assert rules.name_line("Night kitchen") != rules.name_line("Night kitchens")
    assert rules.name_line("مطبخ") != rules.name_line("مطبخي")
