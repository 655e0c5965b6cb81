"""T4: nothing that is done under a persona touches the row of her account, whichever door it goes through.

Two dumps of the disk, from before and after, would else say whose persona it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import pytest

from mashrabiya import main
from mashrabiya.care import queries as care
from mashrabiya.care.tests.staffed import accounts
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.people import flows
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.web.routes import Access
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse
from tests.acts import (
    at_its_time,
    at_the_desk,
    by_herself,
    found_again,
    in_library,
    in_place,
    in_places,
    lived,
    of_services,
    standing_for,
    told_of,
    turned,
    ways_in,
)
from tests.addresses import PLACE, Known, fill
from tests.doors import (
    HERE,
    OF_A_ROOM,
    OF_A_WAVE,
    OF_THE_ACCOUNT,
    OF_THE_HOUSE,
    OF_TWO,
    ONLY_SHOWS,
    Act,
)
from tests.furnished import Furnished, watch_writes
from tests.test_every_door import programs

AMONG_CARERS = (
    Act("/care/{report:str}/k", "mona", fields={"wish": "take"}),
    Act("/care/{report:str}/n", "mona", fields={"note": "Two of us looked.", "second": "1"}),
)


def acts(furnished: Furnished) -> Iterator[Act]:
    """Every door that is not the account's, in an order in which each of them opens."""
    yield from among_others(furnished)
    yield from of_services(f"/y/s/{furnished.known().others['service'][0]}")
    alice = furnished.people["alice"]
    yield from by_herself({"name": alice.name, "pass": alice.passphrase}, alice.codes[0])
    yield Act("/c/{cid:str}/out", "charlie", f"/c/{show_id(furnished.scene.cid)}/out")
    yield Act("/me/out", "bob")
    yield Act("/x", "mallory")
    yield Act("/me/end", "charlie")


def asking(tid: str, first: str) -> Iterator[Act]:
    """A poll: added to a thread, voted in, closed."""
    choices = {"choice_1": "One", "choice_2": "Two"}
    yield Act(
        f"/t/{tid}/e/{first}", page=f"/t/{tid}/e/{first}", fields={"body": "Asks.", "title": "T"} | choices
    )
    yield Act(f"/t/{tid}/p", "bob", f"/t/{tid}", {"vote": "1"})
    yield Act(f"/t/{tid}/p/{first}", page=f"/t/{tid}")


def among_others(furnished: Furnished) -> Iterator[Act]:
    """What others meet."""
    cid = show_id(furnished.scene.cid)
    (tid, first), (_, second) = shown(furnished)
    faces = {name: face.pub for name in ("alice", "mallory") if (face := furnished.people[name].viewer.face)}
    yield from in_places(furnished, cid)
    for more in ({"newcomer": "1"}, {"unnamed": "1"}):
        yield Act("/c/{cid:str}/t", page=f"/c/{cid}/t", fields={"title": "T", "body": "B"} | more)
    for fields in ({"body": "By name."}, {"body": "Unnamed.", "unnamed": "1"}):
        yield Act(f"/t/{tid}", page=f"/t/{tid}", fields=fields)
    yield Act(f"/t/{tid}/e/{first}", page=f"/t/{tid}/e/{first}", fields={"body": "Changed.", "title": "T"})
    yield Act(f"/t/{tid}/v/1", page=f"/t/{tid}/v/1", fields={"which": "all"})
    yield Act(f"/t/{tid}", "bob", f"/t/{tid}", {"body": "Shade."})
    yield Act(f"/t/{tid}/w/5", fields={"needed": "1"})
    yield from turned(f"/t/{tid}/x")
    yield from asking(tid, first)
    yield Act(f"/t/{tid}/h/{first}", "bob", fields={"helped": "1"})
    for voice in (f"/t/{tid}/m/1", f"/t/{tid}/m/2"):
        yield Act(voice, "bob", voice, {"act": "mute", "length": "week"})
    yield Act("/me/m", page="/me/m", fields={"words": "mint"})
    yield from found_again(f"/t/{tid}")
    yield from at_its_time(cid)
    yield from chain(told_of(furnished, tid), lived(furnished, f"/y/e/{show_id(furnished.story)}"))
    yield Act("/n/{post:str}", "bob")
    yield from chain(standing_for(faces["alice"], cid), ways_in(furnished, cid))
    yield Act(f"/p/{faces['mallory']}/m", page=f"/p/{faces['mallory']}/m", fields={"act": "block"})
    yield Act("/me/m/lift", page="/me/m")
    # Not for outing, which may hide at once: a decision beside the one below.
    yield Act(f"/r/t/{tid}/1", "mallory", f"/r/t/{tid}/1", {"reason": "2"})
    for thing in (f"/r/p/{faces['alice']}", f"/r/c/{cid}"):
        yield Act(thing, "bob", thing, {"reason": "1"})
    yield from AMONG_CARERS
    yield Act("/care/{report:str}", "mona", HERE, {"act": "1", "words": "Agreed."})
    yield Act("/me/o/{decision:str}", "alice", HERE, {"words": "Look again."})
    yield Act("/care/o/{appeal:str}", "carer", HERE, {"act": "stands", "words": "Looked again."})
    yield Act("/care/u/{decision:str}", "mona")
    yield Act(f"/t/{tid}/c/1", "mona", f"/t/{tid}/c/1", {"act": "0", "words": "Read."})
    yield from chain(in_place(tid), in_library(), at_the_desk(furnished))
    yield Act(f"/t/{tid}/d/{second}", page=f"/t/{tid}/d/{second}", fields={"keep": "1"})
    yield Act("/me/undo", page="/me/undo")


def shown(furnished: Furnished) -> list[tuple[str, str]]:
    """Thread and posts of what Alice wrote in her own thread: the opening by name, then the unnamed one."""
    pid = furnished.people["alice"].viewer.pid
    # The one that was talked in most: others are begun meanwhile.
    asked = "SELECT p.tid, p.pid FROM post p JOIN thread t ON t.id = p.tid WHERE p.n = 1 ORDER BY t.n DESC"
    begun = furnished.house.database.connection().execute(asked).fetchall()
    tid = next(show_id(bytes(tid)) for tid, author in begun if author is not None and bytes(author) == pid)
    of_it = sorted((int(n), post) for thread, n, post in furnished.known().posts if thread == tid)
    return [(tid, post) for _, post in of_it][:2]


def go_through(furnished: Furnished, act: Act) -> Page:
    """Open the page and send its form, or send what a form would bring."""
    person, there = furnished.people[act.who], furnished.known()
    path = act.path if "{" not in act.path else fill(act.path, **standing(act, there, furnished))
    if act.page:
        return person.browser.submit(path if act.page == HERE else act.page, path, **act.fields)
    route = next(route for route in main.ROUTES if route.path == kind(path) and route.method == "POST")
    token = tokens.make(furnished.house.keys, person.viewer, route.path) if path != "/u" else ""
    return person.browser.post(path, {"_f": token, **act.fields})


def standing(act: Act, there: Known, furnished: Furnished) -> dict[str, str]:
    """What stands in the places of an act's address now."""
    values = {name: some[0] for name, some in there.others.items() if some}
    values["cid"] = show_id(furnished.scene.cid)
    if "/n/" in act.path:
        asked = "SELECT id FROM post WHERE newcomer = 1"
        rows = furnished.house.database.connection().execute(asked).fetchall()
        values["post"] = show_id(bytes(rows[0][0]))
    if "{report" in act.path:
        values["report"] = waiting(furnished)
    if "{decision" in act.path:
        values["decision"] = decided(furnished)
    if "/p/{tid" in act.path:
        rows = furnished.house.database.connection().execute("SELECT tid FROM amendment").fetchall()
        values["tid"] = show_id(bytes(rows[0][0]))
    if "fading" in act.path:
        values["tid"] = shown(furnished)[0][0]
    return values


def waiting(furnished: Furnished) -> str:
    """The report of Alice's opening by which Mona's desk knows it."""
    scene, tid = furnished.scene, read_id(shown(furnished)[0][0], ID_SIZE)
    with furnished.house.database.read() as db:
        mona = scene["mona"].viewer
        cases, _ = care.queue(db, mona, care.get_place(db, mona, scene.cid))
    return next(show_id(case.id) for case in cases if case.post and (case.post.tid, case.post.n) == (tid, 1))


def decided(furnished: Furnished) -> str:
    """The decision on Alice's opening."""
    asked = "SELECT d.id, p.tid FROM decision d JOIN post p ON p.id = d.object WHERE p.n = 1"
    rows = furnished.house.database.connection().execute(asked).fetchall()
    tid = read_id(shown(furnished)[0][0], ID_SIZE)
    return next(show_id(bytes(row[0])) for row in rows if bytes(row[1]) == tid)


def kind(path: str) -> str:
    """The route that takes this address."""
    for route in main.ROUTES:
        if route.method == "POST" and re.fullmatch(PLACE.sub("[^/]+", route.path), path):
            return route.path
    raise AssertionError(path)


ACCOUNT_SIDE = {"account", "recovery", "panic", "session"}
NEITHER = {
    "outbox",
    "queue",
    "job",
    "due",
    "submission",
    "setting",
    "schedule",
    "once",
    "invitation",
    "invited",
}


def before(furnished: Furnished, act: Act) -> None:
    """Time passes where an act needs it, and who was signed out meanwhile signs in again."""
    house = furnished.house
    if act.path.startswith("/t/") and "/e/" in act.path:
        clock.offset += clock.TEN_MINUTES  # a slip mended at once keeps no earlier wording
    if act.path in {"/me/copy/file", "/me/fading/{tid:str}"}:
        clock.offset += 25 * clock.HOUR if "copy" in act.path else 355 * clock.DAY
        for name in ("alice", "bob", "charlie", "mallory"):
            person = furnished.people[name]
            person.browser.cookies[SESSION] = flows.sign_in(house.site, person.name, person.passphrase).text


def test_t4_no_door_but_the_accounts_own_touches_its_row(
    house: TestHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T29, too: no transaction writes both on the account's side and on a persona's, where disks would keep them joined."""
    house.site.rooms["limits"].on, written = False, watch_writes(house, monkeypatch)
    furnished = Furnished(house)
    done: set[str] = set()
    for act in acts(furnished):
        before(furnished, act)
        kept, rows = accounts(house), furnished.rows()
        answer = go_through(furnished, act)
        assert answer.status in {200, 303}, (act, re.findall(r'class="err[^>]*>.*', answer.text))
        path = kind(act.path) if "{" not in act.path else act.path
        assert path in OF_THE_ACCOUNT or accounts(house) == kept, act
        assert path in ONLY_SHOWS or furnished.rows() != rows, (act, "it did nothing")
        done.add(path)
    both = [tables for tables in written if tables & ACCOUNT_SIDE and tables - ACCOUNT_SIDE - NEITHER]
    assert both == []
    assert sum(bool(tables & ACCOUNT_SIDE) for tables in written) > 20
    assert sum(bool(tables - ACCOUNT_SIDE - NEITHER) for tables in written) > 20
    walked = {route.path for route in main.ROUTES if route.method == "POST" and not route.api}
    assert walked - done - OF_THE_ACCOUNT - OF_TWO - OF_A_WAVE - OF_A_ROOM - OF_THE_HOUSE == set(), (
        "say above what this door is of"
    )


def test_t4_nor_does_a_program(house: TestHouse) -> None:
    furnished = Furnished(house)
    bearer, kept = programs(furnished, "bob"), accounts(house)
    (tid, first), _ = shown(furnished)
    browser = furnished.house.browser()
    for path, body in (
        (f"/api/t/{tid}", b'{"body":"By name."}'),
        (f"/api/t/{tid}/h/{first}", b"{}"),
        (f"/api/t/{tid}/x/1", '{"body":"سؤال.","title":"سؤال","lang":"ar"}'.encode()),
    ):
        assert browser.send(path, body, **bearer).status in {200, 201}, path
    assert browser.send("/api/session", b"", method="DELETE", **bearer).status in {200, 204}
    assert accounts(house) == kept
    assert {route.path for route in main.ROUTES if route.api and route.method != "GET"} == {
        "/api/session", "/api/t/{tid:str}", "/api/t/{tid:str}/h/{post:str}", "/api/t/{tid:str}/x/{n:str}",
    }  # fmt: skip


def test_t4_what_is_of_the_account_asks_for_no_persona(house: TestHouse) -> None:
    """So that nothing done under one is among it."""
    of_it = [route for route in main.ROUTES if route.method == "POST" and route.path in OF_THE_ACCOUNT]
    assert {route.access for route in of_it} <= {Access.ANYONE, Access.ACCOUNT}
    assert len({route.path for route in of_it}) == len(OF_THE_ACCOUNT), "a door is gone: take it off the list"
