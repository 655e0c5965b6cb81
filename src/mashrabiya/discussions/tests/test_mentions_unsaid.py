"""Whom somebody may not mention stays words, and why is said to nobody."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.talk import Talk, link
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pages import masked, new_thread
from mashrabiya.discussions.types import NewReply
from mashrabiya.kernel.ids import new_id, read_id
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def talk(house: TestHouse) -> Talk:
    return Talk(house)


def test_whoever_keeps_him_away_he_does_not_mention_and_nobody_can_tell(talk: Talk) -> None:
    """Blocked, resting, escaped by its own author: what others read is the same, byte for byte."""

    def pages(body: str) -> list[bytes]:
        number = talk.say(talk.mallory, body).location.rpartition("#n")[2]
        readers = (talk.alice, talk.bob, talk.mallory)
        seen = [masked(one.browser.get(talk.thread)) for one in readers]
        seen += [Program(talk.house, one).get(f"/api{talk.thread}").body for one in readers]
        with talk.house.database.write() as uow:
            uow._connection.execute(f"DELETE FROM post WHERE n = {number} AND n > 1")
            uow._connection.execute(
                "UPDATE thread SET n = n - 1, labels = labels - 1 WHERE title = 'Bob asks'"
            )
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


def test_his_other_names_are_drawn_as_if_nothing_were(talk: Talk) -> None:
    """The blocker sees how mentions are drawn: of names she did not block, a block changes nothing she reads."""
    talk.mallory.new_persona("Heron")
    talk.mallory.browser.submit(talk.place, f"{talk.place}/in")
    drawn = f'<p dir="auto">Hello {link(talk.alice)}</p> '
    for blocked in (False, True):
        if blocked:
            flows.block(talk.house.site, talk.alice.viewer, talk.mallory.viewer.siblings[0], shared=True)
        for fields in ({}, {"unnamed": "1"}):
            talk.say(talk.mallory, "Hello @Alice Noor", **fields)
            for reader in (talk.alice, talk.bob, talk.mallory):
                assert talk.said(reader) == drawn
    talk.mallory.as_persona(0)
    talk.say(talk.mallory, "Hello @Alice Noor", thread=new_thread(talk.bob, talk.cid).location)
    assert any("Hello @Alice Noor</p>" in text for text in talk.kept())


def test_the_same_work_whether_he_is_kept_away_or_not(talk: Talk) -> None:
    def work() -> list[str]:
        trace: list[str] = []
        talk.house.database.trace = trace
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


@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.MEMBERS])
def test_a_name_is_no_account_elsewhere_to_those_who_belong_there(
    house: TestHouse, audience: Audience
) -> None:
    talk = Talk(house, audience)
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


def test_who_is_away_is_found_no_more_than_who_is_gone(talk: Talk) -> None:
    """Typing the name tells neither: the check before posting and the words that stand are the same."""

    def asked() -> tuple[bool, str]:
        guarded = (
            'id="guard"' in talk.bob.browser.submit(talk.thread, talk.thread, body="Hi @Alice Noor").text
        )
        talk.say(talk.bob, "Hi @Alice Noor")
        return guarded, talk.said(talk.mallory)

    with talk.house.database.write() as uow:
        send_away(uow, talk.alice.viewer.pid, quiet=False)
    away = asked()
    with talk.house.database.write() as uow:
        people.erase_persona(uow, talk.alice.viewer, 0, keys=talk.house.keys, remove_posts=False)
    Worker(talk.house.database, talk.house.keys).drain()
    assert asked() == away == (True, '<p dir="auto">Hi @Alice Noor</p> ')
