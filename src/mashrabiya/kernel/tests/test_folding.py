"""What is read alike is found alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.kernel.folding import fold, fold_one, fold_words, light_stem, scripts_of

ALIKE = [
    # marks, lengthening, letters drawn out
    ("مَثَلِيَّة", "مثليه"),
    ("مثليـــة", "مثليه"),
    ("حلووووو جدااا", "حلو جدا"),
    ("مثـ\u200dلية", "مثليه"),
    ("\u202eمثلية\u202c\u2066", "مثليه"),
    # punctuation
    ("طبخ،كتابة؛«شطرنج»؟", "طبخ كتابه شطرنج"),
    # letters
    ("أهل إلى آخر ٱسم", "اهل الي اخر اسم"),
    ("مثلى مثلی عائلة", "مثلي مثلي عايله"),
    ("مؤنث سماء", "مونث سما"),
    ("کوير گاي ڭ", "كوير كاي ك"),
    ("ڤيديو ڥ پيتزا چاي", "فيديو ف بيتزا جاي"),
    ("ھنا ہنا هەنا", "هنا هنا ههنا"),
    ("٢٠٢٦ ۱۲۳ 45", "2026 123 45"),
    # gender marks: both words
    ("داعم/ة", "داعم داعمه"),
    ("داعم_ة", "داعم داعمه"),
    ("داعم.ة", "داعم داعمه"),
    ("داعم(ة)", "داعم داعمه"),
    ("داعم·ة", "داعم داعمه"),
    ("عابرون/ات هنا", "عابرون عابرات هنا"),
    ("داعمين/ات", "داعمين داعمات"),
    ("بينيّو/ات الجنس", "بينيو بينيات الجنس"),
    ("سوري/ية", "سوري سوريه"),
    # one term, however it is spaced; statelessness is another
    ("لا جنسي", "لاجنسي"),
    ("لا-جنسي", "لاجنسي"),
    ("غير ثنائي", "غيرثنايي"),
    ("غير ثنائية", "غيرثناييه"),
    ("لا جنسية", "لا جنسيه"),
    # Latin
    ("Café RÉSUMÉ", "cafe resume"),
    ("İstanbul ığdır Łódź", "istanbul igdir lodz"),
    ("STRASSE straße", "strasse strasse"),
    ("3'orba, don't", "3orba dont"),
    ("Ｍｉｔｈｌｉｙａ", "mithliya"),
    ("coooool 2000", "col 2000"),
    ("ⵜⴰⵎⵓⵔⵜ · Tamurt", "ⵜⴰⵎⵓⵔⵜ tamurt"),
    ("", ""),
    ("،؛؟…", ""),
]


@pytest.mark.parametrize(("written", "folded"), ALIKE)
def test_what_is_read_alike_is_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("المثليات", "مثلي"),
        ("والعابرون", "عابر"),
        ("للعابرين", "عابر"),
        ("مثليين", "مثلي"),
        ("داعمه", "داعم"),
        ("كتابها", "تاب"),
        ("بيت", "بيت"),
        ("الطبخ", "طبخ"),
        ("نون", "نون"),
        ("", ""),
    ],
)
def test_a_stem_keeps_three_letters(word: str, stem: str) -> None:
    assert light_stem(word) == stem


@pytest.mark.parametrize("word", ["مثليه", "مثلي", "المثليه", "مثليون", "بالمثليات"])
def test_with_four_letters_left_a_word_keeps_its_sense(word: str) -> None:
    assert light_stem(word, least=4) == "مثلي"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


_ARABIC = st.characters(min_codepoint=0x600, max_codepoint=0x6FF)


@given(st.text(alphabet=st.one_of(_ARABIC, st.sampled_from("/_.·()- aeقلاثنائي غير")), max_size=60))
def test_folding_twice_is_folding_once_in_arabic(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(alphabet=_ARABIC, max_size=20), st.integers(0, 6))
def test_a_stem_is_a_part_of_its_word_and_its_own_stem(text: str, least: int) -> None:
    for word in fold(text).split():
        stem = light_stem(word, least)
        assert stem in word
        assert light_stem(stem, least) == stem
        assert len(stem) >= min(3, len(word))


def test_scripts_are_told_apart() -> None:
    assert scripts_of("night7") == {"LATIN"}
    assert scripts_of("nіght") == {"LATIN", "CYRILLIC"}
    assert scripts_of("ليل") == {"ARABIC"}
    assert scripts_of("٧ 7") == set()


@pytest.mark.parametrize(
    "text",
    ["لا جنسي، قال", "أأأأ ب", "داعم/ة وداعمون/ات", "غير  ثنائي", "'x' ’y", "- a\n\nB… 3'orba", "سَلْمى ﷺ"],
)
def test_word_by_word_it_is_the_same(text: str) -> None:
    assert fold_words(text) == fold(text)


def test_a_word_of_any_length_is_folded_in_one_run() -> None:
    """Quadratic, this would take minutes."""
    assert len(fold("اب" * 100_000)) == 200_000


@given(st.text(max_size=12) | st.text("(«داعمةلأئ/_.·-)ً»'ـaAé3٣ ", max_size=12))
def test_a_word_alone_is_folded_as_any_text(word: str) -> None:
    for one in word.split():
        assert fold_one(one) == fold(one)
