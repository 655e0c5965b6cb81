"""Found by situation: what narrows the list, what helps where it is empty, and the way to the country."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.laws.queries import address_of
from mashrabiya.library.stories import commands, queries
from mashrabiya.library.stories.tests.steps import named, tell
from mashrabiya.library.stories.tests.test_consent import furnish
from mashrabiya.library.stories.types import PAGE, Seek, Told
from mashrabiya.people import flows
from mashrabiya.testing.browser import Page
from mashrabiya.testing.databases import BOTH
from mashrabiya.testing.house import Person, TestHouse


def look(person: Person, **asked: str) -> Page:
    """What the form leads to; what is looked for stands in no address."""
    sent = person.browser.submit("/y/e", "/y/e", **asked)
    assert sent.status == 303
    for word in asked.values():
        assert len(word) < 3 or word not in sent.location
    return person.browser.get(sent.location)


def test_by_words_of_its_question_and_answers_in_both_languages(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    sister = tell(alice)
    brother = tell(alice, question="كيف أخبرتُ أخي؟", was="كان في البيت.", done="", came="")
    shut = tell(alice, tick_1="")
    for words, found, other in (
        ("SISTER eat", sister, brother),
        ("اخبرت الاخ", "", sister),
        ("أخبرت أخي", brother, sister),
        ("البيت", brother, sister),
    ):
        page = look(bob, q=words)
        assert found in page.text
        assert f'"{other}"' not in page.text
        assert shut not in page.text
    page = look(bob, q="zebra")
    assert "No experience of this kind here yet." in page.text
    assert 'value="zebra"' in page.text, "what was typed is there"
    assert look(bob, q="/" * 90 + "ي" * 90).status == 200


def test_words_further_back_are_found_page_by_page(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    with house.database.write() as uow:
        for number in range(PAGE + 5):
            commands.tell(uow, alice.viewer, Told(about=1, unnamed=True, was=f"A lantern, number {number}."))
            commands.tell(uow, alice.viewer, Told(about=1, unnamed=True, was="Nothing of it."))
    with house.database.read() as db:
        first = queries.find(db, bob.viewer, Seek(words="lantern"))
        rest = queries.find(db, bob.viewer, Seek(words="lantern"), first.after)
    assert [len(first.rows), len(rest.rows), rest.after] == [PAGE, 5, ""]
    assert all("lantern" in one.row.was for one in (*first.rows, *rest.rows))


def test_a_step_stays_while_its_guide_does(house: TestHouse) -> None:
    guide, alice, bob = furnish(house), house.person("Alice"), house.person("Bob")
    here, there = tell(alice, guide=guide, step="2"), tell(alice, guide=guide, step="3")
    assert 'name="step"' not in bob.browser.get("/y/e").text
    page = look(bob, guide=guide, of=guide, step="2")
    assert re.search(r'<option value="2" selected', page.text)
    assert [here in page.text, there in page.text] == [True, False]
    assert f"/y/e/new?g={guide}&amp;s=2" in page.text or f"/y/e/new?g={guide}&s=2" in page.text
    page = look(bob, guide=guide, of="", step="2")
    assert [here in page.text, there in page.text] == [True, True], "a step of no guide that was shown"


def test_where_nothing_is_there_something_leads_on(house: TestHouse) -> None:
    guide, bob = furnish(house), house.person("Bob")
    page = look(bob, guide=guide)
    for way in ("/y/e", f"/y/{guide}", f"/y/{guide}/t", "/c", f"/y/e/new?g={guide}"):
        assert f'href="{way}"' in page.text, way
    page = bob.browser.get("/y/e?c=EG")
    assert f"/y/w/{address_of(house.keys, 'EG')}" in page.text
    assert 'href="/c"' in bob.browser.get("/y/e").text
    assert house.browser().get("/y/e").status == 200


def test_of_a_country_the_reader_is_told_what_she_may_read(house: TestHouse) -> None:
    alice, bob, hala = house.person("Alice"), house.person("Bob"), house.person("Hala")
    members, shut = named(alice, country="EG"), tell(alice, country="EG", tick_1="")
    everybody, other = tell(alice, country="EG", tick_2="1"), tell(alice, country="JO")
    page = bob.browser.get(members)
    assert f"/y/w/{address_of(house.keys, 'EG')}" in page.text
    flows.block(house.site, hala.viewer, alice.viewer.pid, shared=True)

    def told(person: Person | None, code: str = "EG", most: int = 5) -> set[str]:
        viewer = person.viewer if person else house.visitor()
        with house.database.read() as db:
            return {one.row.path for one in queries.stories_of_country(db, viewer, code, most)}

    named(alice, country="TN")
    law = f"/y/w/{address_of(house.keys, 'TN')}"
    assert "/y/e?" in bob.browser.get(law).text.replace("&#x2f;", "/")
    assert "/y/e?" not in hala.browser.get(law).text.replace("&#x2f;", "/"), (
        "whom she keeps away is not told of"
    )
    assert told(bob) == {members, everybody}
    assert told(hala) == {everybody}
    assert told(None) == {everybody}
    assert told(bob, "JO") == {other}
    assert told(bob, "") == set()
    assert len(told(bob, most=1)) == 1
    assert shut not in told(bob)


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_threads_near_a_guide_are_those_she_may_open_in_both_languages(house: TestHouse) -> None:
    guide, mona, bob = furnish(house), house.person("Mona"), house.person("Bob")
    place, shut = open_place(house, mona, bob), open_place(house, mona, audience=Audience.MEMBERS)

    def thread(cid: bytes, title: str) -> str:
        return f"/t/{show_id(begin(house.database, mona.viewer, cid, title=title, body='Words.').tid)}"

    near, arabic = thread(place, "Telling my brother"), thread(place, "متى الإفصاح للأهل؟")
    hidden, far = thread(shut, "Telling someone at work"), thread(place, "Soup for the night kitchen")
    at = f"/y/{guide}/t"
    assert at in bob.browser.get(f"/y/{guide}").text
    for who in (mona.browser, bob.browser):
        text = who.get(at).text
        assert [near in text, arabic in text, far in text] == [True, True, False]
        assert (hidden in text) is (who is mona.browser)
    visitor = house.browser().get(at)
    assert [near in visitor.text, hidden in visitor.text] == [False, False]
    assert "can be opened now" in visitor.text
    assert bob.browser.get(f"/y/{'7' * 26}/t").status == 404
    flows.block(house.site, bob.viewer, mona.viewer.pid, shared=True)
    assert near not in bob.browser.get(at).text
    trace: list[str] = []
    house.database.trace = trace
    mona.browser.get(at)
    house.database.trace = None
    assert len(trace) <= 6
