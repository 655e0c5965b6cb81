"""T32, act by act: nothing that can be done here shows old words to more people, or keeps them longer.

What communities themselves decide about doors and time stands in their own tests; here is all the rest
that touches words: each act, under each audience, read afterwards by everybody there is.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.tending import back, tend
from mashrabiya.care.tests.test_concerned import readers
from mashrabiya.care.types import Act
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, listeners, queries
from mashrabiya.discussions.commands.unnaming import forget_persona
from mashrabiya.discussions.types import Answers, Change, NewReply, Placed
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.commands.freezing import call_back, send_away
from mashrabiya.testing.house import TestHouse

HOLDS = listeners.hold_threads


def _post(scene: Scene, thread: Placed, who: str = "alice") -> bytes:
    with scene.house.database.read() as db:
        return queries.thread_page(db, scene[who].viewer, thread.tid).posts[0].id


def decided(act: Act) -> Callable[[Scene, Placed], None]:
    """A decision of those who run the place, and its undoing."""

    def run(scene: Scene, thread: Placed) -> None:
        scene.report("bob", thread)
        decision = scene.decide(act)
        scene.undo(decision)

    return run


def excluded(scene: Scene, thread: Placed) -> None:
    """Somebody else, who then comes back."""
    scene.report("bob", scene.reply("mallory", thread.tid))
    scene.undo(scene.decide(Act.EXCLUDE))


def ordered(act: Act) -> Callable[[Scene, Placed], None]:
    """What those who run the place do with a whole thread, and its undoing. Moving it has tests of its own."""

    def run(scene: Scene, thread: Placed) -> None:
        assert tend(scene, thread, act).status == 303
        assert readers(scene, thread) <= could(scene)
        assert back(scene, thread, act).status == 303

    return run


def answered(scene: Scene, thread: Placed) -> None:
    scene.reply("bob", thread.tid)
    scene.reply("mallory", thread.tid, unnamed=True)


def edited(scene: Scene, thread: Placed) -> None:
    change = Change(
        body="Is it the water, or the light?", title="Mint", wants=3, notes=1, answers=Answers.NOBODY
    )
    with scene.house.database.write() as uow:
        commands.edit(uow, scene["alice"].viewer, thread.tid, _post(scene, thread), new=change)


def helped(scene: Scene, thread: Placed) -> None:
    with scene.house.database.write() as uow:
        commands.mark_helped(uow, scene["bob"].viewer, thread.tid, _post(scene, thread), wish=True)


def new_here(scene: Scene, thread: Placed) -> None:
    """Words for the lamp, under the old ones, and a welcome."""
    new = NewReply(body="I am new.", newcomer=True)
    with scene.house.database.write() as uow:
        commands.reply(uow, scene["alice"].viewer, thread.tid, new)
    with scene.house.database.read() as db:
        (words,) = queries.lamp(db, scene["bob"].viewer).others
    with scene.house.database.write() as uow:
        commands.say_welcome(uow, scene["bob"].viewer, words.id)


def frozen(*, quiet: bool) -> Callable[[Scene, Placed], None]:
    """Away and back."""

    def run(scene: Scene, thread: Placed) -> None:
        with scene.house.database.write() as uow:
            send_away(uow, scene["alice"].viewer.pid, quiet=quiet)
        assert readers(scene, thread) <= could(scene)
        with scene.house.database.write() as uow:
            call_back(uow, scene["alice"].viewer.pid)

    return run


def gone(*, remove: bool) -> Callable[[Scene, Placed], None]:
    """Her persona is deleted, with its posts or without."""

    def run(scene: Scene, thread: Placed) -> None:
        scene.reply("bob", thread.tid)
        with scene.house.database.write() as uow:
            forget_persona(uow, scene["alice"].viewer.pid, remove=remove)

    return run


def another_name(scene: Scene, thread: Placed) -> None:
    scene["alice"].new_persona("Ink")
    scene["alice"].as_persona(0)


def rejoined(scene: Scene, thread: Placed) -> None:
    """Somebody leaves, and comes back where that is possible."""
    with scene.house.database.write() as uow:
        communities.leave(uow, scene["mallory"].viewer, scene.cid)


ACTS: dict[str, Callable[[Scene, Placed], None]] = {
    "hide and undo": decided(Act.HIDE),
    "remove and undo": decided(Act.REMOVE),
    "keep": decided(Act.KEEP),
    "exclude and undo": excluded,
    "close to replies": ordered(Act.SHUT),
    "on top": ordered(Act.TOP),
    "slow": ordered(Act.SLOW),
    "a note of the care team": ordered(Act.CARE_NOTE),
    "answer": answered,
    "edit": edited,
    "helped": helped,
    "new here and welcome": new_here,
    "freeze, shown": frozen(quiet=False),
    "freeze, hidden": frozen(quiet=True),
    "leave her words unnamed": gone(remove=False),
    "take her words away": gone(remove=True),
    "another persona": another_name,
    "leave": rejoined,
}
_INSIDE = {"alice", "bob", "mona", "mallory"}
_OPENS = {
    Audience.PUBLIC: {*_INSIDE, "charlie", "visitor"},
    Audience.SIGNED_IN: {*_INSIDE, "charlie"},
    Audience.MEMBERS: _INSIDE,
    Audience.TRUSTED: _INSIDE,
    Audience.HIDDEN: _INSIDE,
}


def could(scene: Scene) -> set[str]:
    """Who could read what stands there."""
    return _OPENS[scene.audience]


def kept(scene: Scene, thread: Placed) -> int:
    with scene.house.database.read() as db:
        found = queries.find_thread(db, scene["mona"].viewer, thread.tid)
    return found.kept_days if found else 0


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("act", list(ACTS))
def test_no_act_shows_old_words_to_more_people_or_keeps_them_longer(
    house: TestHouse, act: str, audience: Audience
) -> None:
    scene = Scene(house, audience=audience)
    thread = scene.thread()
    assert readers(scene, thread) == could(scene), "else this could show nothing"
    before = kept(scene, thread)
    ACTS[act](scene, thread)
    assert readers(scene, thread) <= could(scene)
    assert kept(scene, thread) <= before
    with house.database.read() as db:
        for name in set(scene.people) - could(scene):
            viewer = scene[name].viewer
            assert queries.find_thread(db, viewer, thread.tid) is None
            for rows in (queries.latest(db, viewer).rows, queries.home_threads(db, viewer).rows):
                assert thread.tid not in [row.id for row in rows]
    assert show_id(thread.tid) not in house.browser().get("/t").text or audience == Audience.PUBLIC
