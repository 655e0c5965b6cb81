"""What carers do where somebody may harm herself: gentle acts and help first, and nobody is closed out for it."""

from __future__ import annotations

import pytest

from mashrabiya.care import queries, rules
from mashrabiya.care.tests.factories import WORDS, Scene, report_path
from mashrabiya.care.tests.staffed import with_role
from mashrabiya.care.types import Act
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.people.types import Grant
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import Reason
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

GENTLE = {Act.WORD, Act.ASK, Act.NOTE, Act.KEEP}
HARD = (Act.HIDE, Act.REMOVE, Act.PAUSE, Act.EXCLUDE)


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def call(scene: Scene, placed: Placed, reason: Reason = Reason.CALL) -> None:
    connection = scene.house.database.connection()
    rows = connection.execute("SELECT id, tid, n FROM post").fetchall()
    post = next(bytes(post) for post, tid, n in rows if (bytes(tid), n) == (placed.tid, placed.n))
    with scene.house.database.write() as uow:
        safety.call(uow, scene.cid, post, reason)


def decide(scene: Scene, act: Act, **typed: str) -> Page:
    path = scene.case().path
    form = {"act": str(int(act)), "words": WORDS, "days": "7", "note_8": "1", **typed}
    return scene["mona"].browser.submit(path, path, **form)


@pytest.mark.parametrize("reason", [Reason.CALL, Reason.WAY, Reason.SELF_HARM])
@pytest.mark.parametrize("unnamed", [False, True])
def test_gentle_acts_alone_are_offered_and_help_comes_first(
    scene: Scene, reason: Reason, unnamed: bool
) -> None:
    thread = scene.thread(unnamed=unnamed)
    if reason.is_call:
        call(scene, thread, reason)
    else:
        scene.report("bob", thread, reason)
    page = scene["mona"].browser.get(scene.case().path).text
    assert "Nobody is hidden, paused or excluded for this" in page
    assert all(f'name="act" value="{int(act)}"' in page for act in GENTLE)
    assert not any(f'name="act" value="{int(act)}"' in page for act in HARD)
    assert page.index('value="en.help"') < page.index('value="en.outing"')
    assert ("not a report" in page) == reason.is_call
    for act in HARD:
        refused = decide(scene, act)
        assert refused.status == 422
        assert "only gentle acts" in refused.text
    assert decide(scene, Act.WORD).status == 303
    assert "Is it the water" in scene.page("bob", thread), "a call took the words away"


def test_for_something_else_all_is_offered_and_that_is_what_it_is_decided_for(scene: Scene) -> None:
    thread = scene.thread()
    call(scene, thread)
    path = scene.case().path
    assert f'name="act" value="{int(Act.HIDE)}"' in scene["mona"].browser.get(f"{path}?other=1").text
    for other in (Reason.SELF_HARM, Reason.CALL, Reason.WAY):
        assert decide(scene, Act.HIDE, other=str(int(other))).status == 422
    assert decide(scene, Act.HIDE, other=str(int(Reason.SPAM))).status == 303
    mona = scene["mona"].viewer
    with scene.house.database.read() as db:
        decided = queries.decided(db, mona, queries.get_place(db, mona, scene.cid)).rows
    assert [one.reason for one in decided] == [Reason.SPAM]


def test_a_report_of_something_else_opens_the_other_acts(scene: Scene) -> None:
    thread = scene.thread()
    call(scene, thread)
    scene.report("bob", thread, Reason.HATE)
    page = scene["mona"].browser.get(scene.case().path).text
    assert f'name="act" value="{int(Act.HIDE)}"' in page
    assert scene.case().people == 1, "a call counts as a report"
    assert decide(scene, Act.HIDE).status == 303


def test_calls_count_for_nothing_and_one_waits(scene: Scene) -> None:
    thread = scene.thread()
    for _ in range(5):
        call(scene, thread)
        call(scene, thread, Reason.WAY)
    case = scene.case()
    assert case.people == 0
    assert case.is_call
    assert "Is it the water" in scene.page("bob", thread)
    (rows,) = scene.house.database.connection().execute("SELECT count(*) FROM report").fetchone()
    assert rows == 2
    decide(scene, Act.KEEP)
    call(scene, thread, Reason.WAY)
    with scene.house.database.read() as db:
        waiting = queries.queue(
            db, scene["mona"].viewer, queries.get_place(db, scene["mona"].viewer, scene.cid)
        )
    assert not waiting[0]


def test_nobody_reports_a_call_and_no_one_finds_it_among_her_reports(scene: Scene) -> None:
    thread = scene.thread()
    path = report_path(thread)
    for reason in (Reason.CALL, Reason.WAY):
        assert scene["bob"].browser.submit(path, path, reason=str(int(reason))).status == 422
    call(scene, thread)
    assert "Is it the water" not in scene["alice"].browser.get("/me/r").text
    assert scene["alice"].browser.get(scene.desk).status == 404
    assert scene["alice"].browser.get(scene.case().path).status == 404


def test_the_house_is_closed_to_nobody_for_it(scene: Scene) -> None:
    carla = with_role(scene.house.person("Carla"), Grant.CARE)
    thread = scene.thread()
    scene.report("bob", thread, Reason.SELF_HARM)
    path = scene.case().path
    assert f"{path}/x" not in carla.browser.get(path).text
    assert carla.browser.get(f"{path}/x").status == 404
    scene.report("mallory", thread, Reason.HATE)
    assert carla.browser.get(f"{path}/x").status == 200


def test_openly_told_numbers_count_no_call(scene: Scene) -> None:
    month = rules.month_of(clock.day())

    def told() -> set[str]:
        with scene.house.database.read() as db:
            return {one.what for one in queries.monthly(db, month - 1, month)}

    call(scene, scene.thread())
    assert "received" not in told()
    scene.report("bob", scene.thread())
    assert "received" in told()


def test_the_page_of_a_call_stays_within_its_statements(scene: Scene) -> None:
    call(scene, scene.thread())
    assert statements(scene["mona"], scene.case().path) <= 6
