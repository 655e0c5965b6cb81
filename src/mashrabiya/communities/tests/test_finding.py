"""Communities are found by topic, language and words, and only by those who may know of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, VISITOR, join
from mashrabiya.communities.tests.test_queries import exclude
from mashrabiya.communities.types import PAGE, TOPIC_GROUPS, Audience, NewCommunity, Search, Topic
from mashrabiya.kernel.ids import new_id, read_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database


def place(
    database: Database, name: str, about: str = "", audience: Audience = Audience.SIGNED_IN, **more: object
) -> bytes:
    """A community that Mona runs."""
    new = NewCommunity(name=name, about=about, audience=audience, **more)  # type: ignore[arg-type]
    with database.write() as uow:
        return commands.found(uow, MONA, new)


def found(database: Database, words: str = "", viewer: Viewer = ALICE, **more: object) -> list[str]:
    """The names on the first page, in their order."""
    with database.read() as db:
        page = queries.find(db, viewer, Search(words=words, **more))  # type: ignore[arg-type]
    return [card.name for card in page.cards]


@pytest.mark.parametrize(
    "asked",
    ["مثليّة", "مثليه", "مثلية", "المثليات", "mithliya", "Mithliya", "lesbian", "LESBIENNE", "ليزبيان"],
)
@pytest.mark.parametrize("written", ["مثليّات بيروت", "المثليـــة", "Mithliya night", "Lesbian readers"])
def test_other_spellings_find_the_same_place(asked: str, written: str) -> None:
    kept = rules.folded(NewCommunity(name=written), ())
    assert all(term in kept for term in rules.terms(asked))


ASKED = [
    # asked, a name or description, whether it is found
    ("ترانز", "عابرون وعابرات", True),
    ("3aber", "عابر/ة سبيل", True),
    ("non binary", "خارج لا ثنائي", True),
    ("غير ثنائي", "Enby picnic", True),
    ("coming out", "الإفصاح، أو لا", True),
    ("طبخ", "الطبخ في الليل", True),
    ("الطبخ", "طبخ", True),
    ("شطرنج", "نادي الشطرنج", True),
    ("plants", "A plant a day", True),
    ("plant", "Balcony plants", True),
    ("chess night", "Night of chess", True),
    ("chess day", "Night of chess", False),
    ("art", "Party people", False),
    ("مثلية", "مثل أمس", False),
    ("trans", "Night kitchen", False),
]


@pytest.mark.parametrize(("asked", "written", "is_found"), ASKED)
def test_what_is_asked_is_found_or_not(database: Database, asked: str, written: str, is_found: bool) -> None:
    place(database, "Place one", about=written)
    assert found(database, asked) == (["Place one"] if is_found else [])


def test_topics_are_found_by_their_names_and_spellings_in_both_languages(database: Database) -> None:
    place(database, "Evening", topics=int(Topic.TRANS | Topic.FOOD))
    for asked in ("عابرين", "trans", "cooking", "طبخ", "transgender"):
        assert found(database, asked) == ["Evening"], asked


def test_an_edited_place_is_found_by_its_new_words_alone(database: Database) -> None:
    cid = place(database, "Night kitchen")
    with database.write() as uow:
        commands.edit(uow, MONA, cid, NewCommunity(name="Balcony plants"))
    assert found(database, "kitchen") == []
    assert found(database, "balcony") == ["Balcony plants"]


@pytest.mark.parametrize("asked", ["%", "_", "%%%", "\\", "'", "~same", "=", "\n", "\x00", "🏳️‍🌈", "،؛؟"])
def test_signs_in_a_question_mean_nothing(database: Database, asked: str) -> None:
    place(database, "Night kitchen")
    assert found(database, asked) in ([], ["Night kitchen"])
    assert found(database, f"kitchen {asked}") in ([], ["Night kitchen"])


@given(st.text(max_size=80))
def test_no_question_fails_and_none_holds_a_wildcard(asked: str) -> None:
    terms = rules.terms(asked)
    assert len(terms) <= rules.MOST_WORDS
    assert not any(sign in term for term in terms for sign in "%_\\\n\x00")


LISTED = {
    # audience: (visitor, signed in, member)
    Audience.PUBLIC: (True, True, True),
    Audience.SIGNED_IN: (False, True, True),
    Audience.MEMBERS: (False, True, True),
    Audience.TRUSTED: (False, True, True),
    Audience.HIDDEN: (False, False, True),
}


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("words", ["", "kitchen"])
def test_what_a_viewer_may_not_know_of_is_in_no_list(
    database: Database, audience: Audience, words: str
) -> None:
    cid = place(database, "Night kitchen")
    join(database, BOB, cid)
    with database.write() as uow:
        commands.edit(uow, MONA, cid, NewCommunity(name="Night kitchen", audience=audience))
    assert tuple(bool(found(database, words, who)) for who in (VISITOR, CHARLIE, BOB)) == LISTED[audience]
    exclude(database, BOB, cid)
    assert bool(found(database, words, BOB)) == (audience == Audience.PUBLIC)


def test_the_list_narrows_by_topic_group_language_and_public_pages(database: Database) -> None:
    place(database, "Bread", topics=int(Topic.FOOD), language="en")
    place(database, "خبز", topics=int(Topic.FOOD | Topic.EXILE), audience=Audience.PUBLIC)
    place(database, "صلاة", topics=int(Topic.FAITH))
    assert found(database, topics=int(Topic.EXILE)) == ["خبز"]
    assert found(database, topics=sum(TOPIC_GROUPS[1][1])) == ["Bread", "خبز"]
    assert found(database, language="ar") == ["خبز", "صلاة"]
    assert found(database, public=True) == ["خبز"]
    assert found(database, topics=int(Topic.FOOD), language="en", public=True) == []


def test_the_readers_language_comes_first_then_the_name(database: Database) -> None:
    for name, language in (("زعتر", "ar"), ("b", "en"), ("A", "en"), ("ورد", "ar")):
        place(database, name, language=language)
    assert found(database) == ["A", "b", "زعتر", "ورد"]


def test_pages_follow_one_another_without_gap_or_repeat(database: Database) -> None:
    names = [f"Place {number:02}" for number in range(PAGE + 5)]
    for name in reversed(names):
        place(database, name, language="en")
    with database.read() as db:
        first = queries.find(db, ALICE, Search())
        second = queries.find(db, ALICE, Search(after=read_id(first.after, 16)))
    assert [card.name for card in [*first.cards, *second.cards]] == names
    assert (len(first.cards), second.after) == (PAGE, "")


def test_a_cursor_to_a_hidden_place_leads_where_a_made_up_one_does(database: Database) -> None:
    place(database, "Zither")
    hidden = place(database, "Accord")
    with database.write() as uow:
        commands.edit(uow, MONA, hidden, NewCommunity(name="Accord", audience=Audience.HIDDEN))
    assert found(database, after=hidden) == found(database, after=new_id()) == []
    assert found(database, viewer=MONA, after=hidden) == ["Zither"]


@pytest.mark.parametrize("viewer", [VISITOR, ALICE])
def test_finding_is_one_statement(database: Database, viewer: Viewer) -> None:
    database.trace = []
    found(database, "two words", viewer, topics=1, language="ar", public=True, after=new_id())
    assert len(database.trace) == 1
