"""A mention is a reference: drawn with the name of the moment, to those whom it may be drawn for."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.queries.mentions import MOST, spots
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pages import masked, new_thread
from mashrabiya.discussions.types import NewReply
from mashrabiya.kernel.ids import new_id, read_id, show_id
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.commands.freezing import call_back, send_away
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

GONE = "somebody not here now"


class Talk:
    """Alice Noor and Bob write in Bob's place; Mallory belongs there too, and Charlie belongs nowhere."""

    def __init__(self, house: TestHouse, audience: Audience = Audience.SIGNED_IN) -> None:
        self.house = house
        self.alice, self.bob = house.person("Alice Noor"), house.person("Bob")
        self.mallory, self.charlie = house.person("Mallory"), house.person("Charlie", language="ar")
        self.cid = open_place(house, self.bob, self.alice, self.mallory, audience=audience)
        self.place = f"/c/{show_id(self.cid)}"
        self.hers = new_thread(self.alice, self.cid, title="Alice asks").location
        self.thread = new_thread(self.bob, self.cid, title="Bob asks").location

    def say(self, who: Person, body: str, *, thread: str = "", **fields: str) -> Page:
        address = thread or self.thread
        page = who.browser.submit(address, address, body=body, **fields)
        if 'id="guard"' in page.text:
            # What looks like an account elsewhere is said once, and then kept.
            shown = re.findall(r'name="_guard" value="([^"]+)"', page.text)[0]
            page = who.browser.submit(address, address, body=body, _guard=shown, _guarded="keep", **fields)
        assert page.status == 303, page.status
        return page

    def said(self, who: Person | None = None, number: int = 0, *, thread: str = "") -> str:
        """The words of a post as somebody reads them, the last one's without a number."""
        browser = who.browser if who else self.house.browser()
        text = browser.get(f"{thread or self.thread}?n=99").text.replace("&#x2f;", "/")
        found = dict(re.findall(r'id="n(\d+)">.*?<div class="body"[^>]*>(.*?)</div>', text, re.DOTALL))
        return re.sub(r"\s+", " ", found[str(number or max(map(int, found)))])

    def kept(self) -> list[str]:
        rows = self.house.database.connection().execute("SELECT body FROM post UNION SELECT html FROM post")
        return [str(row[0]) for row in rows.fetchall()]

    def raw(self, number: int) -> str:
        with self.house.database.read() as db:
            return queries.source_of(db, read_id(self.thread.removeprefix("/t/"), 16), number)


@pytest.fixture
def talk(house: TestHouse) -> Talk:
    return Talk(house)


def link(person: Person) -> str:
    face = person.viewer.face
    assert face is not None
    return f'<a href="/p/{face.pub}">@<bdi>{face.name}</bdi></a>'


def test_a_name_becomes_a_reference_and_is_drawn(talk: Talk) -> None:
    talk.say(talk.bob, "Thank you, @alice noor, and good night.")
    assert talk.said(talk.bob) == f'<p dir="auto">Thank you, {link(talk.alice)}, and good night.</p> '
    assert not any("lice" in text for text in talk.kept())


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


def edit(talk: Talk, who: Person, **fields: str) -> Page:
    page = who.browser.get(f"{talk.thread}?n=99").text.replace("&#x2f;", "/")
    address = re.findall(r'href="(/t/\w+/e/\w+)"', page)[-1]
    return who.browser.submit(address, address, **fields) if fields else who.browser.get(address)


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


def test_whoever_keeps_him_away_he_does_not_mention_and_nobody_can_tell(talk: Talk) -> None:
    """Blocked, resting, escaped by its own author: what others read is the same, byte for byte."""

    def pages(body: str) -> list[bytes]:
        number = talk.say(talk.mallory, body).location.rpartition("#n")[2]
        readers = (talk.alice, talk.bob, talk.mallory)
        seen = [masked(one.browser.get(talk.thread)) for one in readers]
        seen += [Program(talk.house, one).get(f"/api{talk.thread}").body for one in readers]
        with talk.house.database.write() as uow:
            uow._connection.execute(f"DELETE FROM post WHERE n = {number} AND n > 1")
            uow._connection.execute("UPDATE thread SET n = n - 1 WHERE title = 'Bob asks'")
        return [re.sub(rb'"id":"[^"]+"|/[deh]/\w{16}|"own":"[^"]+"', b"", text) for text in seen]

    drawn, escaped = pages("Hello @Alice Noor"), pages("Hello \\@Alice Noor")
    with talk.house.database.write() as uow:
        people.show_page_to(uow, talk.alice.viewer, nobody=False, quiet=True, keys=talk.house.keys)
    assert pages("Hello @Alice Noor") == escaped != drawn
    with talk.house.database.write() as uow:
        people.show_page_to(uow, talk.alice.viewer, nobody=False, quiet=False, keys=talk.house.keys)
    assert pages("Hello @Alice Noor") == drawn
    flows.block(talk.house.site, talk.alice.viewer, talk.mallory.viewer.pid, shared=False)
    hers, *others = pages("Hello @Alice Noor")
    assert [hers, *others] == pages("Hello \\@Alice Noor")
    # She has folded his words herself; to the others he is as one who did not mean to mention her.
    assert others[:2] == escaped[1:3]
    assert others[3:] == escaped[4:]


def test_under_another_name_he_mentions_her_no_more(talk: Talk) -> None:
    flows.block(talk.house.site, talk.alice.viewer, talk.mallory.viewer.pid, shared=False)
    talk.mallory.new_persona("Heron")
    talk.mallory.browser.submit(talk.place, f"{talk.place}/in")
    talk.say(talk.mallory, "Hello @Alice Noor and @Bob")
    assert talk.said(talk.alice) == f'<p dir="auto">Hello @Alice Noor and {link(talk.bob)}</p> '
    talk.say(talk.mallory, "Unnamed, @Alice Noor", unnamed="1")
    assert "@Alice Noor" in talk.said(talk.alice)


def test_the_same_work_whether_he_is_kept_away_or_not(talk: Talk) -> None:
    def work() -> list[str]:
        talk.house.database.trace = trace = []
        new = NewReply(body="Hello @Alice Noor", submission=new_id().hex())
        with talk.house.database.write() as uow:
            commands.reply(uow, talk.mallory.viewer, read_id(talk.thread.removeprefix("/t/"), 16), new)
        talk.house.database.trace = None
        return trace

    before = work()
    flows.block(talk.house.site, talk.alice.viewer, talk.mallory.viewer.pid, shared=False)
    assert work() == before


@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.MEMBERS])
def test_who_cannot_read_there_any_more_stays_words(house: TestHouse, audience: Audience) -> None:
    talk = Talk(house, audience)
    talk.alice.browser.submit(f"{talk.place}/out", f"{talk.place}/out")
    talk.say(talk.bob, "Thanks @Alice Noor")
    assert ("<bdi>Alice Noor</bdi>" in talk.said(talk.bob)) is (audience == Audience.SIGNED_IN)
    assert "/p/" not in talk.said(talk.bob)


def test_a_name_is_no_account_elsewhere_to_those_who_may_read_there(house: TestHouse) -> None:
    talk = Talk(house, Audience.MEMBERS)
    short = house.person("Noor")
    short.browser.submit(talk.place, f"{talk.place}/in")
    talk.say(short, "By name.")

    def looks(body: str) -> bool:
        return 'id="guard"' in talk.bob.browser.submit(talk.thread, talk.thread, body=body).text

    assert not looks("Hello @Noor")
    assert looks("Hello @noor_x")
    assert Program(house, talk.bob).send(f"/api{talk.thread}", {"body": "Hi @Noor"}).status == 201
    assert Program(house, talk.bob).send(f"/api{talk.thread}", {"body": "Hi @nooria"}).status != 201
    asked = [
        Program(house, talk.charlie).send(f"/api{talk.thread}", {"body": f"Hi @{n}"})
        for n in ("Noor", "noox")
    ]
    assert [(one.status, one.body) for one in asked] == [(asked[0].status, asked[0].body)] * 2


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
        talk.house.database.trace = trace = []
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
    with talk.house.database.write() as uow:
        uow._connection.execute("UPDATE persona SET name = '<b>x</b>\"' WHERE name = 'Alice Noor'")
    talk.say(talk.bob, "plain")
    assert "<b>x" not in talk.said(talk.bob)


def test_a_flood_of_names_stays_within_bounds(talk: Talk) -> None:
    talk.say(talk.bob, "@Alice Noor " * 900)
    assert talk.said(talk.bob).count("<bdi>") == 16
    assert len(spots("@a b c d e f g h i " * 500)) == 16
    assert MOST >= 5
