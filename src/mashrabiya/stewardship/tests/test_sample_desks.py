"""What else stands in a sample for those who care: waves, cases that somebody has, notes, and sums of time gone by."""

from __future__ import annotations

import pytest

from mashrabiya.care import queries as care
from mashrabiya.care.rules import taken
from mashrabiya.care.types import AS_CARE, WAVE_HOURS, Act, Wish
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.hosting import SampleSize
from mashrabiya.safety.trust.bursts import Sign
from mashrabiya.stewardship.sample import Sample
from mashrabiya.stewardship.tests.sampled import sampled
from mashrabiya.stewardship.tests.test_sample import rows
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def sample(house: TestHouse) -> Sample:
    """The usual house, its carers at work."""
    return sampled(house)


def test_waves_and_what_is_held_are_among_the_posts_that_were_asked_for(
    house: TestHouse, sample: Sample
) -> None:
    assert rows(house, "SELECT count(*) FROM post WHERE n > 0") == [(SampleSize().posts,)]
    assert rows(house, "SELECT count(*) FROM decision WHERE role = 'rule'") == [(2,)]


def test_one_wave_was_hidden_together_and_one_waits(house: TestHouse, sample: Sample) -> None:
    carer = sample.personas["lantern"]
    with house.database.read() as db:
        waiting = care.wave(db, carer, b"", Sign.WORDS, hours=WAVE_HOURS[-1])
        hidden = care.wave(db, carer, b"", Sign.LINKS, hours=WAVE_HOURS[-1])
        assert [len(one.posts) for one in waiting.found] == [5]
        assert hidden.found == []
        ((batch, cid, many),) = rows(
            house,
            f"SELECT batch, cid, count(*) FROM decision WHERE act = {int(Act.HIDE)} "
            "AND batch IS NOT NULL GROUP BY batch, cid",
        )
        assert many == 5
        assert cid == sample.communities["bi-en"][1]
        assert all(one.stands for one in care.get_batch(db, carer, bytes(batch)))
    assert rows(house, "SELECT count(*) FROM audit WHERE action = 'wave:hidden'") == [(1,)]
    # None of it leads anywhere, and none of it has a name.
    alike = rows(house, "SELECT pid, html FROM post WHERE body LIKE '%the list is read elsewhere%'")
    assert [(pid, "/away" in html) for pid, html in alike] == [(None, False)] * 5


def test_a_case_is_taken_one_is_handed_over_and_carers_wrote_beside_both(
    house: TestHouse, sample: Sample
) -> None:
    carer = sample.personas["lantern"]
    with house.database.read() as db:
        waiting, _ = care.queue(db, carer, care.get_place(db, carer, b""))
        had = [one for case in waiting if (one := taken(carer, case))]
        notes = [note for case in waiting for note in care.beside(db, carer, house.keys, case).asides]
    assert [(one.own, one.name, one.role) for one in had] == [(False, "", AS_CARE)]
    assert {case.wish for case in waiting} >= {Wish.SECOND, Wish.OTHER}
    assert len(notes) == 4
    assert all(note.words for note in notes)


def test_the_past_is_told_in_sums_and_some_places_have_none(house: TestHouse, sample: Sample) -> None:
    page = house.browser().get("/d").text
    assert page.count("<svg") >= 2
    logs = [house.browser().get(f"/c/{show_id(cid)}/log") for _, cid in sample.communities.values()]
    told = [page.text for page in logs if page.status == 200]
    assert any("Hidden" in text or "hidden" in text for text in told)
    assert rows(house, "SELECT count(DISTINCT cid) FROM tally") == [(9,)]
    assert rows(house, "SELECT count(*) FROM tally WHERE what = ''") == [(0,)]


def test_the_smallest_house_stands_without_enough_people_for_a_wave(house: TestHouse) -> None:
    size = SampleSize(members=7, communities=6, threads=8, posts=60)
    sampled(house, size)
    assert rows(house, "SELECT count(*) FROM thread") == [(size.threads,)]
    assert rows(house, "SELECT count(*) FROM tally WHERE cid = x''")[0][0] > 0
