"""Rules about names, passphrases, entry and personas, each with its refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.kernel.verdict import Denied
from mashrabiya.people.rules import (
    check_name,
    check_passphrase,
    may_add_persona,
    may_enter,
    may_see_page,
    may_sign_up,
    name_key,
    possible_personas,
)
from mashrabiya.people.rules.entry import answers, asks_question
from mashrabiya.people.rules.names import tidy
from mashrabiya.people.types import Band, State
from mashrabiya.platform.words import suggest_passphrase


@pytest.mark.parametrize(
    "name",
    [
        "غيمة صيف",
        "حبر",
        "ليلى ٣",
        "Ink",
        "Summer Cloud",
        "Ñandú",
        "O'Hara",
        "Анна",
        "می‌خواهم",
        "Zoë-Mae",
        "日本",
    ],
)
def test_names_in_any_one_script(name: str) -> None:
    assert check_name(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "short"), ("a", "short"), ("--", "short"), ("a" * 33, "long"),
        ("аnna", "scripts"), ("نور Nour", "scripts"), ("αlpha", "scripts"),
        ("\u202eabc", "letters"), ("ab\u2066cd", "letters"), ("ab\u200bcd", "letters"), ("a\u200cb", "letters"),
        ("نور\u200c", "letters"), ("a\ufe0fb", "letters"), ("a☺b", "letters"), ("a<b>", "letters"),
        ("x\u0301\u0301\u0301y", "letters"), ("ab\u061ccd", "letters"),
    ],
)  # fmt: skip
def test_names_that_cannot_be(name: str, why: str) -> None:
    assert check_name(name) == f"persona.name_{why}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ali", "AIi"), ("Ali", "A1i"), ("modern", "modem"), ("Ink", "INK "), ("Summer Cloud", "summercloud"),
        ("أحمد", "احمد"), ("ليلى", "ليلي"), ("سارة", "ساره"), ("مَها", "مها"), ("ـنورـ", "نور"), ("کریم", "كريم"),
        ("Zoë", "Zoe"), ("ｉｎｋ", "ink"), ("ليلى ٣", "ليلى 3"), ("Ana", "Аnа"), ("نورا", "نورآ"), ("O'Hara", "OHara"),
    ],
)  # fmt: skip
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    """T28."""
    assert name_key(one) == name_key(other)


def test_names_that_differ_are_two() -> None:
    names = ["نور", "نورة", "حبر", "خبر", "Ink", "Pink", "Sun", "Son", "ليلى", "ليل"]
    assert len({name_key(name) for name in names}) == len(names)


@given(st.text(max_size=40))
def test_any_text_is_judged_and_never_breaks(name: str) -> None:
    if check_name(name) is None:
        assert name_key(name)
        assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in name)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_the_house_suggests_is_taken(language: str) -> None:
    for _ in range(30):
        assert check_passphrase(suggest_passphrase(language), "nour") is None


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("short", "short"), ("x" * 257, "long"), ("password1234", "common"), ("aaaaaaaaaaaaaaaa", "common"),
        ("السلام عليكم ورحمة الله وبركاته", "common"), ("صباح الخير 1234", "common"),
        ("بسم الله الرحمن الرحيم", "common"), ("أنا أحبك يا قلبي", "common"), ("nournournour1", "common"),
        ("كلمة المرور ١٢٣٤٥", "common"), ("123456789012", "common"), ("qwertyuiop12", "common"),
    ],
)  # fmt: skip
def test_passphrases_that_are_guessed_first(passphrase: str, why: str) -> None:
    assert check_passphrase(passphrase, "nour") == f"signup.pass_{why}"


def test_a_long_passphrase_does_not_break_the_judge() -> None:
    assert check_passphrase("olive rain under seven quiet windows " * 4) is None


@pytest.mark.parametrize(
    ("entry", "invited", "allowed"),
    [("open", False, True), ("question", False, True), ("invitation", False, False), ("closed", False, False),
     ("invitation", True, True), ("closed", True, True)],
)  # fmt: skip
def test_who_may_make_an_account(entry: str, invited: bool, allowed: bool) -> None:
    assert may_sign_up(entry, invited=invited).allowed is allowed


def test_adults_only() -> None:
    assert may_enter(Band.ADULT, adults_only=True).allowed
    assert not may_enter(Band.MINOR, adults_only=True).allowed
    assert may_enter(Band.MINOR, adults_only=False).allowed
    assert not may_enter(Band.UNKNOWN, adults_only=False).allowed


def test_the_houses_question() -> None:
    assert answers(("rain", "مطر"), "  Rain ")
    assert answers(("مطر",), "مَطَر")
    assert not answers(("rain",), "snow")
    assert answers((), "")
    assert asks_question("question", ("rain",), invited=False)
    assert not asks_question("question", ("rain",), invited=True)
    assert not asks_question("open", ("rain",), invited=False)


@pytest.mark.parametrize(
    ("live", "spent", "possible"),
    [
        ([], [], 2), ([9], [], 1), ([9, 9], [], 0), ([8, 8], [], 2), ([8] * 5, [], 1), ([8] * 6, [], 0),
        ([8], [9, 9], 0), ([8], [8] * 14, 1), ([8], [8] * 15, 0),
    ],
)  # fmt: skip
def test_how_many_names_may_be_added(live: list[int], spent: list[int], possible: int) -> None:
    assert possible_personas(live, spent, season=9) == possible
    assert may_add_persona(live, spent, season=9).allowed is (possible > 0)


def test_after_sixteen_in_a_lifetime_another_account_is_needed() -> None:
    assert may_add_persona([8], [8] * 15, season=9) == Denied("persona.none_left")


def test_who_sees_a_personas_page() -> None:
    assert may_see_page(State.OPEN, own=False, acquainted=True).allowed
    assert may_see_page(State.CLOSED, own=True, acquainted=False).allowed
    for state, acquainted in ((State.OPEN, False), (State.CLOSED, True), (State.AWAY, True)):
        refused = may_see_page(state, own=False, acquainted=acquainted)
        assert isinstance(refused, Denied)
        assert refused.hidden


def test_what_is_longer_than_any_name_is_judged_by_its_beginning() -> None:
    endless = "ﷺ" * 80_000
    assert check_name(endless) == "persona.name_long"
    assert len(name_key(endless)) < 20_000
    assert tidy("ab" + " " * 2_000 + "c" * 80_000) == "ab"
