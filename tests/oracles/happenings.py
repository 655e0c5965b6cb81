"""What may happen after somebody wrote unnamed: each of it must look the same whoever she was.

A happening answers what those who did it were told, so that this is compared too.
What is done to one of the three is done to Lubna, who wrote it in one house and not in the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from html import unescape

from mashrabiya.care.types import Act
from mashrabiya.communities import commands as communities
from mashrabiya.discussions.tests.thread_steps import token_of
from mashrabiya.kernel import clock
from mashrabiya.people import flows
from mashrabiya.people.commands import change_grant
from mashrabiya.people.types import Grant, Voice, Wish
from mashrabiya.platform import retention
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.worker import Worker
from mashrabiya.safety.types import Reason
from mashrabiya.testing.browser import Page
from tests.oracles.world import AUTHORS, BLOCKED, BLOCKER, LOOKING, SUSPECT, World

Happening = Callable[[World], list[Page]]
HAPPENINGS: dict[str, Happening] = {}


def happening(name: str) -> Callable[[Happening], Happening]:
    def keep(act: Happening) -> Happening:
        HAPPENINGS[name] = act
        return act

    return keep


def unnamed(world: World, thread: str) -> int:
    """The number of the last unnamed post of the author in a thread."""
    path = world.threads[thread].rpartition("/")[2]
    return max(n for tid, n, _ in world.numbers() if tid == path)


def tell(world: World) -> None:
    """What was recorded is told: notices among it."""
    with world.step("facts are told"):
        Worker(world.house.database, world.house.keys).drain()


def pass_days(world: World, days: int) -> None:
    """Days pass, with everything that happens by itself; whoever looks signs in again."""
    with world.step(f"{days} days pass"):
        clock.offset += days * clock.DAY
        Worker(world.house.database, world.house.keys).drain()
        Staggered(world.house.database, world.house.keys.of("field")).all_now()
        retention.sweep(world.house.database)
        Worker(world.house.database, world.house.keys).drain()
    for name in (*LOOKING, *AUTHORS):
        with world.step(f"{name} signs in again"), suppress(Exception):
            person = world[name]
            person.browser.cookies[SESSION] = flows.sign_in(
                world.house.site, person.name, person.passphrase
            ).text


UNMOVED = "it stands there"


@happening(UNMOVED)
def nothing(_world: World) -> list[Page]:
    return []


@happening("the suspect is blocked, muted, and her name a hidden word")
def keep_away(world: World) -> list[Page]:
    """Hala blocks her; Bob mutes her and the label, and hides her name."""
    suspect = world[SUSPECT].viewer.pid
    with world.step("the block"):
        flows.block(world.house.site, world[BLOCKER].viewer, suspect, shared=True)
    with world.step("the mute"):
        flows.keep_away(world.house.site, world["Bob"].viewer, Voice(pid=suspect), Wish("mute", shared=True))
    n = unnamed(world, "Open")
    label = f"{world.threads['Open']}/m/{n}"
    return [
        world.send("Bob", label, label, act="mute", length="open"),
        world.send("Bob", "/me/m", "/me/m", words=f"{SUSPECT}\nلبنى"),
        # Whoever has her blocked answers what is unnamed as before.
        world.say(BLOCKER, "Unnamed", "To whoever it is."),
        world.say(BLOCKER, "Open", "And here.", to=str(n)),
    ]


@happening("somebody vouches for the suspect, and another takes it back")
def stand_for(world: World) -> list[Page]:
    """Carla, of the care team, comes to the place, vouches for her; Mona does too, and no more."""
    _trust(world)
    face = world[SUSPECT].viewer.face
    assert face is not None
    path = f"/p/{face.pub}/v"
    answers = [world.send(who, path, path, act="vouch") for who in ("Carla", "Mona")]
    answers.append(world.send("Mona", path, path, act="pull"))
    answers.append(world.send("Mona", "/me/i", "/me/i"))
    assert [answer.status for answer in answers] == [303] * 4
    return answers


def _trust(world: World) -> None:
    """The house trusts Mona and Carla, who comes to the place."""
    for who in ("Carla", "Mona"):
        with world.step(f"{who} is trusted"), world.house.database.write() as uow:
            change_grant(uow, world[who].viewer.pid, add=Grant.TRUSTED, keys=world.house.keys)
    with world.step("Carla comes in"), world.house.database.write() as uow:
        communities.join(uow, world["Carla"].viewer, world.told.cid)


@happening("whom the suspect has blocked writes to the unnamed")
def blocked_writes(world: World) -> list[Page]:
    n = str(unnamed(world, "Open"))
    thread = world.threads["Open"]
    return [
        world.say(BLOCKED, "Unnamed", "I am blocked, and nobody says so."),
        world.say(BLOCKED, "Unnamed", "Nor here.", to="1"),
        world.say(BLOCKED, "Open", "Nor under this.", to=n),
        world.say(BLOCKED, "Open", "Nor unnamed.", to=n, unnamed="1"),
        world.send(BLOCKED, f"{thread}?quote={n}", thread, body="> quoted\n\nNor quoting."),
    ]


@happening("the unnamed helped, is welcomed and reported")
def react(world: World) -> list[Page]:
    answers = []
    for who in ("Alice", "Bob", BLOCKED, BLOCKER):
        sheet = {"_f": token_of(world[who].browser.get(world.threads["Open"])), "helped": "1"}
        for tid, _, post in world.numbers():
            with world.step(f"{post} helped {who}"):
                answers.append(world[who].browser.post(f"/t/{tid}/h/{post}", sheet))
        lamp = [sheet.action for sheet in world[who].browser.get("/n").forms]
        answers += [world.send(who, "/n", action) for action in lamp if action.startswith("/n/")]
    assert sum(answer.status == 303 for answer in answers) > 25
    report = f"/r/t/{world.threads['Open'].rpartition('/')[2]}/{unnamed(world, 'Open')}"
    answers += [
        world.send(who, report, report, reason=str(int(Reason.OUTING)), note="Look.")
        for who in ("Bob", BLOCKED)
    ]
    return answers


def decide(world: World, thread: str, n: int, act: Act) -> list[Page]:
    """Bob reports it, Mona decides."""
    report = f"/r/t/{world.threads[thread].rpartition('/')[2]}/{n}"
    told = [world.send("Bob", report, report, reason=str(int(Reason.OUTING)), note="")]
    desk = world["Mona"].browser.get(f"{world.place}/care")
    case = next(link for link in links(desk) if link.startswith("/care/"))
    decided = world.send("Mona", case, case, act=str(int(act)), words="We agreed on this.", days="30")
    assert decided.status == 303, decided.text
    return [*told, decided]


def links(page: Page) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)]


@happening("the unnamed is hidden, and taken away")
def withhold(world: World) -> list[Page]:
    return [
        *decide(world, "Open", unnamed(world, "Open"), Act.HIDE),
        *decide(world, "Unnamed", unnamed(world, "Unnamed"), Act.REMOVE),
    ]


@happening("whoever wrote it may write unnamed no longer, and all three go on by name")
def close_unnamed(world: World) -> list[Page]:
    told = decide(world, "Open", unnamed(world, "Open"), Act.EXCLUDE)
    for name in AUTHORS:
        world.say(name, "Open", f"{name} goes on.")
        world.say(name, "Unnamed", f"{name} here as well.")
    return told


@happening("the suspect is excluded for what she wrote by name")
def exclude(world: World) -> list[Page]:
    return decide(world, f"Of {SUSPECT}", 1, Act.EXCLUDE)


@happening("its author changes it and takes some of it back")
def change(world: World) -> list[Page]:
    author = world.author
    for tid, n, post in world.numbers():
        page = f"/t/{tid}/e/{post}"
        if world[author].browser.get(page).status == 200:
            world.send(author, page, page, body=f"Changed. ٤ {n}", title="Changed")
    last = [(tid, post) for tid, _, post in world.numbers()]
    for tid, post in last:
        page = f"/t/{tid}/d/{post}"
        if f"/t/{tid}" == world.threads["Open"] and world[author].browser.get(page).status == 200:
            world.send(author, page, page)
    return []


@happening("the suspect takes no replies, shows her page to nobody, and lets named voices alone answer")
def rest(world: World) -> list[Page]:
    own = world.threads[f"Of {SUSPECT}"]
    edit = next(link for link in links(world[SUSPECT].browser.get(own)) if "/e/" in link)
    world.send(SUSPECT, edit, edit, answers="1")
    world.send(SUSPECT, "/me/p/edit", "/me/p/edit", seen="nobody", replies="none")
    n = str(unnamed(world, "Open"))
    return [
        world.say("Bob", "Unnamed", "Bob still answers."),
        world.say("Bob", "Open", "Here too.", to=n),
        world.say(BLOCKED, "Unnamed", "And unnamed.", unnamed="1"),
        world.say("Bob", f"Of {SUSPECT}", "This is not taken now."),
        world.say("Bob", f"Of {SUSPECT}", "Nor this.", unnamed="1"),
    ]


@happening("the suspect changes her name, her picture and what she says of herself, and leaves the place")
def rename(world: World) -> list[Page]:
    world.send(SUSPECT, "/me/p/edit", "/me/p/name", name="Shams")
    world.send(SUSPECT, "/me/p/edit", "/me/p/tile")
    world.send(SUSPECT, "/me/p/edit", "/me/p/edit", about="Another.")
    world.send(SUSPECT, f"{world.place}/out", f"{world.place}/out")
    return [world.say("Bob", "Unnamed", "Is anybody here?")]


@happening("the suspect deletes the name in use, with its posts")
def drop_name(world: World) -> list[Page]:
    again = {"name": world[SUSPECT].name, "pass": world[SUSPECT].passphrase, "posts": "remove"}
    world.send(SUSPECT, "/me/p/delete", "/me/p/delete", **again)
    pass_days(world, 1)
    return []


def leave_for_good(world: World, **how: str) -> list[Page]:
    again = {"name": world[SUSPECT].name, "pass": world[SUSPECT].passphrase}
    assert world.send(SUSPECT, "/me/delete", "/me/delete", **again, **how).status == 200
    pass_days(world, 4)
    return [world.say("Bob", "Unnamed", "Is anybody here?")]


@happening("the suspect deletes her account, with what she wrote by name")
def delete_account(world: World) -> list[Page]:
    return leave_for_good(world, posts="remove")


@happening("the suspect deletes her account at once, and leaves her words")
def delete_at_once(world: World) -> list[Page]:
    return leave_for_good(world, posts="leave", when="now")


@happening("the suspect freezes everything")
def freeze(world: World) -> list[Page]:
    with world.step("the freeze"):
        sheet = world.house.browser().get("/s").form("/s")
        world.house.browser().post("/s", {**sheet.fields, "code": world.told.freeze_code})
    return [world.say("Bob", "Unnamed", "Is anybody here?")]


@happening("time passes")
def grow_old(world: World) -> list[Page]:
    pass_days(world, 3)
    return [world.say("Bob", "Open", "Somebody comes back to it.")]
