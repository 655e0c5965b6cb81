"""Home, the lamp and the first week, as a person without JavaScript meets them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_lamp import greet, post_id
from mashrabiya.discussions.tests.test_lists import mark
from mashrabiya.discussions.types import PAGE, Kind
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import Person, TestHouse

WORDS = {
    "en": {
        "wish": "Advice",
        "helped": "Helped 7 people",
        "note": "Content note: <bdi>death and loss · family breaking off contact</bdi>",
        "welcome": "Say welcome",
        "said": "Your welcome has arrived.",
        "one": "1 person said welcome",
        "none": "No first words here now.",
        "week": "First week",
        "nothing": "Nothing like this here now.",
        "language": "العربية",
    },
    "ar": {
        "wish": "نصيحة",
        "helped": "ساعد ٧ أشخاص",
        "note": "تنبيه محتوى: <bdi>موت وفقد · قطيعة عائلية</bdi>",
        "welcome": "ترحيب",
        "said": "وصل ترحيبك.",
        "one": "رحّب شخص واحد",
        "none": "لا كلام جديد هنا الآن.",
        "week": "الأسبوع الأول",
        "nothing": "لا شيء من هذا هنا الآن.",
        "language": "English",
    },
}
LANGUAGES = list(WORDS)


def statements(person: Person, path: str) -> int:
    """How many a page takes, session and face included."""
    house = person.house
    person.browser.get(path)
    house.site.held.refresh()
    return counted(house, person.browser, path)


def counted(house: TestHouse, browser: Browser, path: str) -> int:
    trace: list[str] = []
    house.database.trace = trace
    assert browser.get(path).status == 200
    house.database.trace = None
    return len(trace)


def titles(text: str) -> list[str]:
    return re.findall(r'<li class="row">.*?/t/([0-9a-z]+)"', text.replace("&#x2f;", "/"), re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/t", "/c/{}"])
def test_a_row_speaks_the_readers_language(house: TestHouse, alice: Person, path: str, language: str) -> None:
    bob = house.person("Bob", language=language)
    cid = open_place(house, alice, bob)
    own = begin(house.database, alice.viewer, cid, body="Words of grief.").tid
    mark(house.database, own, wants=Kind.ADVICE.bit, helped=7, notes=Note.LOSS | Note.BREAK, lang=language)
    text = bob.browser.get(path.format(show_id(cid))).text
    said = WORDS[language]
    for word in ("wish", "helped", "note"):
        assert said[word] in text, word
    assert "Words of grief." not in text
    rows = text[text.index('<ul class="list"') :]
    assert said["language"] not in rows[: rows.index("</ul>")]
    mark(house.database, own, lang="ar" if language == "en" else "en")
    rows = bob.browser.get(path.format(show_id(cid))).text
    rows = rows[rows.index('<ul class="list"') :]
    assert said["language"] in rows[: rows.index("</ul>")]


def test_notes_follow_her_choice(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    mark(
        house.database, begin(house.database, alice.viewer, cid, body="Words of grief.").tid, notes=Note.LOSS
    )
    for chosen, words, note in (
        ({}, False, True),
        ({"notes_shown": int(Note.LOSS)}, True, False),
        ({"notes_shown": 0, "notes_hidden": int(Note.LOSS)}, False, False),
    ):
        flows.alter_preferences(house.site, alice.browser.cookies[SESSION], **chosen)
        for path in ("/", "/t", f"/c/{show_id(cid)}"):
            text = alice.browser.get(path).text
            assert ("Words of grief." in text, "Content note" in text) == (words, note), (chosen, path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/t", "/c/{}"])
def test_filters_are_links_kept_through_paging(
    house: TestHouse, alice: Person, path: str, language: str
) -> None:
    bob = house.person("Bob", language=language)
    cid = open_place(house, alice, bob)
    made = [begin(house.database, alice.viewer, cid).tid for _ in range(PAGE + 5)]
    for tid in made[3:]:
        mark(house.database, tid, wants=Kind.NEWS.bit, lang="ar")
    place = path.format(show_id(cid))
    first = bob.browser.get(f"{place}?only=news&in=ar").text
    assert 'aria-current="true" href="?only=news' in first
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    address = unescape(older[1])
    assert address.startswith(f"{place}?only=news&in=ar&after=")
    second = bob.browser.get(address).text
    assert len(titles(first)) == PAGE
    assert sorted(titles(first) + titles(second)) == sorted(show_id(tid) for tid in made[3:])
    assert WORDS[language]["nothing"] in bob.browser.get(f"{place}?only=facts").text
    assert bob.browser.get(f"{place}?only=%3Cscript%3E&in=xx&after=zz").status == 200


def test_home_begins_with_what_waits_and_only_there(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    cid = open_place(house, alice, bob)
    mark(house.database, begin(house.database, bob.viewer, cid).tid, wants=Kind.LISTENING.bit)
    text = alice.browser.get("/").text
    assert '<article class="wait iris"><span class="chip iris">' in text
    assert '<article class="wait' not in alice.browser.get("/?only=waiting").text


def test_pages_take_few_statements(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    cid = open_place(house, alice, bob)
    for _ in range(3):
        greet(house.database, alice.viewer, cid)
    assert statements(bob, "/") == 6
    assert statements(bob, "/?only=news&in=ar") == 4
    assert statements(bob, "/n") == 4
    assert statements(bob, "/f") == 3
    visitor = house.browser()
    visitor.get("/t")
    assert counted(house, visitor, "/t") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_words_are_welcomed(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice", language=language), house.person("Bob", language=language)
    cid = open_place(house, alice, bob)
    said = WORDS[language]
    assert said["none"] in bob.browser.get("/n").text
    assert 'href="/n"' not in bob.browser.get("/").text
    placed = greet(house.database, alice.viewer, cid, body="Good evening.")
    post = show_id(post_id(house.database, placed))
    assert 'href="/n"' in bob.browser.get("/").text
    assert 'href="/n"' not in alice.browser.get("/").text
    page = bob.browser.get("/n").text
    assert "Good evening." in page
    assert "Alice" in page
    sent = bob.browser.submit("/n", f"/n/{post}")
    assert sent.location == f"/n#{post}"
    after = bob.browser.follow(sent).text
    assert said["said"] in after
    assert f'action="/n/{post}"' not in after
    assert said["one"] not in after, "how many is for her alone"
    assert 'href="/n"' not in bob.browser.get("/").text, "everybody is welcomed"
    assert statements(bob, "/") == 6
    for path in ("/n", placed.address):
        assert said["one"] in alice.browser.get(path).text
    assert said["one"] not in bob.browser.get(placed.address).text


def test_unnamed_first_words_show_a_label_and_nothing_else(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    cid = open_place(house, alice, bob)
    greet(house.database, alice.viewer, cid, unnamed=True)
    page = bob.browser.get("/n").text
    assert "Thread starter" in page
    assert "Alice" not in page


def test_welcome_is_refused_like_something_that_is_not_there(house: TestHouse, alice: Person) -> None:
    bob, charlie = house.person("Bob"), house.person("Charlie")
    cid = open_place(house, alice, bob, audience=Audience.MEMBERS)
    post = show_id(post_id(house.database, greet(house.database, alice.viewer, cid)))
    token = bob.browser.get("/n").form(f"/n/{post}").fields
    assert bob.browser.post(f"/n/{post}").status == 403, "without the form's field"

    def sent(browser: Browser, target: str) -> tuple[int, str]:
        found = browser.post(f"/n/{target}", token)
        return found.status, re.sub(r'(name="_[fs]" value=")[^"]*', r"\1", found.text)

    other = open_place(house, alice, charlie)
    greet(house.database, alice.viewer, other)
    token = next(form.fields for form in charlie.browser.get("/n").forms if form.action.startswith("/n/"))
    assert sent(charlie.browser, post) == sent(charlie.browser, show_id(bytes(10)))
    for target in (post, show_id(bytes(10)), "x", "0" * 300):
        assert sent(charlie.browser, target)[0] == 404
    assert house.browser().get("/n").status != 200


def test_without_a_persona_there_is_no_lamp(house: TestHouse, alice: Person) -> None:
    again = {"name": alice.name, "pass": alice.passphrase}
    alice.browser.submit("/me/p/delete", "/me/p/delete", **again)
    assert 'href="/n"' not in alice.browser.get("/").text
    assert alice.browser.get("/n").location == "/me/p/new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_week_is_shown_until_it_is_put_away(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    flows.alter_preferences(house.site, alice.browser.cookies[SESSION], notes_hidden=int(Note.HATE), dark="d")
    assert 'href="/f"' in alice.browser.get("/").text
    page = alice.browser.get("/f").text
    assert WORDS[language]["week"] in page
    assert page.count("#check") == 1, "a persona stands; she belongs nowhere yet"
    for path in ("/c", "/t?only=waiting", "/me/notes", "/e", "/k", "/me/p"):
        assert f'href="{path}"' in page.replace("&#x2f;", "/"), path
    assert alice.browser.submit("/f", "/f", settled="1").location == "/"
    assert 'href="/f"' not in alice.browser.get("/").text
    viewer = alice.viewer
    assert (viewer.settled, viewer.notes_hidden, viewer.dark) == (True, Note.HATE, "d")
    assert alice.browser.submit("/f", "/f").location == "/f"
    assert 'href="/f"' in alice.browser.get("/").text


def test_a_step_shows_where_she_belongs(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    page = alice.browser.get("/f").text.replace("&#x2f;", "/")
    assert f'href="/c/{show_id(cid)}"' in page
    assert f'href="/c/{show_id(cid)}/t"' in page
    assert page.count("#check") == 2


def test_a_visitor_has_neither(house: TestHouse) -> None:
    for path in ("/f", "/n"):
        assert house.browser().get(path).status == 404


def test_nothing_says_how_long_a_persona_has_been_here(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    cid = open_place(house, alice, bob)
    placed = greet(house.database, alice.viewer, cid)
    answer(house.database, bob.viewer, placed.tid)
    page = bob.browser.get("/n").text
    assert show_id(alice.viewer.pid) not in page
    assert not re.search(r"\d+ (?:people|members|persons)", page)
