"""Reading the texts of the sample: communities, their threads, and what was replied.

# key | audience | days | host | topics | kinds | name    a community; the next line says what it is
! an agreement
^ persona | words         it was agreed, with this carer, that two of the care team may learn who writes unnamed
+ persona | title         a thread; the lines after it are its first post
= listening -advice ?family * alone    what helps, what does not, a content note; marks of the thread
* drawing | words         a picture in the first post, or in the reply before
: another title           a variant of the title, for houses with many threads
- persona: a reply        ``~persona`` writes unnamed; `` // `` begins a new paragraph
-e persona @2 ?loss ^edited: a reply of a kind, to the second post, with a note and a mark
& reason | note | words | words    why somebody reported that reply, and what was said when it was decided, by the second person too
< words | stands | words    what whoever wrote it objected to that, and what became of it; alone it waits for an answer

``@[persona]`` in a text mentions that persona.

Kinds of reply: l listening, e experience, a advice, f facts, n news, t talk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from mashrabiya.discussions.types import Kind
from mashrabiya.kernel.content import Note
from mashrabiya.stewardship.sample.types import Case, Drawn, Objection

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("ar", "en")
KINDS = {kind.name[0].lower(): kind for kind in Kind}
ACTS = {
    "worded": "word",
    "mended": "mend",
    "noted": "note",
    "held": "hold",
    "hidden": "hide",
    "removed": "remove",
    "limited": "limit",
    "paused": "pause",
    "excluded": "exclude",
    "asked": "ask",
    "learned": "learn",
}
_REPLY = re.compile(r"-(?P<kind>[leafnt]?) (?P<who>~?\w+)(?P<marks>(?: [@?^*]\w*)*): (?P<body>.+)")


@dataclass(frozen=True, slots=True)
class Line:
    """A post as the texts have it: which persona, named or not, and the words."""

    persona: str
    body: str = ""
    unnamed: bool = False
    kind: Kind = Kind.PLAIN
    to: int | None = None
    notes: int = 0
    new: bool = False
    mark: str = ""
    case: Case | None = None
    pictures: tuple[Drawn, ...] = ()


@dataclass(slots=True)
class Story:
    """A thread. ``marks`` say what is special about it.

    Long, fresh, alone, kept in every house, fading; and who may answer now: named, nobody.
    """

    persona: str
    unnamed: bool
    titles: list[str]
    body: str = ""
    wants: int = 0
    spare: int = 0
    notes: int = 0
    new: bool = False
    marks: set[str] = field(default_factory=set)
    replies: list[Line] = field(default_factory=list)
    pictures: tuple[Drawn, ...] = ()

    @property
    def opening(self) -> Line:
        """Its first post."""
        return Line(
            self.persona, self.body, self.unnamed, notes=self.notes, new=self.new, pictures=self.pictures
        )


@dataclass(slots=True)
class Place:
    """A community and its threads."""

    key: str
    language: str
    audience: int
    retention_days: int
    host: str
    topics: tuple[str, ...]
    wants: int
    name: str
    about: str = ""
    agreements: list[str] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    second: str = ""
    why: str = ""
    keepers: tuple[str, ...] = ()
    learned: set[str] = field(default_factory=set)

    def personas(self) -> set[str]:
        """Everybody who writes there."""
        lines = (line for story in self.stories for line in (story.opening, *story.replies))
        return {self.host, *(line.persona for line in lines)} | ({self.second} if self.second else set())


def bit(kind: Kind) -> int:
    """A kind as communities and threads keep it; plain has none, since nobody asks for it."""
    return 1 << (kind - 1) if kind else 0


def bits(kinds: str) -> int:
    """The kinds of these names together."""
    return sum(bit(kind) for kind in Kind if kinds == "all" or kind.name.lower() in kinds.split())


def read_places() -> list[Place]:
    """Every community of the sample, in both languages, in the order in which a small house has them."""
    places = {place.key: place for language in LANGUAGES for place in read_file(language)}
    return [places[key] for key in lines("order")]


def lines(name: str) -> list[str]:
    """What stands in a file of texts, without empty lines."""
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def read_file(name: str) -> list[Place]:
    """The communities of one file, whose name begins or ends with its language."""
    language = name.rpartition(".")[2]
    places: list[Place] = []
    for line in lines(name):
        mark, _, rest = line.partition(" ")
        if mark == "#":
            places.append(_place(language, rest))
        elif mark == "!":
            places[-1].agreements.append(rest)
        elif mark == "^":
            places[-1].second, _, places[-1].why = (part.strip() for part in rest.partition("|"))
        elif mark == "+":
            places[-1].stories.append(_story(rest))
        else:
            _go_on(places[-1], line)
    return places


def _place(language: str, rest: str) -> Place:
    key, audience, days, host, topics, kinds, name = (part.strip() for part in rest.split("|"))
    return Place(
        key=key,
        language=language,
        audience=int(audience),
        retention_days=int(days),
        host=host,
        topics=tuple(topics.split()),
        wants=bits(kinds),
        name=name,
    )


def _story(rest: str) -> Story:
    persona, _, title = rest.partition(" | ")
    return Story(persona.removeprefix("~"), persona.startswith("~"), [title])


def _go_on(place: Place, line: str) -> None:
    if not place.stories:
        place.about = line
        return
    story, reply = place.stories[-1], _REPLY.fullmatch(line)
    if reply:
        story.replies.append(_line(reply))
    elif line.startswith("= "):
        for word in line[2:].split():
            _say(story, word)
    elif line.startswith("& "):
        story.replies[-1] = replace(story.replies[-1], case=_case(line[2:], story.replies[-1].mark))
    elif line.startswith("< "):
        story.replies[-1] = replace(story.replies[-1], case=_objected(story.replies[-1].case, line[2:]))
    elif line.startswith("* "):
        _hang(story, Drawn(*(part.strip() for part in line[2:].split("|"))))
    elif line.startswith(": "):
        story.titles.append(line[2:])
    elif line.startswith("-"):
        raise ValueError(f"not a reply: {line}")
    else:
        story.body = f"{story.body}\n{line}".strip()


def _hang(story: Story, drawn: Drawn) -> None:
    if story.replies:
        last = story.replies[-1]
        story.replies[-1] = replace(last, pictures=(*last.pictures, drawn))
    else:
        story.pictures = (*story.pictures, drawn)


def _say(story: Story, word: str) -> None:
    """One word of what a thread says about itself."""
    if word == "*":
        story.new = True
    elif word.startswith("?"):
        story.notes |= Note[word[1:].upper()]
    elif word.startswith("-"):
        story.spare |= bits(word[1:])
    elif word.upper() in Kind.__members__:
        story.wants |= bits(word)
    else:
        story.marks.add(word)


def _case(told: str, mark: str) -> Case:
    reason, note, *words = (part.strip() for part in told.split("|"))
    return Case(reason, note, ACTS.get(mark, ""), "\n\n".join(words))


def _objected(case: Case | None, told: str) -> Case:
    if case is None:
        raise ValueError(f"nothing was decided that could be objected to: {told}")
    return replace(case, objection=Objection(*(part.strip() for part in told.split("|"))))


def _line(reply: re.Match[str]) -> Line:
    to, notes, new, mark = None, 0, False, ""
    for word in reply["marks"].split():
        if word[0] == "@":
            to = int(word[1:])
        elif word[0] == "?":
            notes |= Note[word[1:].upper()]
        elif word[0] == "*":
            new = True
        else:
            mark = word[1:]
    return Line(
        persona=reply["who"].removeprefix("~"),
        body=reply["body"].replace(" // ", "\n\n"),
        unnamed=reply["who"].startswith("~"),
        kind=KINDS.get(reply["kind"], Kind.PLAIN),
        to=to,
        notes=notes,
        new=new,
        mark=mark,
    )
