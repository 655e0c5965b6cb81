"""What a page tells by itself, to whom nothing is told, and what it costs."""

from __future__ import annotations

import re
import time

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.notifications import rules
from mashrabiya.notifications.commands import subs as waiting
from mashrabiya.notifications.seen import Seen, SeenKeys, sub_address
from mashrabiya.notifications.tests.scene import Scene, marked
from mashrabiya.notifications.types import KEPT_DAYS, MOST_MUTED, Sort
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

TOLD = "* A reply in: Bob asks"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    made = Scene(house)
    made.say(made.alice, "It is the water.")
    made.tell()
    return made


def asked(house: TestHouse, person: Person, path: str) -> list[str]:
    house.site.held.refresh()
    house.database.trace = trace = list[str]()
    assert person.browser.get(path).status == 200
    house.database.trace = None
    return trace


def test_the_word_beside_the_tab_costs_no_page_a_statement(scene: Scene) -> None:
    news = scene.house.site.rooms["news"]
    paths = ("/", "/c", scene.thread, scene.hers)
    for path in paths:
        # What is asked once a day, or once at first, is asked here.
        asked(scene.house, scene.bob, path)
    before = {path: asked(scene.house, scene.bob, path) for path in paths}
    for path, statements in before.items():
        assert not [sql for sql in statements if "notice" in sql or " sub" in sql or "seen " in sql], path
    assert not marked(scene.bob.browser.get("/c").text), "nobody has looked yet"
    news.look()
    for path, statements in before.items():
        assert asked(scene.house, scene.bob, path) == statements, path
        assert marked(scene.bob.browser.get(path).text)
    assert not marked(scene.alice.browser.get("/c").text)
    assert 'href="/b"' not in scene.house.browser().get("/c").text.replace("&#x2f;", "/")
    # What was found is known for five minutes, and is nothing but a number and a yes.
    scene.house.database.trace = trace = list[str]()
    news.look()
    scene.house.database.trace = None
    assert len(trace) <= 8, "one look for Alice"
    assert news._waiting == {}
    assert {type(part) for known in news._known.values() for part in known} == {float, bool}


def test_what_the_list_itself_costs_and_what_the_summary_says(scene: Scene) -> None:
    scene.say(scene.alice, "More.", thread=scene.hers)
    for n in range(3):
        scene.say(scene.alice, f"And {n}.")
    scene.tell()
    for path in ("/b", "/b?only=new", "/b/d?of=week", "/b/s"):
        asked_of_bob = asked(scene.house, scene.bob, path)
        assert len(asked_of_bob) <= 9, path
        # As much is asked of somebody to whom nothing is told, but for the posts of her threads.
        assert set(asked(scene.house, scene.charlie, path)) <= set(asked_of_bob)
    clock.offset += 2 * clock.DAY
    scene.bob.browser.cookies[SESSION] = flows.sign_in(
        scene.house.site, scene.bob.name, scene.bob.passphrase
    ).text
    assert "Bob asks" not in scene.text(scene.bob, "/d")
    week = scene.text(scene.bob, "/d?of=week")
    assert "Night kitchen" in week
    assert "4 replies in: Bob asks" in week
    assert "Bob asks" not in scene.text(scene.bob, "/d?of=year")


def test_in_the_neutral_look_and_in_quiet_hours_no_page_says_anything(scene: Scene) -> None:
    site, shown = scene.house.site, scene.bob.browser.cookies
    assert scene.is_told(scene.bob)
    hour = int(clock.now() // clock.HOUR) % 24
    page = scene.bob.browser.get("/b/s")
    half = re.search(r'name="half".*?<option value="(\d+)" selected>', page.text, re.DOTALL)
    assert half is not None
    assert int(half[1]) // 2 == hour, "as the house's clock, until she says otherwise"
    kept = sealed_rows(scene)
    ahead = 5
    fields = {"on": "1", "begins": str((hour + ahead) % 24), "ends": str((hour + ahead + 1) % 24)}
    answer = scene.bob.browser.submit(
        "/b/s", "/b/q", **fields, half=str((int(clock.now() // 1800) + 2 * ahead) % 48)
    )
    assert answer.location == "/b/s?saved=1"
    assert not scene.is_told(scene.bob)
    assert scene.lines(scene.bob) == [TOLD], "the list stays as it is"
    assert "It is a quiet hour now." in scene.text(scene.bob, "/s")
    clock.offset += clock.HOUR
    assert scene.is_told(scene.bob)
    assert sealed_rows(scene) == kept, "beside her other preferences, and nowhere else"
    scene.bob.browser.submit("/b/s", "/b/q", on="", begins="1", ends="2", half="3")
    assert scene.bob.viewer.hush == ""
    flows.alter_preferences(site, shown[SESSION], discreet=True)
    assert not scene.is_told(scene.bob)
    assert "Bob asks" in scene.text(scene.bob), "the list itself is there, closed until it is opened"
    assert re.search(
        r"<details[^>]*>(?:(?!</details>).)*Bob asks", scene.bob.browser.get("/b").text, re.DOTALL
    )


def sealed_rows(scene: Scene) -> list[str]:
    rows = scene.house.database.connection().execute(
        "SELECT priv FROM persona UNION ALL SELECT blob FROM seen"
    )
    return sorted(map(repr, rows.fetchall()))


def test_what_is_for_another_of_her_names_is_a_number_and_in_the_neutral_look_nothing(scene: Scene) -> None:
    scene.bob.new_persona("Heron")
    assert scene.lines(scene.bob) == []
    text = scene.text(scene.bob)
    assert "1 under another name" in text
    assert "Bob asks" not in text
    assert "Night kitchen" not in text
    assert scene.is_told(scene.bob)
    flows.alter_preferences(scene.house.site, scene.bob.browser.cookies[SESSION], discreet=True)
    assert "under another" not in scene.text(scene.bob)
    scene.bob.as_persona(0)
    flows.alter_preferences(scene.house.site, scene.bob.browser.cookies[SESSION], discreet=False)
    assert scene.lines(scene.bob) == [TOLD]
    # What she wrote unnamed is hers under every name that may read there; under another it waits.
    scene.say(scene.bob, "Unnamed.", thread=scene.hers, unnamed="1")
    scene.say(scene.alice, "Yes.", thread=scene.hers)
    scene.tell()
    assert "* A reply in: Alice asks" in scene.lines(scene.bob)
    scene.bob.as_persona(1)
    assert scene.lines(scene.bob) == ["* A reply in: Alice asks"], "whoever is signed in reads there"
    scene.house.database.connection().execute("UPDATE community SET audience = 2")
    assert scene.lines(scene.bob) == []
    assert "2 under other names" in scene.text(scene.bob)


def test_she_mutes_a_thread_a_place_and_a_kind_right_there(scene: Scene) -> None:
    scene.say(scene.alice, "Here, @Bob.", thread=scene.hers)
    scene.tell()
    both = ["* A reply in: Alice asks", TOLD]
    assert sorted(scene.lines(scene.bob)) == both
    tid = scene.thread.removeprefix("/t/")
    form = next(one for one in scene.bob.browser.get("/b").forms if one.fields.get("tid") == tid)
    assert scene.bob.browser.post("/b/m", form.fields).location == "/b"
    assert scene.lines(scene.bob) == both[:1]
    assert "Bob asks" in scene.text(scene.bob, "/s")
    form = next(one for one in scene.bob.browser.get("/b/s").forms if one.fields.get("tid") == tid)
    assert scene.bob.browser.post("/b/m", form.fields).location == "/b/s"
    assert sorted(scene.lines(scene.bob)) == both
    place = scene.place.removeprefix("/c/")
    form = next(one for one in scene.bob.browser.get("/b").forms if one.fields.get("place") == place)
    scene.bob.browser.post("/b/m", form.fields)
    assert scene.lines(scene.bob) == []
    assert not scene.is_told(scene.bob)
    form = next(one for one in scene.bob.browser.get("/b/s").forms if one.fields.get("place") == place)
    scene.bob.browser.post("/b/m", form.fields)
    scene.bob.browser.submit("/b/s", "/b/s", tick_mine="")
    assert scene.lines(scene.bob) == [TOLD]
    scene.bob.browser.submit("/b/s", "/b/s", tick_mine="1", tick_replies="")
    assert scene.lines(scene.bob) == both[:1]
    # Narrowed by place, and a list that is nobody's.
    assert scene.lines(scene.bob, f"?in={place}") == both[:1]
    assert scene.lines(scene.bob, f"?in={'7' * 26}") == []
    assert scene.bob.browser.get("/b?in=7").status == 404
    assert scene.bob.browser.submit("/b", "/b", which="7" * 26).location == "/b"


def test_what_she_follows_lies_beside_the_thread_by_itself_and_some_minutes_later(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, tid = scene.house, read_id(scene.hers.removeprefix("/t/"), 16)
    subs, charlie = house.site.rooms["subs"], scene.charlie
    fields = {**charlie.browser.get(scene.hers).form(f"{scene.hers}/f").fields, "on": "1"}
    charlie.browser.post(f"{scene.hers}/f", fields)
    assert scene.subs() == [], "not in the moment in which her persona's row is written"
    charlie.browser.get("/me")
    house.site.rooms["news"].look()
    subs.write()
    assert scene.subs() == [], "nor soon after it"
    later = time.monotonic() + waiting._LATE
    monkeypatch.setattr(time, "monotonic", lambda: later)
    subs.write()
    viewer = charlie.viewer
    assert viewer.work is not None
    assert scene.subs() == [(tid, sub_address(viewer.work, viewer.slot, tid))]
    # Nothing of her stands in it, and under another of her names it is another.
    assert viewer.pid not in {addr for _, addr in scene.subs()}
    assert sub_address(viewer.work, 1, tid) != sub_address(viewer.work, 0, tid)
    # What a process that died had not written, the next look makes good; what stands is not written again.
    house.database.connection().execute("DELETE FROM sub")
    scene.come_by(charlie)
    assert len(scene.subs()) == 1
    scene.come_by(charlie)
    assert not subs._waiting
    scene.follow(charlie, scene.hers, on="")
    assert scene.subs() == []


def test_many_rows_of_one_person_are_each_a_transaction_of_their_own(scene: Scene) -> None:
    for n in range(4):
        scene.bob.browser.submit(f"{scene.place}/t", f"{scene.place}/t", title=f"More {n}", body="So.")
    page = scene.bob.browser.get(scene.place).text.replace("&#x2f;", "/")
    threads = [f"/t/{one}" for one in set(re.findall(r"/t/(\w{26})", page))]
    assert len(threads) >= 5
    for thread in threads:
        fields = {**scene.alice.browser.get(thread).form(f"{thread}/f").fields, "on": "1"}
        scene.alice.browser.post(f"{thread}/f", fields)
    scene.alice.browser.get("/me")
    scene.house.site.rooms["news"].look()
    commits: list[object] = []
    scene.house.database.after_commit.append(commits.append)
    scene.house.site.rooms["subs"].write(whole=True)
    scene.house.database.after_commit.pop()
    assert len(commits) == len(scene.subs()) == len(threads)


def test_what_she_has_read_is_one_row_as_long_as_every_other(scene: Scene) -> None:
    scene.read(scene.bob)
    scene.house.database.connection()
    rows = scene.house.database.connection().execute("SELECT tag, blob FROM seen").fetchall()
    (row,) = rows
    work = scene.bob.viewer.work
    assert work is not None
    keys = SeenKeys.of(work)
    assert bytes(row[0]) == keys.tag
    full = Seen().with_read({bytes([n % 256, n // 256]) * 4: (1 << 19, clock.day()) for n in range(900)})
    for n in range(MOST_MUTED + 5):
        full = full.muting("threads", bytes([n]) * 16, on=True).muting("places", bytes([n]) * 16, on=True)
    assert len(keys.seal(full)) == len(keys.seal(Seen())) == len(bytes(row[1]))
    assert keys.open(keys.seal(full)) == full
    assert full.floor == clock.day(), "what no longer fits counts as read by its day"
    assert len(full.threads) == MOST_MUTED
    old = Seen(read={b"x" * 8: (3, clock.day() - KEPT_DAYS - 1)}).with_read({b"y" * 8: (1, clock.day())})
    assert set(old.read) == {b"y" * 8}
    assert keys.open(b"nonsense") == Seen()


def test_quiet_hours_by_her_own_clock() -> None:
    """They go over midnight, and half hours count."""
    for ahead in (0, 1, 11, 47):
        kept = rules.hush_of(22, 7, ahead)
        quiet = [half for half in range(48) if rules.is_quiet(kept, half * 1800.0)]
        hers = sorted((half + ahead) % 48 for half in quiet)
        assert hers == [*range(14), 44, 45, 46, 47]
    day = rules.hush_of(9, 17, 0)
    assert [half // 2 for half in range(48) if rules.is_quiet(day, half * 1800.0)][::2] == list(range(9, 17))
    assert rules.hush_of(5, 5, 3) == ""
    assert not rules.is_quiet("", 0.0)
    assert rules.read_hush("zzz") is None
    now = 1_800_000_000.0
    for half in range(48):
        assert rules.her_clock(rules.hush_of(1, 2, rules.ahead_of(half, now)), now) == half
    assert [sort.key for sort in Sort] == [
        f"notice_of.{name}" for name in ("replies", "mine", "helped", "polls")
    ]
