"""The lists behind suggested names and passphrases."""

import re

import pytest

from mashrabiya.platform.words import WORDS, suggest_name, suggest_passphrase, words


@pytest.mark.parametrize(("language", "shape"), [("en", "[a-z]{3,8}"), ("ar", "[ء-غف-ي]{3,7}")])
def test_2048_different_plain_words(language: str, shape: str) -> None:
    listed = words(language)
    assert len(listed) == len(set(listed)) == WORDS
    assert [word for word in listed if not re.fullmatch(shape, word)] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_passphrase_is_six_words_and_a_name_two_and_a_number(language: str) -> None:
    assert len(suggest_passphrase(language).split()) == 6
    *chosen, number = suggest_name(language).split()
    assert len(chosen) == 2
    assert 100 <= int(number) <= 999
    assert len({suggest_passphrase(language) for _ in range(50)}) == 50


def test_a_language_without_a_list_uses_the_english_one() -> None:
    assert words("ku") == words("en")
