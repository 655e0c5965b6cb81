"""A community's log: what was decided there, late, by weeks, and nobody in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mashrabiya.care import commands, jobs, queries
from mashrabiya.care.commands.decisions import hide_for_two
from mashrabiya.care.tests.desks import post_at
from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.seeing import MADE_UP, seen
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.care.types import Act, Decision, NewAnswer, NewDecision
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform import retention
from mashrabiya.testing.house import Person, TestHouse

TOLD_DAYS = 21
"""So long after it, at the latest, a decision is told."""


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house, Audience.PUBLIC)


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    before, clock.offset = clock.offset, clock.offset - days * clock.DAY
    try:
        yield
    finally:
        clock.offset = before


def count(scene: Scene) -> None:
    jobs.keep_sums(scene.house.database)


def path(scene: Scene) -> str:
    return f"/c/{show_id(scene.cid)}/log"


def log(scene: Scene, who: str = "", *, language: str = "en") -> str:
    """What stands on the page between its heading and its end."""
    browser = scene[who].browser if who else scene.house.browser(language)
    page = browser.get(path(scene))
    assert page.status == 200
    return page.text.partition("<main")[2].partition("</main>")[0]


def decide(scene: Scene, act: Act = Act.HIDE, *, unnamed: bool = False, who: str = "alice") -> Decision:
    scene.report("bob", scene.thread(who, unnamed=unnamed))
    return scene.decide(act)


def test_a_week_is_told_two_weeks_after_its_end_and_not_before(scene: Scene) -> None:
    with days_ago(14):
        decide(scene)
    count(scene)
    assert "A post hidden" not in log(scene)
    clock.offset += (TOLD_DAYS - 14) * clock.DAY
    count(scene)
    assert "A post hidden" in log(scene)
    clock.offset = 0.0


def test_it_names_nobody_and_says_no_word_of_a_post_or_a_reason(scene: Scene) -> None:
    with days_ago(TOLD_DAYS):
        thread = scene.thread("alice")
        scene.report("bob", thread, note="Bob saw it at the station.")
        scene.decide(Act.EXCLUDE)
        decide(scene, Act.REMOVE, unnamed=True, who="mallory")
    count(scene)
    for who in ("", "alice", "bob", "mona"):
        text = log(scene, who)
        assert "A post removed" in text
        for secret in ("Alice", "Bob", "Mona", WORDS, "station", show_id(thread.tid), "Those who run"):
            assert secret not in text, (who, secret)


def test_what_was_done_with_a_person_is_a_step_and_no_more(house: TestHouse) -> None:
    pages: list[str] = []
    people: dict[str, Person] = {}
    for act, name in ((Act.WORD, "First"), (Act.PAUSE, "Second"), (Act.EXCLUDE, "Third")):
        scene = Scene(house, Audience.PUBLIC, name=name, people=people)
        people = scene.people
        with days_ago(TOLD_DAYS):
            decide(scene, act)
        count(scene)
        pages.append(alike(scene, log(scene)))
    assert "A step towards a person" in pages[0]
    assert pages[0] == pages[1] == pages[2]


def alike(scene: Scene, text: str) -> str:
    """The page without the address and the name of its own place."""
    return text.replace(show_id(scene.cid), "here").replace(f"<bdi>{scene.name}</bdi>", "<bdi>here</bdi>")


@pytest.mark.parametrize("act", [Act.HIDE, Act.REMOVE, Act.EXCLUDE, Act.PAUSE])
def test_which_voice_it_was_changes_no_byte(house: TestHouse, act: Act) -> None:
    """Alice or Mallory, by name or unnamed, reported by Bob or by Alice: one page for all."""
    pages: set[str] = set()
    people: dict[str, Person] = {}
    for name, who, unnamed, reporter in (
        ("First", "alice", False, "bob"),
        ("Second", "alice", True, "bob"),
        ("Third", "mallory", True, "alice"),
        ("Fourth", "mallory", False, "bob"),
    ):
        scene = Scene(house, Audience.PUBLIC, name=name, people=people)
        people = scene.people
        with days_ago(TOLD_DAYS):
            scene.report(reporter, scene.thread(who, unnamed=unnamed))
            scene.decide(act, "mona")
        count(scene)
        pages.add(alike(scene, log(scene)))
    assert len(pages) == 1


def test_what_was_left_as_it_was_is_not_told_since_its_author_would_know_of_a_report(scene: Scene) -> None:
    with days_ago(TOLD_DAYS):
        decide(scene, Act.KEEP)
        decide(scene, Act.HIDE)
    count(scene)
    assert "Left as it was" not in log(scene)
    assert log(scene).count('class="row"') == 1


def test_what_two_reports_hid_is_not_told_either(scene: Scene) -> None:
    with days_ago(TOLD_DAYS):
        post = scene.thread("alice")
        with scene.house.database.write() as uow:
            hide_for_two(uow, scene.cid, post_at(uow, post))
    count(scene)
    assert 'class="row"' not in log(scene)


@pytest.mark.parametrize(("times", "said"), [(1, "Once or twice"), (2, "Once or twice"), (3, "3 times")])
def test_fewer_than_three_are_not_counted(scene: Scene, times: int, said: str) -> None:
    with days_ago(TOLD_DAYS):
        for _ in range(times):
            decide(scene)
    count(scene)
    assert said in log(scene)


def test_not_even_the_table_holds_a_small_number(scene: Scene) -> None:
    with days_ago(TOLD_DAYS):
        decide(scene)
        decide(scene)
    count(scene)
    rows = scene.house.database.connection().execute("SELECT cid, shown FROM tally").fetchall()
    # In the first weeks of a month the house's own sums of the last one are there too.
    assert [bytes(cid) for cid, _ in rows if cid] == [scene.cid]
    assert {shown for _, shown in rows} == {0}


def test_what_was_taken_back_stands_in_its_own_week_and_changes_no_other(scene: Scene) -> None:
    with days_ago(TOLD_DAYS + 14):
        decision = decide(scene)
    count(scene)
    before = log(scene)
    assert "A post hidden" in before
    scene.undo(decision)
    count(scene)
    assert log(scene) == before
    clock.offset += TOLD_DAYS * clock.DAY
    count(scene)
    assert "Taken back: A post hidden" in log(scene)
    assert log(scene).count("A post hidden") == 2
    clock.offset = 0.0


@pytest.mark.parametrize("reverse", [True, False])
def test_how_an_objection_ended_is_told(scene: Scene, *, reverse: bool) -> None:
    with days_ago(TOLD_DAYS):
        decision = decide(scene)
        house, alice = scene.house, scene["alice"].viewer
        carer = a_carer(house).viewer
        with house.database.write() as uow:
            found = commands.appeal(uow, alice, house.keys, decision.id, words="No school is named.")
            assert found.appeal is None
        with house.database.read() as db:
            which = queries.get_concerned(db, alice, house.keys, decision.id).appeal
        assert which is not None
        with house.database.write() as uow:
            new = NewAnswer(reverse, "Looked again.")
            commands.answer_appeal(uow, carer, house.keys, which.id, new=new)
    count(scene)
    text = log(scene)
    ends = ("the decision stands", "the decision was taken back")
    assert (ends[0] in text, ends[1] in text) == (not reverse, reverse)
    assert "Looked again" not in text


def test_only_what_is_agreed_today_is_cited(scene: Scene) -> None:
    """A door opened wider shows no older words: an agreement of then that is gone is only said to have been one."""
    with days_ago(TOLD_DAYS):
        scene.report("bob", scene.thread())
        case, mona = scene.case(), scene["mona"].viewer
        with scene.house.database.write() as uow:
            commands.decide(uow, mona, case.id, NewDecision(act=Act.HIDE, words=WORDS, agreement=0))
    count(scene)
    assert "Be kind." in log(scene)
    new = NewCommunity(name="Night kitchen", language="en", audience=Audience.PUBLIC, agreements="Be brief.")
    with scene.house.database.write() as uow:
        communities.edit(uow, scene["mona"].viewer, scene.cid, new)
    text = log(scene)
    assert "Be kind." not in text
    assert "changed since" in text


@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.MEMBERS, Audience.HIDDEN])
def test_whoever_may_not_read_there_finds_nothing_where_a_log_is(
    house: TestHouse, audience: Audience
) -> None:
    scene = Scene(house, audience)
    with days_ago(TOLD_DAYS):
        decide(scene)
    count(scene)
    assert "A post hidden" in log(scene, "bob")
    visitor = house.browser().get(path(scene))
    nothing = house.browser().get(f"/c/{MADE_UP}/log")
    assert (visitor.status, visitor.headers, visitor.body) == (404, nothing.headers, nothing.body)
    charlie = scene["charlie"]
    if audience != Audience.SIGNED_IN:
        assert seen(house, charlie, path(scene)) == seen(house, charlie, f"/c/{MADE_UP}/log")
        assert charlie.browser.get(path(scene)).status == 404


def test_the_way_to_it_stands_for_whoever_may_read(house: TestHouse) -> None:
    scene = Scene(house, Audience.MEMBERS)
    link = f'href="{path(scene)}"'
    place = f"/c/{show_id(scene.cid)}"
    assert link in scene["bob"].browser.get(place).text
    assert link not in scene["charlie"].browser.get(place).text


def test_a_night_twice_or_a_missed_night_counts_nothing_twice(scene: Scene) -> None:
    with days_ago(TOLD_DAYS + 7):
        decide(scene)
    count(scene)
    before = log(scene)
    count(scene)
    clock.offset += 8 * clock.DAY
    count(scene)
    assert log(scene) == before
    clock.offset = 0.0


def test_older_weeks_stand_on_other_pages_each_once(scene: Scene) -> None:
    for weeks in range(14):
        with days_ago(TOLD_DAYS + 7 * weeks):
            decide(scene)
        with days_ago(7 * weeks):
            count(scene)
    first = log(scene)
    assert first.count("<h2") == 12
    (older,) = set(re.findall(r'href="(/c/[^"]*/log\?after=\d+)"', first))
    second = scene.house.browser().get(older).text
    assert second.count("Week from") == 2
    for made_up in ("-1", "x", "9" * 30, "٣"):
        assert scene.house.browser().get(f"{path(scene)}?after={made_up}").status == 200


def test_it_goes_after_two_years(scene: Scene) -> None:
    with days_ago(TOLD_DAYS):
        decide(scene)
    count(scene)
    clock.offset += 725 * clock.DAY
    retention.sweep(scene.house.database)
    rows = scene.house.database.connection().execute("SELECT count(*) FROM tally").fetchall()
    clock.offset = 0.0
    assert [tuple(row) for row in rows] == [(0,)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_in_both_languages_and_costs_few_statements(house: TestHouse, language: str) -> None:
    scene = Scene(house, Audience.PUBLIC, language)
    with days_ago(TOLD_DAYS):
        decide(scene)
    count(scene)
    said = {"en": "A post hidden", "ar": "إخفاء مشاركة"}[language]
    assert said in log(scene, language=language)
    assert statements(scene["bob"], path(scene)) <= 6
