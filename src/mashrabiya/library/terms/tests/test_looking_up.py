"""A word leads to its concept in either language and any common spelling; a word to avoid leads there kindly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.library.terms.spelling import is_near, readings
from mashrabiya.library.terms.tests.shelved import shelf, whole
from mashrabiya.library.terms.types import SUBJECTS, TONGUES, Use


def keys(typed: str) -> list[str]:
    return [one.concept.key for one in whole().look_up(typed).matches]


def test_the_shelf_is_whole() -> None:
    bodies = shelf()
    assert len(bodies) == 176
    for key, body in bodies.items():
        assert body.topic in SUBJECTS, key
        assert set(body.see) <= set(bodies), key
        assert all(body.meaning[language] for language in TONGUES), key
        assert all(
            any(one.lang == language and not one.avoided for one in body.words) for language in TONGUES
        ), key
        assert all(one.why for one in body.words if one.avoided), key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("coming out", "coming-out"),
        ("Coming Out", "coming-out"),
        ("الإفصاح", "coming-out"),
        ("الافصاح", "coming-out"),
        ("والإفصاح", "coming-out"),
        ("ifsa7", "coming-out"),
        ("efsa7", "coming-out"),
        ("مثليّة", "lesbian"),
        ("مثليه", "lesbian"),
        ("mithliya", "lesbian"),
        ("metliye", "lesbian"),
        ("3aber", "trans"),
        ("عابر/ة", "trans"),
        ("عابرة", "trans"),
        ("لا جنسي", "asexual"),
        ("لاجنسي", "asexual"),
        ("lajinsi", "asexual"),
        ("motasa2el", "questioning"),
        ("9'ama2er", "pronouns"),
        ("dama2er", "pronouns"),
        ("esm mo5tar", "chosen-name"),
        ("hormonat", "hormones"),
        ("disforya", "dysphoria"),
        ("7abs", "arrest"),
        ("8orba", "exile"),
        ("3'orba", "exile"),
        ("ibtizaz", "blackmail"),
        ("mo7ami", "lawyer"),
        ("trans", "trans"),
        ("TRANS", "trans"),
    ],
)
def test_a_word_leads_to_its_concept(typed: str, key: str) -> None:
    assert key in keys(typed)
    assert not whole().look_up(typed).near


def test_every_word_and_spelling_of_the_shelf_is_found() -> None:
    for key, body in shelf().items():
        for word in body.words:
            assert all(key in keys(form) for form in word.forms), (key, word.text)


def test_a_word_may_lead_to_several() -> None:
    assert {"gay", "lesbian", "homosexuality"} <= set(keys("مثلية"))


def test_a_word_to_avoid_leads_to_its_concept_after_the_words_people_use() -> None:
    found = whole().look_up("شاذ").matches
    assert found[0].concept.key == "gay"
    assert found[0].word.use == Use.AVOID
    assert [one.is_kind for one in found] == sorted((one.is_kind for one in found), reverse=True)


@pytest.mark.parametrize(
    ("typed", "key"), [("outng", "outing"), ("homophbia", "homophobia"), ("ابتزز", "blackmail")]
)
def test_a_slip_of_the_pen_finds_what_is_close(typed: str, key: str) -> None:
    assert whole().look_up(typed).near
    assert key in keys(typed)


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "\x00", "،؛؟", "~", "qqqqqqq", "🏳️‍🌈"])
def test_what_is_no_word_leads_nowhere(typed: str) -> None:
    assert keys(typed) == []


@pytest.mark.parametrize("typed", NAUGHTY)
def test_no_question_fails(typed: str) -> None:
    whole().look_up(typed)
    whole().same(typed)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=90))
def test_whatever_is_typed(typed: str) -> None:
    assert len(whole().look_up(typed).matches) <= 24


def test_the_same_in_the_other_language() -> None:
    same = whole().same
    assert "الافصاح" in same("coming out")
    assert "coming out" in same("الإفصاح")
    assert "coming out" in same("ifsa7")
    assert "الافصاح" in same("ifsa7")
    assert same("kitchen") == ()
    # Nobody is led from a kind word to an unkind one.
    assert not {"شاذ", "لوطي", "homosexual"} & set(same("gay"))


def test_a_slash_is_two_readings_and_brackets_may_go() -> None:
    assert set(readings("عابر/ة جنسيًا")) == {"عابر جنسيا", "عابره جنسيا"}
    assert {"مثلي", "مثلي الجنس"} <= set(readings("مثلي (الجنس)"))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("outing", "outng", True),
        ("outing", "outign", True),
        ("outing", "duting", True),
        ("gay", "guy", False),
        ("outing", "outing", True),
        ("outing", "shouting", False),
        ("abcd", "abce", True),
    ],
)
def test_near(one: str, other: str, near: bool) -> None:
    assert is_near(one, other) == is_near(other, one) == near


def test_the_lists_hold_every_concept_once() -> None:
    for language in TONGUES:
        for lists in (whole().by_subject(language), whole().by_letter(language)):
            found = [one.id for _, rows in lists for one in rows]
            assert len(found) == len(set(found)) == 176
