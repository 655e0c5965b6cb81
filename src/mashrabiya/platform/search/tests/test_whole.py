"""Words that begin with a letter of their own, and what is not said where one says what one is."""

from __future__ import annotations

import pytest

from mashrabiya.platform.search.words import words_of


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("بيت", "بيتي لبيتي وبيتنا بيته ببيتهم البيت"), ("بنت", "بنتي بنتنا بنتها والبنت"), ("بلد", "بلدي بلدنا بلدهم"),
        ("ولد", "ولدي ولدنا الولد"), ("وحدي", "لوحدي الوحدة وحدتي"), ("كلام", "كلامي كلامها الكلام بكلامه"),
        ("كمين", "الكمين كمينًا"), ("هرمون", "هرمونات هرموني الهرمونات"), ("وقت", "وقتي"), ("فلسطين", "فلسطيني الفلسطينيين بفلسطين"), ("لبنان", "لبناني بلبنان اللبنانية"), ("فرنسا", "فرنسي بفرنسا"), ("كندا", "كندي وكندا"), ("كلب", "كلبي"),
        ("مثلي", "مثلية المثليين للمثليات مثليتي متلية متليين مثليه مثليا"),
    ],
)  # fmt: skip
def test_a_word_is_found_with_whose_it_is(one: str, others: str) -> None:
    for other in others.split():
        assert words_of(other) == words_of(one), other


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("مثلية", "مثل مثلًا مثله مثلها متل"), ("أهلي", "أهلًا وأهلًا أهلين"), ("كمين", "مين"), ("أمي", "كلامي كلام"),
        ("بلدي", "لدي لديك"), ("هرمونات", "هرم"), ("غاي", "غاية غايته لغاية"), ("لبنان", "نان بنان"), ("كندا", "نداء"),
    ],
)  # fmt: skip
def test_a_word_is_not_one_that_only_ends_like_it(one: str, others: str) -> None:
    for other in others.split():
        assert words_of(other) != words_of(one), other


def test_what_is_written_before_a_word_still_goes() -> None:
    for one, other in (
        ("لأمي", "أمي"),
        ("وأخي", "أخي"),
        ("بصديقي", "صديق"),
        ("كطبيب", "طبيب"),
        ("وفي", "وفي"),
    ):
        assert words_of(one) == words_of(other), one
