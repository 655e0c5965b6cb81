"""What those who care for a place may do with a thread in which somebody wrote unnamed: happenings like the others."""

from __future__ import annotations

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.browser import Page
from tests.oracles.happenings import HAPPENINGS, UNMOVED, happening, unnamed
from tests.oracles.world import AUTHORS, LOOKING, World

__all__ = ["HAPPENINGS", "UNMOVED"]


@happening("what she wrote in is moved to another community")
def move(world: World) -> list[Page]:
    """Mona moves both threads to a place of hers, where everybody but Charlie is; who wrote there goes on."""
    with world.step("another place of Mona's"):
        inside = [world[name] for name in dict.fromkeys(("Mona", *LOOKING, *AUTHORS)) if name != "Charlie"]
        there = show_id(open_place(world.house, *inside, audience=Audience.PUBLIC))
    answers = []
    for thread in ("Open", "Unnamed"):
        door = f"{world.threads[thread]}/a/m"
        answers.append(world.send("Mona", f"{door}?to={there}", door, words="It is about this."))
    assert [answer.status for answer in answers] == [303, 303], answers[0].text
    world.say(world.author, "Open", "Unnamed there.", unnamed="1", to="2")
    answers += [world.say("Bob", "Open", "To whoever it is.", to=str(unnamed(world, "Open")))]
    return answers + [world.say(name, "Open", f"{name} goes on there.") for name in AUTHORS]


@happening("some of what she wrote in becomes a thread of its own")
def split(world: World) -> list[Page]:
    """With words of all three, named and not; they write in both, what answers leads across; then the suspect freezes."""
    answers = []
    for thread, first in (("Open", 4), ("Unnamed", 2)):
        door = f"{world.threads[thread]}/a/d"
        fields = {"title": f"From {thread}", "words": "Of itself.", f"pick_{first}": "1", "which": "on"}
        answers.append(world.send("Mona", door, door, **fields))
        assert answers[-1].status == 303, answers[-1].text
        world.threads[f"From {thread}"] = answers[-1].location
    for thread in ("Open", "From Open", "From Unnamed"):
        world.say(world.author, thread, "Unnamed, and after.", unnamed="1", to="2")
        answers += [world.say(name, thread, f"{name} goes on.") for name in AUTHORS]
    answers += [world.say("Bob", "From Open", "To her.", to=str(unnamed(world, "From Open")))]
    with world.step("the freeze"):
        sheet = world.house.browser().get("/s").form("/s")
        world.house.browser().post("/s", {**sheet.fields, "code": world.told.freeze_code})
    return answers


@happening("what became a thread of its own is put back")
def join(world: World) -> list[Page]:
    door = f"{world.threads['Open']}/a/d"
    fields = {"title": "For a moment", "words": "Of itself.", "pick_4": "1", "which": "on"}
    away = world.send("Mona", door, door, **fields)
    back = world.send("Mona", f"{away.location}/a/d", f"{away.location}/a/d", back="1")
    assert back.status == 303, back.text
    return [away, back, world.say("Bob", "Open", "All of it is here again.")]
