"""One thread, post by post: the written replies in their order, others between them, each by somebody."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mashrabiya.discussions.rules import language_of
from mashrabiya.discussions.types import Answers, Kind, PostState
from mashrabiya.stewardship.sample.script import Line, Place, Story, bit
from mashrabiya.stewardship.sample.types import Post, Thread
from mashrabiya.stewardship.sample.wording import Wording

_UNNAMED, _HELPS, _MOST_HELPED, _MOST_WELCOMED = 0.14, 0.3, 6, 4
_EDITED, _DELETED, _ELSEWHERE = 0.012, 0.006, 0.12
_STATES = {
    "deleted": PostState.DELETED,
    "removed": PostState.REMOVED,
    "hidden": PostState.HIDDEN,
    "held": PostState.HELD,
}
NEWCOMERS_SINCE = 6.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What a thread is told from: its story, where, by whom, since when."""

    place: Place
    story: Story
    again: bool
    members: Sequence[str]
    begun: float
    new: frozenset[str]
    known: set[str]

    @property
    def language(self) -> str:
        """The language the thread is written in: not always its community's."""
        return language_of(self.story.body, self.place.language)


def write_posts(scene: Scene, length: int, wording: Wording, chance: random.Random) -> Thread:
    """The thread with so many posts."""
    story = scene.story
    title, body = story.titles[0], story.body
    if scene.again:
        title, body = wording.retold(scene.language, story)
    thread = Thread(scene.place.key, title, story.wants, story.spare)
    if not scene.again:
        thread.answers = next((who for who in Answers if who.name.lower() in story.marks), Answers.EVERYONE)
    thread.mark = next((mark for mark in ("long", "fresh") if mark in story.marks and not scene.again), "")
    voices = _Voices(scene, chance)
    opening = replace(story.opening, body=body, new=story.new and not scene.again)
    if scene.again:
        opening = replace(opening, pictures=())
    written = [opening, *_written(scene, length - 1, chance)]
    replies = _filled(written, length, _Filler(scene, wording, chance), chance)
    days = _days(scene, length, chance)
    for line, at in zip(replies, days, strict=True):
        thread.posts.append(_post(line, at, scene, voices))
    for post in thread.posts:
        _answer(post, scene, chance)
    return thread


def _written(scene: Scene, most: int, chance: random.Random) -> list[Line]:
    """The authored replies that still fit; told again, some of them stay unsaid."""
    replies = scene.story.replies
    if scene.again:
        kept = sorted(chance.sample(range(len(replies)), chance.randint(len(replies) // 2, len(replies))))
        replies = [_loose(replies[at]) for at in kept]
    return replies[:most]


def _loose(line: Line) -> Line:
    """A reply that stands for itself: other posts stand before it than where it was written."""
    quoted, _, own = line.body.partition("\n\n") if line.body.startswith(">") else ("", "", line.body)
    return replace(line, to=None, body=own or quoted, mark="", new=False, case=None, pictures=())


class _Filler:
    """Finds replies for a thread that goes on after what was written."""

    def __init__(self, scene: Scene, wording: Wording, chance: random.Random) -> None:
        self._scene = scene
        self._wording = wording
        self._chance = chance
        self._used = {line.body for line in scene.story.replies}

    def line(self) -> Line:
        """One more reply, by one of those who belong there."""
        story, language = self._scene.story, self._scene.language
        if "long" in story.marks:
            language = language if self._chance.random() > _ELSEWHERE else "en"
            kind, body = self._wording.good_thing(language, self._used)
        else:
            kind, body = self._wording.reply(language, story.wants, story.spare, self._used)
        if not bit(kind) & self._scene.place.wants:
            kind = Kind.PLAIN
        unnamed = self._chance.random() < _UNNAMED
        edited = self._chance.random() < _EDITED
        deleted = self._scene.again and self._chance.random() < _DELETED
        mark = "deleted" if deleted else "edited" if edited else ""
        return Line("", body, unnamed, kind, mark=mark)


def _filled(written: list[Line], length: int, filler: _Filler, chance: random.Random) -> list[Line]:
    """As many lines as asked. Numbers that replies answer follow their posts."""
    others = length - len(written)
    # Most of what others add comes after what was written for this thread.
    at = sorted(chance.randrange(1, len(written) + 1) for _ in range(others // 3))
    places = [*range(len(written)), *(place - 0.5 for place in at)]
    order = sorted(range(len(places)), key=lambda one: (places[one], one))
    number = {old: new + 1 for new, old in enumerate(order) if old < len(written)}
    lines = [_numbered(written[one], number) if one < len(written) else filler.line() for one in order]
    return [*lines, *(filler.line() for _ in range(length - len(lines)))]


def _numbered(line: Line, number: dict[int, int]) -> Line:
    return line if line.to is None else replace(line, to=number.get(line.to - 1))


class _Voices:
    """Who speaks. In a thread told again, each role of the story is somebody else's."""

    def __init__(self, scene: Scene, chance: random.Random) -> None:
        self._scene = scene
        self._chance = chance
        self._roles: dict[str, str] = {}
        self._before = ""
        old = [key for key in scene.members if key not in scene.new]
        self._settled = old or list(scene.members)

    def of(self, line: Line, at: float) -> str:
        """The persona that writes this line."""
        role = line.persona
        if role and role not in self._roles:
            own = role in self._scene.members and not self._scene.again
            self._roles[role] = role if own else self._somebody(at)
        voice = self._roles[role] if role else self._somebody(at)
        self._before = voice
        return voice

    def _somebody(self, at: float) -> str:
        """Not the one before, nor a role of the story; nobody before she came."""
        among = self._scene.members if at < NEWCOMERS_SINCE else self._settled
        taken = {*self._roles.values(), self._before}
        for _ in range(8):
            found = self._chance.choice(among)
            if found not in taken:
                return found
        return found


def _days(scene: Scene, length: int, chance: random.Random) -> list[float]:
    """How many days ago each post was written: never before the thread, never in the future."""
    if scene.story.marks & {"long", "fresh"} and not scene.again:
        span = scene.begun
    else:
        span = min(scene.begun, (length - 1) * chance.uniform(0.05, 0.6))
    later = sorted(chance.uniform(0.0, 0.97) ** 1.4 for _ in range(length - 1))
    return [scene.begun, *(scene.begun - span * share for share in later)]


def _post(line: Line, at: float, scene: Scene, voices: _Voices) -> Post:
    persona = voices.of(line, at)
    # First words of those who came this week: said once, and lit once.
    new = line.new or (persona in scene.new and persona not in scene.known and not line.persona)
    if persona in scene.new:
        scene.known.add(persona)
    return Post(
        persona=persona,
        body=line.body,
        language=language_of(line.body, scene.place.language),
        at=at,
        unnamed=line.unnamed,
        kind=line.kind,
        to=line.to,
        notes=line.notes,
        new=new,
        edited=line.mark == "edited",
        state=_STATES.get(line.mark, PostState.SHOWN),
        case=line.case,
        pictures=line.pictures,
    )


def _answer(post: Post, scene: Scene, chance: random.Random) -> None:
    """Let some be helped by it, and some welcome whoever is new."""
    if post.state != PostState.SHOWN:
        return
    others = [key for key in scene.members if key != post.persona]
    if not others:
        return
    likely = _HELPS * (2 if post.kind in (Kind.EXPERIENCE, Kind.ADVICE, Kind.FACTS) else 1)
    if chance.random() < likely:
        post.helped = chance.sample(others, min(len(others), chance.randint(1, _MOST_HELPED)))
    if post.new:
        post.welcomed = chance.sample(others, min(len(others), chance.randint(1, _MOST_WELCOMED)))
