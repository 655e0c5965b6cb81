"""Words that have broken other software, as search takes them: the quick way from a text to its keys is the plain one."""

from __future__ import annotations

from mashrabiya.platform.search.words import key_of, keys_of, words_of
from tests.naughty.test_naughty import LISTED


def test_hostile_words_have_the_keys_of_their_words() -> None:
    for text in LISTED:
        for written in (text, f"لا {text} جنسي {text}", f"je ne suis pas la {text}"):
            assert keys_of(written) == [key_of(word) for word in words_of(written)], written
