"""A mention is a reference: drawn with the name of the moment, to those whom it may be drawn for."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.tests.factories import ALICE, BOB
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.queries import mentions
from mashrabiya.discussions.queries.mentions import spots
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.discussions.tests.talk import Talk, edit, link
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_lists import mark
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.commands.freezing import call_back, send_away
from mashrabiya.platform.db import Database
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import Person, TestHouse

GONE = "somebody not here now"


@pytest.fixture
def talk(house: TestHouse) -> Talk:
    return Talk(house)


def test_a_name_becomes_a_reference_and_is_drawn(talk: Talk) -> None:
    talk.say(talk.bob, "Thank you, @alice noor, and good night.")
    assert talk.said(talk.bob) == f'<p dir="auto">Thank you, {link(talk.alice)}, and good night.</p> '
    assert not any("lice" in text for text in talk.kept())


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("neutral", [False, True])
def test_it_is_drawn_alike_in_every_look_and_language(house: TestHouse, language: str, neutral: bool) -> None:
    talk = Talk(house)
    reader = house.person("Reader", language=language)
    reader.browser.submit(talk.place, f"{talk.place}/in")
    if neutral:
        reader.browser.submit("/me", "/me/look", discreet="1")
    talk.say(talk.bob, "Thanks @Alice Noor")
    assert talk.said(reader) == f'<p dir="auto">Thanks {link(talk.alice)}</p> '
    assert ("data-discreet" in reader.browser.get(talk.thread).text) is neutral
    hint = {"ar": "@ ثم الاسم", "en": "@ and their name"}[language]
    assert hint in reader.browser.get(talk.thread).text


def test_whoever_is_outside_reads_the_name_without_a_link(house: TestHouse) -> None:
    talk = Talk(house, Audience.PUBLIC)
    talk.say(talk.bob, "Thanks @Alice Noor")
    for reader in (talk.charlie, None):
        assert "@<bdi>Alice Noor</bdi>" in talk.said(reader)
        assert "/p/" not in talk.said(reader)
    told = Program(house, talk.bob).read(f"/api{talk.thread}")
    assert link(talk.alice) in told["posts"][-1]["html"]


def test_a_page_that_is_closed_is_not_linked(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor")
    with talk.house.database.write() as uow:
        people.show_page_to(uow, talk.alice.viewer, nobody=True, quiet=False, keys=talk.house.keys)
    assert talk.said(talk.bob) == '<p dir="auto">Thanks @<bdi>Alice Noor</bdi></p> '


@pytest.mark.parametrize(
    ("typed", "mentioned"),
    [
        ("@Alice Noor", True),
        ("(@ALICE NOOR)", True),
        ("**@Alice Noor**", True),
        ("> quoted @Alice Noor\n\nyes", True),
        ("@Alice Noor's words", True),
        ("1. @Alice Noor.", True),
        ("@Alice", False),
        ("@Alicenoor", False),
        ("@Alice Noora", False),
        ("a@Alice Noor", False),
        ("\\@Alice Noor", False),
        ("`@Alice Noor`", False),
        ("    @Alice Noor", False),
        ("[@Alice Noor](/t)", False),
        ("https://example.org/@Alice", False),
        ("@Alice\nNoor", False),
        ("@Charlie", False),
        ("@@Alice Noor", False),
    ],
)
def test_what_is_a_mention_and_what_stays_words(talk: Talk, typed: str, mentioned: bool) -> None:
    talk.say(talk.bob, typed)
    assert ("@<bdi>Alice Noor</bdi>" in talk.said(talk.bob)) is mentioned
    assert "\x02" not in talk.said(talk.bob)


@pytest.mark.parametrize(
    ("name", "typed", "rest"),
    [
        ("ليلى سالم", "شكرًا يا @ليلى سالم، نعم", "، نعم"),
        ("ليلى سالم", "شكرًا و@ليلي سالم نعم", " نعم"),
        ("سلمى", "قالت @سَلْمى ذلك", " ذلك"),
        ("Al-Noor", "so @al-noor said", " said"),
        ("d'Arc", "@d'arc, hello", ", hello"),
    ],
)
def test_names_of_both_scripts(house: TestHouse, name: str, typed: str, rest: str) -> None:
    talk = Talk(house)
    other = house.person(name)
    other.browser.submit(talk.place, f"{talk.place}/in")
    talk.say(other, "أهلًا")
    talk.say(talk.bob, typed)
    assert f"@<bdi>{name.replace(chr(39), '&#x27;')}</bdi></a>{rest}" in talk.said(talk.bob)


def test_the_longest_name_is_meant(talk: Talk) -> None:
    short = talk.house.person("Alice")
    short.browser.submit(talk.place, f"{talk.place}/in")
    talk.say(short, "Another.")
    talk.say(talk.bob, "@Alice Noor and @Alice said")
    assert talk.said(talk.bob).count("<bdi>Alice Noor</bdi>") == 1
    assert talk.said(talk.bob).count("<bdi>Alice</bdi>") == 1


def test_nobody_who_wrote_nothing_there_by_name_is_found(talk: Talk) -> None:
    talk.say(talk.mallory, "Unnamed words.", unnamed="1")
    talk.say(talk.bob, "@Mallory?")
    assert talk.said(talk.bob) == '<p dir="auto">@Mallory?</p> '
    talk.say(talk.mallory, "By name.")
    talk.say(talk.bob, "@Mallory!")
    assert "@<bdi>Mallory</bdi>" in talk.said(talk.bob)


def test_a_new_name_stands_at_once_and_an_old_address_nowhere(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor")
    old = link(talk.alice)
    with talk.house.database.write() as uow:
        people.rename_persona(uow, talk.alice.viewer, "Rana", keys=talk.house.keys)
    assert old not in talk.said(talk.bob)
    assert re.search(r'<a href="/p/\w{10}">@<bdi>Rana</bdi></a>', talk.said(talk.bob))


def test_who_left_is_nobody_and_no_row_names_her(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor, and @Bob")
    pid = talk.alice.viewer.pid.hex()
    assert any(pid in text for text in talk.kept())
    with talk.house.database.write() as uow:
        people.erase_persona(uow, talk.alice.viewer, 0, keys=talk.house.keys, remove_posts=False)
    Worker(talk.house.database, talk.house.keys).drain()
    assert not any(pid in text for text in talk.kept())
    assert f'Thanks <bdi lang="en">{GONE}</bdi>, and {link(talk.bob)}' in talk.said(talk.bob)
    assert '<bdi lang="ar">شخص ليس هنا الآن</bdi>' in talk.said(talk.charlie)


def test_who_is_away_is_named_nowhere_until_she_is_back(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor")
    before = talk.said(talk.bob)
    with talk.house.database.write() as uow:
        send_away(uow, talk.alice.viewer.pid, quiet=False)
    assert talk.said(talk.bob) == f'<p dir="auto">Thanks <bdi lang="en">{GONE}</bdi></p> '
    with talk.house.database.write() as uow:
        call_back(uow, talk.alice.viewer.pid)
    assert talk.said(talk.bob) == before


def test_editing_shows_the_name_of_now_and_keeps_whom_it_means(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor")
    with talk.house.database.write() as uow:
        people.rename_persona(uow, talk.alice.viewer, "Rana", keys=talk.house.keys)
    form = edit(talk, talk.bob).text
    assert ">\nThanks @Rana</textarea>" in form
    assert "\x02" not in form
    flows.block(talk.house.site, talk.alice.viewer, talk.bob.viewer.pid, shared=False)
    assert edit(talk, talk.bob, body="Many thanks @Rana").status == 303
    assert "@<bdi>Rana</bdi>" in talk.said(talk.mallory)
    assert not any("Rana" in text for text in talk.kept())


def test_editing_keeps_who_is_not_here_now(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor")
    with talk.house.database.write() as uow:
        send_away(uow, talk.alice.viewer.pid, quiet=False)
    assert ">\nThanks @…</textarea>" in edit(talk, talk.bob).text
    edit(talk, talk.bob, body="Many thanks @…")
    with talk.house.database.write() as uow:
        call_back(uow, talk.alice.viewer.pid)
    assert talk.said(talk.bob) == f'<p dir="auto">Many thanks {link(talk.alice)}</p> '


def test_a_quotation_keeps_whom_it_mentions(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor")
    flows.block(talk.house.site, talk.alice.viewer, talk.mallory.viewer.pid, shared=False)
    form = talk.mallory.browser.get(f"{talk.thread}?n=2&quote=2").text
    assert "&gt; Thanks @Alice Noor" in form
    talk.say(talk.mallory, "> Thanks @Alice Noor\n\nSo say I, @Alice Noor.", to="2")
    said = talk.said(talk.mallory)
    assert f"Thanks {link(talk.alice)}</p>" in said
    assert "So say I, @Alice Noor." in said


def test_what_is_kept_or_carried_away_has_no_name(talk: Talk) -> None:
    opened = new_thread(talk.bob, talk.cid, title="Again", body="Asking for @Alice Noor, who knows.")
    assert opened.status == 303
    for path in ("/t", talk.place):
        assert "Asking for @…, who knows." in talk.bob.browser.get(path).text, path
    assert "Asking for @…, who knows." in Program(talk.house, talk.bob).get("/api/t").text
    with talk.house.database.read() as db:
        words = [post.body for post in queries.named_posts(db, talk.bob.viewer)]
    assert "Asking for @…, who knows." in words
    thread = talk.bob.browser.get(opened.location).text
    assert "@<bdi>Alice Noor</bdi>" in thread


def test_a_report_and_a_desk_show_whom_it_names(talk: Talk) -> None:
    talk.say(talk.mallory, "I know you, @Alice Noor")
    path = f"/r{talk.thread}/2"
    assert "@<bdi>Alice Noor</bdi>" in talk.alice.browser.get(path).text
    assert talk.alice.browser.submit(path, path, reason="1").status == 303
    desk = talk.bob.browser.get(f"{talk.place}/care").text
    assert "I know you, @<bdi>Alice Noor</bdi>" in desk


def test_a_hidden_word_folds_a_mention_by_the_name_of_now(talk: Talk) -> None:
    talk.say(talk.bob, "Thanks @Alice Noor")
    talk.mallory.browser.submit("/me/m", "/me/m", words="noor")
    text = talk.mallory.browser.get(talk.thread).text
    assert "Thanks" not in re.sub(r"<details class=\"fold\">.*?</details>", "", text, flags=re.DOTALL)


def test_no_more_than_a_page_may_cost(talk: Talk) -> None:
    def statements(who: Person) -> int:
        trace: list[str] = []
        talk.house.database.trace = trace
        assert who.browser.get(talk.thread).status == 200
        talk.house.database.trace = None
        return len(trace)

    talk.say(talk.bob, "Plain words.")
    before = statements(talk.mallory)
    talk.say(talk.bob, "Thanks @Alice Noor")
    assert statements(talk.mallory) == before + 1
    told = Program(talk.house, talk.mallory)
    post = told.read(f"/api{talk.thread}")["posts"][1]["id"]
    assert told.send(f"/api{talk.thread}/h/{post}", {"helped": True}).status == 200
    assert statements(talk.mallory) == before + 1 <= 6


def test_names_are_text_and_signs_cannot_be_typed(talk: Talk) -> None:
    pid = talk.alice.viewer.pid.hex()
    talk.say(talk.mallory, f"@\x02{pid}\x03 and &#2;{pid}&#3;")
    assert "bdi" not in talk.said(talk.bob)
    talk.say(talk.bob, "Thanks @Alice Noor")
    evil = '<b>x</b>/"&'
    with talk.house.database.write() as uow:
        uow._connection.execute(f"UPDATE persona SET name = '{evil}' WHERE name = 'Alice Noor'")
    assert "@<bdi>&lt;b&gt;x&lt;/b&gt;/&quot;&amp;</bdi></a>" in talk.said(talk.bob)
    form = edit(talk, talk.bob).text.replace("&#x2f;", "/")
    assert "Thanks @&lt;b&gt;x&lt;/b&gt;/&quot;&amp;</textarea>" in form


def test_a_flood_of_names_stays_within_bounds(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.say(talk.bob, "@Alice Noor " * 900)
    assert talk.said(talk.bob).count("<bdi>") == 16
    assert len(spots("@a b c d e f g h i " * 500)) == 16
    monkeypatch.setattr(mentions, "MOST", 1)
    talk.say(talk.bob, "@Alice Noor, @Bob, @Alice Noor")
    assert talk.said(talk.bob).count("<bdi>Alice Noor</bdi>") == 2
    assert "<bdi>Bob</bdi>" not in talk.said(talk.bob)


def test_both_databases_find_draw_and_forget(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid, "So says @alice, and nobody else.")
    mark(database, tid, helped=2)
    with database.read() as db:
        (_, reply) = queries.thread_page(db, BOB, tid).posts
        assert '<a href="/p/alice00000">@<bdi>Alice</bdi></a>, and' in reply.html
        quoted = queries.thread_page(db, BOB, tid, quoted=2).posts[1]
        assert quoted.source == "So says @Alice, and nobody else."
    with database.write() as uow:
        commands.forget_mentions(uow, ALICE.pid)
    with database.read() as db:
        assert GONE in queries.thread_page(db, BOB, tid).posts[1].html
        assert ALICE.pid.hex() not in queries.source_of(db, tid, 2)
