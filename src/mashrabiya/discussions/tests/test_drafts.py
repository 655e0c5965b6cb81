"""Drafts: kept sealed for one persona's person, on every device of hers, and gone when they are sent."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Refused
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands, flows
from mashrabiya.people import queries as people
from mashrabiya.people.sealed.saved import MOST, SaveKeys
from mashrabiya.people.types import DRAFT_DAYS, DRAFTS, KeptDraft
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

CANARY = "heron beside the ninth lamp"
EVERYTHING = {
    "title": "Which heron?", "body": CANARY, "lang": "ar", "want_2": "1", "spare_3": "1", "note_1": "1",
    "answers": "1", "choice_1": "Grey", "choice_2": "White", "days": "3", "several": "1", "newcomer": "1",
    "follow": "1", "alt_1": "A grey one",
}  # fmt: skip


@pytest.fixture
def place(house: TestHouse, alice: Person, bob: Person) -> str:
    """Where Bob begins a thread: Alice runs it."""
    return f"/c/{show_id(open_place(house, alice, bob, audience=Audience.MEMBERS))}/t"


def keep(person: Person, path: str, at: str = "", **fields: str) -> Page:
    return person.browser.submit(at or path, path, keep_draft="1", **fields)


def kept(house: TestHouse, viewer: Viewer) -> list[KeptDraft]:
    with house.database.read() as db:
        return people.drafts(db, viewer).drafts


def accounts(house: TestHouse) -> list[tuple[object, ...]]:
    rows = house.database.connection().execute("SELECT * FROM account").fetchall()
    return sorted(map(tuple, rows), key=repr)


def rows(house: TestHouse, table: str = "save") -> list[tuple[bytes, ...]]:
    found = house.database.connection().execute(f"SELECT * FROM {table}").fetchall()
    return sorted(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in found)


def test_every_field_is_kept_opened_again_and_gone_when_it_is_sent(
    house: TestHouse, alice: Person, bob: Person, place: str
) -> None:
    before = accounts(house)
    page = keep(bob, place, **EVERYTHING)
    assert page.status == 200
    assert "Draft kept." in page.text
    assert accounts(house) == before, "T4: a draft touches no account's row"
    (draft,) = kept(house, bob.viewer)
    listed = bob.browser.get("/me/drafts").text
    assert "Which heron?" in listed
    assert "Night kitchen" in listed
    assert f'href="?draft={draft.number}"' in bob.browser.get(place).text, "told where she begins a thread"
    opened = bob.browser.get(f"/me/drafts/{draft.number}").location
    assert opened == f"{place}?draft={draft.number}"
    fields = bob.browser.get(opened).form(place).fields
    assert {name: fields.get(name, "").lstrip("\n") for name in EVERYTHING} == EVERYTHING
    assert rows(house, "post") == []
    # Nobody else meets it, and no row holds it in clear.
    assert kept(house, alice.viewer) == []
    assert alice.browser.get(f"/me/drafts/{draft.number}").status == 404
    assert (
        CANARY not in alice.browser.get(place).text + alice.browser.get(f"{place}?draft={draft.number}").text
    )
    assert not [
        row
        for row in rows(house)
        if any(secret in bytes(row[1]) for secret in (CANARY.encode(), bob.viewer.pid))
    ]
    # Sent from where it was opened, it is gone, and so is its number.
    sent = bob.browser.submit(opened, place, title="Which heron?", body=CANARY, follow="")
    assert sent.status == 303
    assert CANARY in bob.browser.follow(sent).text
    assert rows(house) == []
    assert bob.browser.get(f"/me/drafts/{draft.number}").status == 404
    assert "No drafts" in bob.browser.get("/me/drafts").text


def test_a_reply_is_kept_with_what_it_answers(
    house: TestHouse, alice: Person, bob: Person, place: str
) -> None:
    path = new_thread(alice, read_id(place.split("/")[2], 16), title="Alice asks").location.partition("?")[0]
    house.database.trace = []
    bob.browser.get(path)
    usual = len(house.database.trace)
    keep(bob, path, f"{path}?to=1", kind="2", to="1", body=CANARY)
    house.database.trace = []
    bob.browser.get(path)
    assert len(house.database.trace) == usual, "a thread's page asks nothing of drafts"
    house.database.trace = None
    (draft,) = kept(house, bob.viewer)
    assert 'A reply in: <bdi dir="auto">Alice asks' in bob.browser.get("/me/drafts").text
    where = bob.browser.get(f"/me/drafts/{draft.number}").location
    assert where == f"{path}?draft={draft.number}#write"
    fields = bob.browser.get(where).form(path).fields
    assert {name: fields[name].strip() for name in ("kind", "to", "body")} == {
        "kind": "2",
        "to": "1",
        "body": CANARY,
    }
    assert bob.browser.submit(where, path).status == 303
    assert rows(house) == []


def test_by_itself_nothing_is_kept_that_has_no_name(house: TestHouse, bob: Person, place: str) -> None:
    """And what was kept under the name is not turned into it, nor deleted with it: she is told."""
    by_itself = keep(bob, place, title="T", body=CANARY, unnamed="1", auto="1")
    assert "Draft kept" not in by_itself.text
    assert rows(house) == []
    keep(bob, place, title="T", body="named words", auto="1")
    (named,) = kept(house, bob.viewer)
    opened = f"{place}?draft={named.number}"
    lain = rows(house)
    keep(bob, place, opened, body=CANARY, unnamed="1", auto="1")
    assert rows(house) == lain
    page = keep(bob, place, opened, body=CANARY, unnamed="1")
    assert "Kept as asked, without a name" in page.text
    assert "stays in the drafts until it is deleted there" in page.text
    unnamed = next(one for one in kept(house, bob.viewer) if one.is_unnamed)
    assert unnamed.number != named.number, "another row: no row that was named goes with an unnamed post"
    assert [row for row in rows(house) if row in lain] == lain
    # Posted without a name from the draft under it, the draft stays; from its own, its own goes.
    assert bob.browser.submit(opened, place, body="posted so", unnamed="1").status == 303
    assert {one.number for one in kept(house, bob.viewer)} == {named.number, unnamed.number}
    assert bob.browser.submit(f"{place}?draft={unnamed.number}", place).status == 303
    assert [one.number for one in kept(house, bob.viewer)] == [named.number]
    assert "by the button only" in bob.browser.get(place).text


def test_of_two_devices_neither_writes_over_the_other_unasked(
    house: TestHouse, bob: Person, place: str
) -> None:
    keep(bob, place, title="T", body="first words")
    (draft,) = kept(house, bob.viewer)
    opened = f"{place}?draft={draft.number}"
    phone, laptop = (bob.browser.get(opened).form(place).fields for _ in range(2))
    bob.browser.post(place, {**phone, "body": "from the phone", "keep_draft": "1"})
    met = bob.browser.post(place, {**laptop, "body": "from the laptop", "keep_draft": "1", "auto": "1"})
    assert met.status == 409
    assert "data-stop" in met.text
    assert [one.fields["body"] for one in kept(house, bob.viewer)] == ["from the phone"]
    asked = bob.browser.post(place, {**laptop, "body": "from the laptop", "keep_draft": "1"})
    assert asked.status == 409
    assert "from the phone" in asked.text
    assert "from the laptop" in asked.text
    assert "Keep this text instead" in asked.text
    # Posted from the page that knows of no other: what the phone wrote is not lost with it.
    assert bob.browser.post(place, {**laptop, "body": "posted from the laptop"}).status == 303
    assert [one.fields["body"] for one in kept(house, bob.viewer)] == ["from the phone"]
    again = asked.form(place).fields
    assert bob.browser.post(place, {**again, "keep_draft": "1"}).status == 200
    assert [one.fields["body"].strip() for one in kept(house, bob.viewer)] == ["from the laptop"]
    # Deleted on one device, kept again on the other: it is a draft anew, since words are not thrown away.
    fields = bob.browser.get(opened).form(place).fields
    bob.browser.submit("/me/drafts", "/me/drafts")
    assert kept(house, bob.viewer) == []
    bob.browser.post(place, {**fields, "body": "still typed", "keep_draft": "1"})
    assert [one.fields["body"] for one in kept(house, bob.viewer)] == ["still typed"]
    # Deleting asks too: what the page did not show is not deleted.
    (one,) = kept(house, bob.viewer)
    sheet = bob.browser.get("/me/drafts").form("/me/drafts").fields
    keep(bob, place, f"{place}?draft={one.number}", body="written on")
    assert bob.browser.post("/me/drafts", sheet).status == 409
    assert [one.fields["body"] for one in kept(house, bob.viewer)] == ["written on"]


def test_a_place_left_and_a_thread_gone_leave_her_words(
    house: TestHouse, alice: Person, bob: Person, place: str
) -> None:
    cid = read_id(place.split("/")[2], 16)
    path = new_thread(alice, cid, title="Alice asks").location.partition("?")[0]
    keep(bob, place, title="For later", body=CANARY)
    keep(bob, path, body=f"A reply: {CANARY}")
    with house.database.write() as uow:
        communities.leave(uow, bob.viewer, cid)
    listed = bob.browser.get("/me/drafts").text
    assert listed.count("Writing there is not open now") == 2
    assert "Alice asks" not in listed
    for one in kept(house, bob.viewer):
        page = bob.browser.get(f"/me/drafts/{one.number}")
        assert page.status == 200
        assert CANARY in page.text
        assert "The text stands here, to be copied." in page.text
        assert bob.browser.post("/me/drafts", page.form("/me/drafts").fields).status == 303
    assert rows(house) == []


def test_thirty_for_ninety_days_and_of_one_persona_alone(house: TestHouse, bob: Person, place: str) -> None:
    what = b"c" + read_id(place.split("/")[2], 16)
    with house.database.write() as uow:
        drafts = [commands.keep_draft(uow, bob.viewer, what, {"body": str(n)}) for n in range(DRAFTS)]
        assert commands.keep_draft(uow, bob.viewer, what, {"body": "3"}) == drafts[3], "pressed twice"
        with pytest.raises(Refused, match=r"draft\.full"):
            commands.keep_draft(uow, bob.viewer, what, {"body": "one too many"})
        with pytest.raises(Refused, match=r"draft\.long"):
            commands.keep_draft(
                uow,
                bob.viewer,
                what,
                {"body": "x" * 65536},
                number=drafts[0].number,
                version=drafts[0].version,
            )
        with pytest.raises(Conflict):
            commands.drop_draft(uow, bob.viewer, drafts[0].number, version="")
    # T3: places are taken by chance, so that no row comes and goes with whatever is written.
    assert sorted(one.number for one in drafts) != list(range(DRAFTS))
    assert len({len(row[1]) for row in rows(house)}) == 1
    full = keep(bob, place, title="T", body=CANARY)
    assert full.status == 422
    assert CANARY in full.text
    assert "There is room for 30 drafts" in full.text


def test_after_ninety_days_it_is_gone_and_no_other_persona_has_it(
    house: TestHouse, bob: Person, place: str
) -> None:
    what = b"c" + read_id(place.split("/")[2], 16)
    with house.database.write() as uow:
        drafts = [commands.keep_draft(uow, bob.viewer, what, {"body": str(n)}) for n in range(DRAFTS)]
    viewer = bob.viewer
    clock.offset += DRAFT_DAYS * clock.DAY
    assert len(kept(house, viewer)) == DRAFTS
    clock.offset += clock.DAY
    bob.browser.cookies[SESSION] = flows.sign_in(house.site, bob.name, bob.passphrase).text
    assert kept(house, bob.viewer) == []
    assert bob.browser.get(f"/me/drafts/{drafts[0].number}").status == 404
    # Somebody writes on what is over meanwhile: that one stays.
    assert "No drafts" in bob.browser.get("/me/drafts").text
    assert len(rows(house)) == DRAFTS, "reading writes nothing"
    house.site.rooms["keeping"].write()
    assert rows(house) == []
    keep(bob, place, title="T", body=CANARY)
    bob.new_persona("Another")
    assert kept(house, bob.viewer) == []
    assert CANARY not in bob.browser.get("/me/drafts").text
    bob.as_persona(0)
    assert [one.fields["body"] for one in kept(house, bob.viewer)] == [CANARY]


def test_drafts_go_with_their_persona(house: TestHouse, bob: Person, place: str) -> None:
    keep(bob, place, title="T", body=CANARY)
    work = bob.viewer.work
    assert work is not None
    tags = set(SaveKeys.of(work, 0).tags())
    assert len(tags) == MOST
    assert [row for row in rows(house) if row[0] in tags]
    who = flows.unlock(house.site, bob.name, bob.passphrase)
    flows.delete_account(house.site, who, remove=(), at_once=True)
    assert rows(house) == []
