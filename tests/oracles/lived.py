"""What may happen to what somebody told unnamed in the library: happenings like the others."""

from __future__ import annotations

from mashrabiya.care.types import Act
from mashrabiya.safety.types import Reason
from mashrabiya.testing.browser import Page
from tests.oracles.happenings import happening, links
from tests.oracles.ordering import HAPPENINGS, UNMOVED
from tests.oracles.world import AUTHORS, BLOCKED, BLOCKER, LOOKING, World

__all__ = ["HAPPENINGS", "UNMOVED"]


@happening("what she told unnamed is marked by everybody but the three, and stands beside its step")
def mark(world: World) -> list[Page]:
    """Everybody who looks says both; whoever hosts puts it beside its step, where its teller agrees."""
    answers = []
    for path in world.stories:
        for who in LOOKING:
            answers += [
                world.send(who, path, f"{path}/h", same="1"),
                world.send(who, path, f"{path}/h", helped="1"),
            ]
        answers.append(world.send("Bob", path, f"{path}/h", same="0"))
    assert {answer.status for answer in answers} == {303}
    return answers


@happening("what she told unnamed is called an outing, hidden and taken away")
def withhold(world: World) -> list[Page]:
    """Two call the first an outing; Carla, of the care team, removes the second."""
    first, second = (path.replace("/y/e/", "/r/e/") for path in world.stories)
    answers = [
        world.send(who, first, first, reason=str(int(Reason.OUTING)), note="Look.")
        for who in ("Bob", BLOCKED)
    ]
    answers.append(world.send("Bob", second, second, reason=str(int(Reason.HATE)), note="This."))
    desk = [link for link in links(world["Carla"].browser.get("/care?in=1")) if link.startswith("/care/")]
    for case in dict.fromkeys(link for link in desk if len(link) == len("/care/") + 26):
        act = str(int(Act.REMOVE))
        answers.append(world.send("Carla", case, case, act=act, words="We agreed on this."))
    assert [answer.status for answer in answers] == [303] * 5
    return answers


@happening("its teller agrees to more, says it anew, and takes some of it back")
def change(world: World) -> list[Page]:
    first, second = world.stories
    told = [
        world.send(world.author, first, f"{first}/l", tick_1="1", tick_2="1"),
        world.send(world.author, f"{first}/e", f"{first}/e", kind="2", was="Said anew. ٤"),
        world.send(world.author, f"{second}/d", f"{second}/d"),
    ]
    assert [answer.status for answer in told] == [303] * 3
    return []


@happening("all three tell of themselves by name, and are kept away for it")
def tell_by_name(world: World) -> list[Page]:
    """Whoever keeps one of them away meets the unnamed as before."""
    for name in AUTHORS:
        said = {"kind": "3", "was": f"{name} lived this.", "unnamed": ""}
        assert world.send(name, "/y/e/new", "/y/e/new", **said).status == 303
    return [world[who].browser.get("/y/e") for who in (BLOCKER, BLOCKED, "Bob")]
