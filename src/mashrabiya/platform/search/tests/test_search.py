"""Words, postings, questions and rank, by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from mashrabiya.platform.search import postings, ranking
from mashrabiya.platform.search.asking import MOST_WORDS, Question, Way, read_question
from mashrabiya.platform.search.nearness import together, worth_of
from mashrabiya.platform.search.words import CODE_BYTES, key_of, keys_of, stem, words_of

_PLACES = st.sets(st.integers(0, postings.SEGMENT - 1), max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المدرسة", "مدرستها"), ("إفصاح", "الافصاح"), ("صديقان", "صديق"), ("أخبارهم", "أخبار"), ("مثليّة", "مثليه"),
        ("٢٠٢٤", "2024"), ("running", "runs"),
        ("والدتي", "والدة"), ("صديقاتي", "صديقة"), ("هويتك", "الهوية"), ("عائلتنا", "والعائلة"), ("شاركتُ", "شارك"), ("Café", "cafe"), ("книги", "книга"),
        ("فالهرمونات", "الهرمونات"), ("فأخبرت", "أخبرت"),
    ],
)  # fmt: skip
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(("one", "other"), [("قلب", "قلم"), ("عين", "عيد"), ("lamp", "lam"), ("فكرة", "كره")])
def test_other_words_stay_others(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_no_word_is_lost() -> None:
    for text in ("من هو", "the of a", "C 3", "書籍", "ไทย", "🏳️‍🌈", "trans*", "x"):
        assert words_of(text), text


@given(st.text(max_size=40))
def test_any_text_has_words_and_a_question(text: str) -> None:
    assert len(keys_of(text)) == len(words_of(text))
    assert len(read_question(text).keys) <= MOST_WORDS
    assert all(stem(word) for word in words_of(text))


@given(_PLACES, _PLACES)
def test_places_are_what_was_put_there(one: set[int], other: set[int]) -> None:
    a, b = postings.pack(one), postings.pack(other)
    assert set(postings.unpack(a)) == one
    assert postings.count(a) == len(one)
    assert list(postings.all_of([[a], [b]])) == sorted(one & other, reverse=True)
    assert list(postings.all_of([[a, b], [b]])) == sorted(other, reverse=True)
    assert set(postings.unpack(postings.with_places(a, other, one))) == other - one


def test_many_places_are_a_bit_each() -> None:
    every, third = postings.pack(range(postings.SEGMENT)), postings.pack(range(0, postings.SEGMENT, 3))
    few = postings.pack([3, 4, 9])
    assert len(every) == len(third) == postings.SEGMENT // 8
    assert postings.count(every) == postings.SEGMENT
    assert list(postings.all_of([[every], [third]]))[:2] == [32766, 32763]
    assert list(postings.all_of([[third], [few], [every]])) == [9, 3]
    assert list(postings.all_of([[third, few], [every]]))[-4:] == [6, 4, 3, 0]
    assert list(postings.all_of([[third], [few, postings.pack([6])], [every]])) == [9, 6, 3]
    assert len(postings.with_places(every, (), range(5, postings.SEGMENT))) == 10


def test_a_question_is_read() -> None:
    asked = read_question('"coming out" home -work')
    assert asked.words == ("come", "out", "home")
    assert asked.phrases == ((key_of("come"), key_of("out")),)
    assert asked.without == ((key_of("work"),),)
    assert not read_question("-work").asks
    assert read_question('why did she say "coming out" to all her friends').phrases == ()
    assert read_question("a-b").without == ()
    assert read_question("ما هو اسم حفيدة «الدكتور هو»؟").phrases == (), "a sentence quotes"
    assert read_question("حفيدة «الدكتور هو»").phrases == (tuple(keys_of("الدكتور هو")),)
    assert read_question("و متى تم ذلك اللقاء").words == ("لقا",)


def _row(title: str, body: str) -> bytes:
    return ranking.write(keys_of(title), keys_of(body), b"mark!")[0]


def test_what_is_rarer_shorter_or_in_a_title_stands_higher() -> None:
    rows = [
        _row("", "lamp lamp lamp and more"), _row("", "a violet"), _row("violet", "something else here"),
        _row("", "lamp"), _row("", "violet " + "other " * 50),
    ]  # fmt: skip
    scored = [score for _, score in ranking.scores(rows, read_question("violet"))]
    assert scored[2] > scored[1] > scored[4] > 0 == scored[0] == scored[3]
    late = "something else at first and then a " + "violet"
    soon = ranking.scores(
        [_row("", late), _row("", "violet " + late[:-7]), _row("", late)], read_question("violet")
    )
    assert soon[1][1] > soon[0][1] == soon[2][1], "what a text begins with is what it is about"
    both = ranking.scores([_row("", "lamp violet"), _row("", "violet")], read_question("violet lamp"))
    assert [whole for whole, _ in both] == [True, False]


def _gains(question: Question, *bodies: str) -> list[float]:
    rows = [_row("", body) for body in bodies]
    worth = worth_of(question, ranking.weigh(rows, question).rarity)
    return [together(row, worth) for row in rows]


def test_what_says_all_of_it_in_one_breath_gains_most() -> None:
    asked, between = read_question("amber violet lamp"), "other " * 30
    near, two, apart, none = _gains(
        asked,
        f"{between} amber of the violet lamp {between}",
        f"amber {between} violet and lamp",
        f"lamp {between} amber {between} violet",
        "nothing of it",
    )
    assert near > two > apart > 0 == none
    assert _gains(asked, "lamp " * 200)[0] == _gains(asked, "lamp")[0], "a word said again is said once"


def test_a_word_said_otherwise_is_said_in_the_same_breath() -> None:
    asked = read_question("violet lamp")
    other = structs.replace(asked, ways=(Way((key_of("lantern"),), (1,), 0.5),))
    (plain,), (wider,) = _gains(asked, "violet lantern"), _gains(other, "violet lantern")
    assert wider > plain > 0
    (said,) = _gains(other, "violet lamp lantern")
    assert said == _gains(asked, "violet lamp")[0], "of a word and what stands for it the greater counts"


def test_the_length_of_a_title_and_half_a_word_are_no_words() -> None:
    code = read_question("violet lamp").keys[0][:CODE_BYTES]
    worth = {code: (0, 1.0)}
    assert together(code + b"abcdef", worth) == 0.0, "the first byte says how long the title is"
    assert together(b"\0" + b"x" + code + b"yz", worth) == 0.0
    assert together(b"\0" + b"xyz" + code, worth) == 1.0
