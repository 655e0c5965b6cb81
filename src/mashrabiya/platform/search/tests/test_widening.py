"""How else what is asked for is said: how much it weighs, where it is looked up, and how much of it there can be."""

from __future__ import annotations

import pytest

from mashrabiya.platform.search import ranking
from mashrabiya.platform.search.asking import MOST_WORDS, Question, Way, read_question
from mashrabiya.platform.search.keyboards import other_keyboard
from mashrabiya.platform.search.spelling import alike
from mashrabiya.platform.search.tongues import told
from mashrabiya.platform.search.widening import MOST_KEYS, with_ways
from mashrabiya.platform.search.words import folded, key_of, keys_of, other_stems, words_of


def _row(body: str) -> bytes:
    return ranking.write([], keys_of(body), b"mark!")[0]


def _asked(text: str, *ways: tuple[str, tuple[int, ...]]) -> Question:
    return with_ways(read_question(text), [Way(tuple(keys_of(run)), covers, 0.5) for run, covers in ways])


def test_words_that_only_ask_are_not_looked_for() -> None:
    assert read_question("كيف أخبر والدتي؟").words == ("اخبر", "الد")
    assert read_question("How do I tell my mother?").words == ("tell", "mother")
    assert read_question("am I").words == ("am", "i"), "where nothing else is"
    assert read_question("they and them").words == ("they", "them"), "pronouns of others are looked for"
    assert read_question("من هو").words == ("من", "هو"), "where nothing else is asked, they are"
    assert read_question('"who am I"').phrases == (tuple(keys_of("who am I")),)


def test_the_word_itself_stands_above_what_is_said_otherwise() -> None:
    rows = [
        _row("coming out at home"),
        _row("الإفصاح في البيت"),
        _row("a lamp"),
        _row("out of coming trains"),
    ]
    asked = _asked("الإفصاح", ("coming out", (0,)))
    scored = ranking.scores(rows, asked)
    assert [whole for whole, _ in scored] == [True, True, False, False], "words apart are not the phrase"
    assert scored[1][1] > scored[0][1] > 0 == scored[3][1]
    asked = _asked("coming out", ("الإفصاح", (0, 1)))
    scored = ranking.scores(rows, asked)
    assert [whole for whole, _ in scored] == [True, True, False, True]
    assert scored[0][1] > scored[1][1] > 0


def test_what_is_said_both_ways_is_said_once() -> None:
    rows = [_row("الإفصاح lamp"), _row("الإفصاح coming out"), _row("lamp lamp")]
    asked = _asked("الإفصاح", ("coming out", (0,)))
    one, both, _ = (score for _, score in ranking.scores(rows, asked))
    assert both <= one + 0.01


def test_a_row_holds_what_is_said_otherwise() -> None:
    asked = _asked("coming out lamp", ("الإفصاح", (0, 1)))
    assert ranking.holds_all(_row("الإفصاح والإفصاح lamp"), asked)
    assert not ranking.holds_all(_row("الإفصاح"), asked)
    assert ranking.holds_any(_row("الإفصاح"), asked)
    assert not ranking.holds_any(_row("قلم"), asked)


def test_however_many_ways_there_are_few_are_looked_up() -> None:
    many = [Way((key_of(f"w{n}"), key_of(f"v{n}")), (0,), 0.5) for n in range(5000)]
    asked = with_ways(read_question(" ".join(f"word{n}" for n in range(60))), many)
    assert len(asked.keys) == MOST_WORDS
    assert len(asked.every_key) <= MOST_KEYS
    assert asked.cut


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("متلية", "مثلية"), ("دكر", "ذكر"), ("كلق", "قلق"), ("قاي", "غاي"), ("ريال", "رجال"),
        ("شكرن", "شكرا"), ("شكرا", "شكرن"), ("أهوة", "قهوة"), ("مسؤول", "مسئول"), ("شئون", "شؤون"), ("غاي", "گاي"),
    ],
)  # fmt: skip
def test_letters_that_sound_alike(heard: str, written: str) -> None:
    assert folded(written)[0] in alike(folded(heard)[0])


def test_only_arabic_words_are_written_as_they_are_heard() -> None:
    assert alike("lamp") == []
    assert alike("في") == []
    assert len(alike("ق" * 200)) == 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("legdm", "مثلية"),
        ("hgh;jzhf", "الاكتئاب"),
        ("ؤخةهىل خعف", "coming out"),
        ("كتاب", ""),
        ("é", ""),
        ("", ""),
    ],
)
def test_the_other_keyboard(typed: str, meant: str) -> None:
    assert other_keyboard(typed) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("french", "Je ne sais pas comment le dire à mes parents."), ("spanish", "No sé cómo decirlo a mi familia"),
        ("german", "Ich weiß nicht, wie ich es meinen Eltern sagen soll"), ("italian", "Non so come dirlo ai miei genitori"),
        ("portuguese", "Não sei como contar para a minha mãe"), ("dutch", "Ik weet niet hoe ik het mijn ouders moet vertellen"),
        ("swedish", "Jag vet inte hur jag ska berätta det för min mamma"), ("turkish", "Çok korkuyorum ama bir şey yok ve ben de"),
        ("english", "I do not know how to tell my parents"), ("english", "La la land"), ("english", "مرحبا Paris"), ("english", ""),
    ],
)  # fmt: skip
def test_small_words_tell_a_language(language: str, text: str) -> None:
    assert told(folded(text)) == language


def test_a_word_is_found_in_other_languages_by_its_own_stem() -> None:
    text = "Les réfugiées demandent leurs droits dans la ville"
    held = set(words_of(text))
    for word in ("réfugiés", "droit", "villes"):
        assert held & {*words_of(word), *other_stems(folded(word)[0])}, word
    assert other_stems("قلم") == []
    assert words_of("running shoes") == ["run", "shoe"]
