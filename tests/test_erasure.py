"""T8: who leaves is gone. No row and no file names her, and nothing unnamed changes, unless she asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from mashrabiya.discussions.commands.endings import fade_threads
from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.types import NewPicture
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import flows
from mashrabiya.people.commands import write_note
from mashrabiya.people.sealed.saved import SaveKeys
from mashrabiya.platform import retention
from mashrabiya.platform.db import metadata
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.markdown.references import reference
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import Person, TestHouse

NAMES = ("Alicecanary", "Zahracanary")


class Life:
    """Alice writes by two names and unnamed, joins, keeps a note and keeps Bob away; Bob answers and mentions her."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.bob = house.person("Bob")
        self.alice = house.person(NAMES[0])
        cid = open_place(house, self.bob, self.alice)
        self.hers = begin(
            house.database, self.alice.viewer, cid, title="Begun by name", body="Named words"
        ).tid
        self.his = begin(house.database, self.bob.viewer, cid, title="Begun by Bob").tid
        answer(house.database, self.bob.viewer, self.hers, f"Bob answers @{NAMES[0]}.")
        flows.block(house.site, self.alice.viewer, self.bob.viewer.pid, shared=True)
        for number in range(3):
            answer(house.database, self.alice.viewer, self.his, f"Unnamed words {number}.", unnamed=True)
        self.begun = begin(house.database, self.alice.viewer, cid, title="Of nobody", unnamed=True).tid
        with house.database.write() as uow:
            write_note(uow, self.alice.viewer, "A private note.")
        self.alice.new_persona(NAMES[1])
        self.viewer = self.alice.viewer

    def leave(self, *, remove: bool, unnamed_too: bool = False) -> None:
        """She deletes her account; then days pass in which everything that was put off happens."""
        who = flows.unlock(self.house.site, self.alice.name, self.alice.passphrase)
        flows.delete_account(
            self.house.site, who, remove=range(16) if remove else (), unnamed_too=unnamed_too
        )
        clock.offset += 15 * clock.DAY
        Staggered(self.house.database, self.house.keys.of("field")).all_now()
        settle(self.house)

    def unnamed(self) -> list[tuple[object, ...]]:
        """Everything the database says of unnamed posts, but the coarseness of their times."""
        rows = self.house.database.connection().execute(
            "SELECT id, tid, n, home_tid, cid, pid, tok, label, state, kind, lang, edited, to_n, notes,"
            " helped, newcomer, welcomed, html, body FROM post WHERE body LIKE 'Unnamed%' OR label = 0 ORDER BY id"
        )
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows.fetchall()]


def rows(house: TestHouse, name: str) -> int:
    return int(house.database.connection().execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])


def settle(house: TestHouse) -> None:
    """Facts are told, time does its work, and the nightly steps clear the files."""
    Worker(house.database, house.keys).drain()
    retention.sweep(house.database)
    retention.tidy_nightly(house.database)


@pytest.fixture
def life(house: TestHouse) -> Life:
    return Life(house)


def secrets_of(viewer: Viewer, *threads: bytes) -> dict[str, bytes]:
    """Whatever could lead to her: ids, tokens, tags and names."""
    assert viewer.work is not None
    found = {f"pid {slot}": pid for slot, pid in enumerate(viewer.siblings)}
    found |= {f"save {slot}": SaveKeys.of(viewer.work, slot).tag(0) for slot in range(2)}
    found |= {f"name {name}": name.encode() for name in NAMES}
    found |= {f"mention {slot}": reference(pid).encode() for slot, pid in enumerate(viewer.siblings)}
    found["account"] = viewer.account
    found["group"] = viewer.work.session_group(clock.day())
    return found


def standing(house: TestHouse) -> bytes:
    """Every value of every column of every table."""
    connection, values = house.database.connection(), []
    for table in metadata.tables:
        for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():
            values += [
                v.encode() if isinstance(v, str) else bytes(v) for v in row if isinstance(v, str | bytes)
            ]
    return b"\0".join(values)


@pytest.mark.parametrize("remove", [True, False])
def test_t8_nothing_leads_to_her_afterwards(life: Life, remove: bool) -> None:
    known = secrets_of(life.viewer)
    before = standing(life.house)
    assert known["pid 0"] in before
    assert known["save 0"] in before
    assert known["mention 0"] in before
    assert rows(life.house, "block") == 1
    life.leave(remove=remove)
    assert rows(life.house, "block") == 0
    after, files = standing(life.house), in_files(life.house.folder)
    for what, value in known.items():
        assert value not in after, what
        assert value not in files, what
    assert (b"Named words" in after) is not remove
    if life.house.database.dialect == "sqlite":
        assert (b"Named words" in files) is not remove


def in_files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("remove", [True, False])
def test_t8_unnamed_posts_are_the_same_bytes_before_and_after(life: Life, remove: bool) -> None:
    before, page = life.unnamed(), posts_of(life.bob, life.his)
    assert len(before) == 4
    life.leave(remove=remove)
    assert [row for row in life.unnamed() if row in before] == before
    assert posts_of(again(life.bob), life.his) == page


def posts_of(person: Person, tid: bytes) -> list[tuple[int, str, int | None]]:
    from mashrabiya.discussions import queries

    with person.house.database.read() as db:
        posts = queries.thread_page(db, person.viewer, tid).posts
    return [(post.n, post.html, post.label) for post in posts]


def again(person: Person) -> Person:
    from mashrabiya.platform.web.cookies import SESSION

    person.browser.cookies[SESSION] = flows.sign_in(person.house.site, person.name, person.passphrase).text
    return person


def test_unnamed_posts_go_one_by_one_on_days_of_their_own_when_she_asks(life: Life) -> None:
    who = flows.unlock(life.house.site, life.alice.name, life.alice.passphrase)
    flows.delete_account(life.house.site, who, remove=(), at_once=True, unnamed_too=True)
    rows = life.house.database.connection().execute("SELECT not_before FROM due").fetchall()
    assert len(rows) == 4
    now = clock.ten_minutes()
    assert all(clock.DAY <= row[0] - now <= 14 * clock.DAY for row in rows)
    assert len(life.unnamed()) == 4
    clock.offset += 15 * clock.DAY
    assert Staggered(life.house.database, life.house.keys.of("field")).all_now() == 4
    settle(life.house)
    text = again(life.bob).browser.get(f"/t/{shown(life.his)}").text
    assert "Unnamed words" not in text
    assert text.count("Deleted by the person who wrote it") == 3
    assert b"Unnamed words" not in in_files(life.house.folder)


def shown(tid: bytes) -> str:
    from mashrabiya.kernel.ids import show_id

    return show_id(tid)


def test_pictures_go_with_the_unnamed_posts_they_hang_in(life: Life) -> None:
    """Those of others stay, and those of a thread go with it."""
    database, rows = life.house.database, "SELECT alt FROM picture ORDER BY alt"
    found = database.connection().execute("SELECT tid, id, pid FROM post ORDER BY n").fetchall()
    with database.write() as uow:
        for post, pid in (row[1:] for row in found if bytes(row[0]) == life.his):
            alt = "named" if pid else "unnamed"
            hang(uow, bytes(post), [NewPicture(new_id(16), f"{alt} {place}", 60, 40) for place in (1, 2)])
    life.leave(remove=False, unnamed_too=True)
    assert [row[0] for row in database.connection().execute(rows).fetchall()] == ["named 1", "named 2"]
    clock.offset += 800 * clock.DAY
    with database.write() as uow:
        fade_threads(uow)
    assert database.connection().execute(rows).fetchall() == []


def test_nobody_elses_unnamed_posts_go(life: Life) -> None:
    answer(life.house.database, life.bob.viewer, life.begun, "Unnamed of Bob.", unnamed=True)
    life.leave(remove=True, unnamed_too=True)
    assert [row[-1] for row in life.unnamed() if row[-1]] == ["Unnamed of Bob."]
