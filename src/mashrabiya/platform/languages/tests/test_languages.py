"""Counts, digits, coarse times and forms of address."""

import pytest

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages import catalogue, to_digits, to_latin, when_key, whole_months

ARABIC, ENGLISH = Tongue.of("ar"), Tongue.of("en")
NOON = 1_790_000_000 // 86400 * 86400 + 43200


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "لا ردود"),
        (1, "ردّ واحد"),
        (2, "ردّان"),
        (3, "٣ ردود"),
        (10, "١٠ ردود"),
        (11, "١١ ردًّا"),
        (99, "٩٩ ردًّا"),
        (100, "١٠٠ ردّ"),
        (101, "١٠١ ردّ"),
        (103, "١٠٣ ردود"),
    ],
)
def test_arabic_counts_have_six_forms(n: int, words: str) -> None:
    assert catalogue("ar").count("thread.replies", ARABIC, n) == words


def test_english_counts_have_two() -> None:
    said = [catalogue("en").count("thread.replies", ENGLISH, n) for n in (0, 1, 2, 11)]
    assert said == ["0 replies", "1 reply", "2 replies", "11 replies"]


def test_a_reader_may_choose_the_other_digits() -> None:
    latin = Tongue.of("ar", digits="latn")
    assert catalogue("ar").count("thread.replies", latin, 3) == "3 ردود"


def test_any_digits_can_be_typed() -> None:
    assert to_latin("٠١٢ ۳۴۵ 678") == "012 345 678"
    assert to_digits("2026", "arab") == "٢٠٢٦"


def test_a_form_that_is_not_written_falls_back_to_the_neutral_one() -> None:
    texts = catalogue("ar")
    assert texts.text("signin.wrong", Tongue.of("ar", "f")) == texts.text("signin.wrong", ARABIC)
    assert texts.text("signin.busy", Tongue.of("ar", "f")) != texts.text("signin.busy", ARABIC)


@pytest.mark.parametrize(
    ("age", "key"),
    [
        (0, "time.just_now"),
        (3 * 3600, "time.today"),
        (86400, "time.yesterday"),
        (3 * 86400, "time.this_week"),
        (9 * 86400, "time.last_week"),
        (20 * 86400, "time.this_month"),
        (400 * 86400, "time.long_ago"),
    ],
)
def test_times_are_coarse(age: int, key: str) -> None:
    assert when_key(NOON - age, NOON) == key


@pytest.mark.parametrize(("days", "months"), [(30, 1), (90, 3), (180, 6), (365, 12), (14, 0), (100, 0)])
def test_months_are_said_where_they_come_out_even(days: int, months: int) -> None:
    assert whole_months(days) == months


def test_every_catalogue_key_exists_in_both_languages() -> None:
    arabic, english = catalogue("ar"), catalogue("en")
    assert {key for key, form in arabic.texts if form == "n"} == {key for key, _ in english.texts}
    assert arabic.counts.keys() == english.counts.keys()
