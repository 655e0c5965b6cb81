"""Three months in a house, lived through its own commands, for an attacker who then takes the disk."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import AnonMode, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.queries import thread_page
from mashrabiya.discussions.tests.factories import shown_as
from mashrabiya.discussions.types import NewPoll, NewReply, NewThread
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED, Viewer
from mashrabiya.notifications.commands.subs import Subs
from mashrabiya.people.commands import invite
from mashrabiya.people.commands.drafts import keep_draft
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.commands.personas import Draft
from mashrabiya.people.commands.private import read_lists
from mashrabiya.people.commands.saved import Keeping, write_note
from mashrabiya.people.flows.beginning import SignUp, sign_up
from mashrabiya.people.flows.entering import Unlocked, enter
from mashrabiya.people.flows.reaching import block
from mashrabiya.people.flows.switching import add_persona
from mashrabiya.people.queries import find_invited, open_session, private_shelf, read_keys, save_keys
from mashrabiya.people.types import Band
from mashrabiya.platform.db import Database
from mashrabiya.safety.trust import commands as trust
from mashrabiya.testing.house import TestHouse

from .telling import follow_and_read, tell

ARRIVING_DAYS, LIVING_DAYS = 60, 30
COMMUNITIES, THREADS = 25, 200
ACCOUNTABLE, POLLS = 8, 40
POLL = NewPoll(("One", "Two", "Three"), days=30)


@dataclass(slots=True)
class World:
    """The house, and the truth that its attacker must not find: whose each persona is."""

    house: TestHouse
    dice: random.Random
    keeping: Keeping
    marks: Marks
    owner: dict[bytes, int] = field(default_factory=dict)
    people: list[tuple[Unlocked, Viewer]] = field(default_factory=list)
    arrived: list[bytes] = field(default_factory=list)
    places: list[bytes] = field(default_factory=list)
    threads: list[bytes] = field(default_factory=list)
    # Polls that stay open to the end, and each ballot by its mark: whose it is.
    polls: list[bytes] = field(default_factory=list)
    ballots: dict[bytes, int] = field(default_factory=dict)
    # One private note of each persona that wrote any: its tag, and whose it is.
    kept: dict[bytes, int] = field(default_factory=dict)
    noted: set[bytes] = field(default_factory=set)
    # One mark of what each persona read, by its tag, and whose it is.
    read: dict[bytes, int] = field(default_factory=dict)
    reading: set[bytes] = field(default_factory=set)
    # One thread that each persona follows: its address beside the thread, and whose it is.
    told: random.Random = field(default_factory=lambda: random.Random(7))
    subs: Subs | None = None
    followed: dict[bytes, int] = field(default_factory=dict)
    following: set[bytes] = field(default_factory=set)
    rung: dict[bytes, int] = field(default_factory=dict)
    # One block that each persona made, by its tag: whose it is, and between whom it stands.
    blocks: dict[bytes, int] = field(default_factory=dict)
    blocked: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)


def live(house: TestHouse, *, accounts: int, seed: int) -> World:
    """People arrive over sixty days, then join, write by name and unnamed, and come back."""
    world = World(house, random.Random(seed), Keeping(house.database), Marks(house.database, every=10_000))
    world.subs = Subs(house.database, every=10_000)
    _furnish(world)
    for number in range(accounts):
        clock.offset += ARRIVING_DAYS * clock.DAY / accounts
        _arrive(world, number)
    _ask(world)
    steps = 6 * accounts
    for _ in range(steps):
        clock.offset += LIVING_DAYS * clock.DAY / steps
        _act(world)
    world.marks.write()
    tell(world)
    return world


def _furnish(world: World) -> None:
    host = world.house.person("host of all").viewer
    host = _with_role(host)
    with world.house.database.write() as uow:
        for number in range(COMMUNITIES):
            world.places.append(communities.found(uow, host, NewCommunity(name=f"Place {number}")))
    _agree_to_be_accountable(world)
    with world.house.database.write() as uow:
        for number in range(THREADS):
            title, unnamed = f"Thread {number}", number % 3 == 0
            new = NewThread(title=title, body="A beginning", unnamed=unnamed, learnable=shown_as(host))
            placed = discussions.open_thread(uow, host, world.dice.choice(world.places), new)
            assert placed is not None
            world.threads.append(placed.tid)


def _ask(world: World) -> None:
    host = _with_role(world.house.person("asks all").viewer)
    for number in range(POLLS):
        cid = world.dice.choice(world.places)
        _join(world.house.database, host, cid)
        with world.house.database.write() as uow:
            new = NewThread(title=f"Poll {number}", body="Which?", poll=POLL)
            world.polls.append(discussions.open_thread(uow, host, cid, new).tid)


def _agree_to_be_accountable(world: World) -> None:
    """In some places two could learn who writes unnamed: what they could open lies in the files."""
    for name in ("carer of all", "other carer"):
        carer = world.house.person(name).viewer
        with world.house.database.write() as uow:
            for cid in world.places[:ACCOUNTABLE]:
                communities.take_key(uow, carer, cid, house=True)
    with world.house.database.write() as uow:
        for cid in world.places[:ACCOUNTABLE]:
            communities.change_anon_mode(uow, cid, AnonMode.ACCOUNTABLE)


def _with_role(viewer: Viewer) -> Viewer:
    from dataclasses import replace

    return replace(viewer, roles=frozenset({HOST, CARE}))


def _arrive(world: World, number: int) -> None:
    site, dice = world.house.site, world.dice
    code = _invited(world) if dice.random() < 0.5 else ""
    wish = SignUp(f"arrival {number}", f"quiet lantern words {number}", Band.ADULT, code)
    unlocked = sign_up(site, wish).unlocked
    shown = enter(site, unlocked).text
    for _ in range(dice.choice((1, 2, 2))):
        viewer = _seen(site, shown)
        name = "".join(dice.choices("abcdefghijklmnop", k=12))
        shown = add_persona(site, viewer, shown, Draft(name)).text
        viewer = _seen(site, shown)
        world.owner[viewer.pid] = number
        world.arrived.append(viewer.pid)
        world.people.append((unlocked, viewer))


def _invited(world: World) -> str:
    """By an invitation of somebody who came before, if she has made none of late."""
    if not world.people:
        return ""
    _, inviter = world.dice.choice(world.people)
    house = world.house
    with suppress(Refused), house.database.write() as uow:
        invite(uow, inviter, house.keys)
        made = find_invited(uow, inviter, house.keys)
        return made.code if made and made.stands else ""
    return ""


def _seen(site: Any, shown: str) -> Viewer:
    with site.database.read() as db:
        viewer = open_session(db, site, shown, _TONGUE)
    assert viewer is not None
    return viewer


_TONGUE = Viewer().tongue


def _act(world: World) -> None:
    unlocked, viewer = world.dice.choice(world.people)
    if world.dice.random() < 0.2:
        enter(world.house.site, unlocked, slot=viewer.slot)
    database = world.house.database
    _quietly(lambda: _join(database, viewer, world.dice.choice(world.places)))
    _quietly(lambda: _write(world, database, viewer))
    if world.dice.random() < 0.3:
        _quietly(lambda: _plan(world, database, viewer))
    if world.dice.random() < 0.5:
        _quietly(lambda: _mark(world, viewer))
    if world.dice.random() < 0.8:
        _quietly(lambda: _vote(world, database, viewer))
    # Often, since only people of whom two personas did so are pairs: of some hundred, chance alone passes the bound.
    if world.dice.random() < 0.7:
        _keep(world, database, viewer)
    if world.dice.random() < 0.8:
        _block(world, viewer)
    if world.dice.random() < 0.5:
        _quietly(lambda: _vouch(world, viewer))
    _read(world, viewer)
    _quietly(lambda: follow_and_read(world, viewer))


def _join(database: Database, viewer: Viewer, cid: bytes) -> None:
    with database.write() as uow:
        communities.join(uow, viewer, cid)


def _write(world: World, database: Database, viewer: Viewer) -> None:
    body = "x" * world.dice.randrange(1, 40)
    unnamed, form = world.dice.random() < 0.3, world.dice.randbytes(16).hex()
    new = NewReply(body=body, unnamed=unnamed, submission=form, learnable=shown_as(viewer))
    with database.write() as uow:
        discussions.reply(uow, viewer, world.dice.choice(world.threads), new)


def _plan(world: World, database: Database, viewer: Viewer) -> None:
    """She writes a thread for another day, by name."""
    at, key = (
        clock.ten_minutes() + world.dice.randrange(2, 4000) * clock.TEN_MINUTES,
        world.house.keys.of("field"),
    )
    new, cid = NewThread(title="x", body="x" * world.dice.randrange(1, 40)), world.dice.choice(world.places)
    with database.write() as uow:
        discussions.plan(uow, viewer, cid, new, at=at, fields={"title": "x"}, key=key)


def _mark(world: World, viewer: Viewer) -> None:
    """She found something helpful. Everybody is established here, so that every mark leaves its vote."""
    tid, reader = world.dice.choice(world.threads), replace(viewer, kin_roles=frozenset({CARE}))
    with world.house.database.read() as db:
        helped = world.dice.choice(thread_page(db, reader, tid).posts)
    with world.house.database.write() as uow:
        discussions.mark_helped(uow, reader, tid, helped.id, wish=True)


def _vote(world: World, database: Database, viewer: Viewer) -> None:
    """She votes, or votes otherwise, in a poll that is open."""
    assert viewer.work is not None
    tid = world.dice.choice(world.polls)
    with database.write() as uow:
        assert discussions.vote(uow, viewer, tid, world.dice.choice((1, 2, 4)))
    world.ballots[viewer.work.nullifier(b"ballot", tid)] = world.owner[viewer.pid]


def _vouch(world: World, viewer: Viewer) -> None:
    """She vouches for somebody, and takes one in five back. Everybody is trusted here, so that every one leaves its row."""
    target, trusted = world.dice.choice(world.arrived), replace(viewer, roles=frozenset({TRUSTED}))
    with world.house.database.write() as uow:
        trust.vouch(uow, trusted, target)
    if world.dice.random() < 0.2:
        with world.house.database.write() as uow:
            trust.pull(uow, trusted, target)


def _keep(world: World, database: Database, viewer: Viewer) -> None:
    """She writes a private note or a draft, and sees her others on the way."""
    with database.read() as db:
        shelf = private_shelf(db, viewer)
    world.keeping.put_off(shelf.early)
    world.keeping.write()
    words, drafts = "x" * world.dice.randrange(1, 2000), world.dice.random() < 0.4
    with database.write() as uow:
        if drafts:
            what = b"c" + world.dice.choice(world.places)
            number = keep_draft(uow, viewer, what, {"title": "x", "body": words}).number
        else:
            number = write_note(uow, viewer, words)
    if viewer.pid not in world.noted:
        world.noted.add(viewer.pid)
        world.kept[save_keys(viewer).tag(number)] = world.owner[viewer.pid]


def _read(world: World, viewer: Viewer) -> None:
    """She reads some threads on a device of her own; what several people read lies in one write."""
    for tid in world.dice.sample(world.threads, world.dice.randrange(1, 4)):
        world.marks.move(viewer, tid, world.dice.randrange(1, 40))
        if viewer.pid not in world.reading:
            world.reading.add(viewer.pid)
            world.read[read_keys(viewer).tag(tid)] = world.owner[viewer.pid]
    if world.dice.random() < 0.5:
        world.marks.write()


def _block(world: World, viewer: Viewer) -> None:
    """She blocks somebody, for all her names."""
    met = world.dice.choice(world.arrived)
    if met in viewer.siblings or any(one == viewer.pid for one, _ in world.blocked.values()):
        return
    block(world.house.site, viewer, met, shared=world.dice.random() < 0.5)
    with world.house.database.read() as db:
        (entry,) = read_lists(db, viewer, viewer.slot).blocks
    world.blocks[entry.tag] = world.owner[viewer.pid]
    world.blocked[entry.tag] = (viewer.pid, met)


def _quietly(act: Any) -> None:
    # Rules refuse some of what the dice ask for; the attacker has what happened.
    with suppress(Refused):
        act()
