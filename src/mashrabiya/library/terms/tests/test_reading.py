"""Terms are found in texts, once each; a word to avoid is mentioned before posting, but not of oneself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.library.terms.room import Terms
from mashrabiya.library.terms.tests.shelved import finder, whole
from mashrabiya.platform.search.words import words_of


def found(text: str, language: str = "ar") -> dict[str, str]:
    return {one.concept.key: text[one.start : one.end] for one in finder().terms_in(text, language)}


def told(text: str) -> list[str]:
    return [one.found for one in finder().hints([text])]


@pytest.mark.parametrize(
    ("text", "language", "key", "said"),
    [
        ("عن الإفصاح أو لا", "ar", "coming-out", "الإفصاح"),
        ("وبالإفصاحِ عنها", "ar", "coming-out", "وبالإفصاحِ"),
        ("رهاب المثليّة في البيت", "ar", "homophobia", "رهاب المثليّة"),
        ("من هو لا جنسيّ مثلنا", "ar", "asexual", "لا جنسيّ"),
        ("من عابرين/ات وغيرهم", "ar", "trans", "عابرين/ات"),
        ("After coming out, rest.", "en", "coming-out", "coming out"),
        ("Non-binary people", "en", "nonbinary", "Non-binary"),
        ("somebody's pronouns", "en", "pronouns", "pronouns"),
    ],
)
def test_a_term_is_found_where_it_stands(text: str, language: str, key: str, said: str) -> None:
    assert found(text, language)[key] == said


def test_each_concept_once_and_at_most_some() -> None:
    text = "outing, dysphoria, homophobia, outing and dysphoria"
    terms = finder().terms_in(text, "en")
    assert [text[one.start : one.end] for one in terms] == ["outing", "dysphoria", "homophobia"]
    assert len(finder().terms_in(text, "en", 2)) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("مثلي مثلك، نحب البحر", "ar"),
        ("عابر سبيل", "ar"),
        ("جنسية سويسرية", "ar"),
        ("a normal day at the clinic", "en"),
        ("routing and shouting", "en"),
        ("the reply of a member", "en"),
        ("coming out", "fr"),
        ("", "ar"),
    ],
)
def test_words_that_mean_other_things_are_left_alone(text: str, language: str) -> None:
    assert found(text, language) == {}


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_text_fails(text: str) -> None:
    for language in ("ar", "en"):
        finder().terms_in(text, language)
    finder().hints([text])


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("عابر/ةجنسيًا أنا gay-.' («»)\n\u200f"), max_size=60))
def test_places_lie_inside_the_text(text: str) -> None:
    for language in ("ar", "en"):
        assert all(0 <= one.start < one.end <= len(text) for one in finder().terms_in(text, language))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He is a transsexual.", "transsexual"),
        ("I think he is a transsexual", "transsexual"),
        ("The homosexuals next door", "homosexuals"),
        ("صديقي متحوّل جنسيًا", "متحوّل جنسيًا"),
        ("حكوا عن المتحولين جنسيا", "المتحولين جنسيا"),
        ("I am tired. She is a transsexual.", "transsexual"),
    ],
)
def test_a_word_to_avoid_is_mentioned(text: str, word: str) -> None:
    assert any(said.startswith(word.split(maxsplit=1)[0]) for said in told(text))


@pytest.mark.parametrize(
    "text",
    [
        "I am a transsexual woman.",
        "I'm transsexual and tired",
        "As for me, homosexual is my word",
        "They called me a tranny",
        "أنا متحوّل جنسيًا",
        "نحن متحولات جنسيا",
        "The word «transsexual» is old",
        'He said "homosexuals" again',
        "a normal day",
        "قصة نجاح عادية",
        "the victim of the accident",
        "",
    ],
)
def test_nobodys_own_word_is_corrected_and_everyday_words_are_left(text: str) -> None:
    assert told(text) == []


def test_it_says_the_word_that_people_use_and_why() -> None:
    hint = finder().hints(["He is a transsexual."])[0]
    assert hint.better == ("trans",)
    assert hint.why
    assert hint.path.startswith("/y/v/")
    assert finder().hints(["transsexual, transsexual", "a transsexual"]) == finder().hints(["transsexual"])


def test_what_was_shown_is_not_said_again() -> None:
    room = Terms(whole)
    first = room.hints(["He is a transsexual."])
    assert room.hints(["He is a transsexual."], f"abc.{first[0].mark}") == []


def test_terms_of_html_get_a_button_and_nothing_else_is_touched() -> None:
    room = Terms(whole)
    html = '<h2>Outing</h2><p>After outing &amp; <a href="/x">outing</a>, dysphoria<sup>1</sup> &lt;b&gt;</p>'
    drawn, concepts = room.marked(html, "en")
    assert [one.key for one in concepts] == ["outing", "dysphoria"]
    assert drawn.count("popovertarget") == 2
    assert '<h2>Outing</h2><p>After <button type="button" class="term" popovertarget="v-' in drawn
    assert '>outing</button> &amp; <a href="/x">outing</a>' in drawn
    assert drawn.endswith("&lt;b&gt;</p>")
    assert room.marked(html, "fr") == (html, [])


def test_the_same_in_one_language_or_all() -> None:
    room = Terms(whole)
    assert all(one.isascii() for one in room.same_in("الإفصاح", "en"))
    assert set(room.same_in("الإفصاح", "en")) < set(room.same_in("الإفصاح"))


@pytest.mark.parametrize(
    ("words", "same"),
    [("عائلة", "العيله"), ("coming out", "came out"), ("suicide", "انتحار"), ("family", "العيله")],
)
def test_a_language_of_many_words_leaves_room_for_the_other(words: str, same: str) -> None:
    said = Terms(whole).same_in(words)
    assert same in said
    assert len({tuple(words_of(one)) for one in (words, *said)}) == len(said) + 1, (
        "no two that search takes for one"
    )
