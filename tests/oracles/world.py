"""Houses that differ in one thing alone: which of three people wrote what stands there unnamed.

The three are as unlike as people can be here: language, form of address, look, number
of names, what they run. Around them stands everybody who might look: a visitor,
somebody outside, members, whoever they blocked, whoever keeps one of them away, the
host, the care team.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.json import decode, encode

from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, PlaceTag
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.people.flows import freezing
from mashrabiya.people.flows.freezing import Wish
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse
from tests.oracles.chance import Chance
from tests.oracles.ground import Ground

AUTHORS = ("Lubna", "Qamar", "Rana")
"""One of them wrote it. Nobody but she may ever learn which."""

SUSPECT = "Lubna"
"""To whom everything is done that could make the unnamed betray itself: its author, or not."""

BLOCKED, BLOCKER = "Mallory", "Hala"
LOOKING = ("Alice", "Bob", "Charlie", "Mona", "Carla", BLOCKED, BLOCKER)
# Who speaks Arabic here; what else makes the three unlike each other stands in ``_be_unlike``.
_SPEAK_ARABIC = {"Lubna", "Rana", BLOCKER}
_OUTSIDE = {"Charlie", "Carla"}
SECOND_NAME = "Lubna's other name"


@dataclass(slots=True)
class Kept:
    """What of a person outlasts a house being put away: what she knows, and her open session."""

    name: str
    passphrase: str
    codes: tuple[str, ...]
    cookies: dict[str, str]
    bearer: str = ""


@dataclass(slots=True)
class Told:
    """What a test knows of a house that was put away."""

    cid: bytes = b""
    freeze_code: str = ""
    threads: dict[str, str] = field(default_factory=dict)
    people: dict[str, Kept] = field(default_factory=dict)


class World:
    """A house with its people, and chance held over it."""

    def __init__(self, house: TestHouse, chance: Chance, told: Told) -> None:
        self.house, self.chance, self.told, self.author = house, chance, told, ""
        self.threads = dict(told.threads)
        self.stories: list[str] = []
        self.people = {name: self._person(kept) for name, kept in told.people.items()}

    def _person(self, kept: Kept) -> Person:
        browser = self.house.browser("ar" if kept.name in _SPEAK_ARABIC else "en")
        browser.cookies = dict(kept.cookies)
        return Person(kept.name, kept.passphrase, kept.codes, browser, self.house)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def place(self) -> str:
        return f"/c/{show_id(self.told.cid)}"

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Something that happens, by the same chance in every house."""
        self.chance.begin(name)
        yield
        self.house.site.held.refresh()

    def send(self, who: str, page: str, action: str, **fields: str) -> Page:
        """A form of a page, filled and sent: by the same chance whichever of the three sends it."""
        said = {name: text for name, text in fields.items() if name not in {"name", "pass"}}
        with self.step(f"{'one of the three' if who in AUTHORS else who}: {page} {action} {said}"):
            return self[who].browser.submit(page, action, **fields)

    def say(self, who: str, thread: str, body: str, **fields: str) -> Page:
        """By the form of a thread, by name unless told. Whoever is shown something first, says it again."""
        path = self.threads[thread]
        answer = self.send(who, path, path, **{"body": body, "unnamed": "", **fields})
        assert answer.status in {303, 422}, answer.text
        return answer

    def begin(self, who: str, title: str, body: str = "Is it the water?", **fields: str) -> None:
        """A thread of hers, known by its title from now on."""
        path = f"{self.place}/t"
        answer = self.send(who, path, path, title=title, body=body, **fields)
        assert answer.status == 303, answer.text
        self.threads[title] = answer.location.partition("#")[0].partition("?")[0]

    def numbers(self) -> list[tuple[str, int, str]]:
        """Thread, number and id of everything that stands there unnamed."""
        found = self.house.database.connection().execute(
            "SELECT tid, n, id FROM post WHERE label IS NOT NULL ORDER BY tid, n"
        )
        return [(show_id(bytes(tid)), int(n), show_id(bytes(post))) for tid, n, post in found.fetchall()]

    def tags(self) -> list[str]:
        """The tag of the place, as addresses name it."""
        return [PlaceTag(1, TAG.ar, TAG.en).shown]

    def pubs(self) -> list[str]:
        """The pages of the three."""
        names = "', '".join([*AUTHORS, SECOND_NAME.replace("'", "''")])
        rows = self.house.database.connection().execute(f"SELECT pub FROM persona WHERE name IN ('{names}')")
        return sorted(str(row[0]) for row in rows.fetchall())

    def ids(self, table: str) -> list[str]:
        rows = self.house.database.connection().execute(f"SELECT id FROM {table} ORDER BY id").fetchall()
        return [show_id(bytes(row[0])) for row in rows]


def settle_in(ground: Ground, chance: Chance) -> Told:
    """A house in which everybody has arrived, the three have spoken by name, and nothing is unnamed of theirs."""
    chance.begin("the house")
    world = World(TestHouse(ground.folder, ground.empty()), chance, Told())
    for name in (*LOOKING, *AUTHORS):
        chance.begin(f"{name} arrives")
        language = "ar" if name in _SPEAK_ARABIC else "en"
        made = a_carer(world.house) if name == "Carla" else world.house.person(name, language=language)
        world.people[name] = made
    chance.begin("the place")
    inside = [name for name in ("Mona", *LOOKING, *AUTHORS) if name not in _OUTSIDE]
    world.told.cid = open_place(
        world.house, *[world[name] for name in dict.fromkeys(inside)], audience=Audience.PUBLIC
    )
    with world.step("a tag"), world.house.database.write() as uow:
        communities.add_tag(uow, world["Mona"].viewer, world.told.cid, TAG)
    _be_unlike(world)
    _talk(world)
    told = world.told
    told.threads = world.threads
    told.people = {name: _kept(world, name) for name in world.people}
    world.house.close()
    return told


def _kept(world: World, name: str) -> Kept:
    person = world[name]
    sign_in_name = "carla2" if name == "Carla" else name
    world.chance.begin(f"a program of {name}")
    opening = {"sign_in_name": sign_in_name, "passphrase": person.passphrase}
    opened = world.house.browser().send("/api/session", encode(opening), **_JSON)
    bearer = decode(opened.body)["token"]
    return Kept(sign_in_name, person.passphrase, person.codes, dict(person.browser.cookies), bearer)


def _be_unlike(world: World) -> None:
    """Lubna has two names and a freeze code, reads as a woman and sees little; Rana runs a place and looks neutral."""
    lubna, rana = world["Lubna"], world["Rana"]
    with world.step("her other name"):
        lubna.new_persona(SECOND_NAME)
        with world.house.database.write() as uow:
            communities.join(uow, lubna.viewer, world.told.cid)
        lubna.as_persona(0)
        flows.alter_preferences(
            world.house.site, lubna.browser.cookies[SESSION], address="f", digits="arab", notes_hidden=3
        )
    with world.step("her freeze code"):
        who = flows.unlock(world.house.site, lubna.name, lubna.passphrase)
        world.told.freeze_code = freezing.add_code(world.house.site, who, Wish())
    with world.step("another place"):
        open_place(world.house, rana, world["Bob"])
        flows.alter_preferences(world.house.site, rana.browser.cookies[SESSION], discreet=True, notes_shown=7)
    for number, name in enumerate(AUTHORS):
        with world.step(f"{name} keeps somebody away"):
            flows.block(world.house.site, world[name].viewer, world[BLOCKED].viewer.pid, shared=False)
        about = {"about": "I bake." * number, "pronouns": ("she", "they", "")[number]}
        world.send(name, "/me/p/edit", "/me/p/edit", **about)


def _talk(world: World) -> None:
    """Alice asks; all three answer by name, and each begins a thread of her own."""
    world.begin("Alice", "Open")
    world.say("Alice", "Open", "Alice, unnamed.", unnamed="1")
    for name in AUTHORS:
        world.say(name, "Open", f"{name} by name.", newcomer="1")
        world.begin(name, f"Of {name}")
        world.say(BLOCKER, f"Of {name}", "I read this.")


TAG = NewTag(ar="ماء", en="Water")
_JSON = {"content-type": "application/json"}


@contextmanager
def opened(folder: Path, beginning: Ground, chance: Chance, told: Told) -> Iterator[World]:
    """Another house that has begun like that one."""
    with beginning.again(folder) as database:
        chance.begin("the house again")
        house = TestHouse(folder, database)
        try:
            yield World(house, chance, told)
        finally:
            house.close()


def write_unnamed(world: World, author: str) -> None:
    """The secret: everything unnamed that she writes, in the same words and at the same time in every house."""
    world.author = author
    world.begin(author, "Unnamed", unnamed="1", newcomer="1", tag_1=world.tags()[0])
    world.say(author, "Open", "Unnamed words.", unnamed="1", to="1")
    # Without a letter that would say its language.
    world.say(author, "Open", "👍 3", unnamed="1")
    world.say(author, "Unnamed", "كلمات دون اسم.", unnamed="1")
    for name in AUTHORS:
        world.say(author, f"Of {name}", "Unnamed here too.", unnamed="1", to="2")
    for words in ({"was": "It was so.", "note_2": "1"}, {"came": "٣ 👍", "tick_2": "1"}):
        told = world.send(author, "/y/e/new", "/y/e/new", kind="2", unnamed="1", **words)
        assert told.status == 303, told.text
        world.stories.append(told.location)
