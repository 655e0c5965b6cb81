"""The sample house: as full as asked, the same each time, and never taken for a real one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mashrabiya.communities import queries as communities
from mashrabiya.kernel.viewer import CARE, HOST
from mashrabiya.people.flows import recover, sign_in
from mashrabiya.platform.db import metadata
from mashrabiya.platform.hosting import HostingTrouble, SampleSize
from mashrabiya.stewardship.sample import Sample, credentials, inhabit
from mashrabiya.testing.house import TestHouse

SIZE = SampleSize(members=12, communities=8, threads=30, posts=160)


def rows(house: TestHouse, asked: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in house.database.connection().execute(asked)]


def number(house: TestHouse, asked: str) -> int:
    return int(rows(house, f"SELECT count(*) FROM {asked}")[0][0])


def shape(house: TestHouse) -> list[list[tuple[Any, ...]]]:
    """What stands there, without ids, keys and days."""
    return [
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
    return inhabit(house.site, SIZE)


def test_it_holds_exactly_as_much_as_asked(house: TestHouse, small: Sample) -> None:
    assert number(house, "account") == SIZE.members
    assert number(house, "community") == SIZE.communities
    assert number(house, "thread") == SIZE.threads
    assert number(house, "post") == SIZE.posts
    assert rows(house, "SELECT sum(n) FROM thread") == [(SIZE.posts,)]


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


def test_everybody_can_sign_in(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)["members"]
    assert len(known) == SIZE.members
    for one in known:
        assert sign_in(house.site, one["sign_in_name"], one["passphrase"])


def test_a_code_of_the_file_leads_back(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)["members"][4]
    recover(house.site, known["recovery_codes"][3], "somebody", "a new lamp behind the bread")
    assert sign_in(house.site, "somebody", "a new lamp behind the bread")


def test_the_file_names_every_role(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)["members"]
    roles = {(one["role"], one["standing"]) for one in known}
    assert roles >= {
        ("host", "established"),
        ("carer", "established"),
        ("member", "established"),
        ("member", "new"),
    }
    assert small.personas["lantern"].roles == {HOST, CARE}


def test_its_paths_open_to_those_it_says(house: TestHouse, small: Sample) -> None:
    known = credentials(house.database, small)
    alice = known["members"][0]
    browser = house.browser("ar")
    assert browser.get(known["threads"]["public"]).status == 200
    assert browser.get(known["threads"]["hidden"]).status == 404
    signed = house.browser("ar")
    signed.cookies["__Host-v"] = sign_in(house.site, alice["sign_in_name"], alice["passphrase"]).text
    for path in (
        *alice["personas"][0]["communities"],
        alice["personas"][0]["path"],
        known["threads"]["fresh"],
    ):
        assert signed.get(path).status == 200


def test_personas_of_one_person_share_no_community(house: TestHouse) -> None:
    sample = inhabit(house.site, SampleSize(members=40, communities=8, threads=30, posts=160))
    for dweller in sample.dwellers:
        for members in sample.members.values():
            assert len(set(members) & set(dweller.personas)) <= 1
    with house.database.read() as db:
        assert communities.my_communities(db, sample.personas["cloud"])
        assert communities.my_communities(db, sample.personas["ink"])


def test_only_members_write(house: TestHouse, small: Sample) -> None:
    outside = "post p WHERE p.pid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership m "
    assert number(house, outside + "WHERE m.cid = p.cid AND m.pid = p.pid)") == 0


def test_labels_are_given_as_the_command_gives_them(house: TestHouse, small: Sample) -> None:
    begun = dict(rows(house, "SELECT tid, label FROM post WHERE n = 1"))
    seen: dict[bytes, dict[int, bytes]] = {}
    for tid, label, token in rows(
        house, "SELECT tid, label, tok FROM post WHERE tok IS NOT NULL ORDER BY tid, n"
    ):
        labels = seen.setdefault(tid, {})
        assert labels.setdefault(label, token) == token
        assert label == 0 or label == 1 + (begun[tid] == 0) or label - 1 in labels
    assert any(len(labels) > 1 for labels in seen.values())


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


def test_every_page_says_that_it_is_a_sample(house: TestHouse, small: Sample) -> None:
    browser = house.browser("ar")
    for path in ("/", "/c", "/t", "/in", "/k"):
        assert 'class="sample"' in browser.get(path).text, path
