"""The sample house: as full as asked, the same each time, and never taken for a real one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import time_machine

from mashrabiya.communities import queries as communities
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import Kind, NewReply, NewThread
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.platform.db import metadata
from mashrabiya.platform.hosting import HostingTrouble, SampleSize
from mashrabiya.stewardship.sample import Sample, credentials, inhabit
from mashrabiya.stewardship.sample.script import bit
from mashrabiya.stewardship.sample.types import Post, Thread
from mashrabiya.stewardship.sample.writing import Writer
from mashrabiya.stewardship.tests.sampled import SMALL, sampled
from mashrabiya.testing.house import TestHouse

SIZE = SMALL


def rows(house: TestHouse, asked: str) -> list[tuple[Any, ...]]:
    """What is asked as SQLite says it; PostgreSQL has other words for bytes."""
    if house.database.dialect != "sqlite":
        asked = re.sub(r"x'([0-9a-f]*)'", r"'\\x\1'::bytea", asked)
        asked = asked.replace("instr(p.body, lower(hex(x.id)))", "position(encode(x.id, 'hex') in p.body)")
    return [tuple(row) for row in house.database.connection().execute(asked)]


def number(house: TestHouse, asked: str) -> int:
    return int(rows(house, f"SELECT count(*) FROM {asked}")[0][0])


def shape(house: TestHouse) -> list[list[tuple[Any, ...]]]:
    """What stands there, without ids, keys and days."""
    stands = [
        rows(house, "SELECT name, about, agreements, audience, language FROM community ORDER BY name"),
        rows(house, "SELECT name, pronouns, about FROM persona ORDER BY name"),
        rows(
            house,
            "SELECT title, lang, audience, n, labels, wants, spare, helped FROM thread ORDER BY title, n",
        ),
        rows(
            house,
            "SELECT t.title, p.n, p.body, x.name, p.label, p.kind, p.state, p.to_n, p.notes, p.helped, p.newcomer "
            "FROM post p JOIN thread t ON t.id = p.tid LEFT JOIN persona x ON x.id = p.pid "
            "ORDER BY t.title, t.n, p.n, p.body",
        ),
    ]
    return [[tuple(_without_ids(value) for value in row) for row in told] for told in stands]


def _without_ids(value: Any) -> Any:
    """A mention names somebody by id, which is another one each time."""
    return re.sub("[0-9a-f]{32}", "…", value) if isinstance(value, str) else value


def ids(house: TestHouse) -> set[bytes]:
    return {
        bytes(row[0]) for table in ("thread", "community") for row in rows(house, f"SELECT id FROM {table}")
    }


def empty(house: TestHouse) -> None:
    with house.database.write():
        for table in reversed(metadata.sorted_tables):
            if table.name not in {"house", "generation"}:
                house.database.connection().execute(f"DELETE FROM {table.name}")


@pytest.fixture
def small(house: TestHouse) -> Sample:
    return sampled(house, SIZE, decided=False)


def test_it_holds_exactly_as_much_as_asked(house: TestHouse, small: Sample) -> None:
    assert number(house, "account") == SIZE.members
    assert number(house, "community") == SIZE.communities
    assert number(house, "thread") == SIZE.threads
    assert number(house, "post WHERE n > 0") == SIZE.posts  # below nought stand translations
    assert rows(house, "SELECT sum(n) FROM thread") == [(SIZE.posts,)]


def test_threads_are_there_in_which_only_names_or_nobody_answers_now(house: TestHouse, small: Sample) -> None:
    assert rows(house, "SELECT DISTINCT answers FROM thread ORDER BY answers") == [(0,), (1,), (2,)]
    unnamed = (
        "SELECT count(*) FROM post JOIN thread ON thread.id = post.tid WHERE answers = 1 AND tok IS NOT NULL"
    )
    assert rows(house, unnamed) == [(0,)]


def test_two_runs_say_the_same_under_other_ids(house: TestHouse, small: Sample) -> None:
    first, used = shape(house), ids(house)
    empty(house)
    inhabit(house.site, SIZE)
    assert shape(house) == first
    assert not ids(house) & used


def test_another_seed_tells_otherwise(house: TestHouse, small: Sample) -> None:
    first = shape(house)
    empty(house)
    inhabit(house.site, replace(SIZE, seed=8))
    assert shape(house) != first


def test_personas_of_one_person_share_no_community(house: TestHouse) -> None:
    sample = inhabit(house.site, SampleSize(members=40, communities=8, threads=30, posts=160))
    for dweller in sample.dwellers:
        for members in sample.members.values():
            assert len(set(members) & set(dweller.personas)) <= 1
    with house.database.read() as db:
        assert communities.my_communities(db, sample.personas["cloud"])
        assert communities.my_communities(db, sample.personas["ink"])


def test_the_long_thread_is_the_longest_in_a_small_house_too(house: TestHouse, small: Sample) -> None:
    lengths = {bytes(tid): n for tid, n in rows(house, "SELECT id, n FROM thread")}
    assert lengths[small.threads["long"]] == max(lengths.values()) > 20


def test_only_members_write(house: TestHouse, small: Sample) -> None:
    outside = "post p WHERE p.pid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership m "
    assert number(house, outside + "WHERE m.cid = p.cid AND m.pid = p.pid)") == 0


def test_labels_are_given_as_the_command_gives_them(house: TestHouse, small: Sample) -> None:
    heard: dict[bytes, list[bytes]] = {}
    for tid, label, pid, tok in rows(
        house, "SELECT tid, label, pid, tok FROM post WHERE n > 0 ORDER BY tid, n"
    ):
        voices = heard.setdefault(tid, [])
        if (pid or tok) not in voices:
            voices.append(pid or tok)
        number = voices.index(pid or tok) + 1
        assert label == (None if pid else number if number > 1 else 0)
    assert {tid: len(voices) for tid, voices in heard.items()} == dict(
        rows(house, "SELECT id, labels FROM thread")
    )
    assert any(len(voices) > 2 for voices in heard.values())


EVERY_STATE = {
    "a thread that wants {0}": "thread WHERE wants & {1} > 0",
    "a thread that spares itself {0}": "thread WHERE spare & {1} > 0",
    "a reply meant as {0}": "post WHERE n > 1 AND kind = {2}",
}
STATES = {
    "a thread without a wish": "thread WHERE wants = 0",
    "an unwanted reply": "post p JOIN thread t ON t.id = p.tid WHERE p.kind > 0 AND t.spare & (1 << (p.kind - 1)) > 0",
    "a thread nobody answered": "thread WHERE n = 1",
    "a thread of one full page": "thread WHERE n = 20",
    "a content note on a thread": "thread WHERE notes > 0",
    "a content note on a reply": "post WHERE n > 1 AND notes > 0",
    "an unnamed asker": "post WHERE n = 1 AND label = 0",
    "an unnamed asker who answers": "post WHERE n > 1 AND label = 0",
    "an unnamed reply": "post WHERE n > 1 AND label > 0",
    "an edited post": "post WHERE edited > 0",
    "a deleted post": "post WHERE state = 1",
    "an answer to a post": "post WHERE to_n > 1",
    "an answer with a quote": "post WHERE to_n > 0 AND html LIKE '<blockquote%'",
    "first words by name": "post WHERE newcomer = 1 AND pid IS NOT NULL",
    "unnamed first words": "post WHERE newcomer = 1 AND pid IS NULL",
    "somebody welcomed": "post WHERE welcomed > 0",
    "a reply that helped": "post WHERE n > 1 AND helped > 2",
    "an unnamed reply that helped": "post WHERE label > 0 AND helped > 0",
    "a thread that helped": "thread WHERE helped > 0",
    "Latin letters in an Arabic title": "thread WHERE lang = 'ar' AND title LIKE '%tender%'",
    "a very long title": "thread WHERE length(title) > 120",
    "an English thread among Arabic ones": "thread t JOIN community c ON c.id = t.cid WHERE t.lang <> c.language",
    "a reply in another language": "post p JOIN thread t ON t.id = p.tid WHERE p.lang <> t.lang",
    "a persona with pronouns": "persona WHERE pronouns <> ''",
    "a persona that says something": "persona WHERE about <> ''",
    "a community without kinds": "community WHERE wants = 0",
    "a community with topics": "community WHERE topics > 0",
    "a private note": "save",
    "a welcome": "welcome",
    "a translation into English": "post WHERE n < 0 AND lang = 'en'",
    "a translation into Arabic": "post WHERE n < 0 AND lang = 'ar'",
    "a wish for a translation": "wish",
    "a picture": "picture WHERE alt <> ''",
    "two pictures in a post": "picture WHERE place = 2",
    "a picture under a content note": "picture x JOIN post p ON p.id = x.post WHERE p.notes > 0",
    "a picture in a first post": "picture x JOIN post p ON p.id = x.post WHERE p.n = 1",
    "words of a name that is away": "post p JOIN persona x ON x.id = p.pid WHERE x.state & 1 > 0",
    "words of a name that takes no replies": "post p JOIN persona x ON x.id = p.pid WHERE x.state & 4 > 0",
    "a mention of somebody renamed": "post p JOIN persona x ON instr(p.body, lower(hex(x.id))) > 0 WHERE x.name = 'تين'",
    "a mention of somebody away": "post p JOIN persona x ON instr(p.body, lower(hex(x.id))) > 0 WHERE x.state & 1 > 0",
    "an old name that is held": "held",
}  # fmt: skip


@pytest.mark.parametrize("seed", [7, 1])
def test_every_state_stands_in_the_usual_house(house: TestHouse, seed: int) -> None:
    inhabit(house.site, SampleSize(seed))
    for what, asked in STATES.items():
        assert number(house, asked), what
    for kind in Kind:
        for what, asked in EVERY_STATE.items():
            spared = kind in (Kind.EXPERIENCE, Kind.ADVICE, Kind.FACTS, Kind.TALK)
            if kind and (spared or "spares" not in what):
                found = number(house, asked.format(kind.name, bit(kind), int(kind)))
                assert found, what.format(kind.name.lower())
    assert {row[0] for row in rows(house, "SELECT audience FROM community")} == {0, 1, 2, 3, 4}
    assert {row[0] for row in rows(house, "SELECT language FROM community")} == {"ar", "en"}


def test_rows_are_those_that_the_commands_write(house: TestHouse, small: Sample) -> None:
    place, cid = small.communities["trans-ar"]
    first, second = small.personas[small.members[place.key][0]], small.personas[small.members[place.key][1]]
    keys = {viewer.pid: key for key, viewer in small.personas.items()}
    notes, body = int(Note.FAMILY), "> Here it is.\n\nAn answer, *quoted*."
    bulk = Thread(place.key, "A title", wants=bit(Kind.LISTENING), spare=bit(Kind.ADVICE))
    bulk.posts = [
        Post(keys[first.pid], "Here it is.", "en", 0.0, notes=notes),
        Post(keys[second.pid], body, "en", 0.0, unnamed=True, kind=Kind.EXPERIENCE, to=1, new=True),
    ]
    with time_machine.travel(clock.now(), tick=False):
        (written,) = Writer(house.database, small.communities, small.personas).write(iter([bulk]))
        with house.database.write() as uow:
            opening = NewThread(title="A title", body="Here it is.", wants=1, spare=4, notes=notes)
            tid = discussions.open_thread(uow, first, cid, opening).tid
            answer = NewReply(body=body, unnamed=True, kind=Kind.EXPERIENCE, to=1, newcomer=True)
            discussions.reply(uow, second, tid, answer)
    for table, key, chance in (("thread", "id", {"id"}), ("post", "tid", {"id", "tid", "home_tid", "tok"})):
        columns = [column.name for column in metadata.tables[table].columns if column.name not in chance]
        asked = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = x'%s'"
        assert rows(house, asked % written.tid.hex()) == rows(house, asked % tid.hex())


def test_counts_are_of_people(house: TestHouse, small: Sample) -> None:
    counted = dict(rows(house, "SELECT post, count(*) FROM reaction GROUP BY post"))
    shown = dict(rows(house, "SELECT id, helped FROM post WHERE helped > 0"))
    assert counted == shown
    openings = "SELECT t.helped, p.helped FROM thread t JOIN post p ON p.tid = t.id AND p.n = 1"
    assert all(whole == opening for whole, opening in rows(house, openings))


def test_nobody_answers_from_the_future_or_before_she_came(house: TestHouse, small: Sample) -> None:
    assert number(house, f"post WHERE t > {clock.now()}") == 0
    assert (
        number(
            house, "post p JOIN post q ON q.tid = p.tid AND q.n BETWEEN 1 AND p.n - 1 WHERE q.t - 86400 > p.t"
        )
        == 0
    )
    new = {name.key for one in small.dwellers if one.somebody.new for name in one.somebody.personas}
    for key in new:
        first = rows(house, f"SELECT min(t) FROM post WHERE pid = x'{small.personas[key].pid.hex()}'")[0][0]
        assert first is None or first > clock.now() - 8 * clock.DAY, key


def test_what_is_too_small_is_refused_in_words(house: TestHouse) -> None:
    with pytest.raises(HostingTrouble, match="--members 2: at least"):
        inhabit(house.site, SampleSize(members=2))
    assert not house.site.house.sample


def test_a_long_thread_stands_where_there_are_posts_for_it(house: TestHouse) -> None:
    sample = inhabit(house.site, SampleSize(members=12, communities=8, threads=40, posts=900))
    known = credentials(house.database, sample)["threads"]
    assert set(known) == {"long", "fresh", "public", "hidden"}
    lengths = {bytes(tid): n for tid, n in rows(house, "SELECT id, n FROM thread")}
    assert lengths[sample.threads["long"]] == max(lengths.values()) >= 501
    assert lengths[sample.threads["fresh"]] == 20
